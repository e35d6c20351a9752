"""Accounts of a kecamatan that have to wait after wrong passwords or codes: freed by the team, in the hall."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from musrenbang.akses import get_musrenbang_for
from musrenbang.akun.queries import list_waiting, people_of
from musrenbang.akun.services.pembebasan import free_account


@require_GET
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has typed wrong passwords lately, and the button that lets them try again at once."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "bebaskan_akun")
    konteks = {"musrenbang": musrenbang, "akses": akses, "akun": list_waiting(musrenbang)}
    return render(request, "musrenbang/waiting.html", konteks)


@require_POST
def free(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Forget the wrong tries of one account; its password stays as it is."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bebaskan_akun")
    orang = get_object_or_404(people_of(musrenbang), pk=pk)
    free_account(musrenbang=musrenbang, pengguna=orang, by=request.user)
    messages.success(request, f"{orang.nama} dapat mencoba lagi sekarang. Kata sandinya tidak berubah.")
    return redirect("accounts_waiting", slug)
