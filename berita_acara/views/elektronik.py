"""The electronic signature of the Camat."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from berita_acara import queries
from berita_acara.forms import EsignForm, TandaTanganForm
from berita_acara.models import TandaElektronik
from berita_acara.services.elektronik import sign_by_esign, sign_dokumen
from musrenbang import format as tulis
from musrenbang.akses import get_musrenbang_for
from musrenbang.views.berkas import pdf_response


@sensitive_post_parameters("sandi")
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what will be signed and take the certificate."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "tandatangani_dokumen")
    dokumen = next((d for d in queries.signable(musrenbang) if d.pk == pk), None)
    if dokumen is None:
        raise Http404("Dokumen tidak ada, atau sudah digantikan versi baru.")
    esign = bool(settings.ESIGN_ALAMAT) and request.POST.get("cara") == "esign"
    form = TandaTanganForm(*(request.POST, request.FILES) if request.method == "POST" and not esign else ())
    form_esign = EsignForm(request.POST if esign else None)
    siapa = {"musrenbang": musrenbang, "dokumen": dokumen, "by": request.user}
    if form_esign.is_valid():
        return _signed(request, sign_by_esign(**siapa, **form_esign.cleaned_data))
    if form.is_valid():
        isi = form.cleaned_data["sertifikat"].read()
        return _signed(request, sign_dokumen(**siapa, sertifikat=isi, sandi=form.cleaned_data["sandi"]))
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "d": dokumen,
        "form": form,
        "form_esign": form_esign if settings.ESIGN_ALAMAT else None,
    }
    return render(request, "berita_acara/sign.html", konteks, status=422 if form.is_bound or esign else 200)


def _signed(request: HttpRequest, tanda: TandaElektronik) -> HttpResponse:
    messages.success(request, f"{tanda.dokumen.nomor} ditandatangani dengan sertifikat {tulis.titik(tanda.nama)}")
    return redirect("berita_acara:documents", tanda.dokumen.musrenbang.slug)


@require_GET
def download(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A document with its electronic signature."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "lihat_dokumen")
    tanda = get_object_or_404(TandaElektronik.objects.select_related("dokumen"), pk=pk, dokumen__musrenbang=musrenbang)
    nama = f"{tanda.dokumen.jenis}-{slug}-v{tanda.dokumen.versi}-tte"
    return pdf_response(nama, queries.read_elektronik(tanda), unduh=True)
