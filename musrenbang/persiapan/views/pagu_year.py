"""The indicative ceilings of all kecamatan for a plan year."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from musrenbang.acuan.forms import YearTableForm
from musrenbang.acuan.queries import list_pagu_rows
from musrenbang.acuan.views import plan_year
from musrenbang.akses import get_kabupaten_for
from musrenbang.infra.sheets import read_rows, write_xlsx
from musrenbang.persiapan.services.pagu_year import KEPALA_PAGU, import_pagu
from musrenbang.sebutan import sebutan, translate
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import AppRequest
from musrenbang.views.submit import sent, sent_files, show, submit


@require_http_methods(["GET", "POST"])
def ceilings(request: AppRequest) -> HttpResponse:
    """The indicative ceilings of all kecamatan for a plan year."""
    kabupaten, tahun = get_kabupaten_for(request.user), plan_year(request)
    form = YearTableForm(sent(request), sent_files(request), initial={"tahun": tahun})

    def take_in(berkas: UploadedFile, tahun: int) -> tuple[int, int]:
        rows = read_rows(berkas, KEPALA_PAGU, translate)
        return import_pagu(kabupaten=kabupaten, tahun=tahun, by=request.user, baris=rows), tahun

    if done := submit(
        request,
        form,
        take_in,
        say=lambda taken: f"Pagu {taken[1]}: {taken[0]} {sebutan.kecamatan} berubah.",
        to=lambda taken: redirect(f"{reverse('reference_ceilings')}?tahun={taken[1]}"),
        beside="berkas",
    ):
        return done
    baris_pagu = list_pagu_rows(kabupaten, tahun)
    context = {
        "kabupaten": kabupaten,
        "tahun": tahun,
        "baris": baris_pagu,
        "jumlah": sum(n or 0 for *_, n in baris_pagu),
    }
    return show(request, "persiapan/ceilings.html", form, context)


@require_GET
def ceilings_download(request: AppRequest) -> HttpResponse:
    """The ceilings in the shape that is read back."""
    kabupaten, tahun = get_kabupaten_for(request.user), plan_year(request)
    judul = f"Pagu indikatif {sebutan.kecamatan} {kabupaten.nama}, rencana tahun {tahun}"
    columns = list(zip(map(translate, KEPALA_PAGU), (28, 30, 20), strict=True))
    content = write_xlsx(judul=judul, kolom=columns, baris=list_pagu_rows(kabupaten, tahun))
    return xlsx_response(f"pagu-{tahun}", content)
