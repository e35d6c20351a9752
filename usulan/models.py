"""Proposals and the imports they came from."""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from musrenbang.labels import words
from musrenbang.models import Desa, FromForm, Kabupaten, Musrenbang, ProgramMasuk, Skpd, SumberDana
from musrenbang.sebutan import sebutan
from usulan.last_result import ADA_HASIL as ADA_HASIL
from usulan.last_result import HasilLalu as HasilLalu
from usulan.last_result import StepResult as StepResult
from usulan.ownership import Coverage, OfDesa, clear_ownership


class StatusImpor(models.TextChoices):
    """An upload is looked at first, then saved once; a saved one can be undone while nothing is built on it."""

    PRATINJAU = "pratinjau", "Hasil baca"
    TERSIMPAN = "tersimpan", "Tersimpan"
    DIBATALKAN = "dibatalkan", "Dibatalkan"


MOVES_IMPOR = frozenset(
    {
        (StatusImpor.PRATINJAU, StatusImpor.TERSIMPAN),
        (StatusImpor.PRATINJAU, StatusImpor.DIBATALKAN),
        (StatusImpor.TERSIMPAN, StatusImpor.DIBATALKAN),
    }
)


EKOR = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt"}


def path_impor(impor: "ImporUsulan", nama: str) -> str:
    """Where an uploaded list is kept: by its hash, so that its name can do no harm."""
    tail = PurePath(impor.nama_berkas).suffix.lower()
    return f"impor/{impor.musrenbang.slug}/{impor.sha256}{tail if tail in EKOR else '.xlsx'}"


