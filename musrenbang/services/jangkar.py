"""Fixing what the meeting decided as leaves of the record, and signing checkpoints over it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from musrenbang import audit
from musrenbang.jangkar.baca import origin, read_record, stored_notes
from musrenbang.jangkar.daun import BAKU, TITIK, fact_text
from musrenbang.jangkar.folder import store_note
from musrenbang.jangkar.kunci import own_key, sign
from musrenbang.jangkar.nota import Titik, read_note
from musrenbang.models import JejakAudit, Musrenbang, Pengguna

Fakta = Callable[[Musrenbang], list[dict[str, Any]]]


def fix_facts(*, musrenbang: Musrenbang, by: Pengguna | None, dari: str, ke: str) -> None:
    """Write what a move fixed into the trail, a line each; the apps that know it are named by ``FAKTA_TAHAP``."""
    semua = [import_string(path) for path in settings.FAKTA_TAHAP.get((dari, ke), [])]
    fakta = [f for baca in semua for f in baca(musrenbang)]
    if fakta:
        audit.catat(
            musrenbang=musrenbang, by=by, aksi=BAKU, objek=musrenbang, ke=ke,
            rincian={"daun": [fact_text(f) for f in fakta], "jumlah": len(fakta)},
        )  # fmt: skip


@transaction.atomic
def sign_checkpoint(*, musrenbang: Musrenbang, by: Pengguna | None) -> Titik:
    """Sign the record as it stands, note it in the trail, and keep it outside once the transaction holds.

    What has not changed since its last checkpoint gets no other.
    """
    Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    kepala = Musrenbang.objects.values_list("sidik_jejak", flat=True).get(pk=musrenbang.pk)
    ujung = JejakAudit.objects.filter(musrenbang=musrenbang.pk, sidik=kepala, aksi=TITIK).first()
    if ujung:
        return read_note(ujung.rincian["nota"])
    catatan = read_record(musrenbang)
    waktu = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    titik = sign(Titik(origin(musrenbang), catatan.ukuran, bytes.fromhex(catatan.akar), waktu))
    # The key goes along: where it is changed, and where a laptop signed, the record itself says which one it was.
    rincian = {"nota": titik.teks, "kunci": own_key().teks}
    audit.catat(musrenbang=musrenbang, by=by, aksi=TITIK, objek=musrenbang, rincian=rincian)
    transaction.on_commit(partial(store_note, titik), robust=True)
    return titik


def sign_all() -> int:
    """Sign every event whose record went on since its last checkpoint, and write what is missing outside.

    Return how many there are. An event that is in the hall is left: its record goes on there.
    """
    acara = Musrenbang.objects.filter(dibawa_pada=None).exclude(sidik_jejak="").select_related("kecamatan")
    for m in acara:
        for titik in stored_notes(m):
            store_note(titik)
        sign_checkpoint(musrenbang=m, by=None)
    return len(acara)
