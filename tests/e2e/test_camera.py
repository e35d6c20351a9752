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


def test_codes_before_the_camera_are_noted_one_after_the_other_without_a_touch(with_camera):
    """The code that stays in sight counts once; the desk answers as it answers a scanner."""
    acara, undangan, p = with_camera
    p.buka(f"/m/{acara.slug}/kehadiran/")
    p.page.wait_for_function("() => window.meja && window.meja.daftar")
    p.page.get_by_role("button", name="Pindai kode").click()
    answer = p.page.locator("#jawab-meja")
    expect(answer).to_contain_text("hadir pukul")
    expect(answer).to_contain_text(undangan.nama)
    p.page.get_by_text(f"Kode terbaca: {undangan.kode}").wait_for()
    p.page.wait_for_function("() => window.meja.milikSini().length === 0")
    assert Kehadiran.objects.get().undangan == undangan
    expect(answer).not_to_contain_text("sudah hadir")
    p.periksa()
    other = (
        Undangan.objects.filter(musrenbang=acara)
        .exclude(nama="")
        .exclude(jenis_kelamin="")
        .exclude(pk=undangan.pk)
        .first()
    )
    for code in (other.kode, other.kode, undangan.kode):  # a second guest, held a moment, then the first one again
        p.page.evaluate("kode => window.kamera.terbaca(kode)", f"{acara.slug}:{code}")
    expect(answer).to_contain_text("hadir pukul")
    p.page.wait_for_function("() => window.meja.milikSini().length === 0")
    assert Kehadiran.objects.count() == 2
