"""Rows of the list of proposals are reused only while nothing that they show has changed."""

import re
from pathlib import Path

from musrenbang.sebutan import active, use
from usulan.views.rows import SHOWN, row_html


def test_the_key_of_a_row_holds_all_that_its_template_reads(settings):
    template = (Path(settings.BASE_DIR) / "templates/usulan/_row.html").read_text()
    assert set(re.findall(r"\bu\.(\w+)", template)) == set(SHOWN)


def test_a_changed_proposal_is_another_row(acara, usulan):
    one = acara.usulan.select_related("desa", "sumber_dana", "skpd", "impor", "induk", "program").first()
    asked = {"may_change": True, "may_change_many": True}
    html = row_html(one, acara.slug, **asked)
    assert row_html(one, acara.slug, **asked) is html
    one.kegiatan = "Jembatan gantung"
    assert "Jembatan gantung" in row_html(one, acara.slug, **asked)
    assert "Ubah" not in row_html(one, acara.slug, may_change=False, may_change_many=False)
    with use(active()):
        assert "Jembatan gantung" in row_html(one, acara.slug, **asked)
