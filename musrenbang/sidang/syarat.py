"""What the hall must be before the event goes on; most of it only warns."""

from django.urls import reverse

from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Agenda, Kehadiran
from musrenbang.sidang.queries import check_kuorum, count_undangan, days_to_go
from musrenbang.syarat import Kekurangan

TENGGAT = 7


def undangan_tersebar(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Invitations are numbered and out seven days before (musrenbang.md 2a row 9); only a warning."""
    url = reverse("sidang:invitations", args=[musrenbang.slug])
    hitung = count_undangan(musrenbang)
    if not hitung["semua"]:
        return [Kekurangan("Belum ada daftar undangan.", url, wajib=False)]
    belum = hitung["semua"] - hitung["dikirim"]
    sisa = days_to_go(musrenbang)
    if not belum:
        return []
    tenggat = "" if sisa is None or sisa >= TENGGAT else f"; tenggat H-7 sudah lewat (tinggal {max(sisa, 0)} hari)"
    return [Kekurangan(f"{belum} undangan belum dikirim{tenggat}.", url, wajib=False)]


def agenda_tersusun(musrenbang: Musrenbang) -> list[Kekurangan]:
    """There is an agenda to lead the day by; only a warning."""
    if Agenda.objects.filter(musrenbang=musrenbang).exists():
        return []
    return [Kekurangan("Agenda sidang belum disusun.", reverse("sidang:agenda", args=[musrenbang.slug]), wajib=False)]


def ada_yang_hadir(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Somebody is recorded as present: the Berita Acara counts them (musrenbang.md 3(f) clause 3)."""
    url = reverse("sidang:attendance", args=[musrenbang.slug])
    if not Kehadiran.objects.filter(musrenbang=musrenbang).exists():
        return [Kekurangan("Belum ada peserta yang tercatat hadir.", url)]
    return [Kekurangan(kalimat, url, wajib=False) for kalimat in check_kuorum(musrenbang).peringatan]
