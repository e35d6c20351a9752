"""Reads about attendance."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from musrenbang.models import Musrenbang
from musrenbang.queries import Angka
from musrenbang.sidang.models import Kehadiran, Unsur


@dataclass(frozen=True)
class Hadir:
    """Attendance in figures: by unsur in the order of the Berita Acara, and by sex."""

    jumlah: int
    laki: int
    perempuan: int
    unsur: list[tuple[str, int]]

    @property
    def persen_perempuan(self) -> int:
        """Women's share in whole percent."""
        return round(100 * self.perempuan / self.jumlah) if self.jumlah else 0


def count_hadir(musrenbang: Musrenbang) -> Hadir:
    """Count who is present (one query)."""
    per_unsur = {
        baris["unsur"]: baris
        for baris in Kehadiran.objects.filter(musrenbang=musrenbang)
        .order_by()
        .values("unsur")
        .annotate(n=Count("pk"), p=Count("pk", filter=Q(jenis_kelamin="P")))
    }
    jumlah = sum(b["n"] for b in per_unsur.values())
    perempuan = sum(b["p"] for b in per_unsur.values())
    return Hadir(
        jumlah=jumlah,
        laki=jumlah - perempuan,
        perempuan=perempuan,
        unsur=[(u.label, per_unsur[u]["n"]) for u in Unsur if u in per_unsur],
    )


def list_hadir(musrenbang: Musrenbang, cari: str = "") -> QuerySet[Kehadiran]:
    """Return those present, in the order they came, filtered by words."""
    hadir = Kehadiran.objects.filter(musrenbang=musrenbang).select_related("desa")
    return hadir.filter(Q(nama__icontains=cari) | Q(lembaga__icontains=cari)) if cari else hadir


def angka_hadir(musrenbang: Musrenbang) -> Angka:
    """People present, for the event board."""
    hadir = count_hadir(musrenbang)
    return Angka(
        "Hadir",
        f"{hadir.jumlah} orang",
        f"perempuan {hadir.perempuan} orang ({hadir.persen_perempuan}%)",
        reverse("sidang:attendance", args=[musrenbang.slug]),
    )
