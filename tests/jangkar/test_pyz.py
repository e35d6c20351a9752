"""``periksa.pyz`` for everybody: what the page offers is what the sources make."""

import hashlib
import io
import zipfile

import pytest

from berita_acara.views import jangkar
from periksa.build import build

pytestmark = pytest.mark.django_db


def test_it_is_offered_for_download_as_everybody_would_make_it(tmp_path, client, monkeypatch):
    """The bytes and the SHA-256 on the page are those of ``make periksa``; where it cannot be made, the page says so."""
    handmade = build(tmp_path / "periksa.pyz").read_bytes()
    sidik = hashlib.sha256(handmade).hexdigest()
    halaman = client.get("/verifikasi/").content.decode()
    assert sidik in halaman
    download = client.get("/publik/periksa.pyz")
    assert download.content == handmade
    assert "attachment" in download.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(handmade)) as archive:
        assert {e.compress_type for e in archive.infolist()} == {zipfile.ZIP_STORED}, "no zlib decides about the bytes"
        assert {e.date_time for e in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def gone():
        raise FileNotFoundError

    monkeypatch.setattr(jangkar, "content", gone)
    halaman = client.get("/verifikasi/").content.decode()
    assert "tidak menyimpan kode sumber" in halaman
    assert "Unduh periksa.pyz" not in halaman
    assert client.get("/publik/periksa.pyz").status_code == 404
