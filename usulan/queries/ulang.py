"""Last year's proposals."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from musrenbang.models import Musrenbang
from usulan.models import Usulan
from usulan.queries.serupa import said_twice

KOLOM_DIULANG = (
    "desa_id", "bidang_teks", "kegiatan", "permasalahan", "lokasi", "volume", "satuan", "biaya", "sumber_dana_id",
    "manfaat", "waktu", "skpd_id", "skpd_teks",
)  # fmt: skip


def list_repeatable(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return last year's proposals of this kecamatan that got no money and were not proposed again yet."""
    lalu = last_year(musrenbang)
    if lalu is None:
        return Usulan.objects.none()
    usulan = _unfunded(lalu).exclude(ulangan__musrenbang=musrenbang)
    usulan = usulan.exclude(pk__in=said_twice(lalu))
    return usulan.select_related("desa", "skpd", "sumber_dana").order_by("desa__kode", "nomor")


def list_agreed_last_year(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return last year's proposals that the meeting agreed to: nothing to repeat, but what a desa wants to see."""
    lalu = last_year(musrenbang)
    if lalu is None:
        return Usulan.objects.none()
    usulan = Usulan.objects.filter(musrenbang=lalu).exclude(pk__in=_unfunded(lalu))
    return usulan.select_related("desa", "skpd").order_by("desa__kode", "nomor")


def last_year(musrenbang: Musrenbang) -> Musrenbang | None:
    """Return the event of the same kecamatan before this one, or None."""
    return Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan, tahun_pelaksanaan__lt=musrenbang.tahun_pelaksanaan
    ).first()


def _unfunded(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    belum_didanai: Callable[[Musrenbang], QuerySet[Usulan]] = import_string(settings.USULAN_BELUM_DIDANAI)
    return belum_didanai(musrenbang)


def fate_of(usulan: Usulan) -> list[Any]:
    """Return what became of a proposal: steps with ``waktu``, ``kalimat`` and ``alasan``, told by the plan."""
    nasib: Callable[[Usulan], list[Any]] = import_string(settings.NASIB_USULAN)
    return nasib(usulan)
