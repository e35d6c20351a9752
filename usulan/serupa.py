"""Which proposals are about the same work: shared words of title and place, rare words weighing most. Pure.

Two proposals of one desa are alike when their titles and places share most of their weight. Of two desa only a shared
name of a place counts: every desa has an RT 03 and wants its office mended.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

AMBANG = 0.66  # of 1: from here on two proposals are shown as similar
SALAH_KETIK = 86  # of 100: words so near are one word misspelt
UMUM = 0.2  # weight of words that say little about which work it is
JARANG = 0.04  # words of up to this share of the proposals bring two of them together for a look
PALING_JARANG = 40
SINGKATAN = {
    "rehab": "rehabilitasi", "pemb": "pembangunan", "jln": "jalan", "jl": "jalan", "lingk": "lingkungan",
    "kp": "kampung", "kmp": "kampung", "dsn": "dusun", "ds": "desa", "bh": "buah", "mtr": "meter", "sal": "saluran",
    "irg": "irigasi", "jemb": "jembatan", "pav": "paving", "ling": "lingkungan",
}  # fmt: skip
KATA_UMUM = frozenset({
    "pembangunan", "peningkatan", "rehabilitasi", "perbaikan", "pemeliharaan", "pengadaan", "kegiatan",
    "program", "penataan", "pembuatan", "bantuan", "penyediaan", "pengembangan", "pelaksanaan", "usulan",
    "pekerjaan", "sarana", "prasarana", "desa", "kampung", "dusun", "blok", "jalan", "lokasi", "meter", "unit",
    "buah", "paket", "titik", "lingkungan", "wilayah", "kelurahan", "kecamatan", "rt", "rw", "kelompok", "tani",
    "petani", "kel", "poktan", "puskesmas", "posyandu", "sekolah", "sd", "sdn", "smp", "smpn", "paud", "daerah",
    "saluran", "pasangan", "irigasi", "ruas", "jalur", "kedusunan", "kantor", "balai",
})  # fmt: skip


RT_RW = re.compile(r"r[tw]\d+")
BEDA_NOMOR = 0.75  # what is left of the score when both have numbers and share none
LANGKA = 3  # a word in so few proposals names one work even without a place


@dataclass(frozen=True)
class Naskah:
    """What is compared of one proposal."""

    kunci: int
    desa: int
    kegiatan: str
    lokasi: str


@dataclass(frozen=True)
class Pasangan:
    """Two similar proposals: how alike (0 to 1) and why, in words."""

    a: int
    b: int
    nilai: float
    alasan: tuple[str, ...]


@dataclass(frozen=True)
class _Kata:
    judul: frozenset[str]
    tempat: frozenset[str]
    nomor: frozenset[str]  # RT, RW and other numbers: they tell SDN 1 from SDN 3 and one RT from the next


def find_similar(daftar: list[Naskah], ambang: float = AMBANG) -> list[Pasangan]:
    """Return the pairs that are at least ``ambang`` alike, the most alike first."""
    kata = _one_spelling([_words(n) for n in daftar])
    bobot = _weights(kata)
    hasil = []
    for i, j in _candidates(daftar, kata):
        sedesa = daftar[i].desa == daftar[j].desa
        nilai = _score(kata[i], kata[j], bobot, sedesa)
        if nilai >= ambang:
            alasan = _reasons(kata[i], kata[j], sedesa)
            hasil.append(Pasangan(daftar[i].kunci, daftar[j].kunci, round(nilai, 3), alasan))
    return sorted(hasil, key=lambda p: (-p.nilai, p.a, p.b))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset((Path(__file__).parents[1] / "fixtures/teks/stopword.txt").read_text().split())


def _tokens(teks: str) -> list[str]:
    teks = re.sub(r"\br\.?\s*([tw])\.?\s*[:.]?\s*0*(\d+)", r" r\1\2 ", teks.lower())
    teks = re.sub(r"(rt\d+)\s*/\s*0*(\d+)", r"\1 rw\2", teks)
    kata = [SINGKATAN.get(k, k) for k in re.findall(r"[a-z]+\d*|\d+", teks)]
    return [k for k in kata if k not in _stop_words() and (len(k) > 1 or k.isdigit())]


def _words(naskah: Naskah) -> _Kata:
    judul, tempat = _tokens(naskah.kegiatan), _tokens(naskah.lokasi)
    nomor = {k.lstrip("0") for k in tempat if k.isdigit()} | {k for k in (*judul, *tempat) if RT_RW.fullmatch(k)}
    bukan = nomor | {k for k in tempat if k.isdigit()}
    return _Kata(frozenset(judul) - nomor, frozenset(tempat) - bukan, frozenset(nomor))


def _one_spelling(daftar: list[_Kata]) -> list[_Kata]:
    """Give words that differ by a slip of the pen ("Cijengkol", "Cijenkol") one spelling, the more frequent."""
    jumlah = Counter(k for satu in daftar for k in (*satu.judul, *satu.tempat))
    per_awal: dict[str, list[str]] = defaultdict(list)
    ejaan = {}
    for kata, _ in jumlah.most_common():
        if len(kata) < 6 or not kata.isalpha():
            continue
        keluarga = per_awal[kata[:2]]
        baku = next((b for b in keluarga if abs(len(b) - len(kata)) < 3 and fuzz.ratio(b, kata) >= SALAH_KETIK), None)
        if baku:
            ejaan[kata] = baku
        else:
            keluarga.append(kata)
    if not ejaan:
        return daftar
    return [
        _Kata(
            frozenset(ejaan.get(k, k) for k in satu.judul), frozenset(ejaan.get(k, k) for k in satu.tempat), satu.nomor
        )
        for satu in daftar
    ]  # fmt: skip


def _weights(daftar: list[_Kata]) -> dict[str, float]:
    """Rare words weigh more; words of every list, units and bare numbers little. "" is the weight of a rare word."""
    jumlah = Counter(k for satu in daftar for k in satu.judul | satu.tempat | satu.nomor)
    bobot = {
        k: math.log(1 + len(daftar) / n) * (UMUM if k in KATA_UMUM or k.isdigit() else 1) for k, n in jumlah.items()
    }
    return bobot | {"": math.log(1 + len(daftar) / LANGKA)}


def _candidates(daftar: list[Naskah], kata: list[_Kata]) -> Iterator[tuple[int, int]]:
    """Pairs that share a rare word, or the whole title within one desa; nothing else can reach the threshold."""
    batas = max(PALING_JARANG, int(len(daftar) * JARANG))
    tempat: dict[Hashable, list[int]] = defaultdict(list)
    for i, satu in enumerate(kata):
        for k in satu.judul | satu.tempat:
            tempat[k].append(i)
        tempat[daftar[i].desa, satu.judul].append(i)
        tempat[daftar[i].desa, satu.tempat, satu.nomor].append(i)
    sudah: set[int] = set()
    for kunci, anggota in tempat.items():
        if len(anggota) > (batas if isinstance(kunci, str) else 10 * batas):
            continue
        for i, j in combinations(anggota, 2):
            tanda = i * len(daftar) + j
            if tanda not in sudah:
                sudah.add(tanda)
                yield i, j


def _overlap(a: frozenset[str], b: frozenset[str], bobot: dict[str, float]) -> float:
    """Weighted Jaccard: the weight of the shared words in that of all words; 0 when both are empty."""
    gabung = sum(bobot[k] for k in a | b)
    return sum(bobot[k] for k in a & b) / gabung if gabung else 0.0


def _score(a: _Kata, b: _Kata, bobot: dict[str, float], sedesa: bool) -> float:
    judul = _overlap(a.judul, b.judul, bobot)
    kali = BEDA_NOMOR if a.nomor and b.nomor and not a.nomor & b.nomor else 1
    if not sedesa:
        if not (a.tempat & b.tempat) - KATA_UMUM:
            return 0.0
        return kali * (0.5 * judul + 0.5 * _overlap(a.tempat, b.tempat, bobot))
    di_a, di_b = a.tempat | a.nomor, b.tempat | b.nomor
    if di_a and di_b:
        return kali * (0.5 * judul + 0.5 * _overlap(di_a, di_b, bobot))
    if not di_a and not di_b:
        return judul * 0.9
    khas = max((bobot[k] for k in a.judul & b.judul), default=0.0) >= bobot[""]
    return judul * (0.8 if khas else 0.6)


def _reasons(a: _Kata, b: _Kata, sedesa: bool) -> tuple[str, ...]:
    """Say what the two share."""
    judul, tempat = sorted(a.judul & b.judul), sorted((a.tempat & b.tempat) | (a.nomor & b.nomor if sedesa else set()))
    alasan = ["nama kegiatan sama" if a.judul == b.judul else f"kata yang sama: {', '.join(judul)}"] if judul else []
    if tempat:
        sama = a.tempat == b.tempat and (not sedesa or a.nomor == b.nomor)
        alasan.append("lokasi sama" if sama else f"tempat yang sama: {', '.join(tempat)}")
    elif sedesa:
        alasan.append("lokasi belum diisi" if not (a.tempat and b.tempat) else "lokasi berbeda")
    return (*alasan, "satu desa" if sedesa else "desa berbeda")
