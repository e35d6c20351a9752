"""The append-only audit trail. Only ``musrenbang.audit`` writes it."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from musrenbang.models.acara import Musrenbang
from musrenbang.models.wilayah import Kabupaten


class PermanentJejak(TypeError):
    """Raised when code tries to change or remove an audit row."""


class JejakQuerySet(models.QuerySet):
    """Refuses bulk changes."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise PermanentJejak("Jejak audit tidak dapat diubah.")

    def delete(self) -> NoReturn:
        raise PermanentJejak("Jejak audit tidak dapat dihapus.")


class Jejak(models.Model):
    """Who did what to which thing, when and why, with the values before and after; written once.

    Each table also carries database triggers (``musrenbang.triggers``) that refuse to change or remove a row.
    ``sebelum``, ``sidik``: each row is bound to the one before it, see ``musrenbang.rantai``.
    """

    pelaku = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    aksi = models.CharField(max_length=60)
    objek = models.CharField("hal", max_length=250)
    alasan = models.TextField(blank=True)
    rincian = models.JSONField(default=dict)
    waktu = models.DateTimeField(default=timezone.now, editable=False)
    sebelum = models.CharField("sidik baris sebelumnya", max_length=64, blank=True, editable=False)
    sidik = models.CharField("sidik baris ini", max_length=64, editable=False)

    objects = JejakQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.waktu:%Y-%m-%d %H:%M} {self.aksi} {self.objek}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise PermanentJejak("Jejak audit tidak dapat diubah.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PermanentJejak("Jejak audit tidak dapat dihapus.")


class JejakAudit(Jejak):
    """The trail of an event, and the leaves of its tree: see ``musrenbang.jangkar``."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="jejak")
    objek_id = models.CharField(max_length=60)
    dari = models.CharField(max_length=40, blank=True)
    ke = models.CharField(max_length=40, blank=True)

    class Meta(Jejak.Meta):
        indexes = [
            models.Index(fields=["musrenbang", "-id"], name="jejak_acara"),
            models.Index(fields=["musrenbang", "objek_id"], name="jejak_objek"),
        ]


class JejakAcuan(Jejak):
    """The trail of a kabupaten's reference data and people."""

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT, related_name="jejak_acuan")

    class Meta(Jejak.Meta):
        verbose_name_plural = "jejak acuan"
        indexes = [models.Index(fields=["kabupaten", "-id"], name="jejak_acuan_kabupaten")]
