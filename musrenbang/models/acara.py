"""The event."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from musrenbang.models.wilayah import Kecamatan
from musrenbang.states import Tahap


class Musrenbang(models.Model):
    """One Musrenbang Kecamatan, held in year N for plan year N+1.

    ``tahap`` is written by ``transisi.move`` alone. While ``dibawa_pada`` is set, the event is changed elsewhere.
    ``sidik_jejak`` is the head of the audit trail's chain.
    """

    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT)
    slug = models.SlugField(unique=True)
    tahun_pelaksanaan = models.PositiveSmallIntegerField("tahun pelaksanaan (N)")
    tahun_rencana = models.PositiveSmallIntegerField("tahun rencana (N+1)")
    tanggal = models.DateField("tanggal sidang", null=True, blank=True)
    jam_mulai = models.TimeField("jam mulai", null=True, blank=True)
    tempat = models.CharField(max_length=200, blank=True)
    pimpinan_sidang = models.CharField(max_length=150, blank=True, help_text="Bawaan: Sekretaris Camat.")
    jadwal_terbit_pada = models.DateTimeField("jadwal diterbitkan Bappeda", null=True, blank=True, editable=False)
    dibawa_pada = models.DateTimeField("dibawa ke aula", null=True, blank=True, editable=False)
    sidik_jejak = models.CharField("sidik jejak terakhir", max_length=64, blank=True, editable=False)
    tahap = models.CharField(max_length=16, choices=Tahap.choices, default=Tahap.DIJADWALKAN, editable=False)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-tahun_pelaksanaan", "kecamatan__kode"]
        verbose_name_plural = "musrenbang"
        constraints = [
            models.UniqueConstraint(fields=["kecamatan", "tahun_pelaksanaan"], name="musrenbang_satu_per_tahun"),
            models.CheckConstraint(condition=Q(tahap__in=Tahap.values), name="musrenbang_tahap_dikenal"),
            models.CheckConstraint(
                condition=Q(tahun_rencana__gt=F("tahun_pelaksanaan")), name="musrenbang_rencana_sesudah_pelaksanaan"
            ),
        ]

    def __str__(self) -> str:
        return f"Musrenbang Kecamatan {self.kecamatan.nama} Tahun {self.tahun_pelaksanaan}"

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.slug])
