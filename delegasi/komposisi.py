"""The composition of the delegation. Pure.

Six seats: 1 Camat, 1 BKAD, 1 Setrawan, 3 tokoh masyarakat (musrenbang.md section 7 no. 1); at least two women is a
warning, for no text read makes it a rule.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

KURSI = {"camat": 1, "bkad": 1, "setrawan": 1, "tokoh": 3}
NAMA = {"camat": "Camat", "bkad": "Pengurus BKAD", "setrawan": "Setrawan Kecamatan", "tokoh": "Tokoh masyarakat"}
JUMLAH = sum(KURSI.values())
MIN_PEREMPUAN = 2


@dataclass(frozen=True)
class Komposisi:
    """What is wrong with the composition (blocks) and what is remarked (does not)."""

    kurang: list[str]
    peringatan: list[str]
    kursi: list[tuple[str, int, int]]


def check(anggota: Iterable[tuple[str, str]]) -> Komposisi:
    """Check (unsur, L/P) pairs against the seats."""
    daftar = list(anggota)
    ada = Counter(unsur for unsur, _ in daftar)
    perempuan = sum(jk == "P" for _, jk in daftar)
    kurang = [] if len(daftar) == JUMLAH else [f"Delegasi baru {len(daftar)} dari {JUMLAH} orang."]
    kurang += [
        f"{NAMA[unsur]}: {ada[unsur]} orang, seharusnya {kursi}."
        for unsur, kursi in KURSI.items()
        if ada[unsur] != kursi
    ]
    peringatan = (
        [f"Perempuan {perempuan} orang, sebaiknya sekurang-kurangnya {MIN_PEREMPUAN}."]
        if perempuan < MIN_PEREMPUAN
        else []
    )
    return Komposisi(kurang, peringatan, [(NAMA[u], ada[u], k) for u, k in KURSI.items()])
