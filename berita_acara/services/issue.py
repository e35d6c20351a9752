"""Making documents: content frozen in one transaction (with a number where the kind has one), the PDF follows."""

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from berita_acara.dokumen import letter_head
from berita_acara.dokumen.carried import carried_by
from berita_acara.dokumen.cetakan import cetakan_content, cetakan_context, paper_date
from berita_acara.dokumen.compare import same_content
from berita_acara.dokumen.content import berita_acara
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.izin import BOLEH_TERBIT
from berita_acara.queries import BERITA_ACARA, kop_of, latest_dokumen, logo_of
from berita_acara.services.jangkar import fix_files
from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.cetakan import CAMAT, KELOMPOK, KETUA_TIM, PIMPINAN, Nomor, today
from musrenbang.infra.codes import new_code
from musrenbang.infra.pdf.pool import FileFailed
from musrenbang.infra.pdf.printing import begin_pdf, render_pdf
from musrenbang.infra.qr import picture
from musrenbang.jangkar.listing import anchor_of
from musrenbang.keeper import read_dokumen, store_dokumen
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import Dokumen, Musrenbang, Pengguna
from musrenbang.naskah import classification
from musrenbang.nomor import ROMAWI, take_nomor
from musrenbang.sebutan import use
from musrenbang.transisi import Refused
from rkp.prioritas.engine.published import digest

BERKUNCI = frozenset({BERITA_ACARA, "undangan", "perubahan_undangan"})
"""Papers on which the fingerprint of the server's key stands, for people to compare."""
PANJANG_KODE = 10
Isi = dict[str, Any]


def print_dokumen(*, musrenbang: Musrenbang, jenis: str, by: Pengguna | None, part: str = "") -> Dokumen:
    """Return a document as it stands now; what has not changed since the last print is not rendered again.

    Raises Refused while it cannot be made, and for a numbered kind (that one is issued).
    """
    return with_file(freeze_list(musrenbang=musrenbang, jenis=jenis, by=by, part=part))


def freeze_list(*, musrenbang: Musrenbang, jenis: str, by: Pengguna | None, part: str = "") -> Dokumen:
    """Return a list as it stands now, its content kept as a version; its file may be made later (``with_file``).

    Raises Refused while it cannot be made, and for a numbered kind (that one is issued).
    """
    if CETAKAN[jenis].nomor:
        raise Refused(f"{CETAKAN[jenis].label} bernomor; terbitkan dahulu.")
    content = cetakan_content(jenis, musrenbang, part) | {"kop": kop_of(musrenbang)}
    number_filled = CETAKAN[jenis].nomor_isi
    nomor = number_filled(content["isi"]) if number_filled else ""
    if nomor and (existing := Dokumen.objects.filter(musrenbang=musrenbang, jenis=jenis, nomor=nomor).first()):
        return existing  # it went out under that number: what changed since asks for a decision with its own
    existing = latest_dokumen(musrenbang, jenis, part)
    if existing is None or existing.sidik_isi != digest(content):
        if nomor:
            content |= {"menggantikan": _replaced(musrenbang, jenis, part)}
        existing = _freeze(musrenbang, jenis, part, content, by, nomor=nomor)
    return existing


def read_or_draft(
    *, musrenbang: Musrenbang, jenis: str, by: Pengguna | None, part: str = "", draft: bool = False
) -> bytes:
    """Return the PDF of a list as it stands now, or of a letter as it was issued, whatever the facts say since.

    ``draft``: how the letter would come out now, marked as a draft; also where none was issued yet.
    """
    cetakan = CETAKAN[jenis]
    if cetakan.nomor is None:
        return read_dokumen(print_dokumen(musrenbang=musrenbang, jenis=jenis, by=by, part=part))
    existing = latest_dokumen(musrenbang, jenis, part)
    if existing and not draft:
        return read_dokumen(with_file(existing))
    content, kop = cetakan_context(jenis, musrenbang, part), kop_of(musrenbang)
    content |= {"kop": kop, "logo": logo_of(kop), "menggantikan": _replaced(musrenbang, jenis, part)}
    return render_pdf(cetakan.template, content)


def _replaced(musrenbang: Musrenbang, jenis: str, part: str) -> dict[str, str] | None:
    """Return number and date of the numbered paper that the next one takes the place of, or None."""
    everything = Dokumen.objects.filter(musrenbang=musrenbang, jenis=jenis, bagian=part).exclude(nomor="")
    old = everything.defer("isi").first()
    return {"nomor": old.nomor, "tanggal": tulis.date_text(old.tanggal, "")} if old else None


