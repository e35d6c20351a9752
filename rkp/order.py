"""The order of priority of a plan: the place that lists and letters print in their first column; pure."""

from collections.abc import Iterable
from decimal import Decimal


def priority_places(baris: Iterable[tuple[int, Decimal | None]]) -> dict[int, int]:
    """Return {number of a work: its place} for (number, score), the highest score first.

    Of equal scores the lower number comes first; works without a score come last (Permendagri 86/2017, Tabel T-D.4:
    a list in order of priority).
    """
    ordered = sorted(baris, key=lambda b: (b[1] is None, -(b[1] or Decimal(0)), b[0]))
    return {nomor: place for place, (nomor, _) in enumerate(ordered, 1)}
