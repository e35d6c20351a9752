"""Witnesses: the team hands out links, a telephone signs. The link is the right; there is no sign-in."""

import base64

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from berita_acara.forms import TestimonyForm
from berita_acara.services import witnesses as services
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.read import origin
from musrenbang.models import Musrenbang
from musrenbang.sebutan import activate, sebutan
from musrenbang.transisi import Refused
from musrenbang.views.limited_codes import limited
from musrenbang.views.page import EventRequest, event_page
from musrenbang.views.submit import read

BROKEN = "Tanda tangannya tidak sampai utuh. Muat ulang halaman, lalu ulangi."


@never_cache
@event_page("bawa_acara")
def witnesses(request: EventRequest, slug: str) -> HttpResponse:
    """The links of the parties as codes to photograph, and who signed the newest checkpoint."""
    everything = services.parties(request.musrenbang)
    address = {p: settings.ALAMAT + reverse("witness", args=[slug, p.kode]) for p in everything}
    already = services.witnessed_parties(request.musrenbang)
    context = {
        "kurang_dari": services.KURANG_DARI,
        "sudah": already,
        "daftar": [
            (p, address[p], segno.make(address[p], error="m").png_data_uri(scale=3, border=2), p.nama in already)
            for p in everything
        ],
    }
    return render(request, "berita_acara/witnesses.html", context)


def _party(slug: str, kode: str) -> tuple[Musrenbang, services.Party]:
    musrenbang = get_object_or_404(Musrenbang.objects.with_place(), slug=slug)
    activate(musrenbang.sebutan)
    party = services.find_party(musrenbang, kode)
    if party is None:
        raise Http404(f"Tautan saksi itu tidak dikenal. Minta lagi kepada tim {sebutan.kecamatan}.")
    return musrenbang, party


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@limited
def witness(request: HttpRequest, slug: str, kode: str) -> HttpResponse:
    """What a party signs, on its own telephone."""
    musrenbang, party = _party(slug, kode)
    if request.method == "POST":
        try:
            data = read(TestimonyForm(request.POST), BROKEN)
            services.co_sign(
                musrenbang=musrenbang,
                party=party,
                ukuran=data["ukuran"],
                waktu=data["waktu"],
                kunci=data["kunci_saksi"],
                tanda=data["tanda_saksi"],
            )
        except (ValueError, OverflowError):
            messages.error(request, BROKEN)
        except Refused as failure:
            messages.error(request, str(failure))
        else:
            messages.success(request, f"Tersimpan: {party.kata} menyaksikan titik periksa ini.")
        return redirect("witness", slug, kode)
    context = {"musrenbang": musrenbang, "pihak": party, "asal": origin(musrenbang)}
    try:
        context["k"] = services.testimony(musrenbang, party)
    except Refused as error:
        context["belum"] = str(error)
    context["kunci"] = base64.b64encode(own_key().isi).decode()
    return render(request, "berita_acara/witness.html", context)


@login_not_required
@never_cache
@require_GET
@limited
def proof(request: HttpRequest, slug: str, kode: str) -> JsonResponse:
    """The proof that the newest checkpoint continues the one that the telephone saw last."""
    musrenbang, _ = _party(slug, kode)
    try:
        proofs = services.consistency_proof(musrenbang, int(request.GET.get("dari", "")[:12]))
    except (ValueError, Refused) as error:
        return JsonResponse(
            {"galat": str(error) if isinstance(error, Refused) else "Nomornya tidak terbaca."}, status=409
        )
    return JsonResponse({"bukti": proofs})
