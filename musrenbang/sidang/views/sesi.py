"""Adjourning the meeting, going on, and noting who is there again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from musrenbang.akses import get_musrenbang_for
from musrenbang.forms.angka import wholes
from musrenbang.sidang.forms.kuorum import KuorumForm, SkorsForm
from musrenbang.sidang.izin import BOLEH_SKORS
from musrenbang.sidang.queries.kuorum import next_binding, quorum_context
from musrenbang.sidang.queries.sesi import resume_words
from musrenbang.sidang.services.sesi import adjourn_sidang, move_lanjutan, resume_sidang
from musrenbang.sidang.services.sesi import attend_again as save_attend_again
from musrenbang.transisi import Ditolak


@require_POST
def adjourn(request: HttpRequest, slug: str) -> HttpResponse:
    """Adjourn the meeting, or announce another time while it is adjourned."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "putuskan_kuorum")
    form = SkorsForm(request.POST)
    if form.is_valid():
        isi = form.cleaned_data
        try:
            if request.POST.get("ubah"):
                isi.pop("alasan")
                sesi = move_lanjutan(musrenbang=musrenbang, by=request.user, **isi)
            else:
                sesi = adjourn_sidang(musrenbang=musrenbang, by=request.user, **isi)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"Sidang diskors sampai {resume_words(sesi)}. Layar menampilkannya.")
            return redirect("sidang:quorum", slug)
    konteks = quorum_context(musrenbang, next_binding(musrenbang)) | {
        "musrenbang": musrenbang,
        "akses": akses,
        "form": KuorumForm(),
        "form_skors": form,
        "boleh": akses.may("putuskan_kuorum"),
        "boleh_skors": musrenbang.tahap in BOLEH_SKORS,
    }
    return render(request, "sidang/quorum.html", konteks, status=422)


@require_POST
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the next sitting."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "putuskan_kuorum")
    sesi = resume_sidang(musrenbang=musrenbang, by=request.user)
    messages.success(request, f"Sidang dilanjutkan: sesi {sesi.nomor}. Catat lagi siapa yang hadir.")
    return redirect("sidang:attendance", slug)


@require_POST
def attend_again(request: HttpRequest, slug: str) -> HttpResponse:
    """Note the ticked people of an earlier sitting as present in this one."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "catat_kehadiran")
    pilihan = wholes(request.POST.getlist("kehadiran"))
    if not pilihan:
        raise Ditolak("Centang dahulu siapa yang hadir lagi.")
    baru = save_attend_again(musrenbang=musrenbang, by=request.user, kehadiran=pilihan)
    if baru:
        messages.success(request, f"Tercatat hadir lagi di sesi ini: {', '.join(h.nama for h in baru)}.")
    else:
        messages.info(request, "Yang dicentang sudah tercatat hadir di sesi ini; tidak ada yang berubah.")
    return redirect("sidang:attendance", slug)
