"""Every kind of document: its words, content, template, number, signatories and spreadsheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from berita_acara.dokumen import isi, jangkar, kepala_surat, lembar, sidang, surat
from musrenbang.models import Musrenbang
from musrenbang.states import Tahap, is_past


@dataclass(frozen=True)
class Nomor:
    """How documents of a kind are numbered, and from which stage on they may be issued."""

    klasifikasi: str
    kode: str
    sejak: str


@dataclass(frozen=True)
class Cetakan:
    """A kind of document. ``bagian`` lists the parts of a kind that has one document each (per SKPD).

    ``tanggal`` tells the date on the paper, by which it is quoted and which decides who signs; a list without one
    bears no date. ``semua`` returns the content of every part at once. ``nomor_isi`` gives the number of a paper that
    is numbered elsewhere: once printed with it, it stays as it was printed. ``sekali``: what was issued is final, a
    correction is a paper of its own.
    """

    label: str
    keterangan: str
    isi: Callable[..., dict[str, Any]]
    template: str
    nomor: Nomor | None = None
    ttd: tuple[str, ...] = ()
    xlsx: Callable[[dict[str, Any]], lembar.Tabel] | None = None
    bagian: Callable[[Musrenbang], list[tuple[str, str]]] | None = None
    tanggal: Callable[[Musrenbang], date | None] | None = None
    semua: Callable[[Musrenbang], dict[str, dict[str, Any]]] | None = None
    nomor_isi: Callable[[dict[str, Any]], str] | None = None
    sekali: bool = False
    belum: str = "RKP Kecamatan belum ditetapkan, jadi dokumen ini belum dapat dibuat."


CAMAT, PIMPINAN = "camat", "pimpinan"
CETAKAN = {
    "sk_tim": Cetakan(
        "Keputusan tentang tim pelaksana",
        "dengan lampiran susunan tim",
        isi.sk_tim,
        "pdf/sk_tim.html",
        ttd=(CAMAT,),
        tanggal=kepala_surat.decision_day,
        nomor_isi=lambda isi: str(isi["nomor"]),
    ),
    "undangan": Cetakan(
        "Surat undangan",
        "satu berkas berisi semua surat",
        sidang.undangan,
        "pdf/undangan.html",
        ttd=(CAMAT,),
        xlsx=lembar.undangan,
    ),
    "perubahan_undangan": Cetakan(
        "Perubahan undangan",
        "yang terakhir bagi tiap undangan",
        sidang.perubahan_undangan,
        "pdf/perubahan_undangan.html",
        ttd=(CAMAT,),
        xlsx=lembar.undangan,
    ),
    "tanda_terima": Cetakan(
        "Tanda terima undangan", "untuk dibawa bersama surat", sidang.tanda_terima, "pdf/tanda_terima.html"
    ),
    "pemberitahuan_skors": Cetakan(
        "Pemberitahuan sidang lanjutan",
        "selama sidang diskors",
        sidang.pemberitahuan_skors,
        "pdf/pemberitahuan_skors.html",
        ttd=(CAMAT,),
    ),
    "susunan_acara": Cetakan(
        "Susunan acara", "dengan waktu", sidang.susunan_acara, "pdf/susunan_acara.html", xlsx=lembar.susunan_acara
    ),
    "daftar_hadir_kosong": Cetakan(
        "Formulir daftar hadir",
        "kosong, untuk meja pendaftaran",
        sidang.daftar_hadir_kosong,
        "pdf/daftar_hadir_kosong.html",
    ),
    "notulen": Cetakan(
        "Notulen",
        "per acara",
        sidang.notulen,
        "pdf/notulen.html",
        xlsx=lembar.notulen,
        tanggal=kepala_surat.meeting_day,
    ),
    "notulen_kosong": Cetakan(
        "Formulir notulen", "kosong, untuk ditulis tangan", sidang.notulen_kosong, "pdf/notulen_kosong.html"
    ),
    "rekap_usulan": Cetakan(
        "Rekapitulasi usulan desa",
        "per desa, dengan jumlah",
        isi.rekap_usulan,
        "pdf/rekap_usulan.html",
        xlsx=lembar.rekap_usulan,
    ),
    "draft_rkp": Cetakan(
        "Draf RKP Kecamatan", "keadaan sekarang, per bidang", isi.rkp, "pdf/rkp.html", xlsx=lembar.rkp
    ),
    "rkp": Cetakan(
        "RKP Kecamatan",
        "versi yang ditetapkan",
        isi.rkp,
        "pdf/rkp.html",
        ttd=(CAMAT, PIMPINAN),
        xlsx=lembar.rkp,
        tanggal=kepala_surat.version_day,
    ),
    "hasil_kelompok": Cetakan(
        "Hasil diskusi kelompok",
        "per kelompok, untuk ditandatangani",
        isi.hasil_kelompok,
        "pdf/hasil_kelompok.html",
        xlsx=lembar.hasil_kelompok,
    ),
    "daftar_hadir": Cetakan(
        "Daftar hadir",
        "Lampiran I",
        isi.daftar_hadir,
        "pdf/daftar_hadir.html",
        xlsx=lembar.daftar_hadir,
        tanggal=kepala_surat.meeting_day,
    ),
    "prioritas_skpd": Cetakan(
        "Prioritas menurut SKPD",
        "Tabel T-D.4",
        isi.prioritas_skpd,
        "pdf/prioritas_skpd.html",
        xlsx=lembar.prioritas_skpd,
        tanggal=kepala_surat.meeting_day,
    ),
    "belum_disepakati": Cetakan(
        "Belum disepakati",
        "beserta cadangan dan alasannya",
        isi.belum_disepakati,
        "pdf/belum_disepakati.html",
        xlsx=lembar.belum_disepakati,
        tanggal=kepala_surat.meeting_day,
    ),
    "durkp": Cetakan(
        "DURKP Kecamatan",
        "daftar usulan ke Musrenbang Kabupaten",
        surat.durkp,
        "pdf/durkp.html",
        ttd=(CAMAT,),
        xlsx=lembar.durkp,
        tanggal=kepala_surat.version_day,
    ),
    "prioritas_program": Cetakan(
        "Urutan prioritas program",
        "dengan garis pagu",
        isi.prioritas_program,
        "pdf/prioritas_program.html",
        xlsx=lembar.prioritas_program,
        tanggal=kepala_surat.meeting_day,
    ),
    "lembar_skor": Cetakan(
        "Lembar skor", "nilai tiap kriteria", isi.lembar_skor, "pdf/lembar_skor.html", xlsx=lembar.lembar_skor
    ),
    "rekap_suara": Cetakan(
        "Rekapitulasi suara",
        "dengan jumlah kendalinya",
        isi.rekap_suara,
        "pdf/rekap_suara.html",
        xlsx=lembar.rekap_suara,
        ttd=(PIMPINAN,),
        tanggal=kepala_surat.meeting_day,
    ),
    "daftar_delegasi": Cetakan(
        "Daftar delegasi",
        "beserta unsurnya",
        isi.daftar_delegasi,
        "pdf/daftar_delegasi.html",
        xlsx=lembar.daftar_delegasi,
        tanggal=kepala_surat.meeting_day,
    ),
    "surat_mandat": Cetakan(
        "Surat mandat delegasi",
        "bernomor",
        surat.surat_mandat,
        "pdf/surat_mandat.html",
        nomor=Nomor("090", "SM-MRB", Tahap.PENANDATANGANAN),
        ttd=(CAMAT, PIMPINAN),
        tanggal=kepala_surat.today,
    ),
    "pengantar_bappeda": Cetakan(
        "Surat pengantar ke Bappeda",
        "bernomor",
        surat.pengantar_bappeda,
        "pdf/pengantar_bappeda.html",
        nomor=Nomor("050", "PB-MRB", Tahap.DISAHKAN),
        ttd=(CAMAT,),
        tanggal=kepala_surat.today,
    ),
    "kabar_desa": Cetakan(
        "Kabar untuk desa",
        "nasib setiap usulan, satu lembar per desa",
        surat.kabar_desa,
        "pdf/kabar_desa.html",
        xlsx=lembar.kabar_desa,
    ),
    "lembar_periksa": Cetakan(
        "Lembar periksa",
        "apa yang dicocokkan wakil desa, Camat, Bappeda, dan warga; satu halaman masing-masing",
        jangkar.lembar_periksa,
        "pdf/lembar_periksa.html",
    ),
    "usulan_skpd": Cetakan(
        "Usulan per perangkat daerah",
        "dengan surat pengantar, satu per perangkat daerah",
        surat.usulan_skpd,
        "pdf/usulan_skpd.html",
        nomor=Nomor("050", "US-MRB", Tahap.DITERIMA),
        ttd=(CAMAT,),
        xlsx=lembar.usulan_skpd,
        bagian=surat.list_skpd,
        tanggal=kepala_surat.today,
        semua=surat.all_skpd,
    ),
    "adendum": Cetakan(
        "Adendum RKP Kecamatan",
        "perbaikan redaksi sesudah diterima Bappeda, bernomor",
        surat.adendum,
        "pdf/adendum.html",
        nomor=Nomor("050", "AD-MRB", Tahap.DITERIMA),
        ttd=(CAMAT,),
        bagian=surat.list_adendum,
        tanggal=kepala_surat.today,
        sekali=True,
        belum="Belum ada adendum yang disahkan Camat.",
    ),
}
PUBLIK = ("rkp", "durkp", "prioritas_skpd", "belum_disepakati", "prioritas_program", "lembar_periksa")
"""What everybody may read: lists of works. What names participants (attendance, delegates, minutes) is not here."""


def public_kinds(musrenbang: Musrenbang) -> list[str]:
    """Return the kinds that are open to everybody by now; the ranking once it is fixed."""
    return [jenis for jenis in PUBLIK if jenis != "prioritas_program" or is_past(musrenbang.tahap, Tahap.PRIORITAS)]
