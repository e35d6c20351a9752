"""Pages of last year's result, where it comes from a spreadsheet."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect

from musrenbang.kunci import SEBELUM_SIDANG
from musrenbang.models import Desa
from musrenbang.views.berkas import xlsx_response
from musrenbang.views.page import EventRequest, event_form, event_page
from musrenbang.views.submit import sent, sent_files, show
from usulan.forms.impor import HasilLaluForm
from usulan.queries.lalu import results_page, year_before
from usulan.services.lalu import opener
from usulan.templat_lalu import blank_results
from usulan.views.impor import stage_files

PER_HALAMAN = 100


@event_form("hasil_tahun_lalu")
def results(request: EventRequest, slug: str) -> HttpResponse:
    """What became of last year's proposals: upload, what is stored, sums by desa and bidang."""
    form = HasilLaluForm(sent(request), sent_files(request))
    if request.method == "POST" and form.is_valid():
        buka = opener(musrenbang=request.musrenbang, by=request.user)
        jadi = stage_files(request, year_before(request.musrenbang), form, desa=None, buka=buka)
        if len(jadi) == 1 and not form.errors:
            return redirect("usulan:preview", jadi[0].musrenbang.slug, jadi[0].pk)
        for impor in jadi:
            messages.success(request, f"{impor.nama_berkas} terbaca. Periksa pratinjaunya, lalu simpan.")
        if not form.errors:
            return redirect("usulan:results", slug)
    lalu = year_before(request.musrenbang)
    konteks: dict[str, Any] = {"lalu": lalu} | results_page(lalu, request.akses)
    konteks["buka"] = request.musrenbang.tahap in SEBELUM_SIDANG and lalu.hanya_diimpor
    konteks["halaman"] = Paginator(konteks["usulan"], PER_HALAMAN).get_page(request.GET.get("hal"))
    return show(request, "usulan/results.html", form, konteks)


@event_page("hasil_tahun_lalu")
def result_form(request: EventRequest, slug: str) -> HttpResponse:
    """A blank workbook for last year's result, with lists to choose from."""
    lalu = year_before(request.musrenbang)
    isi = blank_results(lalu, Desa.objects.filter(kecamatan=request.musrenbang.kecamatan))
    return xlsx_response(f"hasil-{lalu.kecamatan.nama}-{lalu.tahun_rencana}", isi)
