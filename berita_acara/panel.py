"""What the record shows on the projector before it is signed."""

from berita_acara.dokumen import content
from musrenbang.models import Musrenbang
from musrenbang.sidang.panel import Panel, PanelKind
from musrenbang.transisi import Refused


def berita_acara(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """The clauses as they would be issued now, or what is still missing."""
    try:
        context = {"isi": content.berita_acara(musrenbang), "kurang": ""}
    except Refused as error:
        context = {"isi": None, "kurang": str(error)}
    return Panel("Draf Berita Acara", "layar/berita_acara.html", context)


PANEL = {
    "berita_acara": PanelKind("Draf Berita Acara", berita_acara),
}
