"""Models of the ranking: schemes, rankings, candidates, what is known of the desa, votes."""

from rkp.prioritas.models.candidates import (
    Calon,
    CandidateOrigin,
    KeadaanDesa,
    Nilai,
    Recommendation,
    SppLevel,
    Verifikasi,
)
from rkp.prioritas.models.peringkat import (
    MOVES_PEMERINGKATAN,
    Pemeringkatan,
    SkemaPendanaan,
    StatusPemeringkatan,
    UrutanKelompok,
)
from rkp.prioritas.models.suara import (
    MOVES_PEMUNGUTAN,
    KodeSelesai,
    KodeSuara,
    Pemilih,
    Pemungutan,
    StatusPemungutan,
    SuratSuara,
    VotingWay,
)

__all__ = [
    "MOVES_PEMERINGKATAN",
    "MOVES_PEMUNGUTAN",
    "Calon",
    "CandidateOrigin",
    "KeadaanDesa",
    "KodeSelesai",
    "KodeSuara",
    "Nilai",
    "Pemeringkatan",
    "Pemilih",
    "Pemungutan",
    "Recommendation",
    "SkemaPendanaan",
    "SppLevel",
    "StatusPemeringkatan",
    "StatusPemungutan",
    "SuratSuara",
    "UrutanKelompok",
    "Verifikasi",
    "VotingWay",
]
