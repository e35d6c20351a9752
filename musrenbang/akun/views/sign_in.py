"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from musrenbang import attempts
from musrenbang.akun.akun_demo import AKUN_DEMO, SANDI_DEMO
from musrenbang.akun.forms.sign_in import SignInForm


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    """The sign-in page; in training mode it lists the demo accounts."""

    template_name = "akun/login.html"
    redirect_authenticated_user = True
    authentication_form = SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        attempts.keep_device(request, response)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        attempts.keep_device(self.request, response, form.get_user().get_username())
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        if form.menunggu:
            response.status_code = 429
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"aula": settings.AULA}
        if settings.MODE_LATIHAN:
            context |= {"akun_demo": AKUN_DEMO, "sandi_demo": SANDI_DEMO}
        return context


sign_out = LogoutView.as_view()
sign_out.tanpa_kode = True  # type: ignore[attr-defined]  # who cannot give the code must be able to leave
