"""Handing works to SKPD, and the letter as the SKPD reads it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from berita_acara.forms import SendForm
from berita_acara.services.dispatch import send_to_skpd
from berita_acara.services.issue import with_file
from musrenbang.akses import get_skpd_for
from musrenbang.keeper import read_dokumen
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from musrenbang.views.files import pdf_response
from musrenbang.views.page import AppRequest, EventRequest, event_action
from musrenbang.views.submit import read
from tindak_lanjut.queries.dispatch import incoming, list_sendings


@event_action("pilah_skpd")
def send(request: EventRequest, slug: str) -> HttpResponse:
    """Send what is not sent yet: to one SKPD, or to every SKPD."""
    one = read(SendForm(request.POST))["skpd"]
    target = [k.skpd for k in list_sendings(request.musrenbang) if k.baru and one in (None, k.skpd.pk)]
    if not target:
        raise Refused(f"Semua kegiatan sudah dikirim kepada {sebutan.skpd_nya}.")
    for skpd in target:
        send_to_skpd(musrenbang=request.musrenbang, skpd=skpd, by=request.user)
    to = target[0].nama if len(target) == 1 else f"{len(target)} {sebutan.skpd}"
    messages.success(request, f"Usulan dikirim kepada {to}, masing-masing dengan surat bernomor.")
    return redirect(reverse("pemilahan:list", args=[slug]) + "?status=ditetapkan#kirim")


@require_GET
def letter(request: AppRequest, pk: int) -> HttpResponse:
    """The letter that an SKPD was sent."""
    sent = get_object_or_404(incoming(get_skpd_for(request.user)), pk=pk)
    surat = with_file(sent.surat)
    return pdf_response(f"usulan-{sent.musrenbang.slug}", read_dokumen(surat))
