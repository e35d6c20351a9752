"""Who settles equal scores is typed in words, and read by the codes of older schemes too."""

from rkp.prioritas.forms.rules import ItemField
from rkp.prioritas.rules import ATURAN, faults


def test_a_chain_for_equal_scores_is_typed_in_words():
    field = ItemField(ATURAN["pemecah_seri"])
    assert field.prepare_value(["C1", "biaya_terkecil", "putusan"]) == "C1, biaya terkecil, putusan sidang"
    assert field.clean("C1, Biaya terkecil, suara, putusan sidang") == ["C1", "biaya_terkecil", "suara", "putusan"]


def test_an_unknown_part_of_it_is_answered_with_those_that_there_are():
    rules = {k: item.bawaan for k, item in ATURAN.items()} | {"pemecah_seri": ["undian"]}
    assert "“undian” tidak dikenal. Pakai kode kriteria, biaya terkecil" in " ".join(faults(rules, ["C1"]))
