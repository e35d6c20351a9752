"""Days, hours and sums are typed as people write them, in every form by the same fields."""

import importlib
import pkgutil
import re
from datetime import date, time

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from musrenbang.acuan.forms import row_form
from musrenbang.acuan.tables import TABEL
from musrenbang.format import rupiah
from musrenbang.forms.numbers import RupiahField
from musrenbang.forms.small import DayField
from musrenbang.forms.typed import DayInput, SumInput, TypedDayField, TypedHourField
from musrenbang.reading import parse_rupiah, read_date, read_time
from tests.test_arsitektur import ROOT

OURS = ("musrenbang", "usulan", "rkp", "delegasi", "tindak_lanjut", "berita_acara", "alur")


def _forms():
    """Return every form class of the house."""
    for name in OURS:
        for module in pkgutil.walk_packages([str(ROOT / name.replace(".", "/"))], f"{name}."):
            if ".forms" in module.name and ".migrations" not in module.name:
                importlib.import_module(module.name)
    found, open_ones = set(), [forms.BaseForm]
    while open_ones:
        children = open_ones.pop().__subclasses__()
        found.update(c for c in children if c.__module__.split(".")[0] in OURS)
        open_ones += children
    return found


def _money():
    """Return the names of the columns that hold rupiah."""
    return {
        f.name
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS
        for f in model._meta.fields
        if "(Rp)" in str(f.verbose_name)
    }


def _foreign(base_fields, money):
    """Yield the fields of a form that take a day, an hour or a sum in another way than ours."""
    for name, field in base_fields.items():
        if isinstance(field, forms.DateField | forms.DateTimeField) and not isinstance(field, TypedDayField):
            yield name
        if isinstance(field, forms.TimeField | forms.SplitDateTimeField) and not isinstance(field, TypedHourField):
            yield name
        is_sum = name in money or "(Rp)" in str(field.label)
        if is_sum and isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
            yield name


def test_every_form_takes_days_hours_and_sums_by_our_fields():
    money, found = _money(), _forms()
    assert len(found) > 80
    assert {"biaya", "anggaran", "harga_min"} <= money
    assert [(f.__qualname__, n) for f in found for n in _foreign(f.base_fields, money)] == []


@pytest.mark.django_db
def test_the_forms_of_reference_tables_do_too(kecamatan):
    sums = []
    for table in TABEL.values():
        fields = row_form(table, kecamatan.kabupaten).base_fields
        assert list(_foreign(fields, _money())) == []
        sums += [n for n, f in fields.items() if isinstance(f, RupiahField)]
    assert sums == ["harga_min", "harga_maks"]


def test_no_template_has_such_a_field_of_its_own():
    money = "|".join(sorted(_money()))
    own = re.compile(rf'<input(?=[^>]*\btype="(?:date|time|datetime-local)")|<input(?=[^>]*\bname="(?:{money})")')
    pages = (ROOT / "templates").rglob("*.html")
    found = {p.name for p in pages if re.search(own, re.sub(r"<input[^>]*type=.hidden.[^>]*>", "", p.read_text()))}
    assert found == set()


TODAY = 2026


@pytest.mark.parametrize(
    "text",
    [
        "9 Februari 2026",
        "9 februari 2026",
        " Senin,  9 Feb 2026 ",
        "9/2/2026",
        "09-02-26",
        "9.2.2026",
        "9,2,2026",
        "9 feb",
        "9/2",
        "9 Pebruari 26",
        "2026-02-09",
    ],
)
def test_a_day_is_read_however_it_is_written(text):
    assert read_date(text, TODAY) == date(2026, 2, 9)


@pytest.mark.parametrize("text", ["9", "9 xyz 2026", "9/13/2026", "besok", "9 2 202", "besok 31 Februari 2026"])
def test_what_cannot_be_told_is_no_day(text):
    assert read_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 feb", "Februari 2026 tidak punya tanggal 31"),
        ("Senin, 32/1/2026", "Januari 2026 tidak punya tanggal 32"),
        ("9 Februari 1026", "Tahun 1026 di luar 1900 sampai 2100"),
        ("1/1/0026", "Tahun 26 di luar"),
    ],
)
def test_what_no_calendar_has_is_told_in_the_form_and_beside_it(text, why):
    field = TypedDayField(year=TODAY)
    with pytest.raises(ValidationError, match=why):
        field.clean(text)
    assert why in field.widget.render("hari", text)


