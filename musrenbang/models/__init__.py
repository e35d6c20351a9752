"""Models of the base app: people, places, reference data, the event, its trail and its documents."""

from musrenbang.models.acara import Musrenbang
from musrenbang.models.acuan import Bidang, KamusUsulan, KataKunci, PrioritasDaerah, Program, Satuan, Skpd, SumberDana
from musrenbang.models.akun import GENTING, HasilPermintaan, JenisPermintaan, KabarAkun, PermintaanAkun, TautanMasuk
from musrenbang.models.batas import Batas
from musrenbang.models.dokumen import Dokumen, PenghitungNomor
from musrenbang.models.jadwal import MOVES_PERMINTAAN, JenisPetugas, PermintaanJadwal, Petugas, StatusPermintaan
from musrenbang.models.jejak import JejakAcuan, JejakAudit
from musrenbang.models.kiriman import DariFormulir, Kiriman, Tersimpan
from musrenbang.models.masuk import KodeCadangan, Sesi
from musrenbang.models.pagu import MOVES_KRITERIA, KriteriaKecamatan, PaguKecamatan, StatusKriteria
from musrenbang.models.pejabat import CaraJabat, Pejabat
from musrenbang.models.pengguna import Keanggotaan, Pengguna
from musrenbang.models.program import JenisProgram, ProgramMasuk
from musrenbang.models.tim import AnggotaTim, Kedudukan, SkTim
from musrenbang.models.wilayah import Desa, Kabupaten, Kecamatan, Provinsi

__all__ = [
    "GENTING",
    "MOVES_KRITERIA",
    "MOVES_PERMINTAAN",
    "AnggotaTim",
    "Batas",
    "Bidang",
    "CaraJabat",
    "DariFormulir",
    "Desa",
    "Dokumen",
    "HasilPermintaan",
    "JejakAcuan",
    "JejakAudit",
    "JenisPermintaan",
    "JenisPetugas",
    "JenisProgram",
    "KabarAkun",
    "Kabupaten",
    "KamusUsulan",
    "KataKunci",
    "Keanggotaan",
    "Kecamatan",
    "Kedudukan",
    "Kiriman",
    "KodeCadangan",
    "KriteriaKecamatan",
    "Musrenbang",
    "PaguKecamatan",
    "Pejabat",
    "Pengguna",
    "PenghitungNomor",
    "PermintaanAkun",
    "PermintaanJadwal",
    "Petugas",
    "PrioritasDaerah",
    "Program",
    "ProgramMasuk",
    "Provinsi",
    "Satuan",
    "Sesi",
    "SkTim",
    "Skpd",
    "StatusKriteria",
    "StatusPermintaan",
    "SumberDana",
    "TautanMasuk",
    "Tersimpan",
]
