"""Taking an event to the hall and back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from berita_acara import services
from berita_acara.bawa import Bentrok, fingerprint
from berita_acara.bawa.tanda import public_of, server_key
from musrenbang.akses import get_musrenbang_for
from musrenbang.states import BOLEH_DIBAWA
from musrenbang.transisi import Ditolak
from musrenbang.views.berkas import file_response

TIPE = "application/gzip"


def _page(request: HttpRequest, slug: str, tambahan: dict[str, Any], status: int = 200) -> HttpResponse:
    musrenbang, akses = get_musrenbang_for(request.user, slug, "bawa_acara")
    konteks = {
        "musrenbang": musrenbang, "akses": akses, **services.journey_of(musrenbang),
        "boleh": musrenbang.tahap in BOLEH_DIBAWA,
        "sidik": fingerprint(public_of(server_key(settings.SECRET_KEY))),
    }  # fmt: skip
    return render(request, "berita_acara/hall.html", konteks | tambahan, status=status)


@never_cache
@require_GET
def hall(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the event is, and the next step."""
    return _page(request, slug, {})


@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """The file for the laptop; from now on nothing changes here."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bawa_acara")
    isi = services.take_away(musrenbang=musrenbang, by=request.user)
    return file_response(f"{slug}.musrenbang", isi, TIPE)


@require_POST
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    """The file for the server; from now on nothing changes on the laptop."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bawa_acara")
    isi = services.pack_home(musrenbang=musrenbang, by=request.user)
    return file_response(f"{slug}-pulang.musrenbang", isi, TIPE)


@require_POST
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """The result of the hall; what was changed here meanwhile is shown before anything is overwritten."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bawa_acara")
    berkas = request.FILES.get("berkas")
    if berkas is None:
        raise Ditolak("Pilih dahulu berkas dari laptop aula.")
    try:
        hasil = services.bring_back(
            musrenbang=musrenbang, by=request.user, berkas=berkas.read(), timpa=bool(request.POST.get("timpa"))
        )
    except Bentrok as bentrok:
        return _page(request, slug, {"bentrok": bentrok.jejak}, status=409)
    kata = ", ".join(f"{hasil[k]} baris {k}" for k in ("ditambah", "diubah", "dihapus"))
    messages.success(request, f"Hasil aula sudah masuk: {kata}. Acara ini dapat diubah lagi di sini.")
    return redirect("berita_acara:hall", slug)


@require_POST
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Unlock the copy here."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bawa_acara")
    services.cancel_journey(musrenbang=musrenbang, by=request.user, alasan=request.POST.get("alasan", ""))
    messages.success(request, "Acara ini dapat diubah lagi di sini.")
    return redirect("berita_acara:hall", slug)