def _still_says(old: Dokumen, content: Isi, musrenbang: Musrenbang) -> bool:
    """Whether an issued paper says what the facts say, with who signed on its own date."""
    return same_content(old.isi, content | {"kepala": letter_head.head_of(musrenbang, old.tanggal)})


def issue_dokumen(*, musrenbang: Musrenbang, jenis: str, by: Pengguna, part: str = "") -> Dokumen:
    """Give a letter its number, freeze it and make its PDF."""
    return with_file(number_dokumen(musrenbang=musrenbang, jenis=jenis, by=by, part=part))


def number_dokumen(*, musrenbang: Musrenbang, jenis: str, by: Pengguna, part: str = "") -> Dokumen:
    """Give a letter its number and freeze it; unchanged facts give the same letter back, changed ones a new number."""
    cetakan = CETAKAN[jenis]
    if cetakan.nomor is None:
        raise Refused(f"{cetakan.label} tidak bernomor; cetak saja.")
    if cetakan.pokok:
        raise Refused(f"{cetakan.label} diterbitkan dari halamannya sendiri.")
    with transaction.atomic():
        current = lock_musrenbang(musrenbang, cetakan.nomor.stages)
        content = cetakan_content(jenis, current, part)
        existing = latest_dokumen(current, jenis, part)
        if existing and cetakan.sekali:
            return existing
        if existing is None or not _still_says(existing, content, current):
            existing = _numbered(current, jenis, part, content, by)
            audit.record(
                musrenbang=current, by=by, aksi="dokumen.terbit", objek=existing, rincian={"jenis": str(cetakan.label)}
            )
    return existing


def issue_berita_acara(*, musrenbang: Musrenbang, by: Pengguna) -> Dokumen:
    """Take a number, freeze the content, render the PDF.

    While nothing changed since the last version that one is returned: a second click makes nothing new. When
    rendering or storing fails the number stands and the same content is rendered by calling again.
    """
    with transaction.atomic():
        current = lock_musrenbang(musrenbang, BOLEH_TERBIT)
        content = berita_acara(current)
        last = latest_dokumen(current, BERITA_ACARA)
        if last is None or not _still_says(last, content, current):
            old, last = last, _numbered(current, BERITA_ACARA, "", content, by)
            audit.record(
                musrenbang=current,
                by=by,
                aksi="berita_acara.terbit",
                objek=last,
                rincian={"rkp_versi": content["rkp"]["versi"], "menggantikan": old.nomor if old else None},
            )
    return with_file(last)


def preview_berita_acara(musrenbang: Musrenbang) -> bytes:
    """Return the Berita Acara as it would come out now, marked as a draft, without number and code."""
    content = berita_acara(musrenbang) | {"kop": kop_of(musrenbang)}
    content |= {"nomor": "", "versi": 0, "draf": True, "logo": logo_of(content["kop"])}
    return render_pdf(
        CETAKAN[BERITA_ACARA].template, content | {"menggantikan": _replaced(musrenbang, BERITA_ACARA, "")}
    )


def _numbered(current: Musrenbang, jenis: str, part: str, content: Isi, by: Pengguna) -> Dokumen:
    """Number and date a paper: month and year in the number are those of the date on it."""
    nomor = CETAKAN[jenis].nomor
    assert nomor is not None
    tanggal, kop = paper_date(jenis, current) or today(current), kop_of(current)
    text = number_on(current, jenis, nomor, tanggal, kop)
    issued = {
        "kop": kop,
        "tanggal_surat": tulis.date_text(tanggal),
        "menggantikan": _replaced(current, jenis, part),
    }
    return _freeze(current, jenis, part, content | issued, by, nomor=text, tanggal=tanggal)


def number_on(musrenbang: Musrenbang, jenis: str, nomor: Nomor, tanggal: date, kop: Isi) -> str:
    """Take the next number of a kind for a paper of that date, written as the kecamatan writes its numbers."""
    sequence = take_nomor(kecamatan=musrenbang.kecamatan, jenis=jenis, tahun=tanggal.year)
    text: str = kop["format_nomor"].format(
        klasifikasi=classification(nomor.klasifikasi, tanggal.year, musrenbang.kecamatan.kabupaten.naskah),
        urut=f"{sequence:03d}",
        kode=nomor.kode,
        bulan=ROMAWI[tanggal.month - 1],
        tahun=tanggal.year,
    )
    return text


