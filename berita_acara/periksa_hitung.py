"""Invariants over what people counted, and over the quorum of the moves that bind the meeting."""

from collections.abc import Iterator

from musrenbang.models import Musrenbang
from musrenbang.sidang.queries import figures, figures_of, list_kuorum, name_of, reached
from musrenbang.states import MENGIKAT, is_past


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
