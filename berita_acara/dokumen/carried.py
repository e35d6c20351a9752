"""The data that an issued paper carries in its own file: what it was printed from, and its table as a spreadsheet."""

import json
from datetime import UTC
from typing import Any

from berita_acara.dokumen.cetakan import content_xlsx
from berita_acara.dokumen.kinds import CETAKAN
from musrenbang.infra.pdf.archive import Attachment, attached_in
from musrenbang.infra.sheets import TIPE_XLSX
from musrenbang.models import Dokumen

FORM = "musrenbang-dokumen 1"


def carried_by(dokumen: Dokumen) -> list[Attachment]:
    """Return the files that a paper carries: no more than it says itself, so as public as the paper is."""
    cetakan = CETAKAN[dokumen.jenis]
    changed = f"{dokumen.dibuat_pada.astimezone(UTC):D:%Y%m%d%H%M%SZ}"
    data = json.dumps(paper_data(dokumen), ensure_ascii=False, sort_keys=True, indent=1).encode()
    result = [
        Attachment(f"{dokumen.jenis}.json", "application/json", f"{cetakan.label}: isinya", "Source", changed, data)
    ]
    if cetakan.xlsx:
        table = content_xlsx(dokumen.jenis, dokumen.isi)
        result.append(
            Attachment(f"{dokumen.jenis}.xlsx", TIPE_XLSX, f"{cetakan.label}: tabelnya", "Data", changed, table)
        )
    return result


def paper_data(dokumen: Dokumen) -> dict[str, Any]:
    """Return what a paper says as data, without what only the program needs (letterhead file, form of numbers)."""
    return {
        "bentuk": FORM,
        "jenis": dokumen.jenis,
        "versi": dokumen.versi,
        "nomor": dokumen.nomor,
        "tanggal": dokumen.tanggal.isoformat() if dokumen.tanggal else None,
        "kode": dokumen.kode,
        "isi": _facts({k: v for k, v in dokumen.isi.items() if k not in {"kop", "jangkar"}}),
        "akar_catatan": dokumen.isi.get("jangkar"),
    }


def _facts(content: Any) -> Any:
    """Return content without its drawings (``qr``), which say what stands beside them."""
    if isinstance(content, dict):
        return {k: _facts(v) for k, v in content.items() if k != "qr"}
    return [_facts(v) for v in content] if isinstance(content, list) else content


def table_of(dokumen: Dokumen, pdf: bytes) -> bytes:
    """Return the table of a paper as a spreadsheet: the one that its file carries, or one made now for an old file."""
    return attached_in(pdf).get(f"{dokumen.jenis}.xlsx") or content_xlsx(dokumen.jenis, dokumen.isi)
