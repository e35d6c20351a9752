"""Invariants over what people counted, and over the quorum of the moves that bind the meeting."""

from collections.abc import Iterator
from itertools import pairwise

from delegasi.models import StatusHitungan
from delegasi.queries import list_hitungan, seat_faults
from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sidang.queries.kuorum import figures, figures_of, list_kuorum, name_of, reached
from musrenbang.sidang.queries.sesi import list_sesi
from musrenbang.states import MENGIKAT, Tahap, is_past
from musrenbang.wajar import ratio_words
from tindak_lanjut.models import Tanggapan


def check_quorum(musrenbang: Musrenbang) -> Iterator[str]:
    """Every binding move that was made had its quorum, or a reason of the meeting to go on below it."""
    ada = {c.ke: c for c in list_kuorum(musrenbang)}
    for ke in MENGIKAT:
        if musrenbang.tahap != ke and not is_past(musrenbang.tahap, ke):
            continue
        if ke not in ada:
            yield f"“{name_of(ke)}”: kuorum saat langkah itu tidak tercatat."
        elif not reached(figures_of(ada[ke])) and not ada[ke].alasan:
            yield f"“{name_of(ke)}” dibuat di bawah kuorum tanpa putusan sidang: {figures(figures_of(ada[ke]))}."


def check_answers(musrenbang: Musrenbang) -> Iterator[str]:
    """What an SKPD takes in is not far above what was agreed, unless the person was asked and confirmed it."""
    jawaban = Tanggapan.objects.filter(pilahan__musrenbang=musrenbang).select_related("pilahan__baris", "skpd")
    jauh = [(t, kali) for t in jawaban if (kali := ratio_words(t.jumlah, t.pilahan.baris.biaya))]
    if not jauh:
        return
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang, aksi="tanggapan.diberikan").order_by("pk")
    terakhir = {j.objek_id: j.rincian for j in jejak}
    for t, kali in jauh:
        if "dipastikan" not in terakhir.get(f"barisversi:{t.pilahan.baris_id}", {}):
            yield f"No. {t.pilahan.baris.nomor}: jawaban {t.skpd} {kali} tanpa dipastikan."


def check_delegates(musrenbang: Musrenbang) -> Iterator[str]:
    """A count names no more voters than were present; who sits belongs there or has a reason; no count left is void."""
    hadir = musrenbang.kehadiran.count()
    for p in list_hitungan(musrenbang).filter(status=StatusHitungan.BERLAKU):
        if p.pemilih > hadir or (p.hadir and p.pemilih > p.hadir):
            yield f"{p}: pemilih {p.pemilih} orang, padahal yang tercatat hadir {min(hadir, p.hadir or hadir)}."
        if sum(s["suara"] for s in p.suara) != p.sah * min(p.kursi, len(p.suara)):
            yield f"{p}: jumlah suara tidak sama dengan surat sah kali kursi."
    for kalimat in seat_faults(musrenbang):
        yield f"{kalimat}, tanpa alasan."
    batal = musrenbang.delegat.filter(pemilihan__status=StatusHitungan.DIBATALKAN)
    yield from (f"{d} berasal dari hitungan yang dibatalkan." for d in batal)


def check_sittings(musrenbang: Musrenbang) -> Iterator[str]:
    """Sittings follow each other without a gap, each but the last was adjourned, and the signing ends the last."""
    sesi = list(list_sesi(musrenbang))
    if [s.nomor for s in sesi] != list(range(1, len(sesi) + 1)):
        yield "Sesi sidang: nomornya tidak berurutan."
    for s, berikut in pairwise(sesi):
        if s.diskors_pada is None or berikut.dibuka_pada is None or berikut.dibuka_pada < s.diskors_pada:
            yield f"{s} belum diskors ketika {berikut} dibuka."
    if sesi and sesi[-1].diskors_pada and is_past(musrenbang.tahap, Tahap.PENANDATANGANAN):
        yield f"{sesi[-1]} diskors dan tidak pernah dilanjutkan, padahal Berita Acara ditandatangani."


CHECKS = (check_quorum, check_answers, check_delegates, check_sittings)
"""What ``check_musrenbang`` asks of this module."""
