"""A code held before the camera of the desk, from a film that the browser takes for its camera."""

from pathlib import Path

import pytest
import segno
from playwright.sync_api import expect

from musrenbang.sidang.models import Kehadiran, Undangan
from tests.e2e.conftest import LAPTOP, BrowserClient

LEBAR, TINGGI, TITIK = 640, 480, 8


def film(path: Path, content: str) -> None:
    """Write a film (YUV4MPEG) of some frames with the code of ``isi`` in the middle."""
    kode = [list(baris) for baris in segno.make(content, error="m").matrix_iter(scale=TITIK, border=4)]
    left, above = (LEBAR - len(kode[0])) // 2, (TINGGI - len(kode)) // 2
    light = [bytearray(b"\xeb" * LEBAR) for _ in range(TINGGI)]
    for y, baris in enumerate(kode):
        for x, dark in enumerate(baris):
            if dark:
                light[above + y][left + x] = 16
    frame = b"FRAME\n" + b"".join(light) + b"\x80" * (LEBAR * TINGGI // 2)
    path.write_bytes(f"YUV4MPEG2 W{LEBAR} H{TINGGI} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)


@pytest.fixture
def with_camera(demo, driver, live_server, transactional_db, settings, tmp_path):
    """An event with its doors open and a browser whose camera sees the code of an invitee."""
    settings.MODE_LATIHAN = True
    acara = demo("pembukaan")
    undangan = Undangan.objects.filter(musrenbang=acara, unsur="kades").first()
    film(tmp_path / "kode.y4m", f"{acara.slug}:{undangan.kode}")
    camera = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'kode.y4m'}",
    ]
    browser = driver(*camera)
    person = BrowserClient(browser, live_server.url, LAPTOP)
    person.konteks.grant_permissions(["camera"])
    person.masuk("pemandu")
    yield acara, undangan, person
    browser.close()


def test_a_code_before_the_camera_finds_its_invitee(with_camera):
    acara, undangan, p = with_camera
    p.buka(f"/m/{acara.slug}/kehadiran/")
    p.page.get_by_role("button", name="Pindai kode").click()
    p.page.get_by_text(f"Kode terbaca: {undangan.kode}").wait_for()
    p.page.locator("#hasil li", has_text=undangan.sebutan).wait_for()
    expect(p.page.locator("#hasil li")).to_have_count(1)
    p.periksa()
    p.page.get_by_role("button", name=f"Hadir {undangan.sebutan}").click()
    p.page.locator("#hasil", has_text="tercatat hadir").wait_for()
    assert Kehadiran.objects.get().undangan == undangan
