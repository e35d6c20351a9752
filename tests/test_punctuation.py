"""Where the formatter of the templates breaks lines, a reader sees no space before a comma."""

import re

import pytest
from django.conf import settings
from django.template import loader

from musrenbang.infra.templates import close_up


@pytest.mark.parametrize(
    "content, finished",
    [
        (
            "{{ a }}{% endif %}\n      {% if b %}, tanggal{% endif %}",
            "{{ a }}{% endif %}{% if b %}, tanggal{% endif %}",
        ),
        ("<b>x</b>\n  {% if b %}.{% endif %}", "<b>x</b>{% if b %}.{% endif %}"),
        ("satu\n  {% if b %}dua{% endif %}", "satu\n  {% if b %}dua{% endif %}"),
        ("satu\n  {% if b %}.dua{% endif %}", "satu\n  {% if b %}.dua{% endif %}"),
    ],
)
def test_punctuation_closes_up(content, finished):
    assert close_up(content) == finished


def test_every_template_is_read_through_it():
    dibaca = [p for p in (settings.BASE_DIR / "templates").rglob("*.html") if close_up(p.read_text()) != p.read_text()]
    assert dibaca, "the formatter breaks no line before punctuation any more: musrenbang/infra/templates.py may go"
    for p in dibaca:
        nama = str(p.relative_to(settings.BASE_DIR / "templates"))
        assert not re.search(r"\n\s*\{% if [^%]*%\}[,.;:][\s{<]", loader.get_template(nama).template.source), nama


def test_the_signature_of_a_paper_has_no_space_before_its_comma():
    head_of = {"kecamatan": "Sikur", "camat": {"jabatan": "Camat Sikur", "selaku": "", "nama": "H. Rusli"}}
    text = re.sub(r"<[^>]+>", "", loader.render_to_string("pdf/_penanda.html", {"kepala": head_of}))
    assert "Camat Sikur," in re.sub(r"\s+", " ", text)
