"""The projector of an event."""

from django.db import models

from musrenbang.models import Musrenbang


class Layar(models.Model):
    """What the projector shows: a panel and, where it is about one thing, that thing's key. Opened by ``kode``."""

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="layar")
    kode = models.CharField(max_length=6, unique=True)
    panel = models.CharField(max_length=20)
    acuan = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "layar"

    def __str__(self) -> str:
        return self.kode