@transaction.atomic
def _freeze(
    musrenbang: Musrenbang,
    jenis: str,
    part: str,
    content: Isi,
    by: Pengguna | None,
    nomor: str = "",
    tanggal: date | None = None,
) -> Dokumen:
    """Store the content as the next version of its kind; the same content stored meanwhile is taken instead.

    What it says is hashed without the root of the record that it bears, which is another one every time.
    """
    current = Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    existing = latest_dokumen(musrenbang, jenis, part)
    fingerprint = digest(content)
    if existing and existing.sidik_isi == fingerprint and not nomor:
        return existing
    if current.dibawa_pada:  # a version stored only here would stand in the way of what comes home from the hall
        raise Refused(
            f"{CETAKAN[jenis].label} belum pernah dicetak dengan isi ini, dan acaranya sedang dibawa ke aula. "
            "Cetak di laptop aula, atau di sini sesudah hasilnya masuk."
        )
    return Dokumen.objects.create(
        musrenbang=musrenbang,
        jenis=jenis,
        bagian=part,
        versi=existing.versi + 1 if existing else 1,
        nomor=nomor,
        isi=content | {"jangkar": anchor_of(musrenbang)},
        tanggal=tanggal or paper_date(jenis, musrenbang),
        sidik_isi=fingerprint,
        kode=_new_code(),
        penanda_tangan=signers(jenis, content),
        dibuat_oleh=by,
    )


def _new_code() -> str:
    while True:
        kode = new_code(PANJANG_KODE)
        if not Dokumen.objects.filter(kode=kode).exists():
            return kode


def signers(jenis: str, content: Isi) -> list[Isi]:
    """Return whose names stand in the signature blocks of a paper: role, name, and in what capacity.

    Who has no name yet signs in a blank place and is not named.
    """
    head = content["kepala"]
    people = {
        CAMAT: [(head["camat"]["nama"], _capacity(head["camat"]))],
        PIMPINAN: [(head["pimpinan_sidang"], "Pimpinan Sidang")],
        KETUA_TIM: [(head["ketua_tim"] or head["pimpinan_sidang"], "Ketua Tim Pelaksana")],
        KELOMPOK: [
            (group[who], f"{office} {group['nama']}")
            for group in content.get("isi", {}).get("kelompok", [])
            for who, office in (("ketua", "Ketua"), ("notulis", "Notulis"))
            if who in group
        ],
    }
    return [
        {"peran": role, "nama": nama, "jabatan": office}
        for role in CETAKAN[jenis].ttd
        for nama, office in people[role]
        if nama
    ]


def _capacity(camat: Isi) -> str:
    """Return in one line what stands above and below "a.n.": ``a.n. Camat Sikur, Sekretaris Camat``."""
    return ", ".join(k for k in (camat["jabatan"], camat["selaku"]) if k)


def with_file(dokumen: Dokumen) -> Dokumen:
    """Return a document that has its PDF; it is made now when it is missing. Raises Refused when that fails."""
    return begin_file(dokumen)()


def begin_file(dokumen: Dokumen, threads: Executor | None = None) -> Callable[[], Dokumen]:
    """Begin the PDF of a document that has none, in one of ``threads``; return what waits for it and keeps it.

    What is returned raises Refused when the PDF could not be made.
    """
    if dokumen.sha256:
        return lambda: dokumen
    with use(dokumen.musrenbang.sebutan):
        content = begin_pdf(CETAKAN[dokumen.jenis].template, pdf_context(dokumen), carried_by(dokumen), threads)
    return partial(_keep_file, dokumen, content)


def _keep_file(dokumen: Dokumen, content: Callable[[], bytes]) -> Dokumen:
    try:
        pdf = content()
    except FileFailed as error:
        if not dokumen.nomor:
            raise
        raise FileFailed(f"{dokumen.nomor} sudah tercatat, tetapi PDF-nya belum jadi. {error}") from error
    store_dokumen(dokumen, pdf)
    if dokumen.nomor and Musrenbang.objects.filter(pk=dokumen.musrenbang_id, dibawa_pada=None).exists():
        fix_files(dokumen.musrenbang, [dokumen], dokumen.dibuat_oleh)
    return dokumen


def pdf_context(dokumen: Dokumen) -> Isi:
    """Return the template context of a stored document: its frozen content, number, version, code and QR."""
    content = {"nomor": dokumen.nomor, "versi": dokumen.versi, "draf": False, "logo": logo_of(dokumen.isi.get("kop"))}
    if dokumen.kode:
        address = f"{settings.ALAMAT}/verifikasi/{dokumen.kode}/"
        qr_code = picture(address, scale=6)
        kunci = dokumen.jenis in BERKUNCI and dokumen.isi.get("jangkar", {}).get("kunci")
        kode = f"{dokumen.kode[:5]}-{dokumen.kode[5:]}"
        content["cap"] = {"kode": kode, "alamat": address, "qr": qr_code, "kunci": kunci}
    return {**dokumen.isi, **content}
