"""Ranking. Pure and exact: fractions inside, decimal text outside; the order never depends on the input's order."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from rkp.prioritas.hitung.galat import MasukanSalah, SeriBelumPutus
from rkp.prioritas.hitung.masukan import Calon, Kriteria, Masukan
from rkp.prioritas.hitung.suara import count_list, rank_sums

BELUM_DIPUTUS = 10**9


@dataclass(frozen=True)
class Peringkat:
    """The place of a work in its list. ``seri_dengan`` has the codes of equal score."""

    calon: Calon
    peringkat: int
    nilai: Fraction
    seri_dengan: list[str]

    @property
    def skor(self) -> str:
        """The score as exact decimal text."""
        return as_text(self.nilai)


def rank(masukan: Masukan) -> list[Peringkat]:
    """Return the works by list and rank, 1 is best. Raises SeriBelumPutus when a tie stays open."""
    hasil: list[Peringkat] = []
    seri: list[list[str]] = []
    for daftar in masukan.daftar:
        calon = masukan.of(daftar.kode)
        skor = score_list(masukan, daftar.kode, calon)
        per_skor: dict[Fraction, list[Calon]] = defaultdict(list)
        for c in calon:
            per_skor[skor[c.kode]].append(c)
        urut: list[Peringkat] = []
        for nilai in sorted(per_skor, reverse=masukan.metode != "urutan"):
            kelompok, terbuka = _break_tie(per_skor[nilai], masukan)
            seri += terbuka
            semua = sorted(c.kode for c in kelompok)
            tempat = {kode: i for i, kode in enumerate(semua)}
            urut += [
                Peringkat(c, len(urut) + i, nilai, semua[: tempat[c.kode]] + semua[tempat[c.kode] + 1 :])
                for i, c in enumerate(kelompok, start=1)
            ]
        hasil += urut
    seri += [k for k in (_open_tops(hasil) if masukan.puncak_manual else []) if k not in seri]
    if seri:
        raise SeriBelumPutus(seri)
    return hasil


def score_list(masukan: Masukan, daftar: str, calon: list[Calon]) -> dict[str, Fraction]:
    """Return the score of each work of one list by the method; in method ``urutan`` the smallest is best."""
    if masukan.metode == "suara":
        return {k: Fraction(n) for k, n in _votes(masukan, daftar, calon).items()}
    if masukan.metode == "urutan":
        return {k: Fraction(n) for k, n in _orders(masukan, daftar, calon).items()}
    ubah = {k.kode: _normaliser(k, calon) if masukan.metode == "saw" else _same for k in masukan.kriteria}
    return {
        u.kode: u.pengali * sum((k.bobot * ubah[k.kode](u.nilai[k.kode]) for k in masukan.kriteria), Fraction(0))
        for u in calon
    }


def _votes(masukan: Masukan, daftar: str, calon: list[Calon]) -> dict[str, int]:
    """The votes as stated, or as the ballots and the paper count give them; both must agree."""
    if daftar not in masukan.surat_suara and daftar not in masukan.rekap_suara:
        return {u.kode: u.suara or 0 for u in calon}
    dihitung = count_list(
        [u.kode for u in calon],
        masukan.surat_suara.get(daftar, []),
        masukan.rekap_suara.get(daftar, {}),
        masukan.tabel_pilihan,
    )
    for u in calon:
        if u.suara is not None and u.suara != dihitung[u.kode]:
            raise MasukanSalah(
                f"Hitung ulang suara {u.kode} menghasilkan {dihitung[u.kode]}, padahal tertulis {u.suara}."
            )
    return dihitung


def _orders(masukan: Masukan, daftar: str, calon: list[Calon]) -> dict[str, int]:
    """The agreed order; where none is stated, the sum of the groups' places."""
    tertulis = [u for u in calon if u.urutan is not None]
    if len(tertulis) == len(calon):
        return {u.kode: u.urutan or 0 for u in calon}
    if tertulis:
        raise MasukanSalah(f"Urutan daftar {daftar or 'ini'} baru terisi sebagian. Isi semua atau kosongkan semua.")
    return rank_sums([u.kode for u in calon], masukan.urutan_kelompok.get(daftar, []))


def _same(nilai: Fraction) -> Fraction:
    return nilai


def _normaliser(kriteria: Kriteria, calon: list[Calon]) -> Callable[[Fraction], Fraction]:
    """SAW: benefit x / max, cost min / x, among the works of one list."""
    nilai = [u.nilai[kriteria.kode] for u in calon]
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
    return sorted(calon, key=lambda c: (kunci[c.kode], c.kode)), sorted(terbuka)


def _tie_value(calon: Calon, pemecah: str, masukan: Masukan) -> Fraction:
    """Smaller comes first. Without a recorded decision a work comes last and stays equal to its like."""
    if pemecah == "biaya_terkecil":
        return Fraction(calon.biaya)
    if pemecah == "putusan":
        return Fraction(calon.putusan if calon.putusan is not None else BELUM_DIPUTUS)
    if pemecah == "suara":
        return Fraction(-(calon.suara or 0))
    jenis = next(k.jenis for k in masukan.kriteria if k.kode == pemecah)
    nilai = calon.nilai.get(pemecah, Fraction(0))
    return nilai if jenis == "biaya" else -nilai


def _open_tops(peringkat: list[Peringkat]) -> list[list[str]]:
    """KEC-03: works that share the top score of their bidang and regional priority want the meeting's own order."""
    per: dict[tuple[str, str, str], list[Peringkat]] = defaultdict(list)
    for p in peringkat:
        per[p.calon.daftar, p.calon.bidang, p.calon.prioritas].append(p)
    terbuka = []
    for satu in per.values():
        puncak = [p.calon for p in satu if p.nilai == satu[0].nilai]
        putusan = {c.putusan for c in puncak}
        if len(puncak) > 1 and (None in putusan or len(putusan) < len(puncak)):
            terbuka.append(sorted(c.kode for c in puncak))
    return sorted(terbuka)


def as_text(nilai: Fraction) -> str:
    """Return an exact decimal where there is one, else ten places: 33 -> "33", 7/2 -> "3.5"."""
    bulat, sisa = divmod(round(nilai * 10**10), 10**10)
    return f"{bulat}.{sisa:010d}".rstrip("0").rstrip(".")
