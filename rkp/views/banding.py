"""Two states of the plan side by side."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from musrenbang.views.page import EventRequest, event_page
from rkp.models import Rkp
from rkp.queries.banding import compare_states, list_states


@event_page("lihat_rekap_rkp")
def compare(request: EventRequest, slug: str) -> HttpResponse:
    """What is new, changed or gone between two states, with who and why."""
    rkp = get_object_or_404(Rkp, musrenbang=request.musrenbang)
    rkp.musrenbang = request.musrenbang
    keadaan = list_states(rkp)
    kenal = [k for k, _ in keadaan]
    a, b = request.GET.get("a", ""), request.GET.get("b", "")
    a = a if a in kenal else keadaan[0][0]
    b = b if b in kenal else keadaan[-1][0]
    konteks = {
        "keadaan": keadaan,
        "a": a,
        "b": b,
        "baris": compare_states(rkp, a, b),
    }
    return render(request, "rkp/compare.html", konteks)
