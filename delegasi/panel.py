"""What the delegation shows on the projector."""

from delegasi.queries import list_delegat
from musrenbang.models import Musrenbang
from musrenbang.sidang.panel import Panel, PanelKind


def delegasi(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """Who goes to the kabupaten for the kecamatan."""
    return Panel("Delegasi", "layar/delegasi.html", {"delegat": list_delegat(musrenbang)})


PANEL = {
    "delegasi": PanelKind("Delegasi", delegasi),
}
