"""Numbers as villages write them: a table of spellings, and properties over generated ones."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musrenbang.reading import parse_decimal, parse_rupiah
from usulan.impor.numbers import parse_volume

RUPIAH = {
    "Rp 150.000.000,-": 150_000_000,
    "Rp. 150.000.000": 150_000_000,
    "150.000.000,00": 150_000_000,
    "150,000,000": 150_000_000,
    "150 jt": 150_000_000,
    "150 juta": 150_000_000,
    "1,5 M": 1_500_000_000,
    "1.5 milyar": 1_500_000_000,
    "± Rp 75.500.000": 75_500_000,
    "750 ribu": 750_000,
    "Rp 74.250.000,-": 74_250_000,
    "kurang lebih 20 jt": 20_000_000,
    "rp50.000.000": 50_000_000,
    "2.612": 2612,
    "Rp 1.000.000 rupiah": 1_000_000,
    "-": None,
    "": None,
    "menyesuaikan": None,
    "0": None,
    "Rp 0,-": None,
    "10 s.d. 20 jt": None,
    "1 Paket": None,
}


@pytest.mark.parametrize("text, rupiah", RUPIAH.items())
def test_rupiah(text, rupiah):
    assert parse_rupiah(text) == rupiah


@pytest.mark.parametrize(
    "nilai, times_text, rupiah",
    [
        (263, 10**6, 263_000_000),
        ("263", 10**6, 263_000_000),
        ("90 jt", 10**6, 90_000_000),
        (0, 1, None),
        (-5, 1, None),
        (None, 1, None),
        (2.5, 10**6, 2_500_000),
        (float("nan"), 1, None),
        (10**16, 1, None),
    ],
)
def test_rupiah_from_numbers_and_columns_in_millions(nilai, times_text, rupiah):
    assert parse_rupiah(nilai, times_text) == rupiah


VOLUME = {
    "450": ("450", None),
    "450 m": ("450", "m"),
    "1paket": ("1", "paket"),
    "1.200 m": ("1200", "m"),
    "2,5 km": ("2.5", "km"),
    "0,75 ha": ("0.75", "ha"),
    "± 300 m2": ("300", "m2"),
    "3 unit": ("3", "unit"),
    "7 dan 8": (None, None),
    "P 150m L 3m T 10cm": (None, None),
    "150m L 3m": (None, None),
    "-": (None, None),
    "secukupnya": (None, None),
    "0": (None, None),
    "3 x 4 m": (None, None),
}


@pytest.mark.parametrize("words, expected", VOLUME.items())
def test_volume(words, expected):
    volume, satuan = parse_volume(words)
    assert (None if volume is None else str(volume.normalize().__format__("f")), satuan) == expected


@given(st.integers(1, 10**12), st.sampled_from(["{}", "Rp {}", "Rp. {},-", "Rp {},00", "IDR {}", "± Rp {}", " {} "]))
def test_any_amount_survives_any_dress(n, dress):
    with_point = f"{n:,}".replace(",", ".")
    assert parse_rupiah(dress.format(with_point)) == n


@given(st.integers(1, 9_999), st.sampled_from(["jt", "juta", "JT", " jt", " Juta"]))
def test_any_millions(n, kata):
    assert parse_rupiah(f"{n}{kata}") == n * 10**6


@given(st.decimals(min_value="0.01", max_value="99999", places=2))
def test_any_volume_with_a_comma(d):
    words = f"{d.normalize():f}".replace(".", ",")
    assert parse_volume(f"{words} m") == (d.normalize(), "m")


@given(st.text(max_size=40))
def test_nothing_typed_breaks_the_parsers(string):
    rupiah = parse_rupiah(string)
    assert rupiah is None or rupiah > 0
    volume, _ = parse_volume(string)
    assert volume is None or volume > 0
    number = parse_decimal(string)
    assert number is None or isinstance(number, Decimal)
