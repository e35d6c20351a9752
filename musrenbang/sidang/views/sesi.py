"""Adjourning the meeting, going on, and noting who is there again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.forms.angka import wholes
from musrenbang.sidang.forms.kuorum import KuorumForm, SkorsForm
from musrenbang.sidang.izin import BOLEH_SKORS
from musrenbang.sidang.queries.kuorum import next_binding, quorum_context
from musrenbang.sidang.queries.sesi import resume_words
from musrenbang.sidang.services.sesi import adjourn_sidang, move_lanjutan, resume_sidang
from musrenbang.sidang.services.sesi import attend_again as save_attend_again
from musrenbang.transisi import Ditolak
from musrenbang.views.page import EventRequest, event_action


@event_action("putuskan_kuorum")
def adjourn(request: EventRequest, slug: str) -> HttpResponse:
    """Adjourn the meeting, or announce another time while it is adjourned."""
    form = SkorsForm(request.POST)
    if form.is_valid():
        isi = form.cleaned_data
        try:
            if request.POST.get("ubah"):
                isi.pop("alasan")
                sesi = move_lanjutan(musrenbang=request.musrenbang, by=request.user, **isi)
            else:
                sesi = adjourn_sidang(musrenbang=request.musrenbang, by=request.user, **isi)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"Sidang diskors sampai {resume_words(sesi)}. Layar menampilkannya.")
            return redirect("sidang:quorum", slug)
    konteks = quorum_context(request.musrenbang, next_binding(request.musrenbang)) | {
        "form": KuorumForm(),
        "form_skors": form,
        "boleh": request.akses.may("putuskan_kuorum"),
        "boleh_skors": request.musrenbang.tahap in BOLEH_SKORS,
    }
    return render(request, "sidang/quorum.html", konteks, status=422)


@event_action("putuskan_kuorum")
def resume(request: EventRequest, slug: str) -> HttpResponse:
    """Open the next sitting."""
    sesi = resume_sidang(musrenbang=request.musrenbang, by=request.user)
    messages.success(request, f"Sidang dilanjutkan: sesi {sesi.nomor}. Catat lagi siapa yang hadir.")
    return redirect("sidang:attendance", slug)


@event_action("catat_kehadiran")
def attend_again(request: EventRequest, slug: str) -> HttpResponse:
    """Note the ticked people of an earlier sitting as present in this one."""
    pilihan = wholes(request.POST.getlist("kehadiran"))
    if not pilihan:
        raise Ditolak("Centang dahulu siapa yang hadir lagi.")
    baru = save_attend_again(musrenbang=request.musrenbang, by=request.user, kehadiran=pilihan)
    if baru:
        messages.success(request, f"Tercatat hadir lagi di sesi ini: {', '.join(h.nama for h in baru)}.")
    else:
        messages.info(request, "Yang dicentang sudah tercatat hadir di sesi ini; tidak ada yang berubah.")
    return redirect("sidang:attendance", slug)
