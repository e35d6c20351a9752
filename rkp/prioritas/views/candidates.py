"""Candidates, their verification, and what their desa did."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.forms.small import ReasonForm
from musrenbang.models import Desa
from musrenbang.views.page import EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import read, sent, show, submit
from rkp.prioritas.forms.candidates import CandidateForm, StateForm, SumForm, VerificationForm
from rkp.prioritas.forms.small import NewCandidatesForm
from rkp.prioritas.izin import BOLEH_CALON
from rkp.prioritas.models import Calon, KeadaanDesa, Pemeringkatan, Verifikasi
from rkp.prioritas.queries.candidates import list_peserta, rows_outside
from rkp.prioritas.services.candidates import (
    add_candidate,
    approve_less,
    remove_candidate,
    save_candidate,
    save_state,
    save_verification,
)
from rkp.prioritas.views.base import get_ranking, ranking_context


@event_form("lihat_prioritas", send="kelola_calon")
def candidates(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """Who competes and what the rules say about each; rows that could still enter."""
    p = get_ranking(request, kode)
    if request.method == "POST":
        jumlah = add_candidate(
            pemeringkatan=p,
            by=request.user,
            **read(NewCandidatesForm(request.POST)),
        )
        messages.success(request, f"{jumlah} kegiatan menjadi calon." if jumlah else "Pilih dahulu kegiatannya.")
        return redirect("prioritas:candidates", slug, kode)
    context = ranking_context(request, p)
    outside = rows_outside(p) if context["boleh_calon"] else []
    peserta = list_peserta(p)
    filters = request.GET.get("saring", "")
    display = [c for c in peserta if filters not in {"layak", "gugur"} or c.layak == (filters == "layak")]
    context |= {
        "peserta": display,
        "jumlah": len(peserta),
        "layak": sum(c.layak for c in peserta),
        "luar": outside,
        "saring": filters,
    }
    return render(request, "prioritas/candidates.html", context)


def _candidate(p: Pemeringkatan, pk: int) -> Calon:
    calon = get_object_or_404(Calon.objects.select_related("baris__desa", "baris__bidang"), pemeringkatan=p, pk=pk)
    calon.pemeringkatan = p
    return calon


@event_form("lihat_prioritas", send="kelola_calon")
def candidate(request: EventRequest, slug: str, kode: str, pk: int) -> HttpResponse:
    """One candidate: what is known of it, what the rules find, how much it is given."""
    p = get_ranking(request, kode)
    calon = _candidate(p, pk)
    jumlah = request.method == "POST" and "disetujui" in request.POST
    data = sent(request)
    form = CandidateForm(None if jumlah else data, instance=_candidate(p, pk), pemeringkatan=p)
    total_form = SumForm(data if jumlah else None, instance=_candidate(p, pk), auto_id="jumlah_%s")
    sent_event = total_form if jumlah else form

    def save_amount(*, alasan_disetujui: str, **amount: Any) -> None:
        approve_less(calon=calon, by=request.user, alasan=alasan_disetujui, **amount)

    service = save_amount if jumlah else partial(save_candidate, calon=calon, by=request.user)
    if done := submit(
        request,
        sent_event,
        service,
        say=f"Calon no. {calon.kode} disimpan.",
        to=redirect("prioritas:candidate", slug, kode, pk),
    ):
        return done
    peserta = next(c for c in list_peserta(p) if c.calon.pk == pk)
    context = ranking_context(request, p) | {"peserta": peserta, "form_jumlah": total_form}
    return show(request, "prioritas/candidate.html", sent_event, context | {"form": form})


@event_action("kelola_calon")
def candidate_remove(request: EventRequest, slug: str, kode: str, pk: int) -> HttpResponse:
    """Take a candidate out, with the reason."""
    p = get_ranking(request, kode)
    calon = _candidate(p, pk)
    remove_candidate(calon=calon, by=request.user, **read(ReasonForm(request.POST)))
    messages.success(request, f"No. {calon.kode} dikeluarkan dari calon {p.nama}.")
    return redirect("prioritas:candidates", slug, kode)


@event_form("lihat_prioritas", send="verifikasi_usulan")
def verification(request: EventRequest, slug: str, kode: str, pk: int) -> HttpResponse:
    """The record of the Tim Verifikasi about one candidate."""
    p = get_ranking(request, kode)
    calon = _candidate(p, pk)
    old = Verifikasi.objects.filter(calon=calon).first() or Verifikasi(calon=calon)
    form = VerificationForm(sent(request), instance=old, spp=calon.jenis == "SPP")
    if done := submit(
        request,
        form,
        partial(save_verification, calon=calon, by=request.user),
        say=f"Lembar verifikasi no. {calon.kode} disimpan.",
        to=redirect("prioritas:candidates", slug, kode),
    ):
        return done
    context = ranking_context(request, p) | {"calon": calon}
    return show(request, "prioritas/verification.html", form, context)


@event_page("lihat_prioritas")
def villages(request: EventRequest, slug: str) -> HttpResponse:
    """What each desa did before the ranking."""
    state = {k.desa_id: k for k in KeadaanDesa.objects.filter(musrenbang=request.musrenbang)}
    desa = Desa.objects.filter(kecamatan=request.musrenbang.kecamatan_id)
    context = {
        "daftar": [(d, state.get(d.pk)) for d in desa],
        "boleh": request.akses.may("kelola_calon", BOLEH_CALON),
    }
    return render(request, "prioritas/villages.html", context)


@event_form("kelola_calon")
def village(request: EventRequest, slug: str, kode: str) -> HttpResponse:
    """One desa's steps, women's share, plan, and breaches with their Berita Acara."""
    desa = get_object_or_404(Desa, kecamatan=request.musrenbang.kecamatan_id, kode=kode)
    old = KeadaanDesa.objects.filter(musrenbang=request.musrenbang, desa=desa).first() or KeadaanDesa(
        musrenbang=request.musrenbang, desa=desa
    )
    form = StateForm(sent(request), instance=old)
    if done := submit(
        request,
        form,
        partial(save_state, musrenbang=request.musrenbang, desa=desa, by=request.user),
        say=f"Keadaan {desa.sebutan} disimpan.",
        to=redirect("prioritas:villages", slug),
    ):
        return done
    return show(request, "prioritas/village.html", form, {"desa": desa})
