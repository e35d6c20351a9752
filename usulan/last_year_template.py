"""Our own form for last year's result: it comes back without a question."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from musrenbang.infra.sheet_page import BOLD, HEADING, height_of, save, set_up_page
from musrenbang.models import Bidang, Desa, Musrenbang, SumberDana
from musrenbang.sebutan import sebutan, translate

KOLOM = [
    ("No.", 6),
    ("Desa", 20),
    ("Bidang", 24),
    ("Kegiatan", 42),
    ("Lokasi", 24),
    ("Volume", 10),
    ("Satuan", 10),
    ("Perkiraan Biaya (Rp)", 18),
    ("Disepakati", 12),
    ("Jumlah Disepakati (Rp)", 18),
    ("Didanai", 12),
    ("Jumlah Didanai (Rp)", 18),
    ("Sumber Dana", 18),
    ("Terlaksana", 12),
    ("Fisik (%)", 9),
    ("Realisasi Keuangan (Rp)", 18),
    ("Keterangan", 34),
]
PILIHAN = ("Ya", "Sebagian", "Tidak")
BARIS_JUDUL, BARIS_KOSONG = 4, 300
UANG, LANGKAH = ("H", "J", "L", "P"), ("I", "K", "N")


def blank_results(past: Musrenbang, desa: Iterable[Desa]) -> bytes:
    """Return the workbook: lists for desa, bidang, source and the three steps; amounts and percentages are numbers."""
    workbook = Workbook()
    lembar = workbook.active
    lembar.title = "Hasil"
    lembar["A1"] = f"HASIL {sebutan.musrenbang.upper()} TAHUN {past.tahun_pelaksanaan}"
    lembar["A2"] = (
        f"{sebutan.Kecamatan} {past.kecamatan.nama}, rencana tahun {past.tahun_rencana}. Isi mulai baris "
        f"{BARIS_JUDUL + 1}; satu "
        "baris satu usulan; yang belum diketahui dikosongkan, bukan diisi Tidak."
    )
    for cell in (lembar["A1"], lembar["A2"]):
        cell.data_type = "s"
    lembar["A1"].font = HEADING
    edge = Border(*[Side("thin", color="B9C4BF")] * 4)
    for column, (nama, _) in enumerate(KOLOM, 1):
        cell = lembar.cell(BARIS_JUDUL, column, translate(nama))
        cell.font, cell.border = BOLD, edge
        cell.fill = PatternFill("solid", fgColor="E6EFEC")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    for letter in UANG:
        for n in range(BARIS_JUDUL + 1, BARIS_JUDUL + BARIS_KOSONG + 1):
            lembar[f"{letter}{n}"].number_format = "#,##0"
    _lists(workbook, lembar, [d.nama for d in desa])
    lembar.freeze_panes = lembar.cell(BARIS_JUDUL + 1, 5)
    widths = [width for _, width in KOLOM]
    lembar.row_dimensions[BARIS_JUDUL] = height_of((nama for nama, _ in KOLOM), widths)
    set_up_page(lembar, [str(nama) for nama, _ in KOLOM], widths, BARIS_JUDUL, lembar["A1"].value)
    output = BytesIO()
    save(workbook, output, {})
    return output.getvalue()


def _lists(workbook: Workbook, lembar: Worksheet, desa: list[str]) -> None:
    """Drop-downs from a hidden sheet. A desa or source of their own words is welcome, another step than ours is not."""
    acuan = workbook.create_sheet("Acuan")
    acuan.sheet_state = "hidden"
    listing = {
        "B": desa,
        "C": list(Bidang.objects.values_list("nama", flat=True)),
        "M": list(map(str, SumberDana.objects.all())),
    }
    for nomor, (letter, content) in enumerate(listing.items(), 1):
        for n, nama in enumerate(content, 1):
            acuan.cell(n, nomor, nama).data_type = "s"  # a name that starts with "=" stays text
        origin = acuan.cell(1, nomor).column_letter
        rules = DataValidation("list", formula1=f"Acuan!${origin}$1:${origin}${max(len(content), 1)}", allow_blank=True)
        rules.showErrorMessage = False
        _add(lembar, rules, letter)
    for letter in LANGKAH:
        rules = DataValidation("list", formula1=f'"{",".join(PILIHAN)}"', allow_blank=True)
        rules.errorTitle, rules.error = "Hasil", "Pilih Ya, Sebagian, atau Tidak. Kosongkan bila belum diketahui."
        _add(lembar, rules, letter)
    for letter in UANG:
        rules = DataValidation("decimal", operator="greaterThan", formula1="0", allow_blank=True)
        rules.errorTitle, rules.error = "Rupiah", "Isi angka lebih dari 0. Kosongkan bila belum diketahui."
        _add(lembar, rules, letter)
    percent = DataValidation("decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    percent.errorTitle, percent.error = "Fisik", "Isi persen, dari 0 sampai 100."
    _add(lembar, percent, "O")


def _add(lembar: Worksheet, aturan: DataValidation, column: str) -> None:
    lembar.add_data_validation(aturan)
    aturan.add(f"{column}{BARIS_JUDUL + 1}:{column}{BARIS_JUDUL + BARIS_KOSONG}")
