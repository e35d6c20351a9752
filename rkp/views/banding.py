"""Two states of the plan side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from musrenbang.akses import get_musrenbang_for
from rkp.models import Rkp
from rkp.queries.banding import compare_states, list_states


@require_GET
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new, changed or gone between two states, with who and why."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_rekap_rkp")
    rkp = get_object_or_404(Rkp, musrenbang=musrenbang)
    rkp.musrenbang = musrenbang
    keadaan = list_states(rkp)
    kenal = [k for k, _ in keadaan]
    a = request.GET.get("a") if request.GET.get("a") in kenal else keadaan[0][0]
    b = request.GET.get("b") if request.GET.get("b") in kenal else keadaan[-1][0]
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "keadaan": keadaan,
        "a": a,
        "b": b,
        "baris": compare_states(rkp, a, b),
    }
    return render(request, "rkp/compare.html", konteks)
