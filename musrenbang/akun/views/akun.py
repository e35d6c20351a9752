"""The second person's page, and what was done in one's own name."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from musrenbang.akses import check_account_reader
from musrenbang.akun import people
from musrenbang.akun.forms.small import SecondAnswerForm
from musrenbang.akun.services.akun import read_news, take_links
from musrenbang.akun.services.second_person import answer_request, withdraw_request
from musrenbang.akun.sesi import KABAR
from musrenbang.akun.views.pengguna import one_time_link
from musrenbang.models import PermintaanAkun
from musrenbang.views.page import AppRequest
from musrenbang.views.submit import read

PER_HALAMAN = 50


def _one(request: AppRequest, pk: int) -> PermintaanAkun:
    check_account_reader(request.user)
    one: PermintaanAkun = get_object_or_404(people.requests_for(request.user), pk=pk)
    return one


@require_GET
def requests(request: AppRequest) -> HttpResponse:
    """What waits for a second person, and how earlier requests ended."""
    check_account_reader(request.user)
    everything = people.requests_for(request.user)
    context = {
        "menunggu": [
            (p, people.may_answer(request.user, p), p.diminta_oleh_id == request.user.pk, news)
            for p, news in people.waiting_with_news(everything)
        ],
        "halaman": Paginator(everything.exclude(hasil=""), PER_HALAMAN).get_page(request.GET.get("hal")),
        "tautan": people.links_of(request.user)[:PER_HALAMAN],
    }
    return render(request, "akun/requests.html", context)


@require_POST
def answer(request: AppRequest, pk: int) -> HttpResponse:
    """Approve or refuse as the second person; the form carries what the page said."""
    data = read(SecondAnswerForm(request.POST))
    one = answer_request(
        request=_one(request, pk),
        by=request.user,
        agree=data["jawab"] == "setuju",
        words=data["kata"],
        jawaban=data["alasan"],
    )
    messages.success(request, f"{one.kata}: {one.get_hasil_display().lower()}.")
    return redirect("user_requests")


@require_POST
def withdraw(request: AppRequest, pk: int) -> HttpResponse:
    """Take the own request back."""
    one = withdraw_request(request=_one(request, pk), by=request.user)
    messages.success(request, f"{one.kata}: permintaan ditarik.")
    return redirect("user_requests")


@never_cache
@require_POST
def show_link(request: AppRequest, pk: int) -> HttpResponse:
    """The one-time link of one person, to who made it, once: a reload or another tab shows it no more."""
    check_account_reader(request.user)
    (owner,) = take_links(by=request.user, pengguna=pk)
    context = {"pemilik": owner, "tautan": one_time_link(owner)}
    return render(request, "akun/link.html", context)


@require_GET
def own(request: AppRequest) -> HttpResponse:
    """What others did to the own account, and what was done in one's own name."""
    context = {
        "kabar": people.news_of(request.user)[:PER_HALAMAN],
        "halaman": Paginator(people.own_steps(request.user), PER_HALAMAN).get_page(request.GET.get("hal")),
        "akun": people.own_account_steps(request.user)[:PER_HALAMAN],
    }
    return render(request, "akun/own.html", context)


@require_POST
def own_read(request: AppRequest) -> HttpResponse:
    """The news about the account has been read."""
    read_news(pengguna=request.user)
    request.session.pop(KABAR, None)
    return redirect("own_steps")
