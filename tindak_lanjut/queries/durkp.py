"""The list of the kabupaten: what every kecamatan agreed, for the Musrenbang Kabupaten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from musrenbang.format import missing_amounts
from musrenbang.models import Desa, Kabupaten, Musrenbang, Skpd
from musrenbang.sebutan import sebutan
from musrenbang.states import URUTAN, Tahap
from rkp.models import SEPAKAT, BarisVersi, RkpVersi, StatusVersi, VersiKind
from rkp.queries.dana import with_dana
from tindak_lanjut.models import StatusPilahan
from usulan.models import Usulan

DITERIMA = frozenset(URUTAN[URUTAN.index(Tahap.DITERIMA) :])
"""The works of a kecamatan stand in the list of the kabupaten once Bappeda took its package in."""

MAKS_DESA = 500
"""The most desa whose shared works a search by name looks through."""

DARI_PROGRAM = -1
"""Stands where the SKPD would: a programme pays the work in full, and no SKPD is asked."""
DINAS = Case(
    When(pilahan__isnull=True, then=F("skpd")),
    When(pilahan__status=StatusPilahan.DITETAPKAN, then=F("pilahan__skpd")),
    When(pilahan__status=StatusPilahan.DIDANAI, then=Value(DARI_PROGRAM)),
    default=Value(None),
    output_field=IntegerField(),
)
"""The SKPD of a work: where people sorted it to; before the sorting the one that the plan names;
``DARI_PROGRAM`` for those that leave the sorting because a programme pays them."""

DANA = Coalesce(Sum("dana_rp"), 0, output_field=BigIntegerField())


def consolidated(kabupaten: Kabupaten, tahun: int, *, everything: bool = False) -> QuerySet[BarisVersi]:
    """Return the agreed works of a year in the version that left each kecamatan, with ``dinas`` (key of an SKPD) and
    what programmes pay.

    ``everything``: also of kecamatan whose package Bappeda has not taken in yet.
    """
    approved = RkpVersi.objects.filter(
        rkp=OuterRef("rkp_versi__rkp"), jenis=VersiKind.DISAHKAN, status=StatusVersi.BERLAKU
    )
    acara = "rkp_versi__rkp__musrenbang"
    baris = BarisVersi.objects.filter(
        Q(rkp_versi__jenis=VersiKind.DISAHKAN) | Q(rkp_versi__jenis=VersiKind.DITETAPKAN) & ~Exists(approved),
        rkp_versi__status=StatusVersi.BERLAKU,
        keputusan__in=SEPAKAT,
        **{f"{acara}__kecamatan__kabupaten": kabupaten, f"{acara}__tahun_pelaksanaan": tahun},
    )
    if not everything:
        baris = baris.filter(**{f"{acara}__tahap__in": DITERIMA})
    return with_dana(baris.annotate(dinas=DINAS)).order_by(f"{acara}__kecamatan__nama", "nomor")


def filter_consolidated(
    baris: QuerySet[BarisVersi], *, kecamatan: str = "", skpd: int | None = None, program: str = "", search: str = ""
) -> QuerySet[BarisVersi]:
    """Narrow the list; ``kecamatan`` by its code, ``skpd`` by its key (0: none, ``DARI_PROGRAM``: none is asked)."""
    if kecamatan:
        baris = baris.filter(rkp_versi__rkp__musrenbang__kecamatan__kode=kecamatan)
    if skpd is not None:
        agency: dict[str, Any] = {"dinas": skpd} if skpd else {"dinas__isnull": True}
        baris = baris.filter(**agency)
    if program:
        baris = baris.filter(program=program if program != "-" else "")
    if search:
        desa = list(Desa.objects.filter(nama__icontains=search).values_list("kode", flat=True)[:MAKS_DESA])
        in_desa = Q(desa__nama__icontains=search) | (Q(bersama__has_any_keys=desa) if desa else Q())
        baris = baris.filter(Q(kegiatan__icontains=search) | Q(lokasi__icontains=search) | in_desa)
    return baris


def with_details(baris: QuerySet[BarisVersi]) -> QuerySet[BarisVersi]:
    """Fetch what a row of the list prints: desa, kecamatan, funding source, the answer of the SKPD."""
    return baris.select_related(
        "desa", "sumber_dana", "bidang", "pilahan__tanggapan", "rkp_versi__rkp__musrenbang__kecamatan"
    )


@dataclass(frozen=True)
class Total:
    """A line of the totals: works and rupiah, rupiah of programmes, answered works, rupiah taken into the Renja."""

    kunci: str
    nama: str
    n: int
    rp: int
    rp_dana: int
    dijawab: int
    rp_masuk: int
    persen: int = 0


def totals(baris: QuerySet[BarisVersi], according: str) -> list[Total]:
    """Return the sums by ``skpd``, ``program`` or ``kecamatan``, the largest first (one or two queries)."""
    kecamatan = "rkp_versi__rkp__musrenbang__kecamatan"
    kunci, nama = {
        "skpd": ("dinas", "dinas"),
        "program": ("program", "program"),
        "kecamatan": (f"{kecamatan}__kode", f"{kecamatan}__nama"),
    }[according]
    contents = list(
        baris.order_by()
        .values_list(kunci, nama)
        .annotate(
            n=Count("pk"),
            rp=Sum("biaya", default=0),
            j=Count("pilahan__tanggapan"),
            rp_masuk=Sum("pilahan__tanggapan__jumlah", default=0),
            rp_dana=DANA,
        )
        .order_by("-rp", kunci)
    )
    agency_key = [k for k, *_ in contents if k and k > 0] if according == "skpd" else []
    agency = dict(Skpd.objects.filter(pk__in=agency_key).values_list("pk", "nama")) | {DARI_PROGRAM: "Didanai program"}
    peak = max((rupiah for _, _, _, rupiah, *_ in contents), default=0) or 1
    empty = {"skpd": "Belum dipilah", "program": "Belum berkode program", "kecamatan": "-"}[according]
    results = []
    for k, label, n, rupiah, answered, entered, dana in contents:
        words = agency.get(k) if according == "skpd" else label
        text_key = str(k or (0 if according == "skpd" else "-"))
        results.append(Total(text_key, words or empty, n, rupiah, dana, answered, entered, round(100 * rupiah / peak)))
    return results


def summary(baris: QuerySet[BarisVersi]) -> dict[str, int]:
    """Return works, rupiah, works and rupiah of programmes, answered works and rupiah taken in (one query)."""
    return baris.order_by().aggregate(
        n=Count("pk"),
        rp=Sum("biaya", default=0),
        dijawab=Count("pilahan__tanggapan"),
        rp_masuk=Sum("pilahan__tanggapan__jumlah", default=0),
        rp_dana=DANA,
        n_dana=Count("pk", filter=Q(dana_rp__gt=0)),
        tanpa_biaya=Count("pk", filter=Q(biaya=None)),
    )


def gaps(baris: QuerySet[BarisVersi], kabupaten: Kabupaten, tahun: int) -> list[str]:
    """Return what a list of the kabupaten lacks, in words (two queries): unknown amounts, kecamatan not taken in."""
    without = baris.order_by().filter(biaya=None).count()
    acara = Musrenbang.objects.held().filter(kecamatan__kabupaten=kabupaten, tahun_pelaksanaan=tahun)
    pending = acara.exclude(tahap__in=DITERIMA).count()
    return [
        words
        for n, words in (
            (without, f"jumlah {missing_amounts(without)}"),
            (pending, f"{pending} {sebutan.kecamatan} belum diterima {sebutan.bappeda}"),
        )
        if n
    ]


@dataclass(frozen=True)
class Item:
    """A row of the list with its SKPD and the proposals it comes from."""

    baris: BarisVersi
    dinas: Skpd | None
    usulan: list[Usulan]


def stream_rows(baris: QuerySet[BarisVersi], kabupaten: Kabupaten, *, once: int = 200) -> Iterator[Item]:
    """Go through the list ``once`` rows at a time, so that memory does not grow with it."""
    agency = {s.pk: s for s in Skpd.objects.filter(kabupaten=kabupaten)}
    pools: list[Any] = []
    for b in with_details(baris).iterator(chunk_size=once):
        pools.append(b)
        if len(pools) == once:
            yield from _with_origin(pools, agency)
            pools = []
    yield from _with_origin(pools, agency)


def _with_origin(pool: Iterable[Any], agency: dict[int, Skpd]) -> Iterator[Item]:
    origin: dict[int, list[Usulan]] = {}
    pk = [b.asal_baris_id for b in pool]
    everything = Usulan.objects.filter(Q(sumber_baris__baris__in=pk) | Q(sumber_baris__baris__digabung_ke__in=pk))
    at = Coalesce("sumber_baris__baris__digabung_ke", "sumber_baris__baris")
    for u in everything.annotate(di=at).select_related("desa", "skpd").order_by("nomor"):
        origin.setdefault(u.di, []).append(u)
    for b in pool:
        yield Item(b, agency.get(b.dinas), origin.get(b.asal_baris_id, []))
