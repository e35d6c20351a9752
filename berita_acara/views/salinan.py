"""The signed copy of the Berita Acara."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from berita_acara import queries
from berita_acara.forms import SalinanForm
from berita_acara.services.salinan import accept_salinan, excuse_salinan, upload_salinan
from musrenbang.akses import get_musrenbang_for
from musrenbang.transisi import Ditolak
from musrenbang.views.berkas import pdf_response
from musrenbang.views.tercatat import tell


@require_POST
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Take scans and photos in and make one PDF of them."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "unggah_salinan")
    form = SalinanForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Ditolak("Unggahan tidak lengkap. Muat ulang halaman, lalu pilih berkasnya lagi.")
    berkas = sorted(form.cleaned_data["berkas"], key=lambda b: b.name)
    salinan = upload_salinan(
        musrenbang=musrenbang,
        by=request.user,
        kunci=form.cleaned_data["kunci"],
        berkas=[(b.name, b.read()) for b in berkas],
        putar=[int(form.cleaned_data["putar"])] * len(berkas),
    )
    for t in salinan.tanda:
        kata = f"Tanda tangan elektronik {t['nama']} (penerbit sertifikat: {t['penerbit']}): {t['kata']}"
        (messages.success if t["baik"] else messages.warning)(request, kata)
    if salinan.diterima:
        tell(
            request,
            salinan,
            f"Salinan {salinan.dokumen}, {salinan.halaman} halaman,",
            musrenbang.kecamatan.kabupaten,
            "tersimpan",
        )
    else:
        hal = f"{salinan.halaman} halaman, padahal Berita Acara {salinan.halaman_dokumen} halaman"
        messages.warning(request, f"Salinan tersimpan, tetapi {hal}. Unggah yang lengkap, atau tuliskan alasannya.")
    return redirect("berita_acara:documents", slug)


@require_POST
def accept(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a copy count although its number of pages differs."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "terbitkan_ba")
    alasan = request.POST.get("alasan", "")
    salinan = accept_salinan(musrenbang=musrenbang, by=request.user, alasan=alasan)
    messages.success(request, f"Salinan {salinan.halaman} halaman diterima dengan alasan itu.")
    return redirect("berita_acara:documents", slug)


@require_POST
def excuse(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on without a signed copy, with the reason."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "terbitkan_ba")
    alasan = request.POST.get("alasan", "")
    excuse_salinan(musrenbang=musrenbang, by=request.user, alasan=alasan)
    messages.success(request, "Alasan dicatat." if alasan.strip() else "Salinan kembali diwajibkan.")
    return redirect("berita_acara:documents", slug)


@require_GET
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The signed copy, as a download."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    salinan = queries.salinan_of(musrenbang)
    if salinan is None:
        raise Http404("Salinan belum diunggah.")
    return pdf_response(f"berita-acara-ttd-{slug}", queries.read_salinan(salinan), unduh=True)
