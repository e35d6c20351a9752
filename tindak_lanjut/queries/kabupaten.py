"""Bappeda's view of every kecamatan."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from musrenbang.models import Kabupaten, Kecamatan, Musrenbang
from musrenbang.persiapan.queries import events_of
from musrenbang.questions import Question
from musrenbang.states import Tahap, is_past
from rkp.models import SEPAKAT, BarisVersi
from rkp.queries.baris import official_versions
from rkp.queries.sums import sum_by
from tindak_lanjut.models import Catatan, Penyampaian, StatusPenyampaian
from tindak_lanjut.queries.dispatch import days_left
from tindak_lanjut.queries.public import Bar
from usulan.models import Usulan
from usulan.queries.last_year import ResultSum, results_of, tally_results
from usulan.queries.ownership import proposing_desa
from usulan.queries.similar import reconcile_many


@dataclass
class BarisKabupaten:
    """One kecamatan on the board. ``tenggat``: what is due next and when; ``warna``: lewat, dekat or aman."""

    kecamatan: Kecamatan
    acara: Musrenbang | None
    desa: int = 0
    desa_masuk: int = 0
    usulan: int = 0
    usulan_rp: int = 0
    sepakat: int = 0
    sepakat_rp: int = 0
    catatan: int = 0
    penyampaian: Penyampaian | None = None
    tenggat: tuple[str, date] | None = None
    warna: str = ""
    belum_masuk: list[str] = field(default_factory=list)


def kabupaten_board(kabupaten: Kabupaten, tahun: int) -> list[BarisKabupaten]:
    """Return every kecamatan with its event, figures, package and next deadline.

    Fourteen queries, whatever the number of kecamatan.
    """
    acara = events_of(kabupaten, tahun)
    pk = [m.pk for m in acara.values()]
    entered, figure = _proposals(pk), _agreed(pk)
    catatan = dict(
        Catatan.objects.filter(musrenbang__in=pk, jawaban="").order_by().values_list("musrenbang").annotate(Count("pk"))
    )
    last = {p.musrenbang_id: p for p in Penyampaian.objects.filter(musrenbang__in=pk).defer("isi").order_by("urut")}
    today = timezone.localdate(timezone=kabupaten.tz)
    results = []
    for k in Kecamatan.objects.filter(kabupaten=kabupaten).prefetch_related("desa_set").order_by("nama"):
        m, desa = acara.get(k.pk), list(k.desa_set.all())
        baris = BarisKabupaten(k, m, desa=len(desa))
        if m:
            already, baris.usulan, baris.usulan_rp = entered.get(m.pk, (set(), 0, 0))
            baris.desa_masuk, baris.belum_masuk = len(already), [d.nama for d in desa if d.pk not in already]
            baris.sepakat, baris.sepakat_rp = figure.get(m.pk, (0, 0))
            baris.catatan, baris.penyampaian = catatan.get(m.pk, 0), last.get(m.pk)
            baris.tenggat = next_deadline(m)
            baris.warna = _colour(baris.tenggat, today)
        results.append(baris)
    return results


def board_bars(baris: list[BarisKabupaten]) -> list[Bar]:
    """Return the kecamatan with agreed works as bars, the largest amount first."""
    existing = sorted((b for b in baris if b.sepakat), key=lambda b: -b.sepakat_rp)
    peak = max((b.sepakat_rp for b in existing), default=0) or 1
    return [Bar(b.kecamatan.nama, b.sepakat, b.sepakat_rp, round(100 * b.sepakat_rp / peak)) for b in existing]


def _proposals(acara: list[int]) -> dict[int, tuple[set[int], int, int]]:
    """Return {event: (desa that proposed, proposals, rupiah)} (five queries).

    Merged proposals are one proposal; their rupiah is all that they ask together, what was said twice counted once.
    """
    money = reconcile_many(acara)
    result: dict[int, tuple[set[int], int, int]] = {}
    desa = proposing_desa(acara)
    per = Usulan.objects.filter(musrenbang__in=acara).order_by().values_list("musrenbang")
    for m, n in per.annotate(n=Count("pk", filter=Q(induk=None))):
        result[m] = (desa.get(m, set()), n, money[m]["dibawa"])
    return result


def _agreed(acara: list[int]) -> dict[int, tuple[int, int]]:
    """Return {event: (works, rupiah)} of the version that leaves the kecamatan (two queries)."""
    baris = BarisVersi.objects.filter(rkp_versi__in=official_versions(acara).values(), keputusan__in=SEPAKAT)
    return {m: (j.sepakat.n, j.sepakat.rp) for m, j in sum_by(baris, "rkp_versi__rkp__musrenbang").items()}


stage_deadlines: Question[[], dict[Tahap, int]] = Question("how many days after the meeting a stage is due")
"""{stage: days after the meeting by which it is to be reached}, in the order of the stages."""


def next_deadline(musrenbang: Musrenbang) -> tuple[str, date] | None:
    """Return what is due next after the meeting, or the meeting itself; None at the end and without a date."""
    if musrenbang.tanggal is None:
        return None
    if not is_past(musrenbang.tahap, Tahap.SIAP):
        return ("Sidang", musrenbang.tanggal)
    for tahap, day in stage_deadlines().items():
        if musrenbang.tahap != tahap and not is_past(musrenbang.tahap, tahap):
            return (Tahap(tahap).label, musrenbang.tanggal + timedelta(days=day))
    return None


def _colour(tenggat: tuple[str, date] | None, today: date) -> str:
    if tenggat is None:
        return ""
    return days_left(tenggat[1], today)


def list_packages(musrenbang: Musrenbang) -> QuerySet[Penyampaian]:
    """Return every handing over, the newest first."""
    return musrenbang.penyampaian.select_related("versi__rkp", "oleh", "diputus_oleh")


def waiting_packages(kabupaten: Kabupaten) -> QuerySet[Penyampaian]:
    """Return the packages that lie with Bappeda, the oldest first."""
    return (
        Penyampaian.objects.filter(musrenbang__kecamatan__kabupaten=kabupaten, status=StatusPenyampaian.DIAJUKAN)
        .select_related("musrenbang__kecamatan")
        .defer("isi")
        .order_by("pk")
    )


@dataclass(frozen=True)
class Comparison:
    """A figure of this event beside last year's and the median of the kabupaten this year; None where unknown."""

    nama: str
    kini: int
    lalu: int | None
    tengah: int | None


