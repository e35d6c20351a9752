"""The electronic signature of the Camat."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from berita_acara import queries
from berita_acara.forms import EsignForm, SignatureForm, WayForm
from berita_acara.models import TandaElektronik
from berita_acara.services.electronic import sign_by_esign, sign_dokumen
from musrenbang import format as tulis
from musrenbang.views.errors import Missing
from musrenbang.views.files import pdf_response
from musrenbang.views.page import AppRequest, EventRequest, event_form, event_page
from musrenbang.views.submit import read, sent, sent_files


@sensitive_post_parameters("sandi")
@event_form("tandatangani_dokumen")
def sign(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Show what will be signed and take the certificate."""
    dokumen = next((d for d in queries.signable(request.musrenbang) if d.pk == pk), None)
    if dokumen is None:
        raise Missing("Dokumen ini sudah digantikan versi baru. Buka lagi Berita Acara.")
    esign = bool(settings.ESIGN_ALAMAT) and read(WayForm(request.POST))["cara"] == "esign"
    form = SignatureForm(*(None, None) if esign else (sent(request), sent_files(request)))
    form_esign = EsignForm(request.POST if esign else None)
    who: dict[str, Any] = {"musrenbang": request.musrenbang, "dokumen": dokumen, "by": request.user}
    if form_esign.is_valid():
        return _signed(request, sign_by_esign(**who, **form_esign.cleaned_data))
    if form.is_valid():
        content = form.cleaned_data["sertifikat"].read()
        return _signed(request, sign_dokumen(**who, sertifikat=content, sandi=form.cleaned_data["sandi"]))
    context = {
        "d": dokumen,
        "form": form,
        "form_esign": form_esign if settings.ESIGN_ALAMAT else None,
    }
    return render(request, "berita_acara/sign.html", context, status=422 if form.is_bound or esign else 200)


def _signed(request: AppRequest, tanda: TandaElektronik) -> HttpResponse:
    messages.success(request, f"{tanda.dokumen.nomor} ditandatangani dengan sertifikat {tulis.dotted(tanda.nama)}")
    return redirect("berita_acara:documents", tanda.dokumen.musrenbang.slug)


@event_page("lihat_dokumen")
def download(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """A document with its electronic signature."""
    mark = get_object_or_404(
        TandaElektronik.objects.select_related("dokumen"), pk=pk, dokumen__musrenbang=request.musrenbang
    )
    nama = f"{mark.dokumen.jenis}-{slug}-v{mark.dokumen.versi}-tte"
    return pdf_response(nama, queries.read_electronic(mark), download=True)
