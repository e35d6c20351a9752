"""What happens after the day: notes of the Camat and Bappeda, submissions, sorting to SKPD, their answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from musrenbang.labels import words
from musrenbang.models import Dokumen, FromForm, Musrenbang, Skpd
from rkp.models import BarisRkp, BarisVersi, RkpVersi


class NoteSource(models.TextChoices):
    """Who wrote a note."""

    CAMAT = "camat", words("Camat")
    BAPPEDA = "bappeda", words("Bappeda")


class Catatan(FromForm):
    """A note on the finished plan, on one row or on the whole, and what the team answered.

    The team answers note by note; a note without an answer is open.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="catatan_dokumen")
    sumber = models.CharField(max_length=8, choices=NoteSource.choices)
    baris = models.ForeignKey(
        BarisRkp,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="catatan_dokumen",
        verbose_name="kegiatan",
    )
    isi = models.TextField("catatan", max_length=1000)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)
    jawaban = models.TextField(max_length=1000, blank=True)
    dijawab_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    dijawab_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "catatan"
        constraints = [
            models.CheckConstraint(condition=Q(sumber__in=NoteSource.values), name="catatan_sumber_dikenal"),
            models.CheckConstraint(
                condition=Q(jawaban="", dijawab_pada=None) | (~Q(jawaban="") & Q(dijawab_pada__isnull=False)),
                name="catatan_jawaban_utuh",
            ),
        ]

    def __str__(self) -> str:
        return f"Catatan {self.get_sumber_display()}: {self.isi[:60]}"


class StatusPilahan(models.TextChoices):
    """Where the sorting of a work stands."""

    ANTRE = "antre", "Perlu dipilih"
    DISARANKAN = "disarankan", "Disarankan"
    DITETAPKAN = "ditetapkan", "Ditetapkan"
    DIDANAI = "didanai", "Didanai program"


MOVES_PILAHAN = frozenset(
    {
        (StatusPilahan.ANTRE, StatusPilahan.DITETAPKAN),
        (StatusPilahan.DISARANKAN, StatusPilahan.DITETAPKAN),
        (StatusPilahan.DITETAPKAN, StatusPilahan.ANTRE),
        (StatusPilahan.DIDANAI, StatusPilahan.ANTRE),
        (StatusPilahan.ANTRE, StatusPilahan.DIDANAI),
    }
)


class Pengiriman(models.Model):
    """Works handed to one SKPD with a numbered letter: until when it is to answer, and who took it in.

    The receipt (``nomor_terima``) is given once, by the SKPD itself or by the team for a letter brought by hand.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="pengiriman")
    skpd = models.ForeignKey(Skpd, on_delete=models.PROTECT, related_name="pengiriman", verbose_name=words("SKPD"))
    surat = models.OneToOneField(Dokumen, on_delete=models.PROTECT, related_name="pengiriman")
    batas = models.DateField("tenggat jawaban")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)
    nomor_terima = models.CharField("nomor tanda terima", max_length=80, blank=True)
    penerima = models.CharField(max_length=150, blank=True)
    diterima_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["musrenbang", "skpd__nama", "-pk"]
        verbose_name_plural = "pengiriman"
        constraints = [
            models.CheckConstraint(
                condition=Q(nomor_terima="", penerima="", diterima_pada=None)
                | ~Q(nomor_terima="") & ~Q(penerima="") & Q(diterima_pada__isnull=False),
                name="pengiriman_tanda_terima_utuh",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.surat.nomor} kepada {self.skpd}"


class Pilahan(models.Model):
    """Which SKPD an agreed work goes to. ``skpd`` is a suggestion until the status says that people chose it.

    ``keyakinan`` (0 to 1) and ``sebab`` belong to the suggestion. ``bukan``: keys of the SKPD that said "not ours".
    ``pengiriman``: the letter with which it went to its SKPD; None until then. ``diminta``: the rupiah asked of the
    SKPD, the cost less what programmes pay. A work that a programme pays in full leaves the sorting (``didanai``);
    ``alasan_kirim`` says why it is sent all the same, and then the whole cost is asked for.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="pilahan")
    baris = models.OneToOneField(BarisVersi, on_delete=models.PROTECT, related_name="pilahan")
    status = models.CharField(max_length=12, choices=StatusPilahan.choices, default=StatusPilahan.ANTRE)
    skpd = models.ForeignKey(Skpd, on_delete=models.PROTECT, null=True, blank=True, verbose_name=words("SKPD"))
    keyakinan = models.DecimalField(max_digits=4, decimal_places=3, null=True)
    sebab = models.CharField(max_length=300, blank=True)
    bukan = models.JSONField(default=list)
    pengiriman = models.ForeignKey(Pengiriman, on_delete=models.PROTECT, null=True, related_name="pilahan")
    diminta = models.BigIntegerField(words("diminta dari SKPD (Rp)"), null=True, blank=True)
    alasan_kirim = models.CharField("alasan tetap dikirim", max_length=300, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["musrenbang", "baris__nomor"]
        verbose_name_plural = "pilahan"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StatusPilahan.values), name="pilahan_status_dikenal"),
            models.CheckConstraint(
                condition=Q(status__in=[StatusPilahan.ANTRE, StatusPilahan.DIDANAI]) | Q(skpd__isnull=False),
                name="pilahan_ada_skpd",
            ),
            models.CheckConstraint(
                condition=Q(pengiriman=None) | Q(status=StatusPilahan.DITETAPKAN), name="pilahan_dikirim_sesudah_tetap"
            ),
        ]

    def __str__(self) -> str:
        return f"Pemilahan {self.baris}"


