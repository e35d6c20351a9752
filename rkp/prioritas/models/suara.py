"""Voters and votes. A ballot is not linked to the code it was cast with."""

import uuid

from django.db import models
from django.db.models import Q

from musrenbang.models import Desa, Musrenbang
from musrenbang.sidang.models import Kehadiran
from rkp.prioritas.models.peringkat import Pemeringkatan


class Pemilih(models.Model):
    """A delegate of a desa who is present and may vote; a stand-in brought a letter (MPD-19)."""

    musrenbang = models.ForeignKey(Musrenbang, on_delete=models.PROTECT, related_name="pemilih")
    desa = models.ForeignKey(Desa, on_delete=models.PROTECT)
    kehadiran = models.OneToOneField(Kehadiran, on_delete=models.PROTECT, related_name="pemilih")

    class Meta:
        ordering = ["musrenbang", "desa__kode", "pk"]
        verbose_name_plural = "pemilih"

    def __str__(self) -> str:
        return f"{self.kehadiran.nama} ({self.desa.sebutan})"


class StatusPemungutan(models.TextChoices):
    """A vote runs, is counted and closed, or was called off with a reason."""

    DIBUKA = "dibuka", "Sedang berlangsung"
    DITUTUP = "ditutup", "Selesai dihitung"
    DIBATALKAN = "dibatalkan", "Dibatalkan"


MOVES_PEMUNGUTAN = frozenset(
    {
        (StatusPemungutan.DIBUKA, StatusPemungutan.DITUTUP),
        (StatusPemungutan.DIBUKA, StatusPemungutan.DIBATALKAN),
        (StatusPemungutan.DITUTUP, StatusPemungutan.DIBATALKAN),
    }
)


class VotingWay(models.TextChoices):
    """How a delegate voted: own phone, paper ballot, or by a raised hand."""

    HP = "hp", "HP"
    KERTAS = "kertas", "Kertas"
    TANGAN = "tangan", "Angkat tangan"


class Pemungutan(models.Model):
    """One vote on one list, or a run-off among works of equal score (``ulangan``).

    ``calon``: the row keys that may be picked. ``kertas``: what was counted by hand: ``edar``, ``masuk``, ``sah`` and
    ``suara`` {row key: votes}. ``hasil``: {row key: votes} of everything, written when it is closed. ``alasan_kuorum``:
    why the meeting takes the result although too few voted.
    """

    pemeringkatan = models.ForeignKey(Pemeringkatan, on_delete=models.CASCADE, related_name="pemungutan")
    daftar = models.CharField(max_length=20, blank=True)
    putaran = models.PositiveSmallIntegerField(default=1)
    ulangan = models.BooleanField(default=False)
    rahasia = models.BooleanField(default=True)
    jumlah_pilihan = models.PositiveSmallIntegerField()
    calon = models.JSONField()
    status = models.CharField(max_length=12, choices=StatusPemungutan.choices, default=StatusPemungutan.DIBUKA)
    kertas = models.JSONField(default=dict, blank=True)
    hasil = models.JSONField(null=True)
    alasan = models.CharField(max_length=300, blank=True)
    alasan_kuorum = models.CharField(max_length=300, blank=True)
    dibuka_pada = models.DateTimeField(auto_now_add=True)
    ditutup_pada = models.DateTimeField(null=True)
    versi = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pemeringkatan", "pk"]
        verbose_name_plural = "pemungutan suara"
        constraints = [
            models.UniqueConstraint(fields=["pemeringkatan", "daftar", "putaran"], name="pemungutan_putaran_unik"),
            models.UniqueConstraint(
                fields=["pemeringkatan"], condition=Q(status="dibuka"), name="pemungutan_satu_terbuka"
            ),
            models.CheckConstraint(condition=Q(status__in=StatusPemungutan.values), name="pemungutan_status_dikenal"),
            models.CheckConstraint(condition=Q(jumlah_pilihan__gte=1), name="pemungutan_pilihan_positif"),
        ]

    def __str__(self) -> str:
        jenis = "Pemungutan ulang" if self.ulangan else "Pemungutan suara"
        return f"{jenis} {self.daftar} putaran {self.putaran}".replace("  ", " ")


class KodeSuara(models.Model):
    """The one-time code of a voter in one vote. ``cara`` is filled when the vote is cast; no time is kept, so that
    nobody can lay codes beside ballots. ``kode`` is wiped when the vote is closed.
    """

    pemungutan = models.ForeignKey(Pemungutan, on_delete=models.CASCADE, related_name="kode")
    pemilih = models.ForeignKey(Pemilih, on_delete=models.PROTECT, related_name="kode")
    kode = models.CharField(max_length=8, unique=True, null=True)  # noqa: DJ001 - wiped codes must not collide
    cara = models.CharField(max_length=8, choices=VotingWay.choices, blank=True)

    class Meta:
        ordering = ["pemungutan", "pemilih__desa__kode", "pemilih"]
        verbose_name_plural = "kode suara"
        constraints = [models.UniqueConstraint(fields=["pemungutan", "pemilih"], name="kode_sekali")]

    def __str__(self) -> str:
        return f"Kode {self.pemilih}"


class KodeSelesai(models.Model):
    """A code that was wiped when its vote ended, as a digest: enough to tell its bearer so, and how it was used.

    Nothing leads from here to a voter or to a ballot: the rows are written in the order of their digests.
    """

    pemungutan = models.ForeignKey(Pemungutan, on_delete=models.CASCADE, related_name="kode_selesai")
    sidik = models.CharField(max_length=64, db_index=True)
    cara = models.CharField(max_length=8, choices=VotingWay.choices, blank=True)

    class Meta:
        ordering = ["pemungutan", "sidik"]
        verbose_name_plural = "kode selesai"
        constraints = [models.UniqueConstraint(fields=["pemungutan", "sidik"], name="kode_selesai_sekali")]

    def __str__(self) -> str:
        return f"Kode selesai {self.pemungutan_id}"


class SuratSuara(models.Model):
    """One ballot cast by phone: the row keys picked. Nothing tells whose it is or when it came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pemungutan = models.ForeignKey(Pemungutan, on_delete=models.CASCADE, related_name="surat")
    pilihan = models.JSONField()

    class Meta:
        verbose_name_plural = "surat suara"

    def __str__(self) -> str:
        return f"Surat suara {self.pk}"
