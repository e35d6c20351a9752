"""One language: a name is English unless it is a noun of the glossary."""

import pytest

from tests.words.names import (
    HERE,
    NEVER,
    ROOT,
    Name,
    documents,
    english,
    glossary,
    names_of,
    outside,
    pending,
    read,
    unknown,
    words_of,
)


def _wrong(source: str) -> set[str]:
    return {name.text for name in read(source) if unknown(name)}


def test_names_are_english_or_nouns_of_the_glossary():
    found = outside()
    new = sorted({(n.text, n.place) for n in found if n.text not in pending()})
    assert new == [], "put it into English, or give the noun its meaning in docs/kata.md"


def test_no_name_waits_that_is_mended():
    assert sorted(pending() - {n.text for n in outside()}) == []


@pytest.mark.parametrize("word", sorted(NEVER))
def test_verbs_and_plumbing_fail_as_functions_and_locals(word):
    assert _wrong(f"def {word}(): pass") == {word}
    assert _wrong(f"def build():\n    {word} = 1") == {word}
    assert _wrong(f"def build_{word}(): pass") == {f"build_{word}"}


def test_a_name_of_each_kind_is_read():
    source = (
        "class Hitungan:\n    def rakit(self, keluaran):\n        sudah = [berulang for berulang in keluaran]\n"
        "        try: return lambda tebakan: sudah\n        except ValueError as celaka: pass\n"
    )
    assert _wrong(source) == {"Hitungan", "rakit", "keluaran", "sudah", "berulang", "tebakan", "celaka"}


def test_what_is_repeated_as_text_keeps_its_name():
    assert _wrong("def decide(alasan_kode, isi): nama = alasan_kode") == set()
    assert _wrong("@register.filter\ndef ribuan(nilai): pass") == set()
    assert len(documents()) > 15
    assert unknown(Name("daftar_hadir", "function", "")) == []
    assert unknown(Name("daftar_hadir", "local", "")) == ["daftar", "hadir"]


def test_the_lists_are_sorted_apart_and_in_use():
    for file in ("english.txt", "pending.txt"):
        lines = (HERE / file).read_text().split("\n")[:-1]
        assert lines == sorted(set(lines)), file
    assert 60 <= len(glossary()) <= 140
    assert english() & (glossary() | NEVER) == set()
    used = {w for n in names_of(ROOT) for w in words_of(n.text)}
    assert sorted(english() - used) == []
