"""Programmes of year N and priorities of the SKPD for N+1: they come whatever the meeting decides (seed B.2.4)."""

from django.db import models
from django.db.models import Q

from musrenbang.labels import words
from musrenbang.models.acara import Musrenbang
from musrenbang.models.acuan import Skpd, SumberDana
from musrenbang.models.submissions import FromForm
from musrenbang.models.wilayah import Desa
from musrenbang.sebutan import sebutan


class ProgramKind(models.TextChoices):
    """Already funded for the year of the meeting, or what an SKPD puts first for the plan year."""

    MASUK = "masuk", "Program masuk tahun ini"
    PRIORITAS = "prioritas", words("Prioritas SKPD tahun rencana")


class ProgramMasuk(FromForm):
    """One programme or work that enters the kecamatan. ``anggaran`` in whole rupiah; unknown is NULL."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="program_masuk")
    jenis = models.CharField(max_length=10, choices=ProgramKind.choices, default=ProgramKind.MASUK)
    nama = models.CharField("program/kegiatan", max_length=300)
    instansi = models.CharField("instansi pembawa program", max_length=200)
    skpd = models.ForeignKey(
        Skpd,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=words("SKPD kabupaten"),
        help_text=words("Bila instansinya SKPD kabupaten ini."),
    )
    sumber_dana = models.ForeignKey(SumberDana, on_delete=models.PROTECT, null=True, blank=True)
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT, null=True, blank=True)
    lokasi = models.CharField(max_length=300, blank=True)
    anggaran = models.BigIntegerField("anggaran (Rp)", null=True, blank=True)
    keterangan = models.CharField(max_length=300, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["musrenbang", "jenis", "instansi", "pk"]
        verbose_name_plural = "program masuk"
        constraints = [
            models.CheckConstraint(condition=Q(anggaran=None) | Q(anggaran__gt=0), name="program_anggaran_positif"),
            models.CheckConstraint(condition=Q(jenis__in=ProgramKind.values), name="program_jenis_dikenal"),
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.instansi})"

    @property
    def tempat(self) -> str:
        """Desa and place in words; the whole kecamatan when neither is known."""
        return (
            ", ".join(t for t in (self.desa.nama if self.desa else "", self.lokasi) if t)
            or f"seluruh {sebutan.kecamatan}"
        )
