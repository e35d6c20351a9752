"""What the hall must be before the event goes on; most of it only warns."""

from functools import partial

from django.urls import reverse

from musrenbang import format as tulis
from musrenbang.board import Kekurangan
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Agenda, Kehadiran
from musrenbang.sidang.queries.inviting import without_letter
from musrenbang.sidang.queries.kehadiran import check_kuorum, count_undangan, days_to_go
from musrenbang.sidang.queries.kuorum import figures, figures_of, quorum_for
from musrenbang.sidang.queries.sesi import rest_words
from musrenbang.sidang.queries.surat import stale_letters, unkept_letters
from musrenbang.states import Tahap

TENGGAT = 7


def undangan_sent(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Invitations are numbered and out seven days before (musrenbang.md 2a row 9); only a warning."""
    url = reverse("sidang:invitations", args=[musrenbang.slug])
    count = count_undangan(musrenbang)
    if not count["semua"]:
        return [Kekurangan("Belum ada daftar undangan.", url, wajib=False)]
    pending = count["semua"] - count["dikirim"] - len(without_letter(musrenbang))
    remainder = days_to_go(musrenbang)
    if not pending:
        return []
    tenggat = (
        ""
        if remainder is None or remainder >= TENGGAT
        else f"; tenggat H-7 sudah lewat (tinggal {max(remainder, 0)} hari)"
    )
    return [Kekurangan(f"{pending} undangan belum dikirim{tenggat}.", url, wajib=False)]


def undangan_consistent(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Nobody holds a letter that says another day, hour, place or agenda than what is planned; only a warning."""
    url = reverse("sidang:invitations", args=[musrenbang.slug])
    results = []
    for s in stale_letters(musrenbang):
        what = f"{len(s.undangan)} undangan tanggal {tulis.date_text(s.terbitan.tanggal)}"
        difference = ", ".join(k.lower() for k in s.beda)
        results.append(
            Kekurangan(f"{what} tidak lagi sesuai ({difference}); terbitkan perubahan undangan.", url, wajib=False)
        )
    if n := unkept_letters(musrenbang):
        words = (
            f"{n} undangan bernomor dari versi program yang lama tidak menyimpan isinya, jadi tidak dapat dicocokkan. "
            "Bila jadwal, tempat, atau acara berubah sesudah dikirim, beritahu mereka sendiri."
        )
        results.append(Kekurangan(words, url, wajib=False))
    return results


def agenda_arranged(musrenbang: Musrenbang) -> list[Kekurangan]:
    """There is an agenda to lead the day by; only a warning."""
    if Agenda.objects.filter(musrenbang=musrenbang).exists():
        return []
    return [Kekurangan("Agenda sidang belum disusun.", reverse("sidang:agenda", args=[musrenbang.slug]), wajib=False)]


def somebody_attends(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Somebody is recorded as present: the Berita Acara counts them (musrenbang.md 3(f) clause 3)."""
    url = reverse("sidang:attendance", args=[musrenbang.slug])
    if not Kehadiran.objects.filter(musrenbang=musrenbang).exists():
        return [Kekurangan("Belum ada peserta yang tercatat hadir.", url)]
    return [Kekurangan(sentence, url, wajib=False) for sentence in check_kuorum(musrenbang).peringatan]


def sidang_running(musrenbang: Musrenbang) -> list[Kekurangan]:
    """The meeting is not adjourned."""
    sentence = rest_words(musrenbang)
    return [Kekurangan(sentence, reverse("sidang:quorum", args=[musrenbang.slug]))] if sentence else []


def _kuorum(musrenbang: Musrenbang, *, ke: str) -> list[Kekurangan]:
    """Before a move that binds: quorum and women's share, or the meeting's decision to go on below either."""
    url = reverse("sidang:quorum", args=[musrenbang.slug])
    stop = sidang_running(musrenbang)
    if stop:
        return stop
    k = quorum_for(musrenbang, ke)
    current, p = figures(k.kini.angka), k.putusan
    if k.kini.tercapai:
        return [Kekurangan(f"Kuorum tercapai: {current}.", url, wajib=False, terpenuhi=True)]
    what = "Perempuan di bawah target" if k.kini.enough_desa else "Kuorum belum tercapai"
    if p is None:
        return [Kekurangan(f"{what}: {current}. Catat putusan sidang, atau skors sidang.", url)]
    before = figures(figures_of(p))
    if k.basi:
        return [
            Kekurangan(f"Kehadiran berkurang sejak sidang memutus lanjut. Waktu itu {before}; sekarang {current}.", url)
        ]
    before = "" if figures_of(p) == k.kini.angka else f" Waktu diputuskan {before}."
    sentence = f"{what}: {current}.{before} Sidang memutuskan melanjutkan: {p.alasan}"
    return [Kekurangan(sentence, url, wajib=False, terpenuhi=True)]


kuorum_penetapan = partial(_kuorum, ke=Tahap.PRIORITAS)
kuorum_peringkat = partial(_kuorum, ke=Tahap.DELEGASI)
kuorum_delegasi = partial(_kuorum, ke=Tahap.PENANDATANGANAN)
kuorum_tanda_tangan = partial(_kuorum, ke=Tahap.FINALISASI)
