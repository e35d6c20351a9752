"""The guide of training mode: twelve steps a role, told from the record, in one query, and only in training."""

import pytest
from django.urls import resolve

from alur.guide.queries import GUIDE, read_guide
from musrenbang.akses import get_akses
from musrenbang.models import Musrenbang
from musrenbang.rules import may
from musrenbang.states import Peran, Tahap
from tests.conftest import PERAN_KE_ORANG
from tests.halaman import flat

ROLES = [str(r) for r in GUIDE]


@pytest.fixture(autouse=True)
def _training(settings):
    settings.MODE_LATIHAN = True


def guide_of(acara, cast, role):
    user = cast[PERAN_KE_ORANG[role]]
    event = Musrenbang.objects.with_place().get(pk=acara.pk)
    return read_guide(musrenbang=event, akses=get_akses(user, event), user=user)


def numbers(guide, state):
    return [s.number for s in guide.steps if s.state == state]


@pytest.mark.parametrize("role", ROLES)
def test_twelve_steps_on_pages_that_the_role_may_open(role, acara):
    steps = GUIDE[role]
    assert len(steps) == len({str(s.title) for s in steps}) == 12
    for step in steps:
        view = resolve(step.page(acara)).func
        assert role == Peran.BAPPEDA or may(view.izin, {role}), step.title
        assert str(step.why).endswith("."), step.title


@pytest.mark.parametrize("role", ROLES)
def test_one_query_and_nothing_done_before_anything_was(role, acara, cast, django_assert_num_queries):
    user = cast[PERAN_KE_ORANG[role]]
    akses = get_akses(user, acara)
    with django_assert_num_queries(1):
        guide = read_guide(musrenbang=acara, akses=akses, user=user)
    begun = {Peran.CAMAT: [1], Peran.DESA: [1], Peran.BAPPEDA: [1]}  # the date that the fixture gave
    assert numbers(guide, "sudah") == begun.get(Peran(role), [])
    assert numbers(guide, "lewat") == []


def test_a_step_is_done_when_the_record_says_so_and_the_next_one_stands_first(acara, move_event, cast):
    from musrenbang.persiapan.services.tim import fill_tim

    assert guide_of(acara, cast, Peran.SEKCAM).current is None
    assert guide_of(acara, cast, Peran.SEKCAM).upcoming.number == 1
    move_event(acara, Tahap.PERSIAPAN)
    assert guide_of(acara, cast, Peran.SEKCAM).current.number == 1
    fill_tim(musrenbang=acara, by=cast["bu_pmd"])  # whoever does it, it is done
    guide = guide_of(acara, cast, Peran.SEKCAM)
    assert (guide.done, guide.current.number) == (1, 2)


def test_a_desa_is_told_of_its_own_alone(acara, usulan, cast):
    guide = guide_of(acara, cast, Peran.DESA)
    assert numbers(guide, "sudah") == [1, 2, 5]
    assert numbers(guide_of(acara, cast, Peran.SEKCAM), "sudah") == [5]
    own = [u for u in usulan if u.desa.nama == "Sikur"]
    type(own[0]).objects.filter(pk=own[0].pk).update(biaya=None)
    assert numbers(guide_of(acara, cast, Peran.DESA), "sudah") == [1, 2]
    type(own[0]).objects.filter(desa=own[0].desa).update(desa=next(u.desa for u in usulan if u.desa != own[0].desa))
    assert numbers(guide_of(acara, cast, Peran.DESA), "sudah") == [1]


def test_later_steps_come_from_the_record_and_missed_ones_are_called_so(acara, issued_event, cast):
    sekcam, camat = guide_of(acara, cast, Peran.SEKCAM), guide_of(acara, cast, Peran.CAMAT)
    assert {5, 6, 7, 8, 10, 11, 12} <= set(numbers(sekcam, "sudah"))
    assert numbers(sekcam, "lewat") == [s for s in (1, 2, 3, 4, 9) if s not in numbers(sekcam, "sudah")]
    assert 9 in numbers(camat, "sudah")
    assert 10 not in numbers(camat, "sudah"), "nobody has signed"


def test_the_page_asks_nothing_while_it_is_folded(acara, masuk, django_assert_num_queries, settings):
    client = masuk("pak_sekcam")
    client.get("/sandi/")
    settings.MODE_LATIHAN = False
    with django_assert_num_queries(5):
        without = client.get("/sandi/").content.decode()
    settings.MODE_LATIHAN = True
    with django_assert_num_queries(5):
        folded = client.get("/sandi/").content.decode()
    assert "data-pandu" in folded
    assert "data-pandu" not in without
    assert "pandu.js" not in without
    assert "<details open" not in folded


def test_fragment_and_page_say_the_same_and_count_few_queries(acara, move_event, masuk, django_assert_num_queries):
    move_event(acara, Tahap.PERSIAPAN)
    client = masuk("pak_sekcam")
    client.get("/latihan/")
    with django_assert_num_queries(5):
        fragment = flat(client.get(f"/m/{acara.slug}/latihan/", headers={"HX-Request": "true"}))
    page = flat(client.get("/latihan/", follow=True))
    for html in (fragment, page):
        assert "<b>0 dari 12 langkah</b>" in html
        assert "<b>1. Susun tim pelaksana.</b>" in html
        assert f'href="/m/{acara.slug}/tim/">Buka halamannya' in html
    assert "<html" not in fragment
    assert page.count("<h1") == 1


def test_who_has_no_guide_or_no_event_is_told_so_and_a_stranger_learns_nothing(acara, masuk):
    assert "Masuklah dengan salah satu akun itu" in flat(masuk("bu_pmd").get("/latihan/", follow=True))
    stranger = masuk("orang_luar")
    assert "Masuklah dengan salah satu akun itu" in flat(stranger.get("/latihan/"))
    assert stranger.get(f"/m/{acara.slug}/latihan/").status_code == 404


def test_outside_training_there_is_no_guide(acara, masuk, settings):
    settings.MODE_LATIHAN = False
    for address in ("/latihan/", f"/m/{acara.slug}/latihan/"):
        assert masuk("pak_sekcam").get(address).status_code == 404
