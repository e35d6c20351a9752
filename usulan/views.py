"""Pages of proposals and their import."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from musrenbang import queries as base_queries
from musrenbang.akses import Akses, get_musrenbang_for
from musrenbang.lembar import TIPE_XLSX
from musrenbang.models import Desa, Musrenbang
from musrenbang.states import BOLEH_USULAN
from musrenbang.transisi import Ditolak
from usulan import dokumen, queries, services
from usulan.forms import UnggahForm, UsulanForm
from usulan.models import ImporUsulan, StatusImpor

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
    boleh = musrenbang.tahap in BOLEH_USULAN and akses.may("impor_usulan")
    if request.method == "POST" and not akses.may("impor_usulan"):
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


def _desa_for(musrenbang: Musrenbang, akses: Akses):
    """The desa a person may import for: all of the kecamatan, or an operator's own."""
    desa = Desa.objects.filter(kecamatan=musrenbang.kecamatan)
    return desa.filter(pk__in=akses.desa) if akses.terbatas else desa


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Upload workbooks; each becomes a preview. Files that cannot be read are named with the reason."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "impor_usulan")
    isi = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UnggahForm(*isi, desa=_desa_for(musrenbang, akses), wajib_desa=akses.terbatas)
    if request.method == "POST" and form.is_valid():
        jadi = [impor for berkas in form.cleaned_data["berkas"] if (impor := _stage(request, musrenbang, form, berkas))]
        if len(jadi) == 1 and not form.errors:
            return redirect("usulan:preview", slug, jadi[0].pk)
        for impor in jadi:
            messages.success(request, f"{impor.nama_berkas} terbaca. Periksa pratinjaunya, lalu simpan.")
        if not form.errors:
            return redirect("usulan:import", slug)
    konteks = {
        "musrenbang": musrenbang, "akses": akses, "form": form, "impor": queries.list_impor(musrenbang, akses),
        "buka": musrenbang.tahap in BOLEH_USULAN, "contoh": _samples(),
    }  # fmt: skip
    return render(request, "usulan/import.html", konteks, status=422 if form.errors else 200)


def _samples() -> list[str]:
    """Names of the workbooks that the demo left for practice; none outside training mode."""
    folder = settings.VAR_DIR / "contoh"
    return sorted(p.name for p in folder.glob("*.xlsx")) if settings.MODE_LATIHAN else []


@require_GET
def sample(request: HttpRequest, slug: str, nama: str) -> HttpResponse:
    """A practice workbook of the demo."""
    get_musrenbang_for(request.user, slug, "impor_usulan")
    if nama not in _samples():
        raise Http404("Berkas contoh tidak ada.")
    return FileResponse((settings.VAR_DIR / "contoh" / nama).open("rb"), as_attachment=True, filename=nama)


def _stage(request: HttpRequest, musrenbang: Musrenbang, form: UnggahForm, berkas) -> ImporUsulan | None:
    """Read one uploaded file; a refusal lands on the form so that the rest is kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unggahan.xlsx"
        with path.open("wb") as tujuan:
            for potongan in berkas.chunks():
                tujuan.write(potongan)
        try:
            return services.stage_impor(
                musrenbang=musrenbang, path=path, nama=berkas.name, by=request.user, desa=form.cleaned_data["desa"]
            )
        except Ditolak as penolakan:
            form.add_error("berkas", str(penolakan))
            return None


def _get_impor(request: HttpRequest, slug: str, pk: int) -> tuple[Musrenbang, Akses, ImporUsulan]:
    musrenbang, akses = get_musrenbang_for(request.user, slug, "impor_usulan")
    impor = queries.list_impor(musrenbang, akses).defer(None).filter(pk=pk).first()
    if impor is None:
        raise Http404("Impor tidak ditemukan atau sudah dibatalkan.")
    impor.musrenbang = musrenbang
    return musrenbang, akses, impor


@require_GET
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the reader made of the file: every row, every problem with its Excel row, totals compared."""
    musrenbang, akses, impor = _get_impor(request, slug, pk)
    konteks = {
        "musrenbang": musrenbang,
        "akses": akses,
        "impor": impor,
        "hasil": dokumen.preview(impor, musrenbang, request.GET.get("hal")),
        "pratinjau": impor.status == StatusImpor.PRATINJAU,
        "desa": _desa_for(musrenbang, akses),
        "buka": musrenbang.tahap in BOLEH_USULAN,
    }
    return render(request, "usulan/preview.html", konteks)


@require_POST
def choose_desa(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say which desa an unknown name means."""
    musrenbang, akses, impor = _get_impor(request, slug, pk)
    boleh = set(_desa_for(musrenbang, akses).values_list("kode", flat=True))
    pasangan = zip(request.POST.getlist("teks"), request.POST.getlist("desa"), strict=False)
    pilihan = {teks: kode for teks, kode in pasangan if kode in boleh}
    if pilihan:
        services.choose_desa(impor=impor, pilihan=pilihan, by=request.user)
        messages.success(request, "Desa dipakai untuk baris-baris itu.")
    else:
        messages.error(request, "Belum ada desa yang dipilih.")
    return redirect("usulan:preview", slug, pk)


@require_POST
def commit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Save the preview."""
    _, akses, impor = _get_impor(request, slug, pk)
    jumlah = services.commit_impor(impor=impor, by=request.user, hanya_desa=akses.desa if akses.terbatas else None)
    messages.success(request, f"{jumlah} usulan dari {impor.nama_berkas} disimpan.")
    return redirect("usulan:list", slug)


@require_POST
def undo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Throw a preview away, or undo a saved import."""
    _, _, impor = _get_impor(request, slug, pk)
    jumlah = services.undo_impor(impor=impor, by=request.user)
    messages.success(request, f"Impor {impor.nama_berkas} dibatalkan; {jumlah} usulan dikeluarkan.")
    return redirect("usulan:import", slug)
