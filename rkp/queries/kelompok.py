"""What the groups have: their rows, proposals, scores and order; and all of it side by side for the plenary."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q, QuerySet

from musrenbang.akses import Akses
from musrenbang.infra.digest import page_digest
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.questions import Question
from musrenbang.sebutan import sebutan
from musrenbang.sidang.queries.agenda import order_digest
from musrenbang.states import TIM_INTI, Tahap
from rkp.models import (
    AnggotaKelompok,
    BarisRkp,
    Keberatan,
    Kelompok,
    Keputusan,
    PeranKelompok,
    UsulanKelompok,
)
from rkp.queries.content import DAPAT_BERUBAH
from rkp.queries.figures import MASUK, GroupFigures, Proposed, missing_words, tally_group

NILAI_MAKS = 5
# What the scores 1 to 5 mean; a criterion that is measured has the upper bounds of its bands instead, by bidang
# (musrenbang.md section 4: Asahan 2018).
KATA_NILAI = ["sangat rendah", "rendah", "sedang", "tinggi", "sangat tinggi"]
RENTANG: dict[str, Any] = {
    "C3": {"satuan": "KK", "batas": {"Infrastruktur dan Prasarana Wilayah": [10, 20, 30, 40], "": [20, 40, 60, 80]}},
}


scores_used: Question[[Musrenbang], bool] = Question("whether a ranking of the event uses the groups' scores")
"""Whether a ranking of the event uses the groups' scores; yes while none was opened yet."""


def scoring_asked(musrenbang: Musrenbang) -> bool:
    """Tell whether the groups are asked for scores now (one query while they discuss, none at another stage)."""
    return musrenbang.tahap != Tahap.KELOMPOK or scores_used(musrenbang)


def may_fill(kelompok: Kelompok, pengguna: Pengguna, akses: Akses) -> bool:
    """Tell whether a person writes for a group: the core team always, a pemandu when it is their group or nobody's."""
    if not akses.may("isi_kelompok"):
        return False
    if akses.peran & TIM_INTI:
        return True
    operator = {o.pk for o in kelompok.operator.all()}
    return not operator or pengguna.pk in operator


def check_fill(kelompok: Kelompok, pengguna: Pengguna, akses: Akses) -> None:
    """Raise PermissionDenied for a person who does not write for the group."""
    if not may_fill(kelompok, pengguna, akses):
        raise PermissionDenied(
            f"{kelompok.nama} diisi oleh akun lain. Minta {sebutan.sekcam_pendek} menambahkan akun Anda."
        )


def usulan_of(baris: BarisRkp, kelompok: Kelompok) -> UsulanKelompok:
    """Return the proposal about a row, or an unsaved one that starts from the row itself."""
    existing = UsulanKelompok.objects.filter(baris=baris).first()
    return existing or UsulanKelompok(
        baris=baris, kelompok=kelompok, versi=1, **{k: getattr(baris, k) for k in DAPAT_BERUBAH}
    )


def score_of(nilai: dict[str, int], kriteria: list[dict[str, Any]]) -> Decimal | None:
    """Return the sum of (score / 5 x weight), 0 to 100; None until every criterion is scored (musrenbang.md 4)."""
    if any(k["kode"] not in nilai for k in kriteria):
        return None
    jumlah = sum(Decimal(nilai[k["kode"]]) * k["bobot"] / NILAI_MAKS for k in kriteria)
    return Decimal(jumlah).quantize(Decimal("0.01"))


def score_choices(kriteria: dict[str, Any], bidang: str) -> list[tuple[str, str]]:
    """Return the five scores in words; a criterion measured in KK says its bands for the bidang."""
    span = RENTANG.get(kriteria["kode"])
    if span is None:
        return [(str(i), f"{i} · {words}") for i, words in enumerate(KATA_NILAI, 1)]
    limit = span["batas"].get(bidang, span["batas"][""])
    words = [f"kurang dari {limit[0]}", *(f"{a}–{b}" for a, b in _bands(limit)), f"lebih dari {limit[-1]}"]
    return [(str(i), f"{i} · {k} {span['satuan']}") for i, k in enumerate(words, 1)]


def _bands(batas: list[int]) -> Iterable[tuple[int, int]]:
    for i, (a, b) in enumerate(pairwise(batas)):
        yield (a if i == 0 else a + 1), b


