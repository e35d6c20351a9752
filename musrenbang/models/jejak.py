"""The append-only audit trail. Only ``musrenbang.audit`` writes it."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from musrenbang.models.acara import Musrenbang


class JejakTetap(TypeError):
    """Raised when code tries to change or remove an audit row."""


class JejakQuerySet(models.QuerySet):
    """Refuses bulk changes."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise JejakTetap("Jejak audit tidak dapat diubah.")

    def delete(self) -> NoReturn:
        raise JejakTetap("Jejak audit tidak dapat dihapus.")


class JejakAudit(models.Model):
    """Who did what to which thing, when and why, with the values before and after.

    The table also carries a database trigger (migration 0002) that refuses UPDATE.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="jejak")
    pelaku = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    aksi = models.CharField(max_length=60)
    objek = models.CharField("hal", max_length=250)
    objek_id = models.CharField(max_length=60)
    dari = models.CharField(max_length=40, blank=True)
    ke = models.CharField(max_length=40, blank=True)
    alasan = models.TextField(blank=True)
    rincian = models.JSONField(default=dict)
    waktu = models.DateTimeField(auto_now_add=True)

    objects = JejakQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["musrenbang", "-id"], name="jejak_acara"),
            models.Index(fields=["musrenbang", "objek_id"], name="jejak_objek"),
        ]

    def __str__(self) -> str:
        return f"{self.waktu:%Y-%m-%d %H:%M} {self.aksi} {self.objek}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise JejakTetap("Jejak audit tidak dapat diubah.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise JejakTetap("Jejak audit tidak dapat dihapus.")
