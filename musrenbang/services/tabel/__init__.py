"""Reference data as tables: each is listed, searched, filled in and exchanged as a spreadsheet in the same way."""

from musrenbang.services.tabel.daftar import TABEL
from musrenbang.services.tabel.dasar import (
    Hasil,
    Kolom,
    TabelAcuan,
    TabelSalah,
    import_tabel,
    remove_row,
    save_row,
    shared_by_others,
)
from musrenbang.services.tabel.pagu import KEPALA_PAGU, import_pagu, list_pagu_rows

__all__ = [
    "KEPALA_PAGU",
    "TABEL",
    "Hasil",
    "Kolom",
    "TabelAcuan",
    "TabelSalah",
    "import_pagu",
    "import_tabel",
    "list_pagu_rows",
    "remove_row",
    "save_row",
    "shared_by_others",
]
