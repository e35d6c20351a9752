"""Pages of the sector groups: the list, one group's screen, one row in it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from musrenbang.forms.small import ReasonForm, SeenForm
from musrenbang.persiapan.queries import kriteria_for
from musrenbang.sidang.queries.agenda import order_digest
from musrenbang.transisi import Refused
from musrenbang.views.errors import is_part
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_form, event_page
from musrenbang.views.submit import read, sent, show, submit
from rkp import dokumen
from rkp.forms.kelompok import KelompokForm, MemberForm, SeatingForm, UsulanKelompokForm
from rkp.forms.pleno import GroupOrderForm, HandOverForm, MergeKeyForm, NextForm, SignOffForm
from rkp.izin import BOLEH_ATUR_KELOMPOK, BOLEH_KELOMPOK
from rkp.models import Alasan, BarisRkp, Kelompok, Keputusan, StatusKelompok
from rkp.queries.content import merged_into, other_source, summary_of_before
from rkp.queries.kelompok import (
    check_fill,
    hasil_kelompok,
    list_kelompok,
    may_fill,
    order_of_group,
    usulan_of,
    without_kelompok,
)
from rkp.queries.pagu import list_pagu_proposed
from rkp.queries.similar import similar_rows
from rkp.services.kelompok import (
    close_kelompok,
    empty_kelompok,
    fill_kelompok,
    hand_over_kelompok,
    remove_kelompok,
    reopen_kelompok,
    save_kelompok,
    seat_groups,
    set_members,
)
from rkp.services.merge import merge_baris, split_baris
from rkp.services.usulan_kelompok import move_bidang, move_rank, rank_by_score, reorder_kelompok, save_usulan_kelompok
from rkp.views.rows import group_rows
from usulan.models import ParentRelation


@event_page("lihat_kelompok")
def groups(request: EventRequest, slug: str) -> HttpResponse:
    """All groups with their progress and sums."""
    context = {
        "hasil": list_kelompok(request.musrenbang),
        "tanpa": without_kelompok(request.musrenbang),
        "boleh_atur": request.akses.may("atur_kelompok", BOLEH_ATUR_KELOMPOK),
    }
    return render(request, "rkp/groups.html", context)


@event_action("atur_kelompok")
def groups_fill(request: EventRequest, slug: str) -> HttpResponse:
    """Make one group per bidang."""
    jumlah = fill_kelompok(musrenbang=request.musrenbang, by=request.user)
    messages.success(request, f"{jumlah} kelompok dibentuk." if jumlah else "Setiap bidang sudah punya kelompok.")
    return redirect("rkp:groups", slug)


@event_form("atur_kelompok")
def groups_seats(request: EventRequest, slug: str) -> HttpResponse:
    """Who leads, writes and sits in all groups, on one page."""
    form = SeatingForm(sent(request), musrenbang=request.musrenbang)
    if done := submit(
        request,
        form,
        partial(seat_groups, musrenbang=request.musrenbang, by=request.user),
        say=lambda n: f"Susunan {n} kelompok disimpan." if n else "Susunannya tidak berubah.",
        to=redirect("rkp:groups", slug),
    ):
        return done
    form.beside_stored()
    return show(request, "rkp/groups_seats.html", form)


def _get(request: EventRequest, pk: int) -> Kelompok:
    kelompok = get_object_or_404(Kelompok.objects.select_related("bidang"), musrenbang=request.musrenbang, pk=pk)
    kelompok.musrenbang = request.musrenbang
    return kelompok


def own_group(request: EventRequest, pk: int) -> Kelompok:
    """Return a group that this person may fill in."""
    kelompok = _get(request, pk)
    check_fill(kelompok, request.user, request.akses)
    return kelompok


@event_form("atur_kelompok")
def group_edit(request: EventRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """Add a group or change one."""
    kelompok = get_object_or_404(Kelompok, musrenbang=request.musrenbang, pk=pk) if pk else None
    form = KelompokForm(
        sent(request),
        instance=get_object_or_404(Kelompok, pk=pk) if kelompok else Kelompok(musrenbang=request.musrenbang),
    )
    if done := submit(
        request,
        form,
        partial(save_kelompok, musrenbang=request.musrenbang, kelompok=kelompok, by=request.user),
        say=lambda group: f"{group.nama} disimpan.",
        to=redirect("rkp:groups", slug),
    ):
        return done
    return show(request, "rkp/group_edit.html", form, {"kelompok": kelompok})


@event_action("atur_kelompok")
def group_remove(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a group that has proposed nothing."""
    kelompok = _get(request, pk)
    remove_kelompok(kelompok=kelompok, by=request.user)
    messages.success(request, f"{kelompok.nama} dihapus.")
    return redirect("rkp:groups", slug)


