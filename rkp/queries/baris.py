"""Reads about the RKP Kecamatan."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.akses import Akses
from musrenbang.board import Figure
from musrenbang.infra.digest import sha256_of
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from rkp.models import (
    SEPAKAT,
    BarisRkp,
    BarisVersi,
    Kegiatan,
    Keputusan,
    Rkp,
    RkpVersi,
    StatusVersi,
    UsulanKelompok,
    VersiKind,
)
from rkp.order import priority_places
from rkp.queries.content import changeable_content
from rkp.queries.dana import PENUH, with_dana
from rkp.queries.sums import PlanTotal, Total, sum_plan, tally_rows
from usulan.models import Usulan
from usulan.ownership import concerns, of_desa
from usulan.queries.last_year import waiting_results

RESMI = (VersiKind.DISAHKAN, VersiKind.DITETAPKAN)
"""What may leave the kecamatan: the plan as the Camat approved it, before that as the plenary fixed it."""


def waiting(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return the proposals that are not in the draft yet; one that was merged goes in with its main proposal."""
    return Usulan.objects.filter(musrenbang=musrenbang, sumber_baris=None, induk=None).exclude(kegiatan="")


def summary_line(baris: Kegiatan | UsulanKelompok) -> str:
    """Return volume and amount in words."""
    return f"{tulis.number(baris.volume, 'volume belum diisi')} {baris.satuan}, {tulis.rupiah(baris.biaya)}"


def unfunded(musrenbang: Musrenbang) -> QuerySet[Usulan]:
    """Return the proposals of an event that no agreed row carries, by itself or merged into it (seed C).

    One whose row a programme pays in full, as a reserve, waits for nothing. Of an imported year the file says it.
    """
    if musrenbang.hanya_diimpor:
        return waiting_results(musrenbang)
    funded = with_dana(BarisRkp.objects.filter(rkp__musrenbang=musrenbang), "pk").filter(PENUH).values("pk")
    return (
        Usulan.objects.filter(musrenbang=musrenbang)
        .exclude(sumber_baris__baris__keputusan__in=SEPAKAT)
        .exclude(sumber_baris__baris__digabung_ke__keputusan__in=SEPAKAT)
        .exclude(sumber_baris__baris__in=funded)
        .exclude(sumber_baris__baris__digabung_ke__in=funded)
    )


def rows(rkp: Rkp) -> QuerySet[BarisRkp]:
    """Return the working rows with everything that a table prints; ``program_masuk`` names what pays one already."""
    return _printed(BarisRkp.objects.filter(rkp=rkp))


def rows_of(musrenbang: Musrenbang, keys: list[int]) -> QuerySet[BarisRkp]:
    """Return some rows of an event as its table shows them (one query)."""
    return _printed(BarisRkp.objects.filter(rkp__musrenbang=musrenbang, pk__in=keys))


def _printed(baris: QuerySet[BarisRkp]) -> QuerySet[BarisRkp]:
    paid = Usulan.objects.filter(
        Q(sumber_baris__baris=OuterRef("pk")) | Q(sumber_baris__baris__digabung_ke=OuterRef("pk")),
        program__isnull=False,
    )
    read = baris.select_related("bidang", "desa", "skpd", "sumber_dana")
    return with_dana(read.annotate(program_masuk=Subquery(paid.values("program__nama")[:1])), "pk")


def with_origin(baris: QuerySet[BarisRkp]) -> QuerySet[BarisRkp]:
    """Fetch the proposals behind each row, those of the rows merged into it too, for ``origin_words``."""
    return baris.prefetch_related(
        *(f"{route}__usulan__{what}" for route in ("sumber", "gabungan__sumber") for what in ("desa", "skpd"))
    )


def origin_words(baris: Kegiatan) -> str:
    """Return every proposal behind a row in words; a frozen row carries them already."""
    if isinstance(baris, BarisVersi):
        return baris.asal
    assert isinstance(baris, BarisRkp)
    sources = [s for b in (baris, *baris.gabungan.all()) for s in b.sumber.all()]
    return "; ".join(f"{s.usulan.dokumen_asal} no. {s.usulan.nomor}" for s in sources)[:300]


