"""``periksa.pyz`` for everybody: what the page offers is what the sources make."""

import hashlib
import io
import zipfile

import pytest

from berita_acara.views import jangkar
from periksa.bangun import build

pytestmark = pytest.mark.django_db


def test_it_is_offered_for_download_as_everybody_would_make_it(tmp_path, client, monkeypatch):
    """The bytes and the SHA-256 on the page are those of ``make periksa``; where it cannot be made, the page says so."""
    buatan = build(tmp_path / "periksa.pyz").read_bytes()
    sidik = hashlib.sha256(buatan).hexdigest()
    halaman = client.get("/verifikasi/").content.decode()
    assert sidik in halaman
    unduhan = client.get("/publik/periksa.pyz")
    assert unduhan.content == buatan
    assert "attachment" in unduhan.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(buatan)) as arsip:
        assert {e.compress_type for e in arsip.infolist()} == {zipfile.ZIP_STORED}, "no zlib decides about the bytes"
        assert {e.date_time for e in arsip.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def gone():
        raise FileNotFoundError

    monkeypatch.setattr(jangkar, "content", gone)
    halaman = client.get("/verifikasi/").content.decode()
    assert "tidak menyimpan kode sumber" in halaman
    assert "Unduh periksa.pyz" not in halaman
    assert client.get("/publik/periksa.pyz").status_code == 404
