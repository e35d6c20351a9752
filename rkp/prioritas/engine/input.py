"""The input of a ranking, read from JSON and checked. Pure: nothing here knows the database."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any

from rkp.prioritas.engine.ahp import CR_MAKS, weigh
from rkp.prioritas.engine.errors import BadInput
from rkp.prioritas.engine.suara import TABEL_PILIHAN

METODE = {"suara", "skor", "saw", "urutan"}
KEBIJAKAN = {"berhenti", "lewati", "parsial"}
PEMECAH = {"biaya_terkecil", "putusan", "suara"}


@dataclass(frozen=True)
class Listing:
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
    """One work that competes. ``biaya`` and ``disetujui`` in whole rupiah.

    ``halangan``: why it may not be funded although it is ranked. ``didahulukan``: the meeting's written reason to fund
    it although a higher one did not fit. ``desa_semua``: the desa of a work that is not one desa's alone, none of the
    whole kecamatan's. ``disetujui`` with ``alasan``: less than asked, by decision.
    """

    kode: str
    daftar: str
    biaya: int
    suara: int | None
    nilai: dict[str, Fraction]
    urutan: int | None
    putusan: int | None
    pengali: Fraction = Fraction(1)
    disetujui: int | None = None
    alasan: str = ""
    halangan: str = ""
    didahulukan: str = ""
    desa: str = ""
    desa_semua: tuple[str, ...] | None = None
    tema: str = ""
    bidang: str = ""
    prioritas: str = ""

    @property
    def tempat(self) -> tuple[str, ...]:
        """The desa whose quota it takes a place of: each of several, none for the whole kecamatan's."""
        return (self.desa,) if self.desa_semua is None else self.desa_semua


@dataclass(frozen=True)
class Quota:
    """How many works may be funded: per desa, in all, and at least per theme."""

    desa: int | None = None
    kecamatan: int | None = None
    tema: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class RankingInput:
    """A whole ranking: the scheme, its candidates, and what the votes or the order were counted from.

    ``surat_suara``: the choices of each ballot by list; ``rekap_suara``: votes counted on paper or by hands;
    ``urutan_kelompok``: the order of each discussion group by list. ``pilihan``: how many works each ballot named.
    ``seri_bersama``: works whose tie changes nothing may share their rank.
    """

    metode: str
    pagu: int
    kebijakan: str
    daftar: list[Listing]
    kriteria: list[Kriteria]
    pemecah_seri: list[str]
    usulan: list[Calon]
    kuota: Quota = Quota()
    ambang: Fraction | None = None
    puncak_manual: bool = False
    seri_bersama: bool = False
    tabel_pilihan: list[tuple[int | None, int]] = field(default_factory=lambda: list(TABEL_PILIHAN))
    surat_suara: dict[str, list[list[str]]] = field(default_factory=dict)
    rekap_suara: dict[str, dict[str, int]] = field(default_factory=dict)
    urutan_kelompok: dict[str, list[list[str]]] = field(default_factory=dict)
    pilihan: dict[str, int] = field(default_factory=dict)

    def of(self, daftar: str) -> list[Calon]:
        """The candidates of one list, in the order of the input."""
        return [u for u in self.usulan if u.daftar == daftar]


def parse_input(data: Any) -> RankingInput:
    """Return the input of ``hitung_prioritas`` (antarmuka.md); raise BadInput for anything else."""
    content = _dict(data, "masukan")
    skema, usulan = _dict(content.get("skema"), "skema"), _list(content.get("usulan"), "usulan")
    list_rows = [_listings(d) for d in _list(skema.get("daftar") or [{"kode": "", "urut": 1}], "daftar")]
    threshold = skema.get("ambang_lolos")
    input_data = RankingInput(
        metode=_choose(skema.get("metode"), METODE, "metode"),
        pagu=_rupiah(skema.get("pagu"), "pagu"),
        kebijakan=_choose(skema.get("kebijakan_sisa", "berhenti"), KEBIJAKAN, "kebijakan_sisa"),
        daftar=sorted(list_rows, key=lambda d: (d.urut, d.kode)),
        kriteria=_weighed([_kriteria(k) for k in _list(skema.get("kriteria") or [], "kriteria")], skema),
        pemecah_seri=[str(p) for p in _list(skema.get("pemecah_seri") or [], "pemecah_seri")],
        usulan=[
            _candidates(u, {d.kode for d in list_rows}, list_rows[0].kode if len(list_rows) == 1 else None)
            for u in usulan
        ],
        kuota=_quotas(_dict(skema.get("kuota") or {}, "kuota")),
        ambang=None if threshold is None else _fraction(threshold, "ambang_lolos"),
        puncak_manual=skema.get("puncak_manual") is True,
        seri_bersama=skema.get("seri_bersama") is True,
        tabel_pilihan=_tabel(skema.get("tabel_pilihan") or [list(t) for t in TABEL_PILIHAN]),
        surat_suara=_per_list(content.get("surat_suara"), "surat_suara", _ballots),
        rekap_suara=_per_list(content.get("rekap_suara"), "rekap_suara", _counts),
        urutan_kelompok=_per_list(content.get("urutan_kelompok"), "urutan_kelompok", _ballots),
        pilihan={k: n for k, n in _per_list(content.get("pilihan"), "pilihan", _whole_number).items() if n},
    )
    _check(input_data)
    return input_data


