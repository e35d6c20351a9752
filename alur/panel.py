"""What the projector can show, in the order of its buttons."""

from berita_acara.panel import PANEL as BERITA_ACARA
from delegasi.panel import PANEL as DELEGASI
from musrenbang.sidang.panel import PANEL as SIDANG
from musrenbang.sidang.panel import PanelKind
from rkp.panel import PANEL as RKP
from rkp.prioritas.panel import PANEL as PRIORITAS

PANEL: dict[str, PanelKind] = SIDANG | RKP | PRIORITAS | DELEGASI | BERITA_ACARA


def all_panels() -> dict[str, PanelKind]:
    """Return every panel by its name."""
    return PANEL
