"""Sector groups: who sits in them, what they propose, and what the plenary objects to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from musrenbang.models import Bidang, FromForm, Musrenbang
from musrenbang.sidang.models import Kehadiran
from rkp.models.baris import PERLU_ALASAN, PILIHAN_PUTUSAN, BarisRkp, Reasoned


class StatusKelompok(models.TextChoices):
    """A group discusses, or has signed its result."""

    BERLANGSUNG = "berlangsung", "Berdiskusi"
    SELESAI = "selesai", "Dikunci, siap ditandatangani"


MOVES_KELOMPOK = frozenset(
    {
        (StatusKelompok.BERLANGSUNG, StatusKelompok.SELESAI),
        (StatusKelompok.SELESAI, StatusKelompok.BERLANGSUNG),
    }
)


class Kelompok(models.Model):
    """The group that discusses one bidang. ``operator`` are the accounts that write for it; none means any pemandu."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="kelompok")
    bidang = models.ForeignKey(Bidang, on_delete=models.PROTECT)
    nama = models.CharField("nama kelompok", max_length=120)
    tempat = models.CharField("tempat diskusi", max_length=120, blank=True)
    pemandu = models.CharField("pemandu", max_length=150, blank=True)
    operator = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, verbose_name="akun yang mengisi")
    catatan = models.TextField("catatan kelompok", max_length=2000, blank=True)
    status = models.CharField(
        max_length=12, choices=StatusKelompok.choices, default=StatusKelompok.BERLANGSUNG, editable=False
    )
    diserahkan = models.CharField(
        "alasan menyerahkan sisanya", max_length=300, blank=True, editable=False, default="", db_default=""
    )
    """Why a group signed with rows left, which the plenary then decides. Empty when everything was proposed."""
    ditutup_pada = models.DateTimeField(null=True, editable=False)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["musrenbang", "bidang__urut", "pk"]
        verbose_name_plural = "kelompok"
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang", "bidang"],
                name="kelompok_satu_per_bidang",
                violation_error_message="Bidang ini sudah punya kelompok.",
            ),
            models.CheckConstraint(condition=Q(status__in=StatusKelompok.values), name="kelompok_status_dikenal"),
        ]

    def __str__(self) -> str:
        return self.nama


class PeranKelompok(models.TextChoices):
    """Who leads and who writes; everybody else is a member."""

    KETUA = "ketua", "Ketua"
    NOTULIS = "notulis", "Notulis"
    ANGGOTA = "anggota", "Anggota"


class AnggotaKelompok(models.Model):
    """One person present in the hall who sits in one group."""

    kelompok = models.ForeignKey(Kelompok, on_delete=models.CASCADE, related_name="anggota")
    kehadiran = models.OneToOneField(Kehadiran, on_delete=models.PROTECT, related_name="kelompok")
    peran = models.CharField(max_length=8, choices=PeranKelompok.choices, default=PeranKelompok.ANGGOTA)

    class Meta:
        ordering = ["kelompok", "pk"]
        verbose_name_plural = "anggota kelompok"
        constraints = [
            models.UniqueConstraint(
                fields=["kelompok", "peran"],
                condition=Q(peran__in=["ketua", "notulis"]),
                name="kelompok_satu_ketua_notulis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kehadiran.nama} ({self.get_peran_display()})"


class UsulanKelompok(Reasoned):
    """What a group proposes about a row: pending until the plenary takes it over (usulan kelompok).

    ``usul`` is empty while undecided. ``nilai``: {criterion: 1..5}. ``peringkat``: place within the group, from 1.
    """

    baris = models.OneToOneField(BarisRkp, on_delete=models.PROTECT, related_name="usulan_kelompok")
    kelompok = models.ForeignKey(Kelompok, on_delete=models.PROTECT, related_name="usulan")
    usul = models.CharField("usul keputusan kelompok", max_length=20, choices=PILIHAN_PUTUSAN, blank=True)
    kegiatan = models.CharField(max_length=500)
    lokasi = models.CharField(max_length=300, blank=True)
    volume = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    satuan = models.CharField(max_length=40, blank=True)
    biaya = models.BigIntegerField("biaya (Rp)", null=True, blank=True)
    catatan = models.CharField("catatan pembahasan", max_length=500, blank=True)
    nilai = models.JSONField(default=dict, blank=True)
    peringkat = models.PositiveIntegerField(null=True, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kelompok", "peringkat", "baris__nomor"]
        verbose_name_plural = "usul keputusan kelompok"
        constraints = [
            models.CheckConstraint(
                condition=~Q(usul__in=PERLU_ALASAN) | (~Q(alasan="") & ~Q(alasan_kode="")),
                name="usulan_kelompok_alasan_wajib",
            ),
            models.CheckConstraint(
                condition=Q(biaya__isnull=True) | Q(biaya__gt=0), name="usulan_kelompok_biaya_positif"
            ),
        ]

    def __str__(self) -> str:
        return f"Usul keputusan kelompok untuk {self.baris}"


class Keberatan(FromForm):
    """An objection of the plenary to a row, and how it was settled."""

    baris = models.ForeignKey(BarisRkp, on_delete=models.PROTECT, related_name="keberatan")
    oleh = models.CharField("yang berkeberatan", max_length=200)
    isi = models.CharField("keberatan", max_length=500)
    penyelesaian = models.CharField(max_length=500, blank=True)
    dicatat_pada = models.DateTimeField(auto_now_add=True)
    selesai_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "keberatan"
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai_pada__isnull=True) | ~Q(penyelesaian=""), name="keberatan_selesai_ada_jawaban"
            )
        ]

    def __str__(self) -> str:
        return f"Keberatan {self.oleh} atas no. {self.baris.nomor}"
