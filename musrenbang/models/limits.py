"""How often something was tried, so that guessing takes longer and longer."""

from django.db import models


class Batas(models.Model):
    """Tries of one kind by one device, account or address; none of them can be read back from the digest.

    ``akun``: digest of the account's name, so that all rows of an account can be forgotten at once.
    """

    jenis = models.CharField(max_length=20)
    sidik = models.CharField(max_length=64, unique=True)
    akun = models.CharField(max_length=64, blank=True, db_index=True)
    jumlah = models.PositiveIntegerField(default=0)
    terakhir = models.DateTimeField()

    class Meta:
        verbose_name_plural = "batas"

    def __str__(self) -> str:
        return f"{self.jenis}: {self.jumlah}"
