"""Ranking. Pure and exact: fractions inside, decimal text outside; the order never depends on the input's order."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from rkp.prioritas.engine.errors import BadInput, UnsettledTie
from rkp.prioritas.engine.input import Calon, Kriteria, RankingInput
from rkp.prioritas.engine.suara import count_list, rank_sums

BELUM_DIPUTUS = 10**9


@dataclass(frozen=True)
class Peringkat:
    """The place of a work in its list. ``seri_dengan`` has the codes of equal score.

    ``karena``: what placed it: ``nilai``, the link of the written chain that told it from its neighbours, or ``seri``
    while nothing tells it from them, and then they share the rank.
    """

    calon: Calon
    peringkat: int
    nilai: Fraction
    seri_dengan: list[str]
    karena: str = "nilai"

    @property
    def skor(self) -> str:
        """The score as exact decimal text."""
        return as_text(self.nilai)


@dataclass(frozen=True)
class Ordering:
    """The works by list and rank with what is still open: ``terbuka``, groups that the written chain leaves equal, and
    ``puncak``, tops of a bidang whose order the scheme leaves to the meeting (KEC-03).
    """

    peringkat: list[Peringkat]
    terbuka: list[list[str]]
    puncak: list[list[str]]

    @property
    def seri(self) -> list[list[str]]:
        """Every open group, each once."""
        return [*self.terbuka, *(k for k in self.puncak if k not in self.terbuka)]


def rank(input_data: RankingInput) -> list[Peringkat]:
    """Return the works by list and rank, 1 is best. Raises UnsettledTie when a tie stays open."""
    ordering = order(input_data)
    if ordering.seri:
        raise UnsettledTie(ordering.seri)
    return ordering.peringkat


def order(input_data: RankingInput) -> Ordering:
    """Return the order as far as it is settled: works that nothing tells apart share their rank and stand by code."""
    results: list[Peringkat] = []
    seri: list[list[str]] = []
    for listing in input_data.daftar:
        calon = input_data.of(listing.kode)
        skor = score_list(input_data, listing.kode, calon)
        per_skor: dict[Fraction, list[Calon]] = defaultdict(list)
        for c in calon:
            per_skor[skor[c.kode]].append(c)
        ordered: list[Peringkat] = []
        for nilai in sorted(per_skor, reverse=input_data.metode != "urutan"):
            groups = _break_tie(per_skor[nilai], input_data)
            ordered += _place(groups, len(ordered), nilai, input_data.pemecah_seri, seri)
        results += ordered
    return Ordering(results, seri, _open_tops(results) if input_data.puncak_manual else [])


Kunci = tuple[Fraction, ...]


def _place(
    kelompok: list[tuple[Kunci, Calon]], past: int, nilai: Fraction, tie_breaker: list[str], seri: list[list[str]]
) -> list[Peringkat]:
    """Number works of equal score, after ``past`` better ones; groups that stay equal are added to ``seri``."""
    all_rows = sorted(c.kode for _, c in kelompok)
    place = {kode: i for i, kode in enumerate(all_rows)}
    results: list[Peringkat] = []
    same: dict[Kunci, list[str]] = defaultdict(list)
    for i, (kunci, c) in enumerate(kelompok):
        same[kunci].append(c.kode)
        nomor = results[-1].peringkat if i and kelompok[i - 1][0] == kunci else past + i + 1
        beside = [kelompok[j][0] for j in (i - 1, i + 1) if 0 <= j < len(kelompok)]
        other = all_rows[: place[c.kode]] + all_rows[place[c.kode] + 1 :]
        results.append(Peringkat(c, nomor, nilai, other, _placed_by(kunci, beside, tie_breaker) if other else "nilai"))
    seri += sorted(sorted(kode) for kode in same.values() if len(kode) > 1)
    return results


def _placed_by(kunci: Kunci, beside: list[Kunci], tie_breaker: list[str]) -> str:
    """The deepest link of the chain that was needed to tell a work from those beside it."""
    differences = [next((i for i, (a, b) in enumerate(zip(kunci, k, strict=True)) if a != b), None) for k in beside]
    if None in differences or not differences:
        return "seri"
    return tie_breaker[max(b for b in differences if b is not None)]


def score_list(input_data: RankingInput, daftar: str, calon: list[Calon]) -> dict[str, Fraction]:
    """Return the score of each work of one list by the method; in method ``urutan`` the smallest is best."""
    if input_data.metode == "suara":
        return {k: Fraction(n) for k, n in _votes(input_data, daftar, calon).items()}
    if input_data.metode == "urutan":
        return {k: Fraction(n) for k, n in _orders(input_data, daftar, calon).items()}
    change = {k.kode: _normaliser(k, calon) if input_data.metode == "saw" else _same for k in input_data.kriteria}
    return {
        u.kode: u.pengali * sum((k.bobot * change[k.kode](u.nilai[k.kode]) for k in input_data.kriteria), Fraction(0))
        for u in calon
    }


def _votes(input_data: RankingInput, daftar: str, calon: list[Calon]) -> dict[str, int]:
    """The votes as stated, or as the ballots and the paper count give them; both must agree."""
    if daftar not in input_data.surat_suara and daftar not in input_data.rekap_suara:
        return {u.kode: u.suara or 0 for u in calon}
    counted = count_list(
        [u.kode for u in calon],
        input_data.surat_suara.get(daftar, []),
        input_data.rekap_suara.get(daftar, {}),
        input_data.tabel_pilihan,
        input_data.pilihan.get(daftar),
    )
    for u in calon:
        if u.suara is not None and u.suara != counted[u.kode]:
            raise BadInput(f"Hitung ulang suara {u.kode} menghasilkan {counted[u.kode]}, padahal tertulis {u.suara}.")
    return counted


def _orders(input_data: RankingInput, daftar: str, calon: list[Calon]) -> dict[str, int]:
    """The agreed order; where none is stated, the sum of the groups' places."""
    written = [u for u in calon if u.urutan is not None]
    if len(written) == len(calon):
        return {u.kode: u.urutan or 0 for u in calon}
    if written:
        raise BadInput(f"Urutan daftar {daftar or 'ini'} baru terisi sebagian. Isi semua atau kosongkan semua.")
    return rank_sums([u.kode for u in calon], input_data.urutan_kelompok.get(daftar, []))


