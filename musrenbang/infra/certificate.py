"""A certificate for the laptop of a hall, so that the camera of the team's own devices works: https wants one.

The authority that signs it is limited to the addresses of this laptop (name constraints) and to thirty days, and its
key is thrown away as soon as it has signed: it can vouch for nothing else, whoever gets hold of the laptop. Guests
install nothing; they go on over plain http.

``python -m musrenbang.infra.certificate FOLDER`` makes it where there is none that fits this machine, and prints the
fingerprint of the authority.
"""

import ipaddress
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from musrenbang.infra.network import own_addresses

MASA = timedelta(days=30)
PENERBIT, SERTIFIKAT, KUNCI = "penerbit.crt", "server.pem", "server.key"
_TANPA_NAMA = "aula.invalid"
"""The one name of hosts and of mail that the authority may vouch for: none that exists (RFC 6761)."""


def make_certificate(folder: Path, addresses: list[str], now: datetime | None = None) -> None:
    """Make authority, certificate and key for these addresses in ``folder``; the key is for its owner alone."""
    now = now or datetime.now(UTC)
    own = sorted({ipaddress.IPv4Address(a) for a in [*addresses, "127.0.0.1"]})
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = _name(f"Musrenbang, aula {own[-1]}, {now:%d-%m-%Y}")
    authority = _authority(issuer, authority_key, own, now)
    certificate = (
        _builder(issuer, _name("Laptop aula, Musrenbang"), key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip) for ip in own]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _write(folder / KUNCI, private, 0o600)
    _write(folder / SERTIFIKAT, certificate.public_bytes(pem) + authority.public_bytes(pem), 0o644)
    _write(folder / PENERBIT, authority.public_bytes(pem), 0o644)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    issuer: x509.Name, subject: x509.Name, public: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # the clock of a telephone may be a little behind
        .not_valid_after(now + MASA)
    )


def _authority(
    name: x509.Name, key: ec.EllipticCurvePrivateKey, own: list[ipaddress.IPv4Address], now: datetime
) -> x509.Certificate:
    """Return the authority: what a certificate of it names must be one of these addresses, to the last."""
    allowed: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(ip)) for ip in own]
    allowed += [x509.DNSName(_TANPA_NAMA), x509.RFC822Name(_TANPA_NAMA), x509.UniformResourceIdentifier(_TANPA_NAMA)]
    usage = dict.fromkeys(_USAGES, False) | {"key_cert_sign": True, "crl_sign": True}
    return (
        _builder(name, name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.NameConstraints(permitted_subtrees=allowed, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _write(path: Path, content: bytes, mode: int) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def read_authority(folder: Path) -> x509.Certificate | None:
    """Return the authority that was made here; None where there is none."""
    try:
        return x509.load_pem_x509_certificate((folder / PENERBIT).read_bytes())
    except (OSError, ValueError):
        return None


def serves(folder: Path, addresses: list[str], now: datetime | None = None) -> bool:
    """Tell whether the certificate there names all these addresses and is valid for a day more."""
    try:
        one = x509.load_pem_x509_certificate((folder / SERTIFIKAT).read_bytes())
        names = one.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        known = {str(ip) for ip in names.get_values_for_type(x509.IPAddress)}
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    until = one.not_valid_after_utc - timedelta(days=1)
    whole = (folder / KUNCI).exists() and read_authority(folder) is not None
    return whole and set(addresses) <= known and (now or datetime.now(UTC)) < until


def fingerprint(authority: x509.Certificate) -> str:
    """Return the SHA-256 of the authority as telephones and computers show it: pairs with colons."""
    return authority.fingerprint(hashes.SHA256()).hex(":").upper()


if __name__ == "__main__":
    place = Path(sys.argv[1])
    here = own_addresses()
    if not serves(place, here):
        make_certificate(place, here)
    made = read_authority(place)
    assert made is not None
    sys.stdout.write(f"{fingerprint(made)}\n")
