"""The stages of a Musrenbang and every move between them. A leaf module: it imports only Django's enum.

``docs/tahapan.md`` is generated from ``MOVES``; a test keeps the two equal.
"""

from dataclasses import dataclass
from itertools import pairwise

from django.db import models


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
    DISAHKAN = "disahkan", "Disahkan Camat"
    DISAMPAIKAN = "disampaikan", "Disampaikan"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan"
    DITERIMA = "diterima", "Diterima Bappeda"
    PEMILAHAN = "pemilahan", "Pemilahan SKPD"
    SELESAI = "selesai", "Selesai"


class Peran(models.TextChoices):
    """Who a person is in a scope. The scope is a column of Keanggotaan."""

    BAPPEDA = "bappeda", "Bappeda"
    CAMAT = "camat", "Camat"
    SEKCAM = "sekcam", "Sekretaris Camat (Ketua Tim)"
    PMD = "pmd", "Kasi PMD (Sekretaris Tim)"
    PEMANDU = "pemandu", "Tim Pemandu"
    VERIFIKATOR = "verifikator", "Tim Verifikasi"
    DESA = "desa", "Operator Desa"
    SKPD = "skpd", "SKPD"
    ADMIN = "admin", "Admin"


FASE = {
    "Pra": [Tahap.DIJADWALKAN, Tahap.PERSIAPAN, Tahap.SIAP],
    "Sidang": [
        Tahap.PEMBUKAAN, Tahap.PEMAPARAN, Tahap.PEMBAHASAN, Tahap.KELOMPOK,
        Tahap.PLENO, Tahap.PRIORITAS, Tahap.DELEGASI, Tahap.PENANDATANGANAN,
    ],
    "Pasca": [
        Tahap.FINALISASI, Tahap.DISAHKAN, Tahap.DISAMPAIKAN, Tahap.DIKEMBALIKAN,
        Tahap.DITERIMA, Tahap.PEMILAHAN, Tahap.SELESAI,
    ],
}  # fmt: skip
URUTAN = [tahap for daftar in FASE.values() for tahap in daftar]


@dataclass(frozen=True)
class Pindah:
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


KETUA = frozenset({Peran.SEKCAM})
TIM_INTI = frozenset({Peran.SEKCAM, Peran.PMD})
CAMAT = frozenset({Peran.CAMAT})
BAPPEDA = frozenset({Peran.BAPPEDA})

_MAJU = (
    Pindah(Tahap.DIJADWALKAN, Tahap.PERSIAPAN, TIM_INTI, "Mulai persiapan"),
    Pindah(Tahap.PERSIAPAN, Tahap.SIAP, KETUA, "Nyatakan siap sidang"),
    Pindah(Tahap.SIAP, Tahap.PEMBUKAAN, TIM_INTI, "Buka sidang"),
    Pindah(Tahap.PEMBUKAAN, Tahap.PEMAPARAN, TIM_INTI, "Mulai pemaparan"),
    Pindah(Tahap.PEMAPARAN, Tahap.PEMBAHASAN, TIM_INTI, "Mulai pembahasan draf RKP"),
    Pindah(Tahap.PEMBAHASAN, Tahap.KELOMPOK, TIM_INTI, "Mulai diskusi kelompok"),
    Pindah(Tahap.KELOMPOK, Tahap.PLENO, TIM_INTI, "Mulai pleno"),
    Pindah(Tahap.PLENO, Tahap.PRIORITAS, KETUA, "Tetapkan RKP Kecamatan"),
    Pindah(Tahap.PRIORITAS, Tahap.DELEGASI, TIM_INTI, "Lanjut ke pemilihan delegasi"),
    Pindah(Tahap.DELEGASI, Tahap.PENANDATANGANAN, KETUA, "Lanjut ke penandatanganan"),
    Pindah(Tahap.PENANDATANGANAN, Tahap.FINALISASI, KETUA, "Nyatakan Berita Acara ditandatangani"),
    Pindah(Tahap.FINALISASI, Tahap.DISAHKAN, CAMAT, "Sahkan RKP Kecamatan", perlu_sandi=True),
    Pindah(Tahap.DISAHKAN, Tahap.DISAMPAIKAN, TIM_INTI, "Sampaikan ke Bappeda"),
    Pindah(Tahap.DISAMPAIKAN, Tahap.DITERIMA, BAPPEDA, "Terima dokumen"),
    Pindah(Tahap.DISAMPAIKAN, Tahap.DIKEMBALIKAN, BAPPEDA, "Kembalikan ke kecamatan", perlu_alasan=True),
    Pindah(Tahap.DIKEMBALIKAN, Tahap.FINALISASI, TIM_INTI, "Perbaiki dokumen"),
    Pindah(Tahap.DITERIMA, Tahap.PEMILAHAN, TIM_INTI, "Mulai pemilahan menurut SKPD"),
    Pindah(Tahap.PEMILAHAN, Tahap.SELESAI, KETUA, "Nyatakan selesai"),
)  # fmt: skip

