"""The trail that a laptop brings back, row by row: is it one that our services could have written there?"""

from datetime import datetime, timedelta
from typing import Any

from alur.aula.envelope import BadFile
from alur.aula.izin import Izin
from alur.aula.skema import HASIL, Baris, Original, read_time
from alur.aula.tabel import fields_of, from_data
from delegasi.models import MOVES_HITUNGAN
from musrenbang import format as tulis
from musrenbang.models import StatusKriteria
from musrenbang.models.pagu import MOVES_KRITERIA
from musrenbang.rantai import link
from musrenbang.states import MOVES, Moved, Tahap
from musrenbang.trail_words import AKSI
from musrenbang.trail_words import STATUS as KATA_STATUS
from rkp.models import MOVES_KELOMPOK, MOVES_RKP, MOVES_VERSI
from rkp.prioritas.models.peringkat import MOVES_PEMERINGKATAN
from rkp.prioritas.models.suara import MOVES_PEMUNGUTAN
from usulan.models import MOVES_IMPOR

SELISIH = timedelta(minutes=10)
"""How far two clocks may differ, or one be set back by the network, before it is called wrong."""
TAHAP = "musrenbang.tahap"
MILIK_BAPPEDA = {StatusKriteria.DISETUJUI, StatusKriteria.DIKEMBALIKAN}
STATUS = {
    "kriteria_kecamatan": ("kriteriakecamatan", {m for m in MOVES_KRITERIA if m[1] not in MILIK_BAPPEDA}),
    "impor_usulan": ("imporusulan", MOVES_IMPOR),
    "rkp": ("rkp", MOVES_RKP),
    "kelompok": ("kelompok", MOVES_KELOMPOK),
    "rkp_versi": ("rkpversi", MOVES_VERSI),
    "pemeringkatan": ("pemeringkatan", MOVES_PEMERINGKATAN),
    "pemungutan": ("pemungutan", MOVES_PEMUNGUTAN),
    "pemilihan_delegat": ("pemilihandelegat", MOVES_HITUNGAN),
}
"""Table with a status -> its name in the trail, and the moves that may be made in the hall."""
DARI_SERVER = (
    "adendum.",
    "catatan.",
    "musrenbang.dijadwalkan",
    "musrenbang.tahun_baru",
    "musrenbang.dibawa",
    "musrenbang.jadwal_terbit",
    "musrenbang.data_pribadi",
    "jadwal.",
    "pemilahan.",
    "pengguna.",
    "pengiriman.",
    "penyampaian.",
    "perjalanan.",
    "rkp.adendum",
    "tanggapan.",
    "acuan.",
    "aula.",
    "hasilaula.",
)
"""Beginnings of what happens at the server alone."""


def check_trail(tabel: dict[str, list[Baris]], semula: Original, izin: Izin) -> list[Moved]:
    """Return the moves between stages, in order; raise BadFile for a trail that nobody could have left honestly.

    It continues the head that the event left with, without a fork or a gap; each row is by somebody who went along;
    times lie within the permit and go on; every status that changed has its moves.
    """
    new = sorted(tabel["jejak_audit"], key=lambda b: b["id"])
    if any(not semula.is_new_key(b["id"]) or b["acara"] != semula.musrenbang.pk for b in new):
        raise BadFile(f"{HASIL}: jejaknya memuat baris yang bukan dari salinan aula ini.")
    tip, time = izin.ujung, izin.dari - SELISIH
    for b in new:
        jejak = from_data("jejak_audit", b)
        if b["sebelum"] != tip or b["sidik"] != link(jejak, tip):
            raise BadFile(f"{HASIL}: jejaknya terputus atau berubah pada {_where(b)}.")
        tip = b["sidik"]
        time = _check_row(b, time, izin)
    if tabel["acara"][0]["sidik_jejak"] != tip:
        raise BadFile(f"{HASIL}: ujung jejaknya tidak sama dengan yang disebut Musrenbangnya.")
    _check_statuses(tabel, new, semula)
    return _check_stages(new, tabel["acara"][0]["tahap"], izin)


def _where(b: Baris) -> str:
    return f"“{AKSI.get(b['aksi'], b['aksi'])}” {b['objek'][:60]}"


