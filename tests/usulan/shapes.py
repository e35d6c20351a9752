"""Village lists in further shapes, each with the truth: what `test_shapes.py` writes to a file and reads back.

A cell is a value; ``merge`` lists ranges; ``sembunyi`` rows (int) and columns (letter). ``benar`` lists per proposal
(row, desa, kegiatan, lokasi, volume, satuan, biaya) and ``lain`` further fields by row.
"""

from dataclasses import dataclass, field
from decimal import Decimal

SEMAYA, SIKUR, MB, LOYOK = (f"52.03.04.200{n}" for n in (1, 2, 3, 4))
_ = None


@dataclass
class Shape:
    """One invented workbook and its truth."""

    nama: str
    sel: list[list[object]]
    benar: list[tuple]
    lain: dict[int, dict[str, object]] = field(default_factory=dict)
    merge: list[str] = field(default_factory=list)
    sembunyi: list[int | str] = field(default_factory=list)
    berkas: str = "daftar.xlsx"
    lembar: str = "Sheet1"


BENTUK = [
    Shape(
        "tiga_baris_judul_gabung",
        [
            ["No", "Rencana Kegiatan", _, _, _, "Anggaran", _],
            [_, "Jenis Kegiatan", "Lokasi", "Volume", _, "Jumlah", "Sumber"],
            [_, _, _, "Jml", "Sat", "(Rp)", "Dana"],
            ["Desa Loyok"],
            [1, "Talud jalan", "Dusun Barat", 120, "m", 90_000_000, "DAK"],
            [2, "Sumur bor", "Dusun Timur", 1, "unit", 45_000_000, "APBN"],
        ],
        [(5, LOYOK, "Talud jalan", "Dusun Barat", Decimal(120), "m", 90_000_000),
         (6, LOYOK, "Sumur bor", "Dusun Timur", Decimal(1), "unit", 45_000_000)],
        lain={5: {"sumber_dana": "DAK"}},
        merge=["A1:A3", "B1:E1", "F1:G1", "B2:B3", "C2:C3", "D2:E2"], berkas="DU-RKP Loyok.xlsx",
    ),
    Shape(
        "judul_salah_ketik",
        [["NO", "NAMA KEGITAN", "LOKSI", "VOLME", "SATUN", "BIYAYA (Rp)", "DESSA"],
         [1, "Rehab posyandu", "Dusun Tengah", 1, "unit", "Rp 25.000.000", "Semaya"]],
        [(2, SEMAYA, "Rehab posyandu", "Dusun Tengah", Decimal(1), "unit", 25_000_000)],
    ),
    Shape(
        "kepala_biaya_tak_bermakna",
        [["No", "Desa", "Kegiatan", "Lokasi", "]", "Kolom1"],
         [1, "Semaya", "Rabat beton", "Dusun A", "150 m", "Rp 30.000.000"],
         [2, "Sikur", "Talud", "Dusun B", "80 m", "Rp 41.500.000,-"],
         [3, "Loyok", "Jembatan", "Dusun C", "6 m", "120 jt"]],
        [(2, SEMAYA, "Rabat beton", "Dusun A", Decimal(150), "m", 30_000_000),
         (3, SIKUR, "Talud", "Dusun B", Decimal(80), "m", 41_500_000),
         (4, LOYOK, "Jembatan", "Dusun C", Decimal(6), "m", 120_000_000)],
    ),
    Shape(
        "desa_dan_bidang_gabung_ke_bawah",
        [["Desa", "Bidang", "No", "Usulan", "Lokasi", "Vol", "Sat", "Anggaran"],
         ["Semaya", "Pembinaan Kemasyarakatan", 1, "Lapangan voli", "Dusun A", 1, "unit", 15_000_000],
         [_, _, 2, "Alat kesenian", "Dusun B", 1, "set", 12_500_000],
         ["Loyok", "Pemberdayaan Masyarakat", 3, "Bibit kopi", "Dusun C", 2000, "batang", 20_000_000],
         [_, _, 4, "Pelatihan anyaman", "Dusun D", 30, "orang", 18_000_000]],
        [(2, SEMAYA, "Lapangan voli", "Dusun A", Decimal(1), "unit", 15_000_000),
         (3, SEMAYA, "Alat kesenian", "Dusun B", Decimal(1), "set", 12_500_000),
         (4, LOYOK, "Bibit kopi", "Dusun C", Decimal(2000), "batang", 20_000_000),
         (5, LOYOK, "Pelatihan anyaman", "Dusun D", Decimal(30), "orang", 18_000_000)],
        lain={3: {"bidang": "Pembinaan Kemasyarakatan"}, 5: {"bidang": "Pemberdayaan Masyarakat"}},
        merge=["A2:A3", "B2:B3", "A4:A5", "B4:B5"],
    ),
    Shape(
        "lokasi_gabung_ke_bawah_biaya_tidak",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya"],
         [1, "Sikur", "Talud", "Dusun Kebun", 40, "m", 10_000_000],
         [2, "Sikur", "Drainase", _, 60, "m", _]],
        [(2, SIKUR, "Talud", "Dusun Kebun", Decimal(40), "m", 10_000_000),
         (3, SIKUR, "Drainase", "Dusun Kebun", Decimal(60), "m", _)],
        merge=["D2:D3", "G2:G3"],
    ),
    Shape(
        "baris_dan_kolom_tersembunyi",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya", "Biaya lama (Rp)"],
         [1, "Semaya", "Talud", "Dusun A", 40, "m", 10_000_000, 1],
         [2, "Semaya", "Usulan lama", "Dusun B", 1, "unit", 5_000_000, 2],
         [3, "Semaya", "Drainase", "Dusun C", 60, "m", 20_000_000, 3]],
        [(2, SEMAYA, "Talud", "Dusun A", Decimal(40), "m", 10_000_000),
         (4, SEMAYA, "Drainase", "Dusun C", Decimal(60), "m", 20_000_000)],
        sembunyi=[3, "H"],
    ),
    Shape(
        "tabel_samping",
        [["DESA SEMAYA"], ["No", "Kegiatan", "Lokasi", "Volume", "Biaya (Rp)", _, "No", "Rincian", "Satuan", "Jumlah"],
         [1, "Gapura", "Dusun A", "1 unit", 7_500_000, _, 1, "Semen", "sak", 20],
         [2, "Pos kamling", "Dusun B", "2 unit", 9_000_000, _, 2, "Pasir", "m3", 4],
         [_, _, _, _, _, _, 3, "Upah", "HOK", 12]],
        [(3, SEMAYA, "Gapura", "Dusun A", Decimal(1), "unit", 7_500_000),
         (4, SEMAYA, "Pos kamling", "Dusun B", Decimal(2), "unit", 9_000_000)],
    ),
    Shape(
        "butir_dalam_satu_sel",
        [["No", "Desa", "Usulan Kegiatan", "Lokasi", "Volume", "Biaya"],
         [1, "Loyok", "Jalan lingkungan:\n• Dusun Barat rabat 120 m\n• Dusun Timur rabat 80 m", _, _, _],
         [2, "Loyok", "1. Talud\n2. Drainase", "Dusun A\nDusun B", "20 m\n35 m", "10.000.000\n17.500.000"]],
        [(2, LOYOK, "Jalan lingkungan: Dusun Barat rabat", "Dusun Barat", Decimal(120), "m", _),
         (2, LOYOK, "Jalan lingkungan: Dusun Timur rabat", "Dusun Timur", Decimal(80), "m", _),
         (3, LOYOK, "Talud", "Dusun A", Decimal(20), "m", 10_000_000),
         (3, LOYOK, "Drainase", "Dusun B", Decimal(35), "m", 17_500_000)],
    ),
    Shape(
        "beberapa_desa_satu_baris",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya"],
         [1, "Semaya, Loyok dan Sikur", "Normalisasi sungai", "Perbatasan", 3, "km", 300_000_000]],
        [(2, ";".join(sorted([SEMAYA, LOYOK, SIKUR])), "Normalisasi sungai", "Perbatasan", Decimal(3), "km", 300_000_000)],
    ),
    Shape(
        "rupiah_juta_dan_ejaan",
        [["DESA SIKUR"], ["No", "Kegiatan", "Lokasi", "Volume", "Satuan", "Perkiraan Biaya (Rp Juta)"],
         [1, "Talud", "Dusun A", "± 40", "meter", 12.5], [2, "Jembatan", "Dusun B", "1 (satu)", "bh", "Rp 150.000.000,-"],
         [3, "Gedung", "Dusun C", "1", "unit", "1,5 M"], [4, "Pompa", "Dusun D", 2, "unit", "± Rp 75 jt"]],
        [(3, SIKUR, "Talud", "Dusun A", Decimal(40), "m", 12_500_000),
         (4, SIKUR, "Jembatan", "Dusun B", Decimal(1), "buah", 150_000_000),
         (5, SIKUR, "Gedung", "Dusun C", Decimal(1), "unit", 1_500_000_000),
         (6, SIKUR, "Pompa", "Dusun D", Decimal(2), "unit", 75_000_000)],
    ),
    Shape(
        "beberapa_sumber_dana_dicentang",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Biaya", "Sumber Dana", _, _],
         [_, _, _, _, _, _, "APBN", "APBD Kab", "Dana Desa"],
         [1, "Semaya", "Irigasi", "Subak A", "200 m", 80_000_000, _, "v", _],
         [2, "Semaya", "Embung", "Subak B", "1 unit", 95_000_000, "√", _, _]],
        [(3, SEMAYA, "Irigasi", "Subak A", Decimal(200), "m", 80_000_000),
         (4, SEMAYA, "Embung", "Subak B", Decimal(1), "unit", 95_000_000)],
        lain={3: {"sumber_dana": "APBD Kab"}, 4: {"sumber_dana": "APBN"}},
        merge=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:F2", "G1:I1"],
    ),
    Shape(
        "romawi_dan_huruf",
        [["USULAN DESA LOYOK"], ["No", "Uraian", "Lokasi", "Volume", "Biaya"],
         ["I", "SARANA PRASARANA"], ["A.", "Jalan"], [1, "Rabat jalan kuburan", "Dusun A", "90 m", 22_000_000],
         ["II", "EKONOMI"], [1, "Modal kelompok tenun", "Dusun B", "1 paket", 10_000_000],
         [_, "Jumlah", _, _, 32_000_000]],
        [(5, LOYOK, "Rabat jalan kuburan", "Dusun A", Decimal(90), "m", 22_000_000),
         (7, LOYOK, "Modal kelompok tenun", "Dusun B", Decimal(1), "paket", 10_000_000)],
        lain={5: {"bidang": "Jalan"}, 7: {"bidang": "Ekonomi"}},
    ),
    Shape(
        "desa_di_nama_lembar_salah_eja",
        [["No", "Kegiatan", "Lokasi", "Volume", "Biaya"], [1, "Talud", "Dusun A", "40 m", 10_000_000]],
        [(2, LOYOK, "Talud", "Dusun A", Decimal(40), "m", 10_000_000)], lembar="DS. LOYOK",
    ),
    Shape(
        "desa_salah_eja_di_kolom",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Biaya"],
         [1, "Semayaa", "Talud", "Dusun A", "40 m", 10_000_000],
         [2, "Ds. MONTONG BAAN", "Gapura", "Dusun B", "1 unit", 5_000_000]],
        [(2, SEMAYA, "Talud", "Dusun A", Decimal(40), "m", 10_000_000),
         (3, MB, "Gapura", "Dusun B", Decimal(1), "unit", 5_000_000)],
    ),
    Shape(
        "rt_rw_dusun_terpisah",
        [["No", "Desa", "Kegiatan", "Dusun", "RT", "RW", "Volume", "Satuan", "Biaya"],
         [1, "Sikur", "Paving gang", "Kebun Lauk", 3, 1, 55, "m2", 14_000_000]],
        [(2, SIKUR, "Paving gang", "Kebun Lauk RT 3 RW 1", Decimal(55), "m²", 14_000_000)],
    ),
    Shape(
        "program_dan_kegiatan",
        [["No", "Program", "Kegiatan", "Lokasi", "Target", "Satuan", "Harga Satuan", "Jumlah Biaya", "Desa", "Ket"],
         [1, "Jalan", "Aspal lapen", "Dusun A", 500, "m", 200_000, 100_000_000, "Sikur", "mendesak"]],
        [(2, SIKUR, "Aspal lapen", "Dusun A", Decimal(500), "m", 100_000_000)],
    ),
    Shape(
        "judul_terulang_tiap_halaman",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Biaya"], [1, "Sikur", "Talud", "Dusun A", "40 m", 10_000_000],
         ["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Biaya"], [2, "Loyok", "Gapura", "Dusun B", "1 unit", 5_000_000]],
        [(2, SIKUR, "Talud", "Dusun A", Decimal(40), "m", 10_000_000),
         (4, LOYOK, "Gapura", "Dusun B", Decimal(1), "unit", 5_000_000)],
    ),
    Shape(
        "hampir_semua_kosong",
        [["DESA SEMAYA KECAMATAN SIKUR"], ["No", "Bidang", "Kegiatan", "Lokasi", "Volume", "Biaya"],
         [1, "Pelaksanaan Pembangunan Desa", "Pembangunan posyandu"], [2, _, "Rehab jembatan"], [3], [4, _, "Sumur bor"]],
        [(3, SEMAYA, "Pembangunan posyandu", _, _, _, _), (4, SEMAYA, "Rehab jembatan", _, _, _, _),
         (6, SEMAYA, "Sumur bor", _, _, _, _)],
        lain={6: {"bidang": "Pelaksanaan Pembangunan Desa"}},
    ),
    Shape(
        "karakter_aneh",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Biaya"],
         [1, "Sikur", "\u202eTalud\u00a0 penahan\u200b", "Dusun\u00a0A", "40\u00a0m", "Rp\u00a010.000.000"]],
        [(2, SIKUR, "Talud penahan", "Dusun A", Decimal(40), "m", 10_000_000)],
    ),
    Shape(
        "judul_bahasa_daerah",
        [["DAFTAR PAMUNDUT DESA LOYOK"], ["Angka", "Gawean", "Panggonan", "Pira", "Ragad"],
         [1, "Pembangunan talud", "Dusun A", "40 m", 10_000_000],
         [2, "Rehab posyandu", "Dusun B", "1 unit", 25_000_000],
         [3, "Pengadaan sumur bor", "Dusun C", "2 unit", 60_000_000]],
        [(3, LOYOK, "Pembangunan talud", "Dusun A", Decimal(40), "m", 10_000_000),
         (4, LOYOK, "Rehab posyandu", "Dusun B", Decimal(1), "unit", 25_000_000),
         (5, LOYOK, "Pengadaan sumur bor", "Dusun C", Decimal(2), "unit", 60_000_000)],
    ),
    Shape(
        "program_berhuruf_dengan_subtotal",
        [["MATRIKS USULAN DESA SEMAYA KEC. SIKUR TA 2027"], [],
         ["NO", "PROGRAM/KEGIATAN", "INDIKATOR KINERJA", "LOKASI", "TARGET CAPAIAN", "PAGU INDIKATIF (Rp)", "CATATAN PENTING"],
         ["1", "2", "3", "4", "5", "6", "7"], ["A", "Program Penyelenggaraan Jalan", _, _, _, 175_000_000],
         ["1", "Rabat beton Jl. Makam", "panjang jalan", "Dsn. Otak Dese", "150 m", "75.000.000"],
         ["2", "Pengerasan jalan", "panjang jalan", "Dsn. Bat Lauq", "200 m", "100.000.000"],
         [_, "JUMLAH TOTAL", _, _, _, 175_000_000]],
        [(6, SEMAYA, "Rabat beton Jl. Makam", "Dsn. Otak Dese", Decimal(150), "m", 75_000_000),
         (7, SEMAYA, "Pengerasan jalan", "Dsn. Bat Lauq", Decimal(200), "m", 100_000_000)],
        lain={6: {"bidang": "Program Penyelenggaraan Jalan"}},
    ),
    Shape(
        "kerja_sama_antar_desa_bukan_desa",
        [["DU-RKP"], ["Desa", ":", "Montong Baan"], ["Kecamatan", ":", "Sikur"], [],
         ["No", "Bidang / Sub Bidang / Jenis Kegiatan", _, "Lokasi", "Volume", "Prakiraan Biaya & Sumber Pembiayaan", _, "Pola Pelaksanaan", _],
         [_, "Bidang", "Jenis Kegiatan", _, _, "Jumlah (Rp)", "Sumber", "Swakelola", "Kerjasama Antar Desa"],
         [1, "Pelaksanaan Pembangunan Desa", "Polindes", "Dusun Dasan", "1 unit", "Rp 250.000.000", "DD", _, "v"],
         [_, _, "Jalan Desa", "Dusun Gubuk", "1,2 Km", "Rp 180.500.000,00", "DD", "v", _]],
        [(7, MB, "Polindes", "Dusun Dasan", Decimal(1), "unit", 250_000_000),
         (8, MB, "Jalan Desa", "Dusun Gubuk", Decimal("1.2"), "Km", 180_500_000)],
        lain={8: {"bidang": "Pelaksanaan Pembangunan Desa", "sumber_dana": "DD"}},
    ),
    Shape(
        "jenis_usulan_dan_harga_satuan",
        [["DESA LOYOK"], ["No", "Jenis Usulan", "Lokasi (Dusun)", "Jumlah", "Satuan", "Harga Satuan (Rp)", "Total (Rp)"],
         [1, "Lampu jalan", "Dusun Barat", 10, "unit", 2_500_000, 25_000_000],
         [2, "Meja kursi", "Dusun Timur", 40, "set", 500_000, 20_000_000]],
        [(3, LOYOK, "Lampu jalan", "Dusun Barat", Decimal(10), "unit", 25_000_000),
         (4, LOYOK, "Meja kursi", "Dusun Timur", Decimal(40), "set", 20_000_000)],
    ),
    Shape(
        "jumlah_di_kolom_lain_dan_tanda_tangan",
        [["No", "Kegiatan", "Lokasi", "Volume", "Anggaran"], [1, "Gapura", "Dusun A", "1 unit", "5.000.000"],
         [_, _, _, "Total", "5.000.000"], [_, _, _, "Sikur, 12 Januari 2026"], [_, _, _, "Kepala Desa Sikur"],
         [_, _, _, "H. MUHAMMAD"]],
        [(2, SIKUR, "Gapura", "Dusun A", Decimal(1), "unit", 5_000_000)], berkas="DU RKP DESA SIKUR.xlsx",
    ),
    Shape(
        "satuan_di_judul_kolom",
        [["No", "Desa", "Kegiatan", "Lokasi", "Panjang (m)", "Anggaran\n(Rp. 000)"],
         [1, "Sikur", "Rabat gang", "Dusun A", 120, 24_000], [2, "Semaya", "Talud", "Dusun B", "80 m", 16_500]],
        [(2, SIKUR, "Rabat gang", "Dusun A", Decimal(120), "m", 24_000_000),
         (3, SEMAYA, "Talud", "Dusun B", Decimal(80), "m", 16_500_000)],
    ),
    Shape(
        "beberapa_tabel_bertumpuk",
        [["REKAP USULAN KECAMATAN SIKUR"], ["DESA SEMAYA"], ["No", "Kegiatan", "Lokasi", "Volume", "Biaya"],
         [1, "Talud", "Dusun A", "40 m", 10_000_000], ["Jumlah", _, _, _, 10_000_000], [], ["DESA LOYOK"],
         ["No", "Kegiatan", "Lokasi", "Volume", "Biaya"], [1, "Gapura", "Dusun B", "1 unit", 5_000_000],
         ["TOTAL", _, _, _, 15_000_000]],
        [(4, SEMAYA, "Talud", "Dusun A", Decimal(40), "m", 10_000_000),
         (9, LOYOK, "Gapura", "Dusun B", Decimal(1), "unit", 5_000_000)],
    ),
    Shape(
        "ukuran_bukan_volume",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Biaya"],
         [1, "Sikur", "Talud", "Dusun A", "P 150m L 3m T 10cm", "10.000.000 - 15.000.000"],
         [2, "Sikur", "Jembatan", "Dusun B", "7 dan 8", "menyusul"]],
        [(2, SIKUR, "Talud", "Dusun A", _, _, _), (3, SIKUR, "Jembatan", "Dusun B", _, _, _)],
    ),
    Shape(
        "csv_titik_koma_cp1252",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya"],
         ["1", "Semaya", "Rehab “kantor” desa", "Dusun A", "1,5", "km", "150.000.000"]],
        [(2, SEMAYA, "Rehab “kantor” desa", "Dusun A", Decimal("1.5"), "km", 150_000_000)], berkas="usulan;cp1252.csv",
    ),
    Shape(
        "csv_koma_bom",
        [["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya"],
         ["1", "Semaya", "Talud, drainase", "Dusun A", "1.250", "m", "Rp 2.500.000"]],
        [(2, SEMAYA, "Talud, drainase", "Dusun A", Decimal(1250), "m", 2_500_000)], berkas="usulan,utf-8-sig.csv",
    ),
    Shape(
        "csv_tab",
        [["DAFTAR USULAN DESA LOYOK"], [], ["No", "Kegiatan", "Lokasi", "Volume", "Biaya"],
         ["1", "Talud", "Dusun A", "40 m", "10000000"]],
        [(4, LOYOK, "Talud", "Dusun A", Decimal(40), "m", 10_000_000)], berkas="usulan\t utf-8.csv",
    ),
    Shape(
        "xls_lama",
        [["DAFTAR USULAN DESA LOYOK"], ["No", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya"],
         [1, "Talud", "Dusun A", 40.5, "m", 10_000_000.0], [_, "Jumlah", _, _, _, 10_000_000]],
        [(3, LOYOK, "Talud", "Dusun A", Decimal("40.5"), "m", 10_000_000)], berkas="lama.xls",
    ),
    Shape(
        "ods",
        [["DAFTAR USULAN DESA LOYOK"], ["No", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya"],
         [1, "Talud", "Dusun A", 40, "m", 10_000_000]],
        [(3, LOYOK, "Talud", "Dusun A", Decimal(40), "m", 10_000_000)], berkas="bebas.ods",
    ),
]  # fmt: skip
