"""The names of desa that works of several desa keep, when a desa is renamed."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet

from rkp.models import BarisRkp
from usulan.models import Usulan
from usulan.ownership import Coverage, OfDesa


@transaction.atomic
def follow_desa_names(nama: Mapping[str, str]) -> int:
    """Write new names of desa, by code, into proposals and working rows of several desa; return how many changed.

    A frozen version keeps the names of its day, and an event that is away in the hall is left as it was taken there.
    """
    proposals = Usulan.objects.filter(musrenbang__dibawa_pada=None)
    rows = BarisRkp.objects.filter(rkp__musrenbang__dibawa_pada=None)
    return sum(_follow(work, nama) for works in (proposals, rows) for work in _shared(works, nama))


def _shared(works: QuerySet[Usulan] | QuerySet[BarisRkp], nama: Mapping[str, str]) -> list[OfDesa]:
    kept = works.filter(cakupan=Coverage.BEBERAPA, bersama__has_any_keys=list(nama))
    return list(kept.select_for_update(of=("self",)).order_by("pk"))


def _follow(work: OfDesa, nama: Mapping[str, str]) -> bool:
    """Write the new names into one work; tell whether any of them is new to it."""
    new = {kode: content | {"nama": nama.get(kode, content["nama"])} for kode, content in work.bersama.items()}
    if new == work.bersama:
        return False
    work.bersama = new
    work.save(update_fields=["bersama"])
    return True
