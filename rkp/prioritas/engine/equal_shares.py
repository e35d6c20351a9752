"""What equal shares would have funded: a comparison beside the result, never the result. Pure.

The Method of Equal Shares (Peters and Skowron) with one unit of satisfaction per funded work: every voter holds the
same part of the money; a work is bought when those who picked it can pay for it together, the one that asks the least
of a single voter first. Among equal ones, more votes go first, then the smaller cost, then the code.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Part:
    """A work that equal shares buys, and the most that any of its voters pays (rupiah)."""

    kode: str
    biaya: int
    tarif: Fraction


def equal_shares(biaya: dict[str, int], surat: list[list[str]], pagu: int) -> list[Part]:
    """Return what is bought, in the order of buying. ``biaya`` in rupiah by work, ``surat`` the picks of each voter."""
    if not surat:
        return []
    purse = [Fraction(pagu, len(surat))] * len(surat)
    pemilih = {kode: [i for i, pilihan in enumerate(surat) if kode in pilihan] for kode in biaya}
    bought: list[Part] = []
    remainder = {k for k in biaya if pemilih[k]}
    while remainder:
        offer = [(t, k) for k in remainder if (t := _tariff(biaya[k], [purse[i] for i in pemilih[k]])) is not None]
        if not offer:
            break
        rate, kode = min(offer, key=lambda x: (x[0], -len(pemilih[x[1]]), biaya[x[1]], x[1]))
        for i in pemilih[kode]:
            purse[i] -= min(purse[i], rate)
        remainder.discard(kode)
        bought.append(Part(kode, biaya[kode], rate))
    return bought


def _tariff(biaya: int, purse: list[Fraction]) -> Fraction | None:
    """The smallest t with sum(min(purse, t)) = cost, or None when they cannot pay it together."""
    if sum(purse, Fraction(0)) < biaya:
        return None
    remaining = Fraction(biaya)
    for i, content in enumerate(sorted(purse)):
        mean = remaining / (len(purse) - i)
        if content >= mean:
            return mean
        remaining -= content
    return Fraction(0)
