"""How a kecamatan's documents look, their signed copies, and sets of documents made in one go."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from musrenbang.models import Dokumen, FromForm, Kecamatan, Musrenbang
from musrenbang.sebutan import sebutan
from tindak_lanjut.models import Penyampaian


class PaperSize(models.TextChoices):
    """The two papers that offices use; F4 is 215 x 330 mm."""

    A4 = "A4", "A4 (210 × 297 mm)"
    F4 = "F4", "F4/folio (215 × 330 mm)"


def path_logo(settings: "PengaturanDokumen", nama: str) -> str:
    """Where a logo is kept: under a name made from its hash, so that old documents keep theirs."""
    return f"logo/{nama}"


class PengaturanDokumen(models.Model):
    """Letterhead, paper, numbers and local clauses of one kecamatan.

    ``format_nomor`` may use {klasifikasi}, {urut}, {kode}, {bulan} (Roman), {tahun}. ``klausul``: one extra clause of
    the Berita Acara per line. ``tenggat_salinan``: minutes after the closing in which the signed copy is expected.
    """

    kecamatan = models.OneToOneField(Kecamatan, on_delete=models.CASCADE, related_name="pengaturan_dokumen")
    logo = models.FileField(upload_to=path_logo, blank=True)
    alamat = models.CharField("alamat kantor", max_length=200, blank=True)
    telepon = models.CharField(max_length=60, blank=True)
    surel = models.EmailField("surel", blank=True)
    kode_pos = models.CharField("kode pos", max_length=10, blank=True)
    kertas = models.CharField(max_length=2, choices=PaperSize.choices, default=PaperSize.A4)
    format_nomor = models.CharField(
        "format nomor",
        max_length=80,
        default="{klasifikasi}/{urut}/{kode}/{bulan}/{tahun}",
        help_text="Bagian yang dipakai: {klasifikasi} {urut} {kode} {bulan} {tahun}.",
    )
    klausul = models.TextField(
        "klausul tambahan Berita Acara", max_length=3000, blank=True, help_text="Satu klausul per baris."
    )
    tenggat_salinan = models.PositiveSmallIntegerField(
        "tenggat salinan bertanda tangan (menit)",
        default=45,
        validators=[MinValueValidator(5), MaxValueValidator(10_080)],
    )
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "pengaturan dokumen"

    def __str__(self) -> str:
        return f"Pengaturan dokumen {sebutan.Kecamatan} {self.kecamatan.nama}"


def path_salinan(salinan: "SalinanTtd", nama: str) -> str:
    """Where a signed copy is kept: by its hash."""
    return f"salinan/{salinan.dokumen.musrenbang.slug}/{salinan.sha256}.pdf"


class SalinanTtd(FromForm):
    """The scan or photos of a signed document, as one PDF.

    ``halaman_dokumen``: how many pages the issued document has. A copy with another number of pages counts only with
    ``alasan``, which says why. ``tanda``: what was found in a PDF with electronic signatures, then kept as it is:
    [{nama, penerbit, waktu, kata, baik}].
    """

    dokumen = models.ForeignKey(Dokumen, on_delete=models.PROTECT, related_name="salinan")
    berkas = models.FileField(upload_to=path_salinan)
    sha256 = models.CharField(max_length=64)
    halaman = models.PositiveSmallIntegerField()
    halaman_dokumen = models.PositiveSmallIntegerField("halaman dokumen", null=True)
    alasan = models.CharField("alasan jumlah halaman berbeda", max_length=300, blank=True)
    tanda = models.JSONField("tanda tangan elektronik di berkas", default=list, blank=True)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    diunggah_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["dokumen", "-pk"]
        verbose_name_plural = "salinan bertanda tangan"

    def __str__(self) -> str:
        return f"Salinan {self.dokumen}, {self.halaman} halaman"

    @property
    def selisih(self) -> int:
        """How many pages it has more (or fewer, below zero) than the document; 0 for copies that were not compared."""
        return self.halaman - self.halaman_dokumen if self.halaman_dokumen else 0

    @property
    def diterima(self) -> bool:
        """Whether it counts as the signed copy."""
        return not self.selisih or bool(self.alasan)


def path_elektronik(mark: "TandaElektronik", nama: str) -> str:
    """Where an electronically signed document is kept: by its hash."""
    return f"elektronik/{mark.dokumen.musrenbang.slug}/{mark.sha256}.pdf"


class TandaElektronik(models.Model):
    """A document with the electronic signature of the Camat: the issued bytes, and the signature after them."""

    dokumen = models.OneToOneField(Dokumen, on_delete=models.PROTECT, related_name="elektronik")
    berkas = models.FileField(upload_to=path_elektronik)
    sha256 = models.CharField("SHA-256", max_length=64)
    nama = models.CharField("pemegang sertifikat", max_length=200)
    penerbit = models.CharField("penerbit sertifikat", max_length=200)
    seri = models.CharField("nomor seri", max_length=80)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "tanda tangan elektronik"

    def __str__(self) -> str:
        return f"{self.dokumen}, ditandatangani {self.nama}"


class TanpaSalinan(models.Model):
    """Why the event went on without a signed copy of its Berita Acara."""

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="tanpa_salinan")
    alasan = models.CharField(max_length=300)
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "tanpa salinan"

    def __str__(self) -> str:
        return self.alasan


class PackageStatus(models.TextChoices):
    """A set is being made, is ready, or has documents that could not be made."""

    DISUSUN = "disusun", "Sedang disusun"
    JADI = "jadi", "Siap diunduh"
    SEBAGIAN = "sebagian", "Siap, sebagian gagal"


MOVES_PAKET = frozenset(
    {
        (PackageStatus.DISUSUN, PackageStatus.JADI),
        (PackageStatus.DISUSUN, PackageStatus.SEBAGIAN),
        (PackageStatus.SEBAGIAN, PackageStatus.DISUSUN),
    }
)


def path_paket(paket: "Paket", nama: str) -> str:
    """Where a set is kept."""
    return f"paket/{paket.musrenbang.slug}/{paket.pk}-{nama}"


class Paket(models.Model):
    """All documents of an event in one go, or those that were handed over to Bappeda (``penyampaian``).

    ``denyut``: when the process that makes it last said that it lives.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.CASCADE, related_name="paket")
    penyampaian = models.ForeignKey(Penyampaian, on_delete=models.CASCADE, null=True, related_name="paket")
    status = models.CharField(max_length=10, choices=PackageStatus.choices, default=PackageStatus.DISUSUN)
    berkas = models.FileField(upload_to=path_paket, blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    dibuat_pada = models.DateTimeField(auto_now_add=True)
    denyut = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "paket"
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang"], condition=Q(status="disusun", penyampaian=None), name="paket_satu_disusun"
            ),
            models.UniqueConstraint(
                fields=["penyampaian"], condition=Q(status="disusun"), name="paket_penyampaian_satu_disusun"
            ),
            models.CheckConstraint(condition=Q(status__in=PackageStatus.values), name="paket_status_dikenal"),
        ]

    def __str__(self) -> str:
        return f"Paket dokumen {self.musrenbang.kecamatan.nama}"

    @property
    def persen(self) -> int:
        """How much of it is done, in whole percent."""
        items = list(self.butir.all())
        return int(Decimal(100) * sum(b.selesai for b in items) / len(items)) if items else 0


