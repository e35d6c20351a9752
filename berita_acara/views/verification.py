"""Anybody checks a printed document: no login."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from berita_acara import queries
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.services.match import COCOK_MAKS, compare_file
from berita_acara.views.jangkar import pyz_digest
from musrenbang import limits
from musrenbang.attempts import client_place
from musrenbang.infra.codes import read_code
from musrenbang.sebutan import activate
from musrenbang.views.errors import slow_down
from musrenbang.views.files import takes_files
from musrenbang.views.limited_codes import limited


@login_not_required
@limited
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code on the page."""
    kode = read_code(request.GET.get("kode", ""))
    if kode and queries.find_dokumen(kode):
        return redirect("verify", kode)
    return render(
        request, "berita_acara/verify_enter.html", {"kode": kode, "pyz": pyz_digest()}, status=404 if kode else 200
    )


@login_not_required
@takes_files(COCOK_MAKS + 100_000)
@limited
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, kode: str) -> HttpResponse:
    """What a document is, whether it is the current one, and whether a file is it, byte for byte."""
    kode = read_code(kode)
    authenticity = queries.find_dokumen(kode)
    if authenticity is None:
        return render(request, "berita_acara/verify_enter.html", {"kode": kode, "pyz": pyz_digest()}, status=404)
    activate(authenticity.dokumen.musrenbang.sebutan)
    matching, error = None, ""
    if request.method == "POST":
        file = request.FILES.get("berkas")
        if file is None or (file.size or 0) > COCOK_MAKS:
            error = "Pilih berkas PDF-nya, paling besar 15 MB."
        elif wait := limits.begin("berkas", client_place(request)):
            return slow_down(request, wait)
        else:
            matching = compare_file(dokumen=authenticity.dokumen, berkas=file)
    kind = CETAKAN.get(authenticity.dokumen.jenis)
    context = {
        "k": authenticity,
        "d": authenticity.dokumen,
        "jenis": kind.label if kind else authenticity.dokumen.jenis,
        "bertanda": bool(kind and kind.ttd),
        "galat": error,
        "cocok": matching,
        "jangkar": queries.anchor_on(authenticity.dokumen),
    }
    return render(request, "berita_acara/verify.html", context, status=422 if error else 200)
