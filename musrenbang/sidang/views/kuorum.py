"""The quorum before a move that binds: the figures, and the two ways on where it is missed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.sidang.forms.kuorum import KuorumForm, SkorsForm
from musrenbang.sidang.izin import BOLEH_SKORS
from musrenbang.sidang.queries.kuorum import name_of, next_binding, quorum_context
from musrenbang.sidang.services.kuorum import decide_kuorum
from musrenbang.transisi import Ditolak
from musrenbang.views.page import EventRequest, event_form


@event_form("lihat_kehadiran", send="putuskan_kuorum")
def quorum(request: EventRequest, slug: str) -> HttpResponse:
    """Show the quorum before the next binding move; record that the meeting goes on below it."""
    ke = next_binding(request.musrenbang)
    form = KuorumForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            putusan = decide_kuorum(musrenbang=request.musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            kata = f"Putusan sidang untuk “{name_of(putusan.ke)}” dicatat: {putusan.alasan}"
            messages.success(request, f"{kata} Alasan ini dicetak di Berita Acara.")
            return redirect(request.musrenbang)
    konteks = quorum_context(request.musrenbang, ke) | {
        "form": form,
        "boleh": request.akses.may("putuskan_kuorum"),
        "form_skors": SkorsForm(),
        "boleh_skors": request.musrenbang.tahap in BOLEH_SKORS,
    }
    return render(request, "sidang/quorum.html", konteks, status=422 if form.errors else 200)
