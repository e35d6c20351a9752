"""Regions with their Kemendagri codes: 52 -> 52.03 -> 52.03.04 -> 52.03.04.2001."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Value
from django.db.models.functions import Substr

from musrenbang.sebutan import DESA, KELURAHAN, Sebutan, active, place_words


class CodeManager(models.Manager):
    """Look a region up by its official code, the natural key of fixtures."""

    def get_by_natural_key(self, kode: str) -> Any:
        return self.get(kode=kode)


class Wilayah(models.Model):
    """A region: official code and name."""

    kode = models.CharField("kode Kemendagri", max_length=13, unique=True)
    nama = models.CharField(max_length=120)

    objects = CodeManager()

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
    """Regency or city with the time zone its meetings keep.

    ``sebutan``: what it calls itself, its offices and villages otherwise than its region does, by field of
    ``sebutan.DAPAT_DIUBAH``. ``naskah``: its own legal basis of decisions and codes of letters
    (``musrenbang.naskah``). ``sidik_acuan``: the last row of its own trail.
    """

    class Zona(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    provinsi = models.ForeignKey(Provinsi, on_delete=models.PROTECT)
    zona = models.CharField("zona waktu", max_length=20, choices=Zona.choices, default=Zona.WIB)
    sebutan = models.JSONField("sebutan wilayah", default=dict, blank=True, db_default=Value({}, models.JSONField()))
    naskah = models.JSONField("bentuk naskah", default=dict, blank=True, db_default=Value({}, models.JSONField()))
    sidik_acuan = models.CharField("sidik jejak acuan terakhir", max_length=64, blank=True, editable=False)

    class Meta(Wilayah.Meta):
        verbose_name_plural = "kabupaten"

    @property
    def tz(self) -> ZoneInfo:
        """The time zone of the region."""
        return ZoneInfo(self.zona)

    def words(self, tahun: int) -> Sebutan:
        """Return the words of the place for meetings of a year, over all its kecamatan."""
        return place_words(self.kode, tahun, self.sebutan)

    @property
    def short_name(self) -> str:
        """The name without "Kabupaten" or "Kota", as a letterhead prints it."""
        return self.nama.removeprefix("Kabupaten ").removeprefix("Kota ")


class Kecamatan(Wilayah):
    """Sub-district."""

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT)

    class Meta(Wilayah.Meta):
        verbose_name_plural = "kecamatan"

    def words(self, tahun: int, jenis: frozenset[str] = frozenset()) -> Sebutan:
        """Return the words of the place for a meeting of a year; ``jenis``: the kinds of village, where known.

        Without the row of the kabupaten at hand nothing is asked for it: its own words are then those of the active
        place, or what its code says.
        """
        if Kecamatan.kabupaten.is_cached(self):
            return place_words(self.kode, tahun, self.kabupaten.sebutan, jenis)
        return place_words(self.kode, tahun, None, jenis)

    def kinds_of_village(self) -> frozenset[str]:
        """Ask which kinds of village there are (one query)."""
        digits = self.desa_set.annotate(awal=Substr("kode", 10, 1)).values_list("awal", flat=True).distinct()
        return frozenset(KELURAHAN if digit == "1" else DESA for digit in digits.order_by("awal"))


def desa_words(kode: str) -> str:
    """Return "Kelurahan", "Desa", "Gampong": the word of the active place for a village with this code."""
    return active().of_village(kode)


class Desa(Wilayah):
    """Village (desa or kelurahan)."""

    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT)

    class Meta(Wilayah.Meta):
        verbose_name_plural = "desa"

    @property
    def sebutan(self) -> str:
        """The name with its own word: "Desa Sikur", "Kelurahan Kelayu", "Gampong Lambhuk"."""
        return f"{desa_words(self.kode)} {self.nama}"
