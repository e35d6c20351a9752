"""Headings and spellings that nobody wrote down: hypothesis composes village lists, the reader must get them right."""

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.usulan.test_read import DESA, RUJUKAN
from usulan.impor.read import read_workbook

PENUH = replace(
    RUJUKAN, satuan={"meter": "m", "m": "m", "unit": "unit", "buah": "buah", "bh": "buah", "paket": "paket"}
)
JUDUL = {
    "no": ["No", "NO.", "Nomor", "No Urut"],
    "desa": ["Desa", "NAMA DESA", "Desa/Kelurahan", "Desa Pengusul", "Asal Desa", "Ds."],
    "bidang": ["Bidang", "BIDANG", "Sektor", "Bidang Kegiatan", "Urusan"],
    "kegiatan": [
        "Kegiatan",
        "Nama Kegiatan",
        "JENIS KEGIATAN",
        "Usulan Kegiatan",
        "Uraian Kegiatan",
        "Usulan",
        "Nama Pekerjaan",
        "Rencana Kegiatan",
        "Uraian Pekerjaan",
        "Kegiatan Prioritas yang Diusulkan",
        "Sub Kegiatan",
    ],
    "lokasi": ["Lokasi", "LOKASI (Dusun/RT)", "Alamat", "Lokasi Kegiatan", "Tempat", "Letak", "Dusun"],
    "volume": ["Volume", "Vol", "VOL.", "Volume Kegiatan", "Perkiraan Volume", "Kuantitas"],
    "satuan": ["Satuan", "Sat", "SAT.", "Unit"],
    "biaya": [
        "Biaya",
        "Perkiraan Biaya (Rp)",
        "ANGGARAN",
        "Jumlah Biaya",
        "Pagu (Rp.)",
        "RAB",
        "Jumlah biaya (Rp)",
        "Anggaran (Rp)",
        "Estimasi Biaya",
        "Kebutuhan Dana",
        "Total Anggaran",
        "Usulan Anggaran",
        "Pagu Usulan",
    ],
    "manfaat": ["Penerima Manfaat", "Sasaran", "Manfaat", "Sasaran/Manfaat", "Output"],
    "sumber_dana": ["Sumber Dana", "Sumber Biaya", "Sumber Pembiayaan", "Sumber Anggaran"],
    "waktu": ["Waktu", "Waktu Pelaksanaan", "Prakiraan Waktu Pelaksanaan", "Tahun Anggaran"],
    "lain": ["Keterangan", "Ket.", "Catatan", "Swakelola", "Foto", "Koordinat"],
}
KERJA = [
    "Pembangunan talud",
    "Rehab posyandu",
    "Rabat beton jalan kuburan",
    "Pengadaan mesin jahit",
    "Sumur bor",
    "PJU",
]
TEMPAT = ["Dusun Montong Geres", "RT 03 RW 01", "Dasan Lekong", "Jalan utama desa", "Dsn. Kebun"]


@st.composite
def spelling_rupiah(draw):
    """An amount and one of the ways a village writes it."""
    millions = draw(st.integers(2, 2500))
    nilai = millions * 10**6
    dotted = f"{nilai:,}".replace(",", ".")
    cara = [
        nilai,
        float(nilai),
        str(nilai),
        dotted,
        f"Rp {dotted}",
        f"Rp. {dotted},-",
        f"Rp{dotted},00",
        f"± Rp {dotted}",
        f"{millions} jt",
        f"{millions} juta",
        f"Rp {millions},0 Juta",
        f"IDR {nilai:,}",
        f"{dotted},-",
    ]
    if millions % 100 == 0 and millions >= 1000:
        cara += [
            f"{millions // 1000},{millions % 1000 // 100} M",
            f"Rp {millions // 1000},{millions % 1000 // 100} miliar",
        ]
    return nilai, draw(st.sampled_from(cara))


@st.composite
def spelling_volume(draw, bersama):
    """A volume with its unit, in one cell or in two."""
    fraction = draw(st.integers(1, 9000))
    number = Decimal(fraction) / draw(st.sampled_from([1, 1, 2]))
    writing = f"{number.normalize():f}".replace(".", ",")
    satuan, standard = draw(
        st.sampled_from([("m", "m"), ("Meter", "m"), ("unit", "unit"), ("Bh", "buah"), ("paket", "paket")])
    )
    if bersama:
        return (
            number,
            standard,
            draw(st.sampled_from([f"{writing} {satuan}", f"{writing}{satuan}", f"± {writing} {satuan}."])),
        )
    return number, standard, (draw(st.sampled_from([float(number), writing])), satuan)


@st.composite
def daftar(draw):
    """A village list: its cells, and per proposal the truth."""
    bersama = draw(st.booleans())
    kolom = ["kegiatan", "lokasi", "volume", "biaya", *([] if bersama else ["satuan"])]
    kolom += draw(st.lists(st.sampled_from(["bidang", "manfaat", "sumber_dana", "waktu", "lain"]), unique=True))
    desa_in_column = draw(st.booleans())
    kolom = ["no", *(["desa"] if desa_in_column else []), *draw(st.permutations(kolom))]
    kode = draw(st.sampled_from(sorted(DESA)))
    above = draw(st.sampled_from([[], [["DAFTAR USULAN"], []], [["DU-RKP DESA"], ["TAHUN 2027"], []]]))
    if not desa_in_column:
        above = [
            *above,
            [draw(st.sampled_from(["DESA {}", "Desa : {}", "Desa {} Kecamatan Sikur"])).format(DESA[kode])],
        ]
    sel = [*above, [draw(st.sampled_from(JUDUL[k])) for k in kolom]]
    if draw(st.booleans()):
        sel.append([f"({chr(97 + i)})" for i in range(len(kolom))])
    right = []
    for n in range(1, draw(st.integers(1, 4)) + 1):
        (biaya, write_biaya), (volume, satuan, write_volume) = draw(spelling_rupiah()), draw(spelling_volume(bersama))
        kegiatan, lokasi = draw(st.sampled_from(KERJA)), draw(st.sampled_from(TEMPAT))
        content = {
            "no": n,
            "desa": DESA[kode],
            "kegiatan": kegiatan,
            "lokasi": lokasi,
            "biaya": write_biaya,
            "bidang": "Pembinaan Kemasyarakatan",
            "manfaat": f"{n * 7} KK",
            "sumber_dana": "APBD Kab",
            "waktu": "3 bulan",
            "lain": "baik",
            "volume": write_volume if bersama else write_volume[0],
            "satuan": None if bersama else write_volume[1],
        }
        sel.append([content[k] for k in kolom])
        right.append((len(sel), kode, kegiatan, lokasi, volume, satuan, biaya))
    return sel, right


@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(daftar())
def test_any_usual_heading_is_understood(made):
    sel, right = made
    workbook = Workbook()
    for baris in sel:
        workbook.active.append(baris)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        workbook.save(path)
        lembar = read_workbook(path, PENUH).lembar[0]
    readable = [(u.baris, u.desa, u.kegiatan, u.lokasi, u.volume, u.satuan, u.biaya) for u in lembar.usulan]
    assert readable == right
    counted = [*lembar.baris_judul, *(u.baris for u in lembar.usulan), *(d.baris for d in lembar.dilewati)]
    assert sorted(counted) == [n for n, baris in enumerate(sel, 1) if baris]
