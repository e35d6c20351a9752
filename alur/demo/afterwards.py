"""After the day: the letters, and the sorting to SKPD."""

from berita_acara.services.dispatch import send_to_skpd
from musrenbang.models import Musrenbang, Pengguna, Skpd
from tindak_lanjut.models import Pilahan, StatusPilahan
from tindak_lanjut.queries.dispatch import list_sendings
from tindak_lanjut.queries.pemilahan import options_for, sorter_of
from tindak_lanjut.queries.tanggapan import works_of
from tindak_lanjut.services.pemilahan import choose_skpd, confirm_many
from tindak_lanjut.services.tanggapan import answer_work


def send_all(musrenbang: Musrenbang, by: Pengguna) -> None:
    """Send every SKPD its works with a letter."""
    for send in list_sendings(musrenbang):
        send_to_skpd(musrenbang=musrenbang, skpd=send.skpd, by=by)


def sort_works(musrenbang: Musrenbang, by: Pengguna) -> None:
    """Confirm what is suggested; of what waits take the plan's SKPD or the best suggestion."""
    own = Pilahan.objects.filter(musrenbang=musrenbang).select_related("baris__skpd", "musrenbang")
    suggested = own.filter(status=StatusPilahan.DISARANKAN).values_list("pk", flat=True)
    confirm_many(musrenbang=musrenbang, by=by, pilahan_ids=list(suggested))
    sorter = sorter_of(musrenbang.kecamatan.kabupaten, musrenbang.tahun_rencana)
    for p in own.filter(status=StatusPilahan.ANTRE):
        suggestions = [s.in_list for s in options_for(p, sorter) if s.in_list]
        skpd = p.baris.skpd or (Skpd.objects.get(pk=suggestions[0]) if suggestions else Skpd.objects.first())
        choose_skpd(pilahan=p, versi=p.versi, by=by, skpd=skpd)


JAWABAN = [
    ("diakomodir", "", 1),
    ("diakomodir", "", 1),
    ("sebagian", "Dikerjakan bertahap; tahap pertama tahun ini.", 2),
    ("tidak", "Pagu indikatif Renja sudah terpakai; diusulkan lagi tahun depan.", 0),
]


def answer_some(musrenbang: Musrenbang, by: Pengguna) -> None:
    """The SKPD of the demo takes its letter in and answers four works of five."""
    for i, p in enumerate(works_of(Skpd.objects.get(keanggotaan__pengguna=by)).filter(musrenbang=musrenbang)):
        if i % 5 < len(JAWABAN):
            answer, alasan, divide = JAWABAN[i % 5]
            jumlah = p.baris.biaya // divide if divide and p.baris.biaya else None
            answer_work(pilahan=p, versi=0, by=by, jawaban=answer, alasan=alasan, jumlah=jumlah)
