"""A document as data, workbook and template context; what an issued one says otherwise than the facts now."""

from datetime import date
from typing import Any

from berita_acara.dokumen.compare import before_addenda, changed
from berita_acara.dokumen.content import as_json
from berita_acara.dokumen.kinds import CETAKAN, PUBLIK
from berita_acara.dokumen.letter_head import head_of, public_head
from musrenbang.infra.sheets import with_gaps, write_xlsx
from musrenbang.models import Dokumen, Musrenbang
from musrenbang.sebutan import titled, use
from musrenbang.transisi import Refused
from tindak_lanjut.queries.adendum import amended_fields, is_received


def paper_date(jenis: str, musrenbang: Musrenbang) -> date | None:
    """Return the date that a document bears when it is made now; None for a list without one."""
    day = CETAKAN[jenis].tanggal
    return day(musrenbang) if day else None


def cetakan_content(jenis: str, musrenbang: Musrenbang, part: str = "") -> dict[str, Any]:
    """Return what a document says: head, title, content, JSON-safe. Raises Refused while it cannot be made.

    It says it in the words of its own place, whoever asks.
    """
    with use(musrenbang.sebutan):
        return _content(jenis, musrenbang, part)


def _content(jenis: str, musrenbang: Musrenbang, part: str) -> dict[str, Any]:
    cetakan = CETAKAN[jenis]
    data = cetakan.isi(musrenbang, part) if cetakan.bagian else cetakan.isi(musrenbang)
    if cetakan.pokok:
        return data
    at_time = paper_date(jenis, musrenbang)
    head = head_of(musrenbang, at_time)
    if jenis in PUBLIK:
        head = public_head(head)
    return as_json({"kepala": head, "judul": str(cetakan.label), "isi": data})


def stale_papers(musrenbang: Musrenbang) -> dict[tuple[str, str], list[str]]:
    """Return {(kind, part): what the newest issued paper says otherwise than the facts now} of those that do.

    Who signs is looked up for the date of each paper. What an addendum corrected since is told by it, a letter
    whose package Bappeda took in is closed, and what an announcement announced has come; none of them asks for a letter
    in its place. The Berita Acara has its own check (``syarat``).
    """
    with use(musrenbang.sebutan):
        return _stale_papers(musrenbang)


def _stale_papers(musrenbang: Musrenbang) -> dict[tuple[str, str], list[str]]:
    result: dict[tuple[str, str], list[str]] = {}
    start: dict[date | None, dict[str, Any]] = {}
    close = {k for k, c in CETAKAN.items() if c.sekali or c.pokok or c.is_over(musrenbang.tahap)} | (
        {"pengantar_bappeda"} if is_received(musrenbang) else set()
    )
    issued = Dokumen.objects.filter(musrenbang=musrenbang, jenis__in=CETAKAN.keys() - close).exclude(nomor="")
    newest: dict[tuple[str, str], Dokumen] = {}
    for d in issued:
        newest.setdefault((d.jenis, d.bagian), d)
    corrected = amended_fields(musrenbang) if newest else []
    for jenis in {jenis for jenis, _ in newest}:
        cetakan, own = CETAKAN[jenis], {k[1]: d for k, d in newest.items() if k[0] == jenis}
        try:
            everything = cetakan.semua(musrenbang) if cetakan.semua else {"": cetakan.isi(musrenbang)}
        except Refused as error:
            result |= {(jenis, part): [str(error)] for part in own}
            continue
        for part, d in own.items():
            if d.tanggal not in start:
                start[d.tanggal] = head_of(musrenbang, d.tanggal)
            content = before_addenda(
                everything.get(part, {}), d.isi["isi"], [x[1:] for x in corrected if x[0] > d.dibuat_pada]
            )
            current = as_json({"kepala": start[d.tanggal], "judul": str(cetakan.label), "isi": content})
            if difference := changed(d.isi, current):
                result[jenis, part] = difference
    return result


def cetakan_xlsx(jenis: str, musrenbang: Musrenbang, part: str = "") -> bytes:
    """Return a document that is a table as a workbook, from the same content as its PDF."""
    return content_xlsx(jenis, cetakan_content(jenis, musrenbang, part))


def content_xlsx(jenis: str, data: dict[str, Any]) -> bytes:
    """Return the content of a document that is a table as a workbook."""
    cetakan = CETAKAN[jenis]
    if cetakan.xlsx is None:
        raise Refused(f"{cetakan.label} tidak tersedia dalam Excel.")
    tabel, head = cetakan.xlsx(data["isi"]), data["kepala"]
    judul = f"{titled(str(cetakan.label), head['kecamatan'])}, rencana tahun {head['tahun_rencana']}"
    return write_xlsx(
        judul=with_gaps(judul, tabel.kurang),
        kolom=tabel.kolom,
        baris=tabel.baris,
        nama=tabel.nama,
        jumlah=tabel.jumlah,
        counted=tabel.counted,
        other=tabel.lain,
    )


def cetakan_context(jenis: str, musrenbang: Musrenbang, part: str = "") -> dict[str, Any]:
    """Return the template context of a document as it would come out now, without number and code."""
    return cetakan_content(jenis, musrenbang, part) | {"nomor": "", "draf": bool(CETAKAN[jenis].nomor)}