def suggest_score(kriteria: dict[str, Any], bidang: str, sasaran: str) -> int | None:
    """Read "60 KK" in the target of a row and return its score on a measured criterion; None when nothing is said."""
    span = RENTANG.get(kriteria["kode"])
    matching = re.search(rf"(\d[\d.]*)\s*{re.escape(span['satuan'])}\b", sasaran, re.IGNORECASE) if span else None
    if span is None or matching is None:
        return None
    jumlah, limit = int(matching[1].replace(".", "")), span["batas"].get(bidang, span["batas"][""])
    return 1 if jumlah < limit[0] else 2 + sum(jumlah > b for b in limit[1:])


@dataclass(frozen=True)
class BarisKelompok:
    """A row with what its group proposes (None while nothing), score, objections, and how many are merged into it."""

    baris: BarisRkp
    usulan: UsulanKelompok | None
    skor: Decimal | None
    keberatan: list[Keberatan]
    merged: int

    @property
    def usul(self) -> str:
        """The proposed outcome, empty while undecided."""
        return self.usulan.usul if self.usulan else ""

    @property
    def isi(self) -> UsulanKelompok | BarisRkp:
        """Where the proposed values stand: the proposal, or the row itself."""
        return self.usulan if self.usulan and self.usulan.usul else self.baris

    @property
    def diperingkat(self) -> bool:
        """Agreed and reserve rows are ranked."""
        return self.usul in MASUK

    @property
    def terbuka(self) -> bool:
        """An objection waits for an answer."""
        return any(k.selesai_pada is None for k in self.keberatan)


@dataclass
class KelompokResult:
    """A group, its rows in their order (ranked ones first), and its sums in rupiah."""

    kelompok: Kelompok
    baris: list[BarisKelompok] = field(default_factory=list)
    scoring: bool = True
    """Whether rows that stay in want scores: only where a ranking of the event uses them."""

    @property
    def anggota(self) -> list[AnggotaKelompok]:
        """Everybody in the group, with the person."""
        return list(self.kelompok.anggota.all())

    def _orang(self, peran: str) -> str:
        return next((a.kehadiran.nama for a in self.anggota if a.peran == peran), "")

    @property
    def ketua(self) -> str:
        """The chair's name, or nothing."""
        return self._orang(PeranKelompok.KETUA)

    @property
    def notulis(self) -> str:
        """The writer's name, or nothing."""
        return self._orang(PeranKelompok.NOTULIS)

    @cached_property
    def figures(self) -> GroupFigures:
        """The sums of the rows at hand."""
        rows = (Proposed(b.usul, b.isi.biaya, b.baris.biaya_semula, b.skor is not None) for b in self.baris)
        return tally_group(rows, scoring=self.scoring)

    @property
    def diputus(self) -> int:
        """How many rows have a proposal."""
        return self.figures.decided

    @property
    def draf_rp(self) -> int:
        """What the draft asks for."""
        return self.figures.draf_rp

    @property
    def sepakat_rp(self) -> int:
        """What the group agrees to."""
        return self.figures.sepakat_rp

    @property
    def cadangan_rp(self) -> int:
        """What the group puts into reserve."""
        return self.figures.cadangan_rp

    @property
    def menunggu(self) -> list[BarisKelompok]:
        """Rows that the plenary can take over as they are proposed."""
        return [b for b in self.baris if b.usul and b.baris.keputusan == Keputusan.BELUM_DIBAHAS and not b.terbuka]

    @property
    def kurang(self) -> list[str]:
        """What is missing before chair and notulis can sign, in sentences."""
        return missing_words(self.figures, ketua=bool(self.ketua), notulis=bool(self.notulis))

    @property
    def sidik(self) -> str:
        """Digest of rows and proposals as shown: what is taken over is what was seen."""
        contents = [(b.baris.pk, b.baris.versi, b.usulan.versi if b.usulan else 0, b.terbuka) for b in self.baris]
        return page_digest(repr(sorted(contents)))

    @property
    def sidik_urutan(self) -> str:
        """Digest of the order of the ranked rows."""
        return order_digest([b.baris.pk for b in self.baris if b.diperingkat])


def list_kelompok(musrenbang: Musrenbang, only: int | None = None) -> list[KelompokResult]:
    """Return all groups, or one, with rows, members and accounts (seven queries, whatever their number)."""
    kelompok = list(
        Kelompok.objects.filter(musrenbang=musrenbang)
        .select_related("bidang", "musrenbang__kecamatan__kabupaten")
        .prefetch_related("operator", Prefetch("anggota", AnggotaKelompok.objects.select_related("kehadiran")))
    )
    if only:
        kelompok = [k for k in kelompok if k.pk == only]
    kriteria = kriteria_for(musrenbang)
    scoring = scoring_asked(musrenbang) if kelompok else True
    per = {k.bidang_id: KelompokResult(k, scoring=scoring) for k in kelompok}
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, bidang__in=per)
    for b in _with_proposals(baris, {k.bidang_id: k for k in kelompok}, kriteria):
        assert b.baris.bidang_id is not None  # filtered above
        per[b.baris.bidang_id].baris.append(b)
    for result in per.values():
        result.baris.sort(key=_order)
    return list(per.values())


