"""Screens beside the hall's: rooms of groups, screens that follow, codes that end."""

import pytest
from django.core.cache import cache
from django.test import Client

from musrenbang.sidang.models import Layar
from musrenbang.sidang.services.layar import LAYAR_MAKS, add_layar, open_layar, remove_layar, show_panel
from musrenbang.transisi import Refused
from rkp.models import Kelompok


@pytest.fixture
def room_kelompok(acara, draft_event):
    """A group with the rows of one bidang."""
    bidang = draft_event.baris.exclude(bidang=None).first().bidang
    return Kelompok.objects.create(musrenbang=acara, bidang=bidang, nama="Kelompok Jalan")


def shown(layar):
    cache.clear()
    return Client().get(f"/layar/{layar.kode}/isi/").content.decode()


def test_every_group_gets_its_room_and_a_second_click_changes_nothing(acara, room_kelompok, masuk):
    client, url = masuk("pemandu"), f"/m/{acara.slug}/layar/kelompok/"
    for _ in range(2):
        assert client.post(url).headers["Location"] == f"/m/{acara.slug}/hari-h/"
    room = Layar.objects.get(nama="Kelompok Jalan")
    assert (room.panel, room.acuan, room.ikut) == ("ruang", room_kelompok.pk, False)
    text = shown(room)
    assert "<h1>Kelompok Jalan</h1>" in text
    assert "belum dibahas" in text
    show_panel(musrenbang=acara, panel="delegasi")
    assert "<h1>Kelompok Jalan</h1>" in shown(room)  # it keeps what it was set to
    page = client.get(f"/m/{acara.slug}/hari-h/").content.decode()
    assert room.kode in page
    assert f'value="ruang:{room_kelompok.pk}" selected' in page
    room_kelompok.delete()
    assert "sudah dihapus" in shown(room)


def test_a_screen_follows_the_hall_until_it_is_set(acara, draft_event, masuk):
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/layar/"
    client.post(f"{url}baru/", {"nama": "  Samping   panggung ", "tujuan": "ikut"})
    one = Layar.objects.get(nama="Samping panggung")
    show_panel(musrenbang=acara, panel="delegasi")
    assert "Delegasi Kecamatan" in shown(one)
    client.post(f"{url}{one.pk}/", {"tujuan": "kehadiran", "aksi": "atur"})
    assert "Yang hadir" in shown(one)
    assert "Delegasi Kecamatan" in shown(open_layar(musrenbang=acara))
    client.post(f"{url}{one.pk}/", {"tujuan": "ikut", "aksi": "atur"})
    assert "Delegasi Kecamatan" in shown(one)
    client.post(f"{url}{one.pk}/", {"aksi": "hapus"})
    cache.clear()
    assert Client().get(f"/layar/{one.kode}/isi/").status_code == 404
    assert client.post(f"{url}{one.pk}/", {"aksi": "hapus"}).status_code == 404


def test_refusals(acara, masuk):
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/layar/"
    for path, data, words in (
        ("baru/", {"nama": "  "}, "Beri nama layarnya"),
        ("baru/", {"nama": "Satu", "tujuan": "televisi"}, "Panel layar itu tidak ada"),
        ("kelompok/", {}, "Kelompok belum dibentuk"),
    ):
        assert words in client.post(url + path, data, follow=True).content.decode()
    assert not Layar.objects.exclude(nama="").exists()
    with pytest.raises(Refused, match="Layar utama"):
        remove_layar(layar=open_layar(musrenbang=acara))
    for i in range(LAYAR_MAKS):
        add_layar(musrenbang=acara, nama=f"Layar {i}")
    assert add_layar(musrenbang=acara, nama="Layar 3").nama == "Layar 3"
    with pytest.raises(Refused, match="Sudah ada 12 layar"):
        add_layar(musrenbang=acara, nama="Satu lagi")


def test_who_may_not(acara, masuk):
    one = add_layar(musrenbang=acara, nama="Samping")
    url = f"/m/{acara.slug}/layar/"
    for nama, status in (("pak_camat", 403), ("orang_luar", 404)):
        for path in ("baru/", "kelompok/", f"{one.pk}/"):
            assert masuk(nama).post(url + path, {"nama": "X", "aksi": "hapus"}).status_code == status
    assert masuk("bu_pmd").get(f"{url}baru/").status_code == 405
    assert masuk("bu_pmd").post(f"{url}{open_layar(musrenbang=acara).pk}/", {"aksi": "hapus"}).status_code == 404
    assert Layar.objects.filter(pk=one.pk).exists()


def test_a_running_vote_is_in_sight_on_every_panel(acara, draft_event, masuk, monkeypatch):
    from musrenbang.sidang import panel

    vote = panel.RunningVote(7, "Pemungutan suara putaran 1, Padat karya", 12, 40, "/m/x/rkp/prioritas/")
    monkeypatch.setattr(panel.running_votes, "answer", lambda musrenbang: [vote])
    layar = open_layar(musrenbang=acara)
    for nama in ("agenda", "bidang"):
        show_panel(musrenbang=acara, panel=nama)
        text = " ".join(shown(layar).split())
        assert "Pemungutan suara putaran 1, Padat karya: <strong>12 dari 40</strong>" in text
    page = " ".join(masuk("bu_pmd").get(f"/m/{acara.slug}/hari-h/").content.decode().split())
    assert "<strong>12 dari 40</strong> sudah memilih" in page
