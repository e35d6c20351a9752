"""Reads about documents."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.db.models import F, Q, QuerySet

from berita_acara.models import PengaturanDokumen, SalinanTtd, TandaElektronik, TanpaSalinan
from musrenbang.keeper import read_file
from musrenbang.models import Dokumen, JejakAudit, Musrenbang
from musrenbang.queries import newest_issued
from musrenbang.states import Tahap
from tindak_lanjut.models import Adendum
from tindak_lanjut.queries.adendum import issued_adendum

BERITA_ACARA = "berita_acara"
DITERIMA = Q(halaman_dokumen=None) | Q(halaman=F("halaman_dokumen")) | ~Q(alasan="")
"""A signed copy counts when it has as many pages as the document, or a reason why not (``SalinanTtd.diterima``)."""


def list_berita_acara(musrenbang: Musrenbang) -> QuerySet[Dokumen]:
    """Return the issued versions, newest first, without their content."""
    return Dokumen.objects.filter(musrenbang=musrenbang, jenis=BERITA_ACARA).select_related("dibuat_oleh").defer("isi")


def latest_dokumen(musrenbang: Musrenbang, jenis: str, part: str = "") -> Dokumen | None:
    """Return the newest version of a document with its content, or None."""
    return Dokumen.objects.filter(musrenbang=musrenbang, jenis=jenis, bagian=part).first()


def latest_berita_acara(musrenbang: Musrenbang) -> Dokumen | None:
    """Return the newest Berita Acara with its content, or None."""
    return latest_dokumen(musrenbang, BERITA_ACARA)


def settings_of(musrenbang: Musrenbang) -> PengaturanDokumen:
    """Return the settings of the kecamatan's documents; the usual ones while none were stored."""
    existing = PengaturanDokumen.objects.filter(kecamatan=musrenbang.kecamatan_id).first()
    return existing or PengaturanDokumen(kecamatan=musrenbang.kecamatan)


def kop_of(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return the letterhead as JSON-safe data."""
    p = settings_of(musrenbang)
    return {
        "logo": p.logo.name or "",
        "alamat": p.alamat,
        "telepon": p.telepon,
        "surel": p.surel,
        "kode_pos": p.kode_pos,
        "kertas": p.kertas,
        "format_nomor": p.format_nomor,
    }


def logo_of(kop: dict[str, Any] | None) -> str:
    """Return the logo as a data address: nothing outside the document is fetched while it is rendered."""
    if not kop or not kop.get("logo"):
        return ""
    try:
        with default_storage.open(kop["logo"], "rb") as file:
            content = base64.b64encode(file.read()).decode()
    except OSError:
        return ""
    jenis = "png" if kop["logo"].endswith(".png") else "jpeg"
    return f"data:image/{jenis};base64,{content}"


@dataclass(frozen=True)
class Authenticity:
    """What ``/verifikasi/`` knows of a document: what replaced it, its signed copy, and the addenda since."""

    dokumen: Dokumen
    pengganti: Dokumen | None
    salinan: SalinanTtd | None
    elektronik: TandaElektronik | None
    adendum: list[Adendum]

    @property
    def berlaku(self) -> bool:
        """Whether it is the newest of its kind."""
        return self.pengganti is None


def is_local_address(alamat: str) -> bool:
    """Whether an address reaches a server from that machine alone, so that a paper that bears it cannot be checked."""
    host = urlsplit(alamat).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in {"", "localhost"} or host.endswith(".localhost")


def find_dokumen(kode: str) -> Authenticity | None:
    """Return what is known of the document with a code, or None (five queries)."""
    d = (
        Dokumen.objects.select_related("musrenbang__kecamatan__kabupaten")
        .defer("isi")
        .filter(kode=kode, kode__isnull=False)
        .exclude(sha256="")
        .first()
    )
    if d is None:
        return None
    new = Dokumen.objects.filter(musrenbang=d.musrenbang_id, jenis=d.jenis, bagian=d.bagian, versi__gt=d.versi)
    return Authenticity(
        d,
        new.defer("isi").exclude(sha256="").first(),
        SalinanTtd.objects.filter(DITERIMA, dokumen=d).first(),
        TandaElektronik.objects.filter(dokumen=d).first(),
        issued_adendum(d.musrenbang, d.dibuat_pada),
    )


def anchor_on(dokumen: Dokumen) -> dict[str, Any] | None:
    """Return size, root and key that a paper bears; None for one that was printed before papers bore them."""
    content = Dokumen.objects.filter(pk=dokumen.pk).values_list("isi__jangkar", flat=True).first()
    return content if isinstance(content, dict) else None


def match_hash(dokumen: Dokumen, sha256: str) -> str:
    """Tell what the file with this hash is.

    ``sama``; ``elektronik`` (with the electronic signature); ``salinan`` (the signed paper); ``versi`` (another
    version); or ``asing``.
    """
    if sha256 == dokumen.sha256:
        return "sama"
    if TandaElektronik.objects.filter(dokumen=dokumen, sha256=sha256).exists():
        return "elektronik"
    if SalinanTtd.objects.filter(DITERIMA, dokumen=dokumen, sha256=sha256).exists():
        return "salinan"
    other = Dokumen.objects.filter(musrenbang=dokumen.musrenbang_id, jenis=dokumen.jenis, sha256=sha256)
    return "versi" if other.exists() else "asing"


def salinan_of(musrenbang: Musrenbang) -> SalinanTtd | None:
    """Return the signed copy of the newest Berita Acara that counts, or None."""
    return _copies(musrenbang).filter(DITERIMA).first()


def waiting_salinan(musrenbang: Musrenbang) -> SalinanTtd | None:
    """Return the newest copy when its number of pages differs and nobody has said why, or None."""
    end = _copies(musrenbang).first()
    return None if end is None or end.diterima else end


def _copies(musrenbang: Musrenbang) -> QuerySet[SalinanTtd]:
    minutes_paper = list_berita_acara(musrenbang).first()
    return SalinanTtd.objects.filter(dokumen=minutes_paper).select_related("diunggah_oleh")


def read_salinan(salinan: SalinanTtd) -> bytes:
    """Return the file of a signed copy; raise Refused when it is gone or no longer what was uploaded."""
    return read_file(salinan.berkas, salinan.sha256, "Berkas salinan")


def signable(musrenbang: Musrenbang) -> list[Dokumen]:
    """Return the newest issued version of every numbered document that names the Camat, each with its signature."""
    return [
        d
        for d in newest_issued(musrenbang, "elektronik").values()
        if d.sha256 and any(p.get("peran", "camat") == "camat" for p in d.penanda_tangan)
    ]


def read_electronic(mark: TandaElektronik) -> bytes:
    """Return the signed file; raise Refused when it is gone or no longer what was signed."""
    return read_file(mark.berkas, mark.sha256, "Berkas bertanda tangan elektronik")


def excuse_of(musrenbang: Musrenbang) -> TanpaSalinan | None:
    """Return why the event goes on without a signed copy, or None."""
    return TanpaSalinan.objects.filter(musrenbang=musrenbang).first()


def salinan_due(musrenbang: Musrenbang) -> datetime | None:
    """Return until when the signed copy is expected: so many minutes after the signing stage began."""
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang, aksi="musrenbang.tahap", ke=Tahap.PENANDATANGANAN).first()
    return jejak.waktu + timedelta(minutes=settings_of(musrenbang).tenggat_salinan) if jejak else None
