"""The sub-district work plan: its working rows and what is decided about them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from musrenbang.labels import words
from musrenbang.models import Bidang, Musrenbang, Skpd, SumberDana
from musrenbang.sebutan import sebutan
from usulan.models import ParentRelation, Usulan
from usulan.ownership import OfDesa, clear_ownership


class StatusRkp(models.TextChoices):
    """The working plan is open, or fixed by the plenary."""

    DRAF = "draf", "Draf"
    DITETAPKAN = "ditetapkan", "Ditetapkan pleno"


MOVES_RKP = frozenset({(StatusRkp.DRAF, StatusRkp.DITETAPKAN), (StatusRkp.DITETAPKAN, StatusRkp.DRAF)})


class Keputusan(models.TextChoices):
    """What the meeting decides about a row. "Ditolak" alone is what villages resent."""

    BELUM_DIBAHAS = "belum_dibahas", "Belum dibahas"
    DISEPAKATI = "disepakati", "Disepakati"
    DENGAN_PERUBAHAN = "dengan_perubahan", "Disepakati dengan perubahan"
    CADANGAN = "cadangan", "Cadangan"
    BELUM_DISEPAKATI = "belum_disepakati", "Belum disepakati"
    DIGABUNG = "digabung", "Digabung ke kegiatan lain"


SEPAKAT = (Keputusan.DISEPAKATI, Keputusan.DENGAN_PERUBAHAN)
PERLU_ALASAN = (Keputusan.DENGAN_PERUBAHAN, Keputusan.CADANGAN, Keputusan.BELUM_DISEPAKATI, Keputusan.DIGABUNG)
PILIHAN_PUTUSAN = [k for k in Keputusan.choices if k[0] not in (Keputusan.BELUM_DIBAHAS, Keputusan.DIGABUNG)]
"""What a form offers: merging has its own."""


class Alasan(models.TextChoices):
    """Short reasons of musrenbang.md 3(e); the text beside it explains."""

    KEWENANGAN_DESA = "kewenangan_desa", words("Kewenangan desa, dapat didanai Dana Desa/APBDes")
    BUKAN_KABUPATEN = "bukan_kabupaten", words("Bukan kewenangan kabupaten")
    SUDAH_DI_RENJA = "sudah_di_renja", words("Sudah tertampung di Renja SKPD")
    DUPLIKAT = "duplikat", "Sama dengan usulan lain"
    LAHAN = "lahan", "Lahan bermasalah atau milik pihak lain"
    DATA_KURANG = "data_kurang", "Data volume, lokasi, atau biaya tidak lengkap"
    MELAMPAUI_PAGU = "melampaui_pagu", "Melampaui pagu indikatif"
    TIDAK_PRIORITAS = "tidak_prioritas", "Tidak sesuai prioritas daerah atau RTRW"
    DILARANG = "dilarang", "Termasuk daftar yang tidak boleh diusulkan"
    HIBAH = "hibah", "Penerima hibah belum berbadan hukum"
    SKOR = "skor", "Skor di bawah batas"
    DISESUAIKAN = "disesuaikan", "Disesuaikan menurut hasil pembahasan"
    LAINNYA = "lainnya", "Lainnya"


class Reasoned(models.Model):
    """Something that has a short reason and an explanation."""

    alasan_kode = models.CharField("alasan", max_length=20, choices=Alasan.choices, blank=True)
    alasan = models.CharField("penjelasan", max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def alasan_lengkap(self) -> str:
        """The short reason and its explanation in one sentence."""
        short = self.get_alasan_kode_display() if self.alasan_kode not in ("", Alasan.LAINNYA) else ""
        return ": ".join(part for part in (short, self.alasan) if part)


class Rkp(models.Model):
    """The RKP Kecamatan of an event. ``status`` is written by ``transisi.move`` alone."""

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="rkp")
    status = models.CharField(max_length=12, choices=StatusRkp.choices, default=StatusRkp.DRAF)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = words("RKP Kecamatan")
        constraints = [models.CheckConstraint(condition=Q(status__in=StatusRkp.values), name="rkp_status_dikenal")]

    def __str__(self) -> str:
        return f"RKP {sebutan.Kecamatan} {self.musrenbang.kecamatan.nama} Tahun {self.musrenbang.tahun_rencana}"


class Kegiatan(OfDesa, Reasoned):
    """What a working row and its frozen copy have in common: the matrix of musrenbang.md 3(c).

    ``biaya`` in whole rupiah, ``volume`` in ``satuan``; unknown is NULL.
    """

    nomor = models.PositiveIntegerField()
    bidang = models.ForeignKey(Bidang, on_delete=models.PROTECT, null=True, blank=True)
    prioritas_daerah = models.CharField(max_length=200, blank=True)
    sasaran_daerah = models.CharField(max_length=250, blank=True)
    program = models.CharField(max_length=200, blank=True)
    kegiatan = models.CharField(max_length=500)
    sasaran = models.CharField("sasaran kegiatan", max_length=300, blank=True)
    lokasi = models.CharField(max_length=300, blank=True)
    volume = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    satuan = models.CharField(max_length=40, blank=True)
    biaya = models.BigIntegerField("perkiraan biaya (Rp)", null=True, blank=True)
    sumber_dana = models.ForeignKey(SumberDana, on_delete=models.PROTECT, null=True, blank=True)
    skpd = models.ForeignKey(Skpd, on_delete=models.PROTECT, null=True, blank=True, verbose_name=words("SKPD"))
    keputusan = models.CharField(max_length=20, choices=Keputusan.choices, default=Keputusan.BELUM_DIBAHAS)
    skor = models.DecimalField("skor kelompok", max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"No. {self.nomor}: {self.kegiatan}"

    @property
    def lokasi_lengkap(self) -> str:
        """Desa and place, as column 7 of Tabel T-D.4 prints it."""
        return f"{self.nama_desa}, {self.lokasi}" if self.lokasi else self.nama_desa

    def name_of(self, what: str) -> str:
        """Return the name of the row's ``bidang``, ``skpd`` or ``sumber_dana``; blank without one."""
        content = getattr(self, what)
        return content.nama if content else ""


