"""The kamus usulan: a table that replaces a year, its refusals, the flag on odd prices."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from musrenbang.acuan.tables import TABEL
from musrenbang.models import KamusUsulan
from musrenbang.states import Tahap
from tests.conftest import JUDUL
from tests.halaman import flat
from usulan.prices import StandardPrice, find_standard, outside_band
from usulan.services.impor import commit_impor, stage_impor

KEPALA = TABEL["kamus"].kepala
RABAT = StandardPrice("Rabat beton", "m", 200_000, 500_000)
KAMUS = [
    RABAT,
    StandardPrice("Rabat beton jalan tani", "m", 300_000, None),
    StandardPrice("Sumur bor", "unit", None, 90_000_000),
]


@pytest.mark.parametrize(
    ("kegiatan", "satuan", "nama"),
    [
        ("Pembangunan rabat beton gang", "m", "Rabat beton"),
        ("Rabat beton jalan usaha tani", "M", "Rabat beton jalan tani"),
        ("Rabat beton gang", "unit", None),
        ("Rabat gang", "m", None),
        ("SUMUR BOR dangkal", "unit", "Sumur bor"),
    ],
)
def test_which_standard_work_it_is(kegiatan, satuan, nama):
    standard = find_standard(kegiatan, satuan, KAMUS)
    assert (standard.nama if standard else None) == nama


@pytest.mark.parametrize(
    ("biaya", "volume", "result"),
    [
        (30_000_000, 100, None),
        (20_000_000, 100, None),
        (50_000_000, 100, None),
        (19_999_000, 100, (199_990, "di bawah")),
        (50_100_000, 100, (501_000, "di atas")),
        (None, 100, None),
        (30_000_000, None, None),
    ],
)
def test_the_band_with_its_edges(biaya, volume, result):
    assert outside_band(biaya, None if volume is None else Decimal(volume), RABAT) == result
    assert outside_band(biaya, None if volume is None else Decimal(volume), None) is None


def send(client, *baris, kepala=KEPALA, tahun=2027):
    workbook = Workbook()
    workbook.active.append(["Kamus"])
    for contents in (kepala, *baris):
        workbook.active.append(contents)
    contents = BytesIO()
    workbook.save(contents)
    berkas = SimpleUploadedFile("kamus.xlsx", contents.getvalue())
    return client.post("/acuan/kamus/", {"tahun": tahun, "berkas": berkas}, follow=True).content.decode()


def test_a_table_replaces_the_year_and_comes_out_as_it_went_in(acara, masuk):
    client = masuk("bu_bappeda")
    send(client, ["Lama", "m", 1, 2, None, None])
    text = send(
        client,
        ["Rabat beton", "m", 200_000, 500_000, None, "Dinas PUPR"],
        [],
        ["Sumur bor", "unit", None, None, None, None],
    )
    assert "Kamus usulan 2027: 2 ditambah, 0 diubah, 1 dihapus, 0 sama." in text
    assert list(KamusUsulan.objects.values_list("nama", "harga_min", "skpd__singkatan")) == [
        ("Rabat beton", 200_000, "Dinas PUPR"),
        ("Sumur bor", None, None),
    ]
    download = client.get("/acuan/kamus/unduh/?tahun=2027").content
    baris = list(load_workbook(BytesIO(download)).active.iter_rows(min_row=2, values_only=True))
    assert baris[0] == (*KEPALA[:-1], "Perangkat daerah")
    assert baris[1][:4] == ("Rabat beton", "m", 200_000, 500_000)
    assert "2 usulan baku" in client.get("/acuan/kamus/?tahun=2027").content.decode()
    assert "Belum ada kamus tahun 2030" in flat(client.get("/acuan/kamus/?tahun=2030"))


@pytest.mark.parametrize(
    ("baris", "sentence"),
    [
        (["", "m", 1, 2, None, None], "Baris 3: Nama Usulan kosong."),
        (["A", "", 1, 2, None, None], "Satuan kosong"),
        (["A", "m", 5, 2, None, None], "harga terendah lebih besar dari harga tertinggi"),
        (["A", "m", -5, 2, None, None], "harus angka rupiah tanpa sen lebih dari 0"),
        (["A", "m", "murah", 2, None, None], "harus angka rupiah tanpa sen lebih dari 0"),
        (["A", "m", 1, 2, "Entah", None], "Bidang “Entah” tidak dikenal"),
        (["A", "m", 1, 2, None, "Dinas X"], "SKPD “Dinas X” tidak dikenal"),
        (["a" * 201, "m", 1, 2, None, None], "terlalu panjang"),
        (["Rabat", "M", 1, 2, None, None], "sama dengan baris di atasnya"),
    ],
)
def test_a_bad_row_is_named_and_changes_nothing(baris, sentence, acara, masuk):
    client = masuk("bu_bappeda")
    send(client, ["Tetap", "m", 1, 2, None, None])
    tail = [["Rabat", "m", 1, 2, None, None]] if "atasnya" in sentence else []
    assert sentence in send(client, *tail, baris)
    assert KamusUsulan.objects.get().nama == "Tetap"


@pytest.mark.parametrize("filled", [b"", b"bukan excel", b"PK\x03\x04rusak"])
def test_a_file_that_is_no_table_is_refused_in_words(filled, acara, masuk):
    response = masuk("bu_bappeda").post(
        "/acuan/kamus/", {"tahun": 2027, "berkas": SimpleUploadedFile("kamus.xlsx", filled)}
    )
    assert response.status_code == 422
    assert "invalid-feedback" in response.content.decode()


def test_a_table_with_other_headings_is_refused(acara, masuk):
    assert "Baris judul tidak ditemukan" in send(masuk("bu_bappeda"), ["a"], kepala=["Nama", "Harga"])


@pytest.mark.parametrize("nama", ["bu_pmd", "pak_camat", "operator_desa", "orang_luar"])
def test_it_is_bappedas(nama, acara, masuk):
    for url in ("/acuan/kamus/", "/acuan/kamus/unduh/"):
        assert masuk(nama).get(url).status_code == 403


def test_an_odd_price_is_flagged_and_the_names_are_offered(acara, masuk, move_event, make_workbook, cast):
    move_event(acara, Tahap.PERSIAPAN)
    send(masuk("bu_bappeda"), ["Rabat beton", "m", 200_000, 500_000, None, None], tahun=acara.tahun_rencana)
    path = make_workbook(
        "a.xlsx",
        [
            JUDUL,
            [1, "Sikur", "Rabat beton gang", "Dusun A", 100, "m", 900_000_000, "DAK", ""],
            [2, "Sikur", "Rabat beton jalan", "Dusun B", 100, "m", 30_000_000, "DAK", ""],
        ],
    )
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    client = masuk("bu_pmd")
    daftar = client.get(f"/m/{acara.slug}/usulan/").content.decode()
    assert daftar.count("harga di luar kisaran kamus") == 1
    assert "Rp9.000.000 per m, di atas kisaran kamus (terendah Rp200.000, tertinggi Rp500.000)" in daftar
    assert '<option value="Rabat beton">' in client.get(f"/m/{acara.slug}/usulan/baru/").content.decode()
