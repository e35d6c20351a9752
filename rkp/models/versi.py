"""Frozen versions of the plan."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from musrenbang.labels import words
from rkp.models.baris import BarisRkp, Kegiatan, Rkp, syarat_baris


class StatusVersi(models.TextChoices):
    """A frozen version holds until the plenary fixes another one."""

    BERLAKU = "berlaku", "Berlaku"
    DIGANTI = "diganti", "Diganti"


class VersiKind(models.TextChoices):
    """What a frozen version is, in the order of the day and after it."""

    DRAF = "draf", "Draf yang dipaparkan"
    KELOMPOK = "kelompok", "Hasil kelompok"
    DITETAPKAN = "ditetapkan", "Ditetapkan pleno"
    FINAL = "final", "Final"
    DISAHKAN = "disahkan", words("Disahkan Camat")


MOVES_VERSI = frozenset({(StatusVersi.BERLAKU, StatusVersi.DIGANTI)})


class RkpVersi(models.Model):
    """A frozen state of the plan: never edited; freezing the same kind again makes the next number."""

    rkp = models.ForeignKey(Rkp, on_delete=models.PROTECT, related_name="riwayat")
    jenis = models.CharField(max_length=10, choices=VersiKind.choices, default=VersiKind.DITETAPKAN)
    nomor = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=StatusVersi.choices, default=StatusVersi.BERLAKU)
    alasan = models.TextField("alasan versi baru", blank=True)
    sha256 = models.CharField(max_length=64)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["rkp", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["rkp", "jenis", "nomor"], name="versi_nomor_unik"),
            models.UniqueConstraint(fields=["rkp", "jenis"], condition=Q(status="berlaku"), name="versi_satu_berlaku"),
            models.CheckConstraint(condition=Q(jenis__in=VersiKind.values), name="versi_jenis_dikenal"),
        ]

    def __str__(self) -> str:
        if self.jenis == VersiKind.DITETAPKAN:
            return f"RKP versi {self.nomor}"
        return f"{self.get_jenis_display()} {self.nomor}"

    def get_absolute_url(self) -> str:
        """The page of the version; a fixed one has the short address."""
        slug = self.rkp.musrenbang.slug
        if self.jenis == VersiKind.DITETAPKAN:
            return reverse("rkp:version", args=[slug, self.nomor])
        return reverse("rkp:version_of", args=[slug, self.jenis, self.nomor])


class BarisVersi(Kegiatan):
    """A row as it was fixed, with the origin in words.

    ``sebutan``: what its bidang, SKPD and funding source were called then; reference data may be renamed later.
    """

    rkp_versi = models.ForeignKey(RkpVersi, on_delete=models.PROTECT, related_name="baris")
    asal_baris = models.ForeignKey(BarisRkp, on_delete=models.PROTECT, related_name="beku")
    asal = models.CharField("asal usulan", max_length=300)
    sebutan = models.JSONField(default=dict)

    class Meta:
        ordering = ["rkp_versi", "bidang__urut", "nomor"]
        verbose_name_plural = "baris versi"
        constraints = [
            models.UniqueConstraint(fields=["rkp_versi", "nomor"], name="baris_versi_nomor_unik"),
            *syarat_baris("baris_versi"),
        ]

    def name_of(self, what: str) -> str:
        """Return the name as it was when the version was fixed; of a row that came without it, today's."""
        return str(self.sebutan[what]) if what in self.sebutan else super().name_of(what)
