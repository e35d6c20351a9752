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

from berita_acara.signature import TAK_TERBUKA, Holder, InvalidCertificate, Signature
from musrenbang.infra.child import UnreadableFile

BIDANG = "TandaTangan"
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it finds is told to the person who asks
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def sign_pdf(content: bytes, *, sertifikat: bytes, sandi: str, alasan: str, tempat: str) -> tuple[bytes, Holder]:
    """Return the signed PDF and whose certificate it was; nothing may be changed in it afterwards.

    ``sertifikat``: a PKCS #12 file (.p12, .pfx). Raises InvalidCertificate for one that cannot be opened with the
    password, has no key, or is not valid today.
    """
    marker, own = _open(sertifikat, sandi)
    holder = _holder(own)
    current, start = datetime.now(UTC), own.not_valid_before
    if not start <= current <= own.not_valid_after:
        raise InvalidCertificate(
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
    output = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), keterangan, signer=marker)
    return output.getvalue(), holder


def _open(sertifikat: bytes, sandi: str) -> tuple[signers.SimpleSigner, x509.Certificate]:
    try:
        marker = signers.SimpleSigner.load_pkcs12_data(sertifikat, other_certs=[], passphrase=sandi.encode())
    except (ValueError, TypeError):
        marker = None
    if marker is None or marker.signing_cert is None:
        raise InvalidCertificate(TAK_TERBUKA)
    return marker, marker.signing_cert


def can_open(berkas: Path, sandi: str) -> bool:
    """Tell whether a certificate file opens with the password. For the child: one may ask for hours of work."""
    try:
        _open(berkas.read_bytes(), sandi)
    except InvalidCertificate:
        return False
    return True


def read_signatures(berkas: Path, root: str) -> list[dict[str, Any]]:
    """Return what ``check_pdf`` finds, as it passes from the child; raise UnreadableFile for what is no PDF."""
    content = berkas.read_bytes()
    if b"%PDF-" not in content[:1024]:
        raise UnreadableFile("Berkas ini bukan PDF.")
    return [asdict(t) | {"waktu": t.waktu and t.waktu.isoformat()} for t in check_pdf(content, root)]


def check_pdf(content: bytes, root: str = "") -> list[Signature]:
    """Return every signature in a PDF; [] when there is none or the file cannot be read.

    ``root``: a folder or file with the certificates (PEM) of the issuers that are known.
    """
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        tip = content.rstrip().endswith(b"%%EOF")
        return [_judge(one, _roots(root), tip=tip) for one in reader.embedded_regular_signatures]
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError, RecursionError, zlib.error):
        return []


def _judge(one: EmbeddedPdfSignature, root: list[x509.Certificate], *, tip: bool) -> Signature:
    setting: dict[str, Any] = {"trust_roots": root, "allow_fetching": False}
    result = validate_pdf_signature(one, signer_validation_context=ValidationContext(**setting))
    proof = _proof(one)
    stamp = _stamp(one, result, proof, setting)
    term = _at(one, proof, setting, stamp) if proof and stamp else None
    holder, revoked = _holder(result.signing_cert), bool(term and term.revoked)
    level = "B-LT" if term and term.trusted else "B-T" if stamp else "B-B"
    return Signature(
        holder.nama,
        holder.penerbit,
        stamp or result.signer_reported_dt,
        tingkat=level,
        dicabut=revoked,
        utuh=result.intact and result.valid and tip and _nothing_else_after(result),
        dikenal=not revoked and (result.trusted or level == "B-LT"),
    )


def _proof(one: EmbeddedPdfSignature) -> DocumentSecurityStore | None:
    """Return the certificates and lists of revoked ones that lie in the file."""
    try:
        return DocumentSecurityStore.read_dss(one.reader)
    except (NoDSSFoundError, PdfError, ValueError, KeyError, TypeError):
        return None


def _context(proof: DocumentSecurityStore | None, setting: dict[str, Any]) -> ValidationContext:
    return proof.as_validation_context(setting) if proof else ValidationContext(**setting)


def _stamp(
    one: EmbeddedPdfSignature, result: PdfSignatureStatus, proof: DocumentSecurityStore | None, setting: dict[str, Any]
) -> datetime | None:
    """Return the time of the stamp, if there is one whose issuer is known here.

    It is judged at its own time: the certificate of a time stamp may have expired since.
    """
    if not result.timestamp_validity:
        return None
    at_time = result.timestamp_validity.timestamp
    context = _context(proof, setting | {"moment": at_time, "retroactive_revinfo": True})
    cap = validate_pdf_signature(
        one, signer_validation_context=ValidationContext(**setting), ts_validation_context=context
    ).timestamp_validity
    return at_time if cap and cap.intact and cap.valid and cap.trusted else None


def _at(
    one: EmbeddedPdfSignature, proof: DocumentSecurityStore, setting: dict[str, Any], pada: datetime
) -> PdfSignatureStatus:
    """Judge the signer at the stamped time by what the file holds; without proof about revocation it is not trusted."""
    context = _context(proof, setting | {"moment": pada, "retroactive_revinfo": True, "revocation_mode": "require"})
    return validate_pdf_signature(one, signer_validation_context=context)


def _nothing_else_after(result: PdfSignatureStatus) -> bool:
    """Tell whether what was added after the signature only proves it, or is a further signature that it allows."""
    if result.coverage is not None and result.coverage.name == "ENTIRE_FILE":
        return True
    allowed = {
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    }  # NONE: bytes that belong to nothing
    return bool(result.docmdp_ok and result.modification_level in allowed)


def _holder(sertifikat: x509.Certificate) -> Holder:
    return Holder(
        _name(sertifikat.subject),
        _name(sertifikat.issuer),
        format(sertifikat.serial_number, "x"),
    )


def _name(nama: x509.Name) -> str:
    content = nama.native
    return str(content.get("common_name") or content.get("organization_name") or nama.human_friendly)


@cache
def _roots(root: str) -> list[x509.Certificate]:
    if not root:
        return []
    position = Path(root)
    file = sorted(position.glob("*.pem")) if position.is_dir() else [position]
    return [x509.Certificate.load(der) for b in file for _, _, der in pem.unarmor(b.read_bytes(), multiple=True)]
