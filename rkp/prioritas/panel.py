"""What the ranking shows on the projector."""

from musrenbang.models import Musrenbang
from musrenbang.sidang.panel import Panel
from rkp.prioritas import queries


def prioritas(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """The ranked list with the pagu line, or how many works still want a score."""
    papan = queries.board(musrenbang)
    return Panel("Peringkat dan pagu", "layar/prioritas.html", {"papan": papan})
