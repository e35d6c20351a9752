"""Huge and impossible numbers, dates, hours and words in every field of every form that a role sees: an answer in words, never a crash."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from delegasi.forms import parse_alasan, parse_hitungan
from rkp.prioritas.forms.sel import parse_kertas, parse_sel
from tests.serangan.formulir import attack, attack_forms, forms_of, tell
from tests.test_arsitektur import ROOT, SUMBER


@pytest.mark.parametrize("orang", ["pak_sekcam", "bu_bappeda", "operator_desa"])
def test_after_the_ranking(orang, siap_terbit, masuk):
    *hitung, jatuh = attack(masuk(orang), siap_terbit.slug, "sesudah")
    tell(orang, *hitung)
    assert jatuh == []


def test_in_the_plenary(acara, draf, peringkat, masuk):
    type(acara).objects.filter(pk=acara.pk).update(tahap="pleno")
    *hitung, jatuh = attack(masuk("pak_sekcam"), acara.slug, "pleno")
    tell("pleno", *hitung)
    assert jatuh == []
    assert hitung[2] > 100


def test_at_the_admins_pages(siap_terbit, terbit, masuk):
    """Every form of ``/admin/``: adding, changing the first row, and what can be asked of a list."""
    client = masuk("admin")
    alamat = [reverse("admin:index")]
    for model in admin.site._registry:
        nama = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        alamat += [reverse(f"{nama}_changelist"), reverse(f"{nama}_add")]
        if satu := model._base_manager.first():
            alamat += [reverse(f"{nama}_change", args=[satu.pk]), reverse(f"{nama}_delete", args=[satu.pk])]
    halaman = [(u, client.get(u)) for u in alamat]
    semua = [f for u, jawab in halaman if jawab.status_code == 200 for f in forms_of(u, jawab.content)]
    *hitung, jatuh = attack_forms(client, [f for f in semua if f.nama and f.nama != "logout"], "admin")
    tell("admin", *hitung)
    client.raise_request_exception = False
    for u, jawab in halaman:
        for tanya in (
            "?o=9e9",
            "?p=NaN",
            "?p=" + "9" * 5000,
            "?id=²",
            "?_to_field=x",
            "?e=1&q=%00",
            "?id__exact=" + "9" * 30,
        ):
            if jawab.status_code == 200 and (kode := client.get(u + tanya).status_code) >= 500:
                jatuh.append((u, tanya, kode))
        if (
            u.endswith("/change/")
            and (kode := client.get(re.sub(r"/[^/]+/change/", "/²/change/", u)).status_code) >= 500
        ):
            jatuh.append((u, "²", kode))
    assert jatuh == []
    assert hitung[0] > 20


@pytest.mark.parametrize("kunci", ["²", "٣", "9" * 5000, "-1", "", "1e4", "x"])
def test_numbers_in_the_names_of_fields(kunci):
    """Tables of many cells have keys in the names of their fields; what is no key is left out, and nothing breaks."""
    data = {f"{awal}-{kunci}{ekor}": "5" for awal in "nlspu" for ekor in ("", "-biaya")}
    assert [k for k, _ in parse_sel(data)[0] if not 0 <= k < 10**18] == []
    assert parse_kertas(data)[1] in ({}, {int(kunci): 5} if re.fullmatch("[0-9]{1,18}", kunci) else {})
    assert parse_alasan(data) == {}
    assert parse_hitungan(data)[0].suara == {}
    for nilai in (kunci, "²", "9" * 5000):
        for baca in (parse_sel, parse_kertas, parse_hitungan):
            baca({"n-1-biaya": nilai, "s-1": nilai, "p-1": nilai, "edar": nilai, "pemilih": nilai})


def test_nobody_asks_isdigit_before_int():
    """ "²".isdigit() is true and int("²") fails: ``forms.angka.whole`` is what reads a number of a request."""
    penulis = [p for p in SUMBER if p.parent.name in {"forms", "views"} or p.name in {"forms.py", "middleware.py"}]
    assert len(penulis) > 40
    assert [
        str(p.relative_to(ROOT)) for p in penulis if re.search(r"\.is(digit|numeric|decimal)\(", p.read_text())
    ] == []
