"""The projector: code, panels, what is shown, and the page of the day."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from alur.panel import PANEL
from musrenbang.sidang.models import Layar
from musrenbang.sidang.services.layar import open_layar
from musrenbang.states import Tahap
from tests.conftest import record_attendance
from tests.halaman import flat
from tests.some import some


@pytest.fixture
def layar(acara):
    """The projector of the event."""
    cache.clear()
    return open_layar(musrenbang=acara)


def display(client, acara, panel, acuan=""):
    cache.clear()
    return client.post(f"/m/{acara.slug}/layar/", {"panel": panel, "acuan": acuan}, follow=True)


def isi(layar, **head_of):
    return Client().get(f"/layar/{layar.kode}/isi/", **head_of)


def test_the_code_opens_it_without_a_sign_in(acara, layar):
    guest = Client()
    assert guest.get("/layar/").status_code == 200
    assert guest.get("/layar/", {"kode": f" {layar.kode.lower()} "}).headers["Location"] == f"/layar/{layar.kode}/"
    assert "tidak dikenal" in guest.get("/layar/", {"kode": "ZZZZZZ"}).content.decode()
    assert "Sikur" in guest.get(f"/layar/{layar.kode}/").content.decode()
    for alamat in ("/layar/ZZZZZZ/", "/layar/ZZZZZZ/isi/"):
        assert guest.get(alamat).status_code == 404
    assert guest.post(f"/layar/{layar.kode}/isi/").status_code == 405


def test_one_projector_per_event(acara, layar):
    assert open_layar(musrenbang=acara) == layar
    assert Layar.objects.count() == 1


@pytest.mark.parametrize("panel", list(PANEL))
def test_every_panel_has_something_to_show_before_anything_is_there(panel, acara, layar, masuk):
    display(masuk("pemandu"), acara, panel)
    response = isi(layar)
    assert (response.status_code, response.content.decode().count("<h1>")) == (200, 1)


@pytest.mark.parametrize(
    ("panel", "kata"),
    [
        ("bidang", "Infrastruktur"),
        ("prioritas", "Pengerasan jalan usaha tani"),
        ("delegasi", "Ahmad Bkad"),
        ("berita_acara", "5 kegiatan prioritas"),
        ("kehadiran", "Perangkat kecamatan"),
    ],
)
def test_every_panel_at_the_end_of_the_day(panel, kata, ready_to_issue, masuk):
    layar = open_layar(musrenbang=ready_to_issue)
    display(masuk("pemandu"), ready_to_issue, panel)
    assert kata in isi(layar).content.decode()


def test_a_work_is_shown_with_what_changed(acara, decided_event, layar, masuk):
    baris = decided_event.baris.get(nomor=6)
    display(masuk("pemandu"), acara, "usulan", baris.pk)
    text = flat(isi(layar))
    assert '<span class="lama">8 m</span>' in text
    assert '<span class="baru">6 m</span>' in text
    assert "Lebar kali 6 meter." in text
    assert "Desa Montong Baan Selatan no. 6" in text
    display(masuk("pemandu"), acara, "usulan", 99999)
    assert "Belum ada kegiatan yang dipilih" in isi(layar).content.decode()


def test_an_unchanged_screen_costs_no_text(acara, layar, masuk):
    response = isi(layar)
    etag = response.headers["ETag"]
    same = isi(layar, HTTP_IF_NONE_MATCH=etag)
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert int(same.headers["X-Waktu"]) > 10**12
    display(masuk("pemandu"), acara, "delegasi")
    assert isi(layar, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_screens_share_one_rendering(acara, layar, django_assert_num_queries):
    projector = Client()
    projector.get(f"/layar/{layar.kode}/")  # it has the code, and is asked nothing more
    projector.get(f"/layar/{layar.kode}/isi/")
    with django_assert_num_queries(0):
        for _ in range(20):
            assert projector.get(f"/layar/{layar.kode}/isi/").status_code == 200


def test_an_unknown_panel_and_wrong_people(acara, layar, masuk):
    assert "tidak ada" in display(masuk("pemandu"), acara, "televisi").content.decode()
    for nama, status in (("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)):
        assert display(masuk(nama), acara, "delegasi").status_code == status
    assert Layar.objects.get().panel == "agenda"


def test_the_button_returns_to_where_it_was_and_nowhere_else(acara, layar, masuk):
    client, url = masuk("pemandu"), f"/m/{acara.slug}/layar/"
    asal = f"http://testserver/m/{acara.slug}/rkp/"
    assert client.post(url, {"panel": "bidang"}, HTTP_REFERER=asal).headers["Location"] == asal
    outside = client.post(url, {"panel": "bidang"}, HTTP_REFERER="https://jahat.example/")
    assert outside.headers["Location"] == f"/m/{acara.slug}/hari-h/"


def test_nobodys_phone_number_is_on_the_screen(ready_to_issue, masuk, cast):
    layar = open_layar(musrenbang=ready_to_issue)
    for panel in some(PANEL):
        display(masuk("pemandu"), ready_to_issue, panel)
        assert "0800" not in isi(layar).content.decode()


@pytest.mark.parametrize("tahap", [Tahap.SIAP, Tahap.PEMBUKAAN, Tahap.PLENO, Tahap.DELEGASI])
def test_the_page_of_the_day_says_what_is_next_and_what_blocks_it(tahap, acara, draft_event, move_event, masuk, cast):
    move_event(acara, tahap)
    text = masuk("pak_sekcam").get(f"/m/{acara.slug}/hari-h/").content.decode()
    step = {
        Tahap.SIAP: "Buka sidang",
        Tahap.PEMBUKAAN: "Belum ada peserta yang tercatat hadir.",
        Tahap.PLENO: "6 kegiatan belum diputuskan.",
        Tahap.DELEGASI: "Delegasi baru 0 dari 6 orang.",
    }
    assert step[tahap] in text
    assert Layar.objects.get().kode in text


def test_the_live_part_follows_the_other_desk(acara, draft_event, move_event, masuk, cast):
    move_event(acara, Tahap.PEMBUKAAN)
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/hari-h/kini/"
    assert "0 orang" in client.get(url).content.decode()
    record_attendance(acara, cast["pemandu"], "Baru Datang")
    assert "1 orang" in client.get(url).content.decode()


def test_the_remote_follows_what_another_operator_shows(acara, draft_event, move_event, masuk):
    """Each page says what its remote shows; it gets another remote only when the screen shows something else."""
    move_event(acara, Tahap.PEMBUKAAN)
    first, second, at = masuk("pak_sekcam"), masuk("bu_pmd"), f"/m/{acara.slug}/hari-h/"
    seen = re.search(r'id="layar-kini" name="layar" value="([^"]*)"', first.get(at).content.decode())[1]
    assert 'id="remote"' not in first.get(at + "kini/", {"layar": seen}).content.decode()
    second.post(f"/m/{acara.slug}/layar/", {"panel": "kehadiran"})
    page = first.get(at + "kini/", {"layar": seen}).content.decode()
    assert re.search(r'name="panel"\s+value="kehadiran"\s+aria-pressed="true"', page)
    seen = re.search(r'id="layar-kini" name="layar" value="([^"]*)"', page)[1]
    assert 'id="remote"' not in first.get(at + "kini/", {"layar": seen}).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, draft_event, move_event, masuk, cast, django_assert_num_queries):
    move_event(acara, Tahap.PEMBUKAAN)
    for i in range(n):
        record_attendance(acara, cast["pemandu"], f"Orang {i}")
    open_layar(musrenbang=acara)
    client = masuk("pak_sekcam")
    with django_assert_num_queries(24):
        client.get(f"/m/{acara.slug}/hari-h/")
