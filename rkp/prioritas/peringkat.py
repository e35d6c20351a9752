"""Ranking. Pure and exact: fractions inside, decimal text outside; the order never depends on the input's order."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from rkp.prioritas.masukan import Calon, Kriteria, Masukan, MasukanSalah


class SeriBelumPutus(MasukanSalah):
    """Works with equal scores that the written chain does not tell apart. ``kode`` names each group of them."""

    def __init__(self, kode: list[list[str]]) -> None:
        self.kode = kode
        kelompok = "; ".join(", ".join(k) for k in kode)
        super().__init__(f"Nilai seri belum terpecahkan antara: {kelompok}. Isi putusan untuk usulan itu.")


@dataclass(frozen=True)
class Peringkat:
    """The place of a work in its list. ``skor`` as text; ``seri_dengan`` has the codes of equal score."""

    calon: Calon
    peringkat: int
    skor: str
    seri_dengan: list[str]


def rank(masukan: Masukan) -> list[Peringkat]:
    """Return the works by list and rank, 1 is best. Raises SeriBelumPutus when a tie stays open."""
    skor = _scores(masukan)
    hasil: list[Peringkat] = []
    seri: list[list[str]] = []
    for daftar in masukan.daftar:
        per_skor: dict[Fraction, list[Calon]] = defaultdict(list)
        for calon in masukan.usulan:
            if calon.daftar == daftar.kode:
                per_skor[skor[calon.kode]].append(calon)
        urut: list[Peringkat] = []
        for nilai in sorted(per_skor, reverse=masukan.metode != "urutan"):
            kelompok, sisa_seri = _break_tie(per_skor[nilai], masukan)
            seri += sisa_seri
            semua = sorted(c.kode for c in kelompok)
            urut += [
                Peringkat(c, len(urut) + i, as_text(nilai), [k for k in semua if k != c.kode])
                for i, c in enumerate(kelompok, start=1)
            ]
        hasil += urut
    if seri:
        raise SeriBelumPutus(seri)
    return hasil


def _scores(masukan: Masukan) -> dict[str, Fraction]:
    if masukan.metode == "suara":
        return {u.kode: Fraction(u.suara or 0) for u in masukan.usulan}
    if masukan.metode == "urutan":
        return {u.kode: Fraction(u.urutan or 0) for u in masukan.usulan}
    ubah = {k.kode: _normaliser(k, masukan.usulan) if masukan.metode == "saw" else _same for k in masukan.kriteria}
    return {
        u.kode: sum((k.bobot * ubah[k.kode](u.nilai[k.kode]) for k in masukan.kriteria), Fraction(0))
        for u in masukan.usulan
    }


def _same(nilai: Fraction) -> Fraction:
    return nilai


def _normaliser(kriteria: Kriteria, usulan: list[Calon]) -> Callable[[Fraction], Fraction]:
    """SAW: benefit x / max, cost min / x."""
    nilai = [u.nilai[kriteria.kode] for u in usulan]
    if kriteria.jenis == "manfaat":
        terbesar = max(nilai, default=Fraction(0)) or Fraction(1)
        return lambda x: x / terbesar
    if 0 in nilai:
        raise MasukanSalah(f"Kriteria biaya {kriteria.kode} tidak boleh bernilai 0 pada metode SAW.")
    terkecil = min(nilai, default=Fraction(1))
    return lambda x: terkecil / x


def _break_tie(calon: list[Calon], masukan: Masukan) -> tuple[list[Calon], list[list[str]]]:
    """Order works of equal score by the written chain; return also the groups that it leaves equal."""
    kunci = {c.kode: tuple(_tie_value(c, p, masukan) for p in masukan.pemecah_seri) for c in calon}
    sama: dict[tuple[Fraction, ...], list[str]] = defaultdict(list)
    for c in calon:
        sama[kunci[c.kode]].append(c.kode)
    terbuka = [sorted(kode) for kode in sama.values() if len(kode) > 1]
    return sorted(calon, key=lambda c: (kunci[c.kode], c.kode)), terbuka


def _tie_value(calon: Calon, pemecah: str, masukan: Masukan) -> Fraction:
    """Smaller comes first. Without a recorded decision a work comes last and stays equal to its like."""
    if pemecah == "biaya_terkecil":
        return Fraction(calon.biaya)
    if pemecah == "putusan":
        return Fraction(calon.putusan if calon.putusan is not None else 10**9)
    if pemecah == "suara":
        return Fraction(-(calon.suara or 0))
    jenis = next(k.jenis for k in masukan.kriteria if k.kode == pemecah)
    nilai = calon.nilai.get(pemecah, Fraction(0))
    return nilai if jenis == "biaya" else -nilai


def as_text(nilai: Fraction) -> str:
    """Return an exact decimal where there is one, else ten places: 33 -> "33", 7/2 -> "3.5"."""
    bulat, sisa = divmod(round(nilai * 10**10), 10**10)
    return f"{bulat}.{sisa:010d}".rstrip("0").rstrip(".")
