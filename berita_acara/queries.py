"""Reads about documents."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from berita_acara.models import PengaturanDokumen, SalinanTtd, TanpaSalinan
from musrenbang.models import Dokumen, JejakAudit, Musrenbang
from musrenbang.states import Tahap
from musrenbang.transisi import Ditolak

JENIS_BA = "berita_acara"


def list_berita_acara(musrenbang: Musrenbang) -> QuerySet[Dokumen]:
    """Return the issued versions, newest first, without their content."""
    return Dokumen.objects.filter(musrenbang=musrenbang, jenis=JENIS_BA).select_related("dibuat_oleh").defer("isi")


def latest_dokumen(musrenbang: Musrenbang, jenis: str, bagian: str = "") -> Dokumen | None:
    """Return the newest version of a document with its content, or None."""
    return Dokumen.objects.filter(musrenbang=musrenbang, jenis=jenis, bagian=bagian).first()


def latest_berita_acara(musrenbang: Musrenbang) -> Dokumen | None:
    """Return the newest Berita Acara with its content, or None."""
    return latest_dokumen(musrenbang, JENIS_BA)


def list_letters(musrenbang: Musrenbang) -> dict[tuple[str, str], Dokumen]:
    """Return {(kind, part): newest issued letter} without content (one query)."""
    surat = Dokumen.objects.filter(musrenbang=musrenbang).exclude(nomor="").exclude(jenis=JENIS_BA).defer("isi")
    hasil: dict[tuple[str, str], Dokumen] = {}
    for d in surat:
        hasil.setdefault((d.jenis, d.bagian), d)
    return hasil


def pengaturan_of(musrenbang: Musrenbang) -> PengaturanDokumen:
    """Return the settings of the kecamatan's documents; the usual ones while none were stored."""
    ada = PengaturanDokumen.objects.filter(kecamatan=musrenbang.kecamatan_id).first()
    return ada or PengaturanDokumen(kecamatan=musrenbang.kecamatan)


def kop_of(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return the letterhead as JSON-safe data."""
    p = pengaturan_of(musrenbang)
    return {
        "logo": p.logo.name or "", "alamat": p.alamat, "telepon": p.telepon, "surel": p.surel,
        "kode_pos": p.kode_pos, "kertas": p.kertas, "format_nomor": p.format_nomor,
    }  # fmt: skip


@dataclass(frozen=True)
class Keaslian:
    """What ``/verifikasi/`` knows of a document: the document, the one that replaced it, and its signed copy."""

    dokumen: Dokumen
    pengganti: Dokumen | None
    salinan: SalinanTtd | None

    @property
    def berlaku(self) -> bool:
        """Whether it is the newest of its kind."""
        return self.pengganti is None


def find_dokumen(kode: str) -> Keaslian | None:
    """Return what is known of the document with a code, or None (three queries)."""
    d = (
        Dokumen.objects.select_related("musrenbang__kecamatan__kabupaten").defer("isi")
        .filter(kode=kode, kode__isnull=False).exclude(sha256="").first()
    )  # fmt: skip
    if d is None:
        return None
    baru = Dokumen.objects.filter(musrenbang=d.musrenbang_id, jenis=d.jenis, bagian=d.bagian, versi__gt=d.versi)
    return Keaslian(d, baru.defer("isi").exclude(sha256="").first(), SalinanTtd.objects.filter(dokumen=d).first())


def match_file(dokumen: Dokumen, isi: Iterable[bytes]) -> str:
    """Tell what a file is: ``sama``, ``salinan`` (the signed one), ``versi`` (another version), or ``asing``."""
    sidik = hashlib.sha256()
    for bagian in isi:
        sidik.update(bagian)
    sha256 = sidik.hexdigest()
    if sha256 == dokumen.sha256:
        return "sama"
    if SalinanTtd.objects.filter(dokumen=dokumen, sha256=sha256).exists():
        return "salinan"
    lain = Dokumen.objects.filter(musrenbang=dokumen.musrenbang_id, jenis=dokumen.jenis, sha256=sha256)
    return "versi" if lain.exists() else "asing"


def salinan_of(musrenbang: Musrenbang) -> SalinanTtd | None:
    """Return the signed copy of the newest Berita Acara, or None."""
    ba = list_berita_acara(musrenbang).first()
    return SalinanTtd.objects.filter(dokumen=ba).select_related("diunggah_oleh").first() if ba else None


def read_salinan(salinan: SalinanTtd) -> bytes:
    """Return the file of a signed copy; raise Ditolak when it is gone or no longer what was uploaded."""
    try:
        with salinan.berkas.open("rb") as berkas:
            isi: bytes = berkas.read()
    except OSError as galat:
        raise Ditolak("Berkas salinan tidak ditemukan di penyimpanan. Hubungi admin.") from galat
    if hashlib.sha256(isi).hexdigest() != salinan.sha256:
        raise Ditolak("Berkas salinan di penyimpanan sudah berubah dari yang diunggah. Hubungi admin.")
    return isi


def excuse_of(musrenbang: Musrenbang) -> TanpaSalinan | None:
    """Return why the event goes on without a signed copy, or None."""
    return TanpaSalinan.objects.filter(musrenbang=musrenbang).first()


def salinan_due(musrenbang: Musrenbang) -> datetime | None:
    """Return until when the signed copy is expected: so many minutes after the signing stage began."""
    jejak = JejakAudit.objects.filter(
        musrenbang=musrenbang, aksi="musrenbang.tahap", ke=Tahap.PENANDATANGANAN
    ).first()  # fmt: skip
    return jejak.waktu + timedelta(minutes=pengaturan_of(musrenbang).tenggat_salinan) if jejak else None
