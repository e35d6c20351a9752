"""How long the session of the person lasts, asked and prolonged by the page that is open (static/js/sesi.js)."""

import time

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from musrenbang.akun.sesi import DILIHAT
from musrenbang.views.page import AppRequest


@never_cache
@require_http_methods(["GET", "POST"])
def session_left(request: AppRequest) -> JsonResponse:
    """Seconds until the session ends for want of use; a POST is a use of it and begins them anew."""
    current = int(time.time())
    if request.method == "POST":
        request.session[DILIHAT] = current
    return JsonResponse({"sisa": settings.SESI_DIAM_DETIK - (current - request.session.get(DILIHAT, current))})
