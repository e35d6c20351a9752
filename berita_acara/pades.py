"""Electronic signatures in a PDF (PAdES, baseline B): made with a certificate file, checked against known issuers.

The key is used while the request lasts and is kept nowhere. Knows neither Django nor models.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from musrenbang import anak
from musrenbang.anak import BerkasTakTerbaca

BIDANG = "TandaTangan"
TAK_TERBUKA = "Sertifikat tidak dapat dibuka. Pilih berkas .p12 atau .pfx, lalu ketik kata sandinya dengan benar."
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it finds is told to the person who asks
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class SertifikatTidakSah(Exception):
    """The certificate file cannot be used; the text tells why and what to do."""


@dataclass(frozen=True)
class Tanda:
    """A signature found in a PDF. ``utuh``: the signed bytes are unchanged and nothing came after them.

    ``dikenal``: the certificate leads to an issuer that this server knows, at the time that is claimed.
    """

    nama: str
    penerbit: str
    waktu: datetime | None
    utuh: bool
    dikenal: bool


@dataclass(frozen=True)
class Pemegang:
    """Whom a certificate is for."""

    nama: str
    penerbit: str
    seri: str
    sampai: datetime


def sign_pdf(isi: bytes, *, sertifikat: bytes, sandi: str, alasan: str, tempat: str) -> tuple[bytes, Pemegang]:
    """Return the signed PDF and whose certificate it was; nothing may be changed in it afterwards.

    ``sertifikat``: a PKCS #12 file (.p12, .pfx). Raises SertifikatTidakSah for one that cannot be opened with the
    password, has no key, or is not valid today.
    """
    penanda, milik = _open(sertifikat, sandi)
    pemegang = _holder(milik)
    kini, mulai = datetime.now(UTC), milik.not_valid_before
    if not mulai <= kini <= pemegang.sampai:
        raise SertifikatTidakSah(
            f"Sertifikat {pemegang.nama} berlaku {mulai:%d-%m-%Y} sampai {pemegang.sampai:%d-%m-%Y}. "
            "Mintalah yang baru kepada penerbitnya."
        )
    keterangan = signers.PdfSignatureMetadata(
        field_name=BIDANG, reason=alasan, location=tempat, subfilter=SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES, md_algorithm="sha256", name=pemegang.nama,
    )  # fmt: skip
    keluaran = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(isi)), keterangan, signer=penanda)
    return keluaran.getvalue(), pemegang


def _open(sertifikat: bytes, sandi: str) -> tuple[signers.SimpleSigner, x509.Certificate]:
    try:
        penanda = signers.SimpleSigner.load_pkcs12_data(sertifikat, other_certs=[], passphrase=sandi.encode())
    except (ValueError, TypeError):
        penanda = None
    if penanda is None or penanda.signing_cert is None:
        raise SertifikatTidakSah(TAK_TERBUKA)
    return penanda, penanda.signing_cert


def can_open(berkas: Path, sandi: str) -> bool:
    """Tell whether a certificate file opens with the password. For the child: one may ask for hours of work."""
    try:
        _open(berkas.read_bytes(), sandi)
    except SertifikatTidakSah:
        return False
    return True


def read_signatures(berkas: Path, akar: str) -> list[dict[str, Any]]:
    """Return what ``check_pdf`` finds, as it passes from the child; raise BerkasTakTerbaca for what is no PDF."""
    isi = berkas.read_bytes()
    if b"%PDF-" not in isi[:1024]:
        raise BerkasTakTerbaca("Berkas ini bukan PDF.")
    return [asdict(t) | {"waktu": t.waktu and t.waktu.isoformat()} for t in check_pdf(isi, akar)]


def check_strange_pdf(berkas: Path | bytes, akar: str = "") -> list[Tanda]:
    """Return every signature in the PDF of a stranger, read by a child with limits. Raises BerkasTakTerbaca."""
    semua = anak.read("berita_acara.pades:read_signatures", berkas, untuk="umum", detik_cpu=10, akar=akar)
    return [Tanda(**satu | {"waktu": satu["waktu"] and datetime.fromisoformat(satu["waktu"])}) for satu in semua]


def check_pdf(isi: bytes, akar: str = "") -> list[Tanda]:
    """Return every signature in a PDF; [] when there is none or the file cannot be read.

    ``akar``: a folder or file with the certificates (PEM) of the issuers that are known.
    """
    try:
        semua = PdfFileReader(BytesIO(isi), strict=False).embedded_regular_signatures
        konteks = ValidationContext(trust_roots=_roots(akar), allow_fetching=False)
        return [_judge(validate_pdf_signature(s, signer_validation_context=konteks)) for s in semua]
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _judge(hasil: PdfSignatureStatus) -> Tanda:
    pemegang = _holder(hasil.signing_cert)
    menyeluruh = hasil.coverage is not None and hasil.coverage.name == "ENTIRE_FILE"
    return Tanda(
        pemegang.nama, pemegang.penerbit, hasil.signer_reported_dt, utuh=hasil.intact and hasil.valid and menyeluruh,
        dikenal=hasil.trusted,
    )  # fmt: skip


def _holder(sertifikat: x509.Certificate) -> Pemegang:
    return Pemegang(
        _name(sertifikat.subject), _name(sertifikat.issuer), format(sertifikat.serial_number, "x"),
        sertifikat.not_valid_after,
    )  # fmt: skip


def _name(nama: x509.Name) -> str:
    isi = nama.native
    return str(isi.get("common_name") or isi.get("organization_name") or nama.human_friendly)


@cache
def _roots(akar: str) -> list[x509.Certificate]:
    if not akar:
        return []
    letak = Path(akar)
    berkas = sorted(letak.glob("*.pem")) if letak.is_dir() else [letak]
    return [
        x509.Certificate.load(der) for b in berkas for _, _, der in pem.unarmor(b.read_bytes(), multiple=True)
    ]  # fmt: skip
