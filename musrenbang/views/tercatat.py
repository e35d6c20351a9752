"""What a person is told after sending a form with a key: always what stands in the database."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from musrenbang import format as tulis
from musrenbang.models import FromForm, Kabupaten


def since_words(objek: FromForm, kabupaten: Kabupaten) -> str:
    """Return "pukul 08.12 oleh Bu PMD", with the day when it was not today."""
    assert objek.tersimpan is not None
    setempat = objek.tersimpan.pada.astimezone(kabupaten.tz)
    hari_ini = setempat.date() == timezone.localdate(timezone=kabupaten.tz)
    saat = f"pukul {setempat:%H.%M}" if hari_ini else f"{tulis.date_text(setempat.date())} pukul {setempat:%H.%M}"
    return f"{saat} oleh {objek.tersimpan.oleh}" if objek.tersimpan.oleh else saat


def tell(request: HttpRequest, objek: FromForm, sebutan: str, kabupaten: Kabupaten, kata: str = "dicatat") -> None:
    """Say what became of the form: stored now, or there already. ``sebutan`` names the stored row."""
    hasil = objek.tersimpan
    assert hasil is not None
    if not hasil.baru:
        messages.info(
            request, f"{sebutan} sudah {kata} sebelumnya {since_words(objek, kabupaten)}; tidak dicatat dua kali."
        )
        return
    messages.success(request, f"{sebutan} {kata}.")
    if hasil.dahulu:
        lama = "; ".join(str(d) for d in hasil.dahulu)
        messages.info(
            request,
            f"Halaman yang sama sebelumnya sudah mencatat: {lama}. Keduanya ada; bila yang baru itu perbaikan, "
            "keluarkan yang lama.",
        )
