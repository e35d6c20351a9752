"""Funding schemes, and the ranking of an event under a frozen copy of one."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from musrenbang.labels import words
from musrenbang.models import Kabupaten, Musrenbang


class SkemaPendanaan(models.Model):
    """A kabupaten's own funding scheme; ``aturan`` is the data described in ``rkp.prioritas.rules``."""

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT, related_name="skema")
    kode = models.SlugField(max_length=20)
    nama = models.CharField("nama skema", max_length=120)
    tahun_dari = models.PositiveSmallIntegerField("berlaku mulai tahun", validators=[MinValueValidator(2000)])
    tahun_sampai = models.PositiveSmallIntegerField("sampai tahun", null=True, blank=True)
    dasar_hukum = models.CharField("dasar hukum", max_length=250, blank=True)
    aktif = models.BooleanField(default=True)
    aturan = models.JSONField()
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kabupaten", "nama"]
        verbose_name = "skema pendanaan"
        verbose_name_plural = "skema pendanaan"
        constraints = [
            models.UniqueConstraint(
                fields=["kabupaten", "kode"],
                name="skema_kode_unik",
                violation_error_message="Kode skema ini sudah dipakai.",
            ),
            models.CheckConstraint(
                condition=Q(tahun_sampai__isnull=True) | Q(tahun_sampai__gte=F("tahun_dari")),
                name="skema_tahun_urut",
                violation_error_message="Tahun akhir tidak boleh sebelum tahun awal.",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class StatusPemeringkatan(models.TextChoices):
    """Scores are being entered, or the result is fixed."""

    DRAF = "draf", "Sedang disusun"
    DITETAPKAN = "ditetapkan", "Ditetapkan"


MOVES_PEMERINGKATAN = frozenset(
    {
        (StatusPemeringkatan.DRAF, StatusPemeringkatan.DITETAPKAN),
        (StatusPemeringkatan.DITETAPKAN, StatusPemeringkatan.DRAF),
    }
)


class Pemeringkatan(models.Model):
    """One ranking of an event. ``pagu`` in whole rupiah, ``aturan`` the scheme as it was copied at opening.

    ``masukan`` and ``hasil`` are the JSON of ``hitung_prioritas``, kept when the result is fixed. ``spc`` is the Surat
    Penetapan Camat. ``dilewati``: {list: why it is passed over}, for a list of one candidate. ``ditunda`` says why the
    money is held back (MPD-39), with the Berita Acara that says so (MPD-38).
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="pemeringkatan")
    kode = models.SlugField(max_length=20)
    nama = models.CharField("program atau sumber dana", max_length=120)
    dasar_hukum = models.CharField(max_length=250, blank=True)
    pagu = models.BigIntegerField("pagu (Rp)")
    aturan = models.JSONField()
    status = models.CharField(max_length=12, choices=StatusPemeringkatan.choices, default=StatusPemeringkatan.DRAF)
    urutan_alasan = models.CharField("alasan urutan pleno", max_length=300, blank=True)
    masukan = models.JSONField(null=True)
    hasil = models.JSONField(null=True)
    sha256_masukan = models.CharField(max_length=64, blank=True)
    sha256_hasil = models.CharField(max_length=64, blank=True)
    spc_nomor = models.CharField(words("nomor Surat Penetapan Camat"), max_length=80, blank=True)
    spc_tanggal = models.DateField(words("tanggal Surat Penetapan Camat"), null=True, blank=True)
    dilewati = models.JSONField("daftar yang dilewati", default=dict, blank=True)
    ditunda = models.CharField("alasan penundaan", max_length=300, blank=True)
    ditunda_ba = models.CharField("Berita Acara penundaan", max_length=120, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["musrenbang", "pk"]
        verbose_name_plural = "pemeringkatan"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "kode"], name="pemeringkatan_kode_unik"),
            models.CheckConstraint(condition=Q(pagu__gt=0), name="pemeringkatan_pagu_positif"),
            models.CheckConstraint(
                condition=Q(status="draf") | Q(hasil__isnull=False) & ~Q(sha256_hasil=""),
                name="pemeringkatan_tetap_ada_hasil",
            ),
            models.CheckConstraint(condition=Q(ditunda="") | ~Q(ditunda_ba=""), name="pemeringkatan_tunda_ada_ba"),
        ]

    def __str__(self) -> str:
        return f"Peringkat {self.nama}"


class UrutanKelompok(models.Model):
    """The order that one discussion group agreed on: ``urutan`` lists the row keys of a list, the best first."""

    pemeringkatan = models.ForeignKey(Pemeringkatan, on_delete=models.CASCADE, related_name="urutan_kelompok")
    daftar = models.CharField(max_length=20, blank=True)
    nama = models.CharField("kelompok", max_length=80)
    urutan = models.JSONField()
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pemeringkatan", "daftar", "pk"]
        verbose_name_plural = "urutan kelompok"
        constraints = [
            models.UniqueConstraint(
                fields=["pemeringkatan", "daftar", "nama"],
                name="urutan_kelompok_sekali",
                violation_error_message="Kelompok dengan nama ini sudah ada di daftar ini.",
            )
        ]

    def __str__(self) -> str:
        return f"Urutan {self.nama}"
