"""Proposals that look alike, and what was merged."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from musrenbang.models import Musrenbang, ProgramMasuk
from usulan.merged import Node, double_counted, grow
from usulan.models import BukanDuplikat, BukanProgram, ParentRelation, Usulan
from usulan.similar import AMBANG, Pair, Script, compare, find_similar

MOST = 5  # partners that are suggested beside one work


@dataclass(frozen=True)
class SimilarPair:
    """Two proposals side by side, how alike they are in percent, and why.

    ``bagian`` and ``sama``: what they cost together when their costs are added, or when they are one work (rupiah;
    None: unknown). ``di_draf``: one stands in the draft already, so they are merged there.
    """

    satu: Usulan
    dua: Usulan
    persen: int
    alasan: tuple[str, ...]
    bagian: int | None = None
    sama: int | None = None
    di_draf: bool = False

    @property
    def berdua(self) -> tuple[Usulan, Usulan]:
        """Both, the one with the lower number first."""
        return (self.satu, self.dua) if self.satu.nomor < self.dua.nomor else (self.dua, self.satu)


def texts_of(usulan: Iterable[Any], musrenbang: Musrenbang) -> Iterator[Script]:
    """What is compared: a proposal of several desa once for each of them; the kecamatan's own stands under no desa.

    The name of the desa is said so that it is not taken for a place in it.
    """
    all_rows = list(usulan)
    kunci: dict[str, int] = {}
    if any(u.bersama for u in all_rows):
        kunci = dict(musrenbang.kecamatan.desa_set.values_list("kode", "pk"))
    for u in all_rows:
        for kode, nama in u.daftar_desa or [("", "")]:
            yield Script(u.pk, u.desa_id or kunci.get(kode, 0), u.kegiatan, u.lokasi, nama, u.volume, u.biaya)


def pairs_of(naskah: list[Script]) -> list[Pair]:
    """Each pair of different works once, the way in which they are most alike."""
    per: dict[tuple[int, int], Pair] = {}
    for p in find_similar(naskah):
        if p.a != p.b:
            per.setdefault((min(p.a, p.b), max(p.a, p.b)), p)
    return list(per.values())


def most_alike(own: list[Script], others: Iterable[Script], apart: Container[int] = ()) -> list[tuple[int, Pair]]:
    """Return (key, pair) of the works that one work looks like most, the best first; ``apart``: known to differ."""
    best: dict[int, Pair] = {}
    for script in others:
        pair = max((compare(one, script) for one in own), key=lambda p: p.nilai)
        limit = best[script.kunci].nilai if script.kunci in best else AMBANG
        if pair.nilai >= limit and script.kunci not in apart:
            best[script.kunci] = pair
    return sorted(best.items(), key=lambda entry: (-entry[1].nilai, entry[0]))[:MOST]


def similar_to(usulan: Usulan, musrenbang: Musrenbang) -> list[SimilarPair]:
    """Return the proposals that one looks like most and that it could be merged with (a constant number of queries)."""
    if usulan.induk_id or not usulan.kegiatan:
        return []
    everything = Usulan.objects.filter(musrenbang=musrenbang, induk=None).exclude(pk=usulan.pk).exclude(kegiatan="")
    rows = {u.pk: u for u in everything.select_related("desa").defer("mentah")}
    marks = BukanDuplikat.objects.filter(Q(satu=usulan) | Q(dua=usulan)).values_list("satu", "dua")
    apart = {key for pair in marks for key in pair}
    found = most_alike(list(texts_of([usulan], musrenbang)), texts_of(rows.values(), musrenbang), apart)
    trees = {t.usulan.pk: t for t in merged_trees(musrenbang)} if found else {}
    own = [usulan.pk, *(key for key, _ in found)]
    entered = set(Usulan.objects.filter(pk__in=own, sumber_baris__isnull=False).values_list("pk", flat=True))
    return [_pair(usulan, rows[key], pair, trees, bool({key, usulan.pk} & entered)) for key, pair in found]


def list_similar(musrenbang: Musrenbang) -> list[SimilarPair]:
    """Return the pairs of proposals that look alike and about which nobody has decided yet (four queries)."""
    everything = {
        u.pk: u
        for u in Usulan.objects.filter(musrenbang=musrenbang, induk=None)
        .exclude(kegiatan="")
        .select_related("desa", "skpd", "impor")
        .defer("impor__hasil", "impor__koreksi", "impor__terapan", "mentah")
    }
    excluded = set(BukanDuplikat.objects.filter(satu__musrenbang=musrenbang).values_list("satu", "dua"))
    document = list(texts_of(everything.values(), musrenbang))
    pairs = [p for p in pairs_of(document) if (min(p.a, p.b), max(p.a, p.b)) not in excluded]
    entered = set(Usulan.objects.filter(musrenbang=musrenbang, sumber_baris__isnull=False).values_list("pk", flat=True))
    trees = {t.usulan.pk: t for t in merged_trees(musrenbang)} if pairs else {}
    return [_pair(everything[p.a], everything[p.b], p, trees, bool({p.a, p.b} & entered)) for p in pairs]


def _pair(one: Usulan, two: Usulan, pair: Pair, trees: dict[int, Node], entered: bool) -> SimilarPair:
    """Return a pair with what both would cost, as the merge itself counts it: the lower number is the main one."""
    main, other = (trees.get(u.pk, Node(u)) for u in sorted((one, two), key=lambda u: u.nomor))
    added, once = (main.joined(other, kind).isi().biaya for kind in (ParentRelation.BAGIAN, ParentRelation.SAMA))
    return SimilarPair(one, two, round(pair.nilai * 100), pair.alasan, added, once, entered)


@dataclass(frozen=True)
class ProgramPair:
    """A proposal and a programme that may pay it already, how alike they are in percent, and why."""

    usulan: Usulan
    program: ProgramMasuk
    persen: int
    alasan: tuple[str, ...]


def list_paid_candidates(musrenbang: Musrenbang) -> list[ProgramPair]:
    """Return proposals that look like an incoming programme and about which nobody has decided yet (three queries)."""
    program = {p.pk: p for p in ProgramMasuk.objects.filter(musrenbang=musrenbang).select_related("desa")}
    if not program:
        return []
    usulan = {
        u.pk: u
        for u in Usulan.objects.filter(musrenbang=musrenbang, program=None)
        .exclude(kegiatan="")
        .select_related("desa")
        .defer("mentah")
    }
    excluded = set(BukanProgram.objects.filter(usulan__musrenbang=musrenbang).values_list("usulan", "program"))
    document = list(texts_of(usulan.values(), musrenbang))
    document += [
        Script(-p.pk, p.desa_id or 0, p.nama, p.lokasi, p.desa.nama if p.desa else "") for p in program.values()
    ]
    return [
        ProgramPair(usulan[b], program[-a], round(p.nilai * 100), p.alasan)
        for p in pairs_of(document)
        for a, b in [(min(p.a, p.b), max(p.a, p.b))]
        if a < 0 < b and (b, -a) not in excluded
    ]


def list_paid(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return the proposals that a programme was found to pay."""
    paid = Usulan.objects.filter(musrenbang=musrenbang, program__isnull=False).select_related("desa", "program")
    return paid.defer("mentah").order_by("nomor")


