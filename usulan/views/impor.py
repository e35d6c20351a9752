"""Pages of the import: upload, preview, save, undo."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from musrenbang.akses import Akses
from musrenbang.forms.numbers import wholes
from musrenbang.models import Desa, Musrenbang
from musrenbang.sebutan import is_kelurahan
from musrenbang.transisi import Refused
from musrenbang.views.errors import Missing
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import read, sent, sent_files, show
from usulan import dokumen
from usulan.forms.impor import UploadForm
from usulan.forms.small import ApplyForm, CompleteFilesForm, ReplaceForm
from usulan.izin import BOLEH_USULAN
from usulan.models import ImporUsulan, StatusImpor
from usulan.preview import preview as preview_words
from usulan.queries.last_year import after_import, may_import
from usulan.queries.listing import desa_with_files, list_impor
from usulan.queries.repeats import list_repeatable
from usulan.queries.waiting import came_in, list_waiting, next_waiting
from usulan.services import ready
from usulan.services.compare import apply_impor, compare_impor, digest
from usulan.services.impor import commit_impor, stage_upload
from usulan.services.last_year import commit_result
from usulan.services.take_back import undo_impor
from usulan.template import template_xlsx

MASUK, BANYAK_MASUK = "masuk", 200
"""Where the session remembers the files that were saved since the last upload, by event, and how many of them."""


def desa_for(musrenbang: Musrenbang, akses: Akses) -> QuerySet[Desa]:
    """The desa a person may import for: all of the kecamatan, or an operator's own."""
    desa = Desa.objects.filter(kecamatan=musrenbang.kecamatan)
    return desa.filter(pk__in=akses.desa) if akses.terbatas else desa


@event_form("impor_usulan")
def upload(request: EventRequest, slug: str) -> HttpResponse:
    """Upload workbooks; each becomes a preview. Files that cannot be read are named with the reason."""
    form = UploadForm(
        sent(request),
        sent_files(request),
        desa=desa_for(request.musrenbang, request.akses),
        needs_desa=request.akses.terbatas,
    )
    if request.method == "POST" and form.is_valid():
        _new_wave(request)
        finished = stage_files(request, request.musrenbang, form, desa=form.cleaned_data["desa"])
        if not form.errors:
            if "X-Satu-Satu" in request.headers:  # the script sends the next one, and shows the page at the end
                return HttpResponse(status=204)
            one = finished[0] if len(finished) == 1 else None
            return redirect("usulan:preview", slug, one.pk) if one else redirect("usulan:import", slug)
    context = _files(request) | {
        "buka": request.musrenbang.tahap in BOLEH_USULAN,
        "contoh": _samples(),
        "desa": desa_for(request.musrenbang, request.akses),
    }
    return show(request, "usulan/import.html", form, context)


def _files(request: EventRequest) -> dict[str, Any]:
    """Return what waits to be checked, what just came in, and what was saved before."""
    waiting = list_waiting(request.musrenbang, request.akses)
    keys = wholes(request.GET.get("masuk", "").split(","))
    return {
        "menunggu": waiting,
        "lengkap": [f for f in waiting if f.lengkap],
        "periksa": next((f for f in waiting if not f.lengkap), waiting[0] if waiting else None),
        "masuk": came_in(request.musrenbang, request.akses, keys) if keys else None,
        "impor": list_impor(request.musrenbang, request.akses).filter(status=StatusImpor.TERSIMPAN),
    }


def _samples() -> list[str]:
    """Names of the workbooks that the demo left for practice; none outside training mode."""
    folder = settings.VAR_DIR / "contoh"
    return sorted(p.name for p in folder.glob("*.xlsx")) if settings.MODE_LATIHAN else []


@event_page("impor_usulan")
def sample(request: EventRequest, slug: str, nama: str) -> FileResponse:
    """A practice workbook of the demo."""
    if nama not in _samples():
        raise Missing("Contoh ini tidak ada. Buka lagi halaman Unggah DU-RKP Desa.")
    return FileResponse((settings.VAR_DIR / "contoh" / nama).open("rb"), as_attachment=True, filename=nama)


Buka = Callable[[], Musrenbang] | None


def stage_files(
    request: AppRequest, musrenbang: Musrenbang, form: Form, *, desa: Desa | None, open_year: Buka = None
) -> list[ImporUsulan]:
    """Read every file of an upload; each refusal lands on the form so that the rest is kept."""
    return [i for file in form.cleaned_data["berkas"] for i in _stage(request, musrenbang, form, file, desa, open_year)]


