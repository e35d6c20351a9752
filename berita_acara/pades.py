"""Electronic signatures in a PDF: made with a certificate file (PAdES B-B), and checked, up to what BSrE's tools make.

A B-LT file holds what its check needs: a time stamp, the certificates, and whether one was revoked (DSS). It is judged
from that and the issuers known here, without a network, also years after the certificate has expired.

The key is used while the request lasts and is kept nowhere. Knows neither Django nor models. Loading pyHanko takes
half a second, so this module is loaded where somebody signs, and in the child that reads a stranger's PDF.
"""

import logging
import zlib
from dataclasses import asdict
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
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from berita_acara.tanda import TAK_TERBUKA, Pemegang, SertifikatTidakSah, Tanda
from musrenbang.infra.anak import BerkasTakTerbaca

BIDANG = "TandaTangan"
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it finds is told to the person who asks
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def sign_pdf(isi: bytes, *, sertifikat: bytes, sandi: str, alasan: str, tempat: str) -> tuple[bytes, Pemegang]:
    """Return the signed PDF and whose certificate it was; nothing may be changed in it afterwards.

    ``sertifikat``: a PKCS #12 file (.p12, .pfx). Raises SertifikatTidakSah for one that cannot be opened with the
    password, has no key, or is not valid today.
    """
    marker, own = _open(sertifikat, sandi)
    holder = _holder(own)
    current, start = datetime.now(UTC), own.not_valid_before
    if not start <= current <= own.not_valid_after:
        raise SertifikatTidakSah(
            f"Sertifikat {holder.nama} berlaku {start:%d-%m-%Y} sampai {own.not_valid_after:%d-%m-%Y}. "
            "Mintalah yang baru kepada penerbitnya."
        )
    keterangan = signers.PdfSignatureMetadata(
        field_name=BIDANG,
        reason=alasan,
        location=tempat,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        md_algorithm="sha256",
        name=holder.nama,
    )
    output = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(isi)), keterangan, signer=marker)
    return output.getvalue(), holder


def _open(sertifikat: bytes, sandi: str) -> tuple[signers.SimpleSigner, x509.Certificate]:
    try:
        marker = signers.SimpleSigner.load_pkcs12_data(sertifikat, other_certs=[], passphrase=sandi.encode())
    except (ValueError, TypeError):
        marker = None
    if marker is None or marker.signing_cert is None:
        raise SertifikatTidakSah(TAK_TERBUKA)
    return marker, marker.signing_cert


def can_open(berkas: Path, sandi: str) -> bool:
    """Tell whether a certificate file opens with the password. For the child: one may ask for hours of work."""
    try:
        _open(berkas.read_bytes(), sandi)
    except SertifikatTidakSah:
        return False
    return True


def read_signatures(berkas: Path, akar: str) -> list[dict[str, Any]]:
    """Return what ``check_pdf`` finds, as it passes from the child; raise BerkasTakTerbaca for what is no PDF."""
    content = berkas.read_bytes()
    if b"%PDF-" not in content[:1024]:
        raise BerkasTakTerbaca("Berkas ini bukan PDF.")
    return [asdict(t) | {"waktu": t.waktu and t.waktu.isoformat()} for t in check_pdf(content, akar)]


def check_pdf(isi: bytes, akar: str = "") -> list[Tanda]:
    """Return every signature in a PDF; [] when there is none or the file cannot be read.

    ``akar``: a folder or file with the certificates (PEM) of the issuers that are known.
    """
    try:
        reader = PdfFileReader(BytesIO(isi), strict=False)
        tip = isi.rstrip().endswith(b"%%EOF")
        return [_judge(one, _roots(akar), ujung=tip) for one in reader.embedded_regular_signatures]
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, RecursionError, zlib.error):
        return []


def _judge(satu: EmbeddedPdfSignature, akar: list[x509.Certificate], *, ujung: bool) -> Tanda:
    setting: dict[str, Any] = {"trust_roots": akar, "allow_fetching": False}
    result = validate_pdf_signature(satu, signer_validation_context=ValidationContext(**setting))
    proof = _proof(satu)
    stamp = _stamp(satu, result, proof, setting)
    term = _at(satu, proof, setting, stamp) if proof and stamp else None
    holder, revoked = _holder(result.signing_cert), bool(term and term.revoked)
    level = "B-LT" if term and term.trusted else "B-T" if stamp else "B-B"
    return Tanda(
        holder.nama,
        holder.penerbit,
        stamp or result.signer_reported_dt,
        tingkat=level,
        dicabut=revoked,
        utuh=result.intact and result.valid and ujung and _nothing_else_after(result),
        dikenal=not revoked and (result.trusted or level == "B-LT"),
    )


def _proof(satu: EmbeddedPdfSignature) -> DocumentSecurityStore | None:
    """Return the certificates and lists of revoked ones that lie in the file."""
    try:
        return DocumentSecurityStore.read_dss(satu.reader)
    except (NoDSSFoundError, PdfError, ValueError, KeyError, TypeError):
        return None


def _context(bukti: DocumentSecurityStore | None, setelan: dict[str, Any]) -> ValidationContext:
    return bukti.as_validation_context(setelan) if bukti else ValidationContext(**setelan)


def _stamp(
    satu: EmbeddedPdfSignature, hasil: PdfSignatureStatus, bukti: DocumentSecurityStore | None, setelan: dict[str, Any]
) -> datetime | None:
    """Return the time of the stamp, if there is one whose issuer is known here.

    It is judged at its own time: the certificate of a time stamp may have expired since.
    """
    if not hasil.timestamp_validity:
        return None
    at_time = hasil.timestamp_validity.timestamp
    context = _context(bukti, setelan | {"moment": at_time, "retroactive_revinfo": True})
    cap = validate_pdf_signature(
        satu, signer_validation_context=ValidationContext(**setelan), ts_validation_context=context
    ).timestamp_validity
    return at_time if cap and cap.intact and cap.valid and cap.trusted else None


def _at(
    satu: EmbeddedPdfSignature, bukti: DocumentSecurityStore, setelan: dict[str, Any], pada: datetime
) -> PdfSignatureStatus:
    """Judge the signer at the stamped time by what the file holds; without proof about revocation it is not trusted."""
    context = _context(bukti, setelan | {"moment": pada, "retroactive_revinfo": True, "revocation_mode": "require"})
    return validate_pdf_signature(satu, signer_validation_context=context)


def _nothing_else_after(hasil: PdfSignatureStatus) -> bool:
    """Tell whether what was added after the signature only proves it, or is a further signature that it allows."""
    if hasil.coverage is not None and hasil.coverage.name == "ENTIRE_FILE":
        return True
    allowed = {
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    }  # NONE: bytes that belong to nothing
    return bool(hasil.docmdp_ok and hasil.modification_level in allowed)


def _holder(sertifikat: x509.Certificate) -> Pemegang:
    return Pemegang(
        _name(sertifikat.subject),
        _name(sertifikat.issuer),
        format(sertifikat.serial_number, "x"),
    )


def _name(nama: x509.Name) -> str:
    content = nama.native
    return str(content.get("common_name") or content.get("organization_name") or nama.human_friendly)


@cache
def _roots(akar: str) -> list[x509.Certificate]:
    if not akar:
        return []
    position = Path(akar)
    file = sorted(position.glob("*.pem")) if position.is_dir() else [position]
    return [x509.Certificate.load(der) for b in file for _, _, der in pem.unarmor(b.read_bytes(), multiple=True)]