class ImporUsulan(models.Model):
    """One uploaded workbook. The file is kept for ever; ``hasil`` is what the reader made of it.

    ``koreksi`` are the corrections made in the preview (see ``usulan.impor.corrections``), ``pola`` the columns chosen
    for this file by the shape of its heading; both are used each time the file is read again.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="impor")
    status = models.CharField(max_length=12, choices=StatusImpor.choices, default=StatusImpor.PRATINJAU)
    nama_berkas = models.CharField(max_length=200)
    berkas = models.FileField(upload_to=path_impor)
    sha256 = models.CharField(max_length=64)
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT, null=True, blank=True)
    pilihan_desa = models.JSONField(default=dict)
    pola = models.JSONField("kolom yang dipilih", default=dict)
    koreksi = models.JSONField(default=list)
    jumlah_usulan = models.PositiveIntegerField(default=0, help_text="Usulan yang sekarang tersimpan dari berkas ini.")
    terapan = models.JSONField("yang diubah berkas ini", default=dict)
    hasil = models.JSONField()
    hanya_lembar = models.CharField("hanya lembar kerja ini", max_length=100, blank=True)
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang", "sha256"], condition=Q(status="tersimpan"), name="impor_berkas_sekali"
            )
        ]

    def __str__(self) -> str:
        return self.nama_berkas


class PolaKolom(models.Model):
    """Columns that a person chose for a heading of this shape: the next file like it is read the same way."""

    kabupaten = models.ForeignKey(Kabupaten, on_delete=models.CASCADE)
    sidik = models.CharField(max_length=32)
    kolom = models.JSONField(help_text="Huruf kolom dan artinya.")
    dibuat_oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    diubah_pada = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "pola kolom"
        constraints = [models.UniqueConstraint(fields=["kabupaten", "sidik"], name="pola_kolom_sekali")]

    def __str__(self) -> str:
        return self.sidik


class UsulanOrigin(models.TextChoices):
    """How a proposal came in."""

    BERKAS = "berkas", words("Berkas DU-RKP")
    FORMULIR = "formulir", words("Formulir desa")
    SKPD = "skpd", words("Usulan SKPD/UPTD")
    KECAMATAN = "kecamatan", words("Usulan kecamatan")
    ULANG = "ulang", "Usulan tahun lalu"


class ParentRelation(models.TextChoices):
    """How a merged proposal counts in its main one: its amounts are added, or it is the same work said twice."""

    BAGIAN = "bagian", "Digabung, biayanya dijumlahkan"
    SAMA = "sama", "Usulan yang sama, biaya dihitung sekali"


class Usulan(OfDesa, FromForm):
    """One proposal of a desa, several, an SKPD or the kecamatan, with the cell it came from. Unknown is NULL, never 0.

    ``biaya`` is in whole rupiah, ``volume`` in ``satuan``. ``mentah`` keeps the cells as they stood in the file.
    ``sumber`` is last year's unfunded proposal that this one repeats, ``ulang_ke`` how often it was repeated by now.
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="usulan")
    nomor = models.PositiveIntegerField()
    bidang_teks = models.CharField(words("bidang menurut DU-RKP"), max_length=200, blank=True)
    kegiatan = models.CharField(max_length=500, blank=True)
    permasalahan = models.CharField(max_length=500, blank=True)
    lokasi = models.CharField(max_length=300, blank=True)
    volume = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    satuan = models.CharField(max_length=40, blank=True)
    biaya = models.BigIntegerField("perkiraan biaya (Rp)", null=True, blank=True)
    sumber_dana = models.ForeignKey(SumberDana, on_delete=models.PROTECT, null=True, blank=True)
    manfaat = models.CharField("sasaran/manfaat", max_length=300, blank=True)
    waktu = models.CharField("waktu pelaksanaan", max_length=100, blank=True)
    skpd = models.ForeignKey(Skpd, on_delete=models.PROTECT, null=True, blank=True, verbose_name=words("SKPD (saran)"))
    skpd_teks = models.CharField(words("SKPD menurut desa"), max_length=200, blank=True)
    prioritas_desa = models.PositiveSmallIntegerField(words("urutan prioritas desa"), null=True, blank=True)
    asal = models.CharField(max_length=10, choices=UsulanOrigin.choices, default=UsulanOrigin.BERKAS)
    sumber = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ulangan",
        verbose_name="usulan tahun lalu",
    )
    ulang_ke = models.PositiveSmallIntegerField(default=0)
    impor = models.ForeignKey(ImporUsulan, on_delete=models.PROTECT, null=True, blank=True, related_name="usulan")
    lembar = models.CharField(max_length=100, blank=True)
    baris = models.PositiveIntegerField(null=True, blank=True)
    bagian = models.PositiveSmallIntegerField(default=0, help_text="0: seluruh baris.")
    mentah = models.JSONField(default=dict)
    induk = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="anak",
        verbose_name="digabung ke",
    )
    hubungan = models.CharField(max_length=8, choices=ParentRelation.choices, blank=True)
    program = models.ForeignKey(
        ProgramMasuk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="usulan",
        verbose_name="sudah didanai program",
    )
    versi = models.PositiveIntegerField(default=1)
    diubah_pada = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["musrenbang", "nomor"]
        verbose_name_plural = "usulan"
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "nomor"], name="usulan_nomor_unik"),
            models.UniqueConstraint(fields=["impor", "lembar", "baris", "bagian"], name="usulan_asal_unik"),
            models.CheckConstraint(condition=Q(biaya__isnull=True) | Q(biaya__gt=0), name="usulan_biaya_positif"),
            models.CheckConstraint(condition=Q(volume__isnull=True) | Q(volume__gt=0), name="usulan_volume_positif"),
            models.CheckConstraint(
                condition=Q(induk=None, hubungan="") | Q(induk__isnull=False, hubungan__in=ParentRelation.values),
                name="usulan_hubungan_dengan_induk",
            ),
            models.UniqueConstraint(fields=["musrenbang", "sumber"], name="usulan_diulang_sekali"),
            models.CheckConstraint(
                condition=Q(asal="berkas", impor__isnull=False, baris__isnull=False)
                | (Q(asal__in=["formulir", "skpd", "kecamatan", "ulang"], impor=None, baris=None)),
                name="usulan_asal_jelas",
            ),
            models.CheckConstraint(
                condition=Q(sumber__isnull=False, ulang_ke__gt=0, asal__in=["berkas", "ulang"])
                | (~Q(asal="ulang") & Q(sumber=None, ulang_ke=0)),
                name="usulan_ulang_jelas",
            ),
            models.CheckConstraint(condition=~Q(asal="skpd", skpd=None), name="usulan_skpd_pengusul"),
            models.CheckConstraint(condition=~Q(induk=F("id")), name="usulan_bukan_induk_sendiri"),
            clear_ownership("usulan"),
            models.CheckConstraint(
                condition=~Q(asal="formulir", cakupan="kecamatan"), name="usulan_desa_menyebut_desa"
            ),
        ]
        indexes = [models.Index(fields=["musrenbang", "desa", "nomor"], name="usulan_per_desa")]

    harga_janggal = ""  # set by queries.flag_prices for a page

    def __str__(self) -> str:
        return f"Usulan {self.nomor}: {self.kegiatan or 'tanpa nama kegiatan'}"

    @property
    def perlu_dilengkapi(self) -> list[str]:
        """The words for what is still unknown."""
        nama = {
            "kegiatan": "nama kegiatan",
            "lokasi": "lokasi",
            "volume": "volume",
            "satuan": "satuan",
            "biaya": "biaya",
        }
        return [words for column, words in nama.items() if not getattr(self, column)]

    @property
    def lengkap(self) -> bool:
        """Whether name, place, volume, unit and cost are all known."""
        return not self.perlu_dilengkapi

    @property
    def pengusul(self) -> str:
        """Who proposes: "Desa Sikur", "Desa Sikur dan Loyok", the SKPD by its short name, "Kecamatan"."""
        if self.asal == UsulanOrigin.SKPD and self.skpd:
            return self.skpd.singkatan or self.skpd.nama
        return sebutan.Kecamatan if self.asal == UsulanOrigin.KECAMATAN else self.sebutan_desa

    @property
    def proposed_by_desa(self) -> bool:
        """Whether desa propose it: not an SKPD, and not the kecamatan."""
        return self.asal not in (UsulanOrigin.SKPD, UsulanOrigin.KECAMATAN) and self.cakupan != Coverage.KECAMATAN

    @property
    def dokumen_asal(self) -> str:
        """The list that it comes from, as papers name it."""
        if not self.proposed_by_desa:
            return f"Usulan {self.pengusul if self.asal == UsulanOrigin.SKPD else 'kecamatan'}"
        listing = "Usulan Musrenbang" if self.sebutan_desa.startswith("Kelurahan") else "DU-RKP"
        return f"{listing} {self.sebutan_desa}"

    @property
    def asal_teks(self) -> str:
        """Where the proposal came from, to the row of the file."""
        if self.impor:
            return f"{self.impor.nama_berkas}, lembar {self.lembar}, baris {self.baris}"
        if self.asal == UsulanOrigin.SKPD and self.skpd:
            return f"{self.get_asal_display()}: {self.skpd.singkatan}"
        return f"Pengajuan ulang ke-{self.ulang_ke}" if self.ulang_ke else self.get_asal_display()


