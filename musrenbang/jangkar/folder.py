"""Checkpoints as files outside the database: one folder per event, one file per checkpoint, never written again."""

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from musrenbang.infra.kept import folders
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.note import BadNote, Checkpoint, Kunci, read_key, read_note

logger = logging.getLogger(__name__)
AKHIRAN = ".titik"
KUNCI = "kunci.txt"


def store_note(point: Checkpoint) -> None:
    """Keep a checkpoint in every folder; one that cannot be written to is a line in the log, and is tried again later.

    A file that is there stays as it is.
    """
    nama = f"{point.ukuran:08d}-{re.sub(r'[^0-9TZ]', '', point.waktu)}{AKHIRAN}"
    for folder in folders():
        try:
            place = folder / point.asal
            place.mkdir(parents=True, exist_ok=True)
            _remember_key(folder)
            with suppress(FileExistsError), (place / nama).open("x", encoding="utf-8") as file:
                file.write(point.teks)
        except OSError:
            logger.warning("Titik periksa %s tidak dapat ditulis ke %s.", nama, folder, exc_info=True)


def _remember_key(folder: Path) -> None:
    """The keys that signed here, one a line: after a change of the key the old files still verify."""
    file, baris = folder / KUNCI, own_key().teks
    if not file.exists() or baris not in file.read_text(encoding="utf-8").splitlines():
        with file.open("a", encoding="utf-8") as write:
            write.write(f"{baris}\n")


def known_keys() -> list[Kunci]:
    """Return this server's key and those that its folders remember."""
    kunci = {own_key().teks: own_key()}
    for folder in folders():
        with suppress(OSError):
            for baris in (folder / KUNCI).read_text(encoding="utf-8").splitlines():
                with suppress(BadNote):
                    kunci[baris] = read_key(baris)
    return list(kunci.values())


def kept_notes(asal: str) -> Iterator[tuple[str, Checkpoint | None]]:
    """Yield (name, checkpoint) of what the folders keep of an event; None for a file that is no checkpoint."""
    for folder in folders():
        for file in sorted((folder / asal).glob(f"*{AKHIRAN}")):
            try:
                yield file.name, read_note(file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                yield file.name, None


def kept_origins(start: str) -> set[str]:
    """Return the names of the records whose checkpoints are kept and begin so."""
    return {
        file.parent.relative_to(folder).as_posix()
        for folder in folders()
        for file in folder.glob(f"{start}*/*/*{AKHIRAN}")
    }
