"""Huge and impossible numbers in the forms of the stages after the day (``tests/serangan/test_angka.py``)."""

import pytest

from tests.serangan.formulir import attack, tell


@pytest.mark.parametrize("orang", ["orang_skpd", "bu_pmd", "bu_bappeda"])
def test_after_the_letters(orang, dikirim, masuk):
    *hitung, jatuh = attack(masuk(orang), dikirim.slug, "dikirim")
    tell(orang, *hitung)
    assert jatuh == []
