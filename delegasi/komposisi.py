"""The composition of the delegation. Pure.

Unless the kecamatan says otherwise six seats: 1 Camat, 1 BKAD, 1 Setrawan, 3 tokoh masyarakat (musrenbang.md section 7
no. 1), at least two of them women: a remark, or a condition where the local rule makes it one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from musrenbang.sebutan import sebutan, translate

KURSI = {"camat": 1, "bkad": 1, "setrawan": 1, "kades": 0, "tokoh": 3}
NAMA = {
    "camat": "Camat",
    "bkad": "Pengurus BKAD",
    "setrawan": "Setrawan Kecamatan",
    "kades": "Kepala desa/lurah",
    "tokoh": "Tokoh masyarakat",
}
MIN_PEREMPUAN = 2
UNSUR_KURSI = {
    "camat": {"kecamatan"},
    "bkad": {"bkad"},
    "setrawan": {"setrawan"},
    "kades": {"kades"},
    "tokoh": {"tokoh", "perempuan", "rentan", "lpm", "bpd", "delegasi_desa"},
}
"""Who may sit where, by the unsur that a person was noted with at the door."""


def bare_name(nama: str) -> str:
    """Return a name without titles and punctuation, to tell whether two spellings are one person."""
    words = [k for k in nama.split(",")[0].split() if not k.endswith(".")]
    return "".join(c for c in "".join(words).casefold() if c.isalnum())


def seat_fault(kursi: str, unsur: str, nama: str, camat: Iterable[str]) -> str:
    """Return why a person does not belong into a seat by what was recorded, or "".

    ``camat``: the names of those who sign as Camat; the seat of the Camat is theirs alone.
    """
    if unsur not in UNSUR_KURSI[kursi]:
        return f"{nama} tidak tercatat hadir sebagai {translate(NAMA[kursi])}"
    pejabat = list(camat)
    if kursi == "camat" and pejabat and bare_name(nama) not in {bare_name(c) for c in pejabat}:
        return f"{nama} bukan {sebutan.camat} yang menandatangani ({', '.join(pejabat)})"
    return ""


@dataclass(frozen=True)
class Rules:
    """Seats by element, how many women at least, and whether that is a condition."""

    kursi: Mapping[str, int]
    min_perempuan: int = MIN_PEREMPUAN
    wajib_perempuan: bool = False

    @property
    def jumlah(self) -> int:
        """All seats."""
        return sum(self.kursi.values())


BAWAAN = Rules(KURSI)


@dataclass(frozen=True)
class Komposisi:
    """What is wrong with the composition (blocks) and what is remarked (does not); (name, taken, seats) by element."""

    kurang: list[str]
    peringatan: list[str]
    kursi: list[tuple[str, int, int]]


def check(anggota: Iterable[tuple[str, str]], aturan: Rules = BAWAAN) -> Komposisi:
    """Check (unsur, L/P) pairs against the seats."""
    list_rows = list(anggota)
    existing = Counter(unsur for unsur, _ in list_rows)
    perempuan = sum(sex == "P" for _, sex in list_rows)
    missing = [] if len(list_rows) == aturan.jumlah else [f"Delegasi baru {len(list_rows)} dari {aturan.jumlah} orang."]
    missing += [
        f"{translate(NAMA[unsur])}: {existing[unsur]} orang, seharusnya {aturan.kursi.get(unsur, 0)}."
        for unsur in NAMA
        if existing[unsur] != aturan.kursi.get(unsur, 0)
    ]
    warnings: list[str] = []
    if perempuan < aturan.min_perempuan:
        words = "harus" if aturan.wajib_perempuan else "sebaiknya"
        sentence = f"Perempuan {perempuan} orang, {words} sekurang-kurangnya {aturan.min_perempuan}."
        (missing if aturan.wajib_perempuan else warnings).append(sentence)
    kursi = [(translate(NAMA[u]), existing[u], n) for u, n in aturan.kursi.items() if n or existing[u]]
    return Komposisi(missing, warnings, kursi)


@dataclass(frozen=True)
class Tally:
    """A count: who may vote, ballots given out, in the box and valid, and votes by person."""

    pemilih: int
    edar: int
    masuk: int
    sah: int
    suara: Mapping[int, int]


def count_faults(h: Tally, kursi: int, hadir: int) -> list[str]:
    """Return every control total that does not agree. Each valid ballot names as many people as there are seats.

    ``hadir``: how many people are recorded as present; more cannot vote.
    """
    mistakes = []
    if h.pemilih > hadir:
        mistakes.append(f"Pemilih {h.pemilih} orang, padahal yang tercatat hadir {hadir} orang.")
    if not 0 < h.sah <= h.masuk <= h.edar <= h.pemilih:
        mistakes.append(
            f"Surat sah ({h.sah}) tidak boleh melebihi yang masuk ({h.masuk}), yang diedarkan ({h.edar}), dan pemilih "
            f"({h.pemilih})."
        )
    jumlah, pilihan = sum(h.suara.values()), min(kursi, len(h.suara))
    if jumlah != h.sah * pilihan:
        mistakes.append(f"Jumlah suara {jumlah}, seharusnya {h.sah} surat sah × {pilihan} nama = {h.sah * pilihan}.")
    if any(n > h.sah for n in h.suara.values()):
        mistakes.append("Satu orang tidak dapat memperoleh suara lebih banyak dari surat yang sah.")
    return mistakes


def elect(suara: Mapping[int, int], kursi: int, putusan: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Return (people in the order of their votes, people whose tie at the last seat the meeting must decide).

    ``putusan``: {person: place} among people of equal votes, as the meeting decided.
    """
    ordered = sorted(suara, key=lambda k: (-suara[k], putusan.get(k, 10**6), k))
    if kursi >= len(ordered):
        return ordered, []
    limit = suara[ordered[kursi - 1]]
    seri = [k for k in ordered if suara[k] == limit]
    outside = any(k in seri for k in ordered[kursi:])
    places = [putusan.get(k) for k in seri]
    opened = outside and (None in places or len(set(places)) < len(places))
    return ordered, sorted(seri) if opened else []
