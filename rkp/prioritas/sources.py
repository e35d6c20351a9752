"""The pagu of a program by the sources that pay it. Pure."""

from decimal import Decimal
from typing import Any


def split_amount(pagu: int, sumber: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return the pagu by source in whole rupiah; the last one takes what rounding left, so that it adds up.

    A fund without a share of the pagu (it pays beside it) is left out.
    """
    sumber = [s for s in sumber if Decimal(s["porsi"])]
    results = [(s["nama"], int(pagu * Decimal(s["porsi"]))) for s in sumber]
    if results:
        results[-1] = (results[-1][0], pagu - sum(n for _, n in results[:-1]))
    return results
