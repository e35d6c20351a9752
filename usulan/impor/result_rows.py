"""Last year's result beside the proposals of a table."""

from typing import Any

from usulan.impor.grid import Grid
from usulan.impor.hasil import BarisUsulan
from usulan.impor.lalu import is_fraction, read_results
from usulan.impor.tabel import Tabel


class ResultRows:
    """Reads what became of each row of one table; how percentages are written is told by the whole column."""

    def __init__(self, grid: Grid, tabel: Tabel) -> None:
        self.tabel = tabel
        fisik = tabel.hasil.get("fisik")
        self.pecahan = is_fraction([sel[fisik] for sel in grid.baris.values() if fisik in sel]) if fisik else None

    def add(self, nomor: int, sel: dict[int, Any], usulan: list[BarisUsulan]) -> None:
        """Add what a row says to its proposals; an amount that stands once for several works is no work's own."""
        for satu in usulan:
            dibaca = read_results(sel, self.tabel, nomor, self.pecahan)
            if len(usulan) > 1 and (uang := [n for n in dibaca.sel if n.startswith("jumlah_")]):
                dibaca.drop(uang)
                dibaca.ragu.append(f"Jumlah hasilnya tertulis sekali untuk {len(usulan)} usulan; belum dibagi.")
            satu.hasil = dibaca.as_dict()
            satu.peringatan += dibaca.ragu
