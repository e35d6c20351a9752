"""A save that comes too late says who was first, and when; a message that asks for it has a button to load again."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from musrenbang import audit
from musrenbang.models import JejakAudit
from usulan.models import Usulan
from usulan.services.usulan import update_usulan


@pytest.mark.django_db
def test_a_late_save_names_who_was_first_and_when(draft_event, cast):
    one = Usulan.objects.first()
    update_usulan(usulan=one, versi=one.versi, by=cast["bu_pmd"], manfaat="Air sampai ke hilir.")
    one.refresh_from_db()
    jejak = JejakAudit.objects.filter(aksi="usulan.diubah").latest("pk")
    clock = jejak.waktu.astimezone(jejak.musrenbang.kecamatan.kabupaten.tz)
    sentence = audit.stale(one, "usulan ini", "usulan.diubah", now="“Talud”")
    assert sentence.startswith(f"{cast['bu_pmd']} sudah mengubah usulan ini pada {clock.day} ")
    assert f" pukul {clock:%H.%M}: sekarang “Talud”. Isian Anda belum disimpan dan masih ada" in sentence
    for unknown in (audit.stale(one, "usulan ini"), audit.stale(one, "usulan ini", "usulan.ditarik")):
        assert unknown == f"Orang lain sudah mengubah usulan ini. {audit.KEPT}"


def test_a_message_that_asks_for_it_has_a_button():
    show = "_fragments/_muat_ulang.html"
    assert ">Muat ulang</a>" in render_to_string(show, {"kalimat": f"Ini berubah. {audit.RELOAD}"})
    assert render_to_string(show, {"kalimat": "Usulan tersimpan."}).strip() == ""
    refused = render_to_string("_fragments/_ditolak.html", {"pesan": f"Ini berubah. {audit.RELOAD}"})
    assert ">Muat ulang</a>" in refused, "a part of a page that is refused stands in a page as well"


def test_a_page_that_asks_for_it_has_a_button():
    asking = {
        p.relative_to(settings.BASE_DIR).as_posix(): text
        for p in (settings.BASE_DIR / "templates").rglob("*.html")
        if "muat ulang" in (text := p.read_text()).lower()
    }
    assert len(asking) >= 4
    assert [name for name, text in asking.items() if ">Muat ulang</a>" not in text and "_muat_ulang" not in text] == []
