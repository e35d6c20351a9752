"""The list of proposals: filtered, counted, summed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.akses import Akses, role_names
from musrenbang.board import Figure
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.rules import IZIN
from musrenbang.sebutan import sebutan, translate
from usulan.impor.owner import KECAMATAN
from usulan.models import ImporUsulan, StatusImpor, Usulan, UsulanOrigin
from usulan.ownership import TANPA_DESA, Coverage, DesaShare, concerns, of_desa
from usulan.queries.ownership import proposing_desa

TANPA_BIDANG = words("Belum ada SKPD")


BELUM_LENGKAP = Q(kegiatan="") | Q(lokasi="") | Q(volume=None) | Q(satuan="") | Q(biaya=None)


URUT: dict[str, list[Any]] = {
    "desa": [F("desa__kode").asc(nulls_last=True), "nomor"],
    "biaya": [F("biaya").asc(nulls_last=True), "nomor"],
    "-biaya": [F("biaya").desc(nulls_last=True), "nomor"],
    "kegiatan": ["kegiatan", "nomor"],
    "prioritas": [F("desa__kode").asc(nulls_last=True), F("prioritas_desa").asc(nulls_last=True), "nomor"],
}


MERGED_INTO = Usulan.objects.filter(induk=OuterRef("pk")).order_by().values("induk").annotate(n=Count("pk")).values("n")
"""How many proposals are merged into one. It is asked only for the rows of a page: a join would group all rows."""


def _seen_by(musrenbang: Musrenbang, akses: Akses) -> QuerySet[Usulan]:
    """The proposals that the person may see."""
    usulan = Usulan.objects.filter(musrenbang=musrenbang)
    return usulan.filter(concerns(akses.desa) | Q(skpd__in=akses.skpd)) if akses.terbatas else usulan


def list_usulan(musrenbang: Musrenbang, akses: Akses, **filters: Any) -> QuerySet[Usulan]:
    """Return the proposals that the person may see, filtered and sorted by what ``FilterForm.chosen`` gives."""
    usulan = (
        _seen_by(musrenbang, akses)
        .select_related("desa", "sumber_dana", "skpd", "impor")
        .defer("impor__hasil", "impor__koreksi", "impor__terapan")
        # Few rows have one: their wide tables are not joined to all the others.
        .prefetch_related("induk", "program")
        .annotate(jumlah_anak=Subquery(MERGED_INTO))
        .order_by(*URUT.get(filters.get("urut", ""), ["nomor"]))
    )
    if "desa" in filters:
        usulan = usulan.filter(of_desa(filters["desa"]))
    exact = {
        "bidang": "skpd__bidang",
        "skpd": "skpd",
        "sumber": "sumber_dana",
        "asal": "asal",
        "dari": "biaya__gte",
        "sampai": "biaya__lte",
    }
    usulan = usulan.filter(**{column: filters[nama] for nama, column in exact.items() if nama in filters})
    if search := filters.get("cari"):
        usulan = usulan.filter(
            Q(kegiatan__icontains=search) | Q(lokasi__icontains=search) | Q(manfaat__icontains=search)
        )
    if complete := filters.get("lengkap"):
        usulan = usulan.exclude(BELUM_LENGKAP) if complete == "ya" else usulan.filter(BELUM_LENGKAP)
    return usulan


@dataclass(frozen=True)
class Rekap:
    """Proposals by desa and bidang: per cell (number, rupiah), with the sums of both sides.

    ``bersama``: how many of them are several desa's: counted at one, their rupiah shared.
    """

    bidang: list[str]
    desa: list[tuple[str, list[tuple[int, int]], tuple[int, int]]]
    jumlah: list[tuple[int, int]]
    total: tuple[int, int]
    bersama: int = 0


def rekap_bidang(usulan: QuerySet[Usulan]) -> Rekap:
    """Return desa x bidang over exactly these proposals; the bidang is that of the SKPD (two queries)."""
    count = (
        usulan.exclude(cakupan=Coverage.BEBERAPA)
        .order_by()
        .values("desa__kode", "desa__nama", "skpd__bidang__urut", "skpd__bidang__nama")
        .annotate(n=Count("pk", distinct=True), rp=Sum("biaya", default=0))
    )
    cell: dict[tuple[str, str], tuple[int, int]] = {}
    order: dict[str, tuple[bool, int, str]] = {}
    desa_names: dict[str, str] = {}

    def add(desa: tuple[str, str], bidang: str | None, nomor: int | None, n: int, rupiah: int) -> None:
        nama = bidang or TANPA_BIDANG
        order[nama] = (nomor is None, nomor or 0, nama)
        desa_names.setdefault(*desa)
        cell[desa[0], nama] = jumlah([cell.get((desa[0], nama), (0, 0)), (n, rupiah)])

    def jumlah(pair: Iterable[tuple[int, int]]) -> tuple[int, int]:
        contents = list(pair)
        return sum(n for n, _ in contents), sum(rupiah for _, rupiah in contents)

    for h in count:
        desa = (h["desa__kode"], h["desa__nama"]) if h["desa__kode"] else (TANPA_DESA[0], translate(TANPA_DESA[1]))
        add(desa, h["skpd__bidang__nama"], h["skpd__bidang__urut"], h["n"], h["rp"])
    together = list(usulan.filter(cakupan=Coverage.BEBERAPA).select_related("desa", "skpd__bidang"))
    for u in together:
        at = u.skpd.bidang if u.skpd else None
        for b in u.parts(u.biaya):
            add((b.kode, b.nama), at.nama if at else None, at.urut if at else None, b.n, b.rp or 0)
    bidang = sorted(order, key=lambda b: order[b])
    baris = [
        (kode, [cell.get((kode, b), (0, 0)) for b in bidang])
        for kode in sorted(desa_names, key=lambda kode: (not kode, kode))
    ]
    return Rekap(
        bidang=bidang,
        desa=[(desa_names[kode], contents, jumlah(contents)) for kode, contents in baris],
        jumlah=[jumlah(contents[i] for _, contents in baris) for i in range(len(bidang))],
        total=jumlah(cell.values()),
        bersama=len(together),
    )


def rekap_desa(musrenbang: Musrenbang, akses: Akses) -> list[Mapping[str, Any]]:
    """Return one row per desa of the kecamatan: number of proposals, to be completed, sum (rupiah).

    Of a proposal of several desa each has its part (``OfDesa.parts``), and ``ikut`` counts those that stand at
    another one; a row with a blank ``kode`` holds the kecamatan's own. So the rows add up to all proposals.
    """
    desa = musrenbang.kecamatan.desa_set.all()
    if akses.terbatas and not akses.skpd:
        desa = desa.filter(pk__in=akses.desa)
    this_one = Q(usulan__musrenbang=musrenbang)
    missing = Q(usulan__kegiatan="") | Q(usulan__lokasi="") | Q(usulan__volume=None) | Q(usulan__satuan="")
    per: dict[str, dict[str, Any]] = {
        d["kode"]: dict(d, ikut=0)
        for d in desa.annotate(
            jumlah=Count("usulan", filter=this_one),
            perlu=Count("usulan", filter=this_one & (missing | Q(usulan__biaya=None))),
            total=Sum("usulan__biaya", filter=this_one),
        ).values("kode", "nama", "jumlah", "perlu", "total")
    }
    other = _seen_by(musrenbang, akses).exclude(cakupan=Coverage.SATU)
    for u in other:
        for b in u.parts(u.biaya):
            if b.kode in per or not b.kode:
                _add_part(per.setdefault(b.kode, _blank(b)), b, not u.lengkap)
    return list(per.values())


def _blank(b: DesaShare) -> dict[str, Any]:
    return {"kode": b.kode, "nama": b.nama, "jumlah": 0, "perlu": 0, "total": None, "ikut": 0}


def _add_part(baris: dict[str, Any], b: DesaShare, missing: bool) -> None:
    baris["jumlah"] += b.n
    baris["ikut"] += 1 - b.n
    baris["perlu"] += b.n if missing else 0
    if b.rp is not None:
        baris["total"] = (baris["total"] or 0) + b.rp


def list_impor(musrenbang: Musrenbang, akses: Akses) -> QuerySet[ImporUsulan]:
    """Return the uploads that are open or saved, newest first; an operator desa sees the own ones."""
    impor = ImporUsulan.objects.filter(musrenbang=musrenbang).exclude(status=StatusImpor.DIBATALKAN)
    if akses.terbatas:
        impor = impor.filter(desa__in=akses.desa)
    listing = impor.select_related("dibuat_oleh", "desa").defer("hasil").annotate(jumlah=Count("usulan"))
    return listing.order_by("-pk")  # a list that counts keeps no order of its model


def desa_with_files(impor: ImporUsulan) -> list[str]:
    """Return the names of the desa in a preview that have proposals from other files already."""
    owners = {u["desa"] for lembar in impor.hasil["lembar"] for u in lembar["usulan"] if u["desa"]}
    kode = {k for one in owners for k in one.split(";")}
    existing = Usulan.objects.filter(musrenbang=impor.musrenbang_id, asal=UsulanOrigin.BERKAS)
    nama = set(existing.filter(desa__kode__in=kode).order_by().values_list("desa__nama", flat=True).distinct())
    for together in existing.filter(cakupan=Coverage.BEBERAPA).values_list("bersama", flat=True):
        nama |= {content["nama"] for k, content in together.items() if k in kode}
    kecamatan = KECAMATAN in kode and existing.filter(cakupan=Coverage.KECAMATAN).exists()
    return sorted(nama) + ([translate(TANPA_DESA[1])] if kecamatan else [])


def next_nomor(musrenbang: Musrenbang) -> int:
    """Return the number that the next proposal of the event gets; call it with the event locked."""
    return (Usulan.objects.filter(musrenbang=musrenbang).aggregate(n=Max("nomor"))["n"] or 0) + 1


def may_edit(usulan: Usulan, akses: Akses) -> bool:
    """Tell whether the person may change this proposal: the team any, a desa and an SKPD the ones it made.

    One of several desa is the team's to change: no desa speaks for the others.
    """
    if akses.tim:
        return True
    desa_owned = usulan.proposed_by_desa and usulan.satu_desa and usulan.desa_id in akses.desa
    return desa_owned or (usulan.asal == UsulanOrigin.SKPD and usulan.skpd_id in akses.skpd)


def check_edit(usulan: Usulan, akses: Akses) -> None:
    """Raise PermissionDenied for a person who may not change this proposal."""
    if not akses.may("ajukan_usulan"):
        raise PermissionDenied(f"Usulan diubah oleh {role_names(IZIN['ajukan_usulan'])}.")
    if not may_edit(usulan, akses):
        raise PermissionDenied(f"Usulan ini bukan usulan {sebutan.desa} atau {sebutan.skpd} Anda.")


def usulan_figures(musrenbang: Musrenbang) -> Figure:
    """Proposals and desa that are in, for the event board."""
    count = Usulan.objects.filter(musrenbang=musrenbang).aggregate(n=Count("pk"), total=Sum("biaya"))
    everything, entered = (
        musrenbang.kecamatan.desa_set.count(),
        len(proposing_desa([musrenbang.pk]).get(musrenbang.pk, ())),
    )
    return Figure(
        f"Usulan {sebutan.desa}",
        tulis.thousands(count["n"]),
        f"{entered} dari {everything} {sebutan.desa} · {tulis.rupiah(count['total'], 'belum ada biaya')}",
        reverse("usulan:list", args=[musrenbang.slug]),
    )
