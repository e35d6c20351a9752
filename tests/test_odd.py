"""Odd requests: huge numbers, NUL characters, far too long text. An answer in words, never a crash."""

import pytest

from tests.some import some

ANEH = ["99999999999999999999", "-1", "\x00", "%00", "' OR 1=1 --", "ü" * 5000, "1e9", " "]
HALAMAN = {
    "usulan/": ["desa", "cari", "lengkap", "hal"],
    "rkp/": ["bidang", "keputusan", "desa", "skpd", "biaya", "cari"],
    "jejak/": ["cari", "objek", "hal"],
    "kehadiran/": ["cari", "hal"],
    "usulan/unduh/": ["cari"],
    "rkp/unduh/": ["bidang"],
}


@pytest.mark.parametrize("halaman", HALAMAN)
def test_odd_filters(halaman, acara, draft_event, masuk):
    client = masuk("pak_sekcam")
    client.raise_request_exception = False
    for nama in some(HALAMAN[halaman]):
        for nilai in ANEH:
            response = client.get(f"/m/{acara.slug}/{halaman}", {nama: nilai})
            assert response.status_code in {200, 400}, (nama, nilai[:20])


SESUDAH = {
    "/kabupaten/": ("bu_bappeda", ["tahun", "tahap", "warna", "cari", "unduh"]),
    "/acuan/kamus/": ("bu_bappeda", ["tahun", "hal"]),
    "/jadwal/": ("bu_bappeda", ["tahun"]),
    "/skpd/": ("orang_skpd", ["kecamatan", "jawaban", "cari", "hal"]),
    "/publik/": ("pak_camat", ["cari", "hal"]),
    "rkp/pemilahan/": ("bu_pmd", ["status", "skpd", "cari", "pilih", "hal"]),
}


@pytest.mark.parametrize("halaman", SESUDAH)
def test_odd_filters_after_the_day(halaman, acara, masuk):
    nama, kolom = SESUDAH[halaman]
    client = masuk(nama)
    client.raise_request_exception = False
    for k in some(kolom):
        for nilai in [*ANEH, "²", "٣"]:
            response = client.get(halaman if halaman[0] == "/" else f"/m/{acara.slug}/{halaman}", {k: nilai})
            assert response.status_code in {200, 400}, (k, nilai[:20])


@pytest.mark.parametrize(
    "url",
    [
        "usulan/99999999999999999999/",
        "rkp/baris/99999999999999999999/",
        "usulan/impor/99999999999999999999/",
        "rkp/versi/99999999999999999999/",
        "berita-acara/99999999999999999999.pdf",
    ],
)
def test_odd_addresses(url, acara, draft_event, masuk):
    assert masuk("pak_sekcam").get(f"/m/{acara.slug}/{url}").status_code == 404


@pytest.mark.parametrize("nilai", ["\x00\x00\x00\x00\x00\x00", "x" * 200_000])
def test_odd_reasons(nilai, acara, draft_event, masuk, move_event):
    move_event(acara, "siap")
    client = masuk("pak_sekcam")
    client.raise_request_exception = False
    response = client.post(f"/m/{acara.slug}/pindah/", {"dari": "siap", "ke": "persiapan", "alasan": nilai})
    assert response.status_code in {302, 400}


def test_odd_ids_in_posts(acara, draft_event, masuk, move_event):
    move_event(acara, "pleno")
    client = masuk("pak_sekcam")
    for content in ({"baris": ["99999999999999999999", "abc"]}, {"baris": ["\x00"]}):
        assert client.post(
            f"/m/{acara.slug}/rkp/tabel/bersama/", content | {"keputusan": "disepakati"}
        ).status_code in {
            302,
            400,
        }
