"""Sums carried from page to page: "Jumlah dipindahkan" under a page of a table, "Jumlah pindahan" above the next.

A table says with ``data-jumlah`` what its rows are ("kegiatan"; with two sums "kegiatan: draf, disepakati") and each
of its rows with ``data-rp`` what it adds: whole rupiah, "?" where nobody knows, more sums with a blank between them.
They are added up once, over the whole table, before it is cut: so a stretch that is laid out by itself knows what came
before it.
``margins.py`` then lets the rows tell their pages what is carried behind them.
"""

from lxml.html import HtmlElement

WHAT = "data-jumlah"
AMOUNT = "data-rp"
UNKNOWN = "?"
CARRIED = "data-pindah"
"""The attribute of a row: what is carried to it and, after ``BETWEEN``, from it; blank where nothing is."""
BETWEEN = "|"


def reckon(body: HtmlElement) -> None:
    """Let each row of the tables of ``body`` that add up rupiah say what is carried before and behind it.

    Nothing is carried to the first row, nor from the last, which is the table's total. Raises ValueError where an
    amount is not whole rupiah, or a row has more or fewer amounts than its table has sums.
    """
    for table in body.iter("table"):
        what = table.attrib.pop(WHAT, "")
        if not what:
            continue
        rows = [row for group in table if group.tag == "tbody" for row in group]
        noun, _, names = what.partition(":")
        sums = [Sum(name.strip(), noun) for name in names.split(",")]
        before, begun = "", False
        for row in rows:
            amounts = row.attrib.pop(AMOUNT, "").split()
            if amounts:
                begun = True
                for one, amount in zip(sums, amounts, strict=True):
                    one.add(amount)
            after = "; ".join(s.said() for s in sums) if begun and row is not rows[-1] else ""
            if begun:
                row.set(CARRIED, f"{before}{BETWEEN}{after}")
            before = after


class Sum:
    """Rupiah so far, and how many rows it lacks because nobody knows their cost."""

    def __init__(self, name: str, noun: str) -> None:
        self.name, self.noun = name, noun.strip()
        self.rupiah = self.unknown = 0

    def add(self, amount: str) -> None:
        """Add the amount of a row."""
        if amount == UNKNOWN:
            self.unknown += 1
        else:
            self.rupiah += int(amount)

    def said(self) -> str:
        """Return the sum as a page shows it."""
        lacks = f" (belum termasuk {self.unknown} {self.noun} yang biayanya belum diketahui)" if self.unknown else ""
        return f"{self.name} Rp{self.rupiah:,}".replace(",", ".").strip() + lacks
