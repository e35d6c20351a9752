"""Going on below the quorum by the meeting's decision, and what the quorum was at each binding move."""

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sidang.izin import BOLEH_KUORUM
from musrenbang.sidang.models import CatatanKuorum
from musrenbang.sidang.queries.kuorum import KuorumState, binding_after, figures, quorum_for
from musrenbang.states import MENGIKAT, Tahap
from musrenbang.transisi import Refused


@allowed_in(BOLEH_KUORUM)
def decide_kuorum(*, musrenbang: Musrenbang, by: Pengguna, ke: str, alasan: str, sidik: str) -> CatatanKuorum:
    """Record that the meeting goes on to ``ke`` below its quorum, with its reason and the figures of this moment.

    ``sidik`` is the digest of what the page showed. Raises Refused when the quorum is there, when attendance changed
    since the page was opened, when somebody else recorded the decision first, and without a reason.
    """
    if MENGIKAT.get(ke) != musrenbang.tahap:
        raise Refused("Tahapnya sudah berubah. Muat ulang halaman untuk melihat langkah berikutnya.")
    state = quorum_for(musrenbang, ke)
    if state.kini.tercapai:
        figure = figures(state.kini.angka)
        raise Refused(f"Kuorum dan target perempuan sudah tercapai: {figure}. Tidak perlu putusan sidang.")
    if state.sidik != sidik:
        raise Refused(_changed(musrenbang, state))
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan dalam satu kalimat alasan sidang melanjutkan; alasan ini dicetak.")
    retire_kuorum(musrenbang, ke)
    one = CatatanKuorum.objects.create(
        musrenbang=musrenbang, ke=ke, alasan=alasan.strip(), dicatat_oleh=by, **state.kini.angka
    )
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="kuorum.diputuskan",
        objek=one,
        ke=ke,
        alasan=one.alasan,
        rincian=state.kini.angka,
    )
    return one


def _changed(musrenbang: Musrenbang, state: KuorumState) -> str:
    current = f"Sekarang {figures(state.kini.angka)}."
    p = state.putusan
    if p is None:
        return (
            f"Kehadiran berubah sejak halaman ini dibuka. {current} Periksa, lalu catat lagi. Belum ada yang disimpan."
        )
    clock = tulis.hour_text(p.dicatat_pada.astimezone(musrenbang.kecamatan.kabupaten.tz).time())
    return (
        f"Putusan sidang sudah dicatat {p.dicatat_oleh} pukul {clock} dengan alasan “{p.alasan}”, atau kehadiran "
        f"berubah sejak halaman ini dibuka. {current} Muat ulang halaman. Belum ada yang disimpan."
    )


def retire_kuorum(musrenbang: Musrenbang, ke: str) -> None:
    """What was noted about the move to ``ke`` no longer stands; it stays on the record as that."""
    CatatanKuorum.objects.filter(musrenbang=musrenbang, ke=ke, berlaku=True).update(berlaku=False)


def note_kuorum(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Keep the figures of a binding move that was made with its quorum; an effect of the move.

    Below the quorum the meeting's decision stands already. One that the quorum has overtaken no longer stands, unless
    the Berita Acara quotes it, which is issued before the last of these moves.
    """
    to = musrenbang.tahap
    state = quorum_for(musrenbang, to)
    if not state.kini.tercapai or (state.putusan and to == Tahap.FINALISASI):
        return
    retire_kuorum(musrenbang, to)
    one = CatatanKuorum.objects.create(musrenbang=musrenbang, ke=to, dicatat_oleh=by, **state.kini.angka)
    audit.record(musrenbang=musrenbang, by=by, aksi="kuorum.dicatat", objek=one, ke=to, rincian=state.kini.angka)


def drop_kuorum(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Stepping back over a binding move: what was noted for it, and for what follows, no longer stands."""
    for to in binding_after(musrenbang.tahap):
        retire_kuorum(musrenbang, to)
