"""Invariants over what people counted, and over the quorum of the moves that bind the meeting."""

from collections.abc import Iterator

from musrenbang.models import JejakAudit, Musrenbang
from musrenbang.sidang.queries import figures, figures_of, list_kuorum, name_of, reached
from musrenbang.states import MENGIKAT, is_past
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
