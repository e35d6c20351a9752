"""Presentations of speakers."""

from django.conf import settings
from django.db import models

from musrenbang.models import FromForm, Musrenbang


def path_paparan(paparan: "Paparan", nama: str) -> str:
    """Where a presentation is kept: by its hash."""
    return f"paparan/{paparan.musrenbang.slug}/{paparan.sha256}.pdf"


class Paparan(FromForm):
    """A PDF that a speaker shows, and the page (``kini``, the first is 1) at which the screens are."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="paparan")
    judul = models.CharField("judul paparan", max_length=120)
    berkas = models.FileField(upload_to=path_paparan)
    sha256 = models.CharField(max_length=64)
    ukuran = models.PositiveIntegerField()
    halaman = models.PositiveSmallIntegerField()
    kini = models.PositiveSmallIntegerField(default=1, db_default=1)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["musrenbang", "pk"]
        verbose_name_plural = "paparan"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "sha256"], name="paparan_berkas_sekali"),
            models.CheckConstraint(
                condition=models.Q(kini__gte=1, kini__lte=models.F("halaman")), name="paparan_halaman_ada"
            ),
        ]

    def __str__(self) -> str:
        return self.judul
