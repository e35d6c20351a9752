"""Pages of proposals."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from musrenbang import queries as base_queries
from musrenbang.akses import get_musrenbang_for
from musrenbang.lembar import TIPE_XLSX
from musrenbang.states import BOLEH_USULAN
from musrenbang.transisi import Ditolak
from usulan import dokumen, queries, services
from usulan.forms import UsulanForm

PER_HALAMAN = 50


def _saring(request: HttpRequest) -> dict[str, str]:
    return {nama: request.GET.get(nama, "").strip() for nama in ("desa", "cari", "lengkap")}


@require_GET
def usulan_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All proposals, filtered from the URL, 50 a page, with the recap per desa."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_usulan")
    saring = _saring(request)
    halaman = Paginator(queries.list_usulan(musrenbang, akses, **saring), PER_HALAMAN).get_page(request.GET.get("hal"))
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "halaman": halaman,
        "saring": saring,
        "disaring": any(saring.values()),
        "rekap": queries.rekap_desa(musrenbang, akses),
        "boleh_ajukan": akses.may("ajukan_usulan") and musrenbang.tahap in BOLEH_USULAN,
        "boleh_gabung": akses.may("gabung_usulan"),
        "boleh_impor": akses.may("impor_usulan") and musrenbang.tahap in BOLEH_USULAN,
    }
    return render(request, "usulan/list.html", konteks)


@require_GET
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The list exactly as filtered, as .xlsx."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_usulan")
    isi = dokumen.usulan_xlsx(musrenbang, queries.list_usulan(musrenbang, akses, **_saring(request)))
    nama = f'attachment; filename="usulan-{musrenbang.slug}.xlsx"'
    return HttpResponse(isi, content_type=TIPE_XLSX, headers={"Content-Disposition": nama})


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One proposal: where it came from, its history, and a form to complete it."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_usulan")
    usulan = queries.list_usulan(musrenbang, akses).filter(pk=pk).first()
    if usulan is None:
        raise Http404("Usulan tidak ditemukan.")
    hak = akses.may("ajukan_usulan") and queries.may_edit(usulan, akses)
    boleh = musrenbang.tahap in BOLEH_USULAN and hak
    if request.method == "POST" and not hak:
        raise PermissionDenied("Peran Anda tidak berwenang mengubah usulan.")
    form = UsulanForm(request.POST if request.method == "POST" else None, instance=usulan)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_usulan(usulan=usulan, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, "Usulan disimpan.")
            return redirect("usulan:list", slug)
    jejak = base_queries.search_jejak(musrenbang, objek=f"usulan:{usulan.pk}")
    konteks = {"musrenbang": musrenbang, "akses": akses, "usulan": usulan, "form": form, "boleh": boleh, "jejak": jejak}
    return render(request, "usulan/detail.html", konteks)
