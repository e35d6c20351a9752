"""The projectors of an event."""

from django.db import models

from musrenbang.models import Musrenbang


class Layar(models.Model):
    """What a screen shows: a panel and, where it is about one thing, that thing's key. Opened by ``kode``.

    The screen without a ``nama`` is the hall's, which the operator leads. Others, in a room of a group or beside the
    stage, have names; one that follows (``ikut``) shows what the hall's shows, else it keeps a panel of its own.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="layar")
    nama = models.CharField(max_length=60, blank=True, default="", db_default="")
    kode = models.CharField(max_length=6, unique=True)
    ikut = models.BooleanField("mengikuti layar utama", default=False, db_default=False)
    panel = models.CharField(max_length=20)
    acuan = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["musrenbang", "nama"]
        verbose_name_plural = "layar"
        constraints = [models.UniqueConstraint(fields=["musrenbang", "nama"], name="layar_nama_sekali")]

    def __str__(self) -> str:
        return self.nama or self.kode
