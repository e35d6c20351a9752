"""Which open ties matter: those on whose order money depends, and those that the scheme leaves to the meeting. Pure."""

from collections.abc import Iterable
from itertools import permutations

from rkp.prioritas.hitung.masukan import Masukan
from rkp.prioritas.hitung.pendanaan import Pendanaan, fund
from rkp.prioritas.hitung.peringkat import Peringkat, Urutan

PALING_BANYAK = 5
"""Of so many tied works every order is tried (120); of more, whatever is not plainly the same counts as depending."""


def that_matter(masukan: Masukan, urutan: Urutan) -> list[list[str]]:
    """Return the open groups that the meeting must decide; the others may share their rank and nobody loses by it."""
    base = {p.kode: p for p in fund(masukan, urutan.peringkat)}
    dependent = [kode for kode in urutan.terbuka if _money_depends(masukan, urutan.peringkat, kode, base)]
    return [*dependent, *(k for k in urutan.puncak if k not in dependent)]


def _money_depends(masukan: Masukan, peringkat: list[Peringkat], kode: list[str], dasar: dict[str, Pendanaan]) -> bool:
    status = {dasar[k].status for k in kode}
    if not masukan.kuota.tema and (_all_paid(peringkat, kode, dasar) or status == {"tidak_didanai"}):
        return False  # all fit whatever their order, or the money ended (or is barred) before the first of them
    if masukan.kebijakan == "lewati" and not masukan.kuota.tema and status == {"tidak_muat"}:
        return False  # none fits into what is left before them
    if len(kode) > PALING_BANYAK:
        return True
    before = _outcome(dasar.values())
    start = next(i for i, p in enumerate(peringkat) if p.calon.kode in set(kode))
    own = peringkat[start : start + len(kode)]
    return any(
        _outcome(fund(masukan, [*peringkat[:start], *urut, *peringkat[start + len(kode) :]])) != before
        for urut in permutations(own)
    )


def _all_paid(peringkat: list[Peringkat], kode: list[str], dasar: dict[str, Pendanaan]) -> bool:
    needed = {p.calon.kode: p.calon.biaya if p.calon.disetujui is None else p.calon.disetujui for p in peringkat}
    return all(dasar[k].didanai == needed[k] > 0 for k in kode)


def _outcome(dana: Iterable[Pendanaan]) -> dict[str, int]:
    """Return the rupiah of each: which of two works without money came first decides nothing."""
    return {p.kode: p.didanai for p in dana}
