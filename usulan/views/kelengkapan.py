"""The completeness board of the desa."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from musrenbang.akses import get_musrenbang_for
from musrenbang.transisi import Ditolak
from usulan.forms.usulan import KelengkapanForm
from usulan.izin import BOLEH_USULAN
from usulan.models import KelengkapanDesa
from usulan.queries.kelengkapan import list_kelengkapan
from usulan.services.kelengkapan import update_kelengkapan


@require_GET
def completeness(request: HttpRequest, slug: str) -> HttpResponse:
    """Per desa: list in, rows complete, amounts, Berita Acara, delegates, and a reminder ready to be sent."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "impor_usulan")
    baris = list_kelengkapan(musrenbang, akses)
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "baris": baris,
        "buka": musrenbang.tahap in BOLEH_USULAN,
        "lengkap": sum(not b.kurang for b in baris),
        "masuk": sum(bool(b.jumlah) for b in baris),
    }
    return render(request, "usulan/completeness.html", konteks)


@require_http_methods(["GET", "POST"])
def edit_completeness(request: HttpRequest, slug: str, kode: str) -> HttpResponse:
    """Record what one desa handed in; the team also decides about a late one."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "impor_usulan")
    desa = get_object_or_404(musrenbang.kecamatan.desa_set, kode=kode)
    if akses.terbatas and desa.pk not in akses.desa:
        raise PermissionDenied("Anda hanya dapat mengisi kelengkapan desa sendiri.")
    catatan = KelengkapanDesa.objects.filter(musrenbang=musrenbang, desa=desa).first()
    catatan = catatan or KelengkapanDesa(musrenbang=musrenbang, desa=desa)
    form = KelengkapanForm(request.POST or None, instance=catatan, boleh_putus=akses.tim)
    if request.method == "POST" and form.is_valid():
        try:
            update_kelengkapan(musrenbang=musrenbang, desa=desa, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"Kelengkapan Desa {desa.nama} disimpan.")
            return redirect("usulan:completeness", slug)
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "desa": desa,
        "form": form,
        "buka": musrenbang.tahap in BOLEH_USULAN,
    }
    return render(request, "usulan/completeness_form.html", konteks, status=422 if form.errors else 200)
