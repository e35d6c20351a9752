"""Every document as JSON-safe data; ``templates/pdf/`` prints it."""

from typing import Any

from berita_acara.dokumen import isi, sidang
from berita_acara.dokumen.isi import as_json, berita_acara, kepala
from berita_acara.dokumen.jenis import CETAKAN, Cetakan, Nomor, public_kinds
from berita_acara.dokumen.surat import versi_wajib
from musrenbang.lembar import write_xlsx
from musrenbang.models import Musrenbang
from musrenbang.transisi import Ditolak

__all__ = [
    "CETAKAN",
    "Cetakan",
    "Nomor",
    "as_json",
    "berita_acara",
    "cetakan_content",
    "cetakan_context",
    "cetakan_xlsx",
    "content_xlsx",
    "isi",
    "kepala",
    "public_kinds",
    "same_content",
    "sidang",
    "versi_wajib",
]


def cetakan_content(jenis: str, musrenbang: Musrenbang, bagian: str = "") -> dict[str, Any]:
    """Return what a document says: head, title, content, JSON-safe. Raises Ditolak while it cannot be made."""
    cetakan = CETAKAN[jenis]
    if jenis == "rkp":
        versi_wajib(musrenbang)
    data = cetakan.isi(musrenbang, bagian) if cetakan.bagian else cetakan.isi(musrenbang)
    return as_json({"kepala": kepala(musrenbang), "judul": cetakan.label, "isi": data})


def same_content(lama: dict[str, Any], baru: dict[str, Any]) -> bool:
    """Whether two contents say the same; a new letterhead or day alone makes no new document."""
    return all(lama.get(k) == baru.get(k) for k in (lama.keys() | baru.keys()) - {"kop", "tanggal_surat"})


def cetakan_xlsx(jenis: str, musrenbang: Musrenbang, bagian: str = "") -> bytes:
    """Return a document that is a table as a workbook, from the same content as its PDF."""
    return content_xlsx(jenis, cetakan_content(jenis, musrenbang, bagian))


def content_xlsx(jenis: str, data: dict[str, Any]) -> bytes:
    """Return the content of a document that is a table as a workbook."""
    cetakan = CETAKAN[jenis]
    if cetakan.xlsx is None:
        raise Ditolak(f"{cetakan.label} tidak berupa tabel.")
    tabel, kepala_isi = cetakan.xlsx(data["isi"]), data["kepala"]
    judul = f"{cetakan.label} Kecamatan {kepala_isi['kecamatan']}, rencana tahun {kepala_isi['tahun_rencana']}"
    return write_xlsx(judul=judul, kolom=tabel.kolom, baris=tabel.baris)


def cetakan_context(jenis: str, musrenbang: Musrenbang, bagian: str = "") -> dict[str, Any]:
    """Return the template context of a document as it would come out now, without number and code."""
    return cetakan_content(jenis, musrenbang, bagian) | {"nomor": "", "draf": bool(CETAKAN[jenis].nomor)}
