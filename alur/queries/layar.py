"""What the page of the day knows of the screens."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from alur.panel import PANEL
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Layar, Paparan
from musrenbang.sidang.queries.paparan import Slide, list_paparan


@dataclass(frozen=True)
class Target:
    """Something that a screen can show: what its form sends, in words."""

    nilai: str
    label: str


def list_targets(musrenbang: Musrenbang) -> list[Target]:
    """Return everything that a named screen can be set to (one query for each panel that offers things)."""
    results = [Target("ikut", "Mengikuti layar utama")]
    for nama, kind in PANEL.items():
        if kind.offer is None:
            results.append(Target(nama, kind.label))
        else:
            results += [Target(f"{nama}:{key}", f"{kind.label}: {words}") for key, words in kind.offer(musrenbang)]
    return results


def buttons() -> list[tuple[str, str]]:
    """Return the panels that the remote of the hall has a button for: those that are about no thing of their own."""
    return [(nama, kind.label) for nama, kind in PANEL.items() if kind.offer is None]


def screen_offers(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return what the remote and the presentations offer, and the address for another computer (one query)."""
    return {
        "panel": buttons(),
        "paparan": [Slide(p) for p in list_paparan(musrenbang)],
        "alamat_layar": enter_address(),
    }


def shown_now(layar: Layar) -> str:
    """Return what the hall's screen shows, by which a page tells whether its remote is behind (one query at most)."""
    shown = layar.acuan if layar.panel == "paparan" else None
    halaman = Paparan.objects.filter(pk=shown).values_list("kini", flat=True) if shown else ()
    return ":".join(map(str, (layar.panel, layar.acuan or "", *halaman)))


def enter_address() -> str:
    """Return where any computer in the building types the code of a screen."""
    return f"{settings.ALAMAT}{reverse('screen_enter')}"


def named_screens(musrenbang: Musrenbang) -> list[tuple[Layar, str]]:
    """Return the screens beside the hall's, each with the target that it is set to (one query)."""
    rows = Layar.objects.filter(musrenbang=musrenbang).exclude(nama="")
    return [(s, "ikut" if s.ikut else f"{s.panel}:{s.acuan}" if s.acuan else s.panel) for s in rows]
