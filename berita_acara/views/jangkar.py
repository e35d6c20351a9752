"""The signed checkpoints of an event, for everybody: no login."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from musrenbang.jangkar.daftar import list_checkpoints
from musrenbang.models import Musrenbang
from tindak_lanjut.queries import list_public

MENIT = 60


def _event(slug: str) -> Musrenbang:
    return get_object_or_404(list_public().select_related("kecamatan__kabupaten"), slug=slug)


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
def checkpoints(request: HttpRequest, slug: str) -> HttpResponse:
    """What was signed when, and by which key; how to keep it and what it is good for."""
    musrenbang = _event(slug)
    konteks = {"musrenbang": musrenbang, "t": list_checkpoints(musrenbang)}
    return render(request, "berita_acara/checkpoints.html", konteks)


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as one text file, for ``check_musrenbang --titik`` and ``periksa.pyz``."""
    daftar = list_checkpoints(_event(slug))
    jawab = HttpResponse(daftar.teks, content_type="text/plain; charset=utf-8")
    jawab.headers["Content-Disposition"] = f'attachment; filename="titik-{slug}.txt"'
    return jawab
