"""Reading .xls and .ods with calamine. Called in a child process only (``files``): it is no reader for the server."""

from pathlib import Path
from typing import Any

import python_calamine

from usulan.impor.grid import TERKUNCI, DateCell, FileRefused, Grid, clean, too_many_rows

MAKS_KOLOM = 2_000


def read(path: Path, max_baris: int) -> list[Grid]:
    """Return the sheets; raise FileRefused for a password or too many rows."""
    try:
        with path.open("rb") as file:  # by content; a path would be judged by its name
            workbook = python_calamine.CalamineWorkbook.from_filelike(file)
    except python_calamine.PasswordError as error:
        raise FileRefused(TERKUNCI) from error
    grids, jumlah = [], 0
    for member_info in workbook.sheets_metadata:
        if member_info.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        lembar = workbook.get_sheet_by_name(member_info.name)
        grid = Grid(member_info.name, member_info.visible is not python_calamine.SheetVisibleEnum.Visible, {})
        for nomor, content in enumerate(lembar.to_python(skip_empty_area=False), start=1):
            cell = {
                column: nilai
                for column, raw in enumerate(content[:MAKS_KOLOM], start=1)
                if (nilai := clean(_plain(raw), grid.catatan)) is not None
            }
            if cell:
                grid.baris[nomor] = cell
                jumlah += 1
                if jumlah > max_baris:
                    raise too_many_rows(max_baris)
        grid.gabung = [(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in lembar.merged_cell_ranges or []]
        grids.append(grid)
    return grids


def _plain(nilai: Any) -> Any:
    """Numbers and text as they are; whole floats as int, as Excel shows them; a date day first."""
    if isinstance(nilai, float) and nilai.is_integer():
        return int(nilai)
    if isinstance(nilai, str | int | float):
        return nilai
    return DateCell(f"{nilai:%d-%m-%Y}") if hasattr(nilai, "year") else str(nilai)