class StatusPenyampaian(models.TextChoices):
    """A package lies with Bappeda, was taken in, or went back."""

    DIAJUKAN = "diajukan", words("Diperiksa Bappeda")
    DITERIMA = "diterima", "Diterima"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan"


MOVES_PENYAMPAIAN = frozenset(
    {
        (StatusPenyampaian.DIAJUKAN, StatusPenyampaian.DITERIMA),
        (StatusPenyampaian.DIAJUKAN, StatusPenyampaian.DIKEMBALIKAN),
    }
)


class Penyampaian(models.Model):
    """One handing over of the result to Bappeda: which version, which papers, the receipt, and what came of it.

    ``isi`` lists the papers as they were: label, number, SHA-256. ``sha256`` is the hash over that list and the plan.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="penyampaian")
    urut = models.PositiveSmallIntegerField()
    versi = models.ForeignKey(RkpVersi, on_delete=models.PROTECT)
    berita_acara = models.ForeignKey(Dokumen, on_delete=models.PROTECT, null=True)
    nomor = models.CharField("nomor tanda terima", max_length=80)
    isi = models.JSONField(default=list)
    sha256 = models.CharField("SHA-256", max_length=64)
    status = models.CharField(max_length=12, choices=StatusPenyampaian.choices, default=StatusPenyampaian.DIAJUKAN)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)
    diputus_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    diputus_pada = models.DateTimeField(null=True)
    alasan = models.TextField(blank=True)

    class Meta:
        ordering = ["musrenbang", "-urut"]
        verbose_name_plural = "penyampaian"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "urut"], name="penyampaian_urut_unik"),
            models.CheckConstraint(condition=Q(status__in=StatusPenyampaian.values), name="penyampaian_status_dikenal"),
        ]

    def __str__(self) -> str:
        return f"Penyampaian {self.urut} {self.musrenbang}"


class Answer(models.TextChoices):
    """What an SKPD answers. "Tidak terkait" is no answer: the work goes back to the queue."""

    DIAKOMODIR = "diakomodir", "Diakomodasi"
    SEBAGIAN = "sebagian", "Diakomodasi sebagian"
    TIDAK = "tidak", "Tidak diakomodasi"
    TIDAK_TERKAIT = "tidak_terkait", "Tidak terkait (bukan urusan kami)"


TERSIMPAN = (Answer.DIAKOMODIR, Answer.SEBAGIAN, Answer.TIDAK)


class Tanggapan(models.Model):
    """The answer of an SKPD to one work: what became of it in its Renja, why, and with how many rupiah."""

    pilahan = models.OneToOneField(Pilahan, on_delete=models.PROTECT, related_name="tanggapan")
    skpd = models.ForeignKey(Skpd, on_delete=models.PROTECT, related_name="tanggapan")
    jawaban = models.CharField(max_length=14, choices=[(j.value, j.label) for j in TERSIMPAN])
    alasan = models.CharField(max_length=500, blank=True)
    jumlah = models.BigIntegerField("jumlah dalam Renja (Rp)", null=True, blank=True)
    renja = models.CharField("kode sub kegiatan Renja", max_length=60, blank=True)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pilahan"]
        verbose_name_plural = "tanggapan"
        constraints = [
            models.CheckConstraint(condition=Q(jawaban__in=TERSIMPAN), name="tanggapan_jawaban_dikenal"),
            models.CheckConstraint(condition=Q(jawaban="diakomodir") | ~Q(alasan=""), name="tanggapan_alasan_wajib"),
            models.CheckConstraint(condition=Q(jumlah__isnull=True) | Q(jumlah__gt=0), name="tanggapan_jumlah_positif"),
        ]

    def __str__(self) -> str:
        return f"{self.skpd}: {self.get_jawaban_display()}"


class StatusAdendum(models.TextChoices):
    """An addendum is written by the team, approved by the Camat, and taken in or given back by Bappeda."""

    DISUSUN = "disusun", "Disusun"
    DISAHKAN = "disahkan", words("Disahkan Camat")
    DITERIMA = "diterima", words("Diterima Bappeda")
    DIKEMBALIKAN = "kembali", words("Dikembalikan Bappeda")


MOVES_ADENDUM = frozenset(
    {
        (StatusAdendum.DISUSUN, StatusAdendum.DISAHKAN),
        (StatusAdendum.DISAHKAN, StatusAdendum.DITERIMA),
        (StatusAdendum.DISAHKAN, StatusAdendum.DIKEMBALIKAN),
    }
)


class Adendum(models.Model):
    """A numbered correction of wording after Bappeda took the plan in; figures and decisions have no way in.

    ``dari_versi`` is the approved version that it corrects, ``versi`` the one that holds since; both are set when the
    Camat approves, with the numbered letter ``surat``. One that Bappeda gives back (``alasan_kembali``, who and when in
    ``dikembalikan_*``) stays as it was approved; the next addendum puts it right.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="adendum")
    urut = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=StatusAdendum.choices, default=StatusAdendum.DISUSUN)
    sebab = models.CharField("sebab adendum", max_length=500)
    penyampaian = models.ForeignKey(Penyampaian, on_delete=models.PROTECT, related_name="adendum")
    dari_versi = models.ForeignKey(RkpVersi, on_delete=models.PROTECT, null=True, related_name="+")
    versi = models.ForeignKey(RkpVersi, on_delete=models.PROTECT, null=True, related_name="adendum")
    surat = models.OneToOneField(Dokumen, on_delete=models.PROTECT, null=True, related_name="adendum")
    disusun_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    disusun_pada = models.DateTimeField(auto_now_add=True)
    disahkan_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    disahkan_pada = models.DateTimeField(null=True)
    nomor_terima = models.CharField("nomor tanda terima", max_length=80, blank=True)
    diterima_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    diterima_pada = models.DateTimeField(null=True)
    alasan_kembali = models.CharField(words("alasan Bappeda mengembalikan"), max_length=500, blank=True)
    dikembalikan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    dikembalikan_pada = models.DateTimeField(null=True)

    class Meta:
        ordering = ["musrenbang", "urut"]
        verbose_name_plural = "adendum"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "urut"], name="adendum_urut_unik"),
            models.UniqueConstraint(
                fields=["musrenbang"], condition=Q(status=StatusAdendum.DISUSUN), name="adendum_satu_disusun"
            ),
            models.CheckConstraint(condition=Q(status__in=StatusAdendum.values), name="adendum_status_dikenal"),
            models.CheckConstraint(
                condition=Q(status=StatusAdendum.DISUSUN) | Q(versi__isnull=False, disahkan_pada__isnull=False),
                name="adendum_disahkan_ada_versi",
            ),
            models.CheckConstraint(
                condition=~Q(status=StatusAdendum.DITERIMA) | ~Q(nomor_terima="") & Q(diterima_pada__isnull=False),
                name="adendum_diterima_ada_nomor",
            ),
            models.CheckConstraint(
                condition=~Q(status=StatusAdendum.DIKEMBALIKAN)
                | ~Q(alasan_kembali="") & Q(dikembalikan_pada__isnull=False),
                name="adendum_kembali_beralasan",
            ),
        ]

    def __str__(self) -> str:
        return f"Adendum {self.urut}"


class ButirAdendum(models.Model):
    """One work in an addendum. ``lama`` and ``baru``: the corrected fields before and after, as text; and why."""

    adendum = models.ForeignKey(Adendum, on_delete=models.CASCADE, related_name="butir")
    baris = models.ForeignKey(BarisRkp, on_delete=models.PROTECT, related_name="+", verbose_name="kegiatan")
    lama = models.JSONField()
    baru = models.JSONField()
    sebab = models.CharField(max_length=300)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["adendum", "baris__nomor"]
        verbose_name_plural = "butir adendum"
        constraints = [models.UniqueConstraint(fields=["adendum", "baris"], name="adendum_kegiatan_sekali")]

    def __str__(self) -> str:
        return f"{self.adendum}, no. {self.baris.nomor}"
