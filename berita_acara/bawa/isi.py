"""The whole of an event as one document."""

import base64
import hashlib
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from berita_acara.bawa.tabel import ACUAN, EVENT, as_data, file_names, people_of, rows_of
from musrenbang.models import Musrenbang
from musrenbang.transisi import Ditolak

FORMAT = "musrenbang/1"


def event_document(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return every row of the event, the reference data it needs, its people and its files as JSON-safe data.

    Passwords go along as hashes for those with a role in the kecamatan, so that they can sign in on the laptop. Raises
    Ditolak when a file is gone.
    """
    orang, peran = people_of(musrenbang)
    berhak = set(peran.values_list("pengguna", flat=True))
    pengguna = [as_data(p) | ({} if p.pk in berhak else {"password": "!"}) for p in orang]
    return {
        "format": FORMAT, "musrenbang": musrenbang.slug, "nama": str(musrenbang),
        "diekspor_pada": timezone.now().isoformat(),
        "acuan": {label: [as_data(o) for o in rows_of(label, musrenbang, jalan)] for label, jalan in ACUAN.items()},
        "pengguna": [p | {"is_superuser": False, "is_staff": False} for p in pengguna],
        "keanggotaan": [as_data(k) for k in peran],
        "isi": {label: [as_data(o) for o in rows_of(label, musrenbang, jalan)] for label, jalan in EVENT.items()},
        "berkas": {nama: _file(nama) for nama in sorted(set(file_names(musrenbang)))},
    }  # fmt: skip


def _file(nama: str) -> dict[str, str]:
    try:
        with default_storage.open(nama, "rb") as berkas:
            isi = berkas.read()
    except OSError as galat:
        raise Ditolak(
            f"Berkas {nama} tidak ditemukan di penyimpanan, jadi acara ini tidak dapat dibawa utuh."
        ) from galat
    return {"sha256": hashlib.sha256(isi).hexdigest(), "isi": base64.b64encode(isi).decode()}
