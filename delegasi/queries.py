"""Reads about the delegation."""

from django.db.models import QuerySet
from django.urls import reverse

from delegasi.komposisi import JUMLAH, Komposisi, check
from delegasi.models import Delegat
from musrenbang.models import Musrenbang
from musrenbang.queries import Angka
from musrenbang.sidang.models import Kehadiran


def list_delegat(musrenbang: Musrenbang) -> QuerySet[Delegat]:
    """Return the delegates in the order they were chosen."""
    return Delegat.objects.filter(musrenbang=musrenbang)


def composition(musrenbang: Musrenbang) -> Komposisi:
    """Return the composition check of the delegates chosen so far."""
    return check(list_delegat(musrenbang).values_list("unsur", "jenis_kelamin"))


def list_calon(musrenbang: Musrenbang, cari: str = "") -> QuerySet[Kehadiran]:
    """Return those present who are not delegates yet."""
    calon = Kehadiran.objects.filter(musrenbang=musrenbang, delegat=None).order_by("nama")
    return calon.filter(nama__icontains=cari) if cari else calon


def angka_delegasi(musrenbang: Musrenbang) -> Angka:
    """Delegates chosen, for the event board."""
    daftar = list(list_delegat(musrenbang).values_list("jenis_kelamin", flat=True))
    return Angka(
        "Delegasi",
        f"{len(daftar)} dari {JUMLAH} orang",
        f"perempuan {daftar.count('P')} orang",
        reverse("delegasi:list", args=[musrenbang.slug]),
    )
