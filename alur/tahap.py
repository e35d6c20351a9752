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
from berita_acara.syarat import berita_acara_issued, cover_letter_issued, on_server, salinan_present, surat_consistent
from delegasi.halaman import CATAT_DELEGASI
from delegasi.queries import delegate_facts
from delegasi.syarat import composition_complete
from musrenbang.board import Halaman, Kekurangan
from musrenbang.halaman import ISI_JADWAL
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.persiapan.syarat import jadwal_complete, kriteria_approved, tim_complete
from musrenbang.sidang.halaman import CATAT_HADIR
from musrenbang.sidang.queries.facts import attendance_facts
from musrenbang.sidang.services.kuorum import drop_kuorum, note_kuorum
from musrenbang.sidang.syarat import (
    agenda_arranged,
    kuorum_delegasi,
    kuorum_penetapan,
    kuorum_peringkat,
    kuorum_tanda_tangan,
    sidang_running,
    somebody_attends,
    undangan_consistent,
    undangan_sent,
)
from musrenbang.states import Tahap
from rkp.halaman import ISI_KELOMPOK, PIMPIN_PLENO, PUTUSKAN, SUSUN_DRAF
from rkp.prioritas.halaman import NILAI, PERIKSA
from rkp.prioritas.queries.facts import ranking_facts
from rkp.prioritas.services.peringkat import reopen_pemeringkatan, sync_candidates
from rkp.prioritas.services.suara import call_off_votes
from rkp.prioritas.syarat import peringkat_fixed
from rkp.queries.facts import plan_facts
from rkp.services.versi import fix_rkp, freeze_approved, freeze_draft, freeze_final, freeze_kelompok, reopen_rkp
from rkp.syarat import (
    all_decided,
    draft_composed,
    kelompok_finished,
    kelompok_ready,
    objections_settled,
    within_pagu,
)
from tindak_lanjut.halaman import PILAH
from tindak_lanjut.queries.facts import village_facts
from tindak_lanjut.services.pemilahan import start_pemilahan
from tindak_lanjut.services.penyampaian import accept_package, return_package
from tindak_lanjut.syarat import all_sent, all_sorted, notes_answered
from usulan.halaman import IMPOR
from usulan.syarat import usulan_complete