class ButirPaket(models.Model):
    """One document of a set: done with its file, or why not yet (``galat``), or broken (``gagal``) after some tries.

    ``versi``: the version that is meant; None for what the document says when the set is made.
    """

    paket = models.ForeignKey(Paket, on_delete=models.CASCADE, related_name="butir")
    jenis = models.CharField(max_length=40)
    bagian = models.CharField(max_length=60, blank=True)
    judul = models.CharField(max_length=200)
    versi = models.PositiveSmallIntegerField(null=True)
    dokumen = models.ForeignKey(Dokumen, on_delete=models.PROTECT, null=True)
    galat = models.CharField(max_length=300, blank=True)
    gagal = models.BooleanField(default=False)
    percobaan = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["paket", "pk"]
        verbose_name_plural = "butir paket"

    def __str__(self) -> str:
        return self.judul

    @property
    def selesai(self) -> bool:
        """Whether nothing more will be tried."""
        return self.dokumen_id is not None or bool(self.galat)


class JourneyStatus(models.TextChoices):
    """An event is in the hall, its result waits for two people, it came home, or it was not waited for."""

    BERJALAN = "berjalan", "Di aula"
    MENUNGGU = "menunggu", "Hasilnya menunggu pengesahan"
    KEMBALI = "kembali", "Hasilnya sudah masuk"
    DIBATALKAN = "dibatalkan", "Dibatalkan"