def _check(input_data: RankingInput) -> None:
    _unique([u.kode for u in input_data.usulan], "kode usulan")
    _unique([k.kode for k in input_data.kriteria], "kode kriteria")
    _unique([d.kode for d in input_data.daftar], "kode daftar")
    kriteria_code = {k.kode for k in input_data.kriteria}
    for p in input_data.pemecah_seri:
        if p not in kriteria_code | PEMECAH:
            raise BadInput(f"Penentu skor sama “{p}” tidak dikenal.")
    judged = input_data.metode in {"skor", "saw"}
    if judged and not input_data.kriteria:
        raise BadInput(f"Metode {input_data.metode} memerlukan kriteria.")
    counted = set(input_data.surat_suara) | set(input_data.rekap_suara)
    for u in input_data.usulan:
        if input_data.metode == "suara" and u.suara is None and u.daftar not in counted:
            raise BadInput(f"Usulan {u.kode} belum ada jumlah suaranya.")
        if input_data.metode == "urutan" and u.urutan is None and u.daftar not in input_data.urutan_kelompok:
            raise BadInput(f"Usulan {u.kode} belum ada urutannya.")
        missing = kriteria_code - set(u.nilai) if judged else set()
        if missing:
            raise BadInput(f"Usulan {u.kode} belum ada skor {', '.join(sorted(missing))}.")


def _unique(kode: list[str], nama: str) -> None:
    duplicate = sorted(k for k, n in Counter(kode).items() if n > 1)
    if duplicate:
        raise BadInput(f"Ada {nama} yang berulang: {', '.join(duplicate)}.")


def _weighed(kriteria: list[Kriteria], skema: dict[str, Any]) -> list[Kriteria]:
    """Take the weights from the pairwise comparison where there is one (AHP); a contradictory one is refused."""
    matrix = skema.get("perbandingan")
    if matrix is None:
        return kriteria
    figures = [
        [_fraction(n, "perbandingan") for n in _list(baris, "perbandingan")] for baris in _list(matrix, "perbandingan")
    ]
    if len(figures) != len(kriteria):
        raise BadInput("“perbandingan” harus sebanyak kriterianya, ke kanan dan ke bawah.")
    result = weigh(figures)
    if result.rasio > CR_MAKS:
        raise BadInput(
            f"Perbandingan kriteria saling bertentangan: rasio konsistensi {float(result.rasio):.2f} melebihi 0.10. "
            "Periksa lagi perbandingannya."
        )
    return [Kriteria(k.kode, b, k.jenis) for k, b in zip(kriteria, result.bobot, strict=True)]


