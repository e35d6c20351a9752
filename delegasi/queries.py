"""Reads about the delegation."""

from django.db.models import QuerySet
from django.urls import reverse

from delegasi.komposisi import BAWAAN, KURSI, Aturan, Komposisi, check
from delegasi.models import Delegat, PengaturanDelegasi
from musrenbang.models import Musrenbang
from musrenbang.queries import Angka
from musrenbang.sidang.models import Kehadiran


def list_delegat(musrenbang: Musrenbang) -> QuerySet[Delegat]:
    """Return the delegates in the order they were chosen, without the reserves."""
    return Delegat.objects.filter(musrenbang=musrenbang, cadangan_ke=None)


def list_cadangan(musrenbang: Musrenbang) -> QuerySet[Delegat]:
    """Return the reserves by element and place."""
    return Delegat.objects.filter(musrenbang=musrenbang, cadangan_ke__isnull=False).order_by("unsur", "cadangan_ke")


def aturan_of(musrenbang: Musrenbang) -> Aturan:
    """Return the composition that the event wants (one query)."""
    p = PengaturanDelegasi.objects.filter(musrenbang=musrenbang).first()
    return Aturan({**dict.fromkeys(KURSI, 0), **p.kursi}, p.min_perempuan, p.wajib_perempuan) if p else BAWAAN


def composition(musrenbang: Musrenbang) -> Komposisi:
    """Return the composition check of the delegates chosen so far."""
    return check(list_delegat(musrenbang).values_list("unsur", "jenis_kelamin"), aturan_of(musrenbang))


def list_calon(musrenbang: Musrenbang, cari: str = "") -> QuerySet[Kehadiran]:
    """Return those present who are not delegates yet."""
    calon = Kehadiran.objects.filter(musrenbang=musrenbang, delegat=None).order_by("nama")
    return calon.filter(nama__icontains=cari) if cari else calon


def angka_delegasi(musrenbang: Musrenbang) -> Angka:
    """Delegates chosen, for the event board."""
    daftar = list(list_delegat(musrenbang).values_list("jenis_kelamin", flat=True))
    return Angka(
        "Delegasi",
        f"{len(daftar)} dari {aturan_of(musrenbang).jumlah} orang",
        f"perempuan {daftar.count('P')} orang",
        reverse("delegasi:list", args=[musrenbang.slug]),
    )
