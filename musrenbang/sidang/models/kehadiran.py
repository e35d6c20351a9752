"""Who is invited, and who was in the hall."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from musrenbang.labels import words
from musrenbang.models import Desa, FromForm, Musrenbang


class Unsur(models.TextChoices):
    """The elements a Musrenbang Kecamatan invites (musrenbang.md 2b), in the order the Berita Acara counts them."""

    DPRD = "dprd", "Anggota DPRD"
    SKPD = "skpd", words("SKPD/UPTD")
    KECAMATAN = "kecamatan", words("Perangkat kecamatan")
    KADES = "kades", words("Kepala desa/lurah dan perangkat")
    DELEGASI_DESA = "delegasi_desa", words("Delegasi Musrenbang Desa")
    BPD = "bpd", words("BPD")
    LPM = "lpm", "LPM"
    BKAD = "bkad", "BKAD"
    SETRAWAN = "setrawan", "Setrawan dan fasilitator"
    PEREMPUAN = "perempuan", "Organisasi perempuan/PKK"
    RENTAN = "rentan", "Kelompok rentan"
    TOKOH = "tokoh", "Tokoh masyarakat"
    LAIN = "lain", "Lainnya"


class Sex(models.TextChoices):
    """Needed for the women's share."""

    L = "L", "Laki-laki"
    P = "P", "Perempuan"


class TerbitanUndangan(models.Model):
    """Invitations issued in one go, or changes to them: what their letters say, kept as it went out.

    ``tanggal`` is the date on the letters. ``isi`` holds the head of the letters and, for every invitee, number and
    address. ``semula``: the letters whose facts these change; without it they are invitations.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="terbitan_undangan")
    semula = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="perubahan")
    tanggal = models.DateField("tanggal surat")
    isi = models.JSONField()
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["musrenbang", "pk"]
        verbose_name_plural = "terbitan undangan"

    def __str__(self) -> str:
        return f"{'Perubahan undangan' if self.semula_id else 'Undangan'} tanggal {self.tanggal}"


class Undangan(models.Model):
    """One invitee: a person, an office, or both. ``kode`` is printed on the letter and typed or scanned at the door.

    ``nomor`` and what follows belong to the invitation; later letters are ``PerubahanUndangan``.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="undangan")
    nama = models.CharField(max_length=150, blank=True)
    jabatan = models.CharField("jabatan", max_length=150, blank=True, help_text=words("Misalnya: Kepala Desa Loyok."))
    unsur = models.CharField(max_length=16, choices=Unsur.choices)
    lembaga = models.CharField("lembaga/instansi", max_length=150)
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT, null=True, blank=True)
    jenis_kelamin = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    usia = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(120)])
    alamat = models.CharField("alamat dan no. telepon", max_length=200, blank=True)
    kode = models.CharField(max_length=6, editable=False)
    nomor = models.CharField("nomor surat", max_length=80, blank=True, editable=False)
    dikirim_pada = models.DateField("dikirim", null=True, blank=True)
    diterima_pada = models.DateField("diterima", null=True, blank=True)
    terbitan = models.ForeignKey(
        TerbitanUndangan, on_delete=models.PROTECT, null=True, editable=False, related_name="undangan"
    )
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["musrenbang", "pk"]
        verbose_name_plural = "undangan"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "kode"], name="undangan_kode_unik"),
            models.UniqueConstraint(
                fields=["musrenbang", "nama", "jabatan", "lembaga"],
                name="undangan_sekali",
                violation_error_message="Orang atau jabatan ini sudah ada di daftar undangan.",
            ),
            models.CheckConstraint(condition=~Q(nama="", jabatan=""), name="undangan_ada_yang_diundang"),
        ]

    def __str__(self) -> str:
        return self.sebutan

    @property
    def sebutan(self) -> str:
        """Whom the letter is addressed to."""
        return ", ".join(t for t in (self.nama, self.jabatan) if t)


class PerubahanUndangan(models.Model):
    """A letter that tells an invitee what changed since the letter before, with its own number."""

    undangan = models.ForeignKey(Undangan, on_delete=models.CASCADE, related_name="perubahan")
    terbitan = models.ForeignKey(TerbitanUndangan, on_delete=models.PROTECT, related_name="surat")
    nomor = models.CharField("nomor surat", max_length=80)
    dikirim_pada = models.DateField("dikirim", null=True)
    diterima_pada = models.DateField("diterima", null=True)

    class Meta:
        ordering = ["undangan", "pk"]
        verbose_name_plural = "perubahan undangan"
        constraints = [models.UniqueConstraint(fields=["undangan", "terbitan"], name="perubahan_undangan_sekali")]

    def __str__(self) -> str:
        return f"{self.nomor}, {self.undangan}"


