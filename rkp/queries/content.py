"""What every row of the plan is by its sources: its own proposals and the rows merged into it, with theirs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from musrenbang import format as tulis
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sebutan import fund
from rkp.models import BarisRkp, Kegiatan, Keputusan, Rkp, SumberBaris
from usulan.merged import Content, Node, grow
from usulan.models import ParentRelation, Usulan
from usulan.ownership import Ownership

DAPAT_BERUBAH = ("kegiatan", "lokasi", "volume", "satuan", "biaya")
Pohon = Node


def changeable_content(baris: Kegiatan | Content) -> dict[str, str | None]:
    """Return what a decision may change, as text: the yardstick for "with changes"."""
    content: dict[str, Any] = {nama: getattr(baris, nama) for nama in DAPAT_BERUBAH}
    volume = None if content["volume"] is None else f"{content['volume'].normalize():f}"
    biaya = None if content["biaya"] is None else str(content["biaya"])
    return content | {"volume": volume, "biaya": biaya}


def content_from_text(content: dict[str, str | None]) -> dict[str, Any]:
    """Return what ``changeable_content`` wrote as text as the values of a row again."""
    volume = Decimal(content["volume"]) if content["volume"] else None
    return {**content, "volume": volume, "biaya": int(content["biaya"]) if content["biaya"] else None}


def summary_of_before(semula: dict[str, str | None]) -> str:
    """Return the values of the draft in words."""
    biaya = int(semula["biaya"]) if semula["biaya"] else None
    volume = tulis.number(Decimal(semula["volume"]) if semula["volume"] else None, "volume belum diisi")
    lokasi = semula["lokasi"] or "tanpa lokasi"
    return f"“{semula['kegiatan']}”, {lokasi}, {volume} {semula['satuan']}, {tulis.rupiah(biaya)}"


def sources_of(rkp: Rkp, only: Collection[int] | None = None) -> dict[int, Pohon]:
    """Return {row: the proposals behind it as one tree}, of all rows or of ``only`` (two queries).

    A row without any proposal is left out; ``check_musrenbang`` names it.
    """
    baris, source = BarisRkp.objects.filter(rkp=rkp), SumberBaris.objects.filter(baris__rkp=rkp)
    if only is not None:
        baris = baris.filter(Q(pk__in=only) | Q(digabung_ke__in=only))
        source = source.filter(Q(baris__in=only) | Q(baris__digabung_ke__in=only))
    everything = _grow_rows(baris.order_by("nomor").only("digabung_ke", "hubungan"), source)
    return everything if only is None else {pk: p for pk, p in everything.items() if pk in only}


def _grow_rows(baris: Iterable[BarisRkp], sumber: QuerySet[SumberBaris]) -> dict[int, Pohon]:
    usulan: dict[int, list[Usulan]] = {}
    for s in sumber.select_related("usulan__desa").defer("usulan__mentah"):
        usulan.setdefault(s.baris_id, []).append(s.usulan)
    alone = {pk: _one(grow(own)) for pk, own in usulan.items()}
    result = dict(alone)
    for b in baris:
        if b.digabung_ke_id in result and b.pk in alone and b.digabung_ke_id:
            result[b.digabung_ke_id] = result[b.digabung_ke_id].joined(alone[b.pk], b.hubungan)
    return result


def _one(root: list[Pohon]) -> Pohon:
    """A row has one main proposal; a second one that got in all the same is not lost from the sum."""
    main, *other = root
    for one in other:
        main = main.joined(one, ParentRelation.BAGIAN)
    return main


@dataclass(frozen=True)
class StaleBaris:
    """A row that is no longer what its sources add up to. ``isi``: what it would be; ``usulan``: their numbers.

    ``isi_berubah``: what was decided was about another content; ``dana_berubah``: the source of money differs.
    """

    baris: BarisRkp
    isi: Content
    usulan: list[int]
    isi_berubah: bool
    dana_berubah: bool

    @property
    def sekarang(self) -> str:
        """What the row was taken over as, in words."""
        return self._words(self.baris.semula, self.baris.milik)

    @property
    def menjadi(self) -> str:
        """What the row would be, in words."""
        return self._words(changeable_content(self.isi), self.isi.milik)

    def _words(self, semula: dict[str, str | None], owned: Ownership) -> str:
        """The values, with the desa where those changed."""
        words = summary_of_before(semula)
        return words if self.isi.milik == self.baris.milik else f"{words}, {BarisRkp(**owned.columns()).sebutan_desa}"

    @property
    def membatalkan(self) -> bool:
        """Bringing it up to date takes a decision back."""
        return self.isi_berubah and self.baris.keputusan not in (Keputusan.BELUM_DIBAHAS, Keputusan.DIGABUNG)


def outdated(musrenbang: Musrenbang) -> list[StaleBaris]:
    """Return the rows whose sources were completed, corrected or merged since the draft took them (three queries).

    A row's source of money follows its main proposal until a person placed the row.
    """
    everything = BarisRkp.objects.filter(rkp__musrenbang=musrenbang)
    everything = everything.select_related("rkp__musrenbang", "sumber_dana", "desa")
    baris = list(everything.order_by("nomor"))
    tree = _grow_rows(baris, SumberBaris.objects.filter(baris__rkp__musrenbang=musrenbang))
    content = {b.pk: tree[b.pk].isi() for b in baris if b.pk in tree}
    differences = {b.pk for b in baris if b.pk in content and _differs(b, content[b.pk])}
    dana = {b.pk for b in baris if b.pk in content and content[b.pk].sumber_dana_id not in (None, b.sumber_dana_id)}
    dana -= _money_placed(musrenbang) if dana else set()
    return [
        StaleBaris(b, content[b.pk], sorted(u.nomor for u in tree[b.pk].walk()), b.pk in differences, b.pk in dana)
        for b in baris
        if b.pk in differences | dana
    ]


def _differs(baris: BarisRkp, content: Content) -> bool:
    """Whether a row's content, or whose work it is, is no longer what its sources say."""
    return changeable_content(content) != baris.semula or content.milik != baris.milik