@event_action("atur_kelompok")
def group_empty(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take back everything that a group proposed, so that a group made by mistake can go."""
    kelompok = _get(request, pk)
    jumlah = empty_kelompok(kelompok=kelompok, by=request.user, **read(ReasonForm(request.POST)))
    messages.success(request, f"{kelompok.nama}: {jumlah} usulan ditarik. Kelompok ini sekarang dapat dihapus.")
    return redirect("rkp:group_edit", slug, pk)


@event_form("isi_kelompok")
def group_members(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Who sits in the group."""
    kelompok = own_group(request, pk)
    form = MemberForm(sent(request), kelompok=kelompok)
    if done := submit(
        request,
        form,
        partial(set_members, kelompok=kelompok, by=request.user),
        say=lambda people: f"{kelompok.nama}: {people} orang.",
        to=redirect("rkp:group", slug, pk),
    ):
        return done
    return show(request, "rkp/group_members.html", form, {"kelompok": kelompok})


@event_page("lihat_kelompok")
def group(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """One group's own screen: its rows in their order, what is missing, its signature."""
    kelompok = _get(request, pk)
    result = hasil_kelompok(kelompok)
    content = may_fill(kelompok, request.user, request.akses) and request.musrenbang.tahap in BOLEH_KELOMPOK
    allowed = content and kelompok.status == StatusKelompok.BERLANGSUNG
    kriteria = kriteria_for(request.musrenbang) if result.scoring else []
    context = {
        "hasil": result,
        "kelompok": result.kelompok,
        "kriteria": kriteria,
        "baris": group_rows(result, kriteria, allowed=allowed),
        "posisi": list_pagu_proposed(request.musrenbang),
        "alasan": Alasan.choices,
        "boleh": allowed,
        "boleh_buka": content,
        "boleh_anggota": may_fill(kelompok, request.user, request.akses)
        and request.musrenbang.tahap in BOLEH_ATUR_KELOMPOK,
    }
    return render(request, "rkp/group.html", context)


def _get_row(kelompok: Kelompok, baris: int) -> BarisRkp:
    one = get_object_or_404(
        BarisRkp.objects.select_related("rkp", "bidang", "desa", "skpd").exclude(keputusan=Keputusan.DIGABUNG),
        rkp__musrenbang=kelompok.musrenbang,
        bidang=kelompok.bidang_id,
        pk=baris,
    )
    one.rkp.musrenbang = kelompok.musrenbang
    return one


@event_form("isi_kelompok")
def group_row(request: EventRequest, slug: str, pk: int, baris: int) -> HttpResponse:
    """Discuss one row: outcome, scores, note; then on to the next undecided one."""
    kelompok = own_group(request, pk)
    one = _get_row(kelompok, baris)
    form = UsulanKelompokForm(sent(request), instance=usulan_of(one, kelompok))
    if done := submit(
        request,
        form,
        partial(save_usulan_kelompok, kelompok=kelompok, baris=one, by=request.user),
        say=f"Usul keputusan kelompok untuk no. {one.nomor} disimpan.",
        to=lambda _: _next(request, slug, kelompok),
    ):
        return done
    result = hasil_kelompok(kelompok)
    opened = Kelompok.objects.filter(musrenbang=request.musrenbang, status=StatusKelompok.BERLANGSUNG)
    context: dict[str, Any] = {
        "kelompok": kelompok,
        "baris": one,
        "semula": summary_of_before(one.semula),
        "lain": [b.baris for b in result.baris if b.baris.pk != baris],
        "gabungan": merged_into(one),
        "cara_gabung": ParentRelation.choices,
        "mirip": similar_rows(one, bidang=kelompok.bidang_id),
        "alamat_gabung": reverse("rkp:group_merge", args=[slug, pk, baris]),
        "kelompok_lain": opened.exclude(pk=pk),
        "boleh": request.musrenbang.tahap in BOLEH_KELOMPOK and kelompok.status == StatusKelompok.BERLANGSUNG,
    }
    return show(request, "rkp/group_row.html", form, context)


def _next(request: AppRequest, slug: str, kelompok: Kelompok) -> HttpResponse:
    """The next undecided row when the person wants to go on, else the group's screen."""
    pending = [b.baris for b in hasil_kelompok(kelompok).baris if not b.usul]
    if pending and read(NextForm(request.POST))["lanjut"]:
        return redirect("rkp:group_row", slug, kelompok.pk, pending[0].pk)
    return redirect("rkp:group", slug, kelompok.pk)


@event_action("isi_kelompok")
def group_move(request: EventRequest, slug: str, pk: int, baris: int) -> HttpResponse:
    """Hand a row over to another group."""
    kelompok = own_group(request, pk)
    one = _get_row(kelompok, baris)
    to = move_bidang(kelompok=kelompok, baris=one, by=request.user, **read(HandOverForm(request.POST)))
    messages.success(request, f"No. {one.nomor} dipindah ke {to.nama}.")
    return redirect("rkp:group", slug, pk)


@event_action("isi_kelompok")
def group_merge(request: EventRequest, slug: str, pk: int, baris: int) -> HttpResponse:
    """Merge a row into another one of the group."""
    kelompok = own_group(request, pk)
    one, data = _get_row(kelompok, baris), read(MergeKeyForm(request.POST))
    target = _get_row(kelompok, data.pop("ke"))
    merge_baris(
        baris=one,
        ke=target.pk,
        by=request.user,
        kelompok=kelompok,
        **data,
    )
    other = other_source(one, target)
    messages.success(request, f"No. {one.nomor} digabung ke no. {target.nomor}; putuskan gabungannya.{other}")
    return redirect("rkp:group_row", slug, pk, target.pk)


@event_action("isi_kelompok")
def group_split(request: EventRequest, slug: str, pk: int, baris: int) -> HttpResponse:
    """Take a row out of another one of the group again."""
    kelompok = own_group(request, pk)
    one = get_object_or_404(
        BarisRkp.objects.select_related("rkp"),
        rkp__musrenbang=request.musrenbang,
        digabung_ke__bidang=kelompok.bidang_id,
        pk=baris,
    )
    one.rkp.musrenbang = request.musrenbang
    split_baris(baris=one, by=request.user, kelompok=kelompok, **read(SeenForm(request.POST)))
    messages.success(request, f"No. {one.nomor} dipisahkan lagi; keduanya kembali belum dibahas.")
    return redirect("rkp:group", slug, pk)


@event_form("isi_kelompok")
def group_order(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Store an order: one row moved to a place, a whole order, or by score; a script asks for the order as it is."""
    kelompok, words = own_group(request, pk), ""
    if request.method == "GET" and not is_part(request):
        return HttpResponseNotAllowed(["POST"])
    if request.method == "POST":
        try:
            words = _reorder(request, kelompok)
        except Refused as refusal:
            if not is_part(request):
                raise
            return JsonResponse({"kabar": str(refusal)}, status=409)
    if not is_part(request):
        return redirect("rkp:group", slug, pk)
    order = order_of_group(kelompok)
    return JsonResponse({"kabar": words, "urutan": order, "sidik": order_digest(order)})


def _reorder(request: EventRequest, kelompok: Kelompok) -> str:
    """Do what the form asks for and say it."""
    data = read(GroupOrderForm(request.POST))
    if data["aksi"] == "skor":
        rank_by_score(kelompok=kelompok, by=request.user)
        return "Diurutkan menurut skor."
    if data["urutan"]:
        reorder_kelompok(kelompok=kelompok, urutan=data["urutan"], sidik=data["sidik"], by=request.user)
        return "Urutan disimpan."
    rows = BarisRkp.objects.filter(rkp__musrenbang=kelompok.musrenbang)
    row = rows.filter(pk=data["geser"]).first() if data["geser"] else rows.filter(nomor=data["nomor"]).first()
    if row is None or not data["tempat"]:
        raise Refused("Isi nomor kegiatan dan peringkatnya dengan angka. Urutannya belum diubah.")
    move_rank(kelompok=kelompok, baris=row.pk, tempat=data["tempat"], sidik=data["sidik"], by=request.user)
    return f"No. {row.nomor} di peringkat {data['tempat']}."


@event_action("isi_kelompok")
def group_close(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Sign the result off, or take the signature back with a reason."""
    kelompok = own_group(request, pk)
    data = read(SignOffForm(request.POST))
    action, alasan = data["aksi"], data["alasan"]
    if action == "buka":
        reopen_kelompok(kelompok=kelompok, by=request.user, alasan=alasan)
        messages.success(request, f"Hasil {kelompok.nama} dibuka lagi.")
    elif action == "serahkan":
        hand_over_kelompok(kelompok=kelompok, by=request.user, alasan=alasan)
        messages.success(request, f"Hasil {kelompok.nama} dikunci; sisanya diputuskan pleno.")
    else:
        close_kelompok(kelompok=kelompok, by=request.user)
        messages.success(
            request, f"Hasil {kelompok.nama} dikunci. Cetak lembarnya untuk ditandatangani ketua dan notulis."
        )
    return redirect("rkp:group", slug, pk)


@event_page("lihat_kelompok")
def groups_download(request: EventRequest, slug: str) -> HttpResponse:
    """The results of all groups as .xlsx."""
    return xlsx_response(
        f"hasil-kelompok-{slug}", dokumen.kelompok_xlsx(request.musrenbang, list_kelompok(request.musrenbang))
    )
