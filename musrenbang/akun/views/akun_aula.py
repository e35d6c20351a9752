"""Accounts of a kecamatan that have to wait after wrong passwords or codes: freed by the team, in the hall."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from musrenbang.akun.queries import list_waiting, people_of
from musrenbang.akun.services.unlock import free_account
from musrenbang.views.page import EventRequest, event_action, event_page


@event_page("bebaskan_akun")
def waiting(request: EventRequest, slug: str) -> HttpResponse:
    """Who has typed wrong passwords lately, and the button that lets them try again at once."""
    context = {"akun": list_waiting(request.musrenbang)}
    return render(request, "akun/waiting.html", context)


@event_action("bebaskan_akun")
def free(request: EventRequest, slug: str, pk: int) -> HttpResponse:
    """Forget the wrong tries of one account; its password stays as it is."""
    person = get_object_or_404(people_of(request.musrenbang), pk=pk)
    free_account(musrenbang=request.musrenbang, pengguna=person, by=request.user)
    messages.success(request, f"{person.nama} dapat mencoba lagi sekarang. Kata sandinya tidak berubah.")
    return redirect("accounts_waiting", slug)
