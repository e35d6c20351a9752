"""The stages of a Musrenbang and every move between them. A leaf module: it imports only Django's enum.

``docs/tahapan.md`` is generated from ``MOVES``; a test keeps the two equal.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import models

from musrenbang.labels import words


class Tahap(models.TextChoices):
    """Where a Musrenbang Kecamatan stands, from Bappeda's schedule to the last answer."""

    DIJADWALKAN = "dijadwalkan", "Dijadwalkan"
    PERSIAPAN = "persiapan", "Persiapan"
    SIAP = "siap", "Siap sidang"
    PEMBUKAAN = "pembukaan", "Pembukaan"
    PEMAPARAN = "pemaparan", "Pemaparan"
    PEMBAHASAN = "pembahasan", "Pembahasan draf"
    KELOMPOK = "kelompok", "Diskusi kelompok"
    PLENO = "pleno", "Pleno"
    PRIORITAS = "prioritas", "Prioritas program"
    DELEGASI = "delegasi", "Delegasi"
    PENANDATANGANAN = "penandatanganan", "Penandatanganan"
    FINALISASI = "finalisasi", "Finalisasi"
    DISAHKAN = "disahkan", words("Disahkan Camat")
    DISAMPAIKAN = "disampaikan", "Disampaikan"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan"
    DITERIMA = "diterima", words("Diterima Bappeda")
    PEMILAHAN = "pemilahan", words("Pemilahan SKPD")
    SELESAI = "selesai", "Selesai"


class Peran(models.TextChoices):
    """Who a person is in a scope. The scope is a column of Keanggotaan."""

    BAPPEDA = "bappeda", words("Bappeda")
    CAMAT = "camat", words("Camat")
    SEKCAM = "sekcam", words("Sekretaris Camat (Ketua Tim)")
    PMD = "pmd", "Kasi PMD (Sekretaris Tim)"
    PEMANDU = "pemandu", "Tim Pemandu"
    VERIFIKATOR = "verifikator", "Tim Verifikasi"
    DESA = "desa", words("Operator Desa")
    SKPD = "skpd", words("SKPD")
    ADMIN = "admin", "Admin"


FASE = {
    "Sebelum sidang": [Tahap.DIJADWALKAN, Tahap.PERSIAPAN, Tahap.SIAP],
    "Sidang": [
        Tahap.PEMBUKAAN,
        Tahap.PEMAPARAN,
        Tahap.PEMBAHASAN,
        Tahap.KELOMPOK,
        Tahap.PLENO,
        Tahap.PRIORITAS,
        Tahap.DELEGASI,
        Tahap.PENANDATANGANAN,
    ],
    "Sesudah sidang": [
        Tahap.FINALISASI,
        Tahap.DISAHKAN,
        Tahap.DISAMPAIKAN,
        Tahap.DIKEMBALIKAN,
        Tahap.DITERIMA,
        Tahap.PEMILAHAN,
        Tahap.SELESAI,
    ],
}
URUTAN = [tahap for listing in FASE.values() for tahap in listing]


@dataclass(frozen=True)
class Moved:
    """One allowed move: from, to, who may make it, the words on its button, and what it asks for.

    ``perlu_sandi``: the person types the password again, because nobody can take the move back.
    """

    dari: str
    ke: str
    peran: frozenset[str]
    nama: str
    mundur: bool = False
    perlu_alasan: bool = False
    perlu_sandi: bool = False

    @property
    def kabar(self) -> str:
        """What is true once it is done, as a sentence."""
        if self.mundur:
            return f"Musrenbang ini kembali ke tahap “{Tahap(self.ke).label}”."
        return str(KABAR.get((self.dari, self.ke)) or KABAR[self.ke])


KABAR: dict[str | tuple[str, str], Any] = {
    Tahap.PERSIAPAN: "Persiapan sudah dimulai.",
    Tahap.SIAP: "Persiapan sudah lengkap; sidang siap dibuka.",
    Tahap.PEMBUKAAN: "Sidang sudah dibuka.",
    Tahap.PEMAPARAN: "Pemaparan sudah dimulai.",
    Tahap.PEMBAHASAN: "Pembahasan draf RKP sudah dimulai.",
    Tahap.KELOMPOK: "Diskusi kelompok sudah dimulai.",
    Tahap.PLENO: "Pleno sudah dimulai.",
    Tahap.PRIORITAS: words("RKP Kecamatan sudah ditetapkan."),
    Tahap.DELEGASI: "Pemilihan delegasi sudah dimulai.",
    Tahap.PENANDATANGANAN: "Berita Acara siap ditandatangani.",
    Tahap.FINALISASI: "Berita Acara sudah dinyatakan ditandatangani.",
    (Tahap.DIKEMBALIKAN, Tahap.FINALISASI): "Dokumen dapat diperbaiki.",
    Tahap.DISAHKAN: words("RKP Kecamatan sudah disahkan."),
    Tahap.DISAMPAIKAN: words("Dokumen sudah disampaikan ke Bappeda."),
    Tahap.DITERIMA: "Dokumen sudah diterima.",
    Tahap.DIKEMBALIKAN: words("Dokumen sudah dikembalikan ke kecamatan."),
    Tahap.PEMILAHAN: words("Pemilahan menurut SKPD sudah dimulai."),
    Tahap.SELESAI: "Musrenbang ini sudah dinyatakan selesai.",
}
"""What a move to a stage has brought about."""

