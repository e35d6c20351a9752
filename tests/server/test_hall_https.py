"""``make aula HTTPS=1``: an authority that can vouch for this laptop alone, for thirty days, and no longer holds its key."""

import ssl
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from musrenbang.infra.certificate import (
    KUNCI,
    PENERBIT,
    SERTIFIKAT,
    fingerprint,
    make_certificate,
    read_authority,
    serves,
)
from musrenbang.models import Musrenbang
from musrenbang.states import Tahap
from tests.server.test_network import _make

NOW = datetime(2026, 2, 23, 1, tzinfo=UTC)
OWN = ["192.168.43.1", "10.0.0.7"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("https")
    make_certificate(place, OWN, NOW)
    return place


def _of(certificate, kind):
    return certificate.extensions.get_extension_for_class(kind)


def test_the_authority_is_for_these_addresses_alone(folder):
    authority = read_authority(folder)
    limits = _of(authority, x509.NameConstraints)
    assert limits.critical
    places = {str(n.value) for n in limits.value.permitted_subtrees if isinstance(n, x509.IPAddress)}
    assert places == {"10.0.0.7/32", "127.0.0.1/32", "192.168.43.1/32"}
    others = {type(n): n.value for n in limits.value.permitted_subtrees if not isinstance(n, x509.IPAddress)}
    assert set(others) == {x509.DNSName, x509.RFC822Name, x509.UniformResourceIdentifier}
    assert set(others.values()) == {"aula.invalid"}, "no name of a host that exists"
    assert authority.not_valid_after_utc - NOW == timedelta(days=30)
    assert (_of(authority, x509.BasicConstraints).value.path_length, _of(authority, x509.KeyUsage).critical) == (
        0,
        True,
    )


def test_the_certificate_is_signed_by_it_and_names_the_laptop_alone(folder):
    leaf, authority = x509.load_pem_x509_certificates((folder / SERTIFIKAT).read_bytes())
    assert authority == read_authority(folder)
    authority.public_key().verify(leaf.signature, leaf.tbs_certificate_bytes, ec.ECDSA(leaf.signature_hash_algorithm))
    names = _of(leaf, x509.SubjectAlternativeName).value
    assert {str(ip) for ip in names.get_values_for_type(x509.IPAddress)} == {*OWN, "127.0.0.1"}
    assert list(_of(leaf, x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert not _of(leaf, x509.BasicConstraints).value.ca
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(folder / SERTIFIKAT, folder / KUNCI)


def test_the_key_of_the_authority_is_not_kept(folder):
    assert {p.name for p in folder.iterdir()} == {KUNCI, SERTIFIKAT, PENERBIT}
    assert stat.S_IMODE((folder / KUNCI).stat().st_mode) == 0o600
    private = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with pytest.raises(ssl.SSLError, match=r"KEY_VALUES_MISMATCH|key values mismatch"):
        private.load_cert_chain(folder / PENERBIT, folder / KUNCI)


@pytest.mark.parametrize(
    "addresses, days, fits", [(OWN, 1, True), (OWN[:1], 28, True), (OWN, 29.5, False), (["192.168.43.2"], 1, False)]
)
def test_another_is_made_where_this_one_does_not_serve(addresses, days, fits, folder):
    assert serves(folder, addresses, NOW + timedelta(days=days)) is fits


def test_nothing_there_or_broken_serves_nobody(tmp_path):
    assert not serves(tmp_path, [])
    (tmp_path / SERTIFIKAT).write_text("rusak")
    assert not serves(tmp_path, [])
    assert read_authority(tmp_path) is None


def test_others_stay_on_http(monkeypatch):
    text = _make("aula", "BERKAS=Makefile", "HTTPS=1")
    assert "deploy/aula.sh .venv/bin 0.0.0.0 8000 8443 musrenbang.wsgi" in text
    assert "deploy/aula.sh" not in _make("aula", "BERKAS=Makefile")


def test_the_page_says_what_a_camera_wants(acara, masuk, settings, tmp_path):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=Tahap.PEMBUKAAN)
    client, url = masuk("pemandu"), f"/m/{acara.slug}/kehadiran/kamera/"
    page = client.get(url).content.decode()
    assert "Pemindai USB: tanpa pemasangan" in page
    assert "tidak melayani https" in page
    assert client.get(f"{url}sertifikat/").status_code == 404
    settings.VAR_DIR, settings.PORT_AMAN = tmp_path, 8443
    make_certificate(tmp_path / "https", OWN)
    page = client.get(url).content.decode()
    assert fingerprint(read_authority(tmp_path / "https")) in page
    got = client.get(f"{url}sertifikat/")
    assert (got.status_code, got.content) == (200, (tmp_path / "https" / PENERBIT).read_bytes())
