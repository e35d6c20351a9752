"""The quorum before a move that binds: the figures, and the two ways on where it is missed."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect

from musrenbang.sidang.forms.kuorum import KuorumForm, SkorsForm
from musrenbang.sidang.izin import BOLEH_SKORS
from musrenbang.sidang.models import CatatanKuorum
from musrenbang.sidang.queries.kuorum import name_of, next_binding, quorum_context
from musrenbang.sidang.services.kuorum import decide_kuorum
from musrenbang.views.page import EventRequest, event_form
from musrenbang.views.submit import sent, show, submit


@event_form("lihat_kehadiran", send="putuskan_kuorum")
def quorum(request: EventRequest, slug: str) -> HttpResponse:
    """Show the quorum before the next binding move; record that the meeting goes on below it."""
    to = next_binding(request.musrenbang)
    form = KuorumForm(sent(request))

    def said(putusan: CatatanKuorum) -> str:
        words = f"Putusan sidang untuk “{name_of(putusan.ke)}” dicatat: {putusan.alasan}"
        return f"{words} Alasan ini dicetak di Berita Acara."

    service = partial(decide_kuorum, musrenbang=request.musrenbang, by=request.user)
    if done := submit(request, form, service, say=said, to=redirect("sidang:today", slug)):
        return done
    context = quorum_context(request.musrenbang, to) | {
        "boleh": request.akses.may("putuskan_kuorum"),
        "form_skors": SkorsForm(),
        "boleh_skors": request.musrenbang.tahap in BOLEH_SKORS,
    }
    return show(request, "sidang/quorum.html", form, context)
