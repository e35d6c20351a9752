"""Merging similar proposals: sums reconcile, sources stay, everything can be taken back before the draft."""

from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Sum

from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from rkp.models import BarisRkp, SumberBaris
from tests.conftest import JUDUL
from tests.halaman import flat
from usulan.merged import grow
from usulan.models import BukanDuplikat, ImporUsulan, ParentRelation, Usulan
from usulan.queries.similar import list_similar, reconcile
from usulan.services.impor import commit_impor, stage_impor
from usulan.services.merge import merge_usulan, split_usulan

RABAT = [
    [1, "Semaya", "Rabat jalan kuburan", "Dusun Mawar", 100, "m", 50_000_000, "DAK", ""],
    [2, "Semaya", "Rabat jalan kuburan", "Dusun Mawar", 40, "m", 20_000_000, "DAK", ""],
    [3, "Semaya", "Rabat jalan kuburan", "Dusun Mawar", 1, "paket", 5_000_000, "DAK", ""],
    [4, "Sikur", "Sumur bor", "Dusun Teratai", 1, "unit", 9_000_000, "DAK", ""],
]


@pytest.fixture
def prepared(acara, move_event, cast, make_workbook):
    """An event in preparation with three alike proposals and another one."""
    move_event(acara, Tahap.PERSIAPAN)
    path = make_workbook("rabat.xlsx", [JUDUL, *RABAT])
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    return acara


def nomor(acara, n):
    return Usulan.objects.get(musrenbang=acara, nomor=n)


def bersama(acara, n):
    """What a main proposal is with all that was merged into it."""
    everything = grow(Usulan.objects.filter(musrenbang=acara))
    return next(p for p in everything if p.usulan.nomor == n).isi()


def decide(client, acara, a, b, putusan, **others):
    content = {"satu": nomor(acara, a).pk, "dua": nomor(acara, b).pk, "putusan": putusan} | others
    return client.post(f"/m/{acara.slug}/usulan/serupa/putuskan/", content, follow=True)


def test_the_page_shows_pairs_and_the_empty_state(prepared, masuk):
    client = masuk("bu_pmd")
    words = client.get(f"/m/{prepared.slug}/usulan/serupa/").content.decode()
    assert "3 pasang menunggu keputusan" in words
    assert "karena pekerjaan sama:" in words
    assert "tempat sama:" in words
    for a, b in ((1, 2), (1, 3), (2, 3)):
        decide(client, prepared, a, b, "bukan")
    assert "Tidak ada usulan yang mirip" in client.get(f"/m/{prepared.slug}/usulan/serupa/").content.decode()


@pytest.mark.parametrize(("cara", "biaya", "volume"), [("bagian", 70_000_000, 140), ("sama", 50_000_000, 100)])
def test_a_merge_keeps_both_and_counts_as_was_said(cara, biaya, volume, prepared, masuk):
    decide(masuk("bu_pmd"), prepared, 1, 2, cara)
    utama, other = nomor(prepared, 1), nomor(prepared, 2)
    assert (other.induk, other.hubungan, other.biaya) == (utama, cara, 20_000_000)
    assert (bersama(prepared, 1).biaya, bersama(prepared, 1).volume) == (biaya, volume)
    assert JejakAudit.objects.get(aksi="usulan.digabung").objek_id == f"usulan:{other.pk}"


def test_the_chosen_one_leads(prepared, masuk):
    decide(masuk("bu_pmd"), prepared, 1, 2, "bagian", utama=nomor(prepared, 2).pk)
    assert nomor(prepared, 1).induk == nomor(prepared, 2)


def test_a_merged_one_brings_its_own_along_and_units_that_differ_leave_the_volume_open(prepared, masuk):
    client = masuk("bu_pmd")
    decide(client, prepared, 2, 3, "bagian")
    decide(client, prepared, 1, 2, "bagian")
    assert (bersama(prepared, 1).biaya, bersama(prepared, 1).volume) == (75_000_000, None)
    client.post(f"/m/{prepared.slug}/usulan/serupa/{nomor(prepared, 2).pk}/pisahkan/")
    assert (bersama(prepared, 1).biaya, bersama(prepared, 2).biaya) == (50_000_000, 25_000_000), "as before the merge"


def test_splitting_puts_it_back(prepared, masuk):
    client = masuk("bu_pmd")
    decide(client, prepared, 1, 2, "bagian")
    url = f"/m/{prepared.slug}/usulan/serupa/{nomor(prepared, 2).pk}/pisahkan/"
    client.post(url)
    assert (nomor(prepared, 2).induk, nomor(prepared, 2).hubungan) == (None, "")
    assert "tidak sedang digabung" in client.post(url, follow=True).content.decode()


def test_no_duplicate_is_remembered_once_and_can_be_looked_at_again(prepared, masuk):
    client = masuk("bu_pmd")
    for _ in range(2):
        decide(client, prepared, 2, 1, "bukan")
    tanda = BukanDuplikat.objects.get()
    assert len(list_similar(prepared)) == 2
    client.post(f"/m/{prepared.slug}/usulan/serupa/{tanda.pk}/periksa-lagi/")
    client.post(f"/m/{prepared.slug}/usulan/serupa/{tanda.pk}/periksa-lagi/")
    assert len(list_similar(prepared)) == 3


