"""Sets of documents: one click, a progress bar, a ZIP."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from berita_acara.models import Paket, StatusPaket
from berita_acara.services.paket import retry_paket, revive_paket, start_paket
from musrenbang.akses import Akses, get_musrenbang_for
from musrenbang.models import Musrenbang
from musrenbang.views.berkas import file_response
from tindak_lanjut.models import Penyampaian


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a set, or go to the one that is being made."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    paket = start_paket(musrenbang=musrenbang, by=request.user)
    return redirect("berita_acara:bundle", slug, paket.pk)


@require_POST
def start_package(request: HttpRequest, slug: str, urut: int) -> HttpResponse:
    """Begin the set of the papers that were handed over to Bappeda, or go to the one that is there."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_penyampaian")
    penyampaian = get_object_or_404(Penyampaian, musrenbang=musrenbang, urut=urut)
    paket = start_paket(musrenbang=musrenbang, by=request.user, penyampaian=penyampaian)
    return redirect("berita_acara:bundle", slug, paket.pk)


def _get(request: HttpRequest, slug: str, pk: int) -> tuple[Musrenbang, Akses, Paket]:
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    semua = Paket.objects.select_related("penyampaian").prefetch_related("butir__dokumen")
    paket = get_object_or_404(semua, musrenbang=musrenbang, pk=pk)
    paket.musrenbang = musrenbang
    return musrenbang, akses, paket


@require_GET
def bundle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How far a set is, what could not be made and why, and the ZIP."""
    musrenbang, akses, paket = _get(request, slug, pk)
    revive_paket(paket)
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "paket": paket,
        "berjalan": paket.status == StatusPaket.DISUSUN,
    }
    return render(request, "berita_acara/_bundle.html" if request.htmx else "berita_acara/bundle.html", konteks)


@require_POST
def retry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Try what failed once more."""
    _, _, paket = _get(request, slug, pk)
    retry_paket(paket=paket, by=request.user)
    messages.success(request, "Dokumen yang gagal dibuat ulang.")
    return redirect("berita_acara:bundle", slug, pk)


@require_GET
def download(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The ZIP."""
    _, _, paket = _get(request, slug, pk)
    if not paket.berkas:
        raise Http404("Paket belum jadi.")
    nama = f"penyampaian-{paket.penyampaian.urut}" if paket.penyampaian else "dokumen"
    with paket.berkas.open("rb") as berkas:
        return file_response(f"{nama}-{slug}.zip", berkas.read(), "application/zip")
