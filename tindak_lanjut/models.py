"""What happens after the day: notes of the Camat and Bappeda, submissions, sorting to SKPD, their answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from musrenbang.models import Musrenbang
from rkp.models import BarisRkp


class SumberCatatan(models.TextChoices):
    """Who wrote a note."""

    CAMAT = "camat", "Camat"
    BAPPEDA = "bappeda", "Bappeda"


class Catatan(models.Model):
    """A note on the finished plan, on one row or on the whole, and what the team answered.

    The team answers note by note; a note without an answer is open.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="catatan_dokumen")
    sumber = models.CharField(max_length=8, choices=SumberCatatan.choices)
    baris = models.ForeignKey(
        BarisRkp, on_delete=models.PROTECT, null=True, blank=True, related_name="catatan_dokumen",
        verbose_name="kegiatan",
    )  # fmt: skip
    isi = models.TextField("catatan", max_length=1000)
    kunci = models.UUIDField(unique=True, editable=False)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)
    jawaban = models.TextField(max_length=1000, blank=True)
    dijawab_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    dijawab_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "catatan"
        constraints = [
            models.CheckConstraint(condition=Q(sumber__in=SumberCatatan.values), name="catatan_sumber_dikenal"),
            models.CheckConstraint(
                condition=Q(jawaban="", dijawab_pada=None) | (~Q(jawaban="") & Q(dijawab_pada__isnull=False)),
                name="catatan_jawaban_utuh",
            ),
        ]

    def __str__(self) -> str:
        return f"Catatan {self.get_sumber_display()}: {self.isi[:60]}"
