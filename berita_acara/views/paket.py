"""Sets of documents: one click, a progress bar, a ZIP."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from berita_acara.models import PackageStatus, Paket
from berita_acara.services.paket import retry_paket, revive_paket, start_paket
from musrenbang.views.errors import Missing
from musrenbang.views.files import file_response
from musrenbang.views.page import EventRequest, event_action, event_page
from tindak_lanjut.models import Penyampaian


@event_action("lihat_dokumen")
def start(request: EventRequest, slug: str) -> HttpResponse:
    """Begin a set, or go to the one that is being made."""
    paket = start_paket(musrenbang=request.musrenbang, by=request.user)
    return redirect("berita_acara:bundle", slug, paket.pk)


@event_action("lihat_penyampaian")
def start_package(request: EventRequest, slug: str, urut: int) -> HttpResponse:
    """Begin the set of the papers that were handed over to Bappeda, or go to the one that is there."""
    penyampaian = get_object_or_404(Penyampaian, musrenbang=request.musrenbang, urut=urut)
    paket = start_paket(musrenbang=request.musrenbang, by=request.user, penyampaian=penyampaian)
    return redirect("berita_acara:bundle", slug, paket.pk)


def _get(request: EventRequest, pk: int) -> Paket:
    everything = Paket.objects.select_related("penyampaian").prefetch_related("butir__dokumen")
    paket = get_object_or_404(everything, musrenbang=request.musrenbang, pk=pk)
    paket.musrenbang = request.musrenbang
    return paket


@event_page("lihat_dokumen")
def bundle(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """How far a set is, what could not be made and why, and the ZIP."""
    paket = _get(request, pk)
    revive_paket(paket)
    context = {"paket": paket, "berjalan": paket.status == PackageStatus.DISUSUN}
    return render(request, "berita_acara/_bundle.html" if request.htmx else "berita_acara/bundle.html", context)


@event_action("lihat_dokumen")
def retry(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Try what failed once more."""
    paket = _get(request, pk)
    retry_paket(paket=paket, by=request.user)
    messages.success(request, "Dokumen yang gagal dibuat ulang.")
    return redirect("berita_acara:bundle", slug, pk)


@event_page("lihat_dokumen")
def download(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """The ZIP."""
    paket = _get(request, pk)
    if not paket.berkas:
        raise Missing("Paket masih disusun. Buka lagi beberapa menit lagi.")
    nama = f"penyampaian-{paket.penyampaian.urut}" if paket.penyampaian else "dokumen"
    with paket.berkas.open("rb") as file:
        return file_response(f"{nama}-{slug}.zip", file.read(), "application/zip")
