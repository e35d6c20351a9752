"""Correcting a preview: desa, columns, single rows."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from musrenbang.akses import Akses
from musrenbang.forms.small import prefixed
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from musrenbang.views.errors import Missing
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_page
from musrenbang.views.submit import read
from usulan import dokumen
from usulan.forms.impor import BarisForm
from usulan.forms.small import DesaChoiceForm, PreviewRowForm, SettleSheetForm, SheetForm, SkippedRowForm
from usulan.impor.owner import KECAMATAN, join_codes
from usulan.impor.places import LEWATI
from usulan.models import ImporUsulan
from usulan.services import corrections
from usulan.services.corrections import correct_impor
from usulan.services.corrections import undo_correction as undo
from usulan.views.impor import desa_for, get_impor

GONE = "Baris atau lembar kerja itu sudah tidak ada di hasil baca ini. Buka lagi hasil bacanya."
PUTUSAN_LEMBAR: dict[str, tuple[dict[str, Any], str]] = {
    "pakai": ({"aksi": "lembar", "pakai": True}, "Lembar kerja “{}” dipakai."),
    "lepas": ({"aksi": "lembar", "pakai": False}, "Lembar kerja “{}” tidak dipakai."),
    "rupiah": ({"aksi": "satuan_uang", "kali": 1}, "Biaya di lembar kerja “{}” dibaca sebagai rupiah."),
    "ribuan": ({"aksi": "satuan_uang", "kali": 1_000}, "Biaya di lembar kerja “{}” dibaca sebagai ribuan rupiah."),
    "jutaan": ({"aksi": "satuan_uang", "kali": 1_000_000}, "Biaya di lembar kerja “{}” dibaca sebagai jutaan rupiah."),
    "kosongkan": ({"aksi": "kosongkan"}, "Sel galat di lembar kerja “{}” dikosongkan dan dapat dilengkapi kemudian."),
}


@event_action("impor_usulan")
def choose_desa(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Say which desa an unknown name means."""
    impor = get_impor(request, pk)
    known = set(desa_for(request.musrenbang, request.akses).values_list("kode", flat=True))
    allowed = known | {LEWATI} | (set() if request.akses.terbatas else {KECAMATAN})
    pilihan = {}
    data = read(DesaChoiceForm(request.POST))
    for i, (text, kode) in enumerate(zip(data["teks"], data["desa"], strict=False), 1):
        together = known & set(request.POST.getlist(f"bersama-{i}"))
        if together | ({kode} & allowed):
            pilihan[text] = join_codes(together | ({kode} & known)) if together else kode
    if pilihan:
        corrections.choose_desa(impor=impor, pilihan=pilihan, by=request.user)
        messages.success(request, "Pilihan Anda dipakai untuk baris-baris itu.")
    else:
        messages.error(request, f"Belum ada {sebutan.desa} yang dipilih.")
    return redirect("usulan:preview", slug, pk)


