"""Reads about the sorting of agreed works to SKPD."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from musrenbang.models import Kabupaten, KamusUsulan, Musrenbang, Skpd
from rkp.dana import PENUH as DANA_PENUH
from rkp.models import BarisVersi
from rkp.queries.baris import agreed_rows, official_version
from rkp.queries.dana import PENUH, dana_of, with_dana
from tindak_lanjut.models import Pilahan, StatusPilahan
from usulan.duties import missing_offices
from usulan.queries.acuan import kunci_of
from usulan.sorting import Sorter, Suggestion

RIWAYAT_MAKS = 20_000
DARI_SASARAN = 0.5
"""How much the beneficiaries count beside a name: too little to be offered as an answer."""


def sorter_of(kabupaten: Kabupaten, tahun: int) -> Sorter:
    """Return what a kabupaten knows: keywords, kamus of the plan year, and the newest works that people sorted."""
    dictionary = KamusUsulan.objects.filter(kabupaten=kabupaten, tahun=tahun).exclude(skpd=None)
    riwayat = Pilahan.objects.filter(
        musrenbang__kecamatan__kabupaten=kabupaten, status=StatusPilahan.DITETAPKAN
    ).order_by("-pk")
    nama = [n for install in Skpd.objects.filter(kabupaten=kabupaten).values_list("nama", "singkatan") for n in install]
    return Sorter(
        kunci_of(kabupaten),
        other=missing_offices(nama),
        dictionary=dictionary.values_list("nama", "skpd"),
        riwayat=riwayat.values_list("baris__kegiatan", "skpd")[:RIWAYAT_MAKS],
    )


def rows_to_sort(musrenbang: Musrenbang) -> QuerySet[BarisVersi]:
    """Return the agreed works of the version that left the kecamatan."""
    versi = official_version(musrenbang)
    return agreed_rows(versi).order_by("nomor") if versi else with_dana(BarisVersi.objects.none())


def sorted_rows(musrenbang: Musrenbang) -> list[Any]:
    """Return the agreed works with the SKPD that they were given to.

    Before the sorting: those that no programme pays in full, with the plan's own SKPD. A work whose SKPD is still a
    suggestion has none. ``diminta``: the rupiah asked of the SKPD, ``alasan_kirim`` why it is asked although a
    programme pays.
    """
    baris: list[Any] = list(rows_to_sort(musrenbang))
    pilahan = {p.baris_id: p for p in Pilahan.objects.filter(musrenbang=musrenbang).select_related("skpd")}
    if not pilahan:
        baris = [b for b in baris if dana_of(b).keadaan != DANA_PENUH]
    for b in baris:
        b.diminta, b.alasan_kirim = dana_of(b).sisa, ""
        if not pilahan:
            continue
        p = pilahan.get(b.pk)
        b.skpd = p.skpd if p and p.status == StatusPilahan.DITETAPKAN else None
        b.sebutan = b.sebutan | {"skpd": b.skpd.nama if b.skpd else ""}
        if p:
            b.diminta, b.alasan_kirim = p.diminta, p.alasan_kirim
    return baris


def skpd_with_rows(musrenbang: Musrenbang) -> QuerySet[Skpd]:
    """Return the SKPD that works were given to; before the sorting, those that the plan names."""
    pilahan = Pilahan.objects.filter(musrenbang=musrenbang)
    if pilahan.exists():
        sorted_event = pilahan.filter(status=StatusPilahan.DITETAPKAN).order_by()
        return Skpd.objects.filter(pk__in=sorted_event.values("skpd")).order_by("nama")
    within_rkp = rows_to_sort(musrenbang).exclude(skpd=None).exclude(PENUH).order_by()
    return Skpd.objects.filter(pk__in=within_rkp.values("skpd")).order_by("nama")


def list_pilahan(
    musrenbang: Musrenbang, status: str = "", skpd: int | None = None, search: str = ""
) -> QuerySet[Pilahan]:
    """Return the works with where they go, filtered."""
    everything = Pilahan.objects.filter(musrenbang=musrenbang).select_related("baris__desa", "baris__bidang", "skpd")
    result = with_dana(everything, "baris__asal_baris")
    if status:
        result = result.filter(status=status)
    if skpd:
        result = result.filter(skpd=skpd)
    if search:
        result = result.filter(Q(baris__kegiatan__icontains=search) | Q(baris__lokasi__icontains=search))
    return result


@dataclass(frozen=True)
class Summary:
    """How many works wait for a person, are suggested, are settled; how many programmes pay, so that none is asked."""

    antre: int
    disarankan: int
    didanai: int
    ditetapkan: int

    @property
    def semua(self) -> int:
        """All that are to be given to an SKPD."""
        return self.antre + self.disarankan + self.ditetapkan


def sorting_summary(musrenbang: Musrenbang) -> Summary:
    """Count the works by status (one query)."""
    per = dict(Pilahan.objects.filter(musrenbang=musrenbang).order_by().values_list("status").annotate(n=Count("pk")))
    return Summary(**{s: per.get(s, 0) for s in StatusPilahan.values})


def per_skpd(musrenbang: Musrenbang) -> QuerySet[Skpd]:
    """Return the SKPD with ``n`` settled works and the rupiah ``rp`` asked, ``baru`` unsent, ``dijawab`` answered."""
    return (
        Skpd.objects.filter(pilahan__musrenbang=musrenbang, pilahan__status=StatusPilahan.DITETAPKAN)
        .annotate(
            n=Count("pilahan"),
            rp=Sum("pilahan__diminta", default=0),
            baru=Count("pilahan", filter=Q(pilahan__pengiriman=None)),
            dijawab=Count("pilahan__tanggapan"),
        )
        .order_by("nama")
    )


@dataclass(frozen=True)
class Asked:
    """A kind of work that each kabupaten shares its own way, with the works that wait for the answer."""

    jenis: str
    pilahan: tuple[Pilahan, ...]

    @property
    def kunci(self) -> list[int]:
        """The keys of the works that one answer settles."""
        return [p.pk for p in self.pilahan]


def list_questions(musrenbang: Musrenbang, sorter: Sorter | None = None) -> list[Asked]:
    """Return the kinds of shared work among the waiting ones, those with most works first.

    A work that an SKPD said is not its own, or that a programme pays, is asked for by itself.
    """
    queued = list_pilahan(musrenbang, StatusPilahan.ANTRE).filter(alasan_kirim="")
    if not queued:
        return []
    sorter = sorter or sorter_of(musrenbang.kecamatan.kabupaten, musrenbang.tahun_rencana)
    per: dict[str, list[Pilahan]] = {}
    for p in queued:
        if not p.bukan and (jenis := sorter.kind(p.baris.kegiatan)):
            per.setdefault(jenis, []).append(p)
    return sorted((Asked(j, tuple(content)) for j, content in per.items()), key=lambda t: (-len(t.pilahan), t.jenis))


def options_for(pilahan: Pilahan, sorter: Sorter, count: int = 6) -> list[Suggestion]:
    """Return the best suggestions for one work, those that said "not ours" left out."""
    excluded = frozenset(pilahan.bukan)
    result = suggestions(sorter, pilahan.baris, excluded)[:count]
    kode = sorter.by_program(pilahan.baris.program, excluded)
    return [*result, kode] if kode and kode.skpd not in {s.skpd for s in result} else result


def suggestions(sorter: Sorter, baris: BarisVersi, bukan: frozenset[int] = frozenset()) -> list[Suggestion]:
    """Return the SKPD that a work's name speaks for, the most probable first; ``bukan`` said "not ours".

    Whom a work is for ("85 KK petani") says little about who builds it: it counts only where the name is silent, and
    never enough to be offered as the answer.
    """
    nama = sorter.rank(baris.kegiatan, bukan)
    if nama:
        return nama
    return [
        replace(s, keyakinan=s.keyakinan * DARI_SASARAN, sebab=f"{s.sebab} dalam sasarannya")
        for s in sorter.rank(baris.sasaran, bukan)
    ]


@dataclass(frozen=True)
class TickedSum:
    """The ticked works that one SKPD is suggested for ("": none): how many, and the rupiah asked for them."""

    skpd: str
    n: int
    rp: int


def sums_of(musrenbang: Musrenbang, keys: list[int]) -> list[TickedSum]:
    """Return what is asked for these works by the SKPD that each has or is suggested, by name (one query)."""
    works = Pilahan.objects.filter(musrenbang=musrenbang, pk__in=keys).order_by("skpd__nama")
    rows = works.values_list("skpd__nama").annotate(n=Count("pk"), rp=Sum("diminta", default=0))
    return [TickedSum(nama or "", n, rp) for nama, n, rp in rows]
