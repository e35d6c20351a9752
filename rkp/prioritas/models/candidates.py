"""Candidates of a ranking, what the Tim Verifikasi found, their scores, and what is known of their desa."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from musrenbang.labels import words
from musrenbang.models import Desa, Musrenbang
from rkp.models import BarisRkp
from rkp.prioritas.models.peringkat import Pemeringkatan


class CandidateOrigin(models.TextChoices):
    """Which meeting of the desa a proposal comes from (pnpm.md 1.2)."""

    CAMPURAN = "campuran", words("Musyawarah desa (campuran)")
    MKP = "mkp", "Musyawarah khusus perempuan (MKP)"


class Calon(models.Model):
    """A row of the plan that competes in one ranking. Amounts in whole rupiah; unknown is NULL.

    ``urutan`` is the place that the plenary gave it, ``putusan`` its place among works of equal score, ``disetujui`` a
    smaller amount than asked with its reason, ``didahulukan`` why it is funded although a higher one did not fit.
    """

    pemeringkatan = models.ForeignKey(Pemeringkatan, on_delete=models.CASCADE, related_name="calon")
    baris = models.ForeignKey(BarisRkp, on_delete=models.PROTECT, related_name="calon")
    daftar = models.CharField(max_length=20, blank=True)
    jenis = models.CharField("jenis kegiatan", max_length=40, blank=True)
    asal = models.CharField(
        "asal usulan", max_length=10, choices=CandidateOrigin.choices, default=CandidateOrigin.CAMPURAN
    )
    tema = models.CharField(max_length=60, blank=True)
    sumber = models.CharField("sumber dana program", max_length=60, blank=True)
    swadaya = models.BigIntegerField("swadaya (Rp)", null=True, blank=True)
    rab = models.BooleanField("desain dan RAB sudah ada", default=False)
    lengkap = models.BooleanField("berkas administrasi dan teknis lengkap", default=False)
    di_rkp_desa = models.BooleanField(words("tercantum di RKP Desa/DU-RKP"), default=True)
    larangan = models.CharField("termasuk daftar larangan", max_length=10, blank=True)
    larangan_nilai = models.DecimalField("ukurannya", max_digits=14, decimal_places=2, null=True, blank=True)
    ganda = models.CharField("sudah didanai program lain", max_length=120, blank=True)
    data_palsu = models.BooleanField("data dipalsukan atau digelembungkan", default=False)
    rusak_lingkungan = models.BooleanField("merusak lingkungan", default=False)
    urutan = models.PositiveIntegerField(null=True, blank=True)
    putusan = models.PositiveIntegerField(null=True, blank=True)
    alasan_putusan = models.CharField(max_length=300, blank=True)
    disetujui = models.BigIntegerField("disetujui (Rp)", null=True, blank=True)
    alasan_disetujui = models.CharField("alasan disetujui kurang", max_length=300, blank=True)
    penutup = models.CharField("kekurangan ditutup dengan", max_length=200, blank=True)
    didahulukan = models.CharField("alasan didahulukan", max_length=300, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pemeringkatan", "baris__nomor"]
        verbose_name_plural = "calon"
        constraints = [
            models.UniqueConstraint(fields=["pemeringkatan", "baris"], name="calon_sekali"),
            models.CheckConstraint(
                condition=Q(disetujui__isnull=True) | Q(disetujui__gt=0) & ~Q(alasan_disetujui="") & ~Q(penutup=""),
                name="calon_disetujui_beralasan",
                violation_error_message="Jumlah yang dikurangi memerlukan alasan dan cara menutup kekurangannya.",
            ),
        ]

    def __str__(self) -> str:
        return f"Calon {self.baris}"

    @property
    def kode(self) -> str:
        """What the candidate is called in the published input: the number of its row."""
        return str(self.baris.nomor)


class Nilai(models.Model):
    """The score of a candidate on a criterion of the scheme, within the bounds that the scheme sets."""

    calon = models.ForeignKey(Calon, on_delete=models.CASCADE, related_name="nilai")
    kode = models.CharField("kriteria", max_length=10)
    nilai = models.DecimalField(max_digits=14, decimal_places=3, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name_plural = "nilai"
        constraints = [
            models.UniqueConstraint(fields=["calon", "kode"], name="nilai_sekali"),
            models.CheckConstraint(condition=Q(nilai__gte=0), name="nilai_tidak_negatif"),
        ]

    def __str__(self) -> str:
        return f"{self.kode}: {self.nilai}"


class Recommendation(models.TextChoices):
    """What the Tim Verifikasi recommends. It neither approves nor names an amount (pnpm.md 1.7, MPD-23)."""

    LAYAK = "layak", "Layak"
    TIDAK_LAYAK = "tidak_layak", "Tidak layak"
    PERBAIKAN = "perbaikan", "Perlu perbaikan"


class SppLevel(models.TextChoices):
    """How far an SPP group is (pnpm.md 1.4)."""

    PEMULA = "pemula", "Pemula"
    BERKEMBANG = "berkembang", "Berkembang"
    SIAP = "siap", "Siap"


class Verifikasi(models.Model):
    """The record of the Tim Verifikasi (pnpm.md section 3): papers, visit, tests, SPP sheet, recommendation.

    ``dokumen``: {paper: present}. ``uji``: {test: {"nilai": 1..5, "catatan": text}}. Returned to be completed is not
    unfit.
    """

    calon = models.OneToOneField(Calon, on_delete=models.CASCADE, related_name="verifikasi")
    dokumen = models.JSONField(default=dict, blank=True)
    dikembalikan_pada = models.DateField("dikembalikan untuk dilengkapi", null=True, blank=True)
    tenggat = models.DateField("tenggat melengkapi", null=True, blank=True)
    kunjungan_pada = models.DateField("tanggal kunjungan lapangan", null=True, blank=True)
    kunjungan_orang = models.CharField("yang berkunjung", max_length=200, blank=True)
    sesuai_musyawarah = models.BooleanField(words("sesuai keputusan musyawarah desa"), null=True, blank=True)
    demokratis = models.BooleanField("diputuskan secara musyawarah", null=True, blank=True)
    sesuai_lokasi = models.BooleanField("sesuai keadaan lokasi", null=True, blank=True)
    uji = models.JSONField(default=dict, blank=True)
    spp_umur_bulan = models.PositiveSmallIntegerField("umur kelompok (bulan)", null=True, blank=True)
    spp_aturan = models.BooleanField("punya aturan simpan pinjam", null=True, blank=True)
    spp_modal = models.BooleanField("punya modal dari simpanan", null=True, blank=True)
    spp_pembukuan = models.BooleanField("punya pembukuan", null=True, blank=True)
    spp_pinjaman_lancar = models.BooleanField("pinjaman berjalan lancar", null=True, blank=True)
    spp_tingkat = models.CharField("tingkat kelompok", max_length=12, choices=SppLevel.choices, blank=True)
    spp_anggota = models.PositiveSmallIntegerField("anggota (orang)", null=True, blank=True)
    spp_anggota_rtm = models.PositiveSmallIntegerField("anggota dari RTM (orang)", null=True, blank=True)
    spp_tunggakan = models.BigIntegerField("tunggakan (Rp)", null=True, blank=True)
    umpan_balik_pada = models.DateField(words("umpan balik ke desa"), null=True, blank=True)
    diperiksa_fk_pada = models.DateField("diperiksa fasilitator", null=True, blank=True)
    rekomendasi = models.CharField(max_length=12, choices=Recommendation.choices, blank=True)
    alasan = models.CharField("alasan rekomendasi", max_length=500, blank=True)
    diisi_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    diubah_pada = models.DateTimeField(auto_now=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "verifikasi"
        constraints = [
            models.CheckConstraint(
                condition=Q(rekomendasi__in=["", "layak"]) | ~Q(alasan=""),
                name="verifikasi_rekomendasi_beralasan",
                violation_error_message="Rekomendasi selain layak memerlukan alasan.",
            ),
            models.CheckConstraint(
                condition=Q(rekomendasi="") | Q(umpan_balik_pada__isnull=False),
                name="verifikasi_umpan_balik_dahulu",
                violation_error_message=words("Sampaikan dahulu umpan balik ke desa dan isi tanggalnya."),
            ),
        ]

    def __str__(self) -> str:
        return f"Verifikasi {self.calon}"


class KeadaanDesa(models.Model):
    """What is known of a desa's own steps before the ranking; sanctions want the Berita Acara that says so (MPD-38)."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.CASCADE, related_name="keadaan_desa")
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT)
    tahap_kurang = models.CharField("tahapan yang belum selesai", max_length=200, blank=True)
    hadir_laki = models.PositiveSmallIntegerField(words("hadir di musyawarah desa: laki-laki"), null=True, blank=True)
    hadir_perempuan = models.PositiveSmallIntegerField("perempuan", null=True, blank=True)
    jumlah_tpu = models.PositiveSmallIntegerField("Tim Penulis Usulan (orang)", null=True, blank=True)
    rpjm_desa = models.CharField("nomor Perdes RPJM Desa", max_length=120, blank=True)
    pelanggaran = models.CharField("pelanggaran ketentuan perencanaan", max_length=300, blank=True)
    pelanggaran_ba = models.CharField("Berita Acara yang mencatatnya", max_length=120, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["musrenbang", "desa__kode"]
        verbose_name_plural = words("catatan kepatuhan desa")
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "desa"], name="keadaan_desa_sekali"),
            models.CheckConstraint(
                condition=Q(pelanggaran="") | ~Q(pelanggaran_ba=""),
                name="keadaan_pelanggaran_ada_ba",
                violation_error_message="Pelanggaran hanya dicatat dengan Berita Acaranya.",
            ),
        ]

    def __str__(self) -> str:
        return f"Catatan kepatuhan {self.desa.sebutan}"
