"""Reading a village's spreadsheet. Pure: no ORM, no HTTP; the same code serves the page and the command."""

from usulan.impor.baca import read_workbook
from usulan.impor.grid import BerkasDitolak
from usulan.impor.hasil import HasilBerkas, Rujukan

__all__ = ["BerkasDitolak", "HasilBerkas", "Rujukan", "read_workbook"]
