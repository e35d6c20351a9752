"""A document as data, workbook and template context; what an issued one says otherwise than the facts now."""

from datetime import date
from typing import Any

from berita_acara.dokumen.banding import before_addenda, changed
from berita_acara.dokumen.isi import as_json
from berita_acara.dokumen.jenis import CETAKAN
from berita_acara.dokumen.kepala_surat import kepala
from musrenbang.infra.lembar import write_xlsx
from musrenbang.models import Dokumen, Musrenbang
from musrenbang.sebutan import sebutan, use
from musrenbang.transisi import Ditolak
from rkp.cetakan import versi_wajib
from tindak_lanjut.queries.adendum import amended_fields, is_received


def paper_date(jenis: str, musrenbang: Musrenbang) -> date | None:
    """Return the date that a document bears when it is made now; None for a list without one."""
    hari = CETAKAN[jenis].tanggal
    return hari(musrenbang) if hari else None


def cetakan_content(jenis: str, musrenbang: Musrenbang, bagian: str = "") -> dict[str, Any]:
    """Return what a document says: head, title, content, JSON-safe. Raises Ditolak while it cannot be made.

    It says it in the words of its own place, whoever asks.
    """
    with use(musrenbang.sebutan):
        return _content(jenis, musrenbang, bagian)


def _content(jenis: str, musrenbang: Musrenbang, bagian: str) -> dict[str, Any]:
    cetakan = CETAKAN[jenis]
    if jenis == "rkp":
        versi_wajib(musrenbang)
    data = cetakan.isi(musrenbang, bagian) if cetakan.bagian else cetakan.isi(musrenbang)
    if cetakan.pokok:
        return data
    pada = paper_date(jenis, musrenbang)
    return as_json({"kepala": kepala(musrenbang, pada), "judul": str(cetakan.label), "isi": data})


def stale_papers(musrenbang: Musrenbang) -> dict[tuple[str, str], list[str]]:
    """Return {(kind, part): what the newest issued paper says otherwise than the facts now} of those that do.

    Who signs is looked up for the date of each paper. What an addendum corrected since is told by the addendum, and a
    letter whose package Bappeda took in is closed; neither asks for a letter in its place. The Berita Acara has its own
    check (``syarat``).
    """
    with use(musrenbang.sebutan):
        return _stale_papers(musrenbang)


def _stale_papers(musrenbang: Musrenbang) -> dict[tuple[str, str], list[str]]:
    hasil: dict[tuple[str, str], list[str]] = {}
    awal: dict[date | None, dict[str, Any]] = {}
    tutup = {k for k, c in CETAKAN.items() if c.sekali or c.pokok} | (
        {"pengantar_bappeda"} if is_received(musrenbang) else set()
    )
    terbit = Dokumen.objects.filter(musrenbang=musrenbang, jenis__in=CETAKAN.keys() - tutup).exclude(nomor="")
    newest: dict[tuple[str, str], Dokumen] = {}
    for d in terbit:
        newest.setdefault((d.jenis, d.bagian), d)
    diperbaiki = amended_fields(musrenbang) if newest else []
    for jenis in {jenis for jenis, _ in newest}:
        cetakan, milik = CETAKAN[jenis], {k[1]: d for k, d in newest.items() if k[0] == jenis}
        try:
            semua = cetakan.semua(musrenbang) if cetakan.semua else {"": cetakan.isi(musrenbang)}
        except Ditolak as penolakan:
            hasil |= {(jenis, bagian): [str(penolakan)] for bagian in milik}
            continue
        for bagian, d in milik.items():
            if d.tanggal not in awal:
                awal[d.tanggal] = kepala(musrenbang, d.tanggal)
            isi = before_addenda(
                semua.get(bagian, {}), d.isi["isi"], [x[1:] for x in diperbaiki if x[0] > d.dibuat_pada]
            )
            kini = as_json({"kepala": awal[d.tanggal], "judul": str(cetakan.label), "isi": isi})
            if beda := changed(d.isi, kini):
                hasil[jenis, bagian] = beda
    return hasil


def cetakan_xlsx(jenis: str, musrenbang: Musrenbang, bagian: str = "") -> bytes:
    """Return a document that is a table as a workbook, from the same content as its PDF."""
    return content_xlsx(jenis, cetakan_content(jenis, musrenbang, bagian))


def content_xlsx(jenis: str, data: dict[str, Any]) -> bytes:
    """Return the content of a document that is a table as a workbook."""
    cetakan = CETAKAN[jenis]
    if cetakan.xlsx is None:
        raise Ditolak(f"{cetakan.label} tidak berupa tabel.")
    tabel, kepala_isi = cetakan.xlsx(data["isi"]), data["kepala"]
    judul = (
        f"{cetakan.label} {sebutan.Kecamatan} {kepala_isi['kecamatan']}, rencana tahun {kepala_isi['tahun_rencana']}"
    )
    return write_xlsx(judul=judul, kolom=tabel.kolom, baris=tabel.baris, nama=tabel.nama, lain=tabel.lain)


def cetakan_context(jenis: str, musrenbang: Musrenbang, bagian: str = "") -> dict[str, Any]:
    """Return the template context of a document as it would come out now, without number and code."""
    return cetakan_content(jenis, musrenbang, bagian) | {"nomor": "", "draf": bool(CETAKAN[jenis].nomor)}
