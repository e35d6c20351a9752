"""Works of the draft that look alike: the partner is suggested with the sum of both, and merged where it is seen."""

import pytest

from alur.periksa import broken_invariants
from musrenbang.models import Musrenbang
from musrenbang.states import Tahap
from rkp.models import BarisRkp, Keputusan, StatusKelompok
from rkp.queries.similar import list_similar_rows, similar_rows
from tests.halaman import flat
from usulan.models import BukanDuplikat, Usulan

ALIKE = {"kegiatan": "Rabat jalan kuburan", "lokasi": "Dusun Mawar"}
BOTH, ONE = "Rp225.000.000", "Rp105.000.000"


@pytest.fixture
def alike(acara, draft_event):
    """Rows 1 and 2 of the draft are of one desa and sound alike."""
    draft_event.baris.filter(nomor__in=(1, 2)).update(**ALIKE)
    return draft_event


def at(acara, tahap):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=tahap)


def row(rkp, nomor):
    return BarisRkp.objects.select_related("rkp__musrenbang").get(rkp=rkp, nomor=nomor)


def merge(client, acara, rkp, begin=2, to=1, **more):
    baris = row(rkp, begin)
    content = {"versi": baris.versi, "nomor": to, "hubungan": "bagian", "alasan": "Mirip: pekerjaan sama"} | more
    return client.post(f"/m/{acara.slug}/rkp/baris/{baris.pk}/gabung/", content, follow=True)


@pytest.mark.parametrize("tahap", [Tahap.PERSIAPAN, Tahap.PEMAPARAN, Tahap.PLENO])
def test_the_partner_is_suggested_with_the_sum_and_merged_in_every_stage_before_the_plan(tahap, alike, acara, masuk):
    at(acara, tahap)
    client = masuk("pak_sekcam")
    for page in (f"/m/{acara.slug}/rkp/mirip/", f"/m/{acara.slug}/rkp/baris/{row(alike, 2).pk}/"):
        text = flat(client.get(page).content.decode())
        assert f"Gabung, biaya dijumlahkan: {BOTH}" in text
        assert f"Sama, hitung sekali: {ONE}" in text
    text = flat(merge(client, acara, alike).content.decode())
    assert "No. 2 digabung ke no. 1" in text
    assert (row(alike, 1).biaya, row(alike, 2).keputusan) == (225_000_000, Keputusan.DIGABUNG)
    assert list_similar_rows(acara) == []
    assert list(broken_invariants(acara)) == []


def test_the_preview_is_what_the_merge_counts(alike, acara, masuk):
    partner = similar_rows(row(alike, 2))[0]
    assert (partner.baris.nomor, partner.bagian, partner.sama) == (1, 225_000_000, 105_000_000)
    merge(masuk("pak_sekcam"), acara, alike, hubungan="sama")
    assert row(alike, 1).biaya == partner.sama


def test_once_the_plan_is_fixed_the_page_says_so(alike, acara, masuk):
    at(acara, Tahap.PRIORITAS)
    client = masuk("pak_sekcam")
    assert "RKP sudah ditetapkan" in flat(client.get(f"/m/{acara.slug}/rkp/mirip/").content.decode())
    assert "tidak dapat diubah" in flat(merge(client, acara, alike).content.decode())
    assert row(alike, 2).keputusan == Keputusan.BELUM_DIBAHAS


def test_a_pair_found_to_be_two_works_is_not_suggested_again(alike, acara, cast):
    one, two = (Usulan.objects.get(sumber_baris__baris=row(alike, n)) for n in (1, 2))
    BukanDuplikat.objects.create(satu=one, dua=two, oleh=cast["pak_sekcam"])
    assert (list_similar_rows(acara), similar_rows(row(alike, 2))) == ([], [])


def test_in_the_groups_the_group_merges_and_the_pages_say_so(kelompok, acara, draft_event, masuk):
    first = kelompok.baris
    other = draft_event.baris.exclude(pk=first.pk).filter(desa=first.desa).first()
    draft_event.baris.filter(pk__in=(first.pk, other.pk)).update(**ALIKE, bidang=first.bidang)
    client = masuk("pak_sekcam")
    group = kelompok.utama.kelompok
    page = f"/m/{acara.slug}/rkp/kelompok/{group.pk}/baris/{other.pk}/"
    text = client.get(f"/m/{acara.slug}/rkp/mirip/").content.decode()
    assert f"Gabungkan di {group.nama}" in flat(text)
    assert f'href="{page}#gabung"' in text
    assert f"{group.nama}</a>." in client.get(f"/m/{acara.slug}/rkp/baris/{other.pk}/").content.decode()
    assert "Gabung, biaya dijumlahkan" in client.get(page).content.decode()
    group.__class__.objects.filter(pk=group.pk).update(status=StatusKelompok.SELESAI)
    assert "Digabung di pleno" in flat(client.get(f"/m/{acara.slug}/rkp/mirip/").content.decode())


@pytest.mark.parametrize("name, status", [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_wrong_people(name, status, alike, acara, masuk):
    client = masuk(name)
    assert client.get(f"/m/{acara.slug}/rkp/mirip/").status_code == status
    assert merge(client, acara, alike).status_code == status


def test_a_second_press_and_a_stale_page_change_nothing(alike, acara, masuk):
    client, seen = masuk("pak_sekcam"), row(alike, 2).versi
    merge(client, acara, alike)
    text = flat(merge(client, acara, alike, versi=seen).content.decode())
    assert "sudah mengubah" in text
    assert row(alike, 1).biaya == 225_000_000


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_the_pairs(n, alike, acara, masuk, django_assert_num_queries):
    if n == 3:
        alike.baris.filter(nomor__lte=6).update(**ALIKE, desa=row(alike, 1).desa)
    client = masuk("pak_sekcam")
    with django_assert_num_queries(11):
        client.get(f"/m/{acara.slug}/rkp/mirip/")
