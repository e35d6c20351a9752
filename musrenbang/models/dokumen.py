"""Issued documents and the counters of their numbers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from musrenbang.models.acara import Musrenbang
from musrenbang.models.wilayah import Kecamatan


class PenghitungNomor(models.Model):
    """The last number given out per kecamatan, kind and year. Only ``musrenbang.nomor`` writes it."""

    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT)
    jenis = models.CharField(max_length=40)
    tahun = models.PositiveSmallIntegerField()
    terakhir = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kecamatan", "jenis", "tahun"], name="penghitung_unik")]

    def __str__(self) -> str:
        return f"{self.jenis} {self.tahun}: {self.terakhir}"


def path_dokumen(dokumen: "Dokumen", nama: str) -> str:
    """Where the file of a document is kept, below MEDIA_ROOT."""
    part = f"-{slugify(dokumen.bagian)}" if dokumen.bagian else ""
    return f"dokumen/{dokumen.musrenbang.slug}/{dokumen.jenis}{part}-{dokumen.versi}.pdf"


class Dokumen(models.Model):
    """A document as it was printed or issued. ``isi`` is frozen at once; the file is written once and never replaced.

    Between the two the row has no file: rendering can fail and be tried again with the same content. ``bagian`` tells
    documents of one kind apart (one per SKPD). ``kode`` is printed on every page and opens ``/verifikasi/<kode>/``;
    ``tanggal`` is the date on the paper, by which it is quoted; a list that bears none has none.
    ``sidik_isi`` is the hash of what it says, so that unchanged content is not rendered again.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="dokumen")
    jenis = models.CharField(max_length=40)
    bagian = models.CharField(max_length=60, blank=True)
    versi = models.PositiveSmallIntegerField()
    nomor = models.CharField(max_length=80, blank=True)
    tanggal = models.DateField("tanggal dokumen", null=True, blank=True)
    kode = models.CharField(max_length=12, unique=True, null=True)  # noqa: DJ001 - older ones were printed without
    isi = models.JSONField()
    sidik_isi = models.CharField(max_length=64, blank=True)
    penanda_tangan = models.JSONField(default=list)
    berkas = models.FileField(upload_to=path_dokumen, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    ukuran = models.PositiveIntegerField("ukuran (byte)", default=0)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["musrenbang", "jenis", "bagian", "-versi"]
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "jenis", "bagian", "versi"], name="dokumen_versi_unik"),
            models.UniqueConstraint(fields=["musrenbang", "nomor"], condition=~Q(nomor=""), name="dokumen_nomor_unik"),
            models.CheckConstraint(
                condition=Q(sha256="", berkas="") | ~Q(sha256="") & ~Q(berkas=""), name="dokumen_berkas_dan_sha256"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomor or self.jenis} (versi {self.versi})"
