"""How an event goes: each stage of the founding document with its conditions, effects, facts, work and deadline.

Everything in the table is an imported function or a value that its app says of itself, so "go to definition" leads from
a stage to what it does. Who may move from which stage to which stands in ``MOVES`` (``musrenbang/states.py``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from berita_acara.halaman import BACA_DOKUMEN, TERBITKAN
from berita_acara.services.penyampaian import hand_over
from berita_acara.services.siap_cetak import queue_layout
from berita_acara.syarat import berita_acara_terbit, di_server, pengantar_terbit, salinan_ada, surat_sesuai
from delegasi.halaman import CATAT_DELEGASI
from delegasi.queries import delegate_facts
from delegasi.syarat import susunan_lengkap
from musrenbang.halaman import ISI_JADWAL
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.papan import Halaman, Kekurangan
from musrenbang.persiapan.syarat import jadwal_lengkap, kriteria_disetujui, tim_lengkap
from musrenbang.sidang.halaman import CATAT_HADIR
from musrenbang.sidang.queries.fakta import attendance_facts
from musrenbang.sidang.services.kuorum import drop_kuorum, note_kuorum
from musrenbang.sidang.syarat import (
    ada_yang_hadir,
    agenda_tersusun,
    kuorum_delegasi,
    kuorum_penetapan,
    kuorum_peringkat,
    kuorum_tanda_tangan,
    sidang_berjalan,
    undangan_sesuai,
    undangan_tersebar,
)
from musrenbang.states import Tahap
from rkp.halaman import ISI_KELOMPOK, PIMPIN_PLENO, PUTUSKAN, SUSUN_DRAF
from rkp.prioritas.halaman import NILAI, PERIKSA
from rkp.prioritas.queries.fakta import ranking_facts
from rkp.prioritas.services.peringkat import reopen_pemeringkatan, sync_calon
from rkp.prioritas.services.suara import call_off_votes
from rkp.prioritas.syarat import peringkat_ditetapkan
from rkp.queries.fakta import plan_facts
from rkp.services.versi import fix_rkp, freeze_approved, freeze_draft, freeze_final, freeze_kelompok, reopen_rkp
from rkp.syarat import (
    dalam_pagu,
    draft_tersusun,
    keberatan_selesai,
    kelompok_selesai,
    kelompok_siap,
    semua_diputuskan,
)
from tindak_lanjut.queries.fakta import village_facts
from tindak_lanjut.services.pemilahan import start_pemilahan
from tindak_lanjut.services.penyampaian import accept_package, return_package
from tindak_lanjut.syarat import catatan_dijawab, semua_terkirim, semua_terpilah
from usulan.halaman import IMPOR
from usulan.syarat import usulan_lengkap


class Akibat(Protocol):
    """What else happens in the transaction of a move."""

    def __call__(self, *, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> object: ...


@dataclass(frozen=True)
class Masuk:
    """What entering a stage from another one does: effects in order, then facts that become leaves of the record."""

    akibat: Sequence[Akibat] = ()
    fakta: Sequence[Callable[[Musrenbang], list[dict[str, Any]]]] = ()


@dataclass(frozen=True)
class Aturan:
    """One stage.

    ``syarat``: what must be true before a move forward may enter it. ``dari``: what entering it does, by the stage that
    is left. ``pekerjaan``: what the home page offers to those who may. ``tenggat``: days after the meeting by which it
    is to be reached (the rules name none; these are the usual ones).
    """

    syarat: Sequence[Callable[[Musrenbang], list[Kekurangan]]] = ()
    dari: Mapping[Tahap, Masuk] = field(default_factory=dict)
    pekerjaan: Sequence[Halaman] = ()
    tenggat: int | None = None


TAHAP: dict[Tahap, Aturan] = {
    Tahap.DIJADWALKAN: Aturan(pekerjaan=[ISI_JADWAL]),
    Tahap.PERSIAPAN: Aturan(pekerjaan=[IMPOR, SUSUN_DRAF, PERIKSA]),
    Tahap.SIAP: Aturan(
        syarat=[
            jadwal_lengkap,
            tim_lengkap,
            kriteria_disetujui,
            usulan_lengkap,
            draft_tersusun,
            undangan_tersebar,
            agenda_tersusun,
            undangan_sesuai,
            surat_sesuai,
        ],
        pekerjaan=[CATAT_HADIR],
    ),
    Tahap.PEMBUKAAN: Aturan(syarat=[undangan_sesuai, surat_sesuai], pekerjaan=[CATAT_HADIR]),
    Tahap.PEMAPARAN: Aturan(syarat=[sidang_berjalan, ada_yang_hadir]),
    Tahap.PEMBAHASAN: Aturan(
        syarat=[sidang_berjalan], dari={Tahap.PEMAPARAN: Masuk(akibat=[freeze_draft])}, pekerjaan=[PUTUSKAN]
    ),
    Tahap.KELOMPOK: Aturan(syarat=[sidang_berjalan, kelompok_siap], pekerjaan=[ISI_KELOMPOK]),
    Tahap.PLENO: Aturan(
        syarat=[sidang_berjalan, kelompok_selesai],
        dari={
            Tahap.KELOMPOK: Masuk(akibat=[freeze_kelompok]),
            Tahap.PRIORITAS: Masuk(akibat=[drop_kuorum, call_off_votes, reopen_rkp, reopen_pemeringkatan]),
        },
        pekerjaan=[PIMPIN_PLENO],
    ),
    Tahap.PRIORITAS: Aturan(
        syarat=[kuorum_penetapan, keberatan_selesai, semua_diputuskan, dalam_pagu],
        dari={
            Tahap.PLENO: Masuk(
                akibat=[note_kuorum, fix_rkp, sync_calon, queue_layout], fakta=[plan_facts, village_facts]
            ),
            Tahap.DELEGASI: Masuk(akibat=[drop_kuorum, reopen_pemeringkatan]),
        },
        pekerjaan=[NILAI, PERIKSA],
    ),
    Tahap.DELEGASI: Aturan(
        syarat=[kuorum_peringkat, peringkat_ditetapkan],
        dari={
            Tahap.PRIORITAS: Masuk(akibat=[note_kuorum, queue_layout], fakta=[ranking_facts]),
            Tahap.PENANDATANGANAN: Masuk(akibat=[drop_kuorum]),
        },
        pekerjaan=[CATAT_DELEGASI],
    ),
    Tahap.PENANDATANGANAN: Aturan(
        syarat=[kuorum_delegasi, susunan_lengkap],
        dari={Tahap.DELEGASI: Masuk(akibat=[note_kuorum, queue_layout], fakta=[delegate_facts])},
        pekerjaan=[TERBITKAN],
    ),
    Tahap.FINALISASI: Aturan(
        syarat=[di_server, kuorum_tanda_tangan, berita_acara_terbit, salinan_ada],
        dari={
            Tahap.PENANDATANGANAN: Masuk(
                akibat=[note_kuorum, freeze_final, queue_layout],
                fakta=[attendance_facts, plan_facts, ranking_facts, delegate_facts, village_facts],
            )
        },
        pekerjaan=[BACA_DOKUMEN],
    ),
    Tahap.DISAHKAN: Aturan(
        syarat=[catatan_dijawab],
        dari={Tahap.FINALISASI: Masuk(akibat=[freeze_approved, queue_layout])},
        tenggat=7,
    ),
    Tahap.DISAMPAIKAN: Aturan(
        syarat=[catatan_dijawab, pengantar_terbit, surat_sesuai],
        dari={Tahap.DISAHKAN: Masuk(akibat=[hand_over])},
        tenggat=14,
    ),
    Tahap.DIKEMBALIKAN: Aturan(dari={Tahap.DISAMPAIKAN: Masuk(akibat=[return_package])}),
    Tahap.DITERIMA: Aturan(dari={Tahap.DISAMPAIKAN: Masuk(akibat=[accept_package])}),
    Tahap.PEMILAHAN: Aturan(dari={Tahap.DITERIMA: Masuk(akibat=[start_pemilahan])}),
    Tahap.SELESAI: Aturan(syarat=[semua_terpilah, semua_terkirim, surat_sesuai], tenggat=30),
}


def entering(dari: str, ke: str) -> Masuk:
    """Return what the move from one stage to another does besides moving."""
    return TAHAP[Tahap(ke)].dari.get(Tahap(dari), Masuk())


def stage_deadlines() -> dict[Tahap, int]:
    """Return {stage: days after the meeting by which it is due}, in the order of the stages."""
    return {tahap: rules.tenggat for tahap, rules in TAHAP.items() if rules.tenggat is not None}
