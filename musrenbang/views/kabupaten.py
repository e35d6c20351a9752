"""Whose Bappeda a person is, and which year is meant."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from musrenbang.forms.angka import whole
from musrenbang.models import Kabupaten
from musrenbang.queries import newest_year
from musrenbang.states import Peran


def kabupaten_for(request: HttpRequest) -> Kabupaten:
    """Return the kabupaten whose Bappeda the person is; PermissionDenied for others."""
    kabupaten = Kabupaten.objects.filter(
        keanggotaan__pengguna=request.user.pk, keanggotaan__peran=Peran.BAPPEDA
    ).first()
    if kabupaten is None:
        raise PermissionDenied("Bagian ini hanya untuk Bappeda.")
    return kabupaten


def year_of(request: HttpRequest, kabupaten: Kabupaten) -> int:
    """The year of the meetings: from the URL, else the newest one scheduled, else this year or the next."""
    tahun = whole(request.GET.get("tahun"))
    if tahun and 2000 <= tahun < 2100:
        return tahun
    return newest_year(kabupaten) or timezone.localdate().year