def compare_event(musrenbang: Musrenbang) -> list[Comparison]:
    """Compare works and amounts, in all and by bidang, with last year's event and the others (at most 13 queries)."""
    kabupaten = musrenbang.kecamatan.kabupaten
    previous = Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan, tahun_pelaksanaan=musrenbang.tahun_pelaksanaan - 1
    ).first()
    others = [
        m.pk
        for m in events_of(kabupaten, musrenbang.tahun_pelaksanaan).values()
        if m.pk != musrenbang.pk and is_past(m.tahap, Tahap.PLENO)
    ]
    all_rows = [musrenbang.pk, *([previous.pk] if previous else []), *others]
    entered, figure, bidang = _proposals(all_rows), _agreed(all_rows), _agreed_by_bidang(all_rows)
    imported = _imported(previous) if previous and previous.hanya_diimpor else None

    def row(nama: str, take: dict[int, int]) -> Comparison:
        nilai = sorted(take.get(pk, 0) for pk in others)
        middle = nilai[len(nilai) // 2] if nilai else None
        before = imported.get(nama) if imported is not None else take.get(previous.pk, 0) if previous else None
        return Comparison(nama, take.get(musrenbang.pk, 0), before, middle)

    return [
        row("Usulan masuk", {k: v[1] for k, v in entered.items()}),
        row("Jumlah biaya usulan", {k: v[2] for k, v in entered.items()}),
        row("Kegiatan disepakati", {k: v[0] for k, v in figure.items()}),
        row("Jumlah biaya yang disepakati", {k: v[1] for k, v in figure.items()}),
        *(row(f"Nilai {nama}", per) for nama, per in bidang.items()),
    ]


def _imported(past: Musrenbang) -> dict[str, int | None]:
    """Last year's figures from the file, by their names; a sum of which a part is unknown is unknown."""
    rekap = tally_results(results_of(past))

    def money(j: ResultSum) -> int | None:
        return None if j.tanpa_rp_sepakat or j.tak_diketahui else j.rp_sepakat

    everything = rekap.semua
    return {
        "Usulan masuk": everything.n,
        "Jumlah biaya usulan": everything.rp,
        "Kegiatan disepakati": None if everything.tak_diketahui else everything.sepakat,
        "Jumlah biaya yang disepakati": money(everything),
        **{f"Nilai {nama}": money(j) for nama, j in rekap.bidang.items()},
    }


def _agreed_by_bidang(acara: list[int]) -> dict[str, dict[int, int]]:
    """Return {bidang: {event: rupiah}} of the version that leaves the kecamatan (two queries)."""
    per = BarisVersi.objects.filter(rkp_versi__in=official_versions(acara).values(), keputusan__in=SEPAKAT)
    result: dict[str, dict[int, int]] = {}
    jumlah = per.order_by("bidang__urut").values_list("bidang__nama", "rkp_versi__rkp__musrenbang")
    for nama, m, rupiah in jumlah.annotate(rp=Sum("biaya", default=0)):
        result.setdefault(nama or "bidang lain", {})[m] = rupiah
    return result
