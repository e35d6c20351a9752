"""Making documents: content frozen in one transaction (with a number where the kind has one), the PDF follows."""

from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.db import transaction

from berita_acara.dokumen import kepala_surat
from berita_acara.dokumen.banding import same_content
from berita_acara.dokumen.cetakan import cetakan_content, cetakan_context, paper_date
from berita_acara.dokumen.isi import berita_acara
from berita_acara.dokumen.jenis import CETAKAN
from berita_acara.izin import BOLEH_TERBIT
from berita_acara.queries import BERITA_ACARA, kop_of, latest_dokumen, logo_of
from berita_acara.services.jangkar import fix_files
from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.cetakan import Nomor, today
from musrenbang.infra.codes import new_code
from musrenbang.infra.pdf.cetak import render_pdf
from musrenbang.infra.pdf.kumpulan import BerkasGagal
from musrenbang.jangkar.daftar import anchor_of
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import Dokumen, Musrenbang, Pengguna
from musrenbang.nomor import ROMAWI, take_nomor
from musrenbang.sebutan import use
from musrenbang.simpanan import read_dokumen, store_dokumen
from musrenbang.states import URUTAN, Tahap
from musrenbang.transisi import Ditolak
from rkp.prioritas.hitung.mesin import digest

BERKUNCI = frozenset({BERITA_ACARA, "undangan", "perubahan_undangan"})
"""Papers on which the fingerprint of the server's key stands, for people to compare."""
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
    isi = cetakan_content(jenis, musrenbang, bagian) | {"kop": kop_of(musrenbang)}
    nomor_isi = CETAKAN[jenis].nomor_isi
    nomor = nomor_isi(isi["isi"]) if nomor_isi else ""
    if nomor and (ada := Dokumen.objects.filter(musrenbang=musrenbang, jenis=jenis, nomor=nomor).first()):
        return ada  # it went out under that number: what changed since asks for a decision with its own
    ada = latest_dokumen(musrenbang, jenis, bagian)
    if ada is None or ada.sidik_isi != digest(isi):
        if nomor:
            isi |= {"menggantikan": _replaced(musrenbang, jenis, bagian)}
        ada = _freeze(musrenbang, jenis, bagian, isi, by, nomor=nomor)
    return ada


def read_or_draft(
    *, musrenbang: Musrenbang, jenis: str, by: Pengguna | None, bagian: str = "", draf: bool = False
) -> bytes:
    """Return the PDF of a list as it stands now, or of a letter as it was issued, whatever the facts say since.

    ``draf``: how the letter would come out now, marked as a draft; also where none was issued yet.
    """
    cetakan = CETAKAN[jenis]
    if cetakan.nomor is None:
        return read_dokumen(print_dokumen(musrenbang=musrenbang, jenis=jenis, by=by, bagian=bagian))
    ada = latest_dokumen(musrenbang, jenis, bagian)
    if ada and not draf:
        return read_dokumen(with_file(ada))
    isi, kop = cetakan_context(jenis, musrenbang, bagian), kop_of(musrenbang)
    isi |= {"kop": kop, "logo": logo_of(kop), "menggantikan": _replaced(musrenbang, jenis, bagian)}
    return render_pdf(cetakan.template, isi)


def _replaced(musrenbang: Musrenbang, jenis: str, bagian: str) -> dict[str, str] | None:
    """Return number and date of the numbered paper that the next one takes the place of, or None."""
    semua = Dokumen.objects.filter(musrenbang=musrenbang, jenis=jenis, bagian=bagian).exclude(nomor="")
    lama = semua.defer("isi").first()
    return {"nomor": lama.nomor, "tanggal": tulis.tanggal(lama.tanggal, "")} if lama else None


def _still_says(lama: Dokumen, isi: Isi, musrenbang: Musrenbang) -> bool:
    """Whether an issued paper says what the facts say, with who signed on its own date."""
    return same_content(lama.isi, isi | {"kepala": kepala_surat.kepala(musrenbang, lama.tanggal)})


