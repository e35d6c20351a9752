"""The one door through which any status changes.

``move`` looks the move up in a table, updates the row only if it is still where the caller saw it
(compare-and-swap, so a second click or a stale tab changes nothing on SQLite and PostgreSQL alike) and
writes the audit row in the same transaction.
"""

from collections.abc import Container
from typing import Any

from django.db import models, transaction

from musrenbang import audit
from musrenbang.infra.errors import Refused as Refused
from musrenbang.models import JejakAudit, Musrenbang, Pengguna


class TransisiRefused(Refused):
    """The move does not exist from where the row is now, or someone else made it first."""


def move(
    obj: models.Model,
    *,
    dari: str,
    ke: str,
    table: Container[tuple[str, str]],
    musrenbang: Musrenbang,
    by: Pengguna | None,
    alasan: str = "",
    kolom: str = "status",
    rincian: dict[str, Any] | None = None,
) -> JejakAudit:
    """Change ``obj.<kolom>`` from ``dari`` to ``ke`` and write the trail; raise TransisiRefused otherwise.

    ``dari`` is what the caller believed when the decision was made (for a page: what the page showed).
    """
    if (dari, ke) not in table:
        raise TransisiRefused(f"Dari {label(obj, kolom, dari)} tidak dapat langsung ke {label(obj, kolom, ke)}.")
    with transaction.atomic():
        jumlah = type(obj)._default_manager.filter(pk=obj.pk, **{kolom: dari}).update(**{kolom: ke})
        if jumlah != 1:
            raise TransisiRefused(_already_changed(obj, kolom))
        setattr(obj, kolom, ke)
        return audit.record(
            musrenbang=musrenbang,
            by=by,
            aksi=f"{obj._meta.model_name}.{kolom}",
            objek=obj,
            dari=dari,
            ke=ke,
            alasan=alasan,
            rincian=rincian,
        )


def label(obj: models.Model, kolom: str, nilai: str) -> str:
    """Return the words that users read for a status value, in quotes."""
    field = obj._meta.get_field(kolom)
    assert isinstance(field, models.Field)
    return f"“{dict(field.flatchoices).get(nilai, nilai)}”"


def _already_changed(obj: models.Model, kolom: str) -> str:
    """Say who moved the row before, and when, if the trail knows."""
    current = type(obj)._default_manager.filter(pk=obj.pk).values_list(kolom, flat=True).first()
    if current is None:
        return "Data ini sudah tidak ada. Muat ulang halaman."
    jejak = (
        JejakAudit.objects.filter(objek_id=f"{obj._meta.model_name}:{obj.pk}", ke=current)
        .select_related("pelaku", "musrenbang__kecamatan__kabupaten")
        .first()
    )
    sentence = f"Sudah {label(obj, kolom, current)}"
    if jejak:
        clock = jejak.waktu.astimezone(jejak.musrenbang.kecamatan.kabupaten.tz)
        sentence += f" oleh {jejak.pelaku or 'sistem'} pukul {clock:%H.%M}"
    return f"{sentence}. Tidak ada yang diubah lagi; muat ulang halaman untuk melihat keadaan terakhir."