def merged_trees(musrenbang: Musrenbang) -> list[Node]:
    """Return the main proposals with what was merged into them, at any depth (one query)."""
    return _trees([musrenbang.pk])


def reconcile(musrenbang: Musrenbang) -> dict[str, int]:
    """Return the money in rupiah: what all desa asked, what was said twice, and what the plan will carry."""
    return reconcile_many([musrenbang.pk]).get(musrenbang.pk, {"diminta": 0, "ganda": 0, "dibawa": 0})


def reconcile_many(acara: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return the same per event; events without proposals are left out (two queries)."""
    requested = dict(
        Usulan.objects.filter(musrenbang__in=acara)
        .order_by()
        .values_list("musrenbang")
        .annotate(rp=Sum("biaya", default=0))
    )
    duplicate: Counter[int] = Counter()
    for u in double_counted(_trees(acara)):
        duplicate[u.musrenbang_id] += u.biaya or 0
    return {
        m: {"diminta": rupiah, "ganda": duplicate[m], "dibawa": rupiah - duplicate[m]}
        for m, rupiah in requested.items()
    }


def said_twice(musrenbang: Musrenbang) -> list[int]:
    """Return the keys of the proposals that only say another one's work again (one query)."""
    return [u.pk for tree in _trees([musrenbang.pk]) for u in tree.twins()]


def _trees(acara: Iterable[int]) -> list[Node]:
    merged = Usulan.objects.filter(Q(induk__isnull=False) | Q(anak__isnull=False), musrenbang__in=acara)
    return grow(merged.distinct().select_related("desa", "induk").defer("mentah"))
