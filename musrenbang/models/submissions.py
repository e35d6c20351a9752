"""What was stored from a form that carries a key, so that the same form is stored once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from musrenbang.models.acara import Musrenbang


class Kiriman(models.Model):
    """One stored form: its key as it was rendered, a digest of its content, and the row that it became.

    The row stays when the entry is deleted, so that a form sent once more does not bring it back. ``sidik`` is blank
    for entries from before digests were kept: what was in them is not known any more.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="kiriman")
    jenis = models.CharField(max_length=40)
    kunci = models.UUIDField()
    sidik = models.CharField(max_length=64, blank=True)
    objek_id = models.BigIntegerField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    pada = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "kiriman"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "jenis", "kunci", "sidik"], name="kiriman_sekali"),
        ]

    def __str__(self) -> str:
        return f"Kiriman {self.jenis} {self.objek_id}"


@dataclass(frozen=True)
class Stored:
    """How a form was answered: whether it made a new entry, when and by whom the entry was stored.

    ``dahulu``: entries that the same page stored before with other content, which are still there.
    """

    baru: bool
    pada: datetime
    oleh: Any
    dahulu: list[Any] = field(default_factory=list)


class FromForm(models.Model):
    """A row that is stored through a form with a key. ``tersimpan`` is set by ``services.once`` alone."""

    tersimpan: Stored | None = None

    class Meta:
        abstract = True

    @property
    def gugur(self) -> str:
        """Why the entry no longer counts though it stays on the record; "" while it does."""
        return ""
