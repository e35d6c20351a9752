"""How views are made: one way into the pages of an event, one for a form and its service, small forms."""

import re
from datetime import date

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage  # noqa: TID251 -- what views say is tested
from django.http import HttpResponseRedirect, QueryDict  # noqa: TID251 -- so is how they answer
from django.urls import URLPattern, URLResolver, get_resolver

from alur.tab import TAB
from musrenbang.forms.small import DayField, DigestForm, SeenForm, TicksField, WordsField, numbered
from musrenbang.rules import IZIN
from musrenbang.tabel import BadTabel
from musrenbang.templatetags.musrenbang import control
from musrenbang.transisi import Refused
from musrenbang.views.submit import read, sent, submit
from tests.test_arsitektur import ROOT


def _event_views(resolver, under=False, space=""):
    for p in resolver.url_patterns:
        inside = under or "slug" in p.pattern.converters
        if isinstance(p, URLResolver):
            yield from _event_views(p, inside, space + (f"{p.namespace}:" if p.namespace else ""))
        elif isinstance(p, URLPattern) and inside:
            yield space + p.name, p.callback


def test_every_page_of_an_event_is_opened_by_one_decorator():
    views = dict(_event_views(get_resolver()))
    named = {name: view.izin for name, view in views.items() if hasattr(view, "izin")}
    assert len(named) > 150
    assert set(named.values()) <= set(IZIN)
    assert (
        sorted(name for name, view in views.items() if name not in named and getattr(view, "login_required", True))
        == []
    )


@pytest.mark.parametrize("method, status", [("put", 405), ("post", 405)])
def test_a_page_takes_no_other_method(acara, masuk, method, status):
    assert getattr(masuk("pak_sekcam"), method)(f"/m/{acara.slug}/jejak/").status_code == status


VIEWS = [
    p
    for app in ("musrenbang", "usulan", "rkp", "delegasi", "tindak_lanjut", "berita_acara", "alur")
    for p in sorted((ROOT / app).rglob("*.py"))
    if p.name == "views.py" or "views" in p.relative_to(ROOT).parts
]


def _found(pattern):
    return [(str(p.relative_to(ROOT)), hit) for p in VIEWS for hit in re.findall(pattern, p.read_text())]


def test_views_leave_reading_and_judging_to_forms_and_akses():
    """What stays raw: a field whose name the page makes up, a form sent again as it is, the way back."""
    assert len(VIEWS) > 80
    assert _found(r"PermissionDenied|get_musrenbang_for\(") == [("musrenbang/views/page.py", "get_musrenbang_for(")]
    assert {p for p, _ in _found(r"request\.POST(?:\.get|\.getlist|\[)")} == {
        "musrenbang/views/return_to.py",
        "musrenbang/views/confirm.py",
        "usulan/views/corrections.py",
    }


class NoteForm(forms.Form):
    alasan = forms.CharField(min_length=3)


@pytest.fixture
def post(rf):
    def make(**data):
        request = rf.post("/", data)
        request._messages = CookieStorage(request)
        return request

    return make


def _submit(request, service):
    form = NoteForm(sent(request))
    return form, submit(request, form, service, say=lambda n: f"{n} dicatat.", to=HttpResponseRedirect("/beres/"))


def test_a_form_is_stored_said_and_left(post):
    request, stored = post(alasan="hujan"), []
    form, done = _submit(request, lambda **data: stored.append(data) or 7)
    assert (stored, done.url, [str(m) for m in request._messages]) == ([{"alasan": "hujan"}], "/beres/", ["7 dicatat."])
    assert form.errors == {}


@pytest.mark.parametrize(
    "refusal, sentences",
    [(Refused("Sudah disahkan."), ["Sudah disahkan."]), (BadTabel([f"Baris {n}." for n in range(30)]), 20)],
)
def test_a_refusal_stands_in_the_form_with_what_was_typed(post, refusal, sentences):
    def service(**data):
        raise refusal

    request = post(alasan="hujan")
    form, done = _submit(request, service)
    assert done is None
    assert list(form.non_field_errors()) == sentences or len(form.non_field_errors()) == sentences
    assert 'value="hujan"' in str(form)
    assert list(request._messages) == []


