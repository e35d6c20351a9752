"""Taking an event to the hall, and what the laptop there sends back."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from alur.aula.bungkus import TERURAI_MAKS
from alur.aula.kunci import code_of, fingerprint, laptop_key, new_passphrase, public_of
from alur.aula.services.hasil import confirm_result, refuse_result, refused_result, waiting_result
from alur.aula.services.perjalanan import (
    cancel_journey,
    default_end,
    extend_permit,
    journey_of,
    own_pin,
    pack_home,
    signing_key,
    take_away,
)
from alur.aula.services.upload import Bentrok, receive_result
from alur.izin import BOLEH_DIBAWA
from berita_acara.models import HasilAula
from musrenbang.akses import get_musrenbang_for, is_own_password
from musrenbang.models import Musrenbang
from musrenbang.transisi import Ditolak
from musrenbang.views.berkas import file_response

TIPE = "application/octet-stream"


def _page(request: HttpRequest, slug: str, tambahan: dict[str, Any], status: int = 200) -> HttpResponse:
    musrenbang, akses = get_musrenbang_for(request.user, slug, "bawa_acara")
    konteks = journey_of(musrenbang) | {
        "musrenbang": musrenbang,
        "akses": akses,
        "boleh": musrenbang.tahap in BOLEH_DIBAWA,
        "sidik": fingerprint(public_of(signing_key())),
        "sandi": new_passphrase(),
        "sampai": default_end(musrenbang),
        "ditolak": refused_result(musrenbang),
    }
    if konteks["asal"]:
        konteks["kode"] = code_of(public_of(laptop_key(settings.VAR_DIR)))
    return render(request, "berita_acara/hall.html", konteks | tambahan, status=status)


@never_cache
@require_GET
def hall(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the event is, and the next step."""
    return _page(request, slug, {})


@sensitive_post_parameters("sandi")
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """The file for the laptop; from now on nothing changes here."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bawa_acara")
    isi = take_away(
        musrenbang=musrenbang,
        by=request.user,
        kode=request.POST.get("kode", ""),
        sandi=request.POST.get("sandi", ""),
        sampai=_day(request, wajib=False),
    )
    return file_response(f"{slug}.musrenbang", isi, TIPE)


def _day(request: HttpRequest, *, wajib: bool = True) -> date | None:
    teks = request.POST.get("sampai", "")
    try:
        hari = parse_date(teks)
    except ValueError:
        hari = None
    if hari is None and (wajib or teks):
        raise Ditolak("Isi hari terakhir izin dengan tanggal yang benar.")
    return hari


@require_POST
def extend(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the permit end later."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "perpanjang_aula")
    sampai = _day(request)
    assert sampai is not None
    extend_permit(musrenbang=musrenbang, by=request.user, sampai=sampai, alasan=request.POST.get("alasan", ""))
    messages.success(request, "Izin diperpanjang. Bila laptop sudah menolak, ambil lagi berkasnya dan muat di sana.")
    return redirect("berita_acara:hall", slug)


@sensitive_post_parameters("sandi")
@require_POST
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    """The file for the server; from now on nothing changes on the laptop."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bawa_acara")
    isi = pack_home(musrenbang=musrenbang, by=request.user, sandi=request.POST.get("sandi", ""))
    return file_response(f"{slug}-hasil.musrenbang", isi, TIPE)


@sensitive_post_parameters("sandi")
@require_POST
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the result of the hall in for confirmation; what was changed here meanwhile is shown before."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bawa_acara")
    berkas = request.FILES.get("berkas")
    if berkas is None:
        raise Ditolak("Pilih dahulu berkas dari laptop aula.")
    if (berkas.size or 0) > TERURAI_MAKS:
        raise Ditolak(f"Berkas ini lebih besar dari {TERURAI_MAKS >> 20} MB, jadi bukan berkas musrenbang.")
    try:
        receive_result(
            musrenbang=musrenbang,
            by=request.user,
            berkas=berkas.read(),
            sandi=request.POST.get("sandi", ""),
            timpa=bool(request.POST.get("timpa")),
        )
    except Bentrok as bentrok:
        return _page(request, slug, {"bentrok": bentrok.jejak}, status=409)
    messages.success(request, "Hasil aula diperiksa dan disimpan. Sekarang Ketua Tim dan Camat mengesahkannya.")
    return redirect("berita_acara:hall_result", slug)


