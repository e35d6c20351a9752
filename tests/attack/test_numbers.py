"""Huge and impossible numbers, dates, hours and words in every field of every form that a role sees: an answer in words, never a crash."""

import re

import pytest
from django.contrib import admin
from django.urls import resolve, reverse
from lxml import html

from delegasi.forms import parse_alasan, parse_count
from rkp.prioritas.forms.cells import parse_cells, parse_paper
from tests.attack.forms import attack, attack_forms, forms_of, tell
from tests.test_arsitektur import ROOT, SUMBER


@pytest.mark.parametrize("person", ["pak_sekcam", "bu_bappeda", "operator_desa"])
def test_after_the_ranking(person, ready_to_issue, masuk):
    *compute, fallen = attack(masuk(person), ready_to_issue.slug, "sesudah")
    tell(person, *compute)
    assert fallen == []


def test_in_the_plenary(acara, draft_event, peringkat, masuk):
    type(acara).objects.filter(pk=acara.pk).update(tahap="pleno")
    *compute, fallen = attack(masuk("pak_sekcam"), acara.slug, "pleno")
    tell("pleno", *compute)
    assert fallen == []
    assert compute[2] > 100


QUESTIONS = (
    "?o=9e9",
    "?p=NaN",
    "?p=" + "9" * 5000,
    "?e=1&q=%00",
    "?id__exact=" + "9" * 30,
    "?id=²",
    "?_to_field=x",
)
"""What is asked of a list; pages of one row read no more than the last two: what a new row begins with, and how it is named."""


def test_at_the_admins_pages(ready_to_issue, issued_event, masuk):
    """Every form of ``/admin/``: adding, changing the first row, and what can be asked of a list."""
    client = masuk("admin")
    alamat = [reverse("admin:index")]
    for model in admin.site._registry:
        nama = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        alamat += [reverse(f"{nama}_changelist"), reverse(f"{nama}_add")]
        if one := model._base_manager.first():
            alamat += [reverse(f"{nama}_change", args=[one.pk]), reverse(f"{nama}_delete", args=[one.pk])]
    halaman = [(u, client.get(u)) for u in alamat]
    everything = [
        f
        for u, response in halaman
        if response.status_code == 200
        for f in forms_of(u, html.fromstring(response.content))
    ]
    *compute, fallen = attack_forms(client, [f for f in everything if f.nama and f.nama != "logout"], "admin")
    tell("admin", *compute)
    client.raise_request_exception = False
    for u, response in halaman:
        for question in QUESTIONS if resolve(u).url_name.endswith("_changelist") else QUESTIONS[-2:]:
            if response.status_code == 200 and (kode := client.get(u + question).status_code) >= 500:
                fallen.append((u, question, kode))
        if (
            u.endswith("/change/")
            and (kode := client.get(re.sub(r"/[^/]+/change/", "/²/change/", u)).status_code) >= 500
        ):
            fallen.append((u, "²", kode))
    assert fallen == []
    assert compute[0] > 20


@pytest.mark.parametrize("kunci", ["²", "٣", "9" * 5000, "-1", "", "1e4", "x"])
def test_numbers_in_the_names_of_fields(kunci):
    """Tables of many cells have keys in the names of their fields; what is no key is left out, and nothing breaks."""
    data = {f"{start}-{kunci}{tail}": "5" for start in "nlspu" for tail in ("", "-biaya")}
    assert [k for k, _ in parse_cells(data)[0] if not 0 <= k < 10**18] == []
    assert parse_paper(data)[1] in ({}, {int(kunci): 5} if re.fullmatch("[0-9]{1,18}", kunci) else {})
    assert parse_alasan(data) == {}
    assert parse_count(data)[0].suara == {}
    for nilai in (kunci, "²", "9" * 5000):
        for read in (parse_cells, parse_paper, parse_count):
            read({"n-1-biaya": nilai, "s-1": nilai, "p-1": nilai, "edar": nilai, "pemilih": nilai})


def test_nobody_asks_isdigit_before_int():
    """ "²".isdigit() is true and int("²") fails: ``forms.numbers.whole`` is what reads a number of a request."""
    writers = [p for p in SUMBER if p.parent.name in {"forms", "views"} or p.name in {"forms.py", "middleware.py"}]
    assert len(writers) > 40
    assert [
        str(p.relative_to(ROOT)) for p in writers if re.search(r"\.is(digit|numeric|decimal)\(", p.read_text())
    ] == []