class Effect(Protocol):
    """What else happens in the transaction of a move."""

    def __call__(self, *, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> object: ...


@dataclass(frozen=True)
class Entry:
    """What entering a stage from another one does: effects in order, then facts that become leaves of the record."""

    akibat: Sequence[Effect] = ()
    fakta: Sequence[Callable[[Musrenbang], list[dict[str, Any]]]] = ()


@dataclass(frozen=True)
class Rules:
    """One stage.

    ``syarat``: what must be true before a move forward may enter it. ``dari``: what entering it does, by the stage that
    is left. ``pekerjaan``: what the home page offers to those who may. ``tenggat``: days after the meeting by which it
    is to be reached (the rules name none; these are the usual ones). ``panel``: what the projector shows from then on.
    """

    syarat: Sequence[Callable[[Musrenbang], list[Kekurangan]]] = ()
    dari: Mapping[Tahap, Entry] = field(default_factory=dict)
    pekerjaan: Sequence[Halaman] = ()
    tenggat: int | None = None
    panel: str = ""


TAHAP: dict[Tahap, Rules] = {
    Tahap.DIJADWALKAN: Rules(pekerjaan=[ISI_JADWAL]),
    Tahap.PERSIAPAN: Rules(pekerjaan=[IMPOR, SUSUN_DRAF, PERIKSA]),
    Tahap.SIAP: Rules(
        syarat=[
            jadwal_complete,
            tim_complete,
            kriteria_approved,
            usulan_complete,
            draft_composed,
            undangan_sent,
            agenda_arranged,
            undangan_consistent,
            surat_consistent,
        ],
        pekerjaan=[CATAT_HADIR],
    ),
    Tahap.PEMBUKAAN: Rules(syarat=[undangan_consistent, surat_consistent], pekerjaan=[CATAT_HADIR], panel="agenda"),
    Tahap.PEMAPARAN: Rules(syarat=[sidang_running, somebody_attends], panel="agenda"),
    Tahap.PEMBAHASAN: Rules(
        syarat=[sidang_running],
        dari={Tahap.PEMAPARAN: Entry(akibat=[freeze_draft])},
        pekerjaan=[PUTUSKAN],
        panel="bidang",
    ),
    Tahap.KELOMPOK: Rules(syarat=[sidang_running, kelompok_ready], pekerjaan=[ISI_KELOMPOK], panel="kelompok"),
    Tahap.PLENO: Rules(
        syarat=[sidang_running, kelompok_finished],
        dari={
            Tahap.KELOMPOK: Entry(akibat=[freeze_kelompok]),
            Tahap.PRIORITAS: Entry(akibat=[drop_kuorum, call_off_votes, reopen_rkp, reopen_pemeringkatan]),
        },
        pekerjaan=[PIMPIN_PLENO],
        panel="kelompok",
    ),
    Tahap.PRIORITAS: Rules(
        syarat=[kuorum_penetapan, objections_settled, all_decided, within_pagu],
        dari={
            Tahap.PLENO: Entry(
                akibat=[note_kuorum, fix_rkp, sync_candidates, queue_layout], fakta=[plan_facts, village_facts]
            ),
            Tahap.DELEGASI: Entry(akibat=[drop_kuorum, reopen_pemeringkatan]),
        },
        pekerjaan=[NILAI, PERIKSA],
        panel="prioritas",
    ),
    Tahap.DELEGASI: Rules(
        syarat=[kuorum_peringkat, peringkat_fixed],
        dari={
            Tahap.PRIORITAS: Entry(akibat=[note_kuorum, queue_layout], fakta=[ranking_facts]),
            Tahap.PENANDATANGANAN: Entry(akibat=[drop_kuorum]),
        },
        pekerjaan=[CATAT_DELEGASI],
        panel="delegasi",
    ),
    Tahap.PENANDATANGANAN: Rules(
        syarat=[kuorum_delegasi, composition_complete],
        dari={Tahap.DELEGASI: Entry(akibat=[note_kuorum, queue_layout], fakta=[delegate_facts])},
        pekerjaan=[TERBITKAN],
        panel="berita_acara",
    ),
    Tahap.FINALISASI: Rules(
        syarat=[on_server, kuorum_tanda_tangan, berita_acara_issued, salinan_present],
        dari={
            Tahap.PENANDATANGANAN: Entry(
                akibat=[note_kuorum, freeze_final, queue_layout],
                fakta=[attendance_facts, plan_facts, ranking_facts, delegate_facts, village_facts],
            )
        },
        pekerjaan=[BACA_DOKUMEN],
    ),
    Tahap.DISAHKAN: Rules(
        syarat=[notes_answered],
        dari={Tahap.FINALISASI: Entry(akibat=[freeze_approved, queue_layout])},
        tenggat=7,
    ),
    Tahap.DISAMPAIKAN: Rules(
        syarat=[notes_answered, cover_letter_issued, surat_consistent],
        dari={Tahap.DISAHKAN: Entry(akibat=[hand_over])},
        tenggat=14,
    ),
    Tahap.DIKEMBALIKAN: Rules(dari={Tahap.DISAMPAIKAN: Entry(akibat=[return_package])}),
    Tahap.DITERIMA: Rules(dari={Tahap.DISAMPAIKAN: Entry(akibat=[accept_package])}),
    Tahap.PEMILAHAN: Rules(pekerjaan=[PILAH], dari={Tahap.DITERIMA: Entry(akibat=[start_pemilahan])}),
    Tahap.SELESAI: Rules(syarat=[all_sorted, all_sent, surat_consistent], tenggat=30),
}


def entering(dari: str, ke: str) -> Entry:
    """Return what the move from one stage to another does besides moving."""
    return TAHAP[Tahap(ke)].dari.get(Tahap(dari), Entry())


def stage_deadlines() -> dict[Tahap, int]:
    """Return {stage: days after the meeting by which it is due}, in the order of the stages."""
    return {tahap: rules.tenggat for tahap, rules in TAHAP.items() if rules.tenggat is not None}
