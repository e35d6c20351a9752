"""The indicative ceiling and the criteria of a kecamatan."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from musrenbang.forms.small import SeenForm
from musrenbang.izin import BOLEH_PAGU
from musrenbang.labels import words
from musrenbang.models import KriteriaKecamatan, StatusKriteria
from musrenbang.persiapan.defaults import KRITERIA_BAWAAN
from musrenbang.persiapan.forms.pagu import KriteriaFormSet, PaguForm
from musrenbang.persiapan.forms.small import CriteriaMoveForm
from musrenbang.persiapan.queries import pagu_for
from musrenbang.persiapan.services import pagu
from musrenbang.persiapan.services.pagu import scoring_started, set_pagu
from musrenbang.transisi import Refused
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read

# Which move of the criteria wants which permission.
IZIN = {
    StatusKriteria.DIAJUKAN: "kelola_pagu",
    StatusKriteria.DRAF: "kelola_pagu",
    StatusKriteria.DISETUJUI: "setujui_kriteria",
    StatusKriteria.DIKEMBALIKAN: "setujui_kriteria",
}
KABAR = {
    StatusKriteria.DIAJUKAN: words("Kriteria diajukan ke Bappeda."),
    StatusKriteria.DRAF: "Pengajuan ditarik; kriteria dapat diubah lagi.",
    StatusKriteria.DISETUJUI: "Kriteria disetujui.",
    StatusKriteria.DIKEMBALIKAN: words("Kriteria dikembalikan ke kecamatan."),
}


def _context(request: EventRequest) -> dict[str, Any]:
    musrenbang, akses = request.musrenbang, request.akses
    kriteria = KriteriaKecamatan.objects.filter(musrenbang=musrenbang).first() or KriteriaKecamatan(
        musrenbang=musrenbang, isi=KRITERIA_BAWAAN
    )
    locked = scoring_started(musrenbang)
    open_page = musrenbang.tahap in BOLEH_PAGU
    return {
        "kriteria": kriteria,
        "terkunci": locked,
        "form": PaguForm(pagu=pagu_for(musrenbang)),
        "formset": KriteriaFormSet(initial=kriteria.isi),
        "total": sum(pagu_for(musrenbang).values()),
        "boleh": akses.may("kelola_pagu") and open_page,
        "boleh_kriteria": akses.may("kelola_pagu") and open_page and not locked and kriteria.status != "diajukan",
        "boleh_setujui": akses.may("setujui_kriteria") and open_page and not locked and kriteria.status == "diajukan",
    }


@event_page("lihat_pagu")
def ceiling(request: EventRequest, slug: str) -> HttpResponse:
    """Ceiling per source and the criteria with their state."""
    return render(request, "persiapan/ceiling.html", _context(request))


@event_action("kelola_pagu")
def save_pagu(request: EventRequest, slug: str) -> HttpResponse:
    """Store the ceiling."""
    context = _context(request)
    form = PaguForm(request.POST, pagu={})
    if form.is_valid():
        changed = set_pagu(musrenbang=request.musrenbang, by=request.user, jumlah=form.amounts())
        messages.success(request, "Pagu indikatif disimpan." if changed else "Tidak ada yang berubah.")
        return redirect("ceiling", slug)
    return render(request, "persiapan/ceiling.html", context | {"form": form}, status=422)


@event_action("kelola_pagu")
def save_kriteria(request: EventRequest, slug: str) -> HttpResponse:
    """Store the criteria as a draft."""
    context = _context(request)
    formset, error = KriteriaFormSet(request.POST), ""
    if formset.is_valid():
        try:
            pagu.save_kriteria(
                musrenbang=request.musrenbang, by=request.user, content=formset.rows(), **read(SeenForm(request.POST))
            )
        except Refused as failure:
            error = str(failure)
        else:
            messages.success(request, "Kriteria disimpan sebagai draf.")
            return redirect("ceiling", slug)
    return render(request, "persiapan/ceiling.html", context | {"formset": formset, "galat": error}, status=422)


@event_action("lihat_pagu")
def move_kriteria(request: EventRequest, slug: str) -> HttpResponse:
    """Submit, withdraw, approve or return the criteria."""
    data = read(CriteriaMoveForm(request.POST))
    to = data["ke"]
    if to not in IZIN:
        raise Refused("Tahapnya sudah berubah. Muat ulang halaman untuk melihat tahap sekarang.")
    request.akses.check(IZIN[StatusKriteria(to)])
    pagu.move_kriteria(
        musrenbang=request.musrenbang,
        by=request.user,
        **data,
    )
    messages.success(request, KABAR[StatusKriteria(to)])
    return redirect("ceiling", slug)
