"""The desk at the door when it decides on its own device: its list, what it sends, and its page without a network."""

from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from musrenbang.infra.certificate import PENERBIT, fingerprint, read_authority
from musrenbang.infra.network import own_addresses
from musrenbang.sidang.forms.desk import ArrivalsForm, SinceForm
from musrenbang.sidang.forms.kehadiran import KehadiranForm
from musrenbang.sidang.queries.desk import desk_list as read_list
from musrenbang.sidang.services.desk import receive_batch
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.submit import read


@event_page("catat_kehadiran")
def desk_list(request: EventRequest, slug: str) -> HttpResponse:
    """Who is invited and here, for the device of a desk; 204 when nothing changed since it asked."""
    content = read_list(request.musrenbang)
    if content["sidik"] == read(SinceForm(request.GET))["sidik"]:
        return HttpResponse(status=204)
    return JsonResponse(content, headers={"Cache-Control": "no-store"})


@event_action("catat_kehadiran")
def desk_receive(request: EventRequest, slug: str) -> HttpResponse:
    """Take some arrivals of a device, and say for each what became of it."""
    data = read(ArrivalsForm(request.POST))
    results = receive_batch(musrenbang=request.musrenbang, by=request.user, **data)
    return JsonResponse({"hasil": results}, headers={"Cache-Control": "no-store"})


@event_page("catat_kehadiran")
def desk_offline(request: EventRequest, slug: str) -> HttpResponse:
    """The page of the desk as a device keeps it: no person of the event stands in it."""
    return render(request, "sidang/luring.html", {"form": KehadiranForm(musrenbang=request.musrenbang)})


@cache
def _worker() -> bytes:
    return (settings.BASE_DIR / "static/js/pekerja_meja.js").read_bytes()


@event_page("catat_kehadiran")
def desk_worker(request: EventRequest, slug: str) -> HttpResponse:
    """The service worker; served here, it reaches the pages of the desk and no other."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@event_page("catat_kehadiran")
def desk_camera(request: EventRequest, slug: str) -> HttpResponse:
    """What a camera and a scanner at the desk need, and how the team's own devices get it."""
    authority = read_authority(settings.VAR_DIR / "https") if settings.PORT_AMAN else None
    context = {
        "alamat": [f"https://{a}:{settings.PORT_AMAN}" for a in own_addresses()] if authority else [],
        "sidik": fingerprint(authority) if authority else "",
        "sampai": authority.not_valid_after_utc if authority else None,
    }
    return render(request, "sidang/kamera.html", context)


@event_page("catat_kehadiran")
def desk_certificate(request: EventRequest, slug: str) -> HttpResponse:
    """The authority of this laptop, to be installed on the team's own devices; 404 where https is not served."""
    path = settings.VAR_DIR / "https" / PENERBIT
    if not settings.PORT_AMAN or not path.exists():
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="musrenbang-aula.crt"'}
    return HttpResponse(path.read_bytes(), content_type="application/x-x509-ca-cert", headers=headers)
