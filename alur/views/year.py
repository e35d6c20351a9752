"""Opening the next year."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alur.services.year import open_year, preview_year
from musrenbang.akses import get_kabupaten_for
from musrenbang.views.kabupaten import year_of
from musrenbang.views.page import AppRequest


@require_http_methods(["GET", "POST"])
def new_year(request: AppRequest) -> HttpResponse:
    """Open the next year: which kecamatan get an event and from what; then what was taken over."""
    kabupaten = get_kabupaten_for(request.user)
    tahun = year_of(request, kabupaten)
    context: dict[str, Any] = {"kabupaten": kabupaten, "tahun": tahun}
    if request.method == "POST":
        context["dibuka"] = open_year(kabupaten=kabupaten, tahun=tahun, by=request.user)
    context["daftar"] = preview_year(kabupaten, tahun)
    context["belum"] = sum(t.baru is None for t in context["daftar"])
    return render(request, "alur/new_year.html", context)
