"""The projector: code, panels, what is shown, and the page of the day."""

import pytest
from django.core.cache import cache
from django.test import Client

from alur.panel import PANEL
from musrenbang.sidang.models import Layar
from musrenbang.sidang.services.layar import open_layar
from musrenbang.states import Tahap
from tests.conftest import catat_hadir
from tests.halaman import flat
from tests.some import some


@pytest.fixture
def layar(acara):
    """The projector of the event."""
    cache.clear()
    return open_layar(musrenbang=acara)


def tampil(client, acara, panel, acuan=""):
    cache.clear()
    return client.post(f"/m/{acara.slug}/layar/", {"panel": panel, "acuan": acuan}, follow=True)


def isi(layar, **kepala):
    return Client().get(f"/layar/{layar.kode}/isi/", **kepala)


def test_the_code_opens_it_without_a_sign_in(acara, layar):
    tamu = Client()
    assert tamu.get("/layar/").status_code == 200
    assert tamu.get("/layar/", {"kode": f" {layar.kode.lower()} "}).headers["Location"] == f"/layar/{layar.kode}/"
    assert "tidak dikenal" in tamu.get("/layar/", {"kode": "ZZZZZZ"}).content.decode()
    assert "Sikur" in tamu.get(f"/layar/{layar.kode}/").content.decode()
    for alamat in ("/layar/ZZZZZZ/", "/layar/ZZZZZZ/isi/"):
        assert tamu.get(alamat).status_code == 404
    assert tamu.post(f"/layar/{layar.kode}/isi/").status_code == 405


def test_one_projector_per_event(acara, layar):
    assert open_layar(musrenbang=acara) == layar
    assert Layar.objects.count() == 1


@pytest.mark.parametrize("panel", list(PANEL))
def test_every_panel_has_something_to_show_before_anything_is_there(panel, acara, layar, masuk):
    tampil(masuk("pemandu"), acara, panel)
    jawab = isi(layar)
    assert (jawab.status_code, jawab.content.decode().count("<h1>")) == (200, 1)


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
def test_every_panel_at_the_end_of_the_day(panel, kata, siap_terbit, masuk):
    layar = open_layar(musrenbang=siap_terbit)
    tampil(masuk("pemandu"), siap_terbit, panel)
    assert kata in isi(layar).content.decode()


def test_a_work_is_shown_with_what_changed(acara, diputuskan, layar, masuk):
    baris = diputuskan.baris.get(nomor=6)
    tampil(masuk("pemandu"), acara, "usulan", baris.pk)
    teks = flat(isi(layar))
    assert '<span class="lama">8 m</span>' in teks
    assert '<span class="baru">6 m</span>' in teks
    assert "Lebar kali 6 meter." in teks
    assert "Desa Montong Baan Selatan no. 6" in teks
    tampil(masuk("pemandu"), acara, "usulan", 99999)
    assert "Belum ada kegiatan yang dipilih" in isi(layar).content.decode()


def test_an_unchanged_screen_costs_no_text(acara, layar, masuk):
    jawab = isi(layar)
    etag = jawab.headers["ETag"]
    sama = isi(layar, HTTP_IF_NONE_MATCH=etag)
    assert (sama.status_code, sama.content, sama.headers["ETag"]) == (304, b"", etag)
    assert int(sama.headers["X-Waktu"]) > 10**12
    tampil(masuk("pemandu"), acara, "delegasi")
    assert isi(layar, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_screens_share_one_rendering(acara, layar, django_assert_num_queries):
    proyektor = Client()
    proyektor.get(f"/layar/{layar.kode}/")  # it has the code, and is asked nothing more
    proyektor.get(f"/layar/{layar.kode}/isi/")
    with django_assert_num_queries(0):
        for _ in range(20):
            assert proyektor.get(f"/layar/{layar.kode}/isi/").status_code == 200


def test_an_unknown_panel_and_wrong_people(acara, layar, masuk):
    assert "tidak ada" in tampil(masuk("pemandu"), acara, "televisi").content.decode()
    for nama, status in (("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)):
        assert tampil(masuk(nama), acara, "delegasi").status_code == status
    assert Layar.objects.get().panel == "agenda"


def test_the_button_returns_to_where_it_was_and_nowhere_else(acara, layar, masuk):
    client, url = masuk("pemandu"), f"/m/{acara.slug}/layar/"
    asal = f"http://testserver/m/{acara.slug}/rkp/"
    assert client.post(url, {"panel": "bidang"}, HTTP_REFERER=asal).headers["Location"] == asal
    luar = client.post(url, {"panel": "bidang"}, HTTP_REFERER="https://jahat.example/")
    assert luar.headers["Location"] == f"/m/{acara.slug}/hari-h/"


def test_nobodys_phone_number_is_on_the_screen(siap_terbit, masuk, pemeran):
    layar = open_layar(musrenbang=siap_terbit)
    for panel in some(PANEL):
        tampil(masuk("pemandu"), siap_terbit, panel)
        assert "0800" not in isi(layar).content.decode()


@pytest.mark.parametrize("tahap", [Tahap.SIAP, Tahap.PEMBUKAAN, Tahap.PLENO, Tahap.DELEGASI])
def test_the_page_of_the_day_says_what_is_next_and_what_blocks_it(tahap, acara, draf, pindah, masuk, pemeran):
    pindah(acara, tahap)
    teks = masuk("pak_sekcam").get(f"/m/{acara.slug}/hari-h/").content.decode()
    langkah = {
        Tahap.SIAP: "Buka sidang",
        Tahap.PEMBUKAAN: "Belum ada peserta yang tercatat hadir.",
        Tahap.PLENO: "6 kegiatan belum diputuskan.",
        Tahap.DELEGASI: "Delegasi baru 0 dari 6 orang.",
    }
    assert langkah[tahap] in teks
    assert Layar.objects.get().kode in teks


def test_the_live_part_follows_the_other_desk(acara, draf, pindah, masuk, pemeran):
    pindah(acara, Tahap.PEMBUKAAN)
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/hari-h/kini/"
    assert "0 orang" in client.get(url).content.decode()
    catat_hadir(acara, pemeran["pemandu"], "Baru Datang")
    assert "1 orang" in client.get(url).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, draf, pindah, masuk, pemeran, django_assert_num_queries):
    pindah(acara, Tahap.PEMBUKAAN)
    for i in range(n):
        catat_hadir(acara, pemeran["pemandu"], f"Orang {i}")
    open_layar(musrenbang=acara)
    client = masuk("pak_sekcam")
    with django_assert_num_queries(24):
        client.get(f"/m/{acara.slug}/hari-h/")
