"""Documents that everybody may read once the plan is fixed: no login."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from berita_acara.dokumen.kinds import public_kinds
from berita_acara.services.public import public_dokumen
from musrenbang.keeper import read_dokumen
from musrenbang.sebutan import activate
from musrenbang.transisi import Refused
from musrenbang.views.errors import Missing
from musrenbang.views.files import pdf_response
from tindak_lanjut.queries.public import list_public

SATU_JAM = 3600


@login_not_required
@require_GET
def document(request: HttpRequest, slug: str, jenis: str) -> HttpResponse:
    """A list of the result as PDF. While somebody else's request is making it, it says to come back in a moment."""
    musrenbang = get_object_or_404(list_public().with_place(), slug=slug)
    activate(musrenbang.sebutan)
    if jenis not in public_kinds(musrenbang):
        raise Missing("Dokumen itu tidak dibuka untuk umum.")
    try:
        dokumen = public_dokumen(musrenbang=musrenbang, jenis=jenis)
    except Refused as error:
        raise Http404(str(error)) from error
    if dokumen is None:
        response = render(request, "berita_acara/disiapkan.html", {"musrenbang": musrenbang}, status=503)
        response.headers["Retry-After"] = "20"
        return response
    response = pdf_response(f"{jenis}-{slug}", read_dokumen(dokumen))
    patch_cache_control(response, public=True, max_age=SATU_JAM)
    return response
