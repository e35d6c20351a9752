"""Funding schemes that Bappeda keeps for its kabupaten."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from musrenbang.akses import get_kabupaten_for
from musrenbang.views.errors import Missing
from musrenbang.views.page import AppRequest
from musrenbang.views.submit import sent, show, submit
from rkp.prioritas.forms.rules import SkemaForm
from rkp.prioritas.presets import BAWAAN, preset
from rkp.prioritas.queries.skema import list_skema
from rkp.prioritas.services.skema import save_skema


@require_GET
def schemes(request: AppRequest) -> HttpResponse:
    """The kabupaten's schemes, and those that come with the program."""
    kabupaten = get_kabupaten_for(request.user)
    context = {"kabupaten": kabupaten, "skema": list_skema(kabupaten), "bawaan": BAWAAN.items()}
    return render(request, "prioritas/schemes.html", context)


@require_http_methods(["GET", "POST"])
def scheme(request: AppRequest, kode: str | None = None) -> HttpResponse:
    """Add a scheme, from a preset when ``?dari=`` names one, or change one."""
    kabupaten = get_kabupaten_for(request.user)
    skema = list_skema(kabupaten).filter(kode=kode).first() if kode else None
    if kode and skema is None:
        raise Missing("Skema ini sudah tidak ada. Pilih yang lain di Skema pendanaan.")
    origin = BAWAAN.get(request.GET.get("dari", ""))
    start: dict[str, Any] = {"tahun_dari": timezone.localdate().year}
    if origin:
        start |= {"nama": origin.nama, "dasar_hukum": origin.dasar_hukum, "kode": request.GET["dari"]}
    rules = skema.aturan if skema else preset(request.GET["dari"]) if origin else {}
    form = SkemaForm(sent(request), skema=skema, aturan=rules, initial=start)
    if done := submit(
        request,
        form,
        partial(save_skema, kabupaten=kabupaten, skema=skema),
        say=lambda one: f"Skema {one.nama} disimpan. Pemeringkatan yang sudah dibuka memakai salinannya.",
        to=redirect("schemes"),
    ):
        return done
    return show(request, "prioritas/scheme.html", form, {"kabupaten": kabupaten, "skema": skema})