KETUA = frozenset({Peran.SEKCAM})
TIM_INTI = frozenset({Peran.SEKCAM, Peran.PMD})
CAMAT = frozenset({Peran.CAMAT})
BAPPEDA = frozenset({Peran.BAPPEDA})

_MAJU = (
    Moved(Tahap.DIJADWALKAN, Tahap.PERSIAPAN, TIM_INTI, "Mulai persiapan"),
    Moved(Tahap.PERSIAPAN, Tahap.SIAP, KETUA, "Nyatakan siap sidang"),
    Moved(Tahap.SIAP, Tahap.PEMBUKAAN, TIM_INTI, "Buka sidang"),
    Moved(Tahap.PEMBUKAAN, Tahap.PEMAPARAN, TIM_INTI, "Mulai pemaparan"),
    Moved(Tahap.PEMAPARAN, Tahap.PEMBAHASAN, TIM_INTI, "Mulai pembahasan draf RKP"),
    Moved(Tahap.PEMBAHASAN, Tahap.KELOMPOK, TIM_INTI, "Mulai diskusi kelompok"),
    Moved(Tahap.KELOMPOK, Tahap.PLENO, TIM_INTI, "Mulai pleno"),
    Moved(Tahap.PLENO, Tahap.PRIORITAS, KETUA, words("Tetapkan RKP Kecamatan")),
    Moved(Tahap.PRIORITAS, Tahap.DELEGASI, TIM_INTI, "Lanjut ke pemilihan delegasi"),
    Moved(Tahap.DELEGASI, Tahap.PENANDATANGANAN, KETUA, "Lanjut ke penandatanganan"),
    Moved(Tahap.PENANDATANGANAN, Tahap.FINALISASI, KETUA, "Nyatakan Berita Acara ditandatangani"),
    Moved(Tahap.FINALISASI, Tahap.DISAHKAN, CAMAT, words("Sahkan RKP Kecamatan"), perlu_sandi=True),
    Moved(Tahap.DISAHKAN, Tahap.DISAMPAIKAN, TIM_INTI, words("Sampaikan ke Bappeda")),
    Moved(Tahap.DISAMPAIKAN, Tahap.DITERIMA, BAPPEDA, "Terima dokumen"),
    Moved(Tahap.DISAMPAIKAN, Tahap.DIKEMBALIKAN, BAPPEDA, words("Kembalikan ke kecamatan"), perlu_alasan=True),
    Moved(Tahap.DIKEMBALIKAN, Tahap.FINALISASI, TIM_INTI, "Perbaiki dokumen"),
    Moved(Tahap.DITERIMA, Tahap.PEMILAHAN, TIM_INTI, words("Mulai pemilahan menurut SKPD")),
    Moved(Tahap.PEMILAHAN, Tahap.SELESAI, KETUA, "Nyatakan selesai"),
)

# Until the Berita Acara is signed, the Ketua Tim may go one stage back, with a reason.
_DAPAT_MUNDUR = URUTAN[: URUTAN.index(Tahap.PENANDATANGANAN) + 1]
_MUNDUR = tuple(
    Moved(origin, to, KETUA, f"Kembali ke {Tahap(to).label}", mundur=True, perlu_alasan=True)
    for to, origin in pairwise(_DAPAT_MUNDUR)
)

MOVES: dict[tuple[str, str], Moved] = {(p.dari, p.ke): p for p in (*_MAJU, *_MUNDUR)}

MENGIKAT: dict[str, str] = {
    Tahap.PRIORITAS: Tahap.PLENO,
    Tahap.DELEGASI: Tahap.PRIORITAS,
    Tahap.PENANDATANGANAN: Tahap.DELEGASI,
    Tahap.FINALISASI: Tahap.PENANDATANGANAN,
}
"""Moves that bind the meeting, as {stage entered: stage left}: the quorum is looked at again at each of them."""
DITANDATANGANI = frozenset(
    {*MENGIKAT, Tahap.DISAHKAN, Tahap.DISAMPAIKAN, Tahap.DIKEMBALIKAN, Tahap.DITERIMA, Tahap.SELESAI}
)
"""Entering or leaving one of these stages signs a checkpoint over the record."""


KAPAN_SAJA = frozenset(Tahap)
"""For work that any stage allows, but that rests while the event is away in the hall."""


class DuringSidang(frozenset[str]):
    """Stages in which work of the meeting itself is done: it rests while the meeting is adjourned. Minutes and agenda
    go on, so their stages are a plain frozenset.
    """


def stages(dari: Tahap, sampai: Tahap) -> frozenset[str]:
    """Return the stages from one to another, both included, in the order of the day."""
    return frozenset(URUTAN[URUTAN.index(dari) : URUTAN.index(sampai) + 1])


def moves_from(dari: str) -> list[Moved]:
    """Return the moves that leave a stage, forward ones first."""
    return sorted((p for p in MOVES.values() if p.dari == dari), key=lambda p: p.mundur)


def is_past(tahap: str, batas: str) -> bool:
    """Tell whether ``tahap`` comes after ``batas`` in the order of the day."""
    return URUTAN.index(Tahap(tahap)) > URUTAN.index(Tahap(batas))
