"""Sorting agreed works to SKPD: a queue for people, a list to confirm, the result."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.forms.numbers import whole
from musrenbang.forms.small import SeenForm
from musrenbang.models import Musrenbang, Skpd
from musrenbang.sebutan import sebutan
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_page
from musrenbang.views.submit import read
from tindak_lanjut.dokumen.sheets import pemilahan_xlsx
from tindak_lanjut.forms import ChooseSkpdForm, FundedForm, HandReceiptForm, KindSkpdForm, RequeueForm, WorksForm
from tindak_lanjut.izin import BOLEH_PEMILAHAN
from tindak_lanjut.models import Pengiriman, Pilahan, StatusPilahan
from tindak_lanjut.queries.dispatch import list_sendings
from tindak_lanjut.queries.pemilahan import list_pilahan, list_questions, options_for, sorter_of, sorting_summary
from tindak_lanjut.services import pemilahan
from tindak_lanjut.services.dispatch import receive_works
from tindak_lanjut.services.pemilahan import (
    answer_kind,
    choose_skpd,
    confirm_many,
    keep_funded,
    requeue_pilahan,
    undo_choice,
)
from tindak_lanjut.views.sorting_rows import OPEN_STATUS, grid_context
from usulan.sorting import Sorter

PER_HALAMAN = 50
BANYAK_PILIHAN = 9
"""The most answers that are offered: one for each digit on the keyboard."""


@event_page("lihat_pemilahan")
def sorting(request: EventRequest, slug: str) -> HttpResponse:
    """What waits, what is suggested, what is settled; of what waits the first stands open with its best answers."""
    summary = sorting_summary(request.musrenbang)
    status = request.GET.get("status", "")
    if status not in StatusPilahan.values:
        status = next((s for s in StatusPilahan.values if getattr(summary, s)), StatusPilahan.ANTRE.value)
    skpd, search = whole(request.GET.get("skpd")), request.GET.get("cari", "").strip()
    everything = list_pilahan(request.musrenbang, status, skpd, search)
    allowed = request.akses.may("pilah_skpd", BOLEH_PEMILAHAN)
    open_page = _open_card(request, request.musrenbang, everything, status) if allowed else None
    pilihan = list(Skpd.objects.filter(kabupaten=request.musrenbang.kecamatan.kabupaten))
    send = list_sendings(request.musrenbang) if status == StatusPilahan.DITETAPKAN else []
    context = {
        "ringkasan": summary,
        "status": status,
        "skpd": skpd,
        "cari": search,
        "halaman": Paginator(everything, PER_HALAMAN).get_page(request.GET.get("hal")),
        "boleh": allowed,
        "buka": open_page,
        "semua_skpd": pilihan,
        **(_answers(open_page, request.musrenbang, pilihan, status) if allowed else {}),
        "bukan": [s for s in pilihan if open_page and s.pk in open_page.bukan],
        "baru_saja": _just_settled(request, request.musrenbang) if allowed else None,
        "kirim": send,
        "baru": sum(k.baru for k in send),
        "boleh_terima": request.akses.may("pilah_skpd"),
    }
    if allowed and status in OPEN_STATUS:
        context |= grid_context(request.musrenbang, context["halaman"].object_list, pilihan)
    return render(request, "tindak_lanjut/sorting.html", context)


def _just_settled(request: AppRequest, musrenbang: Musrenbang) -> Pilahan | None:
    """The work that was settled a moment ago, as long as it was not sent: that can be taken back at one tap."""
    new = whole(request.GET.get("baru"))
    if not new:
        return None
    fixed = list_pilahan(musrenbang, StatusPilahan.DITETAPKAN)
    return fixed.filter(pk=new, pengiriman=None).first()


def _open_card(request: AppRequest, musrenbang: Musrenbang, semua: QuerySet[Pilahan], status: str) -> Pilahan | None:
    """The work that stands open to be given to an SKPD: the one asked for, or the first that waits."""
    pick = whole(request.GET.get("pilih"))
    if pick:
        open_ones = [StatusPilahan.ANTRE, StatusPilahan.DISARANKAN]
        return list_pilahan(musrenbang).filter(pk=pick, status__in=open_ones).first()
    return semua.first() if status == StatusPilahan.ANTRE else None


def _answers(opened: Pilahan | None, musrenbang: Musrenbang, pilihan: list[Skpd], status: str) -> dict[str, Any]:
    """Return what is asked once for a whole kind of works, and the best answers for the open one."""
    if not opened and status != StatusPilahan.ANTRE:
        return {}
    sorter = sorter_of(musrenbang.kecamatan.kabupaten, musrenbang.tahun_rencana)
    question = list_questions(musrenbang, sorter) if status == StatusPilahan.ANTRE else []
    return {"tanya": question, "saran": _options(opened, sorter, pilihan) if opened else []}


def _options(opened: Pilahan, sorter: Sorter, pilihan: list[Skpd]) -> list[tuple[Skpd, str, str]]:
    """Return (SKPD, confidence, reason): the suggestions, then the plan's own, then others of the same bidang."""
    nama = {s.pk: s for s in pilihan if s.pk not in opened.bukan}
    result = {
        s.skpd: (nama[s.skpd], tulis.percent(s.keyakinan), s.sebab)
        for s in options_for(opened, sorter)
        if s.skpd in nama
    }
    if opened.baris.skpd_id in nama:
        result.setdefault(opened.baris.skpd_id, (nama[opened.baris.skpd_id], "", "tertulis dalam RKP"))
    for s in nama.values():
        if s.bidang_id == opened.baris.bidang_id:
            result.setdefault(s.pk, (s, "", "bidang yang sama"))
    return list(result.values())[:BANYAK_PILIHAN]


