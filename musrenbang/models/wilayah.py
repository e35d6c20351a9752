"""Regions with their Kemendagri codes: 52 -> 52.03 -> 52.03.04 -> 52.03.04.2001."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models


class KodeManager(models.Manager):
    """Look a region up by its official code, the natural key of fixtures."""

    def get_by_natural_key(self, kode: str) -> Any:
        return self.get(kode=kode)


class Wilayah(models.Model):
    """A region: official code and name."""

    kode = models.CharField("kode Kemendagri", max_length=13, unique=True)
    nama = models.CharField(max_length=120)

    objects = KodeManager()

    class Meta:
        abstract = True
        ordering = ["kode"]

    def __str__(self) -> str:
        return self.nama

    def natural_key(self) -> tuple[str]:
        return (self.kode,)


class Provinsi(Wilayah):
    """Province, code of 2 digits."""

    class Meta(Wilayah.Meta):
        verbose_name_plural = "provinsi"


class Kabupaten(Wilayah):
    """Regency or city with the time zone its meetings keep. ``sidik_acuan``: the last row of its own trail."""

    class Zona(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    provinsi = models.ForeignKey(Provinsi, on_delete=models.PROTECT)
    zona = models.CharField("zona waktu", max_length=20, choices=Zona.choices, default=Zona.WIB)
    sidik_acuan = models.CharField("sidik jejak acuan terakhir", max_length=64, blank=True, editable=False)

    class Meta(Wilayah.Meta):
        verbose_name_plural = "kabupaten"

    @property
    def tz(self) -> ZoneInfo:
        """The time zone of the region."""
        return ZoneInfo(self.zona)

    @property
    def nama_pendek(self) -> str:
        """The name without "Kabupaten" or "Kota", as a letterhead prints it."""
        return self.nama.removeprefix("Kabupaten ").removeprefix("Kota ")


class Kecamatan(Wilayah):
    """Sub-district."""

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT)

    class Meta(Wilayah.Meta):
        verbose_name_plural = "kecamatan"


def kata_desa(kode: str) -> str:
    """Return "Kelurahan" or "Desa": the last part of the Kemendagri code begins with 1 for a kelurahan."""
    return "Kelurahan" if kode.rpartition(".")[2].startswith("1") else "Desa"


class Desa(Wilayah):
    """Village (desa or kelurahan)."""

    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT)

    class Meta(Wilayah.Meta):
        verbose_name_plural = "desa"

    @property
    def sebutan(self) -> str:
        """The name with the word that its code asks for: "Desa Sikur", "Kelurahan Kelayu"."""
        return f"{kata_desa(self.kode)} {self.nama}"
