"""Fixing what the meeting decided as leaves of the record, and signing checkpoints over it."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from musrenbang import audit
from musrenbang.jangkar.folder import store_note
from musrenbang.jangkar.kunci import own_key, sign
from musrenbang.jangkar.leaves import BAKU, TITIK, fact_text
from musrenbang.jangkar.note import Checkpoint, read_note
from musrenbang.jangkar.read import (
    Catatan,
    origin,
    read_record,
    read_reference,
    reference_notes,
    reference_origin,
    stored_notes,
)
from musrenbang.models import JejakAcuan, JejakAudit, Kabupaten, Musrenbang, Pengguna


def fix_facts(*, musrenbang: Musrenbang, by: Pengguna | None, ke: str, fact: list[dict[str, Any]]) -> None:
    """Write the facts that a move into stage ``ke`` fixed into the trail, a line each."""
    if fact:
        audit.record(
            musrenbang=musrenbang,
            by=by,
            aksi=BAKU,
            objek=musrenbang,
            ke=ke,
            rincian={"daun": [fact_text(f) for f in fact], "jumlah": len(fact)},
        )


@transaction.atomic
def sign_checkpoint(*, musrenbang: Musrenbang, by: Pengguna | None) -> Checkpoint:
    """Sign the record as it stands, note it in the trail, and keep it outside once the transaction holds.

    What has not changed since its last checkpoint gets no other.
    """
    Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    head = Musrenbang.objects.values_list("sidik_jejak", flat=True).get(pk=musrenbang.pk)
    tip = JejakAudit.objects.filter(musrenbang=musrenbang.pk, sidik=head, aksi=TITIK).first()
    if tip:
        return read_note(tip.rincian["nota"])
    point, details = _signed(origin(musrenbang), read_record(musrenbang))
    audit.record(musrenbang=musrenbang, by=by, aksi=TITIK, objek=musrenbang, rincian=details)
    transaction.on_commit(partial(store_note, point), robust=True)
    return point


def _signed(asal: str, catatan: Catatan) -> tuple[Checkpoint, dict[str, str]]:
    """Return a checkpoint over a record, and what its row in the trail holds.

    The key goes along: where it is changed, and where a laptop signed, the record itself says which one it was.
    """
    time = timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    point = sign(Checkpoint(asal, catatan.ukuran, bytes.fromhex(catatan.akar), time))
    return point, {"nota": point.teks, "kunci": own_key().teks}


@transaction.atomic
def sign_reference(kabupaten_id: int) -> Checkpoint | None:
    """Sign the trail of a kabupaten's reference data and people, unless nothing came after its last checkpoint.

    A laptop in a hall does not: its copy of the trail is not the kabupaten's.
    """
    kabupaten = Kabupaten.objects.select_for_update().get(pk=kabupaten_id)
    last = JejakAcuan.objects.filter(kabupaten=kabupaten_id, sidik=kabupaten.sidik_acuan).first()
    if last is None or last.aksi == TITIK or settings.AULA:
        return None
    point, details = _signed(reference_origin(kabupaten), read_reference(kabupaten))
    audit.record_acuan(kabupaten=kabupaten, by=None, aksi=TITIK, objek=str(kabupaten), rincian=details)
    transaction.on_commit(partial(store_note, point), robust=True)
    return point


def sign_reference_later(kabupaten_id: int) -> None:
    """Do it once the transaction holds, in one of its own: reference data are locked before events, never after."""
    transaction.on_commit(partial(sign_reference, kabupaten_id), robust=True)


def sign_all() -> int:
    """Sign every event whose record went on since its last checkpoint, and write what is missing outside.

    Return how many there are. An event that is in the hall is left: its record goes on there. The reference trails of
    all kabupaten too.
    """
    for kabupaten in Kabupaten.objects.exclude(sidik_acuan=""):
        for point in reference_notes(kabupaten):
            store_note(point)
        sign_reference(kabupaten.pk)
    acara = Musrenbang.objects.filter(dibawa_pada=None).exclude(sidik_jejak="").select_related("kecamatan")
    for m in acara:
        for point in stored_notes(m):
            store_note(point)
        sign_checkpoint(musrenbang=m, by=None)
    return len(acara)