def _with_proposals(
    baris: QuerySet[BarisRkp], kelompok: dict[int, Kelompok], kriteria: list[dict[str, Any]]
) -> Iterable[BarisKelompok]:
    """Read rows with what their groups propose (three queries); rows merged into others are left out."""
    read = list(
        baris.exclude(keputusan=Keputusan.DIGABUNG)
        .select_related("bidang", "desa", "skpd", "usulan_kelompok", "rkp__musrenbang")
        .prefetch_related("keberatan")
    )
    merged = BarisRkp.objects.filter(digabung_ke__in=[b.pk for b in read]).order_by()
    count = Counter(merged.values_list("digabung_ke", flat=True))
    for b in read:
        usulan = getattr(b, "usulan_kelompok", None)
        if usulan and b.bidang_id in kelompok:
            usulan.kelompok = kelompok[b.bidang_id]
        skor = score_of(usulan.nilai, kriteria) if usulan else None
        yield BarisKelompok(b, usulan, skor, list(b.keberatan.all()), count[b.pk])


def rows_with_proposals(musrenbang: Musrenbang, keys: list[int], kriteria: list[dict[str, Any]]) -> list[BarisKelompok]:
    """Return some rows of an event as groups and plenary show them (three queries)."""
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, pk__in=keys)
    return list(_with_proposals(baris, {}, kriteria))


def order_of_group(kelompok: Kelompok) -> list[int]:
    """Return the keys of a group's ranked rows in their order (two queries)."""
    kriteria = kriteria_for(kelompok.musrenbang)
    usulan = UsulanKelompok.objects.filter(
        baris__rkp__musrenbang=kelompok.musrenbang_id, baris__bidang=kelompok.bidang_id, usul__in=MASUK
    ).exclude(baris__keputusan=Keputusan.DIGABUNG)
    read = usulan.order_by().values_list("baris", "baris__nomor", "peringkat", "nilai")
    keyed = [(rank_key(place, score_of(nilai, kriteria), nomor), pk) for pk, nomor, place, nilai in read]
    return [pk for _, pk in sorted(keyed)]


def rank_key(place: int | None, skor: Decimal | None, nomor: int) -> tuple[int, Decimal, int]:
    """Sort ranked rows by their place; new ones stand behind, by score, then by number."""
    return (place or 1_000_000, -(skor or Decimal(0)), nomor)


def _order(b: BarisKelompok) -> tuple[bool, tuple[int, Decimal, int]]:
    """Ranked rows first, by ``rank_key``; the rest by score and number."""
    place = b.usulan.peringkat if b.usulan and b.diperingkat else None
    return (not b.diperingkat, rank_key(place, b.skor, b.baris.nomor))


def hasil_kelompok(kelompok: Kelompok) -> KelompokResult:
    """Return one group with everything."""
    return list_kelompok(kelompok.musrenbang, only=kelompok.pk)[0]


def without_kelompok(musrenbang: Musrenbang) -> int:
    """Return how many undecided rows no group discusses: the plenary decides them itself."""
    bidang = Kelompok.objects.filter(musrenbang=musrenbang).values("bidang")
    baris = BarisRkp.objects.filter(rkp__musrenbang=musrenbang, keputusan=Keputusan.BELUM_DIBAHAS)
    return baris.filter(Q(bidang=None) | ~Q(bidang__in=bidang)).count()


def seating_digest(musrenbang: Musrenbang) -> str:
    """Digest of who sits where and as what, in all groups of an event (one query)."""
    seats = AnggotaKelompok.objects.filter(kelompok__musrenbang=musrenbang).order_by("kelompok", "kehadiran")
    return page_digest(repr(list(seats.values_list("kelompok", "kehadiran", "peran"))))


def members_digest(kelompok: Kelompok) -> str:
    """Digest of who sits in the group and as what: a page that shows it can tell whether it is stale (one query)."""
    anggota = kelompok.anggota.order_by("kehadiran").values_list("kehadiran", "peran")
    return page_digest(repr(list(anggota)))