class AttendanceWay(models.TextChoices):
    """How a person was noted."""

    CENTANG = "centang", "Dicentang"
    KODE = "kode", "Kode undangan"
    TAMU = "tamu", "Tanpa undangan"
    KERTAS = "kertas", "Daftar kertas"


class Kehadiran(FromForm):
    """One person present.

    ``undangan`` is the invitation that was used; ``mewakili`` names the invitee whom this person stands in for.
    ``meja`` is the desk that noted it; ``kembar`` counts those of the same name and institution that the desk declared
    to be somebody else. ``datang_pada``: when a desk noted it without a connection, where ``dicatat_pada`` is when this
    server heard of it.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="kehadiran")
    nama = models.CharField(max_length=150)
    unsur = models.CharField(max_length=16, choices=Unsur.choices)
    lembaga = models.CharField("lembaga/instansi", max_length=150)
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT, null=True, blank=True)
    jenis_kelamin = models.CharField(max_length=1, choices=Sex.choices)
    usia = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(120)])
    alamat = models.CharField("alamat dan no. telepon", max_length=200, blank=True)
    undangan = models.OneToOneField(
        Undangan, on_delete=models.PROTECT, null=True, blank=True, related_name="hadir", editable=False
    )
    cara = models.CharField(max_length=8, choices=AttendanceWay.choices, default=AttendanceWay.TAMU, editable=False)
    mewakili = models.CharField(max_length=310, blank=True)
    bersurat = models.BooleanField("membawa surat kuasa", default=False)
    terlambat = models.BooleanField(default=False, editable=False)
    meja = models.CharField(max_length=20, blank=True, editable=False)
    kembar = models.PositiveSmallIntegerField(default=0, editable=False)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    dicatat_pada = models.DateTimeField(auto_now_add=True)
    datang_pada = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "kehadiran"
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang", "nama", "lembaga", "kembar"],
                name="kehadiran_sekali",
                violation_error_message="Orang dengan nama dan lembaga ini sudah tercatat hadir.",
            ),
            models.CheckConstraint(
                condition=Q(mewakili="") | Q(undangan__isnull=False), name="kehadiran_wakil_berundangan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nama} ({self.lembaga})"

    @property
    def datang(self) -> datetime:
        """When the person came, as far as it was noted."""
        return self.datang_pada or self.dicatat_pada


class Kepergian(models.Model):
    """A person who was noted as present left the hall at ``pergi_pada``; still away while ``kembali_pada`` is NULL."""

    kehadiran = models.ForeignKey(Kehadiran, on_delete=models.CASCADE, related_name="kepergian")
    pergi_pada = models.DateTimeField()
    kembali_pada = models.DateTimeField(null=True, blank=True)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "kepergian"
        constraints = [
            models.UniqueConstraint(
                fields=["kehadiran"], condition=Q(kembali_pada=None), name="kepergian_satu_yang_terbuka"
            ),
            models.CheckConstraint(
                condition=Q(kembali_pada=None) | Q(kembali_pada__gte=F("pergi_pada")), name="kepergian_urut"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kehadiran.nama} pergi"


class Kedatangan(FromForm):
    """One arrival as a desk noted it on its own device, and sent when it could.

    Two desks that noted the same person are two arrivals of one ``kehadiran``; the later one to be heard of is
    ``ulang``. ``pada`` is when the desk noted it. ``jam_ragu``: the clock of the device was not that of the server, so
    that the time was counted back from when it was received, or is the time of receipt.
    """

    kehadiran = models.ForeignKey(Kehadiran, on_delete=models.CASCADE, related_name="kedatangan")
    pada = models.DateTimeField()
    meja = models.CharField(max_length=20, blank=True)
    ulang = models.BooleanField(default=False)
    jam_ragu = models.BooleanField(default=False)
    dicatat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    diterima_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "kedatangan"

    def __str__(self) -> str:
        return f"{self.kehadiran.nama}, meja {self.meja or '-'}"
