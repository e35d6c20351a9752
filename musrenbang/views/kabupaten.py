"""Which year of a kabupaten is meant."""

from django.http import HttpRequest
from django.utils import timezone

from musrenbang.forms.numbers import whole
from musrenbang.models import Kabupaten
from musrenbang.queries import newest_year


def year_of(request: HttpRequest, kabupaten: Kabupaten) -> int:
    """The year of the meetings: from the URL, else the newest one scheduled, else this year or the next."""
    tahun = whole(request.GET.get("tahun"))
    if tahun and 2000 <= tahun < 2100:
        return tahun
    return newest_year(kabupaten) or timezone.localdate().year
