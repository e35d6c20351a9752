"""What the ranking shows on the projector."""

from musrenbang.models import Musrenbang
from musrenbang.sidang.panel import JenisPanel, Panel
from rkp.prioritas import queries
from rkp.prioritas.models import StatusPemungutan


def prioritas(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """A running vote and how many have voted; else the ranked list with the pagu line, of ``acuan`` or the last one."""
    semua = list(queries.list_pemeringkatan(musrenbang))
    satu = next((p for p in semua if p.pk == acuan), semua[-1] if semua else None)
    if satu is None:
        return Panel("Peringkat dan pagu", "layar/prioritas.html", {"papan": None})
    satu.musrenbang = musrenbang
    suara = queries.list_pemungutan(satu).filter(status=StatusPemungutan.DIBUKA).first()
    if suara:
        isi = {
            "pemungutan": suara,
            "posisi": queries.counted(suara),
            "nama": queries.title_of(satu, suara.daftar),
            "calon": queries.ballot_rows(suara),
        }
        return Panel("Pemungutan suara", "layar/suara.html", isi)
    return Panel("Peringkat dan pagu", "layar/prioritas.html", {"papan": queries.board(satu)})


PANEL = {
    "prioritas": JenisPanel("Peringkat dan pagu", prioritas),
}
