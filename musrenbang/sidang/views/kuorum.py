"""The quorum before a move that binds: the figures, and the two ways on where it is missed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from musrenbang.akses import get_musrenbang_for
from musrenbang.sidang.forms.kuorum import KuorumForm, SkorsForm
from musrenbang.sidang.izin import BOLEH_SKORS
from musrenbang.sidang.queries.kuorum import name_of, next_binding, quorum_context
from musrenbang.sidang.services.kuorum import decide_kuorum
from musrenbang.transisi import Ditolak


@require_http_methods(["GET", "POST"])
def quorum(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the quorum before the next binding move; record that the meeting goes on below it."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_kehadiran")
    if request.method == "POST" and not akses.may("putuskan_kuorum"):
        raise PermissionDenied("Hanya ketua dan sekretaris tim yang mencatat putusan sidang tentang kuorum.")
    ke = next_binding(musrenbang)
    form = KuorumForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            putusan = decide_kuorum(musrenbang=musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            kata = f"Putusan sidang untuk “{name_of(putusan.ke)}” dicatat: {putusan.alasan}"
            messages.success(request, f"{kata} Alasan ini dicetak di Berita Acara.")
            return redirect(musrenbang)
    konteks = quorum_context(musrenbang, ke) | {
        "musrenbang": musrenbang,
        "akses": akses,
        "form": form,
        "boleh": akses.may("putuskan_kuorum"),
        "form_skors": SkorsForm(),
        "boleh_skors": musrenbang.tahap in BOLEH_SKORS,
    }
    return render(request, "sidang/quorum.html", konteks, status=422 if form.errors else 200)