def issue_dokumen(*, musrenbang: Musrenbang, jenis: str, by: Pengguna, bagian: str = "") -> Dokumen:
    """Give a letter its number, freeze it and make its PDF."""
    return with_file(number_dokumen(musrenbang=musrenbang, jenis=jenis, by=by, bagian=bagian))


def number_dokumen(*, musrenbang: Musrenbang, jenis: str, by: Pengguna, bagian: str = "") -> Dokumen:
    """Give a letter its number and freeze it; unchanged facts give the same letter back, changed ones a new number."""
    cetakan = CETAKAN[jenis]
    if cetakan.nomor is None:
        raise Ditolak(f"{cetakan.label} tidak bernomor; cetak saja.")
    if cetakan.pokok:
        raise Ditolak(f"{cetakan.label} diterbitkan dari halamannya sendiri.")
    boleh = frozenset(URUTAN[URUTAN.index(Tahap(cetakan.nomor.sejak)) :])
    with transaction.atomic():
        kini = lock_musrenbang(musrenbang, boleh)
        isi = cetakan_content(jenis, kini, bagian)
        ada = latest_dokumen(kini, jenis, bagian)
        if ada and cetakan.sekali:
            return ada
        if ada is None or not _still_says(ada, isi, kini):
            ada = _numbered(kini, jenis, bagian, isi, by)
            audit.catat(musrenbang=kini, by=by, aksi="dokumen.terbit", objek=ada, rincian={"jenis": str(cetakan.label)})
    return ada


def issue_berita_acara(*, musrenbang: Musrenbang, by: Pengguna) -> Dokumen:
    """Take a number, freeze the content, render the PDF.

    While nothing changed since the last version that one is returned: a second click makes nothing new. When
    rendering or storing fails the number stands and the same content is rendered by calling again.
    """
    with transaction.atomic():
        kini = lock_musrenbang(musrenbang, BOLEH_TERBIT)
        isi = berita_acara(kini)
        terakhir = latest_dokumen(kini, BERITA_ACARA)
        if terakhir is None or not _still_says(terakhir, isi, kini):
            lama, terakhir = terakhir, _numbered(kini, BERITA_ACARA, "", isi, by)
            audit.catat(
                musrenbang=kini,
                by=by,
                aksi="berita_acara.terbit",
                objek=terakhir,
                rincian={"rkp_versi": isi["rkp"]["versi"], "menggantikan": lama.nomor if lama else None},
            )
    return with_file(terakhir)


def preview_berita_acara(musrenbang: Musrenbang) -> bytes:
    """Return the Berita Acara as it would come out now, marked as a draft, without number and code."""
    isi = berita_acara(musrenbang) | {"kop": kop_of(musrenbang)}
    isi |= {"nomor": "", "versi": 0, "draf": True, "logo": logo_of(isi["kop"])}
    return render_pdf(CETAKAN[BERITA_ACARA].template, isi | {"menggantikan": _replaced(musrenbang, BERITA_ACARA, "")})


def _numbered(kini: Musrenbang, jenis: str, bagian: str, isi: Isi, by: Pengguna) -> Dokumen:
    """Number and date a paper: month and year in the number are those of the date on it."""
    nomor = CETAKAN[jenis].nomor
    assert nomor is not None
    tanggal, kop = paper_date(jenis, kini) or today(kini), kop_of(kini)
    teks = number_on(kini, jenis, nomor, tanggal, kop)
    terbit = {
        "kop": kop,
        "tanggal_surat": tulis.tanggal(tanggal),
        "menggantikan": _replaced(kini, jenis, bagian),
    }
    return _freeze(kini, jenis, bagian, isi | terbit, by, nomor=teks, tanggal=tanggal)


def number_on(musrenbang: Musrenbang, jenis: str, nomor: Nomor, tanggal: date, kop: Isi) -> str:
    """Take the next number of a kind for a paper of that date, written as the kecamatan writes its numbers."""
    urut = take_nomor(kecamatan=musrenbang.kecamatan, jenis=jenis, tahun=tanggal.year)
    teks: str = kop["format_nomor"].format(
        klasifikasi=nomor.klasifikasi,
        urut=f"{urut:03d}",
        kode=nomor.kode,
        bulan=ROMAWI[tanggal.month - 1],
        tahun=tanggal.year,
    )
    return teks


