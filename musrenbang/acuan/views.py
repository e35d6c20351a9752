"""Reference data that Bappeda keeps: each table is listed, searched, filled in, taken in and given out alike."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from musrenbang.acuan.forms import NaskahForm, SebutanForm, YearTableForm, row_form
from musrenbang.acuan.queries import count_issued, list_pagu_rows, search_jejak_acuan
from musrenbang.acuan.services.naskah import paper_state, set_paper_form
from musrenbang.acuan.services.sebutan import set_place_words, state_of
from musrenbang.acuan.tables import TABEL
from musrenbang.akses import get_kabupaten_for
from musrenbang.akun.queries import count_people
from musrenbang.forms.numbers import whole
from musrenbang.forms.tabel import TabelForm
from musrenbang.infra.sheets import read_rows, write_xlsx
from musrenbang.models import Kabupaten
from musrenbang.naskah import legal_basis
from musrenbang.sebutan import active, defaults, translate
from musrenbang.tabel import Result, TabelAcuan, import_tabel, remove_row, save_row, shared_by_others
from musrenbang.transisi import Refused
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import AppRequest
from musrenbang.views.submit import sent, sent_files, show, submit

PER_HALAMAN = 100
GALAT_MAKS = 20


def plan_year(request: AppRequest) -> int:
    """The plan year of the URL; next year's plan when none is asked for."""
    tahun = whole(request.GET.get("tahun"))
    return tahun if tahun and 2000 <= tahun < 2100 else timezone.localdate().year + 1


def _tabel(kunci: str) -> TabelAcuan:
    if kunci not in TABEL:
        raise Http404("Tabel acuan tidak dikenal.")
    return TABEL[kunci]


def _address(tabel: TabelAcuan, tahun: int) -> str:
    return reverse("reference_table", args=[tabel.kunci]) + (f"?tahun={tahun}" if tabel.pertahun else "")


@require_GET
def index(request: AppRequest) -> HttpResponse:
    """All tables with how much is in them, the people, the latest changes."""
    kabupaten, tahun = get_kabupaten_for(request.user), plan_year(request)
    context = {
        "kabupaten": kabupaten,
        "tahun": tahun,
        "tabel": [(t, t.rows(kabupaten, tahun).count()) for t in TABEL.values()],
        "pagu": sum(1 for *_, n in list_pagu_rows(kabupaten, tahun) if n),
        "orang": count_people(kabupaten),
        "jejak": search_jejak_acuan(kabupaten)[:8],
        "sebutan": active().kecamatan,
    }
    return render(request, "acuan/index.html", context)


@require_http_methods(["GET", "POST"])
def table(request: AppRequest, tabel: str) -> HttpResponse:
    """The rows of a table; a spreadsheet is taken in whole or not at all."""
    kabupaten, tahun, t = get_kabupaten_for(request.user), plan_year(request), _tabel(tabel)
    css_class = YearTableForm if t.pertahun else TabelForm
    form = css_class(sent(request), sent_files(request), initial={"tahun": tahun})

    def take_in(berkas: UploadedFile, tahun: int = tahun) -> tuple[Result, int]:
        rows = read_rows(berkas, t.kepala, translate)
        return import_tabel(tabel=t, kabupaten=kabupaten, tahun=tahun, by=request.user, baris=rows), tahun

    if done := submit(
        request,
        form,
        take_in,
        say=lambda taken: f"{t.judul}{f' {taken[1]}' if t.pertahun else ''}: {taken[0]}.",
        to=lambda taken: redirect(_address(t, taken[1])),
        beside="berkas",
    ):
        return done
    search = request.GET.get("cari", "").strip()
    halaman = Paginator(t.rows(kabupaten, tahun, search), PER_HALAMAN).get_page(request.GET.get("hal"))
    context = {
        "kabupaten": kabupaten,
        "tahun": tahun,
        "t": t,
        "halaman": halaman,
        "cari": search,
        "baris": [(o, list(zip(t.kolom, t.cells(o), strict=True))) for o in halaman],
        "terkunci": t.bersama and not request.user.is_superuser and shared_by_others(kabupaten),
    }
    return show(request, "acuan/table.html", form, context)


@require_GET
def table_download(request: AppRequest, tabel: str) -> HttpResponse:
    """A table in the shape that is read back; without rows, the empty one."""
    kabupaten, tahun, t = get_kabupaten_for(request.user), plan_year(request), _tabel(tabel)
    judul = f"{t.judul} {kabupaten.nama}" + (f", rencana tahun {tahun}" if t.pertahun else "")
    content = write_xlsx(
        judul=judul,
        kolom=[(translate(k.judul), k.lebar) for k in t.kolom],
        baris=map(t.cells, t.rows(kabupaten, tahun)),
    )
    return xlsx_response(f"{t.kunci}-{tahun}" if t.pertahun else t.kunci, content)


