"""Last year's proposals."""

from typing import Any

from django.db.models import F, QuerySet

from musrenbang.models import Musrenbang
from musrenbang.pertanyaan import Question
from usulan.milik import KOLOM_MILIK
from usulan.models import Usulan
from usulan.queries.serupa import said_twice

unfunded_of: Question[[Musrenbang], QuerySet[Usulan]] = Question("which proposals of an event were left without money")
"""Which of an event's proposals were left without money, for next year's carry-over."""
fate_of: Question[[Usulan], list[Any]] = Question("what became of a proposal")
"""What became of a proposal: steps with ``waktu``, ``kalimat`` and ``alasan``, told by the plan and what follows it."""
KOLOM_DIULANG = (
    *KOLOM_MILIK,
    "bidang_teks",
    "kegiatan",
    "permasalahan",
    "lokasi",
    "volume",
    "satuan",
    "biaya",
    "sumber_dana_id",
    "manfaat",
    "waktu",
    "skpd_id",
    "skpd_teks",
)


def list_repeatable(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return last year's proposals of this kecamatan that got no money and were not proposed again yet."""
    previous = last_year(musrenbang)
    if previous is None:
        return Usulan.objects.none()
    usulan = unfunded_of(previous).exclude(ulangan__musrenbang=musrenbang)
    usulan = usulan.exclude(pk__in=said_twice(previous))
    return usulan.select_related("desa", "skpd", "sumber_dana").order_by(F("desa__kode").asc(nulls_last=True), "nomor")


def list_agreed_last_year(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return last year's proposals that the meeting agreed to: nothing to repeat, but what a desa wants to see."""
    previous = last_year(musrenbang)
    if previous is None:
        return Usulan.objects.none()
    usulan = Usulan.objects.filter(musrenbang=previous).exclude(pk__in=unfunded_of(previous))
    return usulan.select_related("desa", "skpd").order_by(F("desa__kode").asc(nulls_last=True), "nomor")


def last_year(musrenbang: Musrenbang) -> Musrenbang | None:
    """Return the event of the same kecamatan before this one, or None."""
    return Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan, tahun_pelaksanaan__lt=musrenbang.tahun_pelaksanaan
    ).first()
