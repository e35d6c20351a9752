"""Models of the base app: people, places, reference data, the event, its trail and its documents."""

from musrenbang.models.acara import Musrenbang
from musrenbang.models.acuan import Bidang, KamusUsulan, KataKunci, PrioritasDaerah, Satuan, Skpd, SumberDana
from musrenbang.models.dokumen import Dokumen, PenghitungNomor
from musrenbang.models.jejak import JejakAudit
from musrenbang.models.pengguna import Keanggotaan, Pengguna
from musrenbang.models.program import JenisProgram, ProgramMasuk
from musrenbang.models.wilayah import Desa, Kabupaten, Kecamatan, Provinsi

__all__ = [
    "Bidang",
    "Desa",
    "Dokumen",
    "JejakAudit",
    "JenisProgram",
    "Kabupaten",
    "KamusUsulan",
    "KataKunci",
    "Keanggotaan",
    "Kecamatan",
    "Musrenbang",
    "Pengguna",
    "PenghitungNomor",
    "PrioritasDaerah",
    "ProgramMasuk",
    "Provinsi",
    "Satuan",
    "Skpd",
    "SumberDana",
]  # fmt: skip
