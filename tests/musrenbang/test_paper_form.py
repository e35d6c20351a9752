"""What a kabupaten sets of the form of its papers: its own legal basis, and codes of letters."""

import pytest
from django.urls import reverse

from berita_acara.services.issue import issue_dokumen
from musrenbang.models import JejakAcuan, Kabupaten
from musrenbang.naskah import PERUNTUKAN, classification, legal_basis
from musrenbang.persiapan.cetakan import sk_tim
from musrenbang.persiapan.services.tim import fill_tim, save_decree
from tests.halaman import flat

PERBUP = "Peraturan Bupati Lombok Timur Nomor 12 Tahun 2025 tentang Musrenbang"
ISI = {"mengingat": f"{PERBUP};\n\n", "kode_perencanaan": "400.1", "kode_keputusan": "100.3.3.2"}


def test_what_the_kabupaten_sets_comes_after_the_general_rules_and_before_the_general_codes():
    general = legal_basis(2026, {})
    assert legal_basis(2026, {"mengingat": f"{PERBUP};\n{general[0]}\n"}) == [*general, PERBUP], "none stands twice"
    assert classification("050", 2026, {"kode_perencanaan": "400.1"}) == "400.1"
    assert classification("005", 2026, {"kode_perencanaan": "400.1"}) == "000.7.1.4"


def test_bappeda_sets_them_with_a_trail_and_the_next_papers_follow(acara, masuk, kabupaten, cast):
    client, alamat = masuk("bu_bappeda"), reverse("reference_paper_form")
    form = client.get(alamat).context["form"]
    assert set(form.fields) == {"dibaca", "mengingat", *PERUNTUKAN}
    lama = issue_dokumen(musrenbang=acara, jenis="pengumuman", by=cast["pak_sekcam"])
    response = client.post(alamat, ISI | {"dibaca": form["dibaca"].value()}, follow=True)
    assert "Bentuk naskah disimpan." in flat(response)
    jejak = JejakAcuan.objects.get(kabupaten=kabupaten, aksi="naskah.diubah")
    assert jejak.rincian["kode_perencanaan"] == ["", "400.1"]
    acara.refresh_from_db()
    acara.kecamatan.kabupaten.refresh_from_db()
    fill_tim(musrenbang=acara, by=cast["bu_pmd"])
    nilai = {"nomor": "", "tanggal": acara.tanggal, "pembekalan_tanggal": None, "pembekalan_tempat": ""}
    decree = save_decree(musrenbang=acara, by=cast["bu_pmd"], versi=1, **nilai, pembekalan_catatan="")
    assert decree.nomor.startswith("100.3.3.2/001/SK-MRB/")
    assert sk_tim(acara)["mengingat"][-1] == PERBUP
    acara.tempat = "Aula lain"
    acara.save()
    baru = issue_dokumen(musrenbang=acara, jenis="pengumuman", by=cast["pak_sekcam"])
    assert (lama.nomor[:8], baru.nomor[:10]) == ("000.7.2/", "400.1/002/"), "what was issued keeps its number"


def test_a_stale_form_loses_nothing(masuk, kabupaten):
    client, alamat = masuk("bu_bappeda"), reverse("reference_paper_form")
    dibaca = client.get(alamat).context["form"]["dibaca"].value()
    Kabupaten.objects.filter(pk=kabupaten.pk).update(naskah={"kode_undangan": "500"})
    response = client.post(alamat, ISI | {"dibaca": dibaca})
    assert response.status_code == 422
    assert "sudah diubah orang lain" in flat(response)
    assert 'value="400.1"' in flat(response)
    assert Kabupaten.objects.get(pk=kabupaten.pk).naskah == {"kode_undangan": "500"}
    client.post(alamat, ISI | {"dibaca": response.context["form"].data["dibaca"]})
    assert Kabupaten.objects.get(pk=kabupaten.pk).naskah["kode_perencanaan"] == "400.1"


@pytest.mark.parametrize("kode", ["{urut}", "400 1", "../x", "1" * 21])
def test_a_code_is_digits_and_full_stops(kode, masuk, kabupaten):
    response = masuk("bu_bappeda").post(reverse("reference_paper_form"), {"kode_perencanaan": kode})
    assert response.status_code == 422
    assert Kabupaten.objects.get(pk=kabupaten.pk).naskah == {}


def test_only_bappeda_changes_them(acara, masuk):
    kode = [masuk(o).get(reverse("reference_paper_form")).status_code for o in ("pak_camat", "operator_desa")]
    assert kode == [403, 403]
