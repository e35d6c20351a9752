"""Witnesses: desa and Bappeda sign a checkpoint with a key that their own telephone keeps.

The telephone signs only after it verified that the checkpoint continues the last one it saw (``static/js/saksi.js``).
Who holds a party's link may sign for it; the link is drawn from the server's secret, and the team hands it over.
"""

import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import slugify

from musrenbang import audit
from musrenbang.infra.codes import code_from
from musrenbang.jangkar.ed25519 import is_signed
from musrenbang.jangkar.leaves import SAKSI
from musrenbang.jangkar.listing import Item
from musrenbang.jangkar.note import SAKSI as KUNCI_SAKSI
from musrenbang.jangkar.note import Checkpoint, Kunci, signature_line, witnessed
from musrenbang.jangkar.read import read_record, stored_notes
from musrenbang.jangkar.tree import consistency
from musrenbang.kunci import allowed_in
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sebutan import active
from musrenbang.states import Tahap
from musrenbang.transisi import Refused

PANJANG_KODE, KURANG_DARI = 12, 3
SEHARI = 86_400


@dataclass(frozen=True)
class Party:
    """Who may witness: a desa, or Bappeda.

    ``nama``: what checkpoints and trail call it, whatever it is called here; ``kode``: the secret part of its link;
    ``kata``: what people read.
    """

    nama: str
    kode: str
    kata: str

    @property
    def kunci(self) -> str:
        """The name of its key in checkpoints."""
        return f"saksi-{slugify(self.nama)}"


@dataclass(frozen=True)
class Testimony:
    """What a party is shown: the newest checkpoint, and whether it signed it already."""

    pihak: Party
    titik: Checkpoint
    sudah: bool

    @property
    def waktu(self) -> datetime:
        """When the checkpoint was signed."""
        return Item(self.titik, []).waktu


def parties(musrenbang: Musrenbang) -> list[Party]:
    """Return the desa of the kecamatan and Bappeda, with their codes."""
    desa = [(f"Desa {d.nama}", d.sebutan) for d in musrenbang.kecamatan.desa_set.order_by("kode")]
    return [Party(nama, _code(musrenbang, nama), words) for nama, words in (*desa, ("Bappeda", active().bappeda))]


def _code(musrenbang: Musrenbang, nama: str) -> str:
    digest = salted_hmac(
        "musrenbang.saksi", f"{musrenbang.slug}/{nama}", secret=settings.SECRET_KEY, algorithm="sha256"
    )
    return code_from(digest.digest(), PANJANG_KODE)


def find_party(musrenbang: Musrenbang, kode: str) -> Party | None:
    """Return the party whose link has this code, or None."""
    return next((p for p in parties(musrenbang) if constant_time_compare(p.kode, kode)), None)


def signed_by(musrenbang: Musrenbang, ukuran: int) -> dict[str, str]:
    """Return {party: line of its key} of those that signed the checkpoint of that size (one query)."""
    everything = JejakAudit.objects.filter(musrenbang=musrenbang, aksi=SAKSI).order_by("pk")
    return {r["saksi"]: r["kunci"] for r in everything.values_list("rincian", flat=True) if r["ukuran"] == ukuran}


def witnessed_parties(musrenbang: Musrenbang) -> list[str]:
    """Return who signed the newest checkpoint."""
    point = next(iter(stored_notes(musrenbang)), None)
    return list(signed_by(musrenbang, point.ukuran)) if point else []


def testimony(musrenbang: Musrenbang, party: Party) -> Testimony:
    """Return the newest checkpoint for a party. Raises Refused while nothing was signed."""
    point = next(iter(stored_notes(musrenbang)), None)
    if point is None:
        raise Refused("Belum ada titik periksa. Yang pertama ditandatangani ketika RKP ditetapkan.")
    return Testimony(party, point, party.nama in signed_by(musrenbang, point.ukuran))


def consistency_proof(musrenbang: Musrenbang, dari: int) -> list[str]:
    """Return the proof that the newest checkpoint continues the one of the size ``dari``. Raises Refused."""
    point = next(iter(stored_notes(musrenbang)), None)
    if point is None or not 0 < dari <= point.ukuran:
        raise Refused("Catatan di sini lebih pendek daripada yang pernah Anda lihat.")
    return [p.hex() for p in consistency(read_record(musrenbang).daun[: point.ukuran], dari)]


@allowed_in(frozenset(Tahap))
def co_sign(*, musrenbang: Musrenbang, party: Party, ukuran: int, waktu: int, kunci: bytes, tanda: bytes) -> None:
    """Keep the signature of a party under the newest checkpoint; the same one again changes nothing.

    Raises Refused when the checkpoint is not the newest any more, the signature is not of that key, or the party
    signed it with another telephone.
    """
    point = next(iter(stored_notes(musrenbang)), None)
    if point is None or point.ukuran != ukuran:
        raise Refused(
            "Sementara itu ada titik periksa yang lebih baru. Muat ulang halaman ini, lalu tanda tangani yang itu."
        )
    if not 0 < waktu < time.time() + SEHARI or not is_signed(kunci, witnessed(point.badan, waktu), tanda):
        raise Refused("Tanda tangan itu bukan untuk titik periksa ini. Muat ulang halaman, lalu ulangi.")
    own = Kunci(party.kunci, kunci, KUNCI_SAKSI)
    existing = signed_by(musrenbang, ukuran).get(party.nama)
    if existing == own.teks:
        return
    if existing:
        raise Refused(f"{party.kata} sudah bersaksi atas titik periksa ini dengan HP lain.")
    baris = signature_line(own.nama, own.id, waktu.to_bytes(8, "big") + tanda)
    audit.record(
        musrenbang=musrenbang,
        by=None,
        aksi=SAKSI,
        objek=musrenbang,
        rincian={"ukuran": ukuran, "akar": point.akar.hex(), "saksi": party.nama, "kunci": own.teks, "tanda": baris},
    )
