"""Certificates, time stamps and lists of revoked ones, made for a test."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from asn1crypto import crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

SANDI = "rahasia camat"


class Issuer:
    """An issuer with its own root certificate."""

    def __init__(self, nama: str = "Akar Uji") -> None:
        self.kunci = rsa.generate_private_key(65537, 2048)
        self.akar = _certificate(nama, self.kunci, nama, self.kunci, root=True)

    @property
    def pem(self) -> bytes:
        """The root certificate as PEM."""
        return self.akar.public_bytes(serialization.Encoding.PEM)

    def issue(self, nama: str, mulai: int = -1, sampai: int = 365, *, ocsp: bool = False) -> bytes:
        """Return a PKCS #12 file of somebody, valid from ``mulai`` to ``sampai`` days from now."""
        kunci = rsa.generate_private_key(65537, 2048)
        sertifikat = _certificate(nama, kunci, "Akar Uji", self.kunci, mulai=mulai, sampai=sampai, ocsp=ocsp)
        rahasia = serialization.BestAvailableEncryption(SANDI.encode())
        return pkcs12.serialize_key_and_certificates(b"camat", kunci, sertifikat, [self.akar], rahasia)

    def sign_lt(
        self, isi: bytes, nama: str, *, sampai: int = 365, dicabut: bool = False, bukti: bool = True, ocsp: str = ""
    ) -> bytes:
        """Return the PDF signed as BSrE's tools do: PAdES with a time stamp and, with ``bukti``, certificates and list.

        ``dicabut``: the list in the file says that the certificate was revoked before. ``ocsp``: the file holds answers of
        a responder instead of a list: the issuer itself (``penerbit``), one that it named (``wakil``), or ``asing``.
        """
        marker = signers.SimpleSigner.load_pkcs12_data(
            self.issue(nama, sampai=sampai, ocsp=bool(ocsp)), [], SANDI.encode()
        )
        kunci = rsa.generate_private_key(65537, 2048)
        cap = _certificate("Stempel Waktu Uji", kunci, "Akar Uji", self.kunci, cap=True)
        der = serialization.Encoding.DER
        stamp = DummyTimeStamper(
            asn1.Certificate.load(cap.public_bytes(der)),
            PrivateKeyInfo.load(
                kunci.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            ),
            certs_to_embed=SimpleCertificateStore.from_certs([asn1.Certificate.load(self.akar.public_bytes(der))]),
        )
        keterangan = signers.PdfSignatureMetadata(
            field_name="Camat", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
        )
        output = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(isi)), keterangan, signer=marker, timestamper=stamp)
        if not bukti:
            return output.getvalue()
        if ocsp:
            return self._with_ocsp(output, [marker.signing_cert.dump(), cap.public_bytes(der)], ocsp, dicabut)
        daftar = crl.CertificateList.load(self.revoked([marker.signing_cert.serial_number] if dicabut else []))
        tanda = PdfFileReader(output).embedded_regular_signatures[0].pkcs7_content.hex().upper().encode()
        sertifikat = [marker.signing_cert, *(asn1.Certificate.load(c.public_bytes(der)) for c in (cap, self.akar))]
        DocumentSecurityStore.add_dss(output, tanda, certs=sertifikat, crls=[daftar])
        return output.getvalue()

    def _with_ocsp(self, keluaran: BytesIO, milik: list[bytes], cara: str, dicabut: bool) -> bytes:
        """Add what a responder says of the signer and of the time stamp."""
        tanda = PdfFileReader(keluaran).embedded_regular_signatures[0].pkcs7_content.hex().upper().encode()
        der = serialization.Encoding.DER
        kunci, responder = self.kunci, self.akar
        if cara != "penerbit":
            kunci = rsa.generate_private_key(65537, 2048)
            above = self.kunci if cara == "wakil" else rsa.generate_private_key(65537, 2048)
            responder = _certificate("Penjawab OCSP Uji", kunci, "Akar Uji", above, response=True)
        jawaban = [
            asn1_ocsp.OCSPResponse.load(self._answer(one, kunci, responder, dicabut and i == 0))
            for i, one in enumerate(milik)
        ]
        sertifikat = [
            asn1.Certificate.load(c) for c in (*milik, self.akar.public_bytes(der), responder.public_bytes(der))
        ]
        DocumentSecurityStore.add_dss(keluaran, tanda, certs=sertifikat, ocsps=jawaban)
        return keluaran.getvalue()

    def _answer(self, milik: bytes, kunci, penjawab: x509.Certificate, dicabut: bool) -> bytes:
        current = datetime.now(UTC)
        lama = current - timedelta(days=10)
        response = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                x509.load_der_x509_certificate(milik),
                self.akar,
                hashes.SHA1(),
                ocsp.OCSPCertStatus.REVOKED if dicabut else ocsp.OCSPCertStatus.GOOD,
                current - timedelta(hours=1),
                current + timedelta(days=7),
                lama if dicabut else None,
                x509.ReasonFlags.key_compromise if dicabut else None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.NAME, penjawab)
        )
        if penjawab is not self.akar:
            response = response.certificates([penjawab])
        return response.sign(kunci, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def revoked(self, nomor: list[int]) -> bytes:
        """Return the issuer's list of revoked certificates."""
        current = datetime.now(UTC)
        daftar = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.akar.subject)
            .last_update(current - timedelta(days=1))
            .next_update(current + timedelta(days=30))
        )
        for one in nomor:
            daftar = daftar.add_revoked_certificate(
                x509.RevokedCertificateBuilder()
                .serial_number(one)
                .revocation_date(current - timedelta(days=10))
                .build()
            )
        return daftar.sign(self.kunci, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _certificate(
    nama, kunci, penerbit, issuer_key, *, root=False, cap=False, response=False, ocsp=False, mulai=-30, sampai=3650
):
    current = datetime.now(UTC)
    pembuat = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nama)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, penerbit)]))
        .public_key(kunci.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(current + timedelta(days=mulai))
        .not_valid_after(current + timedelta(days=sampai))
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=root,
                crl_sign=root,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if cap:
        pembuat = pembuat.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if ocsp:  # as BSrE's certificates do: without an address no answer of a responder is looked for
        alamat = x509.UniformResourceIdentifier("http://ocsp.contoh.invalid/")
        akses = [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, alamat)]
        pembuat = pembuat.add_extension(x509.AuthorityInformationAccess(akses), critical=False)
    if response:
        pembuat = pembuat.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), critical=False)
        pembuat = pembuat.add_extension(x509.OCSPNoCheck(), critical=False)
    return pembuat.sign(issuer_key, hashes.SHA256())
