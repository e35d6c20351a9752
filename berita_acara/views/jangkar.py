"""The signed checkpoints of an event, for everybody: no login."""

import base64

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from musrenbang.infra.digest import sha256_of
from musrenbang.jangkar.folder import known_keys
from musrenbang.jangkar.listing import list_checkpoints
from musrenbang.jangkar.note import PELADEN
from musrenbang.jangkar.read import reference_notes
from musrenbang.models import Musrenbang
from musrenbang.sebutan import activate
from periksa.build import content
from tindak_lanjut.queries.public import list_public

MENIT = 60
PYZ = "periksa.pyz"
SKRIP = ("vendor/jsqr/jsQR.min.js", "js/ed25519.js", "js/bukti.js", "js/bukti_halaman.js")


def _event(slug: str) -> Musrenbang:
    musrenbang = get_object_or_404(list_public().with_place(), slug=slug)
    activate(musrenbang.sebutan)
    return musrenbang


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
def checkpoints(request: HttpRequest, slug: str) -> HttpResponse:
    """What was signed when, and by which key; how to keep it and what it is good for."""
    musrenbang = _event(slug)
    context = {"musrenbang": musrenbang, "t": list_checkpoints(musrenbang), "pyz": pyz_digest()}
    return render(request, "berita_acara/checkpoints.html", context)


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
def proof_page(request: HttpRequest) -> HttpResponse:
    """One file that checks the codes on the sheets of the villages, to be saved and used in flight mode.

    It is sent to be kept, not shown: its scripts stand inside, which pages of ours never have.
    """
    kunci = [k for k in known_keys() if k.jenis == PELADEN]
    context = {
        "kunci": kunci,
        "isi_kunci": [base64.b64encode(k.isi).decode() for k in kunci],
        "alamat": settings.ALAMAT,
        "skrip": [(settings.BASE_DIR / "static" / s).read_text(encoding="utf-8") for s in SKRIP],
    }
    response = render(request, "berita_acara/proof_page.html", context)
    response.headers["Content-Disposition"] = 'attachment; filename="periksa-kabar-desa.html"'
    return response


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as one text file, for ``check_musrenbang --titik`` and ``periksa.pyz``."""
    return _text(list_checkpoints(_event(slug)).teks, f"titik-{slug}.txt")


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
def reference_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The checkpoints of the kabupaten's reference data and people, for ``check_musrenbang --titik``."""
    kabupaten = _event(slug).kecamatan.kabupaten
    text = "\n".join(t.teks for t in reversed(reference_notes(kabupaten)))
    return _text(text, f"titik-acuan-{kabupaten.kode}.txt")


def pyz_digest() -> str:
    """Return the SHA-256 of ``periksa.pyz`` as this server gives it out; blank where its sources are not here."""
    try:
        return sha256_of(content())
    except OSError:
        return ""


@login_not_required
@require_GET
@cache_control(public=True, max_age=5 * MENIT)
def pyz(request: HttpRequest) -> HttpResponse:
    """The program that checks an event's ZIP without a server: the bytes that ``make periksa`` makes of the sources."""
    if not pyz_digest():
        raise Http404
    response = HttpResponse(content(), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{PYZ}"'
    return response


def _text(isi: str, nama: str) -> HttpResponse:
    response = HttpResponse(isi, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{nama}"'
    return response