def _check_row(b: Baris, sebelum: datetime, izin: Izin) -> datetime:
    """Check who wrote a row, when and what about; return its time, or the later one before it."""
    action, time = b["aksi"], read_time(b["waktu"])
    if action.startswith(DARI_SERVER) or not (action in AKSI or action in KATA_STATUS or action == TAHAP):
        raise BadFile(f"{HASIL}: {_where(b)} hanya dapat terjadi di server.")
    if b["pelaku"] is None:
        if action == TAHAP or action.endswith(".status"):
            raise BadFile(f"{HASIL}: {_where(b)} tidak menyebut pelakunya.")
    elif not izin.peran_of(b["pelaku"]):
        raise BadFile(f"{HASIL}: {_where(b)} dilakukan oleh orang yang tidak ikut berangkat dengan peran.")
    if time < sebelum - SELISIH:
        raise BadFile(f"{HASIL}: jam laptop dimundurkan sebelum {_where(b)}.")
    if time > izin.sampai:
        raise BadFile(
            f"{HASIL}: {_where(b)} terjadi sesudah izinnya berakhir, {tulis.date_text(izin.sampai.date())}. Ketua Tim "
            "dapat memperpanjang izin salinan ini dengan alasan, lalu unggah lagi."
        )
    return max(sebelum, time)


def _check_stages(new: list[Baris], end: str, izin: Izin) -> list[Moved]:
    """Walk from the stage in which the event left, as ``MOVES`` and the permit allow, by who may make each move."""
    current, adjourned, result = izin.tahap, izin.diskors, []
    for b in new:
        if b["aksi"] == "sidang.diskors":
            adjourned = True
        elif b["aksi"] == "sidang.dilanjutkan":
            adjourned = False
        if b["aksi"] != TAHAP:
            continue
        move_to = MOVES.get((b["dari"], b["ke"]))
        words = f"{HASIL}: perpindahan tahap dari {_stage(b['dari'])} ke {_stage(b['ke'])}"
        if move_to is None or b["dari"] != current:
            raise BadFile(f"{words} tidak ada dalam urutan tahap, atau tahapnya waktu itu {_stage(current)}.")
        if b["ke"] not in izin.boleh or b["objek_id"] != f"musrenbang:{b['acara']}":
            raise BadFile(f"{words} hanya dapat dilakukan di server.")
        if not izin.peran_of(b["pelaku"]) & move_to.peran:
            raise BadFile(f"{words} dilakukan oleh orang yang tidak berwenang.")
        if move_to.perlu_alasan and len(b["alasan"].strip()) < 5:
            raise BadFile(f"{words} tidak beralasan.")
        if adjourned and not move_to.mundur:
            raise BadFile(f"{words} dilakukan selagi sidang diskors.")
        current = b["ke"]
        result.append(move_to)
    if current != end:
        raise BadFile(f"{HASIL}: tahap Musrenbangnya {_stage(end)}, padahal jejaknya berakhir di {_stage(current)}.")
    return result


def _stage(tahap: str) -> str:
    return f"“{Tahap(tahap).label if tahap in Tahap.values else tahap[:20]}”"


def _check_statuses(tabel: dict[str, list[Baris]], new: list[Baris], semula: Original) -> None:
    """Every status that differs from the server's, or from a new row's first, is where its moves in the trail lead."""
    motion: dict[str, list[Baris]] = {}
    known = {f"{model}.status": moves for model, moves in STATUS.values()}
    for b in new:
        if b["aksi"].endswith(".status") and b["aksi"] != "paket.status":
            if (b["dari"], b["ke"]) not in known.get(b["aksi"], ()):
                raise BadFile(f"{HASIL}: {_where(b)} tidak dapat terjadi di aula.")
            motion.setdefault(b["objek_id"], []).append(b)
    for nama, (model, _) in STATUS.items():
        start: Any = fields_of(nama)["status"].get_default()
        for baris in tabel[nama]:
            old = semula.tabel[nama].get(baris["id"])
            current = old["status"] if old else start
            for b in motion.get(f"{model}:{baris['id']}", ()):
                current = b["ke"] if b["dari"] == current else None
            if current != baris["status"]:
                raise BadFile(f"{HASIL}: keadaan {nama} {baris['id']} tidak sesuai dengan jejaknya.")


def standing(move_to: list[Moved]) -> list[Moved]:
    """Return the moves forward that no step back has undone."""
    results: list[Moved] = []
    for p in move_to:
        if not p.mundur:
            results.append(p)
        elif results:
            results.pop()
    return results
