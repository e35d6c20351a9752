"""The public statement on access for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alur.access import statement


@login_not_required
@require_GET
def access(request: HttpRequest) -> HttpResponse:
    """What of WCAG 2.2 is met, what is not, what nobody looked at, and whom to tell."""
    return render(request, "alur/access.html", {"pernyataan": statement()})
