"""What the projector can show; ``alur.panel`` puts the panels of all apps together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string

from musrenbang.infra.digest import sha256_of
from musrenbang.models import Musrenbang
from musrenbang.questions import Question
from musrenbang.sebutan import use
from musrenbang.sidang.models import Layar
from musrenbang.sidang.queries.agenda import list_agenda, now_speaking
from musrenbang.sidang.queries.kehadiran import check_kuorum, count_attendance
from musrenbang.sidang.queries.paparan import Slide, list_paparan
from musrenbang.sidang.queries.sesi import adjourned, resume_words

DITAHAN = 0.5  # seconds that one rendering serves all screens and phones


@dataclass(frozen=True)
class Panel:
    """A heading, a template below ``templates/layar/`` and what it shows."""

    judul: str
    template: str
    konteks: dict[str, Any]


@dataclass(frozen=True)
class PanelKind:
    """A kind of panel: the words on its button, and what makes it of an event and the thing it is about.

    ``offer``: the things that it may be about, as (key, words); it is then offered for each of them.
    """

    label: str
    make: Callable[[Musrenbang, int | None], Panel]
    offer: Callable[[Musrenbang], list[tuple[int, str]]] | None = None


@dataclass(frozen=True)
class RunningVote:
    """A vote that is open now: which one, how many have voted of how many, and its page."""

    pk: int
    nama: str
    sudah: int
    pemilih: int
    url: str


running_votes: Question[[Musrenbang], list[RunningVote]] = Question("which votes are open now")
"""Which votes are open now: every screen and the page of the day keep them in sight."""
panels: Question[[], dict[str, PanelKind]] = Question("which panels the projector can show")
"""Every panel that the projector can show, by the name that ``Layar.panel`` keeps."""


def render_layar(kode: str) -> tuple[str, str] | None:
    """Return (HTML, ETag) of what a projector shows now, or None for an unknown code."""
    kunci = f"layar:{kode}"
    finished: tuple[str, str] | str | None = cache.get(kunci, "belum")
    if finished == "belum" or isinstance(finished, str):
        finished = _render(kode)
        cache.set(kunci, finished, DITAHAN)
    return finished


def _render(kode: str) -> tuple[str, str] | None:
    layar = Layar.objects.select_related("musrenbang__kecamatan__kabupaten").filter(kode=kode).first()
    if layar is None:
        return None
    with use(layar.musrenbang.sebutan):
        return _draw(layar)


def _draw(layar: Layar) -> tuple[str, str]:
    hall = Layar.objects.filter(musrenbang=layar.musrenbang, nama="").first() if layar.ikut else None
    shown = hall or layar
    panel = adjournment(layar.musrenbang) or panels()[shown.panel].make(layar.musrenbang, shown.acuan)
    html = render_to_string(
        panel.template,
        panel.konteks | {"panel": panel, "musrenbang": layar.musrenbang, "nama_panel": shown.panel, "layar": layar},
    )
    vote = panel.konteks.get("pemungutan")
    votes = [v for v in running_votes(layar.musrenbang) if vote is None or v.pk != vote.pk]
    html += render_to_string("layar/_suara_kini.html", {"suara": votes}) if votes else ""
    return html, f'"{sha256_of(html)[:20]}"'


def adjournment(musrenbang: Musrenbang) -> Panel | None:
    """While the meeting is adjourned every screen says until when, whatever panel was chosen."""
    sesi = adjourned(musrenbang)
    if sesi is None:
        return None
    sesi.musrenbang = musrenbang
    return Panel("Sidang diskors", "layar/skors.html", {"sesi": sesi, "lanjut": resume_words(sesi)})


def agenda(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """The item that runs with its countdown, who speaks, and what comes next."""
    arrangement = list_agenda(musrenbang)
    context = {
        "susunan": arrangement,
        "bicara": now_speaking(arrangement),
        "zona": musrenbang.kecamatan.kabupaten.tz,
    }
    return Panel("Agenda", "layar/agenda.html", context)


def kehadiran(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """How many are here, by unsur, against the quorum."""
    hadir = count_attendance(musrenbang)
    context = {"hadir": hadir, "kuorum": check_kuorum(musrenbang, hadir)}
    return Panel("Kehadiran", "layar/kehadiran.html", context)


def paparan(musrenbang: Musrenbang, acuan: int | None) -> Panel:
    """The page of a presentation at which its speaker is."""
    one = list_paparan(musrenbang).filter(pk=acuan).first() if acuan else None
    return Panel("Paparan", "layar/paparan.html", {"slide": Slide(one) if one else None})


def offer_paparan(musrenbang: Musrenbang) -> list[tuple[int, str]]:
    """The presentations of the event, for screens that keep one."""
    return list(list_paparan(musrenbang).values_list("pk", "judul"))


PANEL = {
    "agenda": PanelKind("Agenda dan waktu", agenda),
    "kehadiran": PanelKind("Kehadiran", kehadiran),
    "paparan": PanelKind("Paparan", paparan, offer=offer_paparan),
}
