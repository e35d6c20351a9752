"""Conditions of the stages before the meeting; ``alur.tahap`` arranges those of all apps."""

from django.urls import reverse

from musrenbang.board import Kekurangan
from musrenbang.models import AnggotaTim, Kedudukan, KriteriaKecamatan, Musrenbang, SkTim, StatusKriteria
from musrenbang.sebutan import sebutan


def jadwal_complete(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Date, hour and place are known: they open the Berita Acara (musrenbang.md 3(f) clause 1)."""
    nama = {"tanggal": "Tanggal sidang", "jam_mulai": "Jam mulai", "tempat": "Tempat sidang"}
    url = reverse("schedule", args=[musrenbang.slug])
    return [
        Kekurangan(f"{words} belum diisi.", url) for column, words in nama.items() if not getattr(musrenbang, column)
    ]


def tim_complete(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The team has its head and its secretary (seed B.1); a missing decision or briefing only warns."""
    url = reverse("team", args=[musrenbang.slug])
    existing = set(AnggotaTim.objects.filter(musrenbang=musrenbang).values_list("kedudukan", flat=True))
    missing = [
        Kekurangan(f"{k.label} tim pelaksana belum ditetapkan.", url)
        for k in (Kedudukan.KETUA, Kedudukan.SEKRETARIS)
        if k not in existing
    ]
    decree = SkTim.objects.filter(musrenbang=musrenbang).first()
    if decree is None or not decree.nomor:
        missing.append(Kekurangan("SK Tim pelaksana belum bernomor.", url, wajib=False))
    if decree is None or not decree.pembekalan_tanggal:
        missing.append(Kekurangan("Pembekalan tim belum dicatat.", url, wajib=False))
    return missing


def kriteria_approved(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Criteria are set after Bappeda's approval (musrenbang.md 2a row 8); where nobody asks for one it only warns."""
    kriteria = KriteriaKecamatan.objects.filter(musrenbang=musrenbang).first()
    if kriteria and kriteria.status == StatusKriteria.DISETUJUI:
        return []
    return [
        Kekurangan(
            f"Kriteria {sebutan.kecamatan} belum disetujui {sebutan.bappeda}.",
            reverse("ceiling", args=[musrenbang.slug]),
            wajib=False,
        )
    ]
