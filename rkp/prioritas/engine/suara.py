"""Votes and group orders: how many picks, which ballots count, sums. Pure (pnpm.md 1.6, MPD-25, MPD-26)."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rkp.prioritas.engine.errors import BadInput

TABEL_PILIHAN: tuple[tuple[int | None, int], ...] = ((10, 3), (18, 5), (None, 7))
"""Up to 10 proposals 3 picks, up to 18 five, else seven (pnpm.md 1.6)."""


def picks(n: int, tabel: Sequence[tuple[int | None, int]] = TABEL_PILIHAN) -> int:
    """Return how many different proposals each delegate picks from ``n`` (MPD-25): one fewer than there are at most.

    Where everybody picks all of them every vote ties and nothing is decided.
    """
    count = next(p for limit, p in tabel if limit is None or n <= limit)
    return min(count, n - 1 if n > 1 else n)


def ballot_fault(pilihan: Sequence[str], calon: Iterable[str], count: int) -> str:
    """Return why a ballot does not count, or "" when it does."""
    if set(pilihan) - set(calon):
        return "Surat suara memilih usulan yang tidak ada di daftar ini."
    if len(set(pilihan)) != len(pilihan):
        return "Setiap usulan hanya boleh dipilih satu kali."
    if len(pilihan) != count:
        return f"Pilih tepat {count} usulan yang berbeda (baru {len(pilihan)})."
    return ""


def tally(surat: Iterable[Sequence[str]], rekap: dict[str, int] | None = None) -> dict[str, int]:
    """Return {proposal: votes} of ballots and of what was counted on paper."""
    result = Counter(rekap or {})
    for pilihan in surat:
        result.update(pilihan)
    return dict(result)


def count_list(
    kode: list[str],
    surat: list[list[str]],
    rekap: dict[str, int],
    tabel: Sequence[tuple[int | None, int]],
    pilihan: int | None = None,
) -> dict[str, int]:
    """Count one list, checking every ballot and the control total of the paper count; raise BadInput.

    ``pilihan`` is how many each ballot of this vote named, as it was printed; None takes it from the table.
    """
    count = picks(len(kode), tabel) if pilihan is None else pilihan
    for i, one in enumerate(surat, 1):
        defects = ballot_fault(one, kode, count)
        if defects:
            raise BadInput(f"Surat suara ke-{i}: {defects}")
    foreign = set(rekap) - set(kode)
    if foreign:
        raise BadInput(f"Rekap suara memuat usulan yang tidak ada di daftar: {', '.join(sorted(foreign))}.")
    if count and sum(rekap.values()) % count:
        raise BadInput(f"Jumlah suara pada rekap ({sum(rekap.values())}) bukan kelipatan {count} pilihan tiap pemilih.")
    result = tally(surat, rekap)
    return {k: result.get(k, 0) for k in kode}


def rank_sums(kode: list[str], urutan: list[list[str]]) -> dict[str, int]:
    """Merge the orders of the groups: the sum of each proposal's places, the smallest first (pnpm.md 1.6 no. 4)."""
    for i, one in enumerate(urutan, 1):
        if sorted(one) != sorted(kode):
            raise BadInput(f"Urutan kelompok ke-{i} harus memuat setiap usulan daftarnya tepat satu kali.")
    places = [{k: i for i, k in enumerate(one, 1)} for one in urutan]
    return {k: sum(one[k] for one in places) for k in kode}
