"""Two lists side by side, a unit in a footnote, thousands set apart by spaces: kinds that real workbooks have."""

from decimal import Decimal

import pytest

from tests.conftest import JUDUL
from tests.usulan.test_read import RUJUKAN
from usulan.impor.numbers import parse_volume
from usulan.impor.read import read_workbook

SISI = ["No", "Kegiatan", "Lokasi", "Volume", "Biaya"]


def test_a_list_beside_another_is_read_too_each_under_its_own_title(make_workbook):
    content = [["USULAN DESA SEMAYA", *[None] * 5, "USULAN DESA LOYOK"], [*SISI, None, *SISI]]
    content += [
        [
            i,
            f"Rabat {i}",
            f"Dusun {i}",
            f"{i} m",
            i * 10_000_000,
            None,
            i,
            f"Talud {i}",
            f"Blok {i}",
            f"{i} m",
            7_000_000,
        ]
        for i in (1, 2)
    ]
    content += [[*[None] * 6, 3, "Talud 3", "Blok 3", "3 m", 7_000_000]]
    content += [[None, "Jumlah", None, None, 30_000_000, None, None, "Jumlah", None, None, 21_000_000]]
    left, right_side = read_workbook(make_workbook("sisi.xlsx", content), RUJUKAN).lembar
    assert [(u.kegiatan, RUJUKAN.desa[u.desa]) for u in left.usulan] == [("Rabat 1", "Semaya"), ("Rabat 2", "Semaya")]
    assert [(u.kegiatan, RUJUKAN.desa[u.desa]) for u in right_side.usulan] == [
        ("Talud 1", "Loyok"),
        ("Talud 2", "Loyok"),
        ("Talud 3", "Loyok"),
    ]
    assert right_side.nama == "Usulan (mulai kolom G)"
    assert [j.dihitung - j.tercetak for lembar in (left, right_side) for j in lembar.jumlah_tercetak] == [0, 0]


@pytest.mark.parametrize(
    "catatan, times_text",
    [
        ("*) biaya dalam ribuan rupiah", 1000),
        ("Catatan: semua angka dalam juta rupiah", 1_000_000),
        ("Ket: usulan ini untuk ribuan warga", 1),
    ],
)
def test_a_note_below_the_table_says_the_unit(make_workbook, catatan, times_text):
    content = [[i, "Semaya", f"Talud {i}", f"Dusun {i}", 10, "m", 90 * i] for i in (1, 2, 3)]
    lembar = read_workbook(make_workbook("kaki.xlsx", [JUDUL[:7], *content, [catatan]]), RUJUKAN).lembar[0]
    assert (lembar.kali, lembar.usulan[0].biaya) == (times_text, 90 * times_text)


@pytest.mark.parametrize(
    "text, volume", [("1 200 m", 1200), ("1\u00a0200", 1200), ("12 500,5", None), ("7 8", None), ("3 x 100", None)]
)
def test_thousands_set_apart_by_spaces(text, volume):
    assert parse_volume(text)[0] == (None if volume is None else Decimal(volume))
