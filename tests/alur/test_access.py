"""The statement on access: one table, all criteria, the same in the document and on the page, nothing hidden."""

import re

from alur.access import CRITERIA, WORDS, Criterion, statement
from docs.make_accessibility import render
from tests.conftest import settings
from tests.halaman import flat

ROOT = settings.BASE_DIR


def test_every_criterion_stands_once_with_its_evidence():
    numbers = [c.number for c in statement().criteria]
    assert len(set(numbers)) == len(numbers) == CRITERIA
    assert numbers == sorted(numbers, key=lambda n: [int(x) for x in n.split(".")])
    assert [c.level for c in statement().criteria].count("A") == 31
    assert [c.number for c in statement().criteria if not c.evidence] == []
    assert [c.number for c in statement().failed if not c.remark] == []
    assert [c.number for c in statement().failed + statement().unknown if not c.where] == []


def test_evidence_that_is_a_test_exists():
    named = {f for c in statement().criteria for e in c.evidence for f in re.findall(r"tests/[\w/]+\.py", e)}
    assert len(named) >= 4
    assert [f for f in sorted(named) if not (ROOT / f).exists()] == []


def test_one_kind_that_fails_or_was_not_looked_at_is_not_hidden_by_the_others():
    def result(letters):
        return Criterion("9.9.9", "", "A", tuple(letters), (), "").result

    assert result("LLGLB") == WORDS["G"]
    assert result("LLLTB") == WORDS["B"]
    assert result("TLTTT") == WORDS["L"]
    assert result("TTTTT") == WORDS["T"]


def test_the_document_is_the_table():
    assert (ROOT / "docs/aksesibilitas.md").read_text() == render(), "run: python -m docs.make_accessibility"


def test_everybody_may_read_the_page_and_every_page_leads_there(client, acara):
    assert 'href="/aksesibilitas/"' in client.get("/masuk/").content.decode()
    html = flat(client.get("/aksesibilitas/"))
    for word, n in statement().counts:
        assert f"<span>{word.capitalize()}</span><b>{n}</b>" in html
    for c in statement().criteria:
        assert f"{c.number} {c.name}" in html
    for c in statement().failed:
        assert f"({c.number}): {c.where}. {c.remark}" in html


def luminance(colour):
    """Relative luminance of WCAG 2.2 of "#444" or "#777777"."""
    digits = "".join(c * 2 for c in colour) if len(colour) == 3 else colour
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_text_and_lines_of_papers_stand_out_from_every_ground():
    """1.4.3 and 1.4.11 on paper: 4.5 for text, 3 for lines, against white and each tint of the stylesheet."""
    css = (ROOT / "static/css/cetak.css").read_text() + (ROOT / "templates/pdf/bingkai.html").read_text()
    grounds = {"fff", *re.findall(r"background(?:-color)?: #([0-9a-f]{3,6})\b", css)}
    text = set(re.findall(r"(?<![-\w])color: #([0-9a-f]{3,6})\b", css))
    lines = set(re.findall(r"border[a-z-]*: [^;]*#([0-9a-f]{3,6})\b", css))
    assert len(text) >= 3
    assert len(lines) >= 3
    assert min(contrast(t, g) for t in text for g in grounds) >= 4.5
    assert min(contrast(line, g) for line in lines for g in grounds) >= 3
