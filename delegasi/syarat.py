"""What the delegation must be before the Berita Acara."""

from django.urls import reverse

from delegasi.queries import composition
from musrenbang.board import Kekurangan
from musrenbang.models import Musrenbang


def composition_complete(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Six delegates in the right composition (seed B.3.6)."""
    url = reverse("delegasi:list", args=[musrenbang.slug])
    return [Kekurangan(sentence, url) for sentence in composition(musrenbang).kurang]
