"""Reference data that Bappeda keeps: the kamus usulan by plan year."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from musrenbang import services
from musrenbang.forms.acuan import KamusForm
from musrenbang.forms.angka import whole
from musrenbang.lembar import LembarRusak, read_rows, write_xlsx
from musrenbang.models import KamusUsulan
from musrenbang.services.kamus import KEPALA
from musrenbang.views.berkas import xlsx_response
from musrenbang.views.jadwal import kabupaten_for

PER_HALAMAN = 100


def _tahun(request: HttpRequest) -> int:
    """The plan year of the URL; next year's plan when none is asked for."""
    tahun = whole(request.GET.get("tahun"))
    return tahun if tahun and 2000 <= tahun < 2100 else timezone.localdate().year + 1


@require_http_methods(["GET", "POST"])
def kamus(request: HttpRequest) -> HttpResponse:
    """The standard works of a plan year; a spreadsheet replaces them as a whole."""
    kabupaten, tahun = kabupaten_for(request), _tahun(request)
    form = KamusForm(*(request.POST, request.FILES) if request.method == "POST" else (), initial={"tahun": tahun})
    if request.method == "POST" and form.is_valid():
        tahun = form.cleaned_data["tahun"]
        try:
            baris = read_rows(form.cleaned_data["berkas"], KEPALA)
            jumlah, galat = services.import_kamus(kabupaten=kabupaten, tahun=tahun, baris=baris)
        except LembarRusak as rusak:
            jumlah, galat = 0, [str(rusak)]
        if jumlah:
            messages.success(request, f"Kamus usulan {tahun} diganti: {jumlah} baris.")
            return redirect(f"{reverse('kamus')}?tahun={tahun}")
        for kalimat in galat[:20]:
            form.add_error("berkas", kalimat)
    isi = KamusUsulan.objects.filter(kabupaten=kabupaten, tahun=tahun).select_related("bidang", "skpd")
    halaman = Paginator(isi, PER_HALAMAN).get_page(request.GET.get("hal"))
    konteks = {"kabupaten": kabupaten, "tahun": tahun, "form": form, "halaman": halaman}
    return render(request, "musrenbang/kamus.html", konteks, status=422 if form.errors else 200)


@require_GET
def kamus_download(request: HttpRequest) -> HttpResponse:
    """The kamus of a plan year in the shape that is read back; without one, the empty table."""
    kabupaten, tahun = kabupaten_for(request), _tahun(request)
    isi = KamusUsulan.objects.filter(kabupaten=kabupaten, tahun=tahun).select_related("bidang", "skpd")
    berkas = write_xlsx(
        judul=f"Kamus usulan {kabupaten.nama}, rencana tahun {tahun}",
        kolom=list(zip(KEPALA, (50, 12, 20, 20, 34, 44), strict=True)),
        baris=(
            [k.nama, k.satuan, k.harga_min, k.harga_maks, k.bidang and k.bidang.nama, k.skpd and k.skpd.nama]
            for k in isi
        ),
    )
    return xlsx_response(f"kamus-usulan-{tahun}", berkas)
