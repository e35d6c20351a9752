"""Every kind of document: those of all apps, and the papers that need letterhead and signatures of their own."""

from berita_acara.dokumen.before import SEBELUM
from berita_acara.dokumen.content import berita_acara
from berita_acara.dokumen.jangkar import lembar_periksa
from berita_acara.dokumen.sidang import perubahan_undangan, undangan
from berita_acara.dokumen.surat import surat_mandat
from berita_acara.dokumen.tembusan import TEMBUSAN
from berita_acara.queries import BERITA_ACARA
from delegasi.cetakan import CETAKAN as DELEGASI
from musrenbang.cetakan import CAMAT, PIMPINAN, Cetakan, Isi, Nomor, Tabel, meeting_day, today
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.persiapan.cetakan import CETAKAN as PERSIAPAN
from musrenbang.sebutan import sebutan
from musrenbang.sidang.cetakan import CETAKAN as SIDANG
from musrenbang.states import Tahap, is_past
from rkp.cetakan import CETAKAN as RKP
from rkp.prioritas.cetakan import CETAKAN as PRIORITAS
from tindak_lanjut.cetakan import CETAKAN as TINDAK_LANJUT
from usulan.cetakan import CETAKAN as USULAN


def undangan_tabel(content: Isi) -> Tabel:
    """The letters: number, whom, code."""
    columns = [("Nomor", 26), ("Kepada", 40), ("Lembaga", 36), (sebutan.Desa, 20), ("Kode", 10)]
    return Tabel(columns, ([s["nomor"], s["sebutan"], s["lembaga"], s["desa"], s["kode"]] for s in content["surat"]))


MILIK_SENDIRI: dict[str, Cetakan] = {
    **SEBELUM,
    **TEMBUSAN,
    BERITA_ACARA: Cetakan(
        "Berita Acara",
        "hasil sidang beserta lampirannya",
        berita_acara,
        "pdf/berita_acara.html",
        nomor=Nomor("050", "BA-MRB", Tahap.PENANDATANGANAN),
        ttd=(CAMAT, PIMPINAN),
        tanggal=meeting_day,
        pokok=True,
    ),
    "undangan": Cetakan(
        "Surat undangan",
        "satu berkas berisi semua surat",
        undangan,
        "pdf/undangan.html",
        ttd=(CAMAT,),
        xlsx=undangan_tabel,
    ),
    "perubahan_undangan": Cetakan(
        "Perubahan undangan",
        "yang terakhir bagi tiap undangan",
        perubahan_undangan,
        "pdf/perubahan_undangan.html",
        ttd=(CAMAT,),
        xlsx=undangan_tabel,
    ),
    "surat_mandat": Cetakan(
        "Surat mandat delegasi",
        "bernomor",
        surat_mandat,
        "pdf/surat_mandat.html",
        nomor=Nomor("090", "SM-MRB", Tahap.PENANDATANGANAN),
        ttd=(CAMAT, PIMPINAN),
        tanggal=today,
    ),
    "lembar_periksa": Cetakan(
        "Lembar periksa",
        words("apa yang dicocokkan wakil desa, Camat, Bappeda, dan warga; satu halaman masing-masing"),
        lembar_periksa,
        "pdf/lembar_periksa.html",
    ),
}
URUTAN = (
    BERITA_ACARA,
    "sk_tim",
    "pembekalan",
    "pemberitahuan_bappeda",
    "pengumuman",
    "undangan",
    "perubahan_undangan",
    "tanda_terima",
    "pemberitahuan_skors",
    "susunan_acara",
    "daftar_bahan",
    "daftar_hadir_kosong",
    "notulen",
    "waktu_bicara",
    "notulen_kosong",
    "rekap_usulan",
    "draft_rkp",
    "rkp",
    "hasil_kelompok",
    "daftar_hadir",
    "prioritas_skpd",
    "belum_disepakati",
    "durkp",
    "prioritas_program",
    "lembar_skor",
    "rekap_suara",
    "daftar_delegasi",
    "surat_mandat",
    "pengantar_bappeda",
    "salinan_ba",
    "kabar_desa",
    "lembar_periksa",
    "usulan_skpd",
    "adendum",
)
"""The order in which documents are listed and collected; a kind that is not named here comes last."""


def ordered(everything: dict[str, Cetakan]) -> dict[str, Cetakan]:
    """Return the kinds in the order of ``URUTAN``; what is not named there comes last, nothing is left out."""
    place = {jenis: i for i, jenis in enumerate(URUTAN)}
    return dict(sorted(everything.items(), key=lambda one: place.get(one[0], len(place))))


CETAKAN = ordered(PERSIAPAN | SIDANG | USULAN | RKP | PRIORITAS | DELEGASI | TINDAK_LANJUT | MILIK_SENDIRI)
PUBLIK = ("rkp", "durkp", "prioritas_skpd", "belum_disepakati", "prioritas_program", "lembar_periksa")
"""What everybody may read: lists of works. What names participants (attendance, delegates, minutes) is not here."""


def public_kinds(musrenbang: Musrenbang) -> list[str]:
    """Return the kinds that are open to everybody by now; the ranking once it is fixed."""
    return [jenis for jenis in PUBLIK if jenis != "prioritas_program" or is_past(musrenbang.tahap, Tahap.PRIORITAS)]
