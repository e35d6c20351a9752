"""Sources of money are called as their place calls them; lists may write them either way."""

import pytest

from musrenbang.models import SumberDana
from musrenbang.sebutan import BAKU, fund, place_words, use
from rkp.prioritas.rules_words import plain_reason, rule_change
from tests.some import some
from usulan.queries.acuan import acuan_for

TEMPAT = {"kota": "32.73", "gampong": "11.08", "distrik": "91.03", "nagari": "13.07", "kabupaten": "52.03"}


@pytest.mark.parametrize(
    "place, budget, village, own",
    [
        ("kabupaten", "APBD Kabupaten", "Dana Desa", "Alokasi Dana Desa"),
        ("kota", "APBD Kota", "Dana Desa", "Alokasi Dana Desa"),
        ("gampong", "APBD Kabupaten", "Dana Gampong", "Alokasi Dana Gampong"),
        ("distrik", "APBD Kabupaten", "Dana Kampung", "Alokasi Dana Kampung"),
        ("nagari", "APBD Kabupaten", "Dana Nagari", "Alokasi Dana Nagari"),
    ],
)
def test_a_source_is_called_as_the_place_calls_it(place, budget, village, own):
    with use(place_words(TEMPAT[place], 2026)):
        assert [fund(n) for n in ("APBD Kabupaten", "Dana Desa", "Alokasi Dana Desa")] == [budget, village, own]
        assert fund("Dana Desa Afirmasi") == "Dana Desa Afirmasi", "what a kabupaten added stays as it wrote it"
        reason = "Sumber dananya Dana Desa; program ini membayar APBD Kabupaten."
        assert plain_reason(reason) == f"Sumber dananya {village}; program ini membayar {budget}."
        assert rule_change("sumber_dibayar", "[]", "['APBD Kabupaten']")["menjadi"] == budget


def test_a_list_may_write_the_word_of_the_place_or_the_general_one(acara):
    """A name, its word here and every spelling lead to the same source, in a kota as in a gampong."""
    for kode in some(TEMPAT.values()):
        with use(place_words(kode, 2026)):
            acuan = acuan_for(acara)
            for source in some(list(SumberDana.objects.all())):
                assert {acuan.find_source(text) for text in source.spellings} == {source.pk}


def test_the_record_knows_a_source_by_one_name():
    with use(BAKU):
        assert str(SumberDana(nama="APBD Kabupaten")) == "APBD Kabupaten"


def test_what_only_some_places_have_is_there(acara):
    names = set(SumberDana.objects.values_list("nama", flat=True))
    assert {"Dana Otsus", "Dana Kelurahan", "Dana Desa"} <= names
