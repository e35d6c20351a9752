"""The indicative ceilings of all kecamatan for a plan year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from musrenbang.acuan.forms import TabelTahunForm
from musrenbang.acuan.queries import list_pagu_rows
from musrenbang.acuan.views import GALAT_MAKS, plan_year
from musrenbang.akses import get_kabupaten_for
from musrenbang.infra.lembar import LembarRusak, read_rows, write_xlsx
from musrenbang.persiapan.services.pagu_tahun import KEPALA_PAGU, import_pagu
from musrenbang.sebutan import sebutan
from musrenbang.tabel import TabelSalah
from musrenbang.views.berkas import xlsx_response
from musrenbang.views.page import AppRequest


@require_http_methods(["GET", "POST"])
def ceilings(request: AppRequest) -> HttpResponse:
    """The indicative ceilings of all kecamatan for a plan year."""
    kabupaten, tahun = get_kabupaten_for(request.user), plan_year(request)
    form = TabelTahunForm(*(request.POST, request.FILES) if request.method == "POST" else (), initial={"tahun": tahun})
    if request.method == "POST" and form.is_valid():
        tahun = form.cleaned_data["tahun"]
        try:
            baris = read_rows(form.cleaned_data["berkas"], KEPALA_PAGU)
            jumlah = import_pagu(kabupaten=kabupaten, tahun=tahun, by=request.user, baris=baris)
        except (LembarRusak, TabelSalah) as salah:
            for kalimat in getattr(salah, "galat", [str(salah)])[:GALAT_MAKS]:
                form.add_error("berkas", kalimat)
        else:
            messages.success(request, f"Pagu {tahun}: {jumlah} {sebutan.kecamatan} berubah.")
            return redirect(f"{reverse('reference_ceilings')}?tahun={tahun}")
    baris_pagu = list_pagu_rows(kabupaten, tahun)
    konteks = {
        "kabupaten": kabupaten,
        "tahun": tahun,
        "form": form,
        "baris": baris_pagu,
        "jumlah": sum(n or 0 for *_, n in baris_pagu),
    }
    return render(request, "persiapan/ceilings.html", konteks, status=422 if form.errors else 200)


@require_GET
def ceilings_download(request: AppRequest) -> HttpResponse:
    """The ceilings in the shape that is read back."""
    kabupaten, tahun = get_kabupaten_for(request.user), plan_year(request)
    judul = f"Pagu indikatif {sebutan.kecamatan} {kabupaten.nama}, rencana tahun {tahun}"
    kolom = list(zip(KEPALA_PAGU, (28, 30, 20), strict=True))
    isi = write_xlsx(judul=judul, kolom=kolom, baris=list_pagu_rows(kabupaten, tahun))
    return xlsx_response(f"pagu-{tahun}", isi)
