"""When each kecamatan meets: who comes from the kabupaten, and requests for another date."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from musrenbang.labels import words
from musrenbang.models.acara import Musrenbang


class OfficerKind(models.TextChoices):
    """Who the kabupaten sends; one person cannot be in two kecamatan on one day."""

    SETRAWAN = "setrawan", words("Setrawan/fasilitator kabupaten")
    SKPD = "skpd", words("Wakil SKPD")


class Petugas(models.Model):
    """A person whom the kabupaten sends to a meeting."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.CASCADE, related_name="petugas")
    jenis = models.CharField(max_length=10, choices=OfficerKind.choices)
    nama = models.CharField(max_length=150)

    class Meta:
        ordering = ["musrenbang", "jenis", "pk"]
        verbose_name_plural = "petugas"
        constraints = [models.UniqueConstraint(fields=["musrenbang", "jenis", "nama"], name="petugas_sekali")]

    def __str__(self) -> str:
        return self.nama


class RequestStatus(models.TextChoices):
    """A request for another date waits for Bappeda's answer."""

    MENUNGGU = "menunggu", words("Menunggu Bappeda")
    DISETUJUI = "disetujui", "Disetujui"
    DITOLAK = "ditolak", "Tidak disetujui"


MOVES_PERMINTAAN = frozenset(
    {
        (RequestStatus.MENUNGGU, RequestStatus.DISETUJUI),
        (RequestStatus.MENUNGGU, RequestStatus.DITOLAK),
    }
)


class PermintaanJadwal(models.Model):
    """A kecamatan asks Bappeda for another date, with the reason; one open request at a time."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="permintaan_jadwal")
    tanggal = models.DateField("tanggal yang diminta")
    alasan = models.CharField(max_length=300)
    status = models.CharField(
        max_length=10, choices=RequestStatus.choices, default=RequestStatus.MENUNGGU, editable=False
    )
    jawaban = models.CharField(max_length=300, blank=True)
    diminta_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    diminta_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "permintaan jadwal"
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang"], condition=Q(status="menunggu"), name="permintaan_satu_menunggu"
            )
        ]

    def __str__(self) -> str:
        return f"Permintaan jadwal {self.musrenbang.kecamatan.nama}"
