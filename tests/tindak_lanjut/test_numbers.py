"""Huge and impossible numbers in the forms of the stages after the day (``tests/attack/test_numbers.py``)."""

import pytest

from tests.attack.forms import attack, tell


@pytest.mark.parametrize("person", ["orang_skpd", "bu_pmd", "bu_bappeda"])
def test_after_the_letters(person, sent_event, masuk):
    *compute, fallen = attack(masuk(person), sent_event.slug, "dikirim")
    tell(person, *compute)
    assert fallen == []
