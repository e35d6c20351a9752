"""Taking an event to the hall, and what the laptop there sends back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from alur.aula.forms import BringForm, ExtendForm, PackForm, ResultForm, TakeForm
from alur.aula.kunci import code_of, fingerprint, laptop_key, new_passphrase, public_of
from alur.aula.services.journeys import (
    cancel_journey,
    default_end,
    extend_permit,
    journey_of,
    own_pin,
    pack_home,
    signing_key,
    take_away,
)
from alur.aula.services.result import confirm_result, refuse_result, refused_result, waiting_result
from alur.aula.services.upload import Conflict, receive_result
from alur.izin import BOLEH_DIBAWA
from berita_acara.models import HasilAula
from musrenbang.akses import is_own_password
from musrenbang.forms.small import ReasonForm
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from musrenbang.views.files import file_response
from musrenbang.views.page import AppRequest, EventRequest, event_action, event_page
from musrenbang.views.submit import read

TIPE = "application/octet-stream"


def _page(request: EventRequest, further: dict[str, Any], status: int = 200) -> HttpResponse:
    musrenbang = request.musrenbang
    context = journey_of(musrenbang) | {
        "boleh": musrenbang.tahap in BOLEH_DIBAWA,
        "sidik": fingerprint(public_of(signing_key())),
        "sandi": new_passphrase(),
        "sampai": default_end(musrenbang),
        "ditolak": refused_result(musrenbang),
    }
    if context["asal"]:
        context["kode"] = code_of(public_of(laptop_key(settings.VAR_DIR)))
    return render(request, "alur/hall.html", context | further, status=status)


@never_cache
@event_page("bawa_acara")
def hall(request: EventRequest, slug: str) -> HttpResponse:
    """Where the event is, and the next step."""
    return _page(request, {})


@sensitive_post_parameters("sandi")
@event_action("bawa_acara")
def take(request: EventRequest, slug: str) -> HttpResponse:
    """The file for the laptop; from now on nothing changes here."""
    content = take_away(
        musrenbang=request.musrenbang,
        by=request.user,
        **read(TakeForm(request.POST)),
    )
    return file_response(f"{slug}.musrenbang", content, TIPE)


@event_action("perpanjang_aula")
def extend(request: EventRequest, slug: str) -> HttpResponse:
    """Let the permit end later."""
    extend_permit(musrenbang=request.musrenbang, by=request.user, **read(ExtendForm(request.POST)))
    messages.success(request, "Izin diperpanjang. Bila laptop sudah menolak, ambil lagi berkasnya dan muat di sana.")
    return redirect("berita_acara:hall", slug)


@sensitive_post_parameters("sandi")
@event_action("bawa_acara")
def pack(request: EventRequest, slug: str) -> HttpResponse:
    """The file for the server; from now on nothing changes on the laptop."""
    content = pack_home(musrenbang=request.musrenbang, by=request.user, **read(PackForm(request.POST)))
    return file_response(f"{slug}-hasil.musrenbang", content, TIPE)


@sensitive_post_parameters("sandi")
@event_action("bawa_acara")
def bring(request: EventRequest, slug: str) -> HttpResponse:
    """Take the result of the hall in for confirmation; what was changed here meanwhile is shown before."""
    try:
        receive_result(
            musrenbang=request.musrenbang,
            by=request.user,
            **read(BringForm(request.POST, request.FILES)),
        )
    except Conflict as error:
        return _page(request, {"bentrok": error.jejak}, status=409)
    messages.success(
        request, f"Hasil aula diperiksa dan disimpan. Sekarang Ketua Tim dan {sebutan.camat} mengesahkannya."
    )
    return redirect("berita_acara:hall_result", slug)


@event_action("bawa_acara")
def cancel(request: EventRequest, slug: str) -> HttpResponse:
    """Unlock the copy here."""
    cancel_journey(musrenbang=request.musrenbang, by=request.user, **read(ReasonForm(request.POST)))
    messages.success(request, "Musrenbang ini dapat diubah lagi di sini.")
    return redirect("berita_acara:hall", slug)


@never_cache
@event_page()
def pin(request: EventRequest, slug: str) -> HttpResponse:
    """The own PIN for the laptop of the hall, shown to nobody else."""
    nomor = own_pin(musrenbang=request.musrenbang, pengguna=request.user)
    return render(request, "alur/hall_pin.html", {"pin": nomor})


@never_cache
@event_page("lihat_hasil_aula")
def result(request: EventRequest, slug: str) -> HttpResponse:
    """What the day changed, for the two people who confirm it."""
    results = waiting_result(request.musrenbang)
    last = HasilAula.objects.filter(perjalanan__musrenbang=request.musrenbang).select_related("ditolak_oleh").first()
    context: dict[str, Any] = {"hasil": results, "terakhir": last}
    context["ditolak"] = refused_result(request.musrenbang)
    if results:
        context |= {
            "r": results.ringkasan,
            "boleh": request.akses.may("sahkan_aula") and not _has_confirmed(results, request),
        }
    return render(request, "alur/hall_result.html", context)


def _has_confirmed(hasil: HasilAula, request: AppRequest) -> bool:
    return request.user.pk in {hasil.ketua_id, hasil.camat_id}


def _waiting(request: EventRequest, kata: str) -> tuple[HasilAula, dict[str, Any]]:
    """Return the result that waits and the form about it, once the person gave the password. Raises Refused."""
    results = waiting_result(request.musrenbang)
    if results is None:
        raise Refused("Tidak ada hasil aula yang menunggu pengesahan. Muat ulang halaman.")
    data = read(ResultForm(request.POST))
    if data["hasil"] not in {"", str(results.pk)}:  # the same file may replace more than it did before
        raise Refused("Hasil ini sudah diunggah lagi sejak halaman dibuka. Baca lagi yang berubah, lalu jawab.")
    if not is_own_password(request, data["sandi"]):
        raise Refused(f"Kata sandi Anda tidak cocok, jadi hasil aula belum {kata}. Ketik sekali lagi.")
    return results, data


@sensitive_post_parameters("sandi")
@event_action("sahkan_aula")
def confirm(request: EventRequest, slug: str) -> HttpResponse:
    """Confirm what the day changed; the second confirmation takes it in."""
    results, data = _waiting(request, "disahkan")
    entered = confirm_result(result=results, by=request.user, peran=request.akses.peran, sha256=data["sha256"])
    if entered:
        messages.success(request, "Hasil aula masuk. Musrenbang ini dapat diubah lagi di sini.")
        return redirect(request.musrenbang)
    messages.success(request, "Pengesahan Anda dicatat. Hasil aula masuk setelah yang lain juga mengesahkan.")
    return redirect("berita_acara:hall_result", slug)


@sensitive_post_parameters("sandi")
@event_action("sahkan_aula")
def refuse(request: EventRequest, slug: str) -> HttpResponse:
    """Refuse what the day changed, with a reason; nothing is lost."""
    results, data = _waiting(request, "ditolak")
    refuse_result(result=results, by=request.user, alasan=data["alasan"], sha256=data["sha256"])
    messages.success(request, "Hasil aula ditolak. Isinya tetap ada di laptop; berkas yang baru dapat diunggah lagi.")
    return redirect("berita_acara:hall_result", slug)
