"""What is done to accounts: steps that wait for a second person, one-time links, and what the owner is told."""

from django.db import models
from django.db.models import Q

from musrenbang.models.pengguna import Pengguna
from musrenbang.models.wilayah import Kabupaten, Kecamatan
from musrenbang.states import Peran

GENTING = (Peran.CAMAT, Peran.SEKCAM, Peran.BAPPEDA)
"""Roles that one person alone neither gives nor takes over: who approves, who leads, and who could be the second."""


class RequestKind(models.TextChoices):
    """What is asked of the second person."""

    UNDANG = "undang", "Akun baru"
    PERAN = "peran", "Peran"
    SANDI = "sandi", "Kata sandi dibatalkan"
    KODE = "kode", "Verifikasi dua langkah dimatikan"
    AKTIF = "aktif", "Akun diaktifkan lagi"


class RequestOutcome(models.TextChoices):
    """How a request ended; written once, with who and when."""

    DISETUJUI = "disetujui", "Disetujui"
    DITOLAK = "ditolak", "Tidak disetujui"
    DITARIK = "ditarik", "Ditarik pemintanya"


class PermintaanAkun(models.Model):
    """A step on an account of a grave role that waits for a second person.

    ``pengguna`` is empty while the account does not exist (UNDANG); then name, NIP and user name say whom it is for.
    ``kecamatan`` is the scope of Camat and Sekcam; the scope of Bappeda is ``kabupaten`` itself.
    """

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.PROTECT)
    jenis = models.CharField(max_length=6, choices=RequestKind.choices)
    pengguna = models.ForeignKey(Pengguna, on_delete=models.PROTECT, null=True, related_name="+")
    nama = models.CharField(max_length=150, blank=True)
    nip = models.CharField(max_length=21, blank=True)
    username = models.CharField(max_length=150, blank=True)
    peran = models.CharField(max_length=12, blank=True, choices=[(p.value, p.label) for p in GENTING])
    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT, null=True)
    diminta_oleh = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    diminta_pada = models.DateTimeField(auto_now_add=True)
    dijawab_oleh = models.ForeignKey(Pengguna, on_delete=models.PROTECT, null=True, related_name="+")
    dijawab_pada = models.DateTimeField(null=True)
    hasil = models.CharField(max_length=9, choices=RequestOutcome.choices, blank=True)
    jawaban = models.CharField("alasan", max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "permintaan akun"
        constraints = [
            models.CheckConstraint(
                condition=Q(hasil="", dijawab_oleh=None, dijawab_pada=None)
                | Q(hasil__in=RequestOutcome.values, dijawab_oleh__isnull=False, dijawab_pada__isnull=False),
                name="permintaan_akun_dijawab_utuh",
            ),
            models.CheckConstraint(
                condition=Q(hasil="ditarik") | Q(dijawab_oleh=None) | ~Q(dijawab_oleh=models.F("diminta_oleh")),
                name="permintaan_akun_dua_orang",
            ),
        ]
        indexes = [models.Index(fields=["kabupaten", "-id"], name="permintaan_akun_kabupaten")]

    def __str__(self) -> str:
        return self.kata

    @property
    def lingkup(self) -> Kecamatan | Kabupaten:
        """Where the role holds."""
        return self.kecamatan or self.kabupaten

    @property
    def kata(self) -> str:
        """What is to be done, in a sentence without a full stop; a form carries it, so that nobody approves another."""
        who = f"{self.pengguna} ({self.pengguna.username})" if self.pengguna else self.nama
        peran = f"{Peran(self.peran).label}, {self.lingkup.nama}" if self.peran else ""
        return {
            RequestKind.UNDANG: f"Buat akun {who} dengan peran {peran}",
            RequestKind.PERAN: f"Beri {who} peran {peran}",
            RequestKind.SANDI: f"Batalkan kata sandi {who} dan buat tautan baru",
            RequestKind.KODE: f"Matikan verifikasi dua langkah {who}",
            RequestKind.AKTIF: f"Aktifkan lagi akun {who}",
        }[RequestKind(self.jenis)]


class TautanMasuk(models.Model):
    """The right to see the one-time link of an account: once, and only by who made it. The link itself is not kept."""

    pengguna = models.ForeignKey(Pengguna, on_delete=models.CASCADE, related_name="tautan_masuk")
    pembuat = models.ForeignKey(Pengguna, on_delete=models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    ditampilkan_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "tautan masuk"
        indexes = [models.Index(fields=["pembuat", "ditampilkan_pada"], name="tautan_masuk_pembuat")]

    def __str__(self) -> str:
        return f"Tautan {self.pengguna}"


class KabarAkun(models.Model):
    """What somebody else did to an account, told to its owner at the next sign-in and kept."""

    pengguna = models.ForeignKey(Pengguna, on_delete=models.CASCADE, related_name="kabar")
    kata = models.CharField(max_length=400)
    waktu = models.DateTimeField(auto_now_add=True)
    dibaca_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "kabar akun"

    def __str__(self) -> str:
        return self.kata