@transaction.atomic
def _freeze(
    musrenbang: Musrenbang,
    jenis: str,
    bagian: str,
    isi: Isi,
    by: Pengguna | None,
    nomor: str = "",
    tanggal: date | None = None,
) -> Dokumen:
    """Store the content as the next version of its kind; the same content stored meanwhile is taken instead.

    What it says is hashed without the root of the record that it bears, which is another one every time.
    """
    kini = Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    ada = latest_dokumen(musrenbang, jenis, bagian)
    sidik = digest(isi)
    if ada and ada.sidik_isi == sidik and not nomor:
        return ada
    if kini.dibawa_pada:  # a version that only this side has would stand in the way of what comes home
        raise Ditolak(
            f"{CETAKAN[jenis].label} belum pernah dicetak dengan isi ini, dan acaranya sedang dibawa ke aula. "
            "Cetak di laptop aula, atau di sini sesudah hasilnya masuk."
        )
    return Dokumen.objects.create(
        musrenbang=musrenbang,
        jenis=jenis,
        bagian=bagian,
        versi=ada.versi + 1 if ada else 1,
        nomor=nomor,
        isi=isi | {"jangkar": anchor_of(musrenbang)},
        tanggal=tanggal or paper_date(jenis, musrenbang),
        sidik_isi=sidik,
        kode=_new_code(),
        penanda_tangan=_signers(jenis, isi["kepala"]),
        dibuat_oleh=by,
    )


def _new_code() -> str:
    while True:
        kode = new_code(PANJANG_KODE)
        if not Dokumen.objects.filter(kode=kode).exists():
            return kode


def _signers(jenis: str, kepala: Isi) -> list[Isi]:
    siapa = CETAKAN[jenis].ttd
    orang = {
        "camat": {"peran": "camat", "nama": kepala["camat"]["nama"], "jabatan": _capacity(kepala["camat"])},
        "pimpinan": {"peran": "pimpinan", "nama": kepala["pimpinan_sidang"], "jabatan": "Pimpinan Sidang"},
    }
    return [orang[s] for s in siapa if orang[s]["nama"]]


def _capacity(camat: Isi) -> str:
    """Return in one line what stands above and below "a.n.": ``a.n. Camat Sikur, Sekretaris Camat``."""
    return ", ".join(k for k in (camat["jabatan"], camat["selaku"]) if k)


def with_file(dokumen: Dokumen) -> Dokumen:
    """Return a document that has its PDF; it is made now when it is missing. Raises Ditolak when that fails."""
    if not dokumen.sha256:
        try:
            with use(dokumen.musrenbang.sebutan):
                isi = render_pdf(CETAKAN[dokumen.jenis].template, pdf_context(dokumen))
        except BerkasGagal as gagal:
            if not dokumen.nomor:
                raise
            raise BerkasGagal(f"{dokumen.nomor} sudah tercatat, tetapi PDF-nya belum jadi. {gagal}") from gagal
        store_dokumen(dokumen, isi)
        if dokumen.nomor and Musrenbang.objects.filter(pk=dokumen.musrenbang_id, dibawa_pada=None).exists():
            fix_files(dokumen.musrenbang, [dokumen], dokumen.dibuat_oleh)
    return dokumen


def pdf_context(dokumen: Dokumen) -> Isi:
    """Return the template context of a stored document: its frozen content, number, version, code and QR."""
    isi = {"nomor": dokumen.nomor, "versi": dokumen.versi, "draf": False, "logo": logo_of(dokumen.isi.get("kop"))}
    if dokumen.kode:
        alamat = f"{settings.ALAMAT}/verifikasi/{dokumen.kode}/"
        qr = segno.make(alamat, error="m").png_data_uri(scale=6, border=0)
        kunci = dokumen.jenis in BERKUNCI and dokumen.isi.get("jangkar", {}).get("kunci")
        kode = f"{dokumen.kode[:5]}-{dokumen.kode[5:]}"
        isi["cap"] = {"kode": kode, "alamat": alamat, "qr": qr, "kunci": kunci}
    return {**dokumen.isi, **isi}
