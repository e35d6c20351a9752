"""Last year's proposals."""

from typing import Any

from django.db.models import F, QuerySet

from musrenbang.models import Musrenbang
from musrenbang.questions import Question
from usulan.models import Usulan
from usulan.ownership import KOLOM_MILIK
from usulan.queries.last_year import unknown_results
from usulan.queries.similar import said_twice

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
    return _in_order(usulan.exclude(pk__in=said_twice(previous)))


def list_unknown_last_year(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return those of an imported last year of which nobody knows what became of them, not proposed again yet.

    They are offered apart: that they got no money is not known, and is not said.
    """
    previous = last_year(musrenbang)
    if previous is None or not previous.hanya_diimpor:
        return Usulan.objects.none()
    return _in_order(unknown_results(previous).exclude(ulangan__musrenbang=musrenbang))


def _in_order(usulan: QuerySet[Usulan]) -> QuerySet[Usulan]:
    related = ("desa", "skpd", "sumber_dana", "hasil_lalu")
    return usulan.select_related(*related).order_by(F("desa__kode").asc(nulls_last=True), "nomor")


def list_agreed_last_year(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return last year's proposals that the meeting agreed to: nothing to repeat, but what a desa wants to see."""
    previous = last_year(musrenbang)
    if previous is None:
        return Usulan.objects.none()
    usulan = Usulan.objects.filter(musrenbang=previous).exclude(pk__in=unfunded_of(previous))
    if previous.hanya_diimpor:
        usulan = usulan.exclude(pk__in=unknown_results(previous))
    return _in_order(usulan)


def last_year(musrenbang: Musrenbang) -> Musrenbang | None:
    """Return the event of the same kecamatan before this one, or None; an imported year only when it holds anything."""
    before = Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan, tahun_pelaksanaan__lt=musrenbang.tahun_pelaksanaan
    )
    empty = Musrenbang.objects.filter(hanya_diimpor=True, usulan=None)
    return before.exclude(pk__in=empty.values("pk")).first()
