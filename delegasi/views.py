"""The delegation page."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from delegasi import queries, services
from delegasi.forms import (
    CARA_HITUNG,
    CompositionForm,
    CountForm,
    DelegatForm,
    ReplaceForm,
    count_fields,
    parse_alasan,
    parse_count,
)
from delegasi.izin import BOLEH_ATUR_DELEGASI, BOLEH_DELEGASI, BOLEH_GANTI_DELEGAT
from delegasi.komposisi import NAMA
from delegasi.models import PemilihanDelegat, UnsurDelegasi
from musrenbang.akses import Akses
from musrenbang.forms.small import ReasonForm
from musrenbang.models import Musrenbang
from musrenbang.sebutan import translate
from musrenbang.transisi import Refused
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form
from musrenbang.views.stored import tell
from musrenbang.views.submit import read, sent, show, submit


@event_form("lihat_delegasi", send="pilih_delegasi")
def delegate_list(request: EventRequest, slug: str) -> HttpResponse:
    """The six seats, the composition check and the form for the next delegate."""
    form = DelegatForm(sent(request), musrenbang=request.musrenbang)
    kabupaten = request.musrenbang.kecamatan.kabupaten
    if done := submit(
        request,
        form,
        partial(services.add_delegat, musrenbang=request.musrenbang, by=request.user),
        say=lambda delegat: tell(request, delegat, delegat.nama, kabupaten, f"menjadi {delegat.kedudukan}"),
        to=redirect("delegasi:list", slug),
    ):
        return done
    return show(request, "delegasi/list.html", form, _page(request.musrenbang, request.akses, form=form))


def _page(
    musrenbang: Musrenbang, akses: Akses, *, form: DelegatForm, typed: Mapping[str, str] | None = None, fault: str = ""
) -> dict[str, Any]:
    """The whole page. ``typed``: a count that was refused, as it was typed; ``fault``: why."""
    calon = queries.list_candidates(musrenbang)
    allowed = akses.may("pilih_delegasi")
    return {
        "musrenbang": musrenbang,
        "akses": akses,
        "form": form,
        "delegat": queries.list_delegat(musrenbang),
        "komposisi": queries.composition(musrenbang),
        "cadangan": queries.list_reserves(musrenbang),
        "calon": calon,
        "susunan": CompositionForm(musrenbang=musrenbang),
        "salah_hitung": fault,
        "hitung": count_fields(calon, typed or {}),
        "pemilihan": queries.list_tallies(musrenbang),
        "unsur": UnsurDelegasi.choices,
        "cara": CARA_HITUNG,
        "boleh_atur": allowed and musrenbang.tahap in BOLEH_ATUR_DELEGASI,
        "boleh_ganti": allowed and musrenbang.tahap in BOLEH_GANTI_DELEGAT,
        "boleh": allowed and musrenbang.tahap in BOLEH_DELEGASI,
    }


@event_action("pilih_delegasi")
def remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take a delegate off the list."""
    delegat = get_object_or_404(queries.list_delegat(request.musrenbang), pk=pk)
    services.remove_delegat(delegat=delegat, by=request.user)
    messages.success(request, f"{delegat.nama} dikeluarkan dari delegasi.")
    return redirect("delegasi:list", slug)


@event_action("pilih_delegasi")
def arrange(request: EventRequest, slug: str) -> HttpResponse:
    """Set the composition that this event wants."""
    form = CompositionForm(request.POST, musrenbang=request.musrenbang)
    data = read(form, "Isi semua kursi dengan bilangan bulat. Belum ada yang disimpan.")
    arrangement = services.save_composition(musrenbang=request.musrenbang, by=request.user, **data)
    kursi = ", ".join(f"{translate(NAMA[k])} {n}" for k, n in arrangement.kursi.items() if n)
    messages.success(
        request, f"Susunan delegasi disimpan: {kursi}; perempuan paling sedikit {arrangement.min_perempuan}."
    )
    return redirect("delegasi:list", slug)


@event_action("pilih_delegasi")
def count(request: EventRequest, slug: str) -> HttpResponse:
    """Fill the seats of an element by a count of votes; a refused count comes back as it was typed."""
    try:
        one = _elect(request.musrenbang, request)
    except Refused as error:
        sentence = f"{error} Belum ada hitungan yang disimpan; isian Anda masih ada."
        context = _page(
            request.musrenbang,
            request.akses,
            form=DelegatForm(musrenbang=request.musrenbang),
            typed=request.POST.dict(),
            fault=sentence,
        )
        return render(request, "delegasi/list.html", context, status=422)
    terpilih = ", ".join(s["nama"] for s in one.suara[: one.kursi])
    sebutan = f"{one.get_unsur_display()} ({terpilih}): {one.kursi} kursi"
    tell(request, one, sebutan, request.musrenbang.kecamatan.kabupaten, f"terisi menurut {one.sah} surat sah")
    return redirect("delegasi:list", slug)


def _elect(musrenbang: Musrenbang, request: AppRequest) -> PemilihanDelegat:
    tally, putusan, wrong = parse_count(request.POST)
    if wrong:
        raise Refused(" ".join(wrong))
    return services.elect_delegat(
        musrenbang=musrenbang,
        by=request.user,
        count=tally,
        putusan=putusan,
        alasan_unsur=parse_alasan(request.POST),
        **read(CountForm(request.POST)),
    )


@event_action("pilih_delegasi")
def annul(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Annul a wrong count with its reason."""
    pemilihan = get_object_or_404(queries.list_tallies(request.musrenbang), pk=pk)
    jumlah = services.annul_election(pemilihan=pemilihan, by=request.user, **read(ReasonForm(request.POST)))
    messages.success(request, f"{pemilihan} dibatalkan; {jumlah} anggota delegasi dan para cadangannya dikeluarkan.")
    return redirect("delegasi:list", slug)


@event_action("pilih_delegasi")
def replace(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Put somebody else in a delegate's seat, with the reason."""
    delegat = get_object_or_404(queries.list_delegat(request.musrenbang), pk=pk)
    data = read(ReplaceForm(request.POST))
    substitute = get_object_or_404(request.musrenbang.kehadiran, pk=data.pop("pengganti"))
    new = services.replace_delegat(
        delegat=delegat,
        substitute=substitute,
        by=request.user,
        **data,
    )
    messages.success(request, f"{new.nama} menggantikan {new.menggantikan}. Terbitkan lagi surat mandatnya.")
    return redirect("delegasi:list", slug)
