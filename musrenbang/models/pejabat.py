"""Who signs for the Camat, in what capacity, and from when to when."""

from django.db import models
from django.db.models import F, Q

from musrenbang.labels import words
from musrenbang.models.wilayah import Kecamatan
from musrenbang.sebutan import sebutan


class OfficeWay(models.TextChoices):
    """In what capacity a person signs what the Camat signs."""

    CAMAT = "camat", words("Camat")
    PLT = "plt", words("Plt. Camat (pelaksana tugas)")
    PLH = "plh", words("Plh. Camat (pelaksana harian)")
    AN = "an", words("a.n. Camat (atas nama)")


AWALAN = {OfficeWay.CAMAT: "", OfficeWay.PLT: "Plt. ", OfficeWay.PLH: "Plh. ", OfficeWay.AN: "a.n. "}


class Pejabat(models.Model):
    """A period in which a person signs the Camat's papers of a kecamatan.

    ``mulai`` empty: since before this application; ``sampai`` empty: until further notice. Where periods overlap the
    one that began last holds, so that a Plh. of three days needs no change to the Camat's own period. ``jabatan``: the
    person's own post, printed below "a.n. Camat".
    """

    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.CASCADE, related_name="pejabat")
    cara = models.CharField("menandatangani sebagai", max_length=5, choices=OfficeWay.choices)
    nama = models.CharField("nama lengkap dan gelar", max_length=150)
    nip = models.CharField("NIP", max_length=21, blank=True)
    pangkat = models.CharField(
        "pangkat dan golongan",
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="Misalnya: Pembina Tingkat I (IV/b). Dicetak di atas NIP.",
    )
    jabatan = models.CharField(
        "jabatan sendiri",
        max_length=100,
        blank=True,
        help_text=words("Misalnya: Sekretaris Camat. Wajib untuk a.n. Camat."),
    )
    mulai = models.DateField("sejak tanggal", null=True, blank=True, help_text="Kosong: sejak semula.")
    sampai = models.DateField("sampai tanggal", null=True, blank=True, help_text="Kosong: sampai ada yang baru.")

    class Meta:
        ordering = ["kecamatan", F("mulai").desc(nulls_last=True), "-pk"]
        verbose_name_plural = "pejabat"
        constraints = [
            models.CheckConstraint(
                condition=Q(mulai=None) | Q(sampai=None) | Q(sampai__gte=F("mulai")),
                name="pejabat_masa_urut",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=~Q(cara="an") | ~Q(jabatan=""),
                name="pejabat_an_berjabatan",
                violation_error_message=words("Isi jabatannya; dicetak di bawah “a.n. Camat”."),
            ),
            models.CheckConstraint(condition=Q(cara__in=OfficeWay.values), name="pejabat_cara_dikenal"),
        ]

    def __str__(self) -> str:
        return f"{self.nama}, {self.sebutan}"

    @property
    def sebutan(self) -> str:
        """The capacity as a paper prints it, ``Plt. Camat Sikur``."""
        return f"{AWALAN[OfficeWay(self.cara)]}{sebutan.camat} {self.kecamatan.nama}"