def _dict(data: Any, nama: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise BadInput(f"“{nama}” harus berupa objek JSON.")
    return data


def _list(data: Any, nama: str) -> list[Any]:
    if not isinstance(data, list):
        raise BadInput(f"“{nama}” harus berupa daftar.")
    return data


def _choose(nilai: Any, allowed: set[str], nama: str) -> str:
    if not isinstance(nilai, str) or nilai not in allowed:
        raise BadInput(f"“{nama}” harus salah satu dari {', '.join(sorted(allowed))}.")
    return nilai


def _rupiah(nilai: Any, nama: str) -> int:
    if isinstance(nilai, bool) or not isinstance(nilai, int) or nilai < 0:
        raise BadInput(f"“{nama}” harus rupiah tanpa sen, 0 atau lebih.")
    return nilai


def _whole_number(nilai: Any, nama: str) -> int | None:
    if nilai is None:
        return None
    if isinstance(nilai, bool) or not isinstance(nilai, int) or nilai < 0:
        raise BadInput(f"“{nama}” harus bilangan bulat, 0 atau lebih.")
    return nilai


def _fraction(nilai: Any, nama: str) -> Fraction:
    try:
        result = _exact("NaN" if isinstance(nilai, bool) else str(nilai))
    except InvalidOperation as error:
        raise BadInput(f"“{nama}” bukan angka: {nilai!r}.") from error
    if result is None:
        raise BadInput(f"“{nama}” harus angka, 0 atau lebih.")
    return result


@lru_cache(maxsize=4096)  # scores repeat: ten thousand works share a few values
def _exact(text: str) -> Fraction | None:
    decimal = Decimal(text)
    plausible = decimal.is_finite() and decimal >= 0 and abs(decimal.adjusted()) <= 30
    return Fraction(decimal) if plausible else None


def _code(nilai: Any) -> str:
    """Codes are text; a number is taken as its digits, nothing else is guessed."""
    return str(nilai) if isinstance(nilai, str | int) and not isinstance(nilai, bool) else ""


def _kriteria(data: Any) -> Kriteria:
    content = _dict(data, "kriteria")
    kode = _code(content.get("kode"))
    if not kode:
        raise BadInput("Ada kriteria tanpa kode.")
    return Kriteria(
        kode,
        _fraction(content.get("bobot", 0), f"bobot {kode}"),
        _choose(content.get("jenis", "manfaat"), {"manfaat", "biaya"}, "jenis kriteria"),
    )


def _listings(data: Any) -> Listing:
    content = _dict(data, "daftar")
    share = content.get("porsi_maks")
    result = Listing(
        _code(content.get("kode")),
        _whole_number(content.get("urut", 1), "urut") or 0,
        None if share is None else _fraction(share, "porsi_maks"),
    )
    if result.porsi_maks is not None and result.porsi_maks > 1:
        raise BadInput(f"Porsi daftar {result.kode} lebih dari 1.")
    return result


def _quotas(content: dict[str, Any]) -> Quota:
    tema = _dict(content.get("tema") or {}, "kuota tema")
    return Quota(
        _whole_number(content.get("desa"), "kuota desa"),
        _whole_number(content.get("kecamatan"), "kuota kecamatan"),
        {str(k): _whole_number(v, f"kuota tema {k}") or 0 for k, v in tema.items()},
    )


def _tabel(data: Any) -> list[tuple[int | None, int]]:
    """Rows of [number of proposals at most, picks]; the last row has no bound."""
    results: list[tuple[int | None, int]] = []
    for baris in _list(data, "tabel_pilihan"):
        if not isinstance(baris, list) or len(baris) != 2:
            raise BadInput("“tabel_pilihan” berisi pasangan [banyak usulan, banyak pilihan].")
        results.append((_whole_number(baris[0], "tabel_pilihan"), _whole_number(baris[1], "tabel_pilihan") or 0))
    limit = [b for b, _ in results]
    if not results or limit[-1] is not None or None in limit[:-1] or any(n < 1 for _, n in results):
        raise BadInput("Baris terakhir “tabel_pilihan” tanpa batas (null), yang lain berbatas dan pilihannya ≥ 1.")
    return results


def _per_list(data: Any, nama: str, read: Any) -> dict[str, Any]:
    return {str(k): read(v, nama) for k, v in _dict(data or {}, nama).items()}


def _ballots(data: Any, nama: str) -> list[list[str]]:
    return [[_code(k) for k in _list(one, nama)] for one in _list(data, nama)]


def _counts(data: Any, nama: str) -> dict[str, int]:
    return {str(k): _whole_number(v, f"{nama} {k}") or 0 for k, v in _dict(data, nama).items()}


def _candidates(data: Any, daftar: set[str], only_one: str | None) -> Calon:
    content = _dict(data, "usulan")
    kode = _code(content.get("kode"))
    if not kode:
        raise BadInput("Ada usulan tanpa kode.")
    listing_name = content.get("daftar")
    if listing_name is None:
        listing_name = only_one
    if not isinstance(listing_name, str) or listing_name not in daftar:
        raise BadInput(f"Usulan {kode} memakai daftar yang tidak ada: {listing_name!r}.")
    nilai = _dict(content.get("nilai") or {}, f"nilai {kode}")
    result = Calon(
        kode=kode,
        daftar=str(listing_name),
        biaya=_rupiah(content.get("biaya"), f"biaya {kode}"),
        suara=_whole_number(content.get("suara"), f"suara {kode}"),
        nilai={str(k): _fraction(v, f"nilai {k} {kode}") for k, v in nilai.items() if v is not None},
        urutan=_whole_number(content.get("urutan"), f"urutan {kode}"),
        putusan=_whole_number(content.get("putusan"), f"putusan {kode}"),
        pengali=_fraction(1 if content.get("pengali") is None else content["pengali"], f"pengali {kode}"),
        disetujui=_whole_number(content.get("disetujui"), f"disetujui {kode}"),
        desa_semua=None if content.get("desa_semua") is None else _names(content["desa_semua"], f"desa_semua {kode}"),
        **{k: str(content.get(k) or "") for k in TEKS},
    )
    if result.disetujui is not None and result.disetujui != result.biaya:
        if result.disetujui > result.biaya:
            raise BadInput(f"Usulan {kode} disetujui lebih besar dari yang diminta.")
        if not result.alasan.strip():
            raise BadInput(f"Usulan {kode} disetujui kurang dari yang diminta, tetapi alasannya kosong.")
    return result


def _names(data: Any, nama: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(n) for n in _list(data, nama)))


TEKS = ("alasan", "halangan", "didahulukan", "desa", "tema", "bidang", "prioritas")
