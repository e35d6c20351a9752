"""The sign-in code: give it, set it up, take it off."""

from base64 import b32encode

import segno
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from musrenbang.akun import sign_in_code as codes
from musrenbang.akun.forms.sign_in import EnrolForm, OneTimeCodeForm, PasswordForm
from musrenbang.akun.forms.small import GoOnForm
from musrenbang.akun.services.pengguna import record_own
from musrenbang.views.page import AppRequest
from musrenbang.views.submit import read, sent, show


def _next(request: AppRequest) -> str:
    to = read(GoOnForm(request.POST or request.GET))["next"]
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if safe else resolve_url("home")


@sensitive_post_parameters("kode")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_code(request: AppRequest) -> HttpResponse:
    """After the password: the code on the phone, or a spare code."""
    if not codes.device_of(request.user):
        codes.ask_again(request.session)  # it was taken off while this page stood open
        return redirect("home")
    form = OneTimeCodeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        if codes.verify(request, form.cleaned_data["kode"]):
            return redirect(_next(request))
        form.add_error("kode", "Kode ini salah atau sudah dipakai. Tunggu kode berikutnya di HP Anda, lalu coba lagi.")
    return show(request, "akun/code.html", form, {"next": _next(request)})


@sensitive_post_parameters("kode", "sandi")
@never_cache
@require_http_methods(["GET", "POST"])
def code_setup(request: AppRequest) -> HttpResponse:
    """Bind the person's phone: a picture to scan, the first code, then the spare codes, shown once."""
    if codes.device_of(request.user) and codes.missing(request.user, request.session):
        return redirect("sign_in_code")
    perangkat = codes.new_device(request.user)
    form = EnrolForm(sent(request), request=request)
    if request.method == "POST" and form.is_valid():
        reserve = codes.confirm(request, form.cleaned_data["kode"])
        if reserve:
            record_own(pengguna=request.user, aksi="kode_dipasang")
            return render(request, "akun/code_spare.html", {"cadangan": reserve, "next": _next(request)})
        form.add_error("kode", "Kode ini salah. Pastikan jam HP Anda tepat, lalu ketik kode yang sedang tampak.")
    context = {
        "next": _next(request),
        "wajib": codes.is_required(request.user),
        "gambar": segno.make(perangkat.config_url).svg_data_uri(scale=5),
        "rahasia": b32encode(perangkat.bin_key).decode(),
    }
    return show(request, "akun/code_setup.html", form, context)


@sensitive_post_parameters("sandi")
@require_POST
def code_off(request: AppRequest) -> HttpResponse:
    """Take the own code off; the password is asked again, and a role that must have a code sets up a new one."""
    form = PasswordForm(request.POST, request=request)
    if not form.is_valid():
        messages.error(request, "Kata sandi tidak cocok; verifikasi dua langkah tetap berlaku.")
        return redirect("change_password")
    if codes.remove_devices(request.user):
        record_own(pengguna=request.user, aksi="kode_dilepas")
        messages.success(request, "Verifikasi dua langkah dimatikan untuk akun Anda.")
    codes.ask_again(request.session)
    return redirect("change_password")


def admin_login(request: AppRequest) -> HttpResponse:
    """The administrator signs in where everybody does: with the lockout and the code."""
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


admin_login.login_required = False  # type: ignore[attr-defined]
sign_in_code.tanpa_kode = code_setup.tanpa_kode = True  # type: ignore[attr-defined]
