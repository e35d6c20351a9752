"""The money that the kecamatan may count on, and the criteria by which it weighs works."""

from django.db import models
from django.db.models import Q

from musrenbang.labels import words
from musrenbang.models.acara import Musrenbang
from musrenbang.models.acuan import SumberDana
from musrenbang.sebutan import sebutan


class PaguKecamatan(models.Model):
    """The indicative ceiling of one funding source for the plan year, in whole rupiah; optional."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="pagu")
    sumber_dana = models.ForeignKey(SumberDana, on_delete=models.PROTECT)
    jumlah = models.BigIntegerField("pagu indikatif (Rp)")

    class Meta:
        ordering = ["musrenbang", "sumber_dana__nama"]
        verbose_name_plural = words("pagu kecamatan")
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "sumber_dana"], name="pagu_sumber_sekali"),
            models.CheckConstraint(condition=Q(jumlah__gt=0), name="pagu_positif"),
        ]

    def __str__(self) -> str:
        return f"Pagu {self.sumber_dana}"


class StatusKriteria(models.TextChoices):
    """The Camat sets the criteria after Bappeda's approval (musrenbang.md 2a row 8)."""

    DRAF = "draf", "Draf"
    DIAJUKAN = "diajukan", words("Menunggu persetujuan Bappeda")
    DIKEMBALIKAN = "dikembalikan", words("Dikembalikan Bappeda")
    DISETUJUI = "disetujui", words("Disetujui Bappeda")


MOVES_KRITERIA = frozenset(
    {
        (StatusKriteria.DRAF, StatusKriteria.DIAJUKAN),
        (StatusKriteria.DIKEMBALIKAN, StatusKriteria.DIAJUKAN),
        (StatusKriteria.DIAJUKAN, StatusKriteria.DRAF),
        (StatusKriteria.DIAJUKAN, StatusKriteria.DIKEMBALIKAN),
        (StatusKriteria.DIAJUKAN, StatusKriteria.DISETUJUI),
        (StatusKriteria.DISETUJUI, StatusKriteria.DRAF),
    }
)


class KriteriaKecamatan(models.Model):
    """The set of criteria of an event. ``isi``: list of {kode, nama, bobot}, weights in whole percent adding to 100."""

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="kriteria")
    status = models.CharField(
        max_length=12, choices=StatusKriteria.choices, default=StatusKriteria.DRAF, editable=False
    )
    isi = models.JSONField()
    catatan = models.CharField(words("catatan Bappeda"), max_length=300, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = words("kriteria kecamatan")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StatusKriteria.values), name="kriteria_status_dikenal")
        ]

    def __str__(self) -> str:
        return f"Kriteria {sebutan.Kecamatan} {self.musrenbang.kecamatan.nama}"
