"""Models of the base app: people, places, reference data, the event, its trail and its documents."""

from musrenbang.models.acara import Musrenbang
from musrenbang.models.acuan import Bidang, KamusUsulan, KataKunci, PrioritasDaerah, Program, Satuan, Skpd, SumberDana
from musrenbang.models.akun import GENTING, KabarAkun, PermintaanAkun, RequestKind, RequestOutcome, TautanMasuk
from musrenbang.models.dokumen import Dokumen, PenghitungNomor
from musrenbang.models.jadwal import MOVES_PERMINTAAN, OfficerKind, PermintaanJadwal, Petugas, RequestStatus
from musrenbang.models.jejak import JejakAcuan, JejakAudit
from musrenbang.models.limits import Batas
from musrenbang.models.pagu import MOVES_KRITERIA, KriteriaKecamatan, PaguKecamatan, StatusKriteria
from musrenbang.models.pejabat import OfficeWay, Pejabat
from musrenbang.models.pengguna import Keanggotaan, Pengguna
from musrenbang.models.program import ProgramKind, ProgramMasuk
from musrenbang.models.sign_in import KodeCadangan, Sesi
from musrenbang.models.submissions import FromForm, Kiriman, Stored
from musrenbang.models.tim import AnggotaTim, Kedudukan, SkTim
from musrenbang.models.wilayah import Desa, Kabupaten, Kecamatan, Provinsi

__all__ = [
    "GENTING",
    "MOVES_KRITERIA",
    "MOVES_PERMINTAAN",
    "AnggotaTim",
    "Batas",
    "Bidang",
    "Desa",
    "Dokumen",
    "FromForm",
    "JejakAcuan",
    "JejakAudit",
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
    "OfficeWay",
    "OfficerKind",
    "PaguKecamatan",
    "Pejabat",
    "Pengguna",
    "PenghitungNomor",
    "PermintaanAkun",
    "PermintaanJadwal",
    "Petugas",
    "PrioritasDaerah",
    "Program",
    "ProgramKind",
    "ProgramMasuk",
    "Provinsi",
    "RequestKind",
    "RequestOutcome",
    "RequestStatus",
    "Satuan",
    "Sesi",
    "SkTim",
    "Skpd",
    "StatusKriteria",
    "Stored",
    "SumberDana",
    "TautanMasuk",
]
