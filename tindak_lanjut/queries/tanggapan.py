"""The works of an SKPD from all kecamatan, its answers, and what waits for next year."""

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from musrenbang.models import Musrenbang, Skpd
from rkp.models import BarisVersi
from rkp.queries.baris import unfunded
from rkp.queries.dana import PENUH, with_dana
from tindak_lanjut.models import Answer, Pilahan, Tanggapan
from usulan.models import Usulan
from usulan.queries.last_year import waiting_results
from usulan.queries.similar import said_twice


def works_of(skpd: Skpd, *, kecamatan: str = "", jawaban: str = "", cari: str = "") -> QuerySet[Pilahan]:
    """Return the works that were sent to an SKPD with a numbered letter, filtered.

    ``jawaban``: an answer, ``belum`` (none yet) or ``lewat`` (none yet and the deadline is past).
    """
    result = (
        Pilahan.objects.filter(skpd=skpd, pengiriman__isnull=False)
        .select_related("musrenbang__kecamatan__kabupaten", "baris__desa", "skpd", "tanggapan__oleh", "pengiriman")
        .order_by("musrenbang__kecamatan__nama", "baris__nomor")
    )
    result = with_dana(result, "baris__asal_baris")
    if kecamatan:
        result = result.filter(musrenbang__slug=kecamatan)
    if jawaban in {"belum", "lewat"}:
        result = result.filter(tanggapan=None)
        if jawaban == "lewat":
            result = result.filter(pengiriman__batas__lt=timezone.localdate(timezone=skpd.kabupaten.tz))
    elif jawaban:
        result = result.filter(tanggapan__jawaban=jawaban)
    if cari:
        result = result.filter(Q(baris__kegiatan__icontains=cari) | Q(baris__lokasi__icontains=cari))
    return result


def answer_summary(skpd: Skpd) -> dict[str, int]:
    """Return how many works were sent, how many are answered, and the rupiah asked and taken in (one query).

    ``tanpa_biaya`` of the works ask for no known amount; the sum lacks theirs.
    """
    return (
        works_of(skpd)
        .order_by()
        .aggregate(
            semua=Count("pk"),
            dijawab=Count("tanggapan"),
            rp=Sum("diminta", default=0),
            tanpa_biaya=Count("pk", filter=Q(diminta=None)),
            rp_masuk=Sum("tanggapan__jumlah", default=0),
        )
    )


def unaccommodated(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return the proposals that wait for next year: not agreed by the meeting, or refused by the SKPD (seed C.4).

    What a programme pays in full does not wait, whatever an SKPD answered. Of an imported year the file says it.
    """
    if musrenbang.hanya_diimpor:
        return waiting_results(musrenbang)
    funded = with_dana(BarisVersi.objects.filter(rkp_versi__rkp__musrenbang=musrenbang)).filter(PENUH)
    rejected = Tanggapan.objects.filter(pilahan__musrenbang=musrenbang, jawaban=Answer.TIDAK)
    baris = rejected.exclude(pilahan__baris__in=funded.values("pk")).values("pilahan__baris__asal_baris")
    return Usulan.objects.filter(musrenbang=musrenbang).filter(
        Q(pk__in=unfunded(musrenbang).values("pk"))
        | Q(sumber_baris__baris__in=baris)
        | Q(sumber_baris__baris__digabung_ke__in=baris)
    )


def count_waiting(*, old: Musrenbang, new: Musrenbang, by: object) -> int:
    """Return how many of last year's proposals are offered again in a new year."""
    return unaccommodated(old).exclude(pk__in=said_twice(old)).count()
