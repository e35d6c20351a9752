"""Reference data: bidang, SKPD with its tupoksi keywords, regional priorities, funding sources, units."""

from typing import Any

from django.db import models

from musrenbang.labels import words
from musrenbang.models.wilayah import Kabupaten
from musrenbang.sebutan import fund


class NameManager(models.Manager):
    """Look a reference row up by its name, the natural key of fixtures."""

    def get_by_natural_key(self, nama: str) -> Any:
        return self.get(nama=nama)


class Bidang(models.Model):
    """A sector by which the draft is grouped and the groups are split."""

    nama = models.CharField(max_length=120, unique=True)
    urut = models.PositiveSmallIntegerField(default=0)
    sinonim = models.TextField(
        "nama lain", blank=True, help_text=words("Satu per baris, sebagaimana tertulis di DU-RKP.")
    )

    objects = NameManager()

    class Meta:
        ordering = ["urut", "nama"]
        verbose_name_plural = "bidang"

    def __str__(self) -> str:
        return self.nama

    def natural_key(self) -> tuple[str]:
        return (self.nama,)


class Skpd(models.Model):
    """A kabupaten agency (SKPD, since 2017 Perangkat Daerah)."""

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT)
    nama = models.CharField(max_length=200)
    singkatan = models.CharField(max_length=40)
    kode = models.CharField("kode perangkat daerah (SIPD)", max_length=30, blank=True)
    bidang = models.ForeignKey(Bidang, on_delete=models.PROTECT, help_text="Bidang kelompok tempat usulannya dibahas.")

    class Meta:
        ordering = ["nama"]
        verbose_name = words("SKPD")
        verbose_name_plural = words("SKPD")
        constraints = [models.UniqueConstraint(fields=["kabupaten", "nama"], name="skpd_nama_unik")]

    def __str__(self) -> str:
        return self.nama


class KataKunci(models.Model):
    """A tupoksi keyword of an SKPD, with the programme that such work falls under."""

    skpd = models.ForeignKey(Skpd, on_delete=models.CASCADE, related_name="kata_kunci")
    kata = models.CharField(max_length=80)
    program = models.CharField("program (kode dan nama)", max_length=200, blank=True)

    class Meta:
        ordering = ["skpd__nama", "kata"]
        verbose_name_plural = "kata kunci tupoksi"
        constraints = [models.UniqueConstraint(fields=["skpd", "kata"], name="kata_kunci_unik")]

    def __str__(self) -> str:
        return self.kata


class Program(models.Model):
    """A programme of the national nomenclature (Permendagri 90/2019 and its updates), e.g. 1.03.10."""

    kode = models.CharField(max_length=12, unique=True)
    nama = models.CharField(max_length=200)

    class Meta:
        ordering = ["kode"]
        verbose_name_plural = "program"

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


class PrioritasDaerah(models.Model):
    """A regional priority of the plan year with its target: columns 2 and 3 of Tabel T-D.4."""

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT)
    tahun = models.PositiveSmallIntegerField("tahun rencana")
    nomor = models.PositiveSmallIntegerField()
    nama = models.CharField(max_length=200)
    sasaran = models.CharField(max_length=250)
    bidang = models.ForeignKey(Bidang, on_delete=models.PROTECT)

    class Meta:
        ordering = ["tahun", "nomor"]
        verbose_name_plural = "prioritas daerah"
        constraints = [models.UniqueConstraint(fields=["kabupaten", "tahun", "nomor"], name="prioritas_nomor_unik")]

    def __str__(self) -> str:
        return self.nama


class SumberDana(models.Model):
    """A funding source, with the spellings found in village lists."""

    nama = models.CharField(max_length=80, unique=True)
    sinonim = models.TextField("ejaan lain", blank=True, help_text="Satu per baris.")

    objects = NameManager()

    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "sumber dana"

    def __str__(self) -> str:
        """Return it in the words of the place: ``nama`` is how rules and the record know it everywhere."""
        return fund(self.nama)

    @property
    def spellings(self) -> list[str]:
        """How a list may write it: its name everywhere, its name here, and the spellings that were found."""
        return [self.nama, str(self), *self.sinonim.splitlines()]

    def natural_key(self) -> tuple[str]:
        return (self.nama,)


class Satuan(models.Model):
    """A unit of volume, with the spellings found in village lists."""

    nama = models.CharField(max_length=30, unique=True)
    sinonim = models.TextField("ejaan lain", blank=True, help_text="Satu per baris.")

    objects = NameManager()

    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "satuan"

    def __str__(self) -> str:
        return self.nama

    def natural_key(self) -> tuple[str]:
        return (self.nama,)


class KamusUsulan(models.Model):
    """A standard work of a plan year: what it is called, its unit and the band of its unit price in rupiah."""

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT)
    tahun = models.PositiveSmallIntegerField("tahun rencana")
    nama = models.CharField(max_length=200)
    satuan = models.CharField(max_length=30)
    harga_min = models.BigIntegerField("harga satuan terendah (Rp)", null=True, blank=True)
    harga_maks = models.BigIntegerField("harga satuan tertinggi (Rp)", null=True, blank=True)
    bidang = models.ForeignKey(Bidang, on_delete=models.PROTECT, null=True, blank=True)
    skpd = models.ForeignKey(Skpd, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "kamus usulan"
        constraints = [
            models.UniqueConstraint(fields=["kabupaten", "tahun", "nama", "satuan"], name="kamus_sekali"),
            models.CheckConstraint(
                condition=models.Q(harga_min=None) | models.Q(harga_min__gt=0), name="kamus_harga_positif"
            ),
            models.CheckConstraint(
                condition=models.Q(harga_min=None)
                | models.Q(harga_maks=None)
                | models.Q(harga_maks__gte=models.F("harga_min")),
                name="kamus_harga_urut",
            ),
        ]

    def __str__(self) -> str:
        return self.nama
