"""Who was in the hall."""

import uuid

from django.conf import settings
from django.db import models

from musrenbang.models import Desa, Musrenbang


class Unsur(models.TextChoices):
    """The elements a Musrenbang Kecamatan invites (musrenbang.md 2b), in the order the Berita Acara counts them."""

    DPRD = "dprd", "Anggota DPRD"
    SKPD = "skpd", "SKPD/UPTD"
    KECAMATAN = "kecamatan", "Perangkat kecamatan"
    KADES = "kades", "Kepala desa/lurah dan perangkat"
    DELEGASI_DESA = "delegasi_desa", "Delegasi Musrenbang Desa"
    BPD = "bpd", "BPD"
    LPM = "lpm", "LPM"
    BKAD = "bkad", "BKAD"
    SETRAWAN = "setrawan", "Setrawan dan fasilitator"
    PEREMPUAN = "perempuan", "Organisasi perempuan/PKK"
    RENTAN = "rentan", "Kelompok rentan"
    TOKOH = "tokoh", "Tokoh masyarakat"
    LAIN = "lain", "Lainnya"


class JenisKelamin(models.TextChoices):
    """Needed for the women's share."""

    L = "L", "Laki-laki"
    P = "P", "Perempuan"


class Kehadiran(models.Model):
    """One person present. ``kunci`` comes from the form, so a repeated POST adds nobody twice."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="kehadiran")
    nama = models.CharField(max_length=150)
    unsur = models.CharField(max_length=16, choices=Unsur.choices)
    lembaga = models.CharField("lembaga/instansi", max_length=150)
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT, null=True, blank=True)
    jenis_kelamin = models.CharField(max_length=1, choices=JenisKelamin.choices)
    usia = models.PositiveSmallIntegerField(null=True, blank=True)
    alamat = models.CharField("alamat dan no. telepon", max_length=200, blank=True)
    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "kehadiran"
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang", "nama", "lembaga"],
                name="kehadiran_sekali",
                violation_error_message="Orang dengan nama dan lembaga ini sudah tercatat hadir.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.lembaga})"
