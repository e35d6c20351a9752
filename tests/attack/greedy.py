"""Readers that take what they can: called in the child by test_uploads."""

import os
import signal
from pathlib import Path


def eat(path: Path) -> int:
    """Take half a gigabyte."""
    return len(b"x" * 500_000_000)


def putar(path: Path) -> int:
    """Never end."""
    n = 0
    while True:
        n += 1


def write(path: Path) -> int:
    """Fill the disk."""
    return path.with_name("penuh").write_bytes(b"x" * 1_000_000)


def dead(path: Path) -> None:
    """Die as by a fault in a library."""
    os.kill(os.getpid(), signal.SIGSEGV)


def environment(path: Path) -> list[str]:
    """Say what is known of the surroundings."""
    return sorted(os.environ)


def nomor(path: Path) -> int:
    """Say which process this is."""
    return os.getpid()


DITINGGALKAN: list[Path] = []


def pollute(path: Path) -> int:
    """Leave something behind in this module; say how much lies there."""
    DITINGGALKAN.append(path)
    return len(DITINGGALKAN)