@require_http_methods(["GET", "POST"])
def row(request: AppRequest, tabel: str, pk: int | None = None) -> HttpResponse:
    """One row: fill in, correct."""
    kabupaten, tahun, t = get_kabupaten_for(request.user), plan_year(request), _tabel(tabel)
    subject = get_object_or_404(t.rows(kabupaten, tahun), pk=pk) if pk else None
    form = row_form(t, kabupaten)(sent(request), instance=subject)

    def save(**fields: Any) -> None:
        _unique(t, kabupaten, tahun, form)
        save_row(tabel=t, kabupaten=kabupaten, tahun=tahun, by=request.user, objek=form.instance)

    def said(_: None) -> str:
        return f"{t.judul}: “{form.instance}” disimpan."

    if done := submit(request, form, save, say=said, to=redirect(_address(t, tahun))):
        return done
    return show(request, "acuan/row.html", form, {"kabupaten": kabupaten, "tahun": tahun, "t": t, "objek": subject})


def _unique(t: TabelAcuan, kabupaten: Kabupaten, tahun: int, form: Any) -> None:
    """Refuse a second row of the same name: the scope is no field of the form, so the form cannot."""
    mark = {f"{k}__iexact" if isinstance(form.cleaned_data[k], str) else k: form.cleaned_data[k] for k in t.tanda}
    if t.rows(kabupaten, tahun).filter(**mark).exclude(pk=form.instance.pk).exists():
        raise Refused("Sudah ada baris dengan isian yang sama.")


@require_POST
def row_remove(request: AppRequest, tabel: str, pk: int) -> HttpResponse:
    """Take a row out that nothing uses."""
    kabupaten, tahun, t = get_kabupaten_for(request.user), plan_year(request), _tabel(tabel)
    subject = get_object_or_404(t.rows(kabupaten, tahun), pk=pk)
    remove_row(tabel=t, kabupaten=kabupaten, tahun=tahun, by=request.user, objek=subject)
    messages.success(request, f"{t.judul}: “{subject}” dihapus.")
    return redirect(_address(t, tahun))


@require_http_methods(["GET", "POST"])
def place_words(request: AppRequest) -> HttpResponse:
    """What offices and villages are called here; pages and papers follow from the next click on."""
    kabupaten, tahun = get_kabupaten_for(request.user), timezone.localdate().year
    start = {**kabupaten.sebutan, "dibaca": state_of(kabupaten)}
    form = SebutanForm(sent(request), usual_words=defaults(kabupaten.kode, tahun), initial=start)

    def save(**words: str) -> dict[str, list[str | None]]:
        return set_place_words(kabupaten=kabupaten, by=request.user, words=words, tahun=tahun, read=words["dibaca"])

    if done := submit(
        request,
        form,
        save,
        say=lambda changed: "Sebutan wilayah disimpan." if changed else "Tidak ada yang berubah.",
        to=redirect("reference_place_words"),
    ):
        return done
    if form.non_field_errors():
        form.data = {**request.POST.dict(), "dibaca": state_of(kabupaten)}
    context = {"kabupaten": kabupaten, "kata": active(), "terbit": count_issued(kabupaten)}
    return show(request, "acuan/place_words.html", form, context)


@require_http_methods(["GET", "POST"])
def paper_form(request: AppRequest) -> HttpResponse:
    """Legal basis of decisions and codes of letters of the kabupaten; papers follow from then on."""
    kabupaten, tahun = get_kabupaten_for(request.user), timezone.localdate().year
    form = NaskahForm(sent(request), tahun=tahun, initial={**kabupaten.naskah, "dibaca": paper_state(kabupaten)})

    def save(dibaca: str, **nilai: str) -> dict[str, list[str | None]]:
        return set_paper_form(kabupaten=kabupaten, by=request.user, nilai=nilai, read=dibaca)

    if done := submit(
        request,
        form,
        save,
        say=lambda changed: "Bentuk naskah disimpan." if changed else "Tidak ada yang berubah.",
        to=redirect("reference_paper_form"),
    ):
        return done
    if form.non_field_errors():
        form.data = {**request.POST.dict(), "dibaca": paper_state(kabupaten)}
    context = {"kabupaten": kabupaten, "umum": legal_basis(tahun, {}), "tahun": tahun}
    return show(request, "acuan/paper_form.html", form, context)


@require_GET
def trail(request: AppRequest) -> HttpResponse:
    """Who changed reference data and accounts, and when."""
    kabupaten = get_kabupaten_for(request.user)
    search = request.GET.get("cari", "").strip()
    halaman = Paginator(search_jejak_acuan(kabupaten, search), 50).get_page(request.GET.get("hal"))
    return render(request, "acuan/trail.html", {"kabupaten": kabupaten, "halaman": halaman, "cari": search})