@event_action("pilah_skpd")
def choose(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Settle one work, and go on with the next."""
    pilahan = get_object_or_404(Pilahan.objects.select_related("baris"), pk=pk, musrenbang=request.musrenbang)
    pilahan.musrenbang = request.musrenbang
    choose_skpd(
        pilahan=pilahan, by=request.user, **read(ChooseSkpdForm(request.POST), f"Pilih dahulu {sebutan.skpd_nya}.")
    )
    return redirect(reverse("pemilahan:list", args=[slug]) + f"?baru={pk}")


@event_action("pilah_skpd")
def undo(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Take back what was just chosen, and open that work again."""
    pilahan = get_object_or_404(Pilahan.objects.select_related("baris"), pk=pk, musrenbang=request.musrenbang)
    pilahan.musrenbang = request.musrenbang
    undo_choice(pilahan=pilahan, by=request.user, **read(SeenForm(request.POST)))
    messages.success(request, f"Pilihan No. {pilahan.baris.nomor} diurungkan.")
    return redirect(reverse("pemilahan:list", args=[slug]) + f"?pilih={pk}")


@event_action("pilah_skpd")
def send_funded(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Send a work all the same that a programme pays, with the reason; or take that back."""
    pilahan = get_object_or_404(Pilahan.objects.select_related("baris"), pk=pk, musrenbang=request.musrenbang)
    pilahan.musrenbang = request.musrenbang
    data = read(FundedForm(request.POST))
    if data.pop("aksi") == "batal":
        keep_funded(pilahan=pilahan, versi=data["versi"], by=request.user)
        messages.success(request, f"No. {pilahan.baris.nomor} tidak jadi diusulkan kepada {sebutan.skpd}.")
        return redirect(reverse("pemilahan:list", args=[slug]) + "?status=didanai")
    pemilahan.send_funded(pilahan=pilahan, by=request.user, **data)
    messages.success(request, f"No. {pilahan.baris.nomor} tetap diusulkan; pilih {sebutan.skpd_nya}.")
    return redirect(reverse("pemilahan:list", args=[slug]) + f"?pilih={pk}")


@event_action("pilah_skpd")
def answer(request: EventRequest, slug: str) -> HttpResponse:
    """Settle all waiting works of one kind with the SKPD that does such works in this kabupaten."""
    data = read(KindSkpdForm(request.POST), f"Pilih dahulu {sebutan.skpd_nya}.")
    jenis, skpd = data["jenis"], data["skpd"]
    jumlah = answer_kind(
        musrenbang=request.musrenbang, by=request.user, jenis=jenis, skpd=skpd, pilahan_ids=data["pilahan"]
    )
    messages.success(
        request,
        f"{jumlah} kegiatan {jenis} ditetapkan untuk {skpd.nama}. Setelah dua keputusan yang sama, "
        "kegiatan sejenis berikutnya mengikutinya.",
    )
    return redirect("pemilahan:list", slug)


@event_action("pilah_skpd")
def confirm(request: EventRequest, slug: str) -> HttpResponse:
    """Settle the suggestions that are ticked."""
    pilihan = read(WorksForm(request.POST))["pilahan"]
    jumlah = confirm_many(musrenbang=request.musrenbang, by=request.user, pilahan_ids=pilihan)
    past = len(set(pilihan)) - jumlah
    messages.success(
        request, f"{jumlah} kegiatan ditetapkan." + (f" {past} sudah berubah, tidak diubah." if past else "")
    )
    return redirect("pemilahan:list", slug)


@event_action("pilah_skpd")
def requeue(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Send a settled work back to the queue, with the reason."""
    pilahan = get_object_or_404(Pilahan, pk=pk, musrenbang=request.musrenbang)
    pilahan.musrenbang = request.musrenbang
    one = requeue_pilahan(pilahan=pilahan, by=request.user, **read(RequeueForm(request.POST)))
    messages.success(request, f"No. {one.baris.nomor} dikembalikan ke antrean.")
    return redirect(reverse("pemilahan:list", args=[slug]) + "?status=ditetapkan")


@event_action("pilah_skpd")
def receive(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Record who took a letter that was brought by hand."""
    send = get_object_or_404(Pengiriman, pk=pk, musrenbang=request.musrenbang)
    one = receive_works(pengiriman=send, by=request.user, **read(HandReceiptForm(request.POST)))
    messages.success(request, f"Tanda terima {one.nomor_terima} dicatat.")
    return redirect(reverse("pemilahan:list", args=[slug]) + "?status=ditetapkan#kirim")


@event_page("lihat_pemilahan")
def download(request: EventRequest, slug: str) -> HttpResponse:
    """The sorting as a spreadsheet."""
    content = pemilahan_xlsx(request.musrenbang, list_pilahan(request.musrenbang))
    return xlsx_response(f"pemilahan-{slug}", content)
