"""The course of the day: its settings, agenda, speakers and minutes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from musrenbang.labels import words
from musrenbang.models import FromForm, Musrenbang
from musrenbang.sidang.models.kehadiran import Kehadiran
from musrenbang.states import FASE, Tahap

PERSEN = [MaxValueValidator(100)]
TAHAP_ACARA = [(t.value, t.label) for t in (Tahap.SIAP, *FASE["Sidang"])]
"""Stages that an item of the agenda may belong to: registration before the opening, then those of the meeting."""


class Sidang(models.Model):
    """What the kecamatan set for its day: hours, the quorum that binds it, and the women's share that it aims at."""

    musrenbang = models.OneToOneField(Musrenbang, on_delete=models.PROTECT, related_name="sidang")
    agenda_mulai = models.TimeField("agenda mulai pukul", null=True, blank=True)
    pendaftaran_tutup = models.TimeField(
        "pendaftaran ditutup pukul", null=True, blank=True, help_text="Sesudahnya orang dicatat sebagai terlambat."
    )
    kuorum_desa = models.PositiveSmallIntegerField(
        words("kuorum desa (%)"),
        default=67,
        validators=PERSEN,
        help_text=words("Bagian desa yang terwakili. Di bawahnya sidang memutuskan dengan alasan atau diskors."),
    )
    target_perempuan = models.PositiveSmallIntegerField(
        "target perempuan (%)",
        default=30,
        validators=PERSEN,
        help_text="Bagian perempuan dari yang hadir. Di bawahnya sidang memutuskan dengan alasan atau diskors.",
    )
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "sidang"

    def __str__(self) -> str:
        return f"Sidang {self.musrenbang.kecamatan.nama}"


class Agenda(FromForm):
    """One item of the agenda with its planned minutes and when it really ran. One runs at a time.

    ``tahap``: the stage of the event whose beginning starts it; without one it is started by hand (a break, say).
    """

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="agenda")
    urut = models.PositiveSmallIntegerField()
    judul = models.CharField("acara", max_length=200)
    menit = models.PositiveSmallIntegerField(
        "durasi (menit)", validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    penanggung_jawab = models.CharField(max_length=150, blank=True)
    tahap = models.CharField(
        "tahap sidang",
        max_length=16,
        choices=TAHAP_ACARA,
        blank=True,
        default="",
        db_default="",
        help_text="Dimulai sendiri begitu tahapnya dimulai. Kosongkan untuk yang boleh kapan saja, seperti istirahat.",
    )
    mulai_pada = models.DateTimeField(null=True, blank=True, editable=False)
    selesai_pada = models.DateTimeField(null=True, blank=True, editable=False)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["musrenbang", "urut", "pk"]
        verbose_name_plural = "agenda"
        constraints = [
            models.UniqueConstraint(
                fields=["musrenbang"],
                condition=Q(mulai_pada__isnull=False, selesai_pada__isnull=True),
                name="agenda_satu_berjalan",
            ),
            models.CheckConstraint(
                condition=Q(selesai_pada=None) | Q(selesai_pada__gte=F("mulai_pada")), name="agenda_waktu_urut"
            ),
            models.CheckConstraint(condition=Q(menit__gt=0), name="agenda_menit_positif"),
        ]

    def __str__(self) -> str:
        return self.judul


class Pembicara(FromForm):
    """Who asked to speak on an item, for how many minutes. One speaks at a time."""

    agenda = models.ForeignKey(Agenda, on_delete=models.CASCADE, related_name="pembicara")
    kehadiran = models.ForeignKey(Kehadiran, on_delete=models.PROTECT)
    menit = models.PositiveSmallIntegerField(default=3, validators=[MinValueValidator(1), MaxValueValidator(60)])
    mulai_pada = models.DateTimeField(null=True, blank=True)
    selesai_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["agenda", "pk"]
        verbose_name_plural = "pembicara"
        constraints = [
            models.UniqueConstraint(
                fields=["agenda"],
                condition=Q(mulai_pada__isnull=False, selesai_pada__isnull=True),
                name="pembicara_satu_berjalan",
            )
        ]

    def __str__(self) -> str:
        return self.kehadiran.nama


class Notulen(FromForm):
    """One note of the minutes: who spoke, what was asked and answered, what follows, what was decided."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="notulen")
    kehadiran = models.ForeignKey(Kehadiran, on_delete=models.PROTECT, null=True, blank=True, verbose_name="pembicara")
    pertanyaan = models.TextField("pertanyaan atau pokok bahasan", max_length=3000, blank=True)
    jawaban = models.TextField("jawaban atau tanggapan", max_length=3000, blank=True)
    tindak_lanjut = models.TextField(max_length=1500, blank=True)
    putusan = models.TextField("kesimpulan", max_length=1500, blank=True)
    versi = models.PositiveIntegerField(default=1)
    dibuat_pada = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["agenda", "pk"]
        verbose_name_plural = "notulen"

    def __str__(self) -> str:
        return f"Catatan {self.pk}: {self.agenda}"