def _kunci(text: str) -> int | None:
    """A primary key from the URL; "0" and anything else ask for rows without one."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) and int(text) else None


def filter_rows(
    rkp: Rkp,
    akses: Akses,
    *,
    bidang: str = "",
    keputusan: str = "",
    desa: str = "",
    skpd: str = "",
    biaya: str = "",
    sumber: str = "",
    cari: str = "",
) -> QuerySet[BarisRkp]:
    """Return the working rows that the person may see, filtered from the URL."""
    baris = rows(rkp)
    if akses.terbatas:
        own = concerns(akses.desa, "sumber__usulan__")
        baris = baris.filter(own | Q(skpd__in=akses.skpd)).distinct()
    if bidang:
        baris = baris.filter(bidang=_kunci(bidang))
    if keputusan in Keputusan.values:
        baris = baris.filter(keputusan=keputusan)
    if desa:
        baris = baris.filter(of_desa(desa))
    if skpd:
        baris = baris.filter(skpd=_kunci(skpd))
    if biaya == "0":
        baris = baris.filter(biaya=None)
    if sumber:
        baris = baris.filter(sumber_dana=_kunci(sumber))
    if cari:
        baris = baris.filter(Q(kegiatan__icontains=cari) | Q(lokasi__icontains=cari))
    return baris


@dataclass
class BidangSection:
    """The rows of one bidang; without those merged into others: their number, subtotal (rupiah), unknown amounts."""

    bidang: str
    baris: list[Kegiatan] = field(default_factory=list)

    @cached_property
    def sums(self) -> PlanTotal:
        """The sums of the rows by decision."""
        return tally_rows(self.baris)

    @property
    def pk(self) -> int:
        """The key of the bidang; 0 for rows without one."""
        return self.baris[0].bidang_id or 0

    @property
    def semua(self) -> Total:
        """The sums of the rows."""
        return self.sums.semua

    @property
    def n(self) -> int:
        """How many works there are."""
        return self.semua.n

    @property
    def jumlah(self) -> int:
        """Their cost in rupiah."""
        return self.semua.rp

    @property
    def tanpa_biaya(self) -> int:
        """How many have no amount."""
        return self.semua.tanpa_biaya


def group_by_bidang(baris: Iterable[Kegiatan]) -> list[BidangSection]:
    """Group rows by bidang in the order given; rows without one come last."""
    kelompok: dict[str, BidangSection] = {}
    for b in baris:
        nama = b.name_of("bidang") or "Bidang belum ditentukan"
        kelompok.setdefault(nama, BidangSection(nama)).baris.append(b)
    return sorted(kelompok.values(), key=lambda k: k.baris[0].bidang is None)


def current_version(musrenbang: Musrenbang) -> RkpVersi | None:
    """Return the version that holds, or None while the plan is open."""
    return (
        RkpVersi.objects.filter(rkp__musrenbang=musrenbang, jenis=VersiKind.DITETAPKAN, status=StatusVersi.BERLAKU)
        .select_related("dibuat_oleh")
        .first()
    )


def official_version(musrenbang: Musrenbang) -> RkpVersi | None:
    """Return what leaves the kecamatan: the version that the Camat approved, before that the one of the plenary."""
    berlaku = RkpVersi.objects.filter(rkp__musrenbang=musrenbang, jenis__in=RESMI, status=StatusVersi.BERLAKU)
    return min(berlaku.select_related("dibuat_oleh"), key=lambda v: v.jenis != VersiKind.DISAHKAN, default=None)


def official_versions(acara: Iterable[int]) -> dict[int, int]:
    """Return {event: the key of its official version} for the events that have one (one query)."""
    berlaku = RkpVersi.objects.filter(rkp__musrenbang__in=acara, jenis__in=RESMI, status=StatusVersi.BERLAKU)
    per: dict[int, tuple[bool, int]] = {}
    for m, jenis, pk in berlaku.order_by().values_list("rkp__musrenbang", "jenis", "pk"):
        per[m] = max(per.get(m, (False, 0)), (jenis == VersiKind.DISAHKAN, pk))
    return {m: pk for m, (_, pk) in per.items()}


def version_rows(versi: RkpVersi, keputusan: Iterable[str] = Keputusan.values) -> QuerySet[BarisVersi]:
    """Return the frozen rows with the given decisions and everything that a table prints."""
    baris = BarisVersi.objects.filter(rkp_versi=versi, keputusan__in=list(keputusan))
    return with_dana(baris.select_related("bidang", "desa", "skpd", "sumber_dana"))


def agreed_rows(versi: RkpVersi) -> QuerySet[BarisVersi]:
    """Return the rows agreed, with or without changes."""
    return version_rows(versi, SEPAKAT)


def places_of(versi: RkpVersi) -> dict[int, int]:
    """Return {number: place in the order of priority} of the agreed works of a version."""
    return priority_places(agreed_rows(versi).order_by().values_list("nomor", "skor"))


def content_hash(baris: Iterable[Kegiatan]) -> str:
    """Return the SHA-256 over the content of rows in their order."""
    return sha256_of(content_json(baris))


def content_json(baris: Iterable[Kegiatan]) -> bytes:
    """Return the content of rows in their order as JSON in one certain form, so that its hash can be checked."""
    contents = [
        {
            "nomor": b.nomor,
            "bidang": b.name_of("bidang") or None,
            "program": b.program,
            "prioritas_daerah": b.prioritas_daerah,
            "sasaran_daerah": b.sasaran_daerah,
            "sasaran": b.sasaran,
            "desa": b.ownership_data,
            "skpd": b.name_of("skpd") or None,
            "sumber_dana": b.name_of("sumber_dana") or None,
            "keputusan": b.keputusan,
            "alasan_kode": b.alasan_kode,
            "alasan": b.alasan,
            "skor": None if b.skor is None else f"{b.skor:.2f}",
            **changeable_content(b),
        }
        for b in baris
    ]
    return json.dumps(contents, sort_keys=True, ensure_ascii=False).encode()


def rkp_figures(musrenbang: Musrenbang) -> Figure:
    """Rows and decisions, for the event board."""
    jumlah = sum_plan(BarisRkp.objects.filter(rkp__musrenbang=musrenbang))
    return Figure(
        f"RKP {sebutan.Kecamatan}",
        f"{tulis.thousands(jumlah.semua.n)} kegiatan" if jumlah.semua.n else "belum disusun",
        f"{jumlah.sepakat.n} disepakati · {tulis.rupiah(jumlah.sepakat.rp)}",
        reverse("rkp:table", args=[musrenbang.slug]),
    )
