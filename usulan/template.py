"""Our own list for a desa to fill in: it comes back without a question."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from musrenbang.infra.sheet_page import BOLD, HEADING, height_of, save, set_up_page
from musrenbang.models import Bidang, Desa, Musrenbang, Satuan, SumberDana
from musrenbang.sebutan import is_kelurahan, sebutan, translate
from usulan.models import Usulan

JUDUL = [
    ("No.", 6),
    ("Bidang", 26),
    ("Kegiatan", 44),
    ("Lokasi", 28),
    ("Volume", 10),
    ("Satuan", 11),
    ("Perkiraan Biaya (Rp)", 20),
    ("Sumber Dana", 18),
    ("Sasaran/Manfaat", 26),
    ("Permasalahan", 32),
    ("Prioritas Desa", 10),
    ("No. Usulan Tahun Lalu", 12),
]
BARIS_JUDUL = 4
BARIS_KOSONG = 150
TEPI = Border(*[Side("thin", color="B9C4BF")] * 4)


def template_xlsx(musrenbang: Musrenbang, desa: Desa, old: Iterable[Usulan]) -> bytes:
    """Return the workbook: heading locked, drop-downs for bidang, unit and source, last year's unfunded rows in it."""
    workbook = Workbook()
    lembar = workbook.active
    lembar.title = "Usulan" if is_kelurahan(desa.kode) else "DU-RKP"
    listing = "DAFTAR USULAN" if is_kelurahan(desa.kode) else "DAFTAR USULAN RKP"
    lembar["A1"] = f"{listing} {desa.sebutan.upper()}"
    lembar["A2"] = (
        f"{sebutan.Kecamatan} {musrenbang.kecamatan.nama}, rencana tahun {musrenbang.tahun_rencana}. Isi mulai baris "
        f"{BARIS_JUDUL + 1}; satu baris satu usulan; yang belum diketahui dikosongkan."
    )
    lembar["A1"].font = HEADING
    for column, (nama, _) in enumerate(JUDUL, 1):
        cell = lembar.cell(BARIS_JUDUL, column, translate(nama))
        cell.font, cell.border = BOLD, TEPI
        cell.fill = PatternFill("solid", fgColor="E6EFEC")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    start = [_row(i, u) for i, u in enumerate(old, 1)]
    for n in range(len(start) + BARIS_KOSONG):
        content = start[n] if n < len(start) else [n + 1] + [None] * (len(JUDUL) - 1)
        lembar.row_dimensions[BARIS_JUDUL + 1 + n] = height_of(content, (width for _, width in JUDUL))
        for column, nilai in enumerate(content, 1):
            cell = lembar.cell(BARIS_JUDUL + 1 + n, column, nilai or None)
            cell.border, cell.protection = TEPI, Protection(locked=column in (1, len(JUDUL)))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.number_format = "#,##0" if column == 7 else "General"
            if isinstance(nilai, str):
                cell.data_type = "s"  # a text that starts with "=" stays text
    _choices(workbook, lembar, BARIS_JUDUL + len(start) + BARIS_KOSONG)
    lembar.freeze_panes = lembar.cell(BARIS_JUDUL + 1, 4)
    lembar.protection.sheet = True
    lembar.protection.formatColumns = lembar.protection.formatRows = False
    widths = [width for _, width in JUDUL]
    lembar.row_dimensions[BARIS_JUDUL] = height_of((nama for nama, _ in JUDUL), widths)
    set_up_page(lembar, [str(nama) for nama, _ in JUDUL], widths, BARIS_JUDUL, lembar["A1"].value)
    output = BytesIO()
    save(workbook, output, {})
    return output.getvalue()


def _row(nomor: int, old: Usulan) -> list[object]:
    source = str(old.sumber_dana) if old.sumber_dana else None
    return [
        nomor,
        old.bidang_teks,
        old.kegiatan,
        old.lokasi,
        old.volume,
        old.satuan,
        old.biaya,
        source,
        old.manfaat,
        old.permasalahan,
        None,
        old.nomor,
    ]


def _choices(workbook: Workbook, lembar: Worksheet, terakhir: int) -> None:
    """Drop-downs from a hidden sheet; amounts and volumes must be numbers above nought."""
    acuan = workbook.create_sheet("Acuan")
    acuan.sheet_state = "hidden"
    listing = {
        "B": list(Bidang.objects.values_list("nama", flat=True)),
        "F": list(Satuan.objects.values_list("nama", flat=True)),
        "H": list(map(str, SumberDana.objects.all())),
    }
    for nomor, (column, content) in enumerate(listing.items(), 1):
        for n, nama in enumerate(content, 1):
            acuan.cell(n, nomor, nama).data_type = "s"  # a name that starts with "=" stays text
        letter = acuan.cell(1, nomor).column_letter
        pilihan = DataValidation("list", formula1=f"Acuan!${letter}$1:${letter}${len(content)}", allow_blank=True)
        pilihan.showErrorMessage = column == "H"  # a bidang or unit of the desa's own is welcome
        _add(lembar, pilihan, column, terakhir)
    for column, words in (("E", "Volume"), ("G", "Biaya")):
        figure = DataValidation("decimal", operator="greaterThan", formula1="0", allow_blank=True)
        figure.errorTitle, figure.error = (
            words,
            f"{words} berupa angka lebih dari 0. Kosongkan bila belum ada.",
        )
        _add(lembar, figure, column, terakhir)


def _add(lembar: Worksheet, aturan: DataValidation, kolom: str, terakhir: int) -> None:
    lembar.add_data_validation(aturan)
    aturan.add(f"{kolom}{BARIS_JUDUL + 1}:{kolom}{terakhir}")