MOVES_PERJALANAN = frozenset(
    {
        (JourneyStatus.BERJALAN, JourneyStatus.MENUNGGU),
        (JourneyStatus.BERJALAN, JourneyStatus.DIBATALKAN),
        (JourneyStatus.DIBATALKAN, JourneyStatus.MENUNGGU),
        (JourneyStatus.MENUNGGU, JourneyStatus.BERJALAN),
        (JourneyStatus.MENUNGGU, JourneyStatus.DIBATALKAN),
        (JourneyStatus.MENUNGGU, JourneyStatus.KEMBALI),
    }
)


class Perjalanan(models.Model):
    """An event that was taken to the hall. ``nomor`` gives the laptop its range of keys, ``kode_laptop`` its key.

    ``izin`` is the permit as it was signed (``alur.aula.izin``); ``jejak_terakhir`` the last audit row that went along:
    what is newer here was done while the event was away.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="perjalanan")
    nomor = models.PositiveIntegerField(unique=True)
    kode_laptop = models.CharField(max_length=23, blank=True)
    izin = models.JSONField(default=dict)
    berlaku_sampai = models.DateTimeField(null=True)
    jejak_terakhir = models.BigIntegerField()
    status = models.CharField(max_length=12, choices=JourneyStatus.choices, default=JourneyStatus.BERJALAN)
    dibawa_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-nomor"]
        verbose_name_plural = "perjalanan"
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang"], condition=Q(status__in=["berjalan", "menunggu"]), name="perjalanan_satu_berjalan"
            ),
            models.CheckConstraint(condition=Q(status__in=JourneyStatus.values), name="perjalanan_status_dikenal"),
        ]

    def __str__(self) -> str:
        return f"Perjalanan {self.nomor} {self.musrenbang}"


def path_hasil(result: "HasilAula", nama: str) -> str:
    """Where a result is kept until it counts."""
    return f"aula/{result.perjalanan.musrenbang.slug}/{result.sha256}.json.gz"


class ResultStatus(models.TextChoices):
    """A result waits, was taken in, or was refused."""

    MENUNGGU = "menunggu", "Menunggu pengesahan"
    MASUK = "masuk", "Disahkan dan masuk"
    DITOLAK = "ditolak", "Ditolak"


MOVES_HASIL = frozenset({(ResultStatus.MENUNGGU, ResultStatus.MASUK), (ResultStatus.MENUNGGU, ResultStatus.DITOLAK)})


class HasilAula(models.Model):
    """A result that was checked and waits: it counts when the Ketua Tim and the Camat have both confirmed it.

    ``ringkasan`` is what the page shows of it; ``kunci`` the laptop's public key; ``sha256`` of what is kept in
    ``berkas``, ``sha256_unggahan`` of the file as it came. ``semula``: where the journey goes back to when one of them
    refuses.
    """

    perjalanan = models.ForeignKey(Perjalanan, on_delete=models.PROTECT, related_name="hasil")
    status = models.CharField(max_length=10, choices=ResultStatus.choices, default=ResultStatus.MENUNGGU)
    semula = models.CharField(max_length=12, choices=JourneyStatus.choices)
    berkas = models.FileField(upload_to=path_hasil, max_length=200)
    sha256 = models.CharField(max_length=64)
    sha256_unggahan = models.CharField(max_length=64)
    kunci = models.CharField(max_length=44)
    ringkasan = models.JSONField()
    timpa = models.BooleanField(default=False)
    diunggah_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField(auto_now_add=True)
    ketua = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ketua_pada = models.DateTimeField(null=True)
    camat = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    camat_pada = models.DateTimeField(null=True)
    ditolak_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ditolak_pada = models.DateTimeField(null=True)
    alasan = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "hasil aula"
        constraints = [
            models.UniqueConstraint(
                fields=["perjalanan"], condition=Q(status="menunggu"), name="hasil_aula_satu_menunggu"
            ),
            models.CheckConstraint(
                condition=~Q(status="masuk")
                | Q(ketua__isnull=False, camat__isnull=False) & ~Q(ketua=models.F("camat")),
                name="hasil_aula_dua_orang",
            ),
        ]

    def __str__(self) -> str:
        return f"Hasil {self.perjalanan}"


class AsalAula(models.Model):
    """On the laptop: from which server the event came, and with which permit (``izin``, signed by the server).

    ``bekal``: names of the files that the server holds already, so they need not come back.
    """

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="asal_aula")
    nomor = models.PositiveIntegerField()
    izin = models.JSONField(default=dict)
    bekal = models.JSONField(default=list)
    asal = models.CharField(max_length=200)
    dimuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "asal aula"

    def __str__(self) -> str:
        return f"{self.musrenbang} dari {self.asal}"
