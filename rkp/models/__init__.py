"""What the RKP Kecamatan is made of."""

from rkp.models.baris import (
    MOVES_RKP,
    PERLU_ALASAN,
    PILIHAN_PUTUSAN,
    SEPAKAT,
    Alasan,
    BarisRkp,
    Kegiatan,
    Keputusan,
    Rkp,
    StatusRkp,
    SumberBaris,
)
from rkp.models.dana import DanaProgram
from rkp.models.kelompok import (
    MOVES_KELOMPOK,
    AnggotaKelompok,
    Keberatan,
    Kelompok,
    PeranKelompok,
    StatusKelompok,
    UsulanKelompok,
)
from rkp.models.versi import MOVES_VERSI, BarisVersi, RkpVersi, StatusVersi, VersiKind

__all__ = [
    "MOVES_KELOMPOK",
    "MOVES_RKP",
    "MOVES_VERSI",
    "PERLU_ALASAN",
    "PILIHAN_PUTUSAN",
    "SEPAKAT",
    "Alasan",
    "AnggotaKelompok",
    "BarisRkp",
    "BarisVersi",
    "DanaProgram",
    "Keberatan",
    "Kegiatan",
    "Kelompok",
    "Keputusan",
    "PeranKelompok",
    "Rkp",
    "RkpVersi",
    "StatusKelompok",
    "StatusRkp",
    "StatusVersi",
    "SumberBaris",
    "UsulanKelompok",
    "VersiKind",
]