def test_another_weekday_is_told():
    with pytest.raises(ValidationError, match="9 Februari 2026 jatuh pada hari Senin, bukan Selasa"):
        TypedDayField().clean("Selasa, 9 Februari 2026")
    assert read_date("Jum'at 13 Februari 2026", TODAY) == date(2026, 2, 13)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_what_we_write_is_read_back(day):
    field = TypedDayField(year=TODAY)
    assert field.clean(field.widget.format_value(day)) == day == read_date(f"{day:%d/%m/%Y}", TODAY)


@pytest.mark.parametrize("text", ["08.30", "8:30", "8.30 WIB", "0830", "830", "pukul 08,30", "08:30:00"])
def test_an_hour_is_read_however_it_is_written(text):
    assert read_time(text) == TypedHourField().clean(text) == time(8, 30)


@pytest.mark.parametrize("text", ["24.00", "8.75", "delapan", "8.3"])
def test_what_no_clock_shows_is_no_hour(text):
    with pytest.raises(ValidationError, match="belum terbaca"):
        TypedHourField().clean(text)


SUMS = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "Rp ", "Rp.", "IDR ", "± ", "sekitar "]),
        st.one_of(st.integers(0, 10**13), st.integers(0, 10**12).map(lambda n: f"{n:,}".replace(",", "."))),
        st.sampled_from(["", ",5", ".25", ",00", ",-", ".000"]),
        st.sampled_from(["", " jt", "juta", " M", " rb", " rupiah", " miliar", "x"]),
    ),
)


@given(SUMS)
def test_a_form_reads_a_sum_as_the_import_does(text):
    """What the form takes is what the import reads; it refuses what the import leaves open, and a few rupiah in parts."""
    text = text.strip()
    try:
        typed = RupiahField(required=False).clean(text)
    except ValidationError:
        read = parse_rupiah(text) if len(text) <= 40 else None
        assert read is None or read < 1000
    else:
        assert typed == parse_rupiah(text)


@pytest.mark.parametrize(
    "text, amount",
    [("200 jt", 200_000_000), ("1,5 M", 1_500_000_000), ("Rp 150.000.000,-", 150_000_000), ("150000000", 150_000_000)],
)
def test_a_sum_is_read_however_it_is_written(text, amount):
    assert RupiahField().clean(text) == amount


def test_nothing_beside_a_field_contradicts_what_is_said_about_it():
    with pytest.raises(ValidationError, match=r"“1\.5” tanpa satuan"):
        RupiahField().clean("1.5")
    assert "Rp" not in RupiahField().widget.render("biaya", "1.5")
    assert rupiah(1500) in RupiahField().widget.render("biaya", "1500")


@pytest.mark.parametrize("text", ["1,5", "-5", "10 s.d. 20 jt", "banyak", "9" * 41, "10.000.000.000.000.000"])
def test_what_is_no_sum_is_asked_about(text):
    with pytest.raises(ValidationError, match=r"belum terbaca|tanpa satuan"):
        RupiahField().clean(text)


def test_what_is_understood_stands_beside_the_field():
    assert '<output class="terbaca" for="x">Senin</output>' in DayInput().render("t", date(2026, 2, 9), {"id": "x"})
    assert ">Senin, 9 Februari 2026</output>" in DayInput().render("t", "9/2/26", {})
    assert ">Rp200.000.000</output>" in SumInput().render("b", "200 jt", {})
    assert 'value="200 jt"' in SumInput().render("b", "200 jt", {}), "the text stays as it was typed"
    assert "></output>" in SumInput().render("b", 200_000_000, {})


def test_a_day_of_a_small_form_keeps_its_sentence():
    with pytest.raises(ValidationError, match="Isi sampai kapan"):
        DayField(wrong="Isi sampai kapan.").clean("kapan-kapan")
