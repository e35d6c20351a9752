"""How a sheet looks on screen and on paper, and the results of its formulas.

Sheets print as offices here print: on F4, a wide one on its side, all columns on one page unless they would be too
small to read, the headings on every page.
"""

import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ARC_APP, ARC_CORE, ExcelWriter

F4 = 14
"""Folio, 8.5 by 13 inches, in the numbers of the file format: the paper that offices here call F4."""
UPRIGHT = 96
"""Up to so many characters a sheet is printed upright."""
READABLE = 280
"""So many characters side by side can still be read on an F4 page that lies on its side."""
HEAD_EDGE = 3
LINE = 15.0
"""The height of one line of text, in points."""
BOLD = Font(name="Calibri", size=11, bold=True)
HEADING = Font(name="Calibri", size=14, bold=True)
SAME_TIME = (1980, 1, 1, 0, 0, 0)
MAKER_NAME = "musrenbang"
MAKER = rb"\g<1>musrenbang\g<2>"

Results = Mapping[str, Mapping[str, str]]
"""Path of a sheet in the file -> formula -> what it results in."""


def width_of(heading: str, wanted: int) -> int:
    """Return the width of a column, in characters: never less than the longest word of its heading."""
    return max(wanted, *(len(word) + HEAD_EDGE for word in heading.split() or [""]))


NAMES_ROW = re.compile(r"^(?:usulan )?kegiatan$|^kegiatan\b|^usulan$|^nama$|^acara$", re.IGNORECASE)
"""The column by which a reader knows a row."""
REPEATED = READABLE // 2
"""So many characters at the left are repeated on the second page of a wide sheet; more would leave no room."""


def _repeated(heads: Sequence[str], widths: Sequence[int]) -> str:
    """Return the columns that stand on every page of a wide sheet: up to the one that names the row, where it fits."""
    named = next((i for i, head in enumerate(heads) if NAMES_ROW.search(head)), 0)
    last: str = get_column_letter(named + 1 if sum(widths[: named + 1]) <= REPEATED else 1)
    return f"A:{last}"


def set_up_page(lembar: Any, heads: Sequence[str], widths: Sequence[int], head_row: int, title: str) -> None:
    """Set column widths and printing of a sheet; ``title`` stands at the foot, row ``head_row`` heads every page."""
    for i, width in enumerate(widths, start=1):
        lembar.column_dimensions[get_column_letter(i)].width = width
    total = sum(widths)
    lembar.page_setup.paperSize = F4
    lembar.page_setup.orientation = "landscape" if total > UPRIGHT else "portrait"
    lembar.page_setup.fitToWidth, lembar.page_setup.fitToHeight = -(-total // READABLE), 0
    lembar.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    lembar.print_title_rows = f"{head_row}:{head_row}"
    if total > READABLE:
        lembar.print_title_cols = _repeated(heads, widths)
    lembar.page_margins = PageMargins(left=0.5, right=0.5, top=0.5, bottom=0.7, header=0.3, footer=0.3)
    lembar.oddFooter.left.text = title.replace("&", "&&")[:120]
    lembar.oddFooter.right.text = "Halaman &P dari &N"


def height_of(texts: Iterable[Any], widths: Iterable[int]) -> dict[str, str]:
    """Return how high a row is whose texts are wrapped: not every program finds it out when it opens a file.

    It is no height of the row's own ("customHeight"): a program that lays it out anew may change it.
    """
    lines = [_lines(text, width) for text, width in zip(texts, widths, strict=False) if isinstance(text, str)]
    return {"ht": f"{LINE * max(lines, default=1):g}"}


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column so many digits wide, broken between its words."""
    room = width * 21 // 20  # a letter is narrower than a digit
    if len(text) <= room and "\n" not in text:
        return 1
    lines = 0
    for part in text.split("\n"):
        lines, used = lines + 1, 0
        for word in part.split(" "):
            if used and used + 1 + len(word) > room:
                lines, used = lines + 1, 0
            extra, rest = divmod(len(word), room) if len(word) > room else (0, len(word))
            lines, used = lines + extra, used + rest + (1 if used else 0)
    return lines


def stretch_title(lembar: Any, widths: Sequence[int], title: str) -> None:
    """Let the title in A1 take the columns of the first page, and as many lines as it needs."""
    wide, last = widths[0], 1
    for width in widths[1:]:
        if wide + width > READABLE // 2:
            break
        wide, last = wide + width, last + 1
    if last > 1:
        lembar.merged_cells.add(f"A1:{get_column_letter(last)}1")
    lembar.row_dimensions[1].height = LINE * _lines(title, wide * 9 // 10)


class _Archive(zipfile.ZipFile):
    """The file as it is written: results stand beside their formulas, and the same content makes the same bytes.

    When it was written is told by whoever keeps it.

    It names its own maker: a program may trust results and sizes of what calls itself "Microsoft Excel", as the
    library does.
    """

    def __init__(self, output: IO[bytes], results: Results) -> None:
        super().__init__(output, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self.results = results

    def writestr(self, name: str, data: Any, *_: Any) -> None:  # type: ignore[override]
        if name == ARC_APP:
            data = re.sub(rb"(<Application>).*?(</Application>)", MAKER, data)
        elif name == ARC_CORE:
            data = re.sub(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", b"", data)
        super().writestr(_entry(name), data)

    def write(self, filename: str, name: str, *_: Any) -> None:  # type: ignore[override]
        with Path(filename).open("rb") as sheet, self.open(_entry(name), "w") as output:
            if name in self.results:
                output.write(_with_results(sheet.read(), self.results[name]))
            else:
                shutil.copyfileobj(sheet, output)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, SAME_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _with_results(content: bytes, results: Mapping[str, str]) -> bytes:
    """Return a sheet with the results of its formulas.

    Without them a program that does not calculate (the view of a phone or a mail, Excel's protected view) shows none.
    """
    for formula, value in results.items():
        cell = f"<f>{formula}</f><v>".encode()
        content = content.replace(cell[:-1] + b" />", cell + b"</v>").replace(cell, cell + value.encode())
    return content


def save(workbook: Workbook, output: IO[bytes], results: Results) -> None:
    """Write a workbook into a file."""
    workbook.properties.creator = MAKER_NAME
    ExcelWriter(workbook, _Archive(output, results)).save()