def _stage(
    request: AppRequest, musrenbang: Musrenbang, form: Form, berkas: UploadedFile, desa: Desa | None, open_year: Buka
) -> list[ImporUsulan]:
    """Read one uploaded file or zip."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unggahan"
        with path.open("wb") as target:
            for chunk in berkas.chunks():
                target.write(chunk)
        try:
            finished, rejected = stage_upload(
                musrenbang=musrenbang,
                path=path,
                nama=berkas.name or "",
                by=request.user,
                desa=desa,
                open_year=open_year,
            )
        except Refused as error:
            finished, rejected = [], [str(error)]
    for sentence in rejected:
        form.add_error("berkas", sentence)
    return finished


def get_impor(request: EventRequest, pk: int) -> ImporUsulan:
    """Return an upload that the person may see; 404 when there is none."""
    impor = list_impor(request.musrenbang, request.akses).defer(None).filter(pk=pk).first()
    if impor is None:
        raise Missing("Unggahan ini sudah dibatalkan. Riwayatnya ada di halaman Unggah DU-RKP Desa.")
    impor.musrenbang = request.musrenbang
    return impor


@event_page("impor_usulan")
def preview(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """What the reader made of the file: every row, every problem with its Excel row, totals compared."""
    impor = get_impor(request, pk)
    context = {
        "impor": impor,
        "hasil": preview_words(impor, request.musrenbang, request.GET.get("hal")),
        "pratinjau": impor.status == StatusImpor.PRATINJAU,
        "ubah": impor.status == StatusImpor.PRATINJAU and may_import(request.musrenbang),
        "arti_kolom": dokumen.meanings(request.musrenbang).items(),
        "desa": desa_for(request.musrenbang, request.akses),
        "sudah_ada": desa_with_files(impor) if impor.status == StatusImpor.PRATINJAU else [],
        "buka": may_import(request.musrenbang),
        "lain": list_impor(request.musrenbang, request.akses).filter(status=StatusImpor.PRATINJAU).exclude(pk=pk),
        "masuk": wholes(request.GET.get("masuk", "").split(",")),
    }
    return render(request, "usulan/preview.html", context)


@event_page("impor_usulan")
def template(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Our own list for one desa, with what got no money last year."""
    desa = get_object_or_404(desa_for(request.musrenbang, request.akses), kode=kode)
    content = template_xlsx(request.musrenbang, desa, list_repeatable(request.musrenbang).filter(desa=desa))
    listing = "Usulan" if is_kelurahan(desa.kode) else "DU-RKP"
    return xlsx_response(f"{listing}-{desa.nama}-{request.musrenbang.tahun_rencana}", content)


@event_form("impor_usulan")
def compare(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """A corrected file against what is stored: what is new, changed and gone; only what is ticked is applied."""
    impor = get_impor(request, pk)
    if request.method == "POST":
        accepted = read(ApplyForm(request.POST))
        jumlah = apply_impor(
            impor=impor,
            terima=accepted["terima"],
            sidik=accepted["sidik"],
            by=request.user,
            only_desa=request.akses.desa if request.akses.terbatas else None,
        )
        sentence = "{baru} usulan ditambah, {berubah} diperbarui, {hilang} dikeluarkan.".format(**jumlah)
        messages.success(request, sentence)
        return redirect("usulan:list", slug)
    if impor.status != StatusImpor.PRATINJAU:
        return redirect("usulan:preview", slug, pk)
    difference = compare_impor(impor)
    context = {
        "impor": impor,
        "sidik": digest(difference),
        "kelompok": dokumen.comparison(difference),
        "sama": sum(b.jenis == "sama" for b in difference),
        "buka": request.musrenbang.tahap in BOLEH_USULAN,
    }
    return render(request, "usulan/compare.html", context)


@event_action("impor_usulan")
def commit(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Save the preview."""
    impor, wanted = get_impor(request, pk), read(ReplaceForm(request.POST))
    if request.musrenbang.hanya_diimpor:
        jumlah = commit_result(impor=impor, by=request.user, ganti=bool(wanted["ganti"]))
        messages.success(request, f"{jumlah} usulan dari {impor.nama_berkas} disimpan.")
        return redirect(after_import(request.musrenbang, "usulan:list"))
    only_desa = request.akses.desa if request.akses.terbatas else None
    jumlah = commit_impor(impor=impor, by=request.user, only_desa=only_desa)
    messages.success(request, f"{jumlah} usulan dari {impor.nama_berkas} disimpan.")
    after = next_waiting(request.musrenbang, request.akses, pk) if wanted["lanjut"] else None
    url = reverse("usulan:preview", args=[slug, after.pk]) if after else reverse("usulan:import", args=[slug])
    return redirect(_with_saved(url, _wave(request, [*wanted["masuk"], pk])))


def _wave(request: EventRequest, keys: list[int]) -> list[int]:
    """Return the files saved since the last upload, these with them, and remember them: the recap names them all.

    Kept in the session, because who saves one after the other goes from file to file by many ways.
    """
    waves: dict[str, list[int]] = request.session.get(MASUK, {})
    slug = request.musrenbang.slug
    waves[slug] = list(dict.fromkeys([*waves.get(slug, []), *keys]))[-BANYAK_MASUK:]
    request.session[MASUK] = waves
    return waves[slug]


def _new_wave(request: EventRequest) -> None:
    """Forget what was saved before once nothing of it waits any more and new files come."""
    if not list_impor(request.musrenbang, request.akses).filter(status=StatusImpor.PRATINJAU).exists():
        request.session[MASUK] = {
            k: v for k, v in request.session.get(MASUK, {}).items() if k != request.musrenbang.slug
        }


def _with_saved(url: str, keys: list[int]) -> str:
    """Return an address that carries which files were saved, for the recap at the end."""
    return f"{url}?masuk={','.join(map(str, keys))}"


@event_action("impor_usulan")
def commit_complete(request: EventRequest, slug: str) -> HttpResponse:
    """Save every listed file that nothing is left to ask about."""
    files = read(CompleteFilesForm(request.POST))["berkas"]
    saved = ready.commit_complete(musrenbang=request.musrenbang, akses=request.akses, by=request.user, files=files)
    messages.success(request, f"{saved.usulan} usulan dari {len(saved.files)} berkas disimpan.")
    for sentence in saved.left:
        messages.warning(request, sentence)
    return redirect(_with_saved(reverse("usulan:import", args=[slug]), _wave(request, [f.pk for f in saved.files])))


@event_action("impor_usulan")
def undo(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Throw a preview away, or undo a saved import."""
    impor = get_impor(request, pk)
    jumlah = undo_impor(impor=impor, by=request.user)
    messages.success(request, f"Unggahan {impor.nama_berkas} dibatalkan; {jumlah} usulan dikeluarkan.")
    return redirect(after_import(request.musrenbang, "usulan:import"))
