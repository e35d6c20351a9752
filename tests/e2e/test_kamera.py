"""A code held before the camera of the desk, from a film that the browser takes for its camera."""

from pathlib import Path

import pytest
import segno
from playwright.sync_api import expect

from musrenbang.sidang.models import Kehadiran, Undangan
from tests.e2e.conftest import LAPTOP, Peramban

LEBAR, TINGGI, TITIK = 640, 480, 8


def film(path: Path, isi: str) -> None:
    """Write a film (YUV4MPEG) of some frames with the code of ``isi`` in the middle."""
    kode = [list(baris) for baris in segno.make(isi, error="m").matrix_iter(scale=TITIK, border=4)]
    kiri, atas = (LEBAR - len(kode[0])) // 2, (TINGGI - len(kode)) // 2
    terang = [bytearray(b"\xeb" * LEBAR) for _ in range(TINGGI)]
    for y, baris in enumerate(kode):
        for x, gelap in enumerate(baris):
            if gelap:
                terang[atas + y][kiri + x] = 16
    bingkai = b"FRAME\n" + b"".join(terang) + b"\x80" * (LEBAR * TINGGI // 2)
    path.write_bytes(f"YUV4MPEG2 W{LEBAR} H{TINGGI} F10:1 Ip A1:1 C420jpeg\n".encode() + bingkai * 10)


@pytest.fixture
def berkamera(demo, penggerak, live_server, transactional_db, settings, tmp_path):
    """An event with its doors open and a browser whose camera sees the code of an invitee."""
    settings.MODE_LATIHAN = True
    acara = demo("pembukaan")
    undangan = Undangan.objects.filter(musrenbang=acara, unsur="kades").first()
    film(tmp_path / "kode.y4m", f"{acara.slug}:{undangan.kode}")
    kamera = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'kode.y4m'}",
    ]
    browser = penggerak(*kamera)
    orang = Peramban(browser, live_server.url, LAPTOP)
    orang.konteks.grant_permissions(["camera"])
    orang.masuk("pemandu")
    yield acara, undangan, orang
    browser.close()


def test_a_code_before_the_camera_finds_its_invitee(berkamera):
    acara, undangan, p = berkamera
    p.buka(f"/m/{acara.slug}/kehadiran/")
    p.page.get_by_role("button", name="Pindai kode").click()
    p.page.get_by_text(f"Kode terbaca: {undangan.kode}").wait_for()
    p.page.locator("#hasil li", has_text=undangan.sebutan).wait_for()
    expect(p.page.locator("#hasil li")).to_have_count(1)
    p.periksa()
    p.page.get_by_role("button", name=f"Hadir {undangan.sebutan}").click()
    p.page.locator("#hasil", has_text="tercatat hadir").wait_for()
    assert Kehadiran.objects.get().undangan == undangan
