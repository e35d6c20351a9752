"""What a person is told after sending a form with a key: always what stands in the database."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from musrenbang import format as tulis
from musrenbang.forms.kunci import TIDAK_LENGKAP, KunciForm
from musrenbang.models import DariFormulir, Kabupaten
from musrenbang.transisi import Ditolak


def key_of(request: HttpRequest) -> UUID:
    """Return the key that the form came with; raise Ditolak without one, for then nothing guards against doubles."""
    form = KunciForm(request.POST)
    if not form.is_valid():
        raise Ditolak(TIDAK_LENGKAP)
    kunci: UUID = form.cleaned_data["kunci"]
    return kunci


def since_words(objek: DariFormulir, kabupaten: Kabupaten) -> str:
    """Return "pukul 08.12 oleh Bu PMD", with the day when it was not today."""
    assert objek.tersimpan is not None
    setempat = objek.tersimpan.pada.astimezone(kabupaten.tz)
    hari_ini = setempat.date() == timezone.localdate(timezone=kabupaten.tz)
    saat = f"pukul {setempat:%H.%M}" if hari_ini else f"{tulis.tanggal(setempat.date())} pukul {setempat:%H.%M}"
    return f"{saat} oleh {objek.tersimpan.oleh}" if objek.tersimpan.oleh else saat


def tell(request: HttpRequest, objek: DariFormulir, sebutan: str, kabupaten: Kabupaten, kata: str = "dicatat") -> None:
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


def words_of(request: HttpRequest, nama: str, apa: str, maks: int) -> str:
    """Return a text of the form without blanks around it; raise Ditolak for one that would have to be cut."""
    isi = request.POST.get(nama, "").strip()
    if len(isi) > maks:
        raise Ditolak(
            f"{apa} paling panjang {maks} huruf, isian Anda {len(isi)}. Ringkas dahulu; belum ada yang dicatat."
        )
    return isi
