"""The delegation page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from delegasi import queries, services
from delegasi.forms import DelegatForm
from musrenbang.akses import get_musrenbang_for
from musrenbang.states import BOLEH_DELEGASI
from musrenbang.transisi import Ditolak


@require_http_methods(["GET", "POST"])
def delegate_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The six seats, the composition check and the form for the next delegate."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_delegasi")
    if request.method == "POST" and not akses.may("pilih_delegasi"):
        raise PermissionDenied("Hanya ketua dan sekretaris tim yang mencatat delegasi.")
    form = DelegatForm(request.POST if request.method == "POST" else None, musrenbang=musrenbang)
    if request.method == "POST" and form.is_valid():
        try:
            delegat = services.add_delegat(musrenbang=musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"{delegat.nama} menjadi delegat.")
            return redirect("delegasi:list", slug)
    konteks = {
        "musrenbang": musrenbang, "akses": akses, "form": form, "delegat": queries.list_delegat(musrenbang),
        "komposisi": queries.composition(musrenbang),
        "boleh": akses.may("pilih_delegasi") and musrenbang.tahap in BOLEH_DELEGASI,
    }  # fmt: skip
    return render(request, "delegasi/list.html", konteks)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a delegate off the list."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "pilih_delegasi")
    delegat = get_object_or_404(queries.list_delegat(musrenbang), pk=pk)
    services.remove_delegat(delegat=delegat, by=request.user)
    messages.success(request, f"{delegat.nama} dikeluarkan dari delegasi.")
    return redirect("delegasi:list", slug)