# Until the Berita Acara is signed, the Ketua Tim may go one stage back, with a reason.
_DAPAT_MUNDUR = URUTAN[: URUTAN.index(Tahap.PENANDATANGANAN) + 1]
_MUNDUR = tuple(
    Pindah(dari, ke, KETUA, f"Kembali ke {Tahap(ke).label}", mundur=True, perlu_alasan=True)
    for ke, dari in pairwise(_DAPAT_MUNDUR)
)

MOVES: dict[tuple[str, str], Pindah] = {(p.dari, p.ke): p for p in (*_MAJU, *_MUNDUR)}

# In which stages which work may be done. Services ask these, so a page left open cannot write late.
BOLEH_USULAN = frozenset({Tahap.PERSIAPAN})
BOLEH_PROGRAM = frozenset(_DAPAT_MUNDUR[: _DAPAT_MUNDUR.index(Tahap.PLENO)])
BOLEH_TIM = frozenset(FASE["Pra"])
BOLEH_PAGU = BOLEH_PROGRAM
BOLEH_UNDANGAN = frozenset([*FASE["Pra"], Tahap.PEMBUKAAN])
BOLEH_AGENDA = frozenset(_DAPAT_MUNDUR)
BOLEH_SUSUN_DRAFT = frozenset({Tahap.PERSIAPAN})
BOLEH_HADIR = frozenset(_DAPAT_MUNDUR[_DAPAT_MUNDUR.index(Tahap.SIAP) :])
BOLEH_KEPUTUSAN = frozenset({Tahap.PEMBAHASAN, Tahap.KELOMPOK, Tahap.PLENO})
BOLEH_ATUR_KELOMPOK = frozenset(_DAPAT_MUNDUR[_DAPAT_MUNDUR.index(Tahap.PERSIAPAN) : _DAPAT_MUNDUR.index(Tahap.PLENO)])
BOLEH_KELOMPOK = frozenset({Tahap.KELOMPOK})
BOLEH_PLENO = frozenset({Tahap.PLENO})
BOLEH_CALON = frozenset(_DAPAT_MUNDUR[_DAPAT_MUNDUR.index(Tahap.PERSIAPAN) : _DAPAT_MUNDUR.index(Tahap.DELEGASI)])
"""Schemes, candidates and their verification are prepared before the day; ranking waits for the fixed plan."""
BOLEH_PEMILIH = frozenset(_DAPAT_MUNDUR[_DAPAT_MUNDUR.index(Tahap.SIAP) : _DAPAT_MUNDUR.index(Tahap.DELEGASI)])
BOLEH_PRIORITAS = frozenset({Tahap.PRIORITAS})
BOLEH_DELEGASI = frozenset({Tahap.DELEGASI})
BOLEH_ATUR_DELEGASI = frozenset(_DAPAT_MUNDUR[: _DAPAT_MUNDUR.index(Tahap.PENANDATANGANAN)])
BOLEH_GANTI_DELEGAT = frozenset(
    {Tahap.DELEGASI, Tahap.PENANDATANGANAN, Tahap.FINALISASI, Tahap.DISAHKAN, Tahap.DISAMPAIKAN, Tahap.DITERIMA}
)
BOLEH_KOREKSI = frozenset({Tahap.FINALISASI})
"""Wording and placement may still be corrected; what the meeting decided may not."""
BOLEH_ADENDUM = frozenset({Tahap.DITERIMA, Tahap.PEMILAHAN, Tahap.SELESAI})
"""Once Bappeda has taken the plan in, wording is corrected by a numbered addendum alone."""
BOLEH_PEMILAHAN = frozenset({Tahap.PEMILAHAN})
BOLEH_TANGGAPAN = frozenset({Tahap.PEMILAHAN, Tahap.SELESAI})
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
BOLEH_KUORUM = frozenset(MENGIKAT.values())
BOLEH_SKORS = frozenset(FASE["Sidang"])
BOLEH_DIBAWA = frozenset([*FASE["Pra"], *FASE["Sidang"]])
"""Until the Berita Acara is signed an event may be taken to the hall."""
BOLEH_TERBIT = frozenset({Tahap.PENANDATANGANAN})
"""Stages in which the Berita Acara may be issued."""

HENTI_SAAT_SKORS = frozenset(
    {
        BOLEH_KEPUTUSAN, BOLEH_KELOMPOK, BOLEH_PLENO, BOLEH_PEMILIH, BOLEH_PRIORITAS, BOLEH_DELEGASI, BOLEH_KUORUM,
        BOLEH_TERBIT,
    }
)  # fmt: skip
"""Work of the meeting itself: none of it is done while the meeting is adjourned. Minutes and agenda go on."""


def moves_from(dari: str) -> list[Pindah]:
    """Return the moves that leave a stage, forward ones first."""
    return sorted((p for p in MOVES.values() if p.dari == dari), key=lambda p: p.mundur)


def is_past(tahap: str, batas: str) -> bool:
    """Tell whether ``tahap`` comes after ``batas`` in the order of the day."""
    return URUTAN.index(Tahap(tahap)) > URUTAN.index(Tahap(batas))
