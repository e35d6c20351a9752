"""The event."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from musrenbang.labels import words
from musrenbang.models.wilayah import Kecamatan
from musrenbang.sebutan import DESA, KELURAHAN, Sebutan
from musrenbang.states import Tahap

HAS_VILLAGE = (
    "EXISTS(SELECT 1 FROM musrenbang_desa d WHERE d.kecamatan_id = %(expressions)s AND SUBSTR(d.kode, 10, 1) {} '1')"
)
"""Whether a kecamatan has a village of a kind; asked with every page and every lock.

Said as SQL: as a subquery of the ORM it took a tenth of the time in which a cell of a grid is saved.
"""


class HasDesa(models.Func):
    """Whether one of its villages is a desa."""

    template = HAS_VILLAGE.format("<>")
    output_field = models.BooleanField()


class HasKelurahan(models.Func):
    """Whether one of its villages is a kelurahan."""

    template = HAS_VILLAGE.format("=")
    output_field = models.BooleanField()


class MusrenbangQuerySet(models.QuerySet["Musrenbang"]):
    """Events, with what is needed to speak of their place."""

    def with_place(self) -> Self:
        """Read kecamatan, kabupaten and provinsi along, and which kinds of village there are: no query later on."""
        return self.select_related("kecamatan__kabupaten__provinsi").annotate(
            punya_desa=HasDesa("kecamatan_id"),
            punya_kelurahan=HasKelurahan("kecamatan_id"),
        )

    def held(self) -> Self:
        """Return those in which a meeting is held: without the years that were only imported."""
        return self.filter(hanya_diimpor=False)


class Musrenbang(models.Model):
    """One Musrenbang Kecamatan, held in year N for plan year N+1.

    ``tahap`` is written by ``transisi.move`` alone. While ``dibawa_pada`` is set, the event is changed elsewhere.
    ``sidik_jejak`` is the head of the audit trail's chain. ``hanya_diimpor``: no meeting was held here; the event only
    holds what became of last year's proposals, read from a spreadsheet. It is never moved (a constraint holds that),
    and no service writes to it but those of that import (``kunci``).
    """

    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT)
    slug = models.SlugField(unique=True)
    tahun_pelaksanaan = models.PositiveSmallIntegerField("tahun pelaksanaan (N)")
    tahun_rencana = models.PositiveSmallIntegerField("tahun rencana (N+1)")
    tanggal = models.DateField("tanggal sidang", null=True, blank=True)
    jam_mulai = models.TimeField("jam mulai", null=True, blank=True)
    tempat = models.CharField(max_length=200, blank=True)
    pimpinan_sidang = models.CharField(max_length=150, blank=True, help_text=words("Bawaan: Sekretaris Camat."))
    jadwal_terbit_pada = models.DateTimeField(
        words("jadwal diterbitkan Bappeda"), null=True, blank=True, editable=False
    )
    dibawa_pada = models.DateTimeField("dibawa ke aula", null=True, blank=True, editable=False)
    sidik_jejak = models.CharField("sidik jejak terakhir", max_length=64, blank=True, editable=False)
    tahap = models.CharField(max_length=16, choices=Tahap.choices, default=Tahap.DIJADWALKAN, editable=False)
    hanya_diimpor = models.BooleanField("hanya diimpor", default=False, db_default=False, editable=False)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    punya_desa: bool
    punya_kelurahan: bool
    objects = MusrenbangQuerySet.as_manager()

    class Meta:
        ordering = ["-tahun_pelaksanaan", "kecamatan__kode"]
        verbose_name_plural = "musrenbang"
        constraints = [
            models.UniqueConstraint(fields=["kecamatan", "tahun_pelaksanaan"], name="musrenbang_satu_per_tahun"),
            models.CheckConstraint(condition=Q(tahap__in=Tahap.values), name="musrenbang_tahap_dikenal"),
            models.CheckConstraint(
                condition=Q(tahun_rencana__gt=F("tahun_pelaksanaan")), name="musrenbang_rencana_sesudah_pelaksanaan"
            ),
            models.CheckConstraint(
                condition=Q(hanya_diimpor=False) | Q(tahap=Tahap.DIJADWALKAN, dibawa_pada=None),
                name="musrenbang_impor_tidak_berjalan",
            ),
        ]

    def __str__(self) -> str:
        word = self.kecamatan.words(self.tahun_pelaksanaan)
        nama = f"{word.musrenbang} {self.kecamatan.nama} Tahun {self.tahun_pelaksanaan}"
        return f"{nama} (hanya diunggah)" if self.hanya_diimpor else nama

    @property
    def sebutan(self) -> Sebutan:
        """The words of its place; free of queries for an event that was read ``with_place``."""
        _ = self.kecamatan.kabupaten  # what it says otherwise belongs to the words
        if hasattr(self, "punya_desa"):
            has = {DESA: self.punya_desa, KELURAHAN: self.punya_kelurahan}
            jenis = frozenset(one for one, existing in has.items() if existing)
        else:
            jenis = self.kecamatan.kinds_of_village()
        return self.kecamatan.words(self.tahun_pelaksanaan, jenis)

    def get_tahap_display(self) -> str:  # type: ignore[no-redef]
        """Return the stage in words, wherever it is shown; of an imported year that it is imported."""
        return "Hanya diunggah" if self.hanya_diimpor else str(Tahap(self.tahap).label)

    def get_absolute_url(self) -> str:
        return reverse("board", args=[self.slug])
