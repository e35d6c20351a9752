"""Works of the plan that look alike: with whom a row could be merged, what both would cost, and where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass

from musrenbang.models import Musrenbang
from musrenbang.states import Tahap
from rkp.izin import BOLEH_GABUNG
from rkp.models import BarisRkp, Kelompok, Keputusan, Rkp, StatusKelompok
from rkp.queries.content import Pohon, sources_of
from usulan.models import BukanDuplikat, ParentRelation
from usulan.queries.similar import most_alike, texts_of
from usulan.similar import Script, find_similar


@dataclass(frozen=True)
class Partner:
    """A work that a row may be merged into: how alike in percent, why, and what both would cost (None: unknown).

    ``bagian``: their costs added; ``sama``: the same work, counted once. Whole rupiah.
    """

    baris: BarisRkp
    persen: int
    alasan: tuple[str, ...]
    bagian: int | None
    sama: int | None


@dataclass(frozen=True)
class MergePlace:
    """Where two works are merged in this stage. ``kelompok``: on the page of that group; ``kata`` when nowhere now."""

    boleh: bool
    kelompok: Kelompok | None = None
    kata: str = ""


@dataclass(frozen=True)
class RowPair:
    """Two works that look alike, the one with the lower number as the main one, and where they are merged."""

    utama: BarisRkp
    lain: BarisRkp
    partner: Partner
    tempat: MergePlace


def _open_rows(rkp: Rkp) -> list[BarisRkp]:
    rows = BarisRkp.objects.filter(rkp=rkp).exclude(keputusan=Keputusan.DIGABUNG).exclude(kegiatan="")
    return list(rows.select_related("desa", "bidang").order_by("nomor"))


def _told_apart(rkp: Rkp) -> set[frozenset[int]]:
    """Return the pairs of rows whose proposals were found to be different works (one query)."""
    marks = BukanDuplikat.objects.filter(
        satu__sumber_baris__baris__rkp=rkp, dua__sumber_baris__baris__rkp=rkp
    ).values_list("satu__sumber_baris__baris", "dua__sumber_baris__baris")
    return {frozenset(pair) for pair in marks}


def _main_rows(rkp: Rkp) -> set[int]:
    """Return the rows that other ones were merged into: they take more in, and are merged into none (one query)."""
    merged = BarisRkp.objects.filter(rkp=rkp, digabung_ke__isnull=False)
    return {key for key in merged.values_list("digabung_ke", flat=True) if key}


def _scripts(rows: Iterable[BarisRkp], musrenbang: Musrenbang) -> list[Script]:
    return list(texts_of(rows, musrenbang))


def _together(main: Pohon | None, other: Pohon | None, kind: ParentRelation) -> int | None:
    """Return what both cost as the merge itself will count it."""
    return None if main is None or other is None else main.joined(other, kind).isi().biaya


def _partner(row: BarisRkp, persen: int, why: tuple[str, ...], main: Pohon | None, other: Pohon | None) -> Partner:
    sums = [_together(main, other, kind) for kind in (ParentRelation.BAGIAN, ParentRelation.SAMA)]
    return Partner(row, persen, why, *sums)


def similar_rows(baris: BarisRkp, *, bidang: int | None = None) -> list[Partner]:
    """Return the works that a row looks like most, the best first; ``bidang``: of a group alone (four queries)."""
    rows = {b.pk: b for b in _open_rows(baris.rkp) if bidang is None or b.bidang_id == bidang}
    if baris.pk not in rows:
        return []
    musrenbang = baris.rkp.musrenbang
    apart = {key for pair in _told_apart(baris.rkp) if baris.pk in pair for key in pair}
    others = _scripts((b for b in rows.values() if b.pk != baris.pk), musrenbang)
    found = most_alike(_scripts([rows[baris.pk]], musrenbang), others, apart)
    trees = sources_of(baris.rkp, {baris.pk, *(k for k, _ in found)}) if found else {}
    return [_partner(rows[k], round(p.nilai * 100), p.alasan, trees.get(k), trees.get(baris.pk)) for k, p in found]


def merge_place(musrenbang: Musrenbang, *rows: BarisRkp, groups: dict[int, Kelompok] | None = None) -> MergePlace:
    """Return where these works are merged now, by the rule of ``rkp.services.merge`` (a query while groups sit)."""
    if musrenbang.tahap not in BOLEH_GABUNG:
        return MergePlace(False, kata="RKP sudah ditetapkan; keduanya tetap dua kegiatan.")
    if musrenbang.tahap != Tahap.KELOMPOK:
        return MergePlace(True)
    groups = groups_by_bidang(musrenbang) if groups is None else groups
    at = {groups[b.bidang_id].pk: groups[b.bidang_id] for b in rows if b.bidang_id in groups}
    if signed := [g.nama for g in at.values() if g.status != StatusKelompok.BERLANGSUNG]:
        return MergePlace(False, kata=f"Hasil {' dan '.join(signed)} sudah ditandatangani. Digabung di pleno.")
    if len({b.bidang_id for b in rows}) > 1 and at:
        names = " dan ".join(g.nama for g in at.values())
        return MergePlace(False, kata=f"Dibahas terpisah ({names}). Digabung di pleno, atau pindahkan satu dahulu.")
    return MergePlace(True, kelompok=next(iter(at.values()), None))


def groups_by_bidang(musrenbang: Musrenbang) -> dict[int, Kelompok]:
    """Return the group that discusses each bidang (one query)."""
    return {k.bidang_id: k for k in Kelompok.objects.filter(musrenbang=musrenbang)}


def list_similar_rows(musrenbang: Musrenbang) -> list[RowPair]:
    """Return the pairs of works of the plan that look alike, the most alike first (a constant number of queries)."""
    rkp = Rkp.objects.filter(musrenbang=musrenbang).first()
    if rkp is None:
        return []
    rows = {b.pk: b for b in _open_rows(rkp)}
    apart, seen, pairs = _told_apart(rkp), set(), []
    for p in find_similar(_scripts(rows.values(), musrenbang)):
        key = frozenset((p.a, p.b))
        if len(key) == 2 and key not in seen and key not in apart:
            seen.add(key)
            pairs.append(p)
    trees = sources_of(rkp, {k for p in pairs for k in (p.a, p.b)}) if pairs else {}
    groups, result, main_rows = groups_by_bidang(musrenbang), [], _main_rows(rkp)
    for p in pairs:
        main, other = sorted((rows[p.a], rows[p.b]), key=lambda b: (b.pk not in main_rows, b.nomor))
        if other.pk in main_rows:  # both hold merged ones
            continue
        partner = _partner(main, round(p.nilai * 100), p.alasan, trees.get(main.pk), trees.get(other.pk))
        result.append(RowPair(main, other, partner, merge_place(musrenbang, main, other, groups=groups)))
    return result
