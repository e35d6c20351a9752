"""Every spreadsheet that the program writes, and what LibreOffice makes of it."""

import ast
import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from time import time

import pypdfium2
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment
from openpyxl.writer.excel import ExcelWriter

from berita_acara.dokumen.cetakan import cetakan_xlsx
from berita_acara.dokumen.kinds import CETAKAN
from musrenbang.akun import sign_in_code
from musrenbang.akun.services.akun import grant_link
from musrenbang.akun.sesi import DILIHAT
from musrenbang.infra.sheet_page import save
from musrenbang.models import Keanggotaan, Pengguna
from musrenbang.sebutan import use
from musrenbang.states import Peran
from musrenbang.transisi import Refused
from rkp.prioritas.dokumen import LEMBAR
from rkp.prioritas.models import Pemeringkatan
from tests.test_arsitektur import SUMBER

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""A setting of LibreOffice: what formulas result in is reckoned anew, whatever the file says."""
F4_PAGES = {(612, 936), (936, 612)}
"""Folio, 8.5 by 13 inches, in points."""
SAME = {"draft_rkp", "perubahan_undangan"}
"""Papers with the table of another paper."""
FAULTY = "faulty"
WRITERS = {"write_xlsx", "save_xlsx", "save"}


def _client(user: Pengguna) -> Client:
    client = Client()
    client.force_login(user)
    sesi = client.session
    sesi[sign_in_code.KUNCI], sesi[DILIHAT] = sign_in_code.CUKUP, int(time())
    sesi.save()
    return client


def _person(peran: Peran, **scope) -> Pengguna:
    return Keanggotaan.objects.filter(peran=peran, **scope).select_related("pengguna").first().pengguna


def _addresses(acara) -> Iterator[tuple[Pengguna, str]]:
    """Yield who downloads what, besides the papers."""
    here, slug = {"kecamatan": acara.kecamatan}, acara.slug
    sekcam = _person(Peran.SEKCAM, **here)
    bappeda = _person(Peran.BAPPEDA, kabupaten=acara.kecamatan.kabupaten)
    for name in ("usulan:download", "rkp:download", "rkp:groups_download", "pemilahan:download"):
        yield sekcam, reverse(name, args=[slug])
    for name in ("sidang:invitations_download", "programs_download"):
        yield sekcam, reverse(name, args=[slug])
    desa = acara.kecamatan.desa_set.first()
    yield sekcam, reverse("usulan:template", args=[slug, desa.kode])
    yield sekcam, reverse("usulan:result_form", args=[slug])
    p = Pemeringkatan.objects.get(musrenbang=acara, aturan__metode="suara")
    for jenis in LEMBAR:
        yield sekcam, reverse("prioritas:spreadsheet", args=[slug, p.kode, jenis])
    for name in ("plan_download", "reference_ceilings_download", "users_download", "durkp_download"):
        yield bappeda, reverse(name)
    yield bappeda, reverse("reference_download", args=["kamus"])
    yield bappeda, "/kabupaten/?unduh=1"
    new = Pengguna.objects.create(username="orang-baru", nama="Orang Baru", password="!")
    grant_link(new, bappeda)
    yield bappeda, reverse("users_links")
    skpd = Keanggotaan.objects.filter(peran=Peran.SKPD, skpd__pilahan__musrenbang=acara).first()
    yield skpd.pengguna, "/skpd/?unduh=1"


def every_spreadsheet(acara) -> dict[str, bytes]:
    """Return each kind by a name: the papers, the exports, the shapes that are filled in and read back."""
    result: dict[str, bytes] = {}
    with use(acara.sebutan):
        for jenis, cetakan in CETAKAN.items():
            if cetakan.xlsx and jenis not in SAME:
                with contextlib.suppress(Refused):
                    part = cetakan.bagian(acara)[0][0] if cetakan.bagian else ""
                    result[jenis] = cetakan_xlsx(jenis, acara, part)
    clients: dict[int, Client] = {}
    for i, (who, url) in enumerate(_addresses(acara)):
        client = clients.setdefault(who.pk, _client(who))
        response = client.post(url) if url == reverse("users_links") else client.get(url)
        assert response.status_code == 200, url
        result[f"{i}{url.partition('?')[0].replace('/', '-')}"] = b"".join(response)
    return result


@contextlib.contextmanager
def noting_writers(noted: set[str]) -> Iterator[None]:
    """Note which functions have a workbook written."""
    original = ExcelWriter.save

    def save(self) -> None:
        frame = sys._getframe()
        while frame := frame.f_back:
            noted.add(f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}")
        original(self)

    ExcelWriter.save = save
    try:
        yield
    finally:
        ExcelWriter.save = original


def all_writers() -> set[str]:
    """Return every function of the program that has a workbook written."""
    found = set()
    for path in SUMBER:
        text = path.read_text()
        if "xlsx" not in text:
            continue
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef) and path.parent.name != "infra":
                calls = [n.func for n in ast.walk(function) if isinstance(n, ast.Call)]
                if any(isinstance(f, ast.Name) and f.id in WRITERS for f in calls):
                    found.add(f"{path.name}:{function.name}")
    return found


def converted(folder: Path, to: str) -> Path:
    """Have one process of LibreOffice convert all workbooks of a folder; return the folder of the results."""
    profile, output = folder / "profile", folder / to
    if not profile.exists():
        (profile / "user").mkdir(parents=True)
        (profile / "user/registrymodifications.xcu").write_text(ALWAYS)
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice tidak ada: `make test` memasangnya (deploy/sistem.sh, bagian uji)."
    command = [soffice, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to]
    command += ["--outdir", str(output), *map(str, sorted(folder.glob("*.xlsx")))]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        assert process.wait(240) == 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    return output


def faulty_workbook() -> bytes:
    """Return what each check must find: a sum stored wrong, a figure that does not fit, no page set up."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["Baris judul"])
    sheet.append(["Kegiatan", "Biaya (Rp)"])
    for _ in range(2):
        sheet.append(["Teks yang panjang sekali sehingga menjadi beberapa baris", 1_500_000_000])
        sheet.cell(sheet.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[sheet.max_row].height = 15  # newer LibreOffice makes a row without a height fit its text
    sheet["B5"] = "=SUM(B3:B4)"
    sheet["B3"].number_format = "#,##0"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, 6
    output = BytesIO()
    save(workbook, output, {"xl/worksheets/sheet1.xml": {"SUM(B3:B4)": "1"}})
    return output.getvalue()


def faults_of(ours: bytes, theirs: bytes, pdf: bytes) -> list[str]:
    """Return what is wrong with a workbook, by what LibreOffice read, reckoned and printed of it."""
    written, stored = load_workbook(BytesIO(ours)), load_workbook(BytesIO(ours), data_only=True)
    read, pages = load_workbook(BytesIO(theirs), data_only=True), _pages(pdf)
    if written.sheetnames != read.sheetnames:
        return [f"sheets {read.sheetnames}"]
    result = []
    for sheet in written.worksheets:
        name, theirs_too = sheet.title, read[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                told, reckoned = stored[name][cell.coordinate].value, theirs_too[cell.coordinate].value
                if _plain(told) != _plain(reckoned):
                    result.append(f"{name}!{cell.coordinate}: {told!r} is read as {reckoned!r}")
                if cell.data_type == "f" and sheet.cell(cell.row, 1).value != "Jumlah":
                    result.append(f"{name}!{cell.coordinate}: a formula outside the sums")
                if "(Rp)" in str(sheet.cell(2, cell.column).value) and isinstance(cell.value, int) and cell.row > 2:
                    result += [] if cell.number_format == "#,##0" else [f"{name}!{cell.coordinate}: no number format"]
        if sheet.sheet_state == "visible":
            result += _page_faults(sheet)
    return result + [fault for page in pages for fault in page]


def _plain(value) -> object:
    """Return a value as two programs agree on it."""
    if isinstance(value, float | Decimal):
        return round(float(value), 9)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("_x000D_", "")
    return None if value == "" else value


def _page_faults(sheet) -> Iterator[str]:
    setup = sheet.page_setup
    if sheet.freeze_panes is None:
        yield f"{sheet.title}: the heading is not frozen"
    if not sheet.print_title_rows:
        yield f"{sheet.title}: the heading is not printed on every page"
    if (setup.paperSize, setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) != (14, 0, True):
        yield f"{sheet.title}: not fitted to the width of F4"
    total = sum(d.width for d in sheet.column_dimensions.values())
    if (total > 120) > (setup.orientation == "landscape"):
        yield f"{sheet.title}: {total} characters wide, and upright"


def _pages(pdf: bytes) -> Iterator[list[str]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            size = (round(page.get_width()), round(page.get_height()))
            result = [] if size in F4_PAGES else [f"a page of {size} points"]
            result += ["a figure that does not fit"] if "###" in text.get_text_range() else []
            yield result + ([f"a text over another at {over}"] if (over := _overlap(text)) else [])
    finally:
        document.close()


def _overlap(text) -> tuple[int, ...] | None:
    """Return where one line of text covers more than a third of the height of another, or None.

    A text that was cut off counts too: newer LibreOffice leaves it in the file, on the line of the row below.
    """
    boxes = sorted((text.get_rect(i) for i in range(text.count_rects())), key=lambda b: -b[3])
    for i, (left, bottom, right, top) in enumerate(boxes):
        for other_left, other_bottom, other_right, other_top in boxes[i + 1 :]:
            if other_top <= bottom:
                break
            height = min(top, other_top) - max(bottom, other_bottom)
            width, third = min(right, other_right) - max(left, other_left), (top - bottom) / 3
            if height > third and width > 3 * third:
                return (round(left), round(top))
    return None


def look_at_all(acara, folder: Path) -> dict[str, list[str]]:
    """Return what is wrong with each kind of spreadsheet of an event, and ``writers``: those that wrote none of them."""
    noted: set[str] = set()
    with noting_writers(noted):
        files = every_spreadsheet(acara) | {FAULTY: faulty_workbook()}
    for name, content in files.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    pdf, read = converted(folder, "pdf"), converted(folder, "xlsx")
    wrong = {
        name: faults_of(content, (read / f"{name}.xlsx").read_bytes(), (pdf / f"{name}.pdf").read_bytes())
        for name, content in files.items()
    }
    return {name: faults for name, faults in wrong.items() if faults} | {"writers": sorted(all_writers() - noted)}
