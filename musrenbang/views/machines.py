"""What machines ask: is it alive, and how is it doing."""

import os

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from musrenbang.infra.release import VERSION


@login_not_required
@never_cache
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """200 with the number of the release while the database answers, 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "basis data tidak terjangkau"}, status=503)
    return JsonResponse({"status": "sehat", "versi": VERSION})


@login_not_required
@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, to who sends the password of ``METRIK_SANDI`` as bearer token; else no such page."""
    sandi = settings.METRIK_SANDI
    if not sandi or not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {sandi}"):
        raise Http404
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest  # noqa: PLC0415 -- by setting
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 -- by setting

    from musrenbang.metrics import JobQueue  # noqa: PLC0415 -- by setting

    listing = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(listing)
    else:
        listing.register(REGISTRY)
    listing.register(JobQueue())
    return HttpResponse(generate_latest(listing), content_type=CONTENT_TYPE_LATEST)
