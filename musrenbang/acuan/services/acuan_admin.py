"""Reference data that the administrator of the server changes at /admin/: on the trail of the kabupaten it concerns."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet

from musrenbang import audit
from musrenbang.acuan.services.wilayah import desa_renamed
from musrenbang.models import Desa, Kabupaten, Pengguna, Provinsi


def _concerned(objek: models.Model) -> QuerySet[Kabupaten]:
    """Return the kabupaten that a row belongs to; what belongs to none concerns each that has a trail."""
    if isinstance(objek, Kabupaten):
        return Kabupaten.objects.filter(pk=objek.pk)
    induk = getattr(objek, "kecamatan", objek)
    if kabupaten := getattr(induk, "kabupaten", None):
        return Kabupaten.objects.filter(pk=kabupaten.pk)
    everything = Kabupaten.objects.exclude(sidik_acuan="")
    return everything.filter(provinsi=objek) if isinstance(objek, Provinsi) else everything


@transaction.atomic
def save_reference(*, by: Pengguna, objek: models.Model, kolom: Iterable[str]) -> None:
    """Store a row; the trail says which of the columns changed."""
    old = type(objek)._base_manager.filter(pk=objek.pk).first() if objek.pk else None
    objek.save()
    if isinstance(objek, Desa) and isinstance(old, Desa) and old.nama != objek.nama:
        desa_renamed({objek.kode: objek.nama})
    contents = [{k: getattr(one, k, None) for k in kolom} for one in (old, objek)]
    note_reference(by=by, objek=objek, aksi="acuan.diubah" if old else "acuan.ditambah", rincian=audit.diff(*contents))


@transaction.atomic
def remove_reference(*, by: Pengguna, objek: models.Model) -> None:
    """Take a row out, with its trail. A kabupaten that has a trail stays: the trail names it."""
    if not isinstance(objek, Kabupaten):
        note_reference(by=by, objek=objek, aksi="acuan.dihapus", rincian={})
    objek.delete()


def note_reference(*, by: Pengguna, objek: models.Model, aksi: str, rincian: dict[str, Any]) -> None:
    """Add the row to each trail that it concerns."""
    words = f"{objek._meta.verbose_name}: {objek}"
    for kabupaten in _concerned(objek):
        audit.record_acuan(kabupaten=kabupaten, by=by, aksi=aksi, objek=words, rincian=rincian)
