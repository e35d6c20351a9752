"""What is odd about planned dates: a table of single reasons, and people at two places."""

from datetime import date

import pytest

from musrenbang.persiapan.kalender import Plan, find_warnings, month_grids

KINI = date(2026, 1, 5)
SATU = [
    ("biasa", date(2026, 2, 9), None),
    ("maret", date(2026, 3, 9), "Di luar bulan Februari."),
    ("minggu ketiga", date(2026, 2, 18), "Sesudah minggu kedua Februari."),
    ("sabtu", date(2026, 2, 7), "Hari Sabtu."),
    ("lewat", date(2026, 1, 2), "Tanggal ini sudah lewat."),
    ("tinggal enam hari", date(2026, 1, 11), "Tinggal 6 hari; undangan dan pengumuman seharusnya H-7."),
    ("tepat H-7", date(2026, 1, 12), None),
]


@pytest.mark.parametrize(("tanggal", "pesan"), [s[1:] for s in SATU], ids=[s[0] for s in SATU])
def test_one_date(tanggal, pesan):
    peringatan = find_warnings([Plan("Sikur", tanggal)], KINI).get("Sikur", [])
    if pesan:
        assert pesan in peringatan
    else:
        assert [p for p in peringatan if "Februari" not in p] == []


@pytest.mark.parametrize(
    ("nama", "lain", "bentrok"),
    [("Umar, S.Pd.", "umar", True), ("Umar", "Siti", False)],
)
def test_one_person_at_two_places_on_one_day(nama, lain, bentrok):
    hari = date(2026, 2, 9)
    daftar = [Plan("Sikur", hari, (nama,)), Plan("Terara", hari, (lain,)), Plan("Masbagik", None, (nama,))]
    hasil = find_warnings(daftar, KINI)
    assert hasil == (
        {
            "Sikur": [f"{nama} juga bertugas di Terara pada hari itu."],
            "Terara": [f"{lain} juga bertugas di Sikur pada hari itu."],
        }
        if bentrok
        else {}
    )


def test_the_same_person_on_two_days_is_fine():
    daftar = [Plan("Sikur", date(2026, 2, 9), ("Umar",)), Plan("Terara", date(2026, 2, 10), ("Umar",))]
    assert find_warnings(daftar, KINI) == {}


def test_the_calendar_has_each_month_with_its_days():
    (bulan,) = month_grids([Plan("Sikur", date(2026, 2, 9)), Plan("Terara", date(2026, 2, 9)), Plan("X", None)])
    hari = {h[0].day: h[1] for pekan in bulan.minggu for h in pekan if h}
    assert bulan.nama == "Februari 2026"
    assert (len(hari), hari[9], hari[10]) == (28, ["Sikur", "Terara"], [])
