"""Sittings: a meeting that is adjourned (diskors) goes on in a new sitting, with attendance of its own."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from musrenbang.models import Musrenbang
from musrenbang.sidang.models.kehadiran import Kehadiran


class SesiSidang(models.Model):
    """One sitting. There is none until the meeting is adjourned for the first time; then the first one is written.

    ``dibuka_pada`` is NULL for the first sitting, which opened as scheduled. While ``diskors_pada`` is set and no later
    sitting exists, the meeting is adjourned until ``lanjut_tanggal`` and ``lanjut_jam``. The figures are those of the
    moment of adjourning.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="sesi")
    nomor = models.PositiveSmallIntegerField()
    dibuka_pada = models.DateTimeField(null=True, blank=True)
    tempat = models.CharField(max_length=200, blank=True)
    diskors_pada = models.DateTimeField(null=True, blank=True)
    alasan = models.CharField(max_length=300, blank=True)
    lanjut_tanggal = models.DateField("dilanjutkan tanggal", null=True, blank=True)
    lanjut_jam = models.TimeField("dilanjutkan pukul", null=True, blank=True)
    lanjut_tempat = models.CharField("tempat lanjutan", max_length=200, blank=True)
    desa_hadir = models.PositiveSmallIntegerField(default=0)
    hadir = models.PositiveIntegerField(default=0)
    perempuan = models.PositiveIntegerField(default=0)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["musrenbang", "nomor"]
        verbose_name_plural = "sesi sidang"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "nomor"], name="sesi_nomor_unik"),
            models.CheckConstraint(
                condition=Q(diskors_pada=None)
                | (~Q(alasan="") & Q(lanjut_tanggal__isnull=False) & Q(lanjut_jam__isnull=False)),
                name="sesi_skors_lengkap",
            ),
            models.CheckConstraint(condition=Q(perempuan__lte=F("hadir")), name="sesi_angka_wajar"),
        ]

    def __str__(self) -> str:
        return f"Sesi {self.nomor}"


class HadirSesi(models.Model):
    """A person who was noted in an earlier sitting and is present in this one too, or was there when it adjourned."""

    sesi = models.ForeignKey(SesiSidang, on_delete=models.CASCADE, related_name="hadirin")
    kehadiran = models.ForeignKey(Kehadiran, on_delete=models.CASCADE, related_name="hadir_sesi")
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sesi", "pk"]
        verbose_name_plural = "hadir per sesi"
        constraints = [models.UniqueConstraint(fields=["sesi", "kehadiran"], name="hadir_sesi_sekali")]

    def __str__(self) -> str:
        return f"{self.kehadiran} di {self.sesi}"
