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
    dasar = {p.kode: p for p in fund(masukan, urutan.peringkat)}
    bergantung = [kode for kode in urutan.terbuka if _money_depends(masukan, urutan.peringkat, kode, dasar)]
    return [*bergantung, *(k for k in urutan.puncak if k not in bergantung)]


def _money_depends(masukan: Masukan, peringkat: list[Peringkat], kode: list[str], dasar: dict[str, Pendanaan]) -> bool:
    status = {dasar[k].status for k in kode}
    if not masukan.kuota.tema and (_all_paid(peringkat, kode, dasar) or status == {"tidak_didanai"}):
        return False  # all fit whatever their order, or the money ended (or is barred) before the first of them
    if masukan.kebijakan == "lewati" and not masukan.kuota.tema and status == {"tidak_muat"}:
        return False  # none fits into what is left before them
    if len(kode) > PALING_BANYAK:
        return True
    semula = _outcome(dasar.values())
    awal = next(i for i, p in enumerate(peringkat) if p.calon.kode in set(kode))
    milik = peringkat[awal : awal + len(kode)]
    return any(
        _outcome(fund(masukan, [*peringkat[:awal], *urut, *peringkat[awal + len(kode) :]])) != semula
        for urut in permutations(milik)
    )


def _all_paid(peringkat: list[Peringkat], kode: list[str], dasar: dict[str, Pendanaan]) -> bool:
    perlu = {p.calon.kode: p.calon.biaya if p.calon.disetujui is None else p.calon.disetujui for p in peringkat}
    return all(dasar[k].didanai == perlu[k] > 0 for k in kode)


def _outcome(dana: Iterable[Pendanaan]) -> dict[str, int]:
    """Return the rupiah of each: which of two works without money came first decides nothing."""
    return {p.kode: p.didanai for p in dana}
