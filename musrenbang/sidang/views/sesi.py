"""Adjourning the meeting, going on, and noting who is there again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.sidang.forms.kuorum import KuorumForm, SkorsForm
from musrenbang.sidang.forms.small import AgainForm, ChangeTimeForm
from musrenbang.sidang.izin import BOLEH_SKORS
from musrenbang.sidang.models import SesiSidang
from musrenbang.sidang.queries.kuorum import next_binding, quorum_context
from musrenbang.sidang.queries.sesi import resume_words
from musrenbang.sidang.services.sesi import adjourn_sidang, move_continuation, resume_sidang
from musrenbang.sidang.services.sesi import attend_again as save_attend_again
from musrenbang.views.page import EventRequest, event_action
from musrenbang.views.submit import read, submit


@event_action("putuskan_kuorum")
def adjourn(request: EventRequest, slug: str) -> HttpResponse:
    """Adjourn the meeting, or announce another time while it is adjourned."""
    form = SkorsForm(request.POST)
    change = read(ChangeTimeForm(request.POST))["ubah"]

    def save(alasan: str, **when: Any) -> SesiSidang:
        if change:
            return move_continuation(musrenbang=request.musrenbang, by=request.user, **when)
        return adjourn_sidang(musrenbang=request.musrenbang, by=request.user, alasan=alasan, **when)

    if done := submit(
        request,
        form,
        save,
        say=lambda sesi: f"Sidang diskors sampai {resume_words(sesi)}. Layar menampilkannya.",
        to=redirect("sidang:quorum", slug),
    ):
        return done
    context = quorum_context(request.musrenbang, next_binding(request.musrenbang)) | {
        "form": KuorumForm(),
        "form_skors": form,
        "boleh": request.akses.may("putuskan_kuorum"),
        "boleh_skors": request.musrenbang.tahap in BOLEH_SKORS,
    }
    return render(request, "sidang/quorum.html", context, status=422)


@event_action("putuskan_kuorum")
def resume(request: EventRequest, slug: str) -> HttpResponse:
    """Open the next sitting."""
    sesi = resume_sidang(musrenbang=request.musrenbang, by=request.user)
    messages.success(request, f"Sidang dilanjutkan: sesi {sesi.nomor}. Catat lagi siapa yang hadir.")
    return redirect("sidang:attendance", slug)


@event_action("catat_kehadiran")
def attend_again(request: EventRequest, slug: str) -> HttpResponse:
    """Note the ticked people of an earlier sitting as present in this one."""
    new = save_attend_again(musrenbang=request.musrenbang, by=request.user, **read(AgainForm(request.POST)))
    if new:
        messages.success(request, f"Tercatat hadir lagi di sesi ini: {', '.join(h.nama for h in new)}.")
    else:
        messages.info(request, "Yang dicentang sudah tercatat hadir di sesi ini; tidak ada yang berubah.")
    return redirect("sidang:attendance", slug)
