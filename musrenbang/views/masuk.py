"""Sign in and out, health."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from musrenbang.akun_demo import AKUN_DEMO, SANDI_DEMO


@method_decorator(login_not_required, name="dispatch")
class MasukView(LoginView):
    """The sign-in page; in training mode it lists the demo accounts."""

    template_name = "musrenbang/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        konteks = super().get_context_data(**kwargs)
        if settings.MODE_LATIHAN:
            konteks |= {"akun_demo": AKUN_DEMO, "sandi_demo": SANDI_DEMO}
        return konteks


@login_not_required
@never_cache
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, 503 while it does not."""
    try:
        with connection.cursor() as kursor:
            kursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "basis data tidak terjangkau"}, status=503)
    return JsonResponse({"status": "sehat"})