@require_POST
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Unlock the copy here."""
    musrenbang, _ = get_musrenbang_for(request.user, slug, "bawa_acara")
    cancel_journey(musrenbang=musrenbang, by=request.user, alasan=request.POST.get("alasan", ""))
    messages.success(request, "Acara ini dapat diubah lagi di sini.")
    return redirect("berita_acara:hall", slug)


@never_cache
@require_GET
def pin(request: HttpRequest, slug: str) -> HttpResponse:
    """The own PIN for the laptop of the hall, shown to nobody else."""
    musrenbang, akses = get_musrenbang_for(request.user, slug)
    nomor = own_pin(musrenbang=musrenbang, pengguna=request.user)
    return render(request, "berita_acara/hall_pin.html", {"musrenbang": musrenbang, "akses": akses, "pin": nomor})


@never_cache
@require_GET
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """What the day changed, for the two people who confirm it."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "lihat_hasil_aula")
    hasil = waiting_result(musrenbang)
    terakhir = HasilAula.objects.filter(perjalanan__musrenbang=musrenbang).select_related("ditolak_oleh").first()
    konteks = {"musrenbang": musrenbang, "akses": akses, "hasil": hasil, "terakhir": terakhir}
    konteks["ditolak"] = refused_result(musrenbang)
    if hasil:
        konteks |= {"r": hasil.ringkasan, "boleh": akses.may("sahkan_aula") and not _has_confirmed(hasil, request)}
    return render(request, "berita_acara/hall_result.html", konteks)


def _has_confirmed(hasil: HasilAula, request: HttpRequest) -> bool:
    return request.user.pk in {hasil.ketua_id, hasil.camat_id}


def _waiting(request: HttpRequest, slug: str, kata: str) -> tuple[Musrenbang, frozenset[str], HasilAula]:
    """Return the result that waits, after the person's right and password. Raises Ditolak."""
    musrenbang, akses = get_musrenbang_for(request.user, slug, "sahkan_aula")
    hasil = waiting_result(musrenbang)
    if hasil is None:
        raise Ditolak("Tidak ada hasil aula yang menunggu pengesahan. Muat ulang halaman.")
    if request.POST.get("hasil", str(hasil.pk)) != str(hasil.pk):  # the same file may replace more than it did before
        raise Ditolak("Hasil ini sudah diunggah lagi sejak halaman dibuka. Baca lagi yang berubah, lalu jawab.")
    if not is_own_password(request, request.POST.get("sandi", "")):
        raise Ditolak(f"Kata sandi Anda tidak cocok, jadi hasil aula belum {kata}. Ketik sekali lagi.")
    return musrenbang, akses.peran, hasil


@sensitive_post_parameters("sandi")
@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm what the day changed; the second confirmation takes it in."""
    musrenbang, peran, hasil = _waiting(request, slug, "disahkan")
    masuk = confirm_result(hasil=hasil, by=request.user, peran=peran, sha256=request.POST.get("sha256", ""))
    if masuk:
        messages.success(request, "Hasil aula masuk. Acara ini dapat diubah lagi di sini.")
        return redirect(musrenbang)
    messages.success(request, "Pengesahan Anda dicatat. Hasil aula masuk setelah yang lain juga mengesahkan.")
    return redirect("berita_acara:hall_result", slug)


@sensitive_post_parameters("sandi")
@require_POST
def refuse(request: HttpRequest, slug: str) -> HttpResponse:
    """Refuse what the day changed, with a reason; nothing is lost."""
    _, _, hasil = _waiting(request, slug, "ditolak")
    refuse_result(
        hasil=hasil, by=request.user, alasan=request.POST.get("alasan", ""), sha256=request.POST.get("sha256", "")
    )
    messages.success(request, "Hasil aula ditolak. Isinya tetap ada di laptop; berkas yang baru dapat diunggah lagi.")
    return redirect("berita_acara:hall_result", slug)
