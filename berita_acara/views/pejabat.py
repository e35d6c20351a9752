"""Who signs for the Camat, in what capacity, and when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from berita_acara.forms import PejabatForm
from musrenbang.akses import get_musrenbang_for
from musrenbang.models import Pejabat
from musrenbang.queries import signer_of
from musrenbang.services.pejabat import add_pejabat, remove_pejabat
from musrenbang.transisi import Ditolak


@require_http_methods(["GET", "POST"])
def signers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who signs today, the periods, and a new one."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "atur_dokumen")
    form = PejabatForm(request.POST or None, instance=Pejabat(kecamatan=musrenbang.kecamatan))
    if request.method == "POST" and form.is_valid():
        try:
            satu = add_pejabat(musrenbang=musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"{satu} dicatat. Dokumen yang sudah terbit tidak berubah.")
            return redirect("berita_acara:signers", slug)
    hari_ini = timezone.localdate(timezone=musrenbang.kecamatan.kabupaten.tz)
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "form": form,
        "kini": signer_of(musrenbang.kecamatan, hari_ini),
        "daftar": Pejabat.objects.filter(kecamatan=musrenbang.kecamatan).select_related("kecamatan"),
    }
    return render(request, "berita_acara/signers.html", konteks, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take out a period that was recorded by mistake."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "atur_dokumen")
    pejabat = get_object_or_404(Pejabat.objects.select_related("kecamatan"), kecamatan=musrenbang.kecamatan, pk=pk)
    remove_pejabat(musrenbang=musrenbang, by=request.user, pejabat=pejabat)
    messages.success(request, f"{pejabat} dihapus dari daftar penanda tangan.")
    return redirect("berita_acara:signers", slug)
