"""The only writer of the audit trail."""

from typing import Any

from django.db import transaction

from musrenbang.format import date_text
from musrenbang.models import JejakAcuan, JejakAudit, Kabupaten, Musrenbang, Pengguna
from musrenbang.rantai import ISI_ACUAN, link


@transaction.atomic
def record(
    *,
    musrenbang: Musrenbang,
    by: Pengguna | None,
    aksi: str,
    objek: Any,
    dari: str = "",
    ke: str = "",
    alasan: str = "",
    rincian: dict[str, Any] | None = None,
) -> JejakAudit:
    """Add one audit row. Call it inside the transaction of the change itself.

    ``objek`` is the model instance that changed; its text and ``model:pk`` are kept, so the row stays readable
    after the instance is gone. ``rincian`` holds values before and after, JSON-safe.
    """
    jejak = JejakAudit(
        musrenbang=musrenbang,
        pelaku=by,
        aksi=aksi,
        objek=str(objek)[:250],
        objek_id=f"{objek._meta.model_name}:{objek.pk}",
        dari=dari,
        ke=ke,
        alasan=alasan,
        rincian=rincian or {},
    )
    acara = Musrenbang.objects.filter(pk=musrenbang.pk)
    # The lock keeps two people from following the same row; services that lock the event hold it already.
    jejak.sebelum = acara.select_for_update().values_list("sidik_jejak", flat=True).get()
    jejak.sidik = link(jejak, jejak.sebelum)
    jejak.save()
    acara.update(sidik_jejak=jejak.sidik)
    return jejak


@transaction.atomic
def record_acuan(
    *,
    kabupaten: Kabupaten,
    by: Pengguna | None,
    aksi: str,
    objek: str,
    alasan: str = "",
    rincian: dict[str, Any] | None = None,
) -> JejakAcuan:
    """Add one row to the trail of a kabupaten's reference data and people, in the transaction of the change."""
    jejak = JejakAcuan(
        kabupaten=kabupaten, pelaku=by, aksi=aksi, objek=objek[:250], alasan=alasan, rincian=rincian or {}
    )
    own = Kabupaten.objects.filter(pk=kabupaten.pk)
    jejak.sebelum = own.select_for_update().values_list("sidik_acuan", flat=True).get()
    jejak.sidik = link(jejak, jejak.sebelum, ISI_ACUAN)
    jejak.save()
    own.update(sidik_acuan=jejak.sidik)
    return jejak


KEPT = "Isian Anda belum disimpan dan masih ada; bandingkan, lalu simpan lagi."
RELOAD = "Muat ulang halaman, lalu ubah lagi."


def stale(objek: Any, what: str, *aksi: str, now: str = "", after: str = KEPT) -> str:
    """Say that a row changed since a page was opened: the one sentence of every save that comes too late.

    ``what`` names it within the sentence (``usulan ini``), ``now`` is what it says at present, ``aksi`` are the
    actions of the trail that change its version: the newest of them says who and when, else it is "Orang lain".
    """
    newest = JejakAudit.objects.filter(objek_id=f"{objek._meta.model_name}:{objek.pk}", aksi__in=aksi).order_by("-pk")
    jejak = newest.select_related("pelaku", "musrenbang__kecamatan__kabupaten").first() if aksi else None
    who, when = "Orang lain", ""
    if jejak and jejak.pelaku:
        clock = jejak.waktu.astimezone(jejak.musrenbang.kecamatan.kabupaten.tz)
        who, when = str(jejak.pelaku), f" pada {date_text(clock.date())} pukul {clock:%H.%M}"
    return f"{who} sudah mengubah {what}{when}{f': sekarang {now}' if now else ''}. {after}"


def diff(sebelum: dict[str, Any], after: dict[str, Any]) -> dict[str, list[str | None]]:
    """Return ``{field: [before, after]}`` as text for the fields whose values differ; unknown stays None."""
    return {nama: [_text(sebelum[nama]), _text(after[nama])] for nama in after if sebelum.get(nama) != after[nama]}


def _text(nilai: Any) -> str | None:
    return None if nilai is None else str(nilai)
