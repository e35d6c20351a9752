"""QR codes on papers."""

import base64
from io import BytesIO

from django.core.cache import caches
from PIL import Image

from musrenbang.infra import qr


def dots(address: str) -> tuple[tuple[int, int], bytes]:
    with Image.open(BytesIO(base64.b64decode(address.partition(",")[2]))) as picture:
        return picture.size, picture.convert("L").tobytes()


def test_a_code_is_drawn_dot_for_dot_and_its_picture_is_kept(monkeypatch):
    caches["cetak"].clear()
    text = "http://127.0.0.1:8000/verifikasi/ABCDEFGHIJ/"
    drawn = qr.picture(text, scale=6)
    assert dots(drawn) == dots(qr.encode(text, micro=False).png_data_uri(scale=6, border=0))
    assert dots(qr.picture("a", scale=4, border=2)) == dots(qr.encode("a", micro=False).png_data_uri(scale=4, border=2))
    monkeypatch.setattr(qr, "encode", lambda *_, **__: 1 / 0)
    assert qr.picture(text, scale=6) == drawn


def test_a_full_disk_does_not_stop_a_code(monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(caches["cetak"]), "set", full)
    assert qr.picture("penuh", scale=1).startswith("data:image/png;base64,")
