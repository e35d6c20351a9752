"""What became of the proposals of an imported last year, as its file says it."""

from django.db import models
from django.db.models import Q


class StepResult(models.TextChoices):
    """How a step of last year's went. Blank is unknown, and never a no."""

    YA = "ya", "Ya"
    SEBAGIAN = "sebagian", "Sebagian"
    TIDAK = "tidak", "Tidak"


ADA_HASIL = (StepResult.YA, StepResult.SEBAGIAN)


class HasilLalu(models.Model):
    """What became of a proposal of an imported last year: agreed, funded, built. Blank and NULL are unknown.

    Amounts are whole rupiah, ``fisik`` percent. ``sel`` names the cell of the file that each value comes from.
    """

    usulan = models.OneToOneField("usulan.Usulan", on_delete=models.CASCADE, related_name="hasil_lalu")
    disepakati = models.CharField(max_length=8, choices=StepResult.choices, blank=True)
    jumlah_disepakati = models.BigIntegerField("jumlah yang disepakati (Rp)", null=True, blank=True)
    didanai = models.CharField(max_length=8, choices=StepResult.choices, blank=True)
    jumlah_didanai = models.BigIntegerField("jumlah yang didanai (Rp)", null=True, blank=True)
    sumber = models.CharField("sumber dana", max_length=200, blank=True)
    terlaksana = models.CharField(max_length=8, choices=StepResult.choices, blank=True)
    fisik = models.DecimalField("fisik (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    jumlah_realisasi = models.BigIntegerField("realisasi keuangan (Rp)", null=True, blank=True)
    alasan = models.CharField("keterangan", max_length=500, blank=True)
    sel = models.JSONField("sel asalnya", default=dict)

    class Meta:
        verbose_name_plural = "hasil tahun lalu"
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{n}__in": ["", *StepResult.values]}), name=f"hasil_lalu_{n}_dikenal"
                )
                for n in ("disepakati", "didanai", "terlaksana")
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"jumlah_{n}": None}) | Q(**{f"jumlah_{n}__gt": 0, f"{n}__in": ["ya", "sebagian"]}),
                    name=f"hasil_lalu_jumlah_{n}_beralasan",
                )
                for n in ("disepakati", "didanai")
            ),
            models.CheckConstraint(
                condition=Q(jumlah_realisasi=None) | Q(jumlah_realisasi__gt=0), name="hasil_lalu_realisasi_positif"
            ),
            models.CheckConstraint(
                condition=Q(fisik=None) | Q(fisik__gte=0, fisik__lte=100), name="hasil_lalu_fisik_persen"
            ),
        ]

    def __str__(self) -> str:
        return f"Hasil {self.usulan}"
