"""The six who carry the result to the kabupaten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from musrenbang.labels import words
from musrenbang.models import FromForm, Musrenbang
from musrenbang.sidang.models import Kehadiran, Sex


class UnsurDelegasi(models.TextChoices):
    """The elements of the delegation (seed B.3.6)."""

    CAMAT = "camat", words("Camat")
    BKAD = "bkad", "Pengurus BKAD"
    SETRAWAN = "setrawan", words("Setrawan Kecamatan")
    KADES = "kades", words("Kepala desa/lurah")
    TOKOH = "tokoh", "Tokoh masyarakat"


class PengaturanDelegasi(models.Model):
    """The composition that this event wants, where it is not the usual one. ``kursi``: {element: seats}."""

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="pengaturan_delegasi")
    kursi = models.JSONField()
    min_perempuan = models.PositiveSmallIntegerField("perempuan, paling sedikit", default=2)
    wajib_perempuan = models.BooleanField("menjadi syarat, bukan hanya anjuran", default=False)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "pengaturan delegasi"

    def __str__(self) -> str:
        return f"Susunan delegasi {self.musrenbang.kecamatan.nama}"


class ChoosingWay(models.TextChoices):
    """How a seat was filled."""

    AKLAMASI = "aklamasi", "Aklamasi"
    KERTAS = "kertas", "Suara di kertas"
    TANGAN = "tangan", "Angkat tangan"
    HP = "hp", "Suara lewat HP"


class TallyStatus(models.TextChoices):
    """A count stands, or was annulled with a reason and stays on the record as that."""

    BERLAKU = "berlaku", "Berlaku"
    DIBATALKAN = "dibatalkan", "Dibatalkan"


MOVES_HITUNGAN = frozenset({(TallyStatus.BERLAKU, TallyStatus.DIBATALKAN)})


class PemilihanDelegat(FromForm):
    """A count for the seats of one element: control totals, votes by person, and how a tie was decided.

    ``suara``: list of {"nama", "kehadiran", "suara"} in the order of the result. ``hadir``: how many were present.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="pemilihan_delegat")
    unsur = models.CharField(max_length=10, choices=UnsurDelegasi.choices)
    cara = models.CharField(max_length=10, choices=ChoosingWay.choices)
    kursi = models.PositiveSmallIntegerField()
    pemilih = models.PositiveSmallIntegerField()
    edar = models.PositiveSmallIntegerField()
    masuk = models.PositiveSmallIntegerField()
    sah = models.PositiveSmallIntegerField()
    suara = models.JSONField()
    hadir = models.PositiveIntegerField(default=0)
    alasan_seri = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=TallyStatus.choices, default=TallyStatus.BERLAKU, editable=False)
    alasan_batal = models.CharField(max_length=300, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "pemilihan anggota delegasi"
        constraints = [
            models.CheckConstraint(
                condition=Q(sah__lte=F("masuk"), masuk__lte=F("edar"), edar__lte=F("pemilih")),
                name="pemilihan_jumlah_kendali",
            ),
            models.CheckConstraint(
                condition=Q(status="berlaku") | ~Q(alasan_batal=""), name="pemilihan_batal_beralasan"
            ),
        ]

    def __str__(self) -> str:
        return f"Pemilihan {self.get_unsur_display()}"

    @property
    def gugur(self) -> str:
        """An annulled count filled no seat that still stands."""
        return f"dibatalkan dengan alasan “{self.alasan_batal}”." if self.status == TallyStatus.DIBATALKAN else ""


class Delegat(FromForm):
    """One delegate, taken from those present.

    ``cadangan_ke`` is the place of a reserve, NULL for a delegate; ``menggantikan`` names whom this one replaced, and
    ``alasan_ganti`` why. ``pemilihan`` is the count that the person came out of. ``alasan_unsur``: why somebody sits in
    a seat who was noted with another unsur. A reserve for one seat may stand for another; a delegate has one seat.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="delegat")
    kehadiran = models.ForeignKey(Kehadiran, on_delete=models.PROTECT, related_name="delegat")
    pemilihan = models.ForeignKey(
        PemilihanDelegat, on_delete=models.PROTECT, null=True, blank=True, related_name="terpilih"
    )
    unsur = models.CharField(max_length=10, choices=UnsurDelegasi.choices)
    nama = models.CharField(max_length=150)
    jenis_kelamin = models.CharField(max_length=1, choices=Sex.choices)
    lembaga = models.CharField(max_length=150)
    alamat = models.CharField(max_length=200, blank=True)
    cara = models.CharField(max_length=10, choices=ChoosingWay.choices, default=ChoosingWay.AKLAMASI)
    cadangan_ke = models.PositiveSmallIntegerField(null=True, blank=True)
    menggantikan = models.CharField(max_length=150, blank=True)
    alasan_ganti = models.CharField(max_length=300, blank=True)
    alasan_unsur = models.CharField(max_length=300, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    dicatat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "delegat"
        constraints = [
            models.CheckConstraint(condition=Q(menggantikan="") | ~Q(alasan_ganti=""), name="delegat_ganti_beralasan"),
            models.UniqueConstraint(fields=["kehadiran"], condition=Q(cadangan_ke=None), name="delegat_satu_kursi"),
            models.UniqueConstraint(fields=["kehadiran", "unsur"], name="delegat_sekali_per_kursi"),
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.get_unsur_display()})"

    @property
    def kedudukan(self) -> str:
        """The seat, or the place among the reserves, in words."""
        unsur = self.get_unsur_display()
        return f"cadangan {self.cadangan_ke} {unsur}" if self.cadangan_ke else f"anggota delegasi {unsur}"
