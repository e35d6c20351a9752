"""What the ranking shows on the projector."""

from musrenbang.models import Musrenbang
from musrenbang.sidang.panel import JenisPanel, Panel
from rkp.prioritas.models import StatusPemungutan
from rkp.prioritas.queries.papan import board
from rkp.prioritas.queries.skema import list_pemeringkatan
from rkp.prioritas.queries.suara import ballot_rows, counted, list_pemungutan, title_of


def prioritas(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """A running vote and how many have voted; else the ranked list with the pagu line, of ``acuan`` or the last one."""
    semua = list(list_pemeringkatan(musrenbang))
    satu = next((p for p in semua if p.pk == acuan), semua[-1] if semua else None)
    if satu is None:
        return Panel("Peringkat dan pagu", "layar/prioritas.html", {"papan": None})
    satu.musrenbang = musrenbang
    suara = list_pemungutan(satu).filter(status=StatusPemungutan.DIBUKA).first()
    if suara:
        isi = {
            "pemungutan": suara,
            "posisi": counted(suara),
            "nama": title_of(satu, suara.daftar),
            "calon": ballot_rows(suara),
        }
        return Panel("Pemungutan suara", "layar/suara.html", isi)
    return Panel("Peringkat dan pagu", "layar/prioritas.html", {"papan": board(satu)})


PANEL = {
    "prioritas": JenisPanel("Peringkat dan pagu", prioritas),
}
