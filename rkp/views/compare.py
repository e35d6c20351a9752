"""Two states of the plan side by side."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from musrenbang.views.page import EventRequest, event_page
from rkp.models import Rkp
from rkp.queries.compare import compare_states, list_states


@event_page("lihat_rekap_rkp")
def compare(request: EventRequest, slug: str) -> HttpResponse:
    """What is new, changed or gone between two states, with who and why."""
    rkp = get_object_or_404(Rkp, musrenbang=request.musrenbang)
    rkp.musrenbang = request.musrenbang
    state = list_states(rkp)
    known = [k for k, _ in state]
    a, b = request.GET.get("a", ""), request.GET.get("b", "")
    a = a if a in known else state[0][0]
    b = b if b in known else state[-1][0]
    context = {
        "keadaan": state,
        "a": a,
        "b": b,
        "baris": compare_states(rkp, a, b),
    }
    return render(request, "rkp/compare.html", context)
