"""Opening what lies inside an event's file: decrypted, expanded and judged in a child with limits.

The signature over the raw bytes is judged before (``envelope.unwrap``). The server itself then reads only JSON that the
child wrote anew: of bounded size and depth, each name once, plain finite values.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from alur.aula import envelope
from alur.aula.envelope import ULANG, BadFile
from musrenbang.infra import age, child
from musrenbang.infra.child import UnreadableFile

DETIK = 20
PADAT, ISI, LAMPIRAN = "padat", "isi", "lampiran"
Isi = tuple[dict[str, Any], dict[str, bytes]]


def open_sealed(outside: envelope.External, sandi: str) -> tuple[bytes, Isi]:
    """Return the packed content of a file whose signature was judged, and its document and files.

    Raises BadFile for a wrong passphrase, and for anything that is not just an event.
    """
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        content = _ask("unlock", bytes(outside.badan), Path(folder), sandi=sandi)
        return (Path(folder) / PADAT).read_bytes(), content


def open_packed(dense: bytes) -> Isi:
    """Return the document and the files of packed content. Raises BadFile."""
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        return _ask("split", dense, Path(folder))


def open_plain(text: bytes) -> dict[str, Any]:
    """Return the document of an export without seal or signature. Raises BadFile."""
    with tempfile.TemporaryDirectory(prefix="aula-") as folder:
        return _ask("judge", text, Path(folder))[0]


def _ask(task: str, content: bytes, folder: Path, **pilihan: str) -> Isi:
    try:
        size = child.read(
            f"alur.aula.unseal:{task}",
            content,
            cpu_seconds=DETIK,
            write_max=envelope.TERURAI_MAKS,
            folder=str(folder),
            **pilihan,
        )
    except UnreadableFile as error:
        broken = f"Berkas ini bukan berkas musrenbang yang utuh. {ULANG}"
        raise BadFile(broken if error.sebab == child.RUSAK else str(error)) from error
    lampiran, place, file = (folder / LAMPIRAN).read_bytes(), 0, {}
    for nama, n in size.items():
        file[nama] = lampiran[place : place + n]
        place += n
    return json.loads((folder / ISI).read_bytes()), file


# --- in the child


def unlock(path: Path, folder: str, sandi: str) -> dict[str, int]:
    """Decrypt the body of a file, then as ``split``."""
    dense = Path(folder) / PADAT
    try:
        with path.open("rb") as input_data, dense.open("wb") as output:
            age.decrypt(input_data, output, sandi)
    except age.WrongPassphrase as error:
        raise UnreadableFile(str(error)) from error
    return split(dense, folder)


def split(path: Path, folder: str) -> dict[str, int]:
    """Expand and judge packed content; write the document and the files, return how long each file is."""
    try:
        content, file = envelope.unpack(path.read_bytes())
    except BadFile as error:
        raise UnreadableFile(str(error)) from error
    return _write(content, file, Path(folder))


def judge(path: Path, folder: str) -> dict[str, int]:
    """The same for a document alone."""
    try:
        return _write(envelope.read_json(path.read_bytes()), {}, Path(folder))
    except BadFile as error:
        raise UnreadableFile(str(error)) from error


def _write(content: dict[str, Any], berkas: dict[str, bytes], folder: Path) -> dict[str, int]:
    (folder / LAMPIRAN).write_bytes(b"".join(berkas.values()))
    (folder / ISI).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return {nama: len(b) for nama, b in berkas.items()}