class BukanDuplikat(models.Model):
    """Two proposals that look alike and are not: a person said so, and is not asked again. ``satu`` is the lower."""

    satu = models.ForeignKey(Usulan, on_delete=models.CASCADE, related_name="+")
    dua = models.ForeignKey(Usulan, on_delete=models.CASCADE, related_name="+")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "bukan duplikat"
        constraints = [
            models.UniqueConstraint(fields=["satu", "dua"], name="bukan_duplikat_sekali"),
            models.CheckConstraint(condition=Q(satu__lt=F("dua")), name="bukan_duplikat_urut"),
        ]

    def __str__(self) -> str:
        return f"{self.satu_id} bukan {self.dua_id}"


class BukanProgram(models.Model):
    """A programme that looks like it pays a proposal and does not: a person said so, and is not asked again."""

    usulan = models.ForeignKey(Usulan, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(ProgramMasuk, on_delete=models.CASCADE, related_name="+")
    oleh = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "bukan program"
        constraints = [models.UniqueConstraint(fields=["usulan", "program"], name="bukan_program_sekali")]

    def __str__(self) -> str:
        return f"{self.usulan_id} bukan {self.program_id}"


class LatePolicy(models.TextChoices):
    """What the team decided about a desa whose list is late or incomplete."""

    TUNDA = "tunda", words("Tunda: sidang berjalan tanpa kelengkapan desa ini")
    PROSES = "proses", "Setuju dan proses: diterima sebagaimana adanya"


class KelengkapanDesa(models.Model):
    """What a desa handed in besides its list: the Berita Acara of its own Musrenbang and its delegates' names."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.CASCADE, related_name="kelengkapan")
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT)
    ba_nomor = models.CharField(words("nomor Berita Acara Musrenbang Desa"), max_length=80, blank=True)
    ba_tanggal = models.DateField("tanggal Berita Acara", null=True, blank=True)
    delegasi = models.TextField(words("delegasi desa"), blank=True, max_length=1000, help_text="Satu nama per baris.")
    sikap = models.CharField("keputusan tim bila terlambat", max_length=8, choices=LatePolicy.choices, blank=True)
    alasan = models.CharField("alasan keputusan", max_length=300, blank=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = words("kelengkapan desa")
        constraints = [
            models.UniqueConstraint(fields=["musrenbang", "desa"], name="kelengkapan_desa_sekali"),
            models.CheckConstraint(condition=Q(sikap="") | ~Q(alasan=""), name="kelengkapan_sikap_beralasan"),
        ]

    def __str__(self) -> str:
        return f"Kelengkapan {self.desa.sebutan}"

    @property
    def nama_delegasi(self) -> list[str]:
        """The delegates, one name each."""
        return [nama.strip() for nama in self.delegasi.splitlines() if nama.strip()]


class Tampilan(models.Model):
    """A filter of the list that a person kept under a name."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.CASCADE)
    pengguna = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    nama = models.CharField(max_length=60)
    saringan = models.JSONField()

    class Meta:
        ordering = ["nama"]
        verbose_name_plural = "tampilan"
        constraints = [models.UniqueConstraint(fields=["musrenbang", "pengguna", "nama"], name="tampilan_nama_sekali")]

    def __str__(self) -> str:
        return self.nama
