"""The team: its members, the decision, the briefing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from musrenbang.akses import get_musrenbang_for
from musrenbang.izin import BOLEH_TIM
from musrenbang.models import AnggotaTim, SkTim
from musrenbang.persiapan.forms.tim import AnggotaForm, SkForm
from musrenbang.persiapan.queries import list_tim
from musrenbang.persiapan.services import tim
from musrenbang.persiapan.services.tim import fill_tim, remove_anggota, save_anggota
from musrenbang.transisi import Ditolak


def _context(request: HttpRequest, slug: str, izin: str = "lihat_tim") -> dict[str, Any]:
    musrenbang, akses = get_musrenbang_for(request.user, slug, izin)
    sk = SkTim.objects.filter(musrenbang=musrenbang).first() or SkTim(musrenbang=musrenbang)
    boleh = akses.may("kelola_tim") and musrenbang.tahap in BOLEH_TIM
    return {
        "musrenbang": musrenbang,
        "akses": akses,
        "sk": sk,
        "boleh": boleh,
        "boleh_bebas": akses.may("bebaskan_akun"),
    }


@require_GET
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """The team by place, the decision and the briefing."""
    konteks = _context(request, slug)
    konteks |= {"kelompok": list_tim(konteks["musrenbang"]), "form": SkForm(instance=konteks["sk"])}
    return render(request, "musrenbang/team.html", konteks)


@require_POST
def save_sk(request: HttpRequest, slug: str) -> HttpResponse:
    """Store the decision and the briefing."""
    konteks = _context(request, slug, "kelola_tim")
    form = SkForm(request.POST, instance=konteks["sk"])
    if form.is_valid():
        try:
            tim.save_sk(musrenbang=konteks["musrenbang"], by=request.user, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, "SK Tim dan pembekalan disimpan.")
            return redirect("team", slug)
    konteks |= {"kelompok": list_tim(konteks["musrenbang"]), "form": form}
    return render(request, "musrenbang/team.html", konteks, status=422)


@require_POST
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill the team from the accounts and last year's team."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "kelola_tim")
    jumlah = fill_tim(musrenbang=musrenbang, by=request.user)
    messages.success(
        request,
        f"{jumlah} orang dimasukkan. Periksa jabatan dan namanya."
        if jumlah
        else "Semua yang dikenal sudah ada di susunan tim.",
    )
    return redirect("team", slug)


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add a member or change one."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "kelola_tim")
    anggota = get_object_or_404(AnggotaTim, musrenbang=musrenbang, pk=pk) if pk else None
    form = AnggotaForm(
        request.POST if request.method == "POST" else None, instance=anggota or AnggotaTim(musrenbang=musrenbang)
    )
    if request.method == "POST" and form.is_valid():
        try:
            orang = save_anggota(musrenbang=musrenbang, by=request.user, anggota=anggota, **form.cleaned_data)
        except Ditolak as penolakan:
            form.add_error(None, str(penolakan))
        else:
            messages.success(request, f"{orang.nama} disimpan sebagai {orang.get_kedudukan_display()}.")
            return redirect("team", slug)
    konteks = {"musrenbang": musrenbang, "akses": akses, "form": form, "anggota": anggota}
    return render(request, "musrenbang/member.html", konteks, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a member out."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "kelola_tim")
    anggota = get_object_or_404(AnggotaTim, musrenbang=musrenbang, pk=pk)
    remove_anggota(anggota=anggota, by=request.user)
    messages.success(request, f"{anggota.nama} dikeluarkan dari tim.")
    return redirect("team", slug)
