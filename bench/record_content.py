"""What is kept of an answer or a file: its text, without what differs from one run to the next (see ``record.py``)."""

import io
import json
import re
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

PATTERNS = [
    (re.compile(r'(name="csrfmiddlewaretoken" value=)"[^"]*"'), r'\1"#"'),
    (re.compile(r'((?:X-CSRFToken|x-csrftoken)(?:&quot;|")\s*:\s*(?:&quot;|"))[A-Za-z0-9]+'), r"\1#"),
    (re.compile(r'nonce="[^"]*"'), 'nonce="#"'),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "#"),
    (re.compile(r"\b[0-9a-f]{32,}\b"), "#"),
    # the record covers bytes that differ from one run to the next: its roots, digests and signatures in their spellings
    (re.compile(r"\b(?:[0-9A-Fa-f]{4} ){7,}[0-9A-Fa-f]{4}\b"), "#"),
    (re.compile(r"\b[0-9a-f]{16}…"), "#…"),
    (re.compile(r"(?:(?<=\\n)|(?<![A-Za-z0-9+/]))(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{91}=)(?![A-Za-z0-9+/=])"), "#"),
    (re.compile(r"\bukuran=\d+"), "ukuran=#"),
    (re.compile(r"/tmp/rekam-[^/\"]*"), "/VAR"),
]


def normalise(text: str) -> str:
    """Return ``text`` without tokens and hashes."""
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text


def text_of(body: bytes, kind: str) -> str:
    """Return what a person reads in a file: the text of a PDF, the cells of a workbook, the members of an archive."""
    if body[:5] == b"%PDF-":
        read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=body, capture_output=True, check=True)
        return read.stdout.decode()
    if body[:4] == b"PK\x03\x04":
        return _cells(body) if "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(body)).namelist() else _members(body)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return f"{len(body)} byte"
    if "json" in kind and text:
        return json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True)
    if "html" in kind or "svg" in kind:
        return re.sub(r"\s*\n\s*", "\n", re.sub(r"(?=<)|(?<=>)", "\n", re.sub(r"\s+", " ", text))).strip()
    return text


def _cells(body: bytes) -> str:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(body))
    lines = []
    for sheet in book.worksheets:
        lines.append(f"LEMBAR {sheet.title}")
        lines += [
            "\t".join("" if c is None else str(c) for c in row).rstrip() for row in sheet.iter_rows(values_only=True)
        ]
    return "\n".join(lines)


def _members(body: bytes) -> str:
    archive = zipfile.ZipFile(io.BytesIO(body))
    return "\n".join(f"ANGGOTA {n}\n{text_of(archive.read(n), Path(n).suffix[1:])}" for n in sorted(archive.namelist()))


class Store:
    """The records of one stage; texts that stand in many places are kept once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lines = folder, []
        (folder / "isi").mkdir(parents=True, exist_ok=True)

    def add(self, key: str, status: str, text: str) -> None:
        """Keep one record."""
        name = sha256(text.encode()).hexdigest()[:20]
        path = self.folder / "isi" / name
        if not path.exists():
            path.write_text(text)
        self.lines.append(f"{key}\t{status}\t{name}")

    def write(self) -> None:
        """Write the list of the records."""
        (self.folder / "catatan.tsv").write_text("\n".join(self.lines) + "\n")
