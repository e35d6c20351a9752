"""One ranking for programme money: its rules, its scores, its published result."""

from django.db import models
from django.db.models import Q

from musrenbang.models import Musrenbang
from rkp.models import BarisRkp


class StatusPemeringkatan(models.TextChoices):
    """Scores are being entered, or the result is fixed."""

    DRAF = "draf", "Sedang dinilai"
    DITETAPKAN = "ditetapkan", "Ditetapkan"


MOVES_PEMERINGKATAN = frozenset(
    {
        (StatusPemeringkatan.DRAF, StatusPemeringkatan.DITETAPKAN),
        (StatusPemeringkatan.DITETAPKAN, StatusPemeringkatan.DRAF),
    }
)


class KebijakanSisa(models.TextChoices):
    """What happens at the first work that does not fit (pnpm.md 1.7)."""

    BERHENTI = "berhenti", "Berhenti di kegiatan pertama yang tidak muat"
    LEWATI = "lewati", "Lewati yang tidak muat, lanjut ke bawahnya"
    PARSIAL = "parsial", "Beri sisa pagu, lalu berhenti"


class Pemeringkatan(models.Model):
    """The ranking of an event by weighted score. ``pagu`` in whole rupiah.

    ``masukan`` and ``hasil`` are the JSON of ``hitung_prioritas``, kept when the result is fixed.
    """

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="pemeringkatan")
    nama = models.CharField("program atau sumber dana", max_length=120)
    pagu = models.BigIntegerField("pagu (Rp)")
    kebijakan_sisa = models.CharField(max_length=10, choices=KebijakanSisa.choices, default=KebijakanSisa.BERHENTI)
    status = models.CharField(max_length=12, choices=StatusPemeringkatan.choices, default=StatusPemeringkatan.DRAF)
    masukan = models.JSONField(null=True)
    hasil = models.JSONField(null=True)
    sha256_masukan = models.CharField(max_length=64, blank=True)
    sha256_hasil = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "pemeringkatan"
        constraints = [
            models.CheckConstraint(condition=Q(pagu__gt=0), name="pemeringkatan_pagu_positif"),
            models.CheckConstraint(
                condition=Q(status="draf") | Q(hasil__isnull=False) & ~Q(sha256_hasil=""),
                name="pemeringkatan_tetap_ada_hasil",
            ),
        ]

    def __str__(self) -> str:
        return f"Peringkat {self.nama}"


class Kriteria(models.Model):
    """A criterion with its weight in percent; weights of a ranking add up to 100."""

    pemeringkatan = models.ForeignKey(Pemeringkatan, on_delete=models.CASCADE, related_name="kriteria")
    kode = models.CharField(max_length=4)
    nama = models.CharField(max_length=120)
    bobot = models.PositiveSmallIntegerField("bobot (%)")

    class Meta:
        ordering = ["kode"]
        verbose_name_plural = "kriteria"
        constraints = [
            models.UniqueConstraint(fields=["pemeringkatan", "kode"], name="kriteria_kode_unik"),
            models.CheckConstraint(condition=Q(bobot__gte=1, bobot__lte=100), name="kriteria_bobot_wajar"),
        ]

    def __str__(self) -> str:
        return self.nama


class Nilai(models.Model):
    """The score of a work on a criterion, 1 (very low) to 5 (very high)."""

    baris = models.ForeignKey(BarisRkp, on_delete=models.CASCADE, related_name="nilai")
    kriteria = models.ForeignKey(Kriteria, on_delete=models.CASCADE, related_name="nilai")
    nilai = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "nilai"
        constraints = [
            models.UniqueConstraint(fields=["baris", "kriteria"], name="nilai_sekali"),
            models.CheckConstraint(condition=Q(nilai__gte=1, nilai__lte=5), name="nilai_satu_sampai_lima"),
        ]

    def __str__(self) -> str:
        return str(self.nilai)


class PutusanSeri(models.Model):
    """The recorded decision that orders works of equal score: lower ``urut`` comes first."""

    pemeringkatan = models.ForeignKey(Pemeringkatan, on_delete=models.CASCADE, related_name="putusan")
    baris = models.ForeignKey(BarisRkp, on_delete=models.CASCADE)
    urut = models.PositiveSmallIntegerField()
    alasan = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pemeringkatan", "baris"], name="putusan_sekali")]

    def __str__(self) -> str:
        return f"{self.urut}: {self.alasan}"
