"""Headings and spellings that nobody wrote down: hypothesis composes village lists, the reader must get them right."""

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.usulan.test_baca import DESA, RUJUKAN
from usulan.impor.baca import read_workbook

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
def ejaan_rupiah(draw):
    """An amount and one of the ways a village writes it."""
    juta = draw(st.integers(2, 2500))
    nilai = juta * 10**6
    titik = f"{nilai:,}".replace(",", ".")
    cara = [
        nilai,
        float(nilai),
        str(nilai),
        titik,
        f"Rp {titik}",
        f"Rp. {titik},-",
        f"Rp{titik},00",
        f"± Rp {titik}",
        f"{juta} jt",
        f"{juta} juta",
        f"Rp {juta},0 Juta",
        f"IDR {nilai:,}",
        f"{titik},-",
    ]
    if juta % 100 == 0 and juta >= 1000:
        cara += [f"{juta // 1000},{juta % 1000 // 100} M", f"Rp {juta // 1000},{juta % 1000 // 100} miliar"]
    return nilai, draw(st.sampled_from(cara))


@st.composite
def ejaan_volume(draw, bersama):
    """A volume with its unit, in one cell or in two."""
    seper = draw(st.integers(1, 9000))
    angka = Decimal(seper) / draw(st.sampled_from([1, 1, 2]))
    tulisan = f"{angka.normalize():f}".replace(".", ",")
    satuan, baku = draw(
        st.sampled_from([("m", "m"), ("Meter", "m"), ("unit", "unit"), ("Bh", "buah"), ("paket", "paket")])
    )
    if bersama:
        return (
            angka,
            baku,
            draw(st.sampled_from([f"{tulisan} {satuan}", f"{tulisan}{satuan}", f"± {tulisan} {satuan}."])),
        )
    return angka, baku, (draw(st.sampled_from([float(angka), tulisan])), satuan)


@st.composite
def daftar(draw):
    """A village list: its cells, and per proposal the truth."""
    bersama = draw(st.booleans())
    kolom = ["kegiatan", "lokasi", "volume", "biaya", *([] if bersama else ["satuan"])]
    kolom += draw(st.lists(st.sampled_from(["bidang", "manfaat", "sumber_dana", "waktu", "lain"]), unique=True))
    desa_di_kolom = draw(st.booleans())
    kolom = ["no", *(["desa"] if desa_di_kolom else []), *draw(st.permutations(kolom))]
    kode = draw(st.sampled_from(sorted(DESA)))
    atas = draw(st.sampled_from([[], [["DAFTAR USULAN"], []], [["DU-RKP DESA"], ["TAHUN 2027"], []]]))
    if not desa_di_kolom:
        atas = [*atas, [draw(st.sampled_from(["DESA {}", "Desa : {}", "Desa {} Kecamatan Sikur"])).format(DESA[kode])]]
    sel = [*atas, [draw(st.sampled_from(JUDUL[k])) for k in kolom]]
    if draw(st.booleans()):
        sel.append([f"({chr(97 + i)})" for i in range(len(kolom))])
    benar = []
    for n in range(1, draw(st.integers(1, 4)) + 1):
        (biaya, tulis_biaya), (volume, satuan, tulis_volume) = draw(ejaan_rupiah()), draw(ejaan_volume(bersama))
        kegiatan, lokasi = draw(st.sampled_from(KERJA)), draw(st.sampled_from(TEMPAT))
        isi = {
            "no": n,
            "desa": DESA[kode],
            "kegiatan": kegiatan,
            "lokasi": lokasi,
            "biaya": tulis_biaya,
            "bidang": "Pembinaan Kemasyarakatan",
            "manfaat": f"{n * 7} KK",
            "sumber_dana": "APBD Kab",
            "waktu": "3 bulan",
            "lain": "baik",
            "volume": tulis_volume if bersama else tulis_volume[0],
            "satuan": None if bersama else tulis_volume[1],
        }
        sel.append([isi[k] for k in kolom])
        benar.append((len(sel), kode, kegiatan, lokasi, volume, satuan, biaya))
    return sel, benar


@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(daftar())
def test_any_usual_heading_is_understood(dibuat):
    sel, benar = dibuat
    buku = Workbook()
    for baris in sel:
        buku.active.append(baris)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        buku.save(path)
        lembar = read_workbook(path, PENUH).lembar[0]
    terbaca = [(u.baris, u.desa, u.kegiatan, u.lokasi, u.volume, u.satuan, u.biaya) for u in lembar.usulan]
    assert terbaca == benar
    terhitung = [*lembar.baris_judul, *(u.baris for u in lembar.usulan), *(d.baris for d in lembar.dilewati)]
    assert sorted(terhitung) == [n for n, baris in enumerate(sel, 1) if baris]
