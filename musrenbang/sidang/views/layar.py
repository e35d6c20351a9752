"""The projector: no login, read-only, opened with a short code."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from musrenbang.infra.codes import read_code
from musrenbang.sebutan import activate
from musrenbang.sidang.models import Layar, Paparan
from musrenbang.sidang.panel import render_layar
from musrenbang.sidang.queries.paparan import page_picture
from musrenbang.transisi import Refused
from musrenbang.views.errors import Missing
from musrenbang.views.limited_codes import limited


@login_not_required
@limited
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code."""
    kode = read_code(request.GET.get("kode", ""))
    if kode and Layar.objects.filter(kode=kode).exists():
        return redirect("screen", kode)
    return render(request, "layar/masuk.html", {"kode": kode}, status=404 if kode else 200)


@login_not_required
@limited
@require_GET
def screen(request: HttpRequest, kode: str) -> HttpResponse:
    """The page that a projector keeps open."""
    layar = Layar.objects.select_related("musrenbang__kecamatan__kabupaten").filter(kode=read_code(kode)).first()
    if layar is None:
        raise Http404("Kode layar tidak dikenal.")
    activate(layar.musrenbang.sebutan)
    return render(request, "layar/layar.html", {"layar": layar, "musrenbang": layar.musrenbang})


@login_not_required
@limited
@require_GET
def picture(request: HttpRequest, kode: str, pk: int, halaman: int) -> HttpResponse:
    """A page of a presentation of the event that a screen belongs to."""
    layar = Layar.objects.filter(kode=read_code(kode)).first()
    one = Paparan.objects.filter(musrenbang=layar.musrenbang_id, pk=pk).first() if layar else None
    if one is None or not 1 <= halaman <= one.halaman:
        raise Missing("Halaman paparan itu tidak ada. Pilih lagi paparannya di Hari sidang.")
    try:
        response = HttpResponse(page_picture(one, halaman), content_type="image/jpeg")
    except Refused as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@login_not_required
@limited
@require_GET
def content(request: HttpRequest, kode: str) -> HttpResponse:
    """What is shown now; 304 while nothing changed. ``X-Waktu`` is the server's clock in milliseconds."""
    finished = render_layar(kode)
    if finished is None:
        raise Http404("Kode layar tidak dikenal.")
    html, page_etag = finished
    same = request.headers.get("If-None-Match") == page_etag
    response = HttpResponseNotModified() if same else HttpResponse(html)
    response.headers["ETag"], response.headers["Cache-Control"] = page_etag, "no-cache"
    response.headers["X-Waktu"] = str(int(timezone.now().timestamp() * 1000))
    return response