def test_a_second_click_and_a_stale_page_are_refused_in_words(prepared, masuk):
    client = masuk("bu_pmd")
    decide(client, prepared, 1, 2, "bagian")
    assert "sudah digabung" in decide(client, prepared, 1, 2, "bagian").content.decode()
    assert "dua usulan yang berbeda" in decide(client, prepared, 1, 1, "bagian").content.decode()
    assert "Pilih salah satu tombol" in decide(client, prepared, 3, 4, "lainnya").content.decode()


@pytest.mark.parametrize("aksi", ["putuskan", "1/pisahkan", "1/periksa-lagi"])
def test_only_the_team_decides_and_by_post(aksi, prepared, masuk):
    url = f"/m/{prepared.slug}/usulan/serupa/{aksi}/"
    assert masuk("bu_pmd").get(url).status_code == 405
    for nama, kode in (("pak_camat", 403), ("operator_desa", 403), ("orang_skpd", 403), ("orang_luar", 404)):
        assert masuk(nama).post(url).status_code == kode
        assert masuk(nama).get(f"/m/{prepared.slug}/usulan/serupa/").status_code == kode


def test_the_draft_takes_a_merge_as_one_row_with_all_its_sources(prepared, masuk, move_event, cast):
    from rkp.services.draft import build_draft

    client = masuk("bu_pmd")
    decide(client, prepared, 1, 2, "bagian")
    decide(client, prepared, 1, 3, "sama")
    build_draft(musrenbang=prepared, by=cast["bu_pmd"])
    baris = BarisRkp.objects.get(kegiatan="Rabat jalan kuburan")
    assert (baris.biaya, baris.volume, baris.satuan) == (70_000_000, 140, "m")
    assert set(baris.sumber.values_list("usulan__nomor", flat=True)) == {1, 2, 3}
    assert BarisRkp.objects.aggregate(n=Sum("biaya"))["n"] == reconcile(prepared)["dibawa"] == 79_000_000
    assert build_draft(musrenbang=prepared, by=cast["bu_pmd"]) == (0, 0)
    assert SumberBaris.objects.count() == 4
    for response in (
        client.post(f"/m/{prepared.slug}/usulan/serupa/{nomor(prepared, 2).pk}/pisahkan/", follow=True),
        decide(client, prepared, 1, 4, "bagian"),
    ):
        assert "sudah masuk draf RKP Kecamatan" in response.content.decode()
    call_command("check_musrenbang", prepared.slug)


def test_an_import_whose_proposal_leads_a_merge_is_not_undone(prepared, masuk, make_workbook, cast):
    path = make_workbook(
        "lain.xlsx", [JUDUL, [1, "Semaya", "Rabat jalan kuburan", "Dusun Mawar", 9, "m", 1_000_000, "DAK", ""]]
    )
    impor = stage_impor(musrenbang=prepared, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    client = masuk("bu_pmd")
    decide(client, prepared, 1, 5, "bagian")
    first = ImporUsulan.objects.get(nama_berkas="rabat.xlsx")
    response = client.post(f"/m/{prepared.slug}/usulan/impor/{first.pk}/batal/", follow=True)
    assert "menjadi usulan utama gabungan" in response.content.decode()
    assert Usulan.objects.count() == 5


def test_the_database_refuses_a_merge_without_its_kind(prepared):
    for change in (
        {"hubungan": "sama"},
        {"induk": nomor(prepared, 2)},
        {"induk": nomor(prepared, 1), "hubungan": "sama"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Usulan.objects.filter(pk=nomor(prepared, 1).pk).update(**change)


def test_whatever_is_merged_and_split_the_money_reconciles(prepared, cast):
    step = [(1, 2, "bagian"), (3, 1, "bagian"), None, (3, 2, "sama"), (4, 3, "bagian"), None]
    for one, _ in pairwise([*step, None]):
        if one is None:
            anak = Usulan.objects.exclude(induk=None).first()
            split_usulan(usulan=anak, by=cast["bu_pmd"])
        else:
            a, b, cara = one
            utama = nomor(prepared, a).induk or nomor(prepared, a)
            others = nomor(prepared, b)
            if others.induk is None and utama != others:
                merge_usulan(main=utama, other=others, hubungan=ParentRelation(cara), by=cast["bu_pmd"])
        carried = sum(p.isi().diketahui for p in grow(Usulan.objects.filter(musrenbang=prepared)))
        assert carried == reconcile(prepared)["dibawa"]


def test_a_proposal_shows_what_it_looks_like_with_the_sum_of_both(prepared, masuk):
    client = masuk("bu_pmd")
    page = f"/m/{prepared.slug}/usulan/{nomor(prepared, 2).pk}/"
    text = flat(client.get(page))
    assert "No. 1: Rabat jalan kuburan" in text
    assert "Gabung, biaya dijumlahkan: Rp70.000.000" in text
    assert "Sama, hitung sekali: Rp50.000.000" in text
    decide(client, prepared, 2, 1, "sama", utama=nomor(prepared, 1).pk)
    assert bersama(prepared, 1).biaya == 50_000_000
    assert "Mirip dengan" not in flat(client.get(page)), "it is merged"
    assert "Mirip dengan" not in flat(client.get(f"/m/{prepared.slug}/usulan/{nomor(prepared, 4).pk}/"))
    assert "Mirip dengan" not in flat(masuk("pak_camat").get(f"/m/{prepared.slug}/usulan/{nomor(prepared, 3).pk}/"))
