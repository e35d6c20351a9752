"""What is known of an electronic signature in a PDF, and the question to the child that reads it (``pades``)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from musrenbang.infra import child

TAK_TERBUKA = "Sertifikat tidak dapat dibuka. Pilih berkas .p12 atau .pfx, lalu ketik kata sandinya dengan benar."


class InvalidCertificate(Exception):
    """The certificate file cannot be used; the text tells why and what to do."""


@dataclass(frozen=True)
class Signature:
    """A signature found in a PDF. ``utuh``: the signed bytes are unchanged, and after them came nothing but what
    proves them (time stamps, certificates, lists of revoked ones) and further signatures.

    ``dikenal``: the certificate leads to an issuer that this server knows, at the time that is claimed or stamped, and
    is not revoked. ``tingkat``: B-B, B-T (a trusted time stamp), B-LT (with proof that it was not revoked);
    ``dicabut``: the file itself says that it was. ``waktu`` is the stamped time where there is one.
    """

    nama: str
    penerbit: str
    waktu: datetime | None
    utuh: bool
    dikenal: bool
    tingkat: str = "B-B"
    dicabut: bool = False

    @property
    def kata(self) -> str:
        """What people read about it, to follow the name."""
        if not self.utuh:
            return "tidak sah, berkas berubah sesudah ditandatangani."
        if self.dicabut:
            return "utuh, tetapi sertifikatnya sudah dicabut ketika menandatangani: tanda tangan ini tidak berlaku."
        if not self.dikenal:
            return "utuh, tetapi penerbitnya tidak dikenal server ini, jadi orangnya tidak dapat dipastikan."
        return "utuh, penerbitnya dikenal." + KATA_TINGKAT[self.tingkat]


KATA_TINGKAT = {
    "B-B": " Waktunya menurut penanda tangan, dan berkas tidak memuat bukti bahwa sertifikatnya tidak dicabut.",
    "B-T": " Waktunya dari stempel waktu; berkas tidak memuat bukti bahwa sertifikatnya tidak dicabut.",
    "B-LT": " Waktunya dari stempel waktu, dan berkas memuat bukti bahwa sertifikatnya belum dicabut (PAdES B-LT).",
}
"""What a level adds to an intact signature of a known issuer."""


@dataclass(frozen=True)
class Holder:
    """Whom a certificate is for."""

    nama: str
    penerbit: str
    seri: str


def check_strange_pdf(berkas: Path | bytes, root: str = "", for_whom: str = "umum") -> list[Signature]:
    """Return every signature in the PDF of a stranger, read by a child with limits. Raises UnreadableFile."""
    everything = child.read("berita_acara.pades:read_signatures", berkas, for_whom=for_whom, cpu_seconds=10, root=root)
    return [Signature(**one | {"waktu": one["waktu"] and datetime.fromisoformat(one["waktu"])}) for one in everything]