def other_source(baris: BarisRkp, target: BarisRkp) -> str:
    """Say that a merged row's money was to come from elsewhere: the whole counts under the receiving row's source."""
    if target.sumber_dana_id == baris.sumber_dana_id:
        return ""
    origin, to = (fund(b.name_of("sumber_dana")) or "belum ditentukan" for b in (baris, target))
    return f" Sumber dana no. {baris.nomor} {origin}; biaya gabungannya dihitung pada {to}."


@dataclass(frozen=True)
class BarisSection:
    """A row merged into another one. ``beda``: what it says otherwise than the row that holds it, in words."""

    baris: BarisRkp
    beda: list[str]


@dataclass(frozen=True)
class MergedView:
    """What a row holds. ``isi``: what all its sources are together; None for a row without sources."""

    bagian: list[BarisSection]
    isi: Content | None


def merged_into(baris: BarisRkp) -> MergedView:
    """Return the rows merged into ``baris``, with what differs, and what its sources add up to (three queries)."""
    news = "bidang", "skpd", "sumber_dana"
    parts = []
    for b in baris.gabungan.select_related("desa", *news).order_by("nomor"):
        difference = [f"satuan {b.satuan or 'belum diisi'}"] if b.satuan.casefold() != baris.satuan.casefold() else []
        difference += [
            f"{what.replace('_', ' ') if what != 'skpd' else 'SKPD'} {b.name_of(what) or 'belum ditentukan'}"
            for what in news
            if getattr(b, f"{what}_id") != getattr(baris, f"{what}_id")
        ]
        parts.append(BarisSection(b, difference))
    tree = sources_of(baris.rkp, {baris.pk}).get(baris.pk)
    return MergedView(parts, tree.isi() if tree else None)


def _money_placed(musrenbang: Musrenbang) -> set[int]:
    """Return the rows whose source of money a person has chosen, from the trail."""
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang, aksi="rkp.ditempatkan", rincian__has_key="sumber_dana")
    return {int(kunci.rpartition(":")[2]) for kunci in jejak.values_list("objek_id", flat=True)}
