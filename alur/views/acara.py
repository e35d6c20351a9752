"""Home, event board, moves, schedule and audit trail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from alur.forms import MoveForm
from alur.queries.board import board_figures, next_steps, step_back
from alur.queries.home import list_duties
from alur.services.acara import advance_musrenbang
from musrenbang import queries
from musrenbang.akses import is_own_password
from musrenbang.akun import people
from musrenbang.models import Keanggotaan
from musrenbang.persiapan.queries import board_notices
from musrenbang.states import FASE, MOVES, Peran, Tahap, is_past
from musrenbang.transisi import Refused
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_page
from musrenbang.views.submit import read
from tindak_lanjut.queries.dispatch import waiting_words

PER_HALAMAN = 25


@require_GET
def home(request: AppRequest) -> HttpResponse:
    """What is mine to do now."""
    peran = set(Keanggotaan.objects.filter(pengguna=request.user).values_list("peran", flat=True))
    context = {
        "halaman": Paginator(list_duties(request.user), PER_HALAMAN).get_page(request.GET.get("hal")),
        "boleh_jadwalkan": Peran.BAPPEDA in peran,
        "orang_skpd": Peran.SKPD in peran,
        "surat_skpd": waiting_words(request.user) if Peran.SKPD in peran else "",
        "permintaan": (
            people.count_waiting(request.user) if Peran.BAPPEDA in peran or request.user.is_superuser else 0
        ),
    }
    return render(request, "alur/home.html", context)


@event_page()
def board(request: EventRequest, slug: str) -> HttpResponse:
    """The event: stage strip, the next step with its checklist, figures, latest changes."""
    context = {
        "langkah": next_steps(request.musrenbang, request.akses),
        "mundur": step_back(request.musrenbang, request.akses),
        "boleh_jadwal": request.akses.may("atur_jadwal", FASE["Sebelum sidang"]),
        "hasil_umum": is_past(request.musrenbang.tahap, Tahap.PLENO),
        "kabar": [] if request.akses.terbatas else board_notices(request.musrenbang),
        "angka": [] if request.akses.terbatas else board_figures(request.musrenbang),
        "jejak": queries.search_jejak(request.musrenbang)[:6] if request.akses.may("lihat_jejak") else [],
    }
    return render(request, "alur/board.html", context)


@sensitive_post_parameters("sandi")
@event_action("lihat_acara")
def move(request: EventRequest, slug: str) -> HttpResponse:
    """Move the event. The form carries the stage it was made from, so a stale tab moves nothing."""
    data = read(MoveForm(request.POST))
    move_to = MOVES.get((data["dari"], data["ke"]))
    if move_to is None:
        raise Refused("Tahapnya sudah berubah. Muat ulang halaman untuk melihat tahap sekarang.")
    request.akses.check_move(move_to)
    if move_to.perlu_sandi and not is_own_password(request, data["sandi"]):
        raise Refused(f"Kata sandi Anda tidak cocok, jadi “{move_to.nama}” belum dilakukan. Ketik sekali lagi.")
    advance_musrenbang(
        musrenbang=request.musrenbang, dari=move_to.dari, ke=move_to.ke, by=request.user, alasan=data["alasan"]
    )
    messages.success(request, f"{move_to.kabar} Tahap sekarang: {request.musrenbang.get_tahap_display()}.")
    return redirect("sidang:today", slug) if data["halaman"] == "hari" else redirect(request.musrenbang)
