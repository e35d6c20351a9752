"""Chair, notulis and members of all groups on one page: once, whole, and never over somebody else's change."""

import pytest

from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import AnggotaKelompok, Kelompok, StatusKelompok
from rkp.queries.kelompok import members_digest, seating_digest
from rkp.services.kelompok import empty_kelompok, remove_kelompok, save_kelompok, set_members
from tests.conftest import record_attendance


@pytest.fixture
def room(acara, kelompok, cast):
    """Two more people present, both groups led and written for; the page is open."""
    acara.refresh_from_db()
    people = [record_attendance(acara, cast["bu_pmd"], nama) for nama in ("Ani", "Budi")]
    return [h.kelompok for h in kelompok.semua], people


def sent(acara, groups, **change):
    """What the page sends: the seats as they are, and what is changed."""
    content = {"sidik": seating_digest(acara)}
    for a in AnggotaKelompok.objects.filter(kelompok__in=groups):
        content[f"di_{a.kehadiran_id}"] = a.kelompok_id
        if a.peran != "anggota":
            content[f"{a.peran}_{a.kelompok_id}"] = a.kehadiran_id
    return content | change


def seats_of(group):
    return dict(Kelompok.objects.get(pk=group.pk).anggota.values_list("kehadiran__nama", "peran"))


def test_all_groups_are_seated_at_once_and_a_second_click_changes_nothing(acara, room, masuk):
    (one, two, *rest), (first, second) = room
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/rkp/kelompok/susunan/"
    page = client.get(url).content.decode()
    assert page.count("<select") == 2 * len([one, two, *rest]) + acara.kehadiran.count()
    content = sent(acara, [one, two, *rest]) | {f"ketua_{one.pk}": first.pk, f"di_{second.pk}": two.pk}
    before = JejakAudit.objects.filter(aksi="kelompok.anggota").count()
    assert "Susunan 2 kelompok disimpan." in client.post(url, content, follow=True).content.decode()
    assert seats_of(one)["Ani"] == "ketua"
    assert list(seats_of(one).values()).count("ketua") == 1
    assert seats_of(one)[f"Ketua {one.nama}"] == "anggota", "who led before stays where he sits"
    assert seats_of(two)["Budi"] == "anggota"
    assert JejakAudit.objects.filter(aksi="kelompok.anggota").count() == before + 2
    assert "Susunannya tidak berubah." in client.post(url, content, follow=True).content.decode()


def test_a_stale_page_one_person_twice_and_a_late_stage_store_nothing(acara, room, masuk, move_event):
    (one, two, *rest), (first, second) = room
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/rkp/kelompok/susunan/"
    stale = sent(acara, [one, two, *rest]) | {f"ketua_{one.pk}": first.pk}
    for wrong in (
        {f"ketua_{one.pk}": first.pk, f"notulis_{one.pk}": first.pk},
        {f"ketua_{one.pk}": first.pk, f"di_{first.pk}": two.pk},
    ):
        answer = client.post(url, sent(acara, [one, two, *rest]) | wrong)
        assert answer.status_code == 422
        assert "sudah di kelompok lain, atau memegang dua peran" in answer.content.decode()
    AnggotaKelompok.objects.create(kelompok=two, kehadiran=second, peran="anggota")
    answer = client.post(url, stale)
    assert (answer.status_code, "baru saja diubah orang lain" in answer.content.decode()) == (422, True)
    page = answer.content.decode()
    assert f'value="{first.pk}" selected' in page, "what was chosen is still there"
    assert "Ani" not in seats_of(one)
    assert f"Tersimpan sekarang: {two.nama}." in page, "and beside it what somebody else stored"
    assert seating_digest(acara) in page, "so it can be sent again"
    content = sent(acara, [one, two, *rest]) | {f"ketua_{one.pk}": first.pk}
    move_event(acara, Tahap.PRIORITAS)
    client.post(url, content)
    assert "Ani" not in seats_of(one)


def test_a_group_that_has_signed_keeps_its_people_its_name_and_itself(acara, room, masuk, cast):
    (one, two, *rest), (first, second) = room
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/rkp/kelompok/susunan/"
    Kelompok.objects.filter(pk=one.pk).update(status=StatusKelompok.SELESAI)
    before = seats_of(one)
    answer = client.post(url, sent(acara, [one, two, *rest]) | {f"ketua_{one.pk}": first.pk, f"di_{second.pk}": two.pk})
    assert (answer.status_code, f"Hasil {one.nama} sudah dikunci" in answer.content.decode()) == (422, True)
    assert (seats_of(one), "Budi" in seats_of(two)) == (before, False), "nothing is stored by half"
    client.post(url, sent(acara, [one, two, *rest]) | {f"di_{second.pk}": two.pk})
    assert "Budi" in seats_of(two), "the others may still be seated"
    signed, by = Kelompok.objects.get(pk=one.pk), cast["bu_pmd"]
    seats = {"anggota": [], "ketua": None, "notulis": None, "sidik": members_digest(signed)}
    own = {k: getattr(signed, k) for k in ("bidang", "tempat", "pemandu", "catatan")}
    for refused in (
        lambda: set_members(kelompok=signed, by=by, **seats),
        lambda: save_kelompok(
            musrenbang=acara, kelompok=signed, by=by, versi=signed.versi, operator=[], nama="Lain", **own
        ),
        lambda: remove_kelompok(kelompok=signed, by=by),
        lambda: empty_kelompok(kelompok=signed, by=by, alasan="Salah kelompok."),
    ):
        with pytest.raises(Refused, match="sudah dikunci"):
            refused()
    assert (seats_of(one), Kelompok.objects.get(pk=one.pk).nama) == (before, one.nama)
