"""Last year's result beside the proposals of a table."""

from typing import Any

from usulan.impor.grid import Grid
from usulan.impor.last_year import is_fraction, read_results
from usulan.impor.results import BarisUsulan
from usulan.impor.tabel import Tabel


class ResultRows:
    """Reads what became of each row of one table; how percentages are written is told by the whole column."""

    def __init__(self, grid: Grid, tabel: Tabel) -> None:
        self.tabel = tabel
        fisik = tabel.hasil.get("fisik")
        self.pecahan = is_fraction([cell[fisik] for cell in grid.baris.values() if fisik in cell]) if fisik else None

    def add(self, nomor: int, sel: dict[int, Any], usulan: list[BarisUsulan]) -> None:
        """Add what a row says to its proposals; an amount that stands once for several works is no work's own."""
        for one in usulan:
            read = read_results(sel, self.tabel, nomor, self.pecahan)
            if len(usulan) > 1 and (money := [n for n in read.sel if n.startswith("jumlah_")]):
                read.drop(money)
                read.ragu.append(f"Jumlah hasilnya tertulis sekali untuk {len(usulan)} usulan; belum dibagi.")
            one.hasil = read.as_dict()
            one.peringatan += read.ragu