def _same(nilai: Fraction) -> Fraction:
    return nilai


def _normaliser(kriteria: Kriteria, calon: list[Calon]) -> Callable[[Fraction], Fraction]:
    """SAW: benefit x / max, cost min / x, among the works of one list."""
    nilai = [u.nilai[kriteria.kode] for u in calon]
    if kriteria.jenis == "manfaat":
        largest = max(nilai, default=Fraction(0)) or Fraction(1)
        return lambda x: x / largest
    if 0 in nilai:
        raise BadInput(f"Kriteria biaya {kriteria.kode} tidak boleh bernilai 0 pada metode SAW.")
    smallest = min(nilai, default=Fraction(1))
    return lambda x: smallest / x


def _break_tie(calon: list[Calon], input_data: RankingInput) -> list[tuple[Kunci, Calon]]:
    """Order works of equal score by the written chain, with the key that it gives to each."""
    kunci = ((tuple(_tie_value(c, p, input_data) for p in input_data.pemecah_seri), c) for c in calon)
    return sorted(kunci, key=lambda k: (k[0], k[1].kode))


def _tie_value(calon: Calon, tie_breaker: str, input_data: RankingInput) -> Fraction:
    """Smaller comes first. Without a recorded decision a work comes last and stays equal to its like."""
    if tie_breaker == "biaya_terkecil":
        return Fraction(calon.biaya)
    if tie_breaker == "putusan":
        return Fraction(calon.putusan if calon.putusan is not None else BELUM_DIPUTUS)
    if tie_breaker == "suara":
        return Fraction(-(calon.suara or 0))
    jenis = next(k.jenis for k in input_data.kriteria if k.kode == tie_breaker)
    nilai = calon.nilai.get(tie_breaker, Fraction(0))
    return nilai if jenis == "biaya" else -nilai


def _open_tops(peringkat: list[Peringkat]) -> list[list[str]]:
    """KEC-03: works that share the top score of their bidang and regional priority want the meeting's own order."""
    per: dict[tuple[str, str, str], list[Peringkat]] = defaultdict(list)
    for p in peringkat:
        per[p.calon.daftar, p.calon.bidang, p.calon.prioritas].append(p)
    open_ones = []
    for one in per.values():
        peak = [p.calon for p in one if p.nilai == one[0].nilai]
        putusan = {c.putusan for c in peak}
        if len(peak) > 1 and (None in putusan or len(putusan) < len(peak)):
            open_ones.append(sorted(c.kode for c in peak))
    return sorted(open_ones)


def as_text(nilai: Fraction) -> str:
    """Return an exact decimal where there is one, else ten places: 33 -> "33", 7/2 -> "3.5"."""
    round_number, remainder = divmod(round(nilai * 10**10), 10**10)
    return f"{round_number}.{remainder:010d}".rstrip("0").rstrip(".")
