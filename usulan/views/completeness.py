"""The completeness board of the desa."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.views.page import EventRequest, event_form, event_page
from musrenbang.views.submit import sent, show, submit
from usulan.forms.usulan import CompletenessForm
from usulan.izin import BOLEH_USULAN
from usulan.models import KelengkapanDesa
from usulan.queries.completeness import check_completeness, list_completeness
from usulan.services.completeness import update_completeness


@event_page("impor_usulan")
def completeness(request: EventRequest, slug: str) -> HttpResponse:
    """Per desa: list in, rows complete, amounts, Berita Acara, delegates, and a reminder ready to be sent."""
    baris = list_completeness(request.musrenbang, request.akses)
    context = {
        "baris": baris,
        "buka": request.musrenbang.tahap in BOLEH_USULAN,
        "lengkap": sum(not b.kurang for b in baris),
        "masuk": sum(bool(b.jumlah) for b in baris),
    }
    return render(request, "usulan/completeness.html", context)


@event_form("impor_usulan")
def edit_completeness(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Record what one desa handed in; the team also decides about a late one."""
    desa = get_object_or_404(request.musrenbang.kecamatan.desa_set, kode=kode)
    check_completeness(desa, request.akses)
    catatan = KelengkapanDesa.objects.filter(musrenbang=request.musrenbang, desa=desa).first()
    catatan = catatan or KelengkapanDesa(musrenbang=request.musrenbang, desa=desa)
    form = CompletenessForm(sent(request), instance=catatan, may_decide=request.akses.tim)
    if done := submit(
        request,
        form,
        partial(update_completeness, musrenbang=request.musrenbang, desa=desa, by=request.user),
        say=f"Kelengkapan {desa.sebutan} disimpan.",
        to=redirect("usulan:completeness", slug),
    ):
        return done
    context = {
        "desa": desa,
        "buka": request.musrenbang.tahap in BOLEH_USULAN,
    }
    return show(request, "usulan/completeness_form.html", form, context)
