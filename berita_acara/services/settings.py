"""Letterhead, paper, numbers and clauses of a kecamatan."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from berita_acara.models import PengaturanDokumen
from musrenbang import audit
from musrenbang.infra import child
from musrenbang.infra.child import UnreadableFile
from musrenbang.infra.digest import sha256_of
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.states import KAPAN_SAJA
from musrenbang.transisi import Refused

LOGO_MAKS = 1024 * 1024
BAGIAN_NOMOR = {"klasifikasi": "000.7.2", "urut": "001", "kode": "BA-MRB", "bulan": "II", "tahun": 2026}


def save_settings(
    *, musrenbang: Musrenbang, by: Pengguna, versi: int, logo: bytes | None = None, **isi: Any
) -> PengaturanDokumen:
    """Store how the kecamatan's documents look; issued ones keep the letterhead they had.

    Raises Refused for a logo that is no small PNG or JPEG, a number without {urut}, and a stale page.
    """
    check_format(isi["format_nomor"])
    image = _check_logo(logo) if logo else None  # before the transaction: others write while it is read
    with transaction.atomic():
        lock_musrenbang(musrenbang, KAPAN_SAJA)
        old, new = PengaturanDokumen.objects.get_or_create(kecamatan=musrenbang.kecamatan)
        if versi != (0 if new else old.versi):
            raise Refused(audit.stale(old, "pengaturan dokumen", "dokumen.pengaturan", after=audit.RELOAD))
        details = audit.diff({k: getattr(old, k) for k in isi}, isi)
        if image:
            nama, png_bytes = image
            old.logo.save(nama, ContentFile(png_bytes), save=False)
            isi["logo"] = old.logo.name
            details["logo"] = ["", nama]
        PengaturanDokumen.objects.filter(pk=old.pk).update(**isi, versi=F("versi") + (0 if new else 1))
        if details:
            audit.record(musrenbang=musrenbang, by=by, aksi="dokumen.pengaturan", objek=old, rincian=details)
        old.refresh_from_db()
    return old


def number_example(text: str) -> str:
    """Return a number as the format makes it, e.g. ``000.7.2/001/BA-MRB/II/2026``; raises for a bad one."""
    return text.format(**BAGIAN_NOMOR)


def check_format(text: str) -> None:
    """Refuse a number format that has no running number or an unknown part."""
    try:
        example = number_example(text)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise Refused("Format nomor hanya boleh memakai {klasifikasi} {urut} {kode} {bulan} {tahun}.") from error
    if "{urut}" not in text or "{kode}" not in text or len(example) > 80:
        raise Refused("Format nomor harus memuat {urut} dan {kode}, supaya tidak ada nomor yang sama.")


def _check_logo(content: bytes) -> tuple[str, bytes]:
    """Return a name by hash and the picture written anew, so that nothing but the picture is kept."""
    if len(content) > LOGO_MAKS:
        raise Refused("Logo lebih besar dari 1 MB. Kecilkan dahulu.")
    with tempfile.TemporaryDirectory() as place:
        Path(place, "0").write_bytes(content)
        try:
            child.read("berita_acara.scans:write_logo", Path(place))
        except UnreadableFile as error:
            raise Refused(str(error)) from error
        png_bytes = Path(place, "jadi").read_bytes()
    return f"{sha256_of(png_bytes)[:24]}.png", png_bytes