def test_nothing_is_stored_while_a_form_is_shown_or_wrong(post, rf):
    def service(**data):
        raise AssertionError

    assert _submit(post(alasan="x"), service)[1] is None
    form, done = _submit(rf.get("/"), service)
    assert (done, form.errors) == (None, {})


def test_what_service_code_breaks_is_no_refusal(post):
    with pytest.raises(ZeroDivisionError):
        _submit(post(alasan="hujan"), lambda **data: 1 / 0)


class SmallForm(DigestForm, SeenForm):
    baris = TicksField(empty="Belum ada yang dicentang.")
    tanggal = DayField(required=False, wrong="Tanggal itu tidak ada.")
    isi = WordsField("Catatan", 5)


@pytest.mark.parametrize(
    "data, sentence",
    [
        ("baris=&sidik=a", "Belum ada yang dicentang."),
        ("baris=x&baris=-1&baris=99999999999999999999", "Belum ada yang dicentang."),
        ("baris=1&tanggal=2026-02-30", "Februari 2026 tidak punya tanggal 30."),
        ("baris=1&tanggal=besok", "Tanggal itu tidak ada."),
        ("baris=1&isi=lebih+panjang", "Catatan paling panjang 5 huruf, isian Anda 13. Ringkas dahulu; belum ada"),
        ("baris=1&sidik=%00", "ull"),
    ],
)
def test_a_small_form_refuses_in_its_own_words(data, sentence):
    with pytest.raises(Refused, match=re.escape(sentence)):
        read(SmallForm(QueryDict(data)))
    with pytest.raises(Refused, match="Centang dahulu"):
        read(SmallForm(QueryDict("")), "Centang dahulu.")


def test_a_small_form_reads_what_pages_send():
    data = read(SmallForm(QueryDict("baris=3&baris=1&baris=x&versi=abc&tanggal=2026-02-23&sidik=+ab+")))
    assert data == {"baris": [3, 1], "versi": 0, "tanggal": date(2026, 2, 23), "sidik": "ab", "isi": ""}
    assert numbered({"tempat-4": "2", "tempat-x": "1", "tempat-5": "dua", "lain-6": "3"}, "tempat-") == {4: 2}


@pytest.mark.parametrize(
    "nama, kind", [("alasan", "form-control"), ("pilih", "form-select"), ("setuju", "form-check-input")]
)
def test_a_control_is_drawn_by_its_kind_and_marked_when_wrong(nama, kind):
    class Three(NoteForm):
        pilih = forms.ChoiceField(choices=[("", ""), ("a", "A")])
        setuju = forms.BooleanField()

    assert f'class="{kind}"' in control(Three()[nama])
    assert f'class="{kind} is-invalid"' in control(Three({})[nama])


@pytest.mark.parametrize(
    "field",
    [
        forms.CharField(help_text="<x1>25 KK"),
        forms.BooleanField(help_text="<x1>25 KK"),
        forms.FileField(help_text="<x1>25 KK"),
        forms.MultipleChoiceField(help_text="<x1>25 KK", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple),
    ],
    ids=lambda field: type(field).__name__,
)
def test_help_that_quotes_what_people_typed_becomes_no_markup(field):
    """The help of a group's score quotes the target that a desa wrote in its spreadsheet."""
    form = type("Quoting", (forms.Form,), {"isi": field})({})
    html = as_crispy_form(form)
    assert "<x1>" not in html
    assert "&lt;x1&gt;25 KK" in html


def test_every_picture_of_a_page_is_in_its_file():
    """An icon that is not there is drawn as nothing: no error, a hole in the page."""
    file = set(re.findall(r'<symbol[^>]* id="([^"]+)"', (ROOT / "static/vendor/ikon/ikon.svg").read_text()))
    pages = "".join(p.read_text() for p in (ROOT / "templates").rglob("*.html"))
    drawn = set(re.findall(r'{% ikon "([^"]+)"', pages)) | {tab.ikon for tab in TAB}
    assert len(drawn) > 40
    assert drawn - file == set()
