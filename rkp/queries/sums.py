"""The sums of the plan: one reading for screens, papers, spreadsheets, the public page and open data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from musrenbang.sebutan import translate
from rkp.models import SEPAKAT, BarisRkp, BarisVersi, Kegiatan, Keputusan
from usulan.ownership import TANPA_DESA, Coverage

Baris = QuerySet[BarisRkp] | QuerySet[BarisVersi]


@dataclass(frozen=True)
class Total:
    """Works and their cost in rupiah; ``tanpa_biaya`` of them have no amount, so the sum lacks theirs."""

    n: int = 0
    rp: int = 0
    tanpa_biaya: int = 0

    def __add__(self, other: "Total") -> "Total":
        return Total(self.n + other.n, self.rp + other.rp, self.tanpa_biaya + other.tanpa_biaya)

    def as_data(self) -> dict[str, int]:
        """Return it as JSON-safe data."""
        return {"n": self.n, "rp": self.rp, "tanpa_biaya": self.tanpa_biaya}


@dataclass(frozen=True)
class PlanTotal:
    """The works of a plan by decision. A merged row counts for nothing: its money is in the row that took it in."""

    per: dict[str, Total] = field(default_factory=dict)

    def of(self, *keputusan: str) -> Total:
        """Return the sum of some decisions."""
        return sum((self.per.get(k, Total()) for k in keputusan), Total())

    @property
    def sepakat(self) -> Total:
        """What was agreed, with or without changes: the plan itself."""
        return self.of(*SEPAKAT)

    @property
    def cadangan(self) -> Total:
        """What waits in reserve."""
        return self.of(Keputusan.CADANGAN)

    @property
    def belum(self) -> Total:
        """What was not agreed."""
        return self.of(Keputusan.BELUM_DISEPAKATI)

    @property
    def terbuka(self) -> Total:
        """What is not discussed yet; nothing in a plan that was fixed."""
        return self.of(Keputusan.BELUM_DIBAHAS)

    @property
    def digabung(self) -> Total:
        """Rows that were merged into others."""
        return self.of(Keputusan.DIGABUNG)

    @property
    def semua(self) -> Total:
        """Every work that stands by itself."""
        return self.of(*(k for k in Keputusan if k != Keputusan.DIGABUNG))

    def as_data(self) -> dict[str, dict[str, int]]:
        """Return the sums that papers and open data print, JSON-safe."""
        return {k: getattr(self, k).as_data() for k in ("sepakat", "cadangan", "belum", "terbuka", "digabung", "semua")}


def tally(part: Iterable[tuple[str, Total]]) -> PlanTotal:
    """Add up parts of a plan, each with its decision."""
    per: dict[str, Total] = {}
    for keputusan, jumlah in part:
        per[keputusan] = per.get(keputusan, Total()) + jumlah
    return PlanTotal(per)


def tally_rows(baris: Iterable[Kegiatan]) -> PlanTotal:
    """Return the sums of rows that are at hand, as ``sum_plan`` reads them from the database."""
    return tally((b.keputusan, Total(1, b.biaya or 0, int(b.biaya is None))) for b in baris)


def join_sums(bagian: Iterable[PlanTotal]) -> PlanTotal:
    """Return the sums of several parts together."""
    return tally((k, j) for one in bagian for k, j in one.per.items())


def sum_plan(baris: Baris) -> PlanTotal:
    """Return the sums of a plan or a part of it (one query)."""
    return tally((k, j) for _, k, j in _read(baris, []))


def sum_by(baris: Baris, *kolom: str) -> dict[Any, PlanTotal]:
    """Return the sums by the values of columns, in their order (one query); the key is a tuple for several columns."""
    per: dict[Any, list[tuple[str, Total]]] = {}
    for kunci, keputusan, jumlah in _read(baris, list(kolom)):
        per.setdefault(kunci[0] if len(kolom) == 1 else kunci, []).append((keputusan, jumlah))
    return {kunci: tally(part) for kunci, part in per.items()}


def sum_by_desa(baris: Baris) -> dict[tuple[str, str], PlanTotal]:
    """Return the sums by desa, (code, name), in the order of the codes; the kecamatan's own last (two queries).

    A work of several desa is counted at one of them and its rupiah are shared (``OfDesa.parts``), so that the lines
    add up to ``sum_plan`` of the same rows.
    """
    per: dict[str, list[tuple[str, Total]]] = {}
    name_of = {TANPA_DESA[0]: translate(TANPA_DESA[1])}
    for (kode, nama), keputusan, jumlah in _read(
        baris.exclude(cakupan=Coverage.BEBERAPA), ["desa__kode", "desa__nama"]
    ):
        name_of.setdefault(kode or "", nama)
        per.setdefault(kode or "", []).append((keputusan, jumlah))
    for b in baris.filter(cakupan=Coverage.BEBERAPA).select_related("desa").order_by("nomor"):
        for one in b.parts(b.biaya):
            name_of.setdefault(one.kode, one.nama)
            empty = one.n if one.rp is None else 0
            per.setdefault(one.kode, []).append((b.keputusan, Total(one.n, one.rp or 0, empty)))
    return {(kode, name_of[kode]): tally(per[kode]) for kode in sorted(per, key=lambda kode: (not kode, kode))}


def _read(baris: Baris, kolom: list[str]) -> Iterable[tuple[tuple[Any, ...], str, Total]]:
    count = (
        baris.order_by(*(F(k).asc(nulls_last=True) for k in kolom))
        .values_list(*kolom, "keputusan")
        .annotate(_n=Count("pk"), _rp=Sum("biaya", default=0), _kosong=Count("pk", filter=Q(biaya=None)))
    )
    for *kunci, keputusan, n, rupiah, empty in count:
        yield tuple(kunci), keputusan, Total(n, rupiah, empty)


def summary(baris: Baris) -> list[dict[str, Any]]:
    """Return number, sum (rupiah) and works without a cost per decision, in the order of Keputusan; one query."""
    return summary_of([sum_plan(baris)])


def summary_of(bagian: Iterable[PlanTotal]) -> list[dict[str, Any]]:
    """Return the same from parts that were read already."""
    per = join_sums(bagian)
    return [{"keputusan": k, **per.of(k).as_data()} for k in Keputusan]
