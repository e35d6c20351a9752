"""The delegation page."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from delegasi import queries, services
from delegasi.forms import DelegatForm, SusunanForm, parse_hitungan
from delegasi.models import CaraPilih, UnsurDelegasi
from musrenbang.akses import get_musrenbang_for
from musrenbang.forms.angka import whole
from musrenbang.states import BOLEH_ATUR_DELEGASI, BOLEH_DELEGASI, BOLEH_GANTI_DELEGAT
from musrenbang.transisi import Ditolak

CARA_HITUNG = [c for c in CaraPilih.choices if c[0] != CaraPilih.AKLAMASI]


@require_http_methods(["GET", "POST"])
def delegate_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The six seats, the composition check and the form for the next delegate."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_delegasi")
    if request.method == "POST" and not akses.may("pilih_delegasi"):
        raise PermissionDenied("Hanya ketua dan sekretaris tim yang mencatat delegasi.")
    form = DelegatForm(request.POST if request.method == "POST" else None, musrenbang=musrenbang)
    if request.method == "POST" and form.is_valid():
        try:
            delegat = services.add_delegat(musrenbang=musrenbang, by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"{delegat.nama} menjadi delegat.")
            return redirect("delegasi:list", slug)
    konteks = {
        "musrenbang": musrenbang, "akses": akses, "form": form, "delegat": queries.list_delegat(musrenbang),
        "komposisi": queries.composition(musrenbang), "cadangan": queries.list_cadangan(musrenbang),
        "calon": queries.list_calon(musrenbang), "susunan": SusunanForm(musrenbang=musrenbang),
        "pemilihan": musrenbang.pemilihan_delegat.all(), "unsur": UnsurDelegasi.choices, "cara": CARA_HITUNG,
        "kunci": uuid.uuid4(), "boleh_atur": akses.may("pilih_delegasi") and musrenbang.tahap in BOLEH_ATUR_DELEGASI,
        "boleh_ganti": akses.may("pilih_delegasi") and musrenbang.tahap in BOLEH_GANTI_DELEGAT,
        "boleh": akses.may("pilih_delegasi") and musrenbang.tahap in BOLEH_DELEGASI,
    }  # fmt: skip
    return render(request, "delegasi/list.html", konteks)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a delegate off the list."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "pilih_delegasi")
    delegat = get_object_or_404(queries.list_delegat(musrenbang), pk=pk)
    services.remove_delegat(delegat=delegat, by=request.user)
    messages.success(request, f"{delegat.nama} dikeluarkan dari delegasi.")
    return redirect("delegasi:list", slug)


@require_POST
def arrange(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the composition that this event wants."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "pilih_delegasi")
    form = SusunanForm(request.POST, musrenbang=musrenbang)
    if not form.is_valid():
        raise Ditolak("Isi semua kursi dengan bilangan bulat. Belum ada yang disimpan.")
    services.save_susunan(musrenbang=musrenbang, by=request.user, **form.cleaned_data)
    messages.success(request, "Susunan delegasi disimpan.")
    return redirect("delegasi:list", slug)


@require_POST
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill the seats of an element by a count of votes."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "pilih_delegasi")
    hitungan, putusan, salah = parse_hitungan(request.POST)
    unsur, cara = request.POST.get("unsur", ""), request.POST.get("cara", "")
    if salah or unsur not in UnsurDelegasi.values or cara not in dict(CARA_HITUNG):
        raise Ditolak(f"{' '.join(salah) or 'Pilih kursi dan cara memilihnya.'} Belum ada hitungan yang disimpan.")
    try:
        kunci = uuid.UUID(request.POST.get("kunci", ""))
    except ValueError:
        kunci = uuid.uuid4()
    satu = services.elect_delegat(
        musrenbang=musrenbang, by=request.user, unsur=unsur, cara=cara, hitungan=hitungan, putusan=putusan,
        alasan=request.POST.get("alasan", ""), kunci=kunci,
    )  # fmt: skip
    messages.success(request, f"{satu.get_unsur_display()}: {satu.kursi} kursi terisi menurut {satu.sah} surat sah.")
    return redirect("delegasi:list", slug)


@require_POST
def replace(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody else in a delegate's seat, with the reason."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "pilih_delegasi")
    delegat = get_object_or_404(queries.list_delegat(musrenbang), pk=pk)
    orang = request.POST.get("pengganti", "")
    pengganti = get_object_or_404(musrenbang.kehadiran, pk=whole(orang) or 0)
    alasan = request.POST.get("alasan", "")
    baru = services.replace_delegat(delegat=delegat, pengganti=pengganti, by=request.user, alasan=alasan)
    messages.success(request, f"{baru.nama} menggantikan {baru.menggantikan}. Terbitkan lagi surat mandatnya.")
    return redirect("delegasi:list", slug)
