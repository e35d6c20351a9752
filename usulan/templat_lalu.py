"""Our own form for last year's result: it comes back without a question."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

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


def blank_results(lalu: Musrenbang, desa: Iterable[Desa]) -> bytes:
    """Return the workbook: lists for desa, bidang, source and the three steps; amounts and percentages are numbers."""
    buku = Workbook()
    lembar = buku.active
    lembar.title = "Hasil"
    lembar["A1"] = f"HASIL {sebutan.musrenbang.upper()} TAHUN {lalu.tahun_pelaksanaan}"
    lembar["A2"] = (
        f"{sebutan.Kecamatan} {lalu.kecamatan.nama}, rencana tahun {lalu.tahun_rencana}. Isi mulai baris "
        f"{BARIS_JUDUL + 1}; satu "
        "baris satu usulan; yang belum diketahui dikosongkan, bukan diisi Tidak."
    )
    lembar["A1"].font = Font(bold=True, size=14)
    tepi = Border(*[Side("thin", color="B9C4BF")] * 4)
    for kolom, (nama, lebar) in enumerate(KOLOM, 1):
        sel = lembar.cell(BARIS_JUDUL, kolom, translate(nama))
        sel.font, sel.border = Font(bold=True), tepi
        sel.fill = PatternFill("solid", fgColor="E6EFEC")
        sel.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        lembar.column_dimensions[sel.column_letter].width = lebar
    for huruf in UANG:
        for n in range(BARIS_JUDUL + 1, BARIS_JUDUL + BARIS_KOSONG + 1):
            lembar[f"{huruf}{n}"].number_format = "#,##0"
    _lists(buku, lembar, [d.nama for d in desa])
    lembar.freeze_panes = lembar.cell(BARIS_JUDUL + 1, 5)
    lembar.page_setup.orientation, lembar.page_setup.fitToHeight = "landscape", 0
    lembar.sheet_properties.pageSetUpPr.fitToPage = True
    lembar.print_title_rows = f"{BARIS_JUDUL}:{BARIS_JUDUL}"
    keluaran = BytesIO()
    buku.save(keluaran)
    return keluaran.getvalue()


def _lists(buku: Workbook, lembar: Worksheet, desa: list[str]) -> None:
    """Drop-downs from a hidden sheet. A desa or source of their own words is welcome, another step than ours is not."""
    acuan = buku.create_sheet("Acuan")
    acuan.sheet_state = "hidden"
    daftar = {
        "B": desa,
        "C": list(Bidang.objects.values_list("nama", flat=True)),
        "M": list(SumberDana.objects.values_list("nama", flat=True)),
    }
    for nomor, (huruf, isi) in enumerate(daftar.items(), 1):
        for n, nama in enumerate(isi, 1):
            acuan.cell(n, nomor, nama)
        asal = acuan.cell(1, nomor).column_letter
        aturan = DataValidation("list", formula1=f"Acuan!${asal}$1:${asal}${max(len(isi), 1)}", allow_blank=True)
        aturan.showErrorMessage = False
        _add(lembar, aturan, huruf)
    for huruf in LANGKAH:
        aturan = DataValidation("list", formula1=f'"{",".join(PILIHAN)}"', allow_blank=True)
        aturan.errorTitle, aturan.error = "Hasil", "Pilih Ya, Sebagian, atau Tidak. Kosongkan bila belum diketahui."
        _add(lembar, aturan, huruf)
    for huruf in UANG:
        aturan = DataValidation("decimal", operator="greaterThan", formula1="0", allow_blank=True)
        aturan.errorTitle, aturan.error = "Rupiah", "Isi angka lebih dari 0. Kosongkan bila belum diketahui."
        _add(lembar, aturan, huruf)
    persen = DataValidation("decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    persen.errorTitle, persen.error = "Fisik", "Isi persen, dari 0 sampai 100."
    _add(lembar, persen, "O")


def _add(lembar: Worksheet, aturan: DataValidation, huruf: str) -> None:
    lembar.add_data_validation(aturan)
    aturan.add(f"{huruf}{BARIS_JUDUL + 1}:{huruf}{BARIS_JUDUL + BARIS_KOSONG}")
