"""What programmes give to rows of the plan."""

from django.db import models
from django.db.models import Q

from rkp.models.baris import BarisRkp


class DanaProgram(models.Model):
    """Money that a fixed ranking gives to a row, in whole rupiah; it is written and taken back with the ranking.

    ``kode`` is the ranking's, ``program`` its name, ``peringkat`` the place of the row in its list. It stands here and
    not with the rankings, because it is part of a row's state wherever the row is shown.
    """

    baris = models.ForeignKey(BarisRkp, on_delete=models.PROTECT, related_name="dana")
    kode = models.SlugField(max_length=20)
    program = models.CharField(max_length=120)
    jumlah = models.BigIntegerField("didanai (Rp)")
    peringkat = models.PositiveIntegerField()
    sejak = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["baris", "pk"]
        verbose_name_plural = "dana program"
        constraints = [
            models.UniqueConstraint(fields=["baris", "kode"], name="dana_program_sekali"),
            models.CheckConstraint(condition=Q(jumlah__gt=0), name="dana_program_positif"),
        ]

    def __str__(self) -> str:
        return f"{self.program} untuk no. {self.baris.nomor}"
