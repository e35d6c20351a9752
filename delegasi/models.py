"""The six who carry the result to the kabupaten."""

import uuid

from django.conf import settings
from django.db import models

from musrenbang.models import Musrenbang
from musrenbang.sidang.models import JenisKelamin, Kehadiran


class UnsurDelegasi(models.TextChoices):
    """The elements of the delegation (seed B.3.6)."""

    CAMAT = "camat", "Camat"
    BKAD = "bkad", "Pengurus BKAD"
    SETRAWAN = "setrawan", "Setrawan Kecamatan"
    TOKOH = "tokoh", "Tokoh masyarakat"


class Delegat(models.Model):
    """One delegate, taken from those present. ``kunci`` makes a repeated POST harmless."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="delegat")
    kehadiran = models.OneToOneField(Kehadiran, on_delete=models.PROTECT, related_name="delegat")
    unsur = models.CharField(max_length=10, choices=UnsurDelegasi.choices)
    nama = models.CharField(max_length=150)
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin.choices)
    lembaga = models.CharField(max_length=150)
    alamat = models.CharField(max_length=200, blank=True)
    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "delegat"

    def __str__(self) -> str:
        return f"{self.nama} ({self.get_unsur_display()})"
