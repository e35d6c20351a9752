"""The one reading of what programmes give to rows: whatever shows, prints, sums or gives out a row takes it here."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from rkp.dana import PENUH as DANA_PENUH
from rkp.dana import SEBAGIAN, Dana
from rkp.models import DanaProgram

M = TypeVar("M", bound=models.Model)
PENUH = Q(dana_rp__gt=0) & Q(dana_rp__gte=F("biaya"))
"""Rows that programmes pay in full, on a queryset of ``with_dana``."""


def with_dana(baris: QuerySet[M], kunci: str = "asal_baris") -> QuerySet[M]:
    """Annotate rows with what programmes give them: ``dana_rp``, ``dana_nama``, ``dana_banyak`` (no further query).

    ``kunci``: the way from the queryset to the working row; ``pk`` on working rows, ``asal_baris`` on frozen ones.
    """
    own = DanaProgram.objects.filter(baris=OuterRef(kunci))
    per_baris = own.order_by().values("baris")
    base: Any = baris
    result: QuerySet[M] = base.annotate(
        dana_rp=Coalesce(Subquery(per_baris.annotate(n=Sum("jumlah")).values("n")), 0, output_field=BigIntegerField()),
        dana_nama=Subquery(own.order_by("pk").values("program")[:1]),
        dana_banyak=Coalesce(Subquery(per_baris.annotate(n=Count("pk")).values("n")), 0),
    )
    return result


def dana_of(baris: Any, biaya: int | None = None) -> Dana:
    """Return the money outcome of a row that ``with_dana`` annotated; AttributeError for one that it did not.

    ``biaya``: the cost to compare with, where the annotated thing is not the row itself.
    """
    biaya = getattr(baris, "biaya", None) if biaya is None else biaya
    return Dana(biaya, baris.dana_rp, baris.dana_nama or "", baris.dana_banyak)


JUMLAH_DANA = {
    "n": Count("pk", filter=PENUH),
    "sebagian": Count("pk", filter=Q(dana_rp__gt=0) & ~PENUH),
    "rp": Coalesce(Sum("dana_rp"), 0, output_field=BigIntegerField()),
}
"""What to aggregate on a queryset of ``with_dana``: rows paid in full, in part, and the rupiah given."""


def sum_dana(baris: Iterable[Any]) -> dict[str, int]:
    """Return the figures of ``JUMLAH_DANA`` of rows that are there already."""
    dana = [dana_of(b) for b in baris]
    return {
        "n": sum(d.keadaan == DANA_PENUH for d in dana),
        "sebagian": sum(d.keadaan == SEBAGIAN for d in dana),
        "rp": sum(d.jumlah for d in dana),
    }


def dana_json(baris: Iterable[Any]) -> bytes:
    """Return what programmes pay of rows as JSON, by number; rows that none pays are left out."""
    contents = [{"nomor": b.nomor, "biaya": b.biaya, **dana_of(b).as_data()} for b in baris if b.dana_rp]
    return json.dumps(contents, ensure_ascii=False).encode()
