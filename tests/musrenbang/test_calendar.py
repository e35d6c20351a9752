"""What is odd about planned dates: a table of single reasons, and people at two places."""

from datetime import date

import pytest

from musrenbang.persiapan.calendar import Plan, find_warnings, month_grids

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


@pytest.mark.parametrize(("tanggal", "message"), [s[1:] for s in SATU], ids=[s[0] for s in SATU])
def test_one_date(tanggal, message):
    warning = find_warnings([Plan("Sikur", tanggal)], KINI).get("Sikur", [])
    if message:
        assert message in warning
    else:
        assert [p for p in warning if "Februari" not in p] == []


@pytest.mark.parametrize(
    ("nama", "other", "clash"),
    [("Umar, S.Pd.", "umar", True), ("Umar", "Siti", False)],
)
def test_one_person_at_two_places_on_one_day(nama, other, clash):
    day_name = date(2026, 2, 9)
    daftar = [Plan("Sikur", day_name, (nama,)), Plan("Terara", day_name, (other,)), Plan("Masbagik", None, (nama,))]
    result = find_warnings(daftar, KINI)
    assert result == (
        {
            "Sikur": [f"{nama} juga bertugas di Terara pada hari itu."],
            "Terara": [f"{other} juga bertugas di Sikur pada hari itu."],
        }
        if clash
        else {}
    )


def test_the_same_person_on_two_days_is_fine():
    daftar = [Plan("Sikur", date(2026, 2, 9), ("Umar",)), Plan("Terara", date(2026, 2, 10), ("Umar",))]
    assert find_warnings(daftar, KINI) == {}


def test_the_calendar_has_each_month_with_its_days():
    (month,) = month_grids([Plan("Sikur", date(2026, 2, 9)), Plan("Terara", date(2026, 2, 9)), Plan("X", None)])
    day_name = {h[0].day: h[1] for week in month.minggu for h in week if h}
    assert month.nama == "Februari 2026"
    assert (len(day_name), day_name[9], day_name[10]) == (28, ["Sikur", "Terara"], [])
