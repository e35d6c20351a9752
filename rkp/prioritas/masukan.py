"""The input of a ranking, read from JSON and checked. Pure: nothing here knows the database."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

METODE = {"suara", "skor", "saw", "urutan"}
KEBIJAKAN = {"berhenti", "lewati", "parsial"}


class MasukanSalah(ValueError):
    """The input cannot be ranked; one Indonesian sentence says why."""


@dataclass(frozen=True)
class Daftar:
    """A list that is ranked and funded on its own, with the largest share of the pagu it may take."""

    kode: str
    urut: int
    porsi_maks: Fraction | None


@dataclass(frozen=True)
class Kriteria:
    """A criterion: weight and whether more is better (manfaat) or less (biaya)."""

    kode: str
    bobot: Fraction
    jenis: str


@dataclass(frozen=True)
class Calon:
    """One work that competes. ``biaya`` in whole rupiah."""

    kode: str
    daftar: str
    biaya: int
    suara: int | None
    nilai: dict[str, Fraction]
    urutan: int | None
    putusan: int | None


@dataclass(frozen=True)
class Masukan:
    """A whole ranking: the scheme and its candidates."""

    metode: str
    pagu: int
    kebijakan: str
    daftar: list[Daftar]
    kriteria: list[Kriteria]
    pemecah_seri: list[str]
    usulan: list[Calon]


def parse_masukan(data: Any) -> Masukan:
    """Return the input of ``hitung_prioritas`` (antarmuka.md); raise MasukanSalah for anything else."""
    skema, usulan = _dict(data, "masukan").get("skema"), data.get("usulan")
    skema = _dict(skema, "skema")
    if not isinstance(usulan, list):
        raise MasukanSalah("“usulan” harus berupa daftar.")
    kriteria = [_kriteria(k) for k in skema.get("kriteria") or []]
    daftar = [_daftar(d) for d in skema.get("daftar") or [{"kode": "", "urut": 1}]]
    masukan = Masukan(
        metode=_pilih(skema.get("metode"), METODE, "metode"),
        pagu=_rupiah(skema.get("pagu"), "pagu"),
        kebijakan=_pilih(skema.get("kebijakan_sisa", "berhenti"), KEBIJAKAN, "kebijakan_sisa"),
        daftar=sorted(daftar, key=lambda d: d.urut),
        kriteria=kriteria,
        pemecah_seri=[str(p) for p in skema.get("pemecah_seri") or []],
        usulan=[_calon(u, daftar) for u in usulan],
    )
    _check(masukan)
    return masukan


def _check(masukan: Masukan) -> None:
    _unik([u.kode for u in masukan.usulan], "kode usulan")
    _unik([k.kode for k in masukan.kriteria], "kode kriteria")
    _unik([d.kode for d in masukan.daftar], "kode daftar")
    kode_kriteria = {k.kode for k in masukan.kriteria}
    for p in masukan.pemecah_seri:
        if p not in kode_kriteria | {"biaya_terkecil", "putusan", "suara"}:
            raise MasukanSalah(f"Pemecah seri “{p}” tidak dikenal.")
    if masukan.metode in {"skor", "saw"} and not masukan.kriteria:
        raise MasukanSalah(f"Metode {masukan.metode} memerlukan kriteria.")
    for u in masukan.usulan:
        if masukan.metode == "suara" and u.suara is None:
            raise MasukanSalah(f"Usulan {u.kode} belum ada jumlah suaranya.")
        if masukan.metode == "urutan" and u.urutan is None:
            raise MasukanSalah(f"Usulan {u.kode} belum ada urutannya.")
        kurang = kode_kriteria - set(u.nilai) if masukan.metode in {"skor", "saw"} else set()
        if kurang:
            raise MasukanSalah(f"Usulan {u.kode} belum ada nilai {', '.join(sorted(kurang))}.")


def _unik(kode: list[str], nama: str) -> None:
    ganda = sorted({k for k in kode if kode.count(k) > 1}) if len(set(kode)) != len(kode) else []
    if ganda:
        raise MasukanSalah(f"Ada {nama} yang berulang: {', '.join(ganda)}.")


def _dict(data: Any, nama: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise MasukanSalah(f"“{nama}” harus berupa objek JSON.")
    return data


def _pilih(nilai: Any, boleh: set[str], nama: str) -> str:
    if nilai not in boleh:
        raise MasukanSalah(f"“{nama}” harus salah satu dari {', '.join(sorted(boleh))}.")
    return str(nilai)


def _rupiah(nilai: Any, nama: str) -> int:
    if isinstance(nilai, bool) or not isinstance(nilai, int) or nilai < 0:
        raise MasukanSalah(f"“{nama}” harus rupiah bulat, 0 atau lebih.")
    return nilai


def _bulat(nilai: Any, nama: str) -> int | None:
    if nilai is None:
        return None
    if isinstance(nilai, bool) or not isinstance(nilai, int) or nilai < 0:
        raise MasukanSalah(f"“{nama}” harus bilangan bulat, 0 atau lebih.")
    return nilai


def _pecahan(nilai: Any, nama: str) -> Fraction:
    try:
        desimal = Decimal(str(nilai)) if not isinstance(nilai, bool) else Decimal("NaN")
    except InvalidOperation as galat:
        raise MasukanSalah(f"“{nama}” bukan angka: {nilai!r}.") from galat
    if not desimal.is_finite() or desimal < 0:
        raise MasukanSalah(f"“{nama}” harus angka, 0 atau lebih.")
    return Fraction(desimal)


def _kriteria(data: Any) -> Kriteria:
    isi = _dict(data, "kriteria")
    return Kriteria(
        str(isi.get("kode", "")),
        _pecahan(isi.get("bobot"), f"bobot {isi.get('kode')}"),
        _pilih(isi.get("jenis", "manfaat"), {"manfaat", "biaya"}, "jenis kriteria"),
    )


def _daftar(data: Any) -> Daftar:
    isi = _dict(data, "daftar")
    porsi = isi.get("porsi_maks")
    hasil = Daftar(
        str(isi.get("kode", "")),
        _bulat(isi.get("urut", 1), "urut") or 0,
        None if porsi is None else _pecahan(porsi, "porsi_maks"),
    )
    if hasil.porsi_maks is not None and hasil.porsi_maks > 1:
        raise MasukanSalah(f"Porsi daftar {hasil.kode} lebih dari 1.")
    return hasil


def _calon(data: Any, daftar: list[Daftar]) -> Calon:
    isi = _dict(data, "usulan")
    kode = str(isi.get("kode") or "")
    if not kode:
        raise MasukanSalah("Ada usulan tanpa kode.")
    nama_daftar = isi.get("daftar")
    if nama_daftar is None and len(daftar) == 1:
        nama_daftar = daftar[0].kode
    if nama_daftar not in {d.kode for d in daftar}:
        raise MasukanSalah(f"Usulan {kode} memakai daftar yang tidak ada: {nama_daftar!r}.")
    nilai = _dict(isi.get("nilai") or {}, f"nilai {kode}")
    return Calon(
        kode=kode,
        daftar=str(nama_daftar),
        biaya=_rupiah(isi.get("biaya"), f"biaya {kode}"),
        suara=_bulat(isi.get("suara"), f"suara {kode}"),
        nilai={str(k): _pecahan(v, f"nilai {k} {kode}") for k, v in nilai.items() if v is not None},
        urutan=_bulat(isi.get("urutan"), f"urutan {kode}"),
        putusan=_bulat(isi.get("putusan"), f"putusan {kode}"),
    )
