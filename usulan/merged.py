"""What proposals that were merged are together. Pure: the one place that adds merged money and volumes up.

The draft, the plan's rows, splitting, the list of what changed since and ``check_musrenbang`` all ask here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from usulan.models import ParentRelation, Usulan
from usulan.ownership import Ownership

LOKASI_MAKS = 300


@dataclass(frozen=True)
class Content:
    """What a work is by its sources.

    ``biaya`` (rupiah) and ``volume`` are unknown when a part of them is: the known part alone would be a wrong figure.
    ``diketahui`` is that known part in rupiah, ``tanpa_biaya`` how many proposals lack an amount.
    """

    kegiatan: str
    lokasi: str
    volume: Decimal | None
    satuan: str
    biaya: int | None
    sumber_dana_id: int | None
    diketahui: int
    tanpa_biaya: int
    milik: Ownership


@dataclass(frozen=True)
class Node:
    """A proposal with what was merged into it: ``bagian`` adds its amounts, ``sama`` is the same work said twice."""

    usulan: Usulan
    bagian: list["Node"] = field(default_factory=list)
    sama: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator[Usulan]:
        """Yield the proposal and everything merged into it."""
        yield self.usulan
        for child in (*self.bagian, *self.sama):
            yield from child.walk()

    def counted(self, kolom: str) -> list[Usulan]:
        """Return the proposals whose ``kolom`` (biaya or volume) adds up to the whole.

        Of the same work said twice the main proposal counts. Where its value is unknown the others' counts, once, if
        they agree about it.
        """
        alone = [self.usulan]
        if getattr(self.usulan, kolom) is None:
            twin = [k for k in (s.counted(kolom) for s in self.sama) if all(getattr(u, kolom) for u in k)]
            if len({sum(getattr(u, kolom) for u in k) for k in twin}) == 1:
                alone = twin[0]
        return alone + [u for b in self.bagian for u in b.counted(kolom)]

    def _places(self) -> Iterator[str]:
        yield self.usulan.lokasi or next((s.usulan.lokasi for s in self.sama if s.usulan.lokasi), "")
        for b in self.bagian:
            yield from b._places()

    def _owned(self) -> Iterator[tuple[Usulan, int | None]]:
        """Every proposal with the cost that it bears of the whole: the same work said twice is borne by all who say it.

        What such proposals bear together is the cost that counts, so that each of their desa weighs the same.
        """
        twin = [u for s in self.sama for u in s.walk()]
        biaya = self.usulan.biaya or next((u.biaya for u in twin if u.biaya), None)
        for u in (self.usulan, *twin):
            yield u, biaya
        for b in self.bagian:
            yield from b._owned()

    def isi(self) -> Content:
        """Return what all of it is together."""
        volume, biaya = self.counted("volume"), self.counted("biaya")
        satuan = {u.satuan.strip().casefold() for u in volume}
        knows = len(satuan) == 1 and all(u.volume is not None for u in volume)
        empty = sum(u.biaya is None for u in biaya)
        known = sum(u.biaya or 0 for u in biaya)
        return Content(
            kegiatan=self.usulan.kegiatan,
            lokasi=_shorten("; ".join(dict.fromkeys(p for p in self._places() if p))),
            volume=sum((u.volume or Decimal(0) for u in volume), Decimal(0)) if knows else None,
            satuan=volume[0].satuan or self.usulan.satuan,
            biaya=None if empty else known,
            sumber_dana_id=self.usulan.sumber_dana_id,
            diketahui=known,
            tanpa_biaya=empty,
            milik=Ownership.together(list(self._owned())),
        )

    def twins(self) -> Iterator[Usulan]:
        """Yield the proposals that say again what another one in the tree says, with all that is merged into them."""
        for s in self.sama:
            yield from s.walk()
        for b in self.bagian:
            yield from b.twins()

    def joined(self, other: "Node", hubungan: str) -> "Node":
        """Return this work with another one merged into it, by the kind of that merge."""
        if hubungan == ParentRelation.SAMA:
            return replace(self, sama=[*self.sama, other])
        return replace(self, bagian=[*self.bagian, other])


def grow(usulan: Iterable[Usulan]) -> list[Node]:
    """Return the main ones among the proposals by number, each with those merged into it, whatever the depth.

    One whose main proposal is not among them stands on its own. A circle has no main one and is left out.
    """
    all_rows = sorted(usulan, key=lambda u: u.nomor)
    existing = {u.pk for u in all_rows}
    child: dict[int, list[Usulan]] = {}
    for u in all_rows:
        if u.induk_id in existing and u.induk_id is not None:
            child.setdefault(u.induk_id, []).append(u)

    def node(u: Usulan) -> Node:
        own = child.get(u.pk, [])
        return Node(
            u,
            [node(a) for a in own if a.hubungan == ParentRelation.BAGIAN],
            [node(a) for a in own if a.hubungan == ParentRelation.SAMA],
        )

    return [node(u) for u in all_rows if u.induk_id not in existing]


def double_counted(root: Iterable[Node]) -> list[Usulan]:
    """Return the proposals whose amount is left out because the same work counts elsewhere."""
    return [
        u
        for node in root
        for counted in [{u.pk for u in node.counted("biaya")}]
        for u in node.walk()
        if u.pk not in counted
    ]


def _shorten(text: str) -> str:
    return text if len(text) <= LOKASI_MAKS else f"{text[: LOKASI_MAKS - 1]}…"