def syarat_baris(prefix: str) -> list[models.CheckConstraint]:
    """A decision that needs a reason has one, an amount is above zero and the desa are clear, in the database too."""
    return [
        clear_ownership(prefix),
        models.CheckConstraint(
            condition=~Q(keputusan__in=PERLU_ALASAN) | (~Q(alasan="") & ~Q(alasan_kode="")),
            name=f"{prefix}_alasan_wajib",
        ),
        models.CheckConstraint(condition=Q(biaya__isnull=True) | Q(biaya__gt=0), name=f"{prefix}_biaya_positif"),
    ]


class BarisRkp(Kegiatan):
    """A working row. ``semula`` keeps title, place, volume and amount as they were when the draft was made.

    A row merged into another one stays, as ``digabung``, with ``hubungan`` as the kind of merge; the other one's
    ``semula`` is then both together. What each is alone follows from its proposals (``queries.sources_of``), so that
    splitting gives exactly that back.
    """

    rkp = models.ForeignKey(Rkp, on_delete=models.PROTECT, related_name="baris")
    semula = models.JSONField()
    digabung_ke = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="gabungan", editable=False
    )
    hubungan = models.CharField(max_length=8, choices=ParentRelation.choices, blank=True, editable=False)
    versi = models.PositiveIntegerField(default=1)
    diubah_pada = models.DateTimeField(auto_now=True)

    @property
    def volume_semula(self) -> Decimal | None:
        """The volume of the draft."""
        return Decimal(self.semula["volume"]) if self.semula["volume"] else None

    @property
    def biaya_semula(self) -> int | None:
        """The amount of the draft, in rupiah."""
        return int(self.semula["biaya"]) if self.semula["biaya"] else None

    class Meta:
        ordering = ["rkp", "bidang__urut", "nomor"]
        verbose_name_plural = "baris RKP"
        constraints = [
            models.UniqueConstraint(fields=["rkp", "nomor"], name="baris_nomor_unik"),
            models.CheckConstraint(
                condition=Q(keputusan="digabung", digabung_ke__isnull=False, hubungan__in=ParentRelation.values)
                | (~Q(keputusan="digabung") & Q(digabung_ke__isnull=True, hubungan="")),
                name="baris_digabung_ada_tujuan",
            ),
            *syarat_baris("baris"),
        ]


class SumberBaris(models.Model):
    """Which proposal a row comes from. One proposal stands in one row; a row may merge several."""

    baris = models.ForeignKey(BarisRkp, on_delete=models.PROTECT, related_name="sumber")
    usulan = models.OneToOneField(Usulan, on_delete=models.PROTECT, related_name="sumber_baris")

    def __str__(self) -> str:
        return f"{self.usulan_id} -> {self.baris_id}"
