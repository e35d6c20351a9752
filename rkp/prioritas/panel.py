"""What the ranking shows on the projector."""

from musrenbang.models import Musrenbang
from musrenbang.sidang.panel import Panel, PanelKind
from rkp.prioritas.models import StatusPemungutan
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.skema import list_pemeringkatan
from rkp.prioritas.queries.suara import ballot_rows, counted, list_pemungutan, title_of


def prioritas(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """A running vote and how many have voted; else the ranked list with the pagu line, of ``acuan`` or the last one."""
    all_rows = list(list_pemeringkatan(musrenbang))
    one = next((p for p in all_rows if p.pk == acuan), all_rows[-1] if all_rows else None)
    if one is None:
        return Panel("Peringkat dan pagu", "layar/prioritas.html", {"papan": None})
    one.musrenbang = musrenbang
    suara = list_pemungutan(one).filter(status=StatusPemungutan.DIBUKA).first()
    if suara:
        content = {
            "pemungutan": suara,
            "posisi": counted(suara),
            "nama": title_of(one, suara.daftar),
            "calon": ballot_rows(suara),
        }
        return Panel("Pemungutan suara", "layar/suara.html", content)
    return Panel("Peringkat dan pagu", "layar/prioritas.html", {"papan": board(one)})


PANEL = {
    "prioritas": PanelKind("Peringkat dan pagu", prioritas),
}
