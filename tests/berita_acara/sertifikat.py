"""Certificates made for a test."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

SANDI = "rahasia camat"


class Penerbit:
    """An issuer with its own root certificate."""

    def __init__(self, nama: str = "Akar Uji") -> None:
        self.kunci = rsa.generate_private_key(65537, 2048)
        self.akar = _certificate(nama, self.kunci, nama, self.kunci, akar=True)

    @property
    def pem(self) -> bytes:
        """The root certificate as PEM."""
        return self.akar.public_bytes(serialization.Encoding.PEM)

    def issue(self, nama: str, mulai: int = -1, sampai: int = 365) -> bytes:
        """Return a PKCS #12 file of somebody, valid from ``mulai`` to ``sampai`` days from now."""
        kunci = rsa.generate_private_key(65537, 2048)
        sertifikat = _certificate(nama, kunci, "Akar Uji", self.kunci, mulai=mulai, sampai=sampai)
        rahasia = serialization.BestAvailableEncryption(SANDI.encode())
        return pkcs12.serialize_key_and_certificates(b"camat", kunci, sertifikat, [self.akar], rahasia)


def _certificate(nama, kunci, penerbit, kunci_penerbit, *, akar=False, mulai=-30, sampai=3650):
    kini = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nama)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, penerbit)]))
        .public_key(kunci.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kini + timedelta(days=mulai))
        .not_valid_after(kini + timedelta(days=sampai))
        .add_extension(x509.BasicConstraints(ca=akar, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
                key_agreement=False, key_cert_sign=akar, crl_sign=akar, encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
        .sign(kunci_penerbit, hashes.SHA256())
    )  # fmt: skip
