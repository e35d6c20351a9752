"""Which open ties matter: those on whose order money depends, and those that the scheme leaves to the meeting. Pure."""

from collections.abc import Iterable
from itertools import permutations

from rkp.prioritas.engine.funding import Funding, fund
from rkp.prioritas.engine.input import RankingInput
from rkp.prioritas.engine.peringkat import Ordering, Peringkat

PALING_BANYAK = 5
"""Up to this many tied works every order is tried (120 orders). Of more works, money counts as depending on their
order unless it plainly does not."""


def that_matter(input_data: RankingInput, urutan: Ordering) -> list[list[str]]:
    """Return the open groups that the meeting must decide; the others may share their rank and nobody loses by it."""
    base = {p.kode: p for p in fund(input_data, urutan.peringkat)}
    dependent = [kode for kode in urutan.terbuka if _money_depends(input_data, urutan.peringkat, kode, base)]
    return [*dependent, *(k for k in urutan.puncak if k not in dependent)]


def _money_depends(
    input_data: RankingInput, peringkat: list[Peringkat], kode: list[str], base: dict[str, Funding]
) -> bool:
    status = {base[k].status for k in kode}
    if not input_data.kuota.tema and (_all_paid(peringkat, kode, base) or status == {"tidak_didanai"}):
        return False  # all fit whatever their order, or the money ended (or is barred) before the first of them
    if input_data.kebijakan == "lewati" and not input_data.kuota.tema and status == {"tidak_muat"}:
        return False  # none fits into what is left before them
    if len(kode) > PALING_BANYAK:
        return True
    before = _outcome(base.values())
    start = next(i for i, p in enumerate(peringkat) if p.calon.kode in set(kode))
    own = peringkat[start : start + len(kode)]
    return any(
        _outcome(fund(input_data, [*peringkat[:start], *order, *peringkat[start + len(kode) :]])) != before
        for order in permutations(own)
    )


def _all_paid(peringkat: list[Peringkat], kode: list[str], base: dict[str, Funding]) -> bool:
    needed = {p.calon.kode: p.calon.biaya if p.calon.disetujui is None else p.calon.disetujui for p in peringkat}
    return all(base[k].didanai == needed[k] > 0 for k in kode)


def _outcome(dana: Iterable[Funding]) -> dict[str, int]:
    """Return the rupiah of each: which of two works without money came first decides nothing."""
    return {p.kode: p.didanai for p in dana}
