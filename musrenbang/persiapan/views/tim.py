"""The team: its members, the decision, the briefing."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.izin import BOLEH_TIM
from musrenbang.models import AnggotaTim, SkTim
from musrenbang.persiapan.forms.tim import DecreeForm, MemberForm
from musrenbang.persiapan.queries import list_tim
from musrenbang.persiapan.services import tim
from musrenbang.persiapan.services.tim import fill_tim, remove_member, save_member
from musrenbang.views.page import EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import sent, show, submit


def _context(request: EventRequest) -> dict[str, Any]:
    musrenbang, akses = request.musrenbang, request.akses
    decree = SkTim.objects.filter(musrenbang=musrenbang).first() or SkTim(musrenbang=musrenbang)
    allowed = akses.may("kelola_tim", BOLEH_TIM)
    return {
        "sk": decree,
        "boleh": allowed,
        "boleh_bebas": akses.may("bebaskan_akun"),
    }


@event_page("lihat_tim")
def team(request: EventRequest, slug: str) -> HttpResponse:
    """The team by place, the decision and the briefing."""
    context = _context(request)
    context |= {"kelompok": list_tim(request.musrenbang), "form": DecreeForm(instance=context["sk"])}
    return render(request, "persiapan/team.html", context)


@event_action("kelola_tim")
def save_sk(request: EventRequest, slug: str) -> HttpResponse:
    """Store the decision and the briefing."""
    context = _context(request)
    form = DecreeForm(request.POST, instance=context["sk"])
    if done := submit(
        request,
        form,
        partial(tim.save_decree, musrenbang=request.musrenbang, by=request.user),
        say="SK Tim dan pembekalan disimpan.",
        to=redirect("team", slug),
    ):
        return done
    context |= {"kelompok": list_tim(request.musrenbang), "form": form}
    return render(request, "persiapan/team.html", context, status=422)


@event_action("kelola_tim")
def fill(request: EventRequest, slug: str) -> HttpResponse:
    """Fill the team from the accounts and last year's team."""
    jumlah = fill_tim(musrenbang=request.musrenbang, by=request.user)
    messages.success(
        request,
        f"{jumlah} orang dimasukkan. Periksa jabatan dan namanya."
        if jumlah
        else "Semua yang dikenal sudah ada di susunan tim.",
    )
    return redirect("team", slug)


@event_form("kelola_tim")
def member(request: EventRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add a member or change one."""
    anggota = get_object_or_404(AnggotaTim, musrenbang=request.musrenbang, pk=pk) if pk else None
    form = MemberForm(
        sent(request),
        instance=anggota or AnggotaTim(musrenbang=request.musrenbang),
    )
    if done := submit(
        request,
        form,
        partial(save_member, musrenbang=request.musrenbang, by=request.user, anggota=anggota),
        say=lambda person: f"{person.nama} disimpan sebagai {person.get_kedudukan_display()}.",
        to=redirect("team", slug),
    ):
        return done
    return show(request, "persiapan/member.html", form, {"anggota": anggota})


@event_action("kelola_tim")
def remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a member out."""
    anggota = get_object_or_404(AnggotaTim, musrenbang=request.musrenbang, pk=pk)
    remove_member(anggota=anggota, by=request.user)
    messages.success(request, f"{anggota.nama} dikeluarkan dari tim.")
    return redirect("team", slug)
