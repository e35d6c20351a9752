"""The words that no page, message, script or guide may show: one word for one thing, and none of developers."""

import re

import pytest

from tests.words.said import everything

FORBIDDEN = {
    r"\bsaring(?:an|annya)\b|\bdisaring\b": "filter",
    r"\bperamban\b|\bpapan tik\b": "browser, papan ketik",
    r"\bdibiarkan\b": "tidak diubah",
    r"\bdiakomodir\b": "diakomodasi",
    r"\btandatangani\b": "tanda tangani",
    r"\bhari-h\b": "hari sidang",
    r"\bpatut dilihat\b": "perlu dicermati",
    r"\bpratinjau\b": "hasil baca",
    r"\bimpor du-rkp\b|\bdiimpor\b|\bmengimpor\b": "unggah",
    r"\bdibekukan\b": "dikunci",
    r"\bpapan (?:kabupaten|kecamatan|acara)\b": "ringkasan",
    r"\bbutir agenda\b": "mata acara",
    r"\busulan kelompok\b": "usul keputusan kelompok",
    r"\bmenjadi delegat\b|\bdelegat dan\b": "anggota delegasi",
    r"\binduk gabungan\b": "usulan utama gabungan",
    r"\brupiah bulat\b": "rupiah tanpa sen",
    r"\bkode masuk\b": "verifikasi dua langkah",
    r"\bterhalang\b": "belum memenuhi syarat",
    r"\bequal shares\b|\(KEC-\d|\(MPD-\d": "a name, or nothing",
    r"sekurang-kurangnya 5 huruf": "dalam satu kalimat",
    r"\bRp[ \u00a0](?:\d|…)": "Rp150.000, without a space",
    r"mengosongkan media|memori mesin ini": "hubungi admin",
}
"""Pattern -> what is said instead."""
ALLOWED = (
    r"alur/aula/names\.py",  # names of columns, in one text
    r"alur/demo/workbooks\.py",  # what untidy tables of villages look like
    r"rkp/prioritas/engine/funding\.py",  # computed as 1.0.0 did, rewritten where it is read
    r"usulan/impor/baris\.py",  # what the import takes for nothing
    r"musrenbang/models/acara\.py",  # the name of a column that nobody is shown
)


OPERATORS = (r"[\w/]+/management/", r"musrenbang/infra/", r"musrenbang/settings/", r"alur/aula/load\.py", r"periksa/")
"""What is read at a terminal: the commands and what keeps them from running."""
CODES = {
    r"\b(?:KEC|MPD|P2S)-\d": (),
    r"→": (
        r"docs/panduan/",  # the way through menus
        r"templates/berita_acara/sign\.html",  # the same
        r"templates/sidang/kamera\.html",  # the menus of a phone
    ),
    r"manage\.py|\bmake [a-z]+\b": (
        *OPERATORS,
        r"templates/berita_acara/_pyz\.html",  # for who does not trust this server and builds the checker
    ),
    r"\bJSON\b|\.json\b|\.pb\b": (
        *OPERATORS,
        r"docs/panduan/bappeda\.md",  # open data, by the name of its form
        r"tindak_lanjut/views/|templates/tindak_lanjut/(?:publik|durkp)\.html",  # the same
        r"rkp/prioritas/engine/",  # what the command is given
        r"rkp/prioritas/views/downloads\.py",  # names of files
        r"berita_acara/services/paket\.py",  # the same
    ),
    r"\b[a-z]+_[a-z_]+\b": (
        *OPERATORS,
        r"\w+/.*\.py",  # names of columns and of files stand in sentences for developers
    ),
    r"\b[A-Z]{3,}_[A-Z_]+\b": (*OPERATORS, r"musrenbang/triggers\.py"),
}
"""Pattern of a code, an arrow or a command -> where it may stand, with the reason."""


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_nobody_is_shown_a_word_that_was_given_up(pattern):
    found = [
        f"{where}: {text[:120]}"
        for where, text in everything()
        if re.search(pattern, text, re.I) and not any(re.match(a, where) for a in ALLOWED)
    ]
    assert not found, f"say “{FORBIDDEN[pattern]}”\n" + "\n".join(found)


@pytest.mark.parametrize("pattern", CODES)
def test_nobody_is_shown_a_code_an_arrow_or_a_command(pattern):
    allowed = "|".join(CODES[pattern]) or r"(?!)"
    found = [f"{w}: {t[:120]}" for w, t in everything() if re.search(pattern, t) and not re.match(allowed, w)]
    assert not found, "\n".join(found)


def test_the_words_are_found_where_they_stand():
    where = [place for place, _ in everything()]
    assert len(where) > 8000
    for folder in ("templates/", "static/js/", "docs/panduan/", "rkp/", "usulan/"):
        assert any(place.startswith(folder) for place in where), folder
