"""The signed copy of the Berita Acara."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from berita_acara import queries
from berita_acara.forms import SalinanForm
from berita_acara.services.salinan import accept_salinan, excuse_salinan, upload_salinan
from musrenbang.forms.small import ReasonForm
from musrenbang.views.errors import Missing
from musrenbang.views.files import pdf_response
from musrenbang.views.page import EventRequest, event_action, event_page
from musrenbang.views.stored import tell
from musrenbang.views.submit import read


@event_action("unggah_salinan")
def upload(request: EventRequest, slug: str) -> HttpResponse:
    """Take scans and photos in and make one PDF of them."""
    form = SalinanForm(request.POST, request.FILES)
    data = read(form, "Unggahan tidak lengkap. Muat ulang halaman, lalu pilih berkasnya lagi.")
    files = sorted(data["berkas"], key=lambda b: b.name)
    salinan = upload_salinan(
        musrenbang=request.musrenbang,
        by=request.user,
        kunci=data["kunci"],
        berkas=[(b.name, b.read()) for b in files],
        putar=[int(data["putar"])] * len(files),
    )
    for t in salinan.tanda:
        words = f"Tanda tangan elektronik {t['nama']} (penerbit sertifikat: {t['penerbit']}): {t['kata']}"
        (messages.success if t["baik"] else messages.warning)(request, words)
    if salinan.diterima:
        tell(
            request,
            salinan,
            f"Salinan {salinan.dokumen}, {salinan.halaman} halaman,",
            request.musrenbang.kecamatan.kabupaten,
            "tersimpan",
        )
    else:
        matter = f"{salinan.halaman} halaman, padahal Berita Acara {salinan.halaman_dokumen} halaman"
        messages.warning(request, f"Salinan tersimpan, tetapi {matter}. Unggah yang lengkap, atau tuliskan alasannya.")
    return redirect("berita_acara:documents", slug)


@event_action("terbitkan_ba")
def accept(request: EventRequest, slug: str) -> HttpResponse:
    """Let a copy count although its number of pages differs."""
    salinan = accept_salinan(musrenbang=request.musrenbang, by=request.user, **read(ReasonForm(request.POST)))
    messages.success(request, f"Salinan {salinan.halaman} halaman diterima dengan alasan itu.")
    return redirect("berita_acara:documents", slug)


@event_action("terbitkan_ba")
def excuse(request: EventRequest, slug: str) -> HttpResponse:
    """Go on without a signed copy, with the reason."""
    alasan = read(ReasonForm(request.POST))["alasan"]
    excuse_salinan(musrenbang=request.musrenbang, by=request.user, alasan=alasan)
    messages.success(request, "Alasan dicatat." if alasan else "Salinan kembali diwajibkan.")
    return redirect("berita_acara:documents", slug)


@event_page("lihat_dokumen")
def download(request: EventRequest, slug: str) -> HttpResponse:
    """The signed copy, as a download."""
    salinan = queries.salinan_of(request.musrenbang)
    if salinan is None:
        raise Missing("Salinan bertanda tangan belum diunggah. Unggah di Berita Acara.")
    return pdf_response(f"berita-acara-ttd-{slug}", queries.read_salinan(salinan), download=True)
