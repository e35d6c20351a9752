"""Tim pelaksana: who runs the meeting, by which decision, and how they were briefed (seed B.1)."""

from django.db import models

from musrenbang.labels import words
from musrenbang.models.acara import Musrenbang
from musrenbang.sebutan import sebutan


class Kedudukan(models.TextChoices):
    """Places in the team, in the order in which a decision lists them."""

    PENGARAH = "pengarah", "Pengarah"
    KETUA = "ketua", "Ketua"
    SEKRETARIS = "sekretaris", "Sekretaris"
    PEMANDU = "pemandu", "Anggota/Tim Pemandu"
    ANGGOTA = "anggota", "Anggota"
    PEMBANTU = "pembantu", words("Pembantu dari kabupaten")


SATU_ORANG = (Kedudukan.PENGARAH, Kedudukan.KETUA, Kedudukan.SEKRETARIS)


class AnggotaTim(models.Model):
    """One member of the team, with or without an account."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="tim")
    kedudukan = models.CharField(max_length=10, choices=Kedudukan.choices)
    nama = models.CharField("nama lengkap dan gelar", max_length=150)
    jabatan = models.CharField("jabatan asal", max_length=150, help_text=words("Misalnya: Sekretaris Camat."))
    nip = models.CharField("NIP", max_length=21, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["musrenbang", "pk"]
        verbose_name_plural = "anggota tim"
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang", "nama", "kedudukan"],
                name="tim_orang_sekali",
                violation_error_message="Orang ini sudah ada pada kedudukan itu.",
            ),
            models.UniqueConstraint(
                fields=["musrenbang", "kedudukan"],
                condition=models.Q(kedudukan__in=SATU_ORANG),
                name="tim_satu_pimpinan",
                violation_error_message="Kedudukan ini sudah terisi; ubah orangnya, jangan menambah.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.get_kedudukan_display()})"


class SkTim(models.Model):
    """The Camat's decision on the team, and the briefing of its members."""

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="sk_tim")
    nomor = models.CharField("nomor keputusan", max_length=80, blank=True)
    tanggal = models.DateField("tanggal keputusan", null=True, blank=True)
    pembekalan_tanggal = models.DateField("tanggal pembekalan", null=True, blank=True)
    pembekalan_tempat = models.CharField("tempat pembekalan", max_length=200, blank=True)
    pembekalan_catatan = models.TextField("catatan pembekalan", max_length=2000, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "SK Tim"
        verbose_name_plural = "SK Tim"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(nomor="") | models.Q(tanggal__isnull=False), name="sk_tim_bertanggal"
            )
        ]

    def __str__(self) -> str:
        return f"SK Tim {sebutan.musrenbang} {self.musrenbang.kecamatan.nama}"
