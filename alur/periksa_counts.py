"""Invariants over what people counted, and over the quorum of the moves that bind the meeting."""

from collections.abc import Iterator
from itertools import pairwise

from delegasi.models import TallyStatus
from delegasi.queries import list_tallies, seat_faults
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.plausible import ratio_words
from musrenbang.sidang.queries.kuorum import figures, figures_of, list_kuorum, name_of, reached
from musrenbang.sidang.queries.sesi import list_sesi
from musrenbang.states import MENGIKAT, Tahap, is_past
from tindak_lanjut.models import Tanggapan


def check_quorum(musrenbang: Musrenbang) -> Iterator[str]:
    """Every binding move that was made had its quorum, or a reason of the meeting to go on below it."""
    existing = {c.ke: c for c in list_kuorum(musrenbang)}
    for to in MENGIKAT:
        if musrenbang.tahap != to and not is_past(musrenbang.tahap, to):
            continue
        if to not in existing:
            yield f"“{name_of(to)}”: kuorum saat langkah itu tidak tercatat."
        elif not reached(figures_of(existing[to])) and not existing[to].alasan:
            yield f"“{name_of(to)}” dibuat di bawah kuorum tanpa putusan sidang: {figures(figures_of(existing[to]))}."


def check_answers(musrenbang: Musrenbang) -> Iterator[str]:
    """What an SKPD takes in is not far above what was agreed, unless the person was asked and confirmed it."""
    answer = Tanggapan.objects.filter(pilahan__musrenbang=musrenbang).select_related("pilahan__baris", "skpd")
    far = [(t, times) for t in answer if (times := ratio_words(t.jumlah, t.pilahan.baris.biaya))]
    if not far:
        return
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang, aksi="tanggapan.diberikan").order_by("pk")
    last = {j.objek_id: j.rincian for j in jejak}
    for t, times in far:
        if "dipastikan" not in last.get(f"barisversi:{t.pilahan.baris_id}", {}):
            yield f"No. {t.pilahan.baris.nomor}: jawaban {t.skpd} {times} tanpa dipastikan."


def check_delegates(musrenbang: Musrenbang) -> Iterator[str]:
    """A count names no more voters than were present; who sits belongs there or has a reason; no count left is void."""
    hadir = musrenbang.kehadiran.count()
    for p in list_tallies(musrenbang).filter(status=TallyStatus.BERLAKU):
        if p.pemilih > hadir or (p.hadir and p.pemilih > p.hadir):
            yield f"{p}: pemilih {p.pemilih} orang, padahal yang tercatat hadir {min(hadir, p.hadir or hadir)}."
        if sum(s["suara"] for s in p.suara) != p.sah * min(p.kursi, len(p.suara)):
            yield f"{p}: jumlah suara tidak sama dengan surat sah kali kursi."
    for sentence in seat_faults(musrenbang):
        yield f"{sentence}, tanpa alasan."
    cancelled = musrenbang.delegat.filter(pemilihan__status=TallyStatus.DIBATALKAN)
    yield from (f"{d} berasal dari hitungan yang dibatalkan." for d in cancelled)


def check_sittings(musrenbang: Musrenbang) -> Iterator[str]:
    """Sittings follow each other without a gap, each but the last was adjourned, and the signing ends the last."""
    sesi = list(list_sesi(musrenbang))
    if [s.nomor for s in sesi] != list(range(1, len(sesi) + 1)):
        yield "Sesi sidang: nomornya tidak berurutan."
    for s, following in pairwise(sesi):
        if s.diskors_pada is None or following.dibuka_pada is None or following.dibuka_pada < s.diskors_pada:
            yield f"{s} belum diskors ketika {following} dibuka."
    if sesi and sesi[-1].diskors_pada and is_past(musrenbang.tahap, Tahap.PENANDATANGANAN):
        yield f"{sesi[-1]} diskors dan tidak pernah dilanjutkan, padahal Berita Acara ditandatangani."


CHECKS = (check_quorum, check_answers, check_delegates, check_sittings)
"""What ``check_musrenbang`` asks of this module."""
