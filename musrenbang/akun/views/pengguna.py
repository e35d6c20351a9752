"""People: Bappeda invites them, gives roles, resets, deactivates; everybody chooses the own password."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from musrenbang import format as tulis
from musrenbang import queries
from musrenbang.akses import get_kabupaten_for
from musrenbang.akun import sign_in_code
from musrenbang.akun.forms.people import InviteForm, NameForm, PeranForm
from musrenbang.akun.forms.sign_in import ChangePasswordForm, PasswordForm, PerangkatForm
from musrenbang.akun.forms.small import ActiveForm
from musrenbang.akun.people import is_grave, links_of, newest_link, requests_for
from musrenbang.akun.queries import count_people, list_people
from musrenbang.akun.services.akun import take_links
from musrenbang.akun.services.pengguna import (
    KEPALA_PENGGUNA,
    add_peran,
    import_pengguna,
    invite_pengguna,
    record_own,
    remove_code,
    remove_peran,
    rename_pengguna,
    reset_password,
    set_active,
)
from musrenbang.akun.sesi import end_sessions
from musrenbang.forms.tabel import TabelForm
from musrenbang.infra.sheets import BrokenSheet, read_rows, write_xlsx
from musrenbang.models import Kabupaten, Keanggotaan, Pengguna, PermintaanAkun
from musrenbang.sebutan import translate
from musrenbang.states import Peran
from musrenbang.tabel import BadTabel
from musrenbang.transisi import Refused
from musrenbang.views.files import xlsx_response
from musrenbang.views.page import AppRequest
from musrenbang.views.submit import read, sent, show, submit

PER_HALAMAN = 50
GALAT_MAKS = 10


def one_time_link(pengguna: Pengguna) -> str:
    """Return the address where a person without a password chooses one; it works once and for a week.

    It is the address of the site, as in every QR: who makes the link may have opened the laptop's own one.
    """
    uid = urlsafe_base64_encode(force_bytes(pengguna.pk))
    return settings.ALAMAT + reverse("set_password", args=[uid, default_token_generator.make_token(pengguna)])


def _person(request: AppRequest, pk: int) -> tuple[Kabupaten, Pengguna]:
    kabupaten = get_kabupaten_for(request.user)
    return kabupaten, get_object_or_404(list_people(kabupaten), pk=pk)


def tell_waiting(request: AppRequest, outcome: Any) -> bool:
    """Say that a step waits for the second person, if it does; return whether."""
    if isinstance(outcome, PermintaanAkun):
        messages.info(request, f"{outcome.kata}: menunggu persetujuan orang kedua. Belum ada yang berubah.")
    return isinstance(outcome, PermintaanAkun)


@require_GET
def people(request: AppRequest) -> HttpResponse:
    """Everybody with a role in the kabupaten."""
    kabupaten = get_kabupaten_for(request.user)
    filters = {n: request.GET.get(n, "").strip() for n in ("cari", "peran", "keadaan")}
    listed = list_people(kabupaten, **filters)
    context = {
        "kabupaten": kabupaten,
        "saring": filters,
        "disaring": any(filters.values()),
        "form_tabel": TabelForm(),
        "peran": [p for p in Peran.choices if p[0] != Peran.ADMIN],
        "hitung": count_people(kabupaten),
        "halaman": Paginator(listed, PER_HALAMAN).get_page(request.GET.get("hal")),
        "tautan": links_of(request.user).count(),
    }
    return render(request, "akun/people.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: AppRequest) -> HttpResponse:
    """A new person."""
    kabupaten = get_kabupaten_for(request.user)
    form = InviteForm(sent(request), kabupaten=kabupaten)

    def invited(person: Pengguna | PermintaanAkun) -> HttpResponse:
        if isinstance(person, PermintaanAkun):
            tell_waiting(request, person)
            return redirect("user_requests")
        messages.success(
            request, f"Akun {person.username} dibuat. Tampilkan tautannya untuk {tulis.dotted(person.nama)}"
        )
        return redirect("user", person.pk)

    service = partial(invite_pengguna, kabupaten=kabupaten, by=request.user)
    if done := submit(request, form, service, say="", to=invited):
        return done
    return show(request, "akun/invite.html", form, {"kabupaten": kabupaten})


@require_POST
def invite_upload(request: AppRequest) -> HttpResponse:
    """Everybody in a spreadsheet."""
    kabupaten = get_kabupaten_for(request.user)
    form = TabelForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused("Pilih dahulu tabelnya (.xlsx).")
    try:
        baris = read_rows(form.cleaned_data["berkas"], KEPALA_PENGGUNA, translate)
        jumlah, waiting = import_pengguna(kabupaten=kabupaten, by=request.user, baris=baris)
    except (BrokenSheet, BadTabel) as failure:
        error = failure.galat if isinstance(failure, BadTabel) else [str(failure)]
        raise Refused(" ".join(error[:GALAT_MAKS]) + " Tidak ada yang diundang.") from failure
    if waiting:
        messages.info(request, f"{waiting} akun menunggu persetujuan orang kedua; lihat Permintaan.")
    messages.success(request, f"{jumlah} akun dibuat. Unduh tautan undangannya, lalu bagikan.")
    return redirect(reverse("users") + "?keadaan=menunggu")


@require_GET
def invite_shape(request: AppRequest) -> HttpResponse:
    """The table to fill in."""
    kabupaten = get_kabupaten_for(request.user)
    columns = list(zip(map(translate, KEPALA_PENGGUNA), (34, 22, 28, 34, 24), strict=True))
    content = write_xlsx(judul=f"Pengguna {kabupaten.nama}", kolom=columns, baris=[])
    return xlsx_response("bentuk-pengguna", content)


@never_cache
@require_POST
def invite_links(request: AppRequest) -> HttpResponse:
    """The one-time links that the person made and nobody has seen, as a table; they are not shown again."""
    kabupaten = get_kabupaten_for(request.user)
    baris = []
    for who in take_links(by=request.user):
        peran = ", ".join(str(k) for k in who.keanggotaan.all())
        baris.append([who.nama, who.nip, peran, who.username, one_time_link(who)])
    columns = [("Nama", 34), ("NIP", 22), ("Peran", 44), ("Nama akun", 24), ("Tautan sekali pakai", 80)]
    return xlsx_response("tautan-undangan", write_xlsx(judul=f"Tautan {kabupaten.nama}", kolom=columns, baris=baris))


@never_cache
@require_http_methods(["GET", "POST"])
def person(request: AppRequest, pk: int) -> HttpResponse:
    """One person: name, roles, link, state."""
    kabupaten, who = _person(request, pk)
    form = NameForm(sent(request), instance=who)
    if request.method == "POST" and form.is_valid():
        rename_pengguna(kabupaten=kabupaten, by=request.user, pengguna=who, **form.cleaned_data)
        messages.success(request, "Nama disimpan.")
        return redirect("user", pk)
    context = {
        "kabupaten": kabupaten,
        "orang": who,
        "form_peran": PeranForm(kabupaten=kabupaten),
        "peran": queries.roles_in(kabupaten).filter(pengguna=who),
        "diri": who.pk == request.user.pk,
        "kode_masuk": sign_in_code.device_of(who),
        "genting": is_grave(who),
        "menunggu": requests_for(request.user).filter(pengguna=who, hasil=""),
        "tautan": links_of(request.user).filter(pengguna=who).first(),
        "tautan_lain": newest_link(who),
    }
    return show(request, "akun/person.html", form, context)


@require_POST
def reset(request: AppRequest, pk: int) -> HttpResponse:
    """A new one-time link; the old password stops working."""
    kabupaten, who = _person(request, pk)
    if not tell_waiting(request, reset_password(kabupaten=kabupaten, by=request.user, pengguna=who)):
        messages.success(request, f"Kata sandi {who} tidak berlaku lagi. Tampilkan tautannya, lalu berikan kepadanya.")
    return redirect("user", pk)


@require_POST
def code_remove(request: AppRequest, pk: int) -> HttpResponse:
    """Take the sign-in code off an account whose phone is lost."""
    kabupaten, who = _person(request, pk)
    if not tell_waiting(request, remove_code(kabupaten=kabupaten, by=request.user, pengguna=who)):
        messages.success(
            request, f"Verifikasi dua langkah {who} dimatikan. Pastikan yang meminta memang {who} sendiri."
        )
    return redirect("user", pk)


@require_POST
def activate(request: AppRequest, pk: int) -> HttpResponse:
    """Keep a person out, or let the person in again."""
    kabupaten, who = _person(request, pk)
    aktif = read(ActiveForm(request.POST))["aktif"] == "1"
    asked = set_active(kabupaten=kabupaten, by=request.user, pengguna=who, aktif=aktif)
    if not tell_waiting(request, asked):
        messages.success(request, f"{who} {'dapat masuk lagi' if aktif else 'tidak dapat masuk lagi'}.")
    return redirect("user", pk)


@require_POST
def role_add(request: AppRequest, pk: int) -> HttpResponse:
    """Give a person another role."""
    kabupaten, who = _person(request, pk)
    data = read(PeranForm(request.POST, kabupaten=kabupaten))
    one = add_peran(kabupaten=kabupaten, by=request.user, pengguna=who, **data)
    if not tell_waiting(request, one):
        messages.success(request, f"Peran ditambahkan: {one}.")
    return redirect("user", pk)


@require_POST
def role_remove(request: AppRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    kabupaten = get_kabupaten_for(request.user)
    one: Keanggotaan = get_object_or_404(queries.roles_in(kabupaten), pk=pk)
    remove_peran(kabupaten=kabupaten, by=request.user, keanggotaan=one)
    messages.success(request, f"Peran dilepas: {one}.")
    still = list_people(kabupaten).filter(pk=one.pengguna_id).exists()
    return redirect("user", one.pengguna_id) if still else redirect("users")


class NewPasswordView(PasswordResetConfirmView):
    """Behind the one-time link: choose a password, and be signed in."""

    template_name = "akun/sandi.html"
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"
    success_url = reverse_lazy("home")

    def get_user(self, uidb64: str) -> Any:
        owner = super().get_user(uidb64)
        return owner if owner and owner.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        record_own(pengguna=form.user, aksi="sandi_dipilih")
        messages.success(self.request, "Kata sandi Anda tersimpan. Selamat datang.")
        return super().form_valid(form)


class ChangePasswordView(PasswordChangeView):
    """Change the own password; the sign-in code is set up from here too, and other devices are signed out."""

    request: AppRequest
    template_name = "akun/sandi.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("home")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            kode_masuk=sign_in_code.device_of(self.request.user),
            cadangan=sign_in_code.spare_left(self.request.user),
            form_lepas=PasswordForm(request=self.request),
            form_perangkat=PerangkatForm(request=self.request),
            akun=True,
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        end_sessions(self.request.user, except_for=self.request.session.session_key)
        messages.success(
            self.request, "Kata sandi baru tersimpan. Perangkat lain harus masuk lagi dengan kata sandi itu."
        )
        return response


@sensitive_post_parameters("sandi")
@require_POST
def devices_end(request: AppRequest) -> HttpResponse:
    """Sign the own account out on other devices; the password is asked again."""
    data = read(PerangkatForm(request.POST, request=request))
    jumlah = end_sessions(request.user, mark=data["perangkat"], except_for=request.session.session_key)
    if jumlah:
        record_own(pengguna=request.user, aksi="perangkat_dikeluarkan")
    messages.success(request, f"{jumlah} perangkat dikeluarkan dari akun Anda.")
    return redirect("change_password")
