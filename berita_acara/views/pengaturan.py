"""Letterhead, paper, numbers and clauses."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from berita_acara import queries
from berita_acara.forms import PengaturanForm
from berita_acara.services.pengaturan import save_pengaturan
from musrenbang.transisi import Ditolak
from musrenbang.views.berkas import takes_files
from musrenbang.views.page import EventRequest, event_form


@takes_files(4 * 1024 * 1024)
@event_form("atur_dokumen")
def letterhead(request: EventRequest, slug: str) -> HttpResponse:
    """How the documents of this kecamatan look."""
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PengaturanForm(*data, instance=queries.pengaturan_of(request.musrenbang))
    if request.method == "POST" and form.is_valid():
        isi = dict(form.cleaned_data)
        logo = isi.pop("logo_baru")
        try:
            save_pengaturan(musrenbang=request.musrenbang, by=request.user, logo=logo.read() if logo else None, **isi)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, "Pengaturan dokumen disimpan; dokumen yang sudah terbit tidak berubah.")
            return redirect("berita_acara:documents", slug)
    konteks = {"form": form, "pengaturan": queries.pengaturan_of(request.musrenbang)}
    return render(request, "berita_acara/letterhead.html", konteks, status=422 if form.errors else 200)
