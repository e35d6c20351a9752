"""Making documents: content frozen in one transaction (with a number where the kind has one), the PDF follows."""

import base64
import secrets
from typing import Any

import segno
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from berita_acara import dokumen as isi_dokumen
from berita_acara.dokumen import CETAKAN, Nomor, same_content
from berita_acara.queries import JENIS_BA, kop_of, latest_dokumen
from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.models import Dokumen, Musrenbang, Pengguna
from musrenbang.nomor import ROMAWI, take_nomor
from musrenbang.pdf.cetak import render_pdf
from musrenbang.pdf.kumpulan import BerkasGagal
from musrenbang.pdf.simpan import read_dokumen, store_dokumen
from musrenbang.services import lock_musrenbang
from musrenbang.sidang.kode import HURUF
from musrenbang.states import BOLEH_TERBIT, URUTAN, Tahap
from musrenbang.transisi import Ditolak
from rkp.prioritas.hitung.mesin import digest

NOMOR_BA = Nomor("050", "BA-MRB", Tahap.PENANDATANGANAN)
TEMPLATE_BA = "pdf/berita_acara.html"
PANJANG_KODE = 10
Isi = dict[str, Any]


def print_dokumen(*, musrenbang: Musrenbang, jenis: str, by: Pengguna | None, bagian: str = "") -> Dokumen:
    """Return a document as it stands now; what has not changed since the last print is not rendered again.

    Raises Ditolak while it cannot be made, and for a numbered kind (that one is issued).
    """
    return with_file(freeze_list(musrenbang=musrenbang, jenis=jenis, by=by, bagian=bagian))


def freeze_list(*, musrenbang: Musrenbang, jenis: str, by: Pengguna | None, bagian: str = "") -> Dokumen:
    """Return a list as it stands now, its content kept as a version; its file may be made later (``with_file``).

    Raises Ditolak while it cannot be made, and for a numbered kind (that one is issued).
    """
    if CETAKAN[jenis].nomor:
        raise Ditolak(f"{CETAKAN[jenis].label} bernomor; terbitkan dahulu.")
    isi = isi_dokumen.cetakan_content(jenis, musrenbang, bagian) | {"kop": kop_of(musrenbang)}
    ada = latest_dokumen(musrenbang, jenis, bagian)
    if ada is None or ada.sidik_isi != digest(isi):
        ada = _freeze(musrenbang, jenis, bagian, isi, by)
    return ada


def read_or_draft(*, musrenbang: Musrenbang, jenis: str, by: Pengguna | None, bagian: str = "") -> bytes:
    """Return the PDF of a list as it stands now, or of a letter as issued; changed facts give a letter's draft."""
    cetakan = CETAKAN[jenis]
    if cetakan.nomor is None:
        return read_dokumen(print_dokumen(musrenbang=musrenbang, jenis=jenis, by=by, bagian=bagian))
    isi, ada = isi_dokumen.cetakan_context(jenis, musrenbang, bagian), latest_dokumen(musrenbang, jenis, bagian)
    if ada and same_content(ada.isi, isi_dokumen.cetakan_content(jenis, musrenbang, bagian)):
        return read_dokumen(with_file(ada))
    kop = kop_of(musrenbang)
    return render_pdf(cetakan.template, isi | {"kop": kop, "logo": _logo(kop)})


def issue_dokumen(*, musrenbang: Musrenbang, jenis: str, by: Pengguna, bagian: str = "") -> Dokumen:
    """Give a letter its number, freeze it and make its PDF."""
    return with_file(number_dokumen(musrenbang=musrenbang, jenis=jenis, by=by, bagian=bagian))


def number_dokumen(*, musrenbang: Musrenbang, jenis: str, by: Pengguna, bagian: str = "") -> Dokumen:
    """Give a letter its number and freeze it; unchanged facts give the same letter back, changed ones a new number."""
    cetakan = CETAKAN[jenis]
    if cetakan.nomor is None:
        raise Ditolak(f"{cetakan.label} tidak bernomor; cetak saja.")
    boleh = frozenset(URUTAN[URUTAN.index(Tahap(cetakan.nomor.sejak)) :])
    with transaction.atomic():
        kini = lock_musrenbang(musrenbang, boleh)
        isi = isi_dokumen.cetakan_content(jenis, kini, bagian)
        ada = latest_dokumen(kini, jenis, bagian)
        if ada is None or not same_content(ada.isi, isi):
            ada = _numbered(kini, jenis, bagian, isi, by, cetakan.nomor)
            audit.catat(musrenbang=kini, by=by, aksi="dokumen.terbit", objek=ada, rincian={"jenis": cetakan.label})
    return ada


def with_file(dokumen: Dokumen) -> Dokumen:
    """Return a document that has its PDF; it is made now when it is missing. Raises Ditolak when that fails."""
    return _rendered(dokumen, TEMPLATE_BA if dokumen.jenis == JENIS_BA else CETAKAN[dokumen.jenis].template)


