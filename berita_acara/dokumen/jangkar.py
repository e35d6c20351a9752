"""What each role compares, as a page to be printed and handed out."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from musrenbang.jangkar.kunci import own_key
from musrenbang.models import Musrenbang


def lembar_periksa(musrenbang: Musrenbang) -> dict[str, Any]:
    """The server's key and the addresses that the pages name; the words stand in the template."""
    return {
        "kunci": own_key().sidik,
        "titik": f"{settings.ALAMAT}{reverse('publik_titik', args=[musrenbang.slug])}",
        "bukti": f"{settings.ALAMAT}{reverse('publik_bukti')}",
    }
