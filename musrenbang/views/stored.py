"""What a person is told after sending a form with a key: always what stands in the database."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from musrenbang import format as tulis
from musrenbang.models import FromForm, Kabupaten


def since_words(objek: FromForm, kabupaten: Kabupaten) -> str:
    """Return "pukul 08.12 oleh Bu PMD", with the day when it was not today."""
    assert objek.tersimpan is not None
    local_word = objek.tersimpan.pada.astimezone(kabupaten.tz)
    today = local_word.date() == timezone.localdate(timezone=kabupaten.tz)
    moment = f"pukul {local_word:%H.%M}" if today else f"{tulis.date_text(local_word.date())} pukul {local_word:%H.%M}"
    return f"{moment} oleh {objek.tersimpan.oleh}" if objek.tersimpan.oleh else moment


def tell(request: HttpRequest, objek: FromForm, sebutan: str, kabupaten: Kabupaten, kata: str = "dicatat") -> None:
    """Say what became of the form: stored now, or there already. ``sebutan`` names the stored row."""
    result = objek.tersimpan
    assert result is not None
    if not result.baru:
        messages.info(
            request, f"{sebutan} sudah {kata} sebelumnya {since_words(objek, kabupaten)}; tidak dicatat dua kali."
        )
        return
    messages.success(request, f"{sebutan} {kata}.")
    if result.dahulu:
        old = "; ".join(str(d) for d in result.dahulu)
        messages.info(
            request,
            f"Halaman yang sama sebelumnya sudah mencatat: {old}. Keduanya ada; bila yang baru itu perbaikan, "
            "keluarkan yang lama.",
        )
