"""What the hall must be before the event goes on; most of it only warns."""

from functools import partial

from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.papan import Kekurangan
from musrenbang.sidang.models import Agenda, Kehadiran
from musrenbang.sidang.queries.hadir import check_kuorum, count_undangan, days_to_go
from musrenbang.sidang.queries.kuorum import figures, figures_of, quorum_for
from musrenbang.sidang.queries.sesi import rest_words
from musrenbang.sidang.queries.surat import stale_letters, unkept_letters
from musrenbang.states import Tahap

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


def undangan_sesuai(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Nobody holds a letter that says another day, hour, place or agenda than what is planned; only a warning."""
    url = reverse("sidang:invitations", args=[musrenbang.slug])
    hasil = []
    for s in stale_letters(musrenbang):
        apa = f"{len(s.undangan)} undangan tanggal {tulis.tanggal(s.terbitan.tanggal)}"
        beda = ", ".join(k.lower() for k in s.beda)
        hasil.append(Kekurangan(f"{apa} tidak lagi sesuai ({beda}); terbitkan perubahan undangan.", url, wajib=False))
    if n := unkept_letters(musrenbang):
        kata = (
            f"{n} undangan bernomor dari versi program yang lama tidak menyimpan isinya, jadi tidak dapat dicocokkan. "
            "Bila jadwal, tempat, atau acara berubah sesudah dikirim, beritahu mereka sendiri."
        )
        hasil.append(Kekurangan(kata, url, wajib=False))
    return hasil


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


def sidang_berjalan(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The meeting is not adjourned."""
    kalimat = rest_words(musrenbang)
    return [Kekurangan(kalimat, reverse("sidang:quorum", args=[musrenbang.slug]))] if kalimat else []


def _kuorum(musrenbang: Musrenbang, *, ke: str) -> list[Kekurangan]:
    """Before a move that binds: quorum and women's share, or the meeting's decision to go on below either."""
    url = reverse("sidang:quorum", args=[musrenbang.slug])
    berhenti = sidang_berjalan(musrenbang)
    if berhenti:
        return berhenti
    k = quorum_for(musrenbang, ke)
    kini, p = figures(k.kini.angka), k.putusan
    if k.kini.tercapai:
        return [Kekurangan(f"Kuorum tercapai: {kini}.", url, wajib=False, terpenuhi=True)]
    apa = "Perempuan di bawah target" if k.kini.cukup_desa else "Kuorum belum tercapai"
    if p is None:
        return [Kekurangan(f"{apa}: {kini}. Catat putusan sidang, atau skors sidang.", url)]
    dulu = figures(figures_of(p))
    if k.basi:
        return [Kekurangan(f"Kehadiran berkurang sejak sidang memutus lanjut. Waktu itu {dulu}; sekarang {kini}.", url)]
    dulu = "" if figures_of(p) == k.kini.angka else f" Waktu diputuskan {dulu}."
    kalimat = f"{apa}: {kini}.{dulu} Sidang memutuskan melanjutkan: {p.alasan}"
    return [Kekurangan(kalimat, url, wajib=False, terpenuhi=True)]


kuorum_penetapan = partial(_kuorum, ke=Tahap.PRIORITAS)
kuorum_peringkat = partial(_kuorum, ke=Tahap.DELEGASI)
kuorum_delegasi = partial(_kuorum, ke=Tahap.PENANDATANGANAN)
kuorum_tanda_tangan = partial(_kuorum, ke=Tahap.FINALISASI)
