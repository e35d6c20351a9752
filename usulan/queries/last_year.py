"""What became of last year's proposals, where they were imported: words, sums, and what waits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.akses import Akses
from musrenbang.kunci import SEBELUM_SIDANG
from musrenbang.models import Musrenbang
from usulan.izin import BOLEH_USULAN
from usulan.models import ADA_HASIL, HasilLalu, StepResult, Usulan
from usulan.ownership import DesaShare
from usulan.queries.listing import list_impor

YA, SEBAGIAN, TIDAK = StepResult.YA, StepResult.SEBAGIAN, StepResult.TIDAK
AWALAN = {YA.value: "", SEBAGIAN.value: "sebagian ", TIDAK.value: "tidak "}
BELUM_DIKETAHUI = "hasilnya belum diketahui"
MENUNGGU = Q(hasil_lalu__terlaksana=TIDAK) | (
    Q(hasil_lalu__terlaksana="")
    & (Q(hasil_lalu__didanai=TIDAK) | Q(hasil_lalu__didanai="", hasil_lalu__disepakati=TIDAK))
)
"""The last step that is known is a no. What is unknown is none of these."""
TIDAK_DIKETAHUI = Q(hasil_lalu__disepakati="", hasil_lalu__didanai="", hasil_lalu__terlaksana="")


def year_before(musrenbang: Musrenbang) -> Musrenbang:
    """Return the event of the year before in the same kecamatan; an unsaved imported one when there is none."""
    tahun = musrenbang.tahun_pelaksanaan - 1
    previous = Musrenbang.objects.filter(kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan=tahun)
    return previous.select_related("kecamatan__kabupaten").first() or Musrenbang(
        kecamatan=musrenbang.kecamatan, tahun_pelaksanaan=tahun, tahun_rencana=tahun + 1, hanya_diimpor=True
    )


def imported_year(musrenbang: Musrenbang) -> Musrenbang | None:
    """Return the imported year before an event; None when there is none, or nothing in it."""
    previous = Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan=musrenbang.tahun_pelaksanaan - 1, hanya_diimpor=True
    )
    return previous.filter(usulan__isnull=False).select_related("kecamatan__kabupaten").distinct().first()


def may_import(musrenbang: Musrenbang) -> bool:
    """Tell whether lists may be imported now; into an imported year while the year after it is being prepared."""
    if not musrenbang.hanya_diimpor:
        return musrenbang.tahap in BOLEH_USULAN
    after = year_after(musrenbang)
    return after is not None and after.tahap in SEBELUM_SIDANG


def year_after(past: Musrenbang) -> Musrenbang | None:
    """Return the event for which a last year was imported."""
    return Musrenbang.objects.filter(kecamatan=past.kecamatan_id, tahun_pelaksanaan=past.tahun_pelaksanaan + 1).first()


def after_import(musrenbang: Musrenbang, halaman: str) -> str:
    """Return where a person goes on after a list was saved or taken back: of an imported year to its results."""
    after = year_after(musrenbang) if musrenbang.hanya_diimpor else None
    return reverse("usulan:results", args=[after.slug]) if after else reverse(halaman, args=[musrenbang.slug])


def results_page(past: Musrenbang, akses: Akses) -> dict[str, Any]:
    """Return what the page of an imported year shows: its files, its proposals, their sums (four queries)."""
    if past.pk is None or not past.hanya_diimpor:
        return {"impor": [], "usulan": []}
    usulan = list(
        results_of(past).defer("mentah", "impor__hasil", "impor__koreksi", "impor__terapan").order_by("nomor")
    )
    for u in usulan:
        u.hasil_kata = result_words(u.hasil_lalu)  # type: ignore[attr-defined]
    rekap = tally_results(usulan)
    return {
        "impor": list_impor(past, akses),
        "usulan": usulan,
        "rekap": rekap,
        "per_desa": [(nama, j) for (_, nama), j in rekap.desa.items()],
        "per_bidang": list(rekap.bidang.items()),
    }


def results_of(past: Musrenbang) -> QuerySet[Usulan]:
    """Return the proposals of an imported year with what became of each."""
    return Usulan.objects.filter(musrenbang=past).select_related("desa", "skpd__bidang", "hasil_lalu", "impor")


def waiting_results(past: Musrenbang) -> QuerySet[Usulan]:
    """Return those that are known to have come to nothing: not built, else not funded, else not agreed."""
    return Usulan.objects.filter(MENUNGGU, musrenbang=past)


def unknown_results(past: Musrenbang) -> QuerySet[Usulan]:
    """Return those of which the file does not say what became of them."""
    return Usulan.objects.filter(TIDAK_DIKETAHUI, musrenbang=past)


def said_words(isi: dict[str, Any]) -> str:
    """Return the same of a row that is read and not stored yet (``impor.last_year.RowResult.as_dict``)."""
    fisik = Decimal(isi["fisik"]) if isi["fisik"] else None
    return result_words(HasilLalu(**isi | {"fisik": fisik}))


def result_words(hasil: HasilLalu) -> str:
    """Return what became of a proposal in words: "disepakati Rp100.000.000, tidak didanai"."""
    step = (
        ("disepakati", hasil.disepakati, hasil.jumlah_disepakati),
        ("didanai", hasil.didanai, hasil.jumlah_didanai),
        ("terlaksana", hasil.terlaksana, None),
    )
    words = [f"{AWALAN[nilai]}{nama}{_rp(jumlah)}" for nama, nilai, jumlah in step if nilai]
    if hasil.fisik is not None:
        words.append(f"fisik {tulis.number(hasil.fisik.normalize())}%")
    if hasil.jumlah_realisasi:
        words.append(f"realisasi {tulis.rupiah(hasil.jumlah_realisasi)}")
    return ", ".join(words) or BELUM_DIKETAHUI


def result_of(usulan: Usulan | None) -> str:
    """Return what became of a proposal of an imported year in words; "" for any other."""
    result = getattr(usulan, "hasil_lalu", None)
    return result_words(result) if isinstance(result, HasilLalu) else ""


def _rp(jumlah: int | None) -> str:
    return f" {tulis.rupiah(jumlah)}" if jumlah else ""


@dataclass
class ResultSum:
    """Works and rupiah of a group: proposed, agreed, funded; works built, known to be refused, and unknown.

    ``rp_sepakat`` and ``rp_dana`` sum what the file says; ``tanpa_rp_sepakat`` and ``tanpa_rp_dana`` count the works
    agreed or funded of which it says no amount, ``tanpa_rp`` those without a cost.
    """

    n: int = 0
    rp: int = 0
    tanpa_rp: int = 0
    sepakat: int = 0
    rp_sepakat: int = 0
    tanpa_rp_sepakat: int = 0
    dana: int = 0
    rp_dana: int = 0
    tanpa_rp_dana: int = 0
    terlaksana: int = 0
    menunggu: int = 0
    tak_diketahui: int = 0

    def add(self, usulan: Usulan, bagian: Callable[[int | None], tuple[int, int | None]]) -> None:
        """Count a proposal. ``bagian``: of an amount, how many works and rupiah of it belong here."""
        result = usulan.hasil_lalu
        n, rupiah = bagian(usulan.biaya)
        self.n, self.rp = self.n + n, self.rp + (rupiah or 0)
        self.tanpa_rp += n if rupiah is None else 0
        if result.disepakati in ADA_HASIL:
            rupiah_agreed = bagian(result.jumlah_disepakati)[1]
            self.sepakat, self.rp_sepakat = self.sepakat + n, self.rp_sepakat + (rupiah_agreed or 0)
            self.tanpa_rp_sepakat += n if rupiah_agreed is None else 0
        if result.didanai in ADA_HASIL:
            rupiah_dana = bagian(result.jumlah_didanai)[1]
            self.dana, self.rp_dana = self.dana + n, self.rp_dana + (rupiah_dana or 0)
            self.tanpa_rp_dana += n if rupiah_dana is None else 0
        self.terlaksana += n if result.terlaksana in ADA_HASIL else 0
        self.menunggu += n if is_waiting(result) else 0
        self.tak_diketahui += n if is_unknown(result) else 0

    @property
    def kata_biaya(self) -> str:
        """What was asked, in words."""
        return _sum_words(self.rp, self.tanpa_rp)

    @property
    def kata_sepakat(self) -> str:
        """What was agreed, in words."""
        return _sum_words(self.rp_sepakat, self.tanpa_rp_sepakat)

    @property
    def kata_dana(self) -> str:
        """What was funded, in words."""
        return _sum_words(self.rp_dana, self.tanpa_rp_dana)


def _sum_words(amount: int, unpriced: int) -> str:
    """Return a sum in words: never "Rp0" for amounts that nobody knows."""
    if not amount:
        return "jumlah belum diketahui" if unpriced else ""
    return tulis.rupiah(amount) + (f", {unpriced} tanpa jumlah" if unpriced else "")


def is_waiting(hasil: HasilLalu) -> bool:
    """Whether the last step that is known is a no, as ``MENUNGGU`` asks the database."""
    last = next((n for n in (hasil.terlaksana, hasil.didanai, hasil.disepakati) if n), "")
    return last == TIDAK


def is_unknown(hasil: HasilLalu) -> bool:
    """Whether nothing is known of what became of it."""
    return not (hasil.disepakati or hasil.didanai or hasil.terlaksana)


@dataclass
class ResultRecap:
    """An imported year in sums: all of it, by desa (shared works once, their rupiah by share), by bidang."""

    semua: ResultSum = field(default_factory=ResultSum)
    desa: dict[tuple[str, str], ResultSum] = field(default_factory=dict)
    bidang: dict[str, ResultSum] = field(default_factory=dict)


def tally_results(usulan: Iterable[Usulan]) -> ResultRecap:
    """Sum what became of proposals (no query when they come from ``results_of``)."""
    rekap = ResultRecap()
    for u in usulan:
        rekap.semua.add(u, lambda rupiah: (1, rupiah))
        bidang = u.skpd.bidang.nama if u.skpd else u.bidang_teks or "Bidang belum ditentukan"
        rekap.bidang.setdefault(bidang, ResultSum()).add(u, lambda rupiah: (1, rupiah))
        for i, b in enumerate(u.parts(None)):
            rekap.desa.setdefault((b.kode, b.nama), ResultSum()).add(u, _share(u, i))
    rekap.desa = dict(sorted(rekap.desa.items(), key=lambda d: (not d[0][0], d[0][0])))
    return rekap


def _share(usulan: Usulan, i: int) -> Callable[[int | None], tuple[int, int | None]]:
    """The share of one of its desa, by its place in ``OfDesa.parts``."""

    def share(amount: int | None) -> tuple[int, int | None]:
        part: DesaShare = usulan.parts(amount)[i]
        return part.n, part.rp

    return share