@event_action("impor_usulan")
def choose_kolom(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Say what each column of a sheet holds."""
    impor = get_impor(request, pk)
    nomor = read(SheetForm(request.POST))["lembar"]
    if nomor is None or nomor >= len(impor.hasil["lembar"]):
        raise Missing(GONE)
    meant, meanings = prefixed(request.POST, "kolom-"), dokumen.meanings(request.musrenbang)
    letters = [k["huruf"] for k in impor.hasil["lembar"][nomor]["semua_kolom"]]
    pilihan = {h: meaning for h in letters if (meaning := meant.get(h, "")) in meanings}
    remember = not request.akses.terbatas
    corrections.choose_columns(impor=impor, sheet_number=nomor, pilihan=pilihan, by=request.user, remember=remember)
    remembered = " Berkas lain dengan judul tabel yang sama akan dibaca dengan cara ini juga." if remember else ""
    messages.success(request, f"Kolom dipakai menurut pilihan Anda.{remembered}")
    return redirect("usulan:preview", request.musrenbang.slug, pk)


def _row_data(request: AppRequest) -> dict[str, Any]:
    """The place of a row: in the address, or in the form that was sent without one."""
    return read(PreviewRowForm(request.GET or request.POST))


def _row_of(request: AppRequest, impor: ImporUsulan) -> tuple[str, dict[str, Any]]:
    """The sheet's name and the proposal that the query names."""
    data = _row_data(request)
    nomor, baris, part = data["lembar"], data["baris"], data["bagian"] or None
    if nomor is None or nomor >= len(impor.hasil["lembar"]):
        raise Missing(GONE)
    lembar = impor.hasil["lembar"][nomor]
    for usulan in lembar["usulan"]:
        if (usulan["baris"], usulan["bagian"]) == (baris, part):
            return lembar["nama"], usulan
    raise Missing("Baris itu sudah berubah. Muat ulang hasil bacanya.")


def _form_page(
    request: AppRequest, musrenbang: Musrenbang, akses: Akses, impor: ImporUsulan, form: BarisForm, usulan: dict
) -> HttpResponse:
    context = {
        "musrenbang": musrenbang,
        "akses": akses,
        "impor": impor,
        "form": form,
        "u": usulan,
        "lembar": _row_data(request)["lembar"],
        "saran": [(dokumen.NAMA_KOLOM[n], n, text) for n, text in usulan["saran"].items()],
    }
    template = "usulan/_preview_form.html" if request.htmx else "usulan/preview_row.html"
    return render(request, template, context, status=422 if form.errors else 200)


@event_page("impor_usulan")
def edit_row(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """The form for one row of the preview; in the table (htmx) it takes the row's place."""
    impor = get_impor(request, pk)
    _, usulan = _row_of(request, impor)
    form = BarisForm(
        desa=desa_for(request.musrenbang, request.akses),
        own_desa=request.akses.terbatas,
        usulan=usulan,
        dilihat=len(impor.koreksi),
    )
    return _form_page(request, request.musrenbang, request.akses, impor, form, usulan)


@event_action("impor_usulan")
def correct_row(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Correct one row: its cells, or what it is (no proposal, several, part of the one above)."""
    impor = get_impor(request, pk)
    nama, usulan = _row_of(request, impor)
    form = BarisForm(
        request.POST,
        desa=desa_for(request.musrenbang, request.akses),
        own_desa=request.akses.terbatas,
        usulan=usulan,
        dilihat=len(impor.koreksi),
    )
    if not form.is_valid():
        return _form_page(request, request.musrenbang, request.akses, impor, form, usulan)
    content = form.correction()
    if content is not None:
        place = {"lembar": nama, "baris": usulan["baris"], "bagian": usulan["bagian"]}
        correct_impor(impor=impor, koreksi=place | content, dilihat=form.cleaned_data["dilihat"], by=request.user)
    return _back(request, request.musrenbang, pk, f"baris-{_row_data(request)['lembar']}-{usulan['baris']}")


def _back(request: AppRequest, musrenbang: Musrenbang, pk: int, jangkar: str = "") -> HttpResponse:
    """Back to the preview, where the page was; a correction may change other rows and the sums as well."""
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    matter = f"?hal={h}" if (h := read(SheetForm(request.POST))["hal"]) else ""
    return HttpResponseRedirect(f"{reverse('usulan:preview', args=[musrenbang.slug, pk])}{matter}#{jangkar}")


@event_action("impor_usulan")
def correct_sheet(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Use a skipped row as a proposal (``baris``), or take all suggestions of a sheet (no ``baris``)."""
    impor = get_impor(request, pk)
    data = read(SkippedRowForm(request.POST))
    nomor, baris, seen = data["lembar"], data["baris"], data["dilihat"]
    if nomor is None or seen is None or nomor >= len(impor.hasil["lembar"]):
        raise Missing(GONE)
    lembar = impor.hasil["lembar"][nomor]
    if baris and baris not in {d["baris"] for d in lembar["dilewati"]}:
        raise Refused("Baris itu sudah menjadi usulan. Muat ulang hasil bacanya.")
    content = {"lembar": lembar["nama"], "baris": baris, "bagian": None, "aksi": "pakai" if baris else "saran"}
    correct_impor(impor=impor, koreksi=content, dilihat=seen, by=request.user)
    messages.success(
        request, f"Baris {baris} dijadikan usulan." if baris else "Semua saran di lembar kerja itu dipakai."
    )
    return _back(request, request.musrenbang, pk)


@event_action("impor_usulan")
def settle_sheet(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a sheet in or out, say in what unit its amounts are, or let its broken cells be blank."""
    impor = get_impor(request, pk)
    data = read(SettleSheetForm(request.POST))
    nomor, seen = data["lembar"], data["dilihat"]
    if nomor is None or seen is None or nomor >= len(impor.hasil["lembar"]):
        raise Missing(GONE)
    putusan = PUTUSAN_LEMBAR.get(data["putusan"])
    if putusan is None:
        raise Http404("Pilihan tidak dikenal.")
    nama = impor.hasil["lembar"][nomor]["nama"]
    content = {"lembar": nama, "baris": 0, "bagian": None, **putusan[0]}
    correct_impor(impor=impor, koreksi=content, dilihat=seen, by=request.user)
    messages.success(request, putusan[1].format(nama))
    return _back(request, request.musrenbang, pk)


@event_action("impor_usulan")
def undo_correction(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take the last correction of a preview back."""
    impor = get_impor(request, pk)
    seen = read(SheetForm(request.POST))["dilihat"]
    undo(impor=impor, dilihat=-1 if seen is None else seen, by=request.user)
    messages.success(request, "Koreksi terakhir diurungkan.")
    return _back(request, request.musrenbang, pk)
