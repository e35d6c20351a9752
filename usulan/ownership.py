"""Whose work it is: one desa's, several desa's together, or the kecamatan's own; and the share that each desa has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import Any

from django.db import models
from django.db.models import Q

from musrenbang.labels import words
from musrenbang.models import Desa
from musrenbang.models.wilayah import desa_words
from musrenbang.sebutan import sebutan, translate
from usulan.shares import share_out


class Coverage(models.TextChoices):
    """How many desa a work concerns. It is stored, so that a forgotten desa is refused and never reads as "all"."""

    SATU = "satu", words("Satu desa")
    BEBERAPA = "beberapa", words("Beberapa desa")
    KECAMATAN = "kecamatan", words("Seluruh kecamatan")


@dataclass(frozen=True)
class Ownership:
    """The desa of a work as its three columns hold them.

    ``bersama`` maps the official code of each of several desa to its name and its weight (``bobot``, a whole number
    above zero): a share of money or of the count of works is drawn by the weights, equal ones unless others were
    agreed. The names are kept so that a list of works reads no further table.
    """

    cakupan: str
    desa_id: int | None = None
    bersama: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, desa: Sequence[Desa], bobot: Sequence[int] | None = None) -> "Ownership":
        """Return whose a work is that concerns these desa; none of them means the kecamatan itself.

        ``bobot`` are their weights, in the same order. A desa named twice has both weights. Raises ValueError for a
        weight that is not above zero.
        """
        satuan = list(bobot) if bobot else [1] * len(desa)
        if any(b <= 0 for b in satuan):
            raise ValueError(f"Bagian tiap {sebutan.desa} harus lebih dari nol.")
        per: dict[str, dict[str, Any]] = {}
        for d, b in zip(desa, satuan, strict=True):
            per.setdefault(d.kode, {"nama": d.nama, "bobot": 0})["bobot"] += b
        if not per:
            return cls(Coverage.KECAMATAN)
        if len(per) == 1:
            return cls(Coverage.SATU, desa[0].pk)
        return cls(Coverage.BEBERAPA, None, dict(sorted(per.items())))

    @classmethod
    def together(cls, part: Sequence[tuple["OfDesa", int | None]]) -> "Ownership":
        """Return whose a work is that was merged from these, each with its cost in rupiah.

        The kecamatan's own makes the whole the kecamatan's. Otherwise each desa weighs what its part costs; while a
        part has no cost, all desa weigh the same.
        """
        first = part[0][0].milik
        if all(b.milik == first for b, _ in part):
            return first
        if any(b.cakupan == Coverage.KECAMATAN for b, _ in part):
            return cls(Coverage.KECAMATAN)
        knows = all(rupiah for _, rupiah in part)
        per: dict[str, dict[str, Any]] = {}
        for b, rupiah in part:
            for one in b.parts(rupiah if knows else None):
                per.setdefault(one.kode, {"nama": one.nama, "bobot": 0})["bobot"] += one.rp or 0
        small = gcd(*(content["bobot"] for content in per.values())) or 1
        for content in per.values():
            content["bobot"] = content["bobot"] // small or 1
        return cls(Coverage.BEBERAPA, None, dict(sorted(per.items())))

    def columns(self) -> dict[str, Any]:
        """Return the values of the three columns, for a new row or an update."""
        return {"desa_id": self.desa_id, "cakupan": self.cakupan, "bersama": self.bersama}


KOLOM_MILIK = ("desa_id", "cakupan", "bersama")


class OfDesa(models.Model):
    """A work with its desa: exactly one (``desa``), several (``bersama``), or none, because it is the kecamatan's."""

    desa = models.ForeignKey(Desa, on_delete=models.PROTECT, null=True, blank=True)
    cakupan = models.CharField("milik", max_length=10, choices=Coverage.choices, default=Coverage.SATU)
    bersama = models.JSONField("desa yang bersama", default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def milik(self) -> Ownership:
        """Whose work it is."""
        return Ownership(self.cakupan, self.desa_id, self.bersama)

    @property
    def satu_desa(self) -> bool:
        """Whether the work is one desa's."""
        return self.cakupan == Coverage.SATU

    @property
    def daftar_desa(self) -> list[tuple[str, str]]:
        """The (code, name) of every desa of the work by code; none for the kecamatan's own."""
        if self.desa is not None:
            return [(self.desa.kode, self.desa.nama)]
        return [(kode, content["nama"]) for kode, content in sorted(self.bersama.items())]

    @property
    def nama_desa(self) -> str:
        """The names of its desa, as a column "Desa" shows them."""
        return ", ".join(nama for _, nama in self.daftar_desa) or translate(TANPA_DESA[1])

    @property
    def sebutan_desa(self) -> str:
        """Its desa in a sentence: "Desa Sikur", "Desa Sikur dan Loyok", "Kelurahan Kelayu"; the kecamatan by itself."""
        return words_of_desa(self.daftar_desa)

    @property
    def bagian_teks(self) -> str:
        """``sebutan_desa``, with the weights where they differ: "Desa Sikur dan Loyok (60 : 40)"."""
        return self.sebutan_desa + self._weights()

    @property
    def desa_with_shares(self) -> str:
        """``nama_desa`` with the weights where they differ: a list of ours that is read again keeps the shares."""
        return self.nama_desa + self._weights()

    def _weights(self) -> str:
        bobot = [content["bobot"] for _, content in sorted(self.bersama.items())]
        return f" ({' : '.join(map(str, bobot))})" if len(set(bobot)) > 1 else ""

    @property
    def kode_desa(self) -> str:
        """The codes of its desa, as an export holds them: separated by a semicolon; blank for the kecamatan's own."""
        return ";".join(kode for kode, _ in self.daftar_desa)

    @property
    def ownership_data(self) -> str | dict[str, int] | None:
        """Whose work it is in content that is hashed: a code, {code: weight} of several, null for the kecamatan's."""
        if self.desa is not None:
            return self.desa.kode
        return {kode: content["bobot"] for kode, content in sorted(self.bersama.items())} or None

    def parts(self, biaya: int | None) -> list["DesaShare"]:
        """Return what of the work stands under each desa in a recap; works and rupiah add up to the whole exactly.

        The work itself is counted at one desa only, the one with the largest share.
        """
        desa = self.daftar_desa
        if len(desa) < 2:
            kode, nama = desa[0] if desa else (TANPA_DESA[0], translate(TANPA_DESA[1]))
            return [DesaShare(kode, nama, 1, biaya)]
        bobot = {kode: self.bersama[kode]["bobot"] for kode, _ in desa}
        count, rupiah = share_out(1, bobot), share_out(biaya or 0, bobot)
        return [DesaShare(kode, nama, count[kode], None if biaya is None else rupiah[kode]) for kode, nama in desa]


TANPA_DESA = ("", "Seluruh kecamatan")
"""The line of a recap per desa for works that are the kecamatan's own: a blank code, and its words."""

CATATAN_BERSAMA = words(
    "Kegiatan beberapa desa dihitung satu kali, pada desa dengan bagian terbesar; "
    "biayanya dibagi menurut bagian tiap desa."
)
"""What stands below every recap per desa that holds such works."""


@dataclass(frozen=True)
class DesaShare:
    """What one desa has of a work: ``n`` is 1 where the work is counted and 0 elsewhere; ``rp`` its rupiah, if known.

    The kecamatan's own works have a blank ``kode``.
    """

    kode: str
    nama: str
    n: int
    rp: int | None

    @property
    def urut(self) -> tuple[bool, str]:
        """Sorts desa by their code and the kecamatan's own last."""
        return not self.kode, self.kode


def words_of_desa(desa: Iterable[tuple[str, str]]) -> str:
    """Return desa given by code and name in a sentence, each kind named once; "Kecamatan" when there is none."""
    per: dict[str, list[str]] = {}
    for kode, nama in desa:
        per.setdefault(desa_words(kode), []).append(nama)
    return " dan ".join(f"{word} {_enumerate(nama)}" for word, nama in per.items()) or sebutan.Kecamatan


def _enumerate(nama: list[str]) -> str:
    if len(nama) <= 2:
        return " dan ".join(nama)
    return f"{', '.join(nama[:-1])}, dan {nama[-1]}"


def clear_ownership(prefix: str) -> models.CheckConstraint:
    """The kind of ownership and the desa agree, in the database too."""
    return models.CheckConstraint(
        condition=Q(cakupan=Coverage.SATU, desa__isnull=False, bersama={})
        | (Q(cakupan=Coverage.BEBERAPA, desa=None) & ~Q(bersama={}))
        | Q(cakupan=Coverage.KECAMATAN, desa=None, bersama={}),
        name=f"{prefix}_milik_jelas",
    )


def concerns(desa: Iterable[int], prefix: str = "") -> Q:
    """Return the condition that a work concerns one of these desa, alone or with others (one query for their codes).

    ``prefix`` is the way to the work, such as ``sumber__usulan__``.
    """
    kunci = list(desa)
    kode = Desa.objects.filter(pk__in=kunci).values_list("kode", flat=True) if kunci else []
    return concerns_codes(kode, prefix)


def concerns_codes(kode: Iterable[str], prefix: str = "") -> Q:
    """Return the same condition for desa of whom the codes are known (no query)."""
    all_rows = list(kode)
    one = Q(**{f"{prefix}desa__kode__in": all_rows})
    if not all_rows:
        return one
    return one | Q(**{f"{prefix}cakupan": Coverage.BEBERAPA, f"{prefix}bersama__has_any_keys": all_rows})


SARING_BERSAMA, SARING_KECAMATAN = "bersama", "kecamatan"
"""What a filter by desa holds instead of a code: works of several desa, and those that are the kecamatan's own."""


def of_desa(kode: str) -> Q:
    """Return the condition of a filter: works of the desa with this code, alone or with others, or by their kind."""
    cakupan = {SARING_BERSAMA: Coverage.BEBERAPA, SARING_KECAMATAN: Coverage.KECAMATAN}.get(kode)
    if cakupan:
        return Q(cakupan=cakupan)
    return Q(desa__kode=kode) | Q(cakupan=Coverage.BEBERAPA, bersama__has_key=kode)
