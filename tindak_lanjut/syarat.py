"""What must be settled after the day before the event may go on."""

from django.urls import reverse

from musrenbang.board import Kekurangan
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from tindak_lanjut.models import NoteSource
from tindak_lanjut.queries.dispatch import list_sendings
from tindak_lanjut.queries.pemilahan import rows_to_sort, sorting_summary
from tindak_lanjut.queries.pengesahan import open_notes


def notes_answered(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Bappeda's notes are answered one by one; what the Camat asked only warns, for the Camat approves."""
    halaman = {NoteSource.CAMAT: "tindak_lanjut:approval", NoteSource.BAPPEDA: "tindak_lanjut:package"}
    open_ones = list(open_notes(musrenbang).values_list("sumber", flat=True))
    results = []
    for source in NoteSource:
        jumlah = open_ones.count(source)
        if jumlah:
            sentence = f"{jumlah} catatan {source.label} belum dijawab."
            url = reverse(halaman[source], args=[musrenbang.slug])
            results.append(Kekurangan(sentence, url, wajib=source == NoteSource.BAPPEDA))
    return results


def all_sorted(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every agreed work was given to an SKPD by a person, or is paid by a programme and left the sorting (seed C.3)."""
    url = reverse("pemilahan:list", args=[musrenbang.slug])
    r = sorting_summary(musrenbang)
    pending = rows_to_sort(musrenbang).count() - r.ditetapkan - r.didanai
    return [Kekurangan(f"{pending} kegiatan belum ditetapkan {sebutan.skpd_nya}.", url)] if pending else []


def all_sent(musrenbang: Musrenbang) -> list[Kekurangan]:
    """Every settled work went to its SKPD with a letter; what is not answered or not received yet only warns."""
    url = reverse("pemilahan:list", args=[musrenbang.slug]) + "?status=ditetapkan#kirim"
    send = list_sendings(musrenbang)
    results = []
    if new := sum(k.baru for k in send):
        results.append(Kekurangan(f"{new} kegiatan belum dikirim kepada {sebutan.skpd_nya}.", url))
    if pending := sum(k.n - k.baru - k.dijawab for k in send):
        results.append(
            Kekurangan(
                f"{pending} kegiatan belum dijawab {sebutan.skpd}; jawabannya tetap dapat masuk.", url, wajib=False
            )
        )
    return results
