"""Pages of last year's result, where it comes from a spreadsheet."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect

from musrenbang.kunci import SEBELUM_SIDANG
from musrenbang.models import Desa
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import EventRequest, event_form, event_page
from musrenbang.views.submit import sent, sent_files, show
from usulan.forms.impor import LastResultForm
from usulan.last_year_template import blank_results
from usulan.queries.last_year import results_page, year_before
from usulan.services.last_year import opener
from usulan.views.impor import stage_files

PER_HALAMAN = 100


@event_form("hasil_tahun_lalu")
def results(request: EventRequest, slug: str) -> HttpResponse:
    """What became of last year's proposals: upload, what is stored, sums by desa and bidang."""
    form = LastResultForm(sent(request), sent_files(request))
    if request.method == "POST" and form.is_valid():
        open_page = opener(musrenbang=request.musrenbang, by=request.user)
        finished = stage_files(request, year_before(request.musrenbang), form, desa=None, open_year=open_page)
        if len(finished) == 1 and not form.errors:
            return redirect("usulan:preview", finished[0].musrenbang.slug, finished[0].pk)
        for impor in finished:
            messages.success(request, f"{impor.nama_berkas} terbaca. Periksa hasil bacanya, lalu simpan.")
        if not form.errors:
            return redirect("usulan:results", slug)
    previous = year_before(request.musrenbang)
    context: dict[str, Any] = {"lalu": previous} | results_page(previous, request.akses)
    context["buka"] = request.musrenbang.tahap in SEBELUM_SIDANG and previous.hanya_diimpor
    context["halaman"] = Paginator(context["usulan"], PER_HALAMAN).get_page(request.GET.get("hal"))
    return show(request, "usulan/results.html", form, context)


@event_page("hasil_tahun_lalu")
def result_form(request: EventRequest, slug: str) -> HttpResponse:
    """A blank workbook for last year's result, with lists to choose from."""
    previous = year_before(request.musrenbang)
    content = blank_results(previous, Desa.objects.filter(kecamatan=request.musrenbang.kecamatan))
    return xlsx_response(f"hasil-{previous.kecamatan.nama}-{previous.tahun_rencana}", content)
