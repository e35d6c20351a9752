"""Models of the ranking: schemes, rankings, candidates, what is known of the desa, votes."""

from rkp.prioritas.models.calon import AsalCalon, Calon, KeadaanDesa, Nilai, Rekomendasi, TingkatSpp, Verifikasi
from rkp.prioritas.models.peringkat import (
    MOVES_PEMERINGKATAN,
    Pemeringkatan,
    SkemaPendanaan,
    StatusPemeringkatan,
    UrutanKelompok,
)
from rkp.prioritas.models.suara import (
    MOVES_PEMUNGUTAN,
    CaraSuara,
    KodeSelesai,
    KodeSuara,
    Pemilih,
    Pemungutan,
    StatusPemungutan,
    SuratSuara,
)

__all__ = [
    "MOVES_PEMERINGKATAN",
    "MOVES_PEMUNGUTAN",
    "AsalCalon",
    "Calon",
    "CaraSuara",
    "KeadaanDesa",
    "KodeSelesai",
    "KodeSuara",
    "Nilai",
    "Pemeringkatan",
    "Pemilih",
    "Pemungutan",
    "Rekomendasi",
    "SkemaPendanaan",
    "StatusPemeringkatan",
    "StatusPemungutan",
    "SuratSuara",
    "TingkatSpp",
    "UrutanKelompok",
    "Verifikasi",
]