def issue_berita_acara(*, musrenbang: Musrenbang, by: Pengguna) -> Dokumen:
    """Take a number, freeze the content, render the PDF.

    While nothing changed since the last version that one is returned: a second click makes nothing new. When
    rendering or storing fails the number stands and the same content is rendered by calling again.
    """
    with transaction.atomic():
        kini = lock_musrenbang(musrenbang, BOLEH_TERBIT)
        isi = isi_dokumen.berita_acara(kini)
        terakhir = latest_dokumen(kini, JENIS_BA)
        if terakhir is None or not same_content(terakhir.isi, isi):
            lama, terakhir = terakhir, _numbered(kini, JENIS_BA, "", isi, by, NOMOR_BA)
            audit.catat(
                musrenbang=kini, by=by, aksi="berita_acara.terbit", objek=terakhir,
                rincian={"rkp_versi": isi["rkp"]["versi"], "menggantikan": lama.nomor if lama else None},
            )  # fmt: skip
    return _rendered(terakhir, TEMPLATE_BA)


def preview_berita_acara(musrenbang: Musrenbang) -> bytes:
    """Return the Berita Acara as it would come out now, marked as a draft, without number and code."""
    isi = isi_dokumen.berita_acara(musrenbang) | {"kop": kop_of(musrenbang)}
    return render_pdf(TEMPLATE_BA, {**isi, "nomor": "", "versi": 0, "draf": True, "logo": _logo(isi["kop"])})


def _numbered(kini: Musrenbang, jenis: str, bagian: str, isi: Isi, by: Pengguna, nomor: Nomor) -> Dokumen:
    hari_ini = timezone.localtime(timezone.now(), kini.kecamatan.kabupaten.tz)
    tahun, kop = kini.tahun_pelaksanaan, kop_of(kini)
    urut = take_nomor(kecamatan=kini.kecamatan, jenis=jenis, tahun=tahun)
    bulan = (kini.tanggal or hari_ini).month if jenis == JENIS_BA else hari_ini.month
    teks = kop["format_nomor"].format(
        klasifikasi=nomor.klasifikasi, urut=f"{urut:03d}", kode=nomor.kode, bulan=ROMAWI[bulan - 1], tahun=tahun
    )
    terbit = {"kop": kop, "tanggal_surat": tulis.tanggal(hari_ini.date())}
    return _freeze(kini, jenis, bagian, isi | terbit, by, nomor=teks)


@transaction.atomic
def _freeze(
    musrenbang: Musrenbang, jenis: str, bagian: str, isi: Isi, by: Pengguna | None, nomor: str = ""
) -> Dokumen:  # fmt: skip
    """Store the content as the next version of its kind; the same content stored meanwhile is taken instead."""
    Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    ada = latest_dokumen(musrenbang, jenis, bagian)
    sidik = digest(isi)
    if ada and ada.sidik_isi == sidik and not nomor:
        return ada
    return Dokumen.objects.create(
        musrenbang=musrenbang, jenis=jenis, bagian=bagian, versi=ada.versi + 1 if ada else 1, nomor=nomor, isi=isi,
        sidik_isi=sidik, kode=_new_code(), penanda_tangan=_signers(jenis, isi["kepala"]), dibuat_oleh=by,
    )  # fmt: skip


def _new_code() -> str:
    while True:
        kode = "".join(secrets.choice(HURUF) for _ in range(PANJANG_KODE))
        if not Dokumen.objects.filter(kode=kode).exists():
            return kode


def _signers(jenis: str, kepala: Isi) -> list[Isi]:
    siapa = CETAKAN[jenis].ttd if jenis in CETAKAN else ("camat", "pimpinan")
    orang = {
        "camat": {"nama": kepala["camat"]["nama"], "jabatan": f"Camat {kepala['kecamatan']}"},
        "pimpinan": {"nama": kepala["pimpinan_sidang"], "jabatan": "Pimpinan Sidang"},
    }
    return [orang[s] for s in siapa if orang[s]["nama"]]


def _rendered(dokumen: Dokumen, template: str) -> Dokumen:
    if not dokumen.sha256:
        try:
            isi = render_pdf(template, pdf_context(dokumen))
        except BerkasGagal as gagal:
            if not dokumen.nomor:
                raise
            raise BerkasGagal(f"{dokumen.nomor} sudah tercatat, tetapi PDF-nya belum jadi. {gagal}") from gagal
        store_dokumen(dokumen, isi)
    return dokumen


def pdf_context(dokumen: Dokumen) -> Isi:
    """Return the template context of a stored document: its frozen content, number, version, code and QR."""
    isi = {"nomor": dokumen.nomor, "versi": dokumen.versi, "draf": False, "logo": _logo(dokumen.isi.get("kop"))}
    if dokumen.kode:
        alamat = f"{settings.ALAMAT}/verifikasi/{dokumen.kode}/"
        qr = segno.make(alamat, error="m").png_data_uri(scale=6, border=0)
        isi["cap"] = {"kode": f"{dokumen.kode[:5]}-{dokumen.kode[5:]}", "alamat": alamat, "qr": qr}
    return {**dokumen.isi, **isi}


def _logo(kop: Isi | None) -> str:
    """The logo as a data address: nothing outside the document is fetched while it is rendered."""
    if not kop or not kop.get("logo"):
        return ""
    try:
        with default_storage.open(kop["logo"], "rb") as berkas:
            isi = base64.b64encode(berkas.read()).decode()
    except OSError:
        return ""
    jenis = "png" if kop["logo"].endswith(".png") else "jpeg"
    return f"data:image/{jenis};base64,{isi}"
