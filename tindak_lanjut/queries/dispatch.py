"""Reads about what was handed to SKPD."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from musrenbang.models import Musrenbang, Pengguna, Skpd
from tindak_lanjut.models import Pengiriman, Pilahan, StatusPilahan
from tindak_lanjut.queries.pemilahan import per_skpd


def unsent_works(musrenbang: Musrenbang, skpd: Skpd | None = None) -> QuerySet[Pilahan]:
    """Return the settled works that no letter carried yet, of one SKPD or of all."""
    everything = Pilahan.objects.filter(musrenbang=musrenbang, status=StatusPilahan.DITETAPKAN, pengiriman=None)
    return everything.filter(skpd=skpd) if skpd else everything


@dataclass(frozen=True)
class SendSkpd:
    """An SKPD of the sorting: works and rupiah, how many are not sent yet, how many answered, the letters sent."""

    skpd: Skpd
    n: int
    rp: int
    baru: int
    dijawab: int
    surat: list[Pengiriman]
    lewat: bool


def list_sendings(musrenbang: Musrenbang) -> list[SendSkpd]:
    """Return every SKPD that works were given to, by name (two queries)."""
    send: dict[int, list[Pengiriman]] = {}
    for k in Pengiriman.objects.filter(musrenbang=musrenbang).select_related("surat", "skpd").defer("surat__isi"):
        send.setdefault(k.skpd_id, []).append(k)
    everything: Iterable[Any] = per_skpd(musrenbang)
    today = timezone.localdate(timezone=musrenbang.kecamatan.kabupaten.tz)
    return [
        SendSkpd(
            s,
            s.n,
            s.rp,
            s.baru,
            s.dijawab,
            surat := send.get(s.pk, []),
            lewat=s.dijawab < s.n - s.baru and any(k.batas < today for k in surat),
        )
        for s in everything
    ]


def incoming(skpd: Skpd) -> QuerySet[Pengiriman]:
    """Return the letters that an SKPD was sent, the newest first, with ``n`` works and ``belum`` without an answer."""
    return (
        Pengiriman.objects.filter(skpd=skpd)
        .select_related("musrenbang__kecamatan__kabupaten", "surat")
        .defer("surat__isi")
        .order_by("-pk")
        .annotate(n=Count("pilahan"), belum=Count("pilahan", filter=Q(pilahan__tanggapan=None)))
    )


def waiting_words(user: Pengguna) -> str:
    """Say how many letters wait for a receipt and how many works for an answer, of the SKPD of a person; "" for none.

    Two queries.
    """
    sent = Pengiriman.objects.filter(skpd__keanggotaan__pengguna=user).distinct()
    letters = sent.filter(nomor_terima="").count()
    works = Pilahan.objects.filter(pengiriman__in=sent, tanggapan=None).count()
    parts = ((letters, "surat menunggu tanda terima"), (works, "kegiatan belum dijawab"))
    return ", ".join(f"{n} {words}" for n, words in parts if n)


def days_left(batas: date, today: date) -> str:
    """Return the colour of a deadline: ``lewat``, ``dekat`` (two days or less) or ``aman``."""
    remainder = (batas - today).days
    return "lewat" if remainder < 0 else "dekat" if remainder <= 2 else "aman"
