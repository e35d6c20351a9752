"""Conditions of the stages before the meeting; ``alur.tahap`` arranges those of all apps."""

from django.urls import reverse

from musrenbang.models import AnggotaTim, Kedudukan, KriteriaKecamatan, Musrenbang, SkTim, StatusKriteria
from musrenbang.papan import Kekurangan
from musrenbang.sebutan import sebutan


def jadwal_lengkap(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Date, hour and place are known: they open the Berita Acara (musrenbang.md 3(f) clause 1)."""
    nama = {"tanggal": "Tanggal sidang", "jam_mulai": "Jam mulai", "tempat": "Tempat sidang"}
    url = reverse("schedule", args=[musrenbang.slug])
    return [Kekurangan(f"{kata} belum diisi.", url) for kolom, kata in nama.items() if not getattr(musrenbang, kolom)]


def tim_lengkap(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The team has its head and its secretary (seed B.1); a missing decision or briefing only warns."""
    url = reverse("team", args=[musrenbang.slug])
    ada = set(AnggotaTim.objects.filter(musrenbang=musrenbang).values_list("kedudukan", flat=True))
    kurang = [
        Kekurangan(f"{k.label} tim pelaksana belum ditetapkan.", url)
        for k in (Kedudukan.KETUA, Kedudukan.SEKRETARIS)
        if k not in ada
    ]
    sk = SkTim.objects.filter(musrenbang=musrenbang).first()
    if sk is None or not sk.nomor:
        kurang.append(Kekurangan("SK Tim pelaksana belum bernomor.", url, wajib=False))
    if sk is None or not sk.pembekalan_tanggal:
        kurang.append(Kekurangan("Pembekalan tim belum dicatat.", url, wajib=False))
    return kurang


def kriteria_disetujui(musrenbang: Musrenbang) -> list[Kekurangan]:
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
