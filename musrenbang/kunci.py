"""Locking an event while its rows are written: the stage is right, it is not away, and the meeting does not rest."""

from collections.abc import Container

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.pertanyaan import Question
from musrenbang.states import SaatSidang
from musrenbang.transisi import Ditolak

rest_words: Question[[Musrenbang], str] = Question("why the work of the meeting rests now")
"""Why the work of the meeting rests now; "" while it runs."""
permit_words: Question[[Musrenbang], str] = Question("why the laptop of a hall may not change its event any more")
"""Why the laptop of a hall may not change its event any more; "" where it may, and on a server."""


def lock_musrenbang(musrenbang: Musrenbang, boleh: Container[str], *, dibawa: bool = False) -> Musrenbang:
    """Lock the event until the transaction ends and return it fresh; raise Ditolak outside the stages ``boleh``.

    While the meeting is adjourned its own work (``SaatSidang``) rests.
    While the event is in the hall nothing changes here, except for the services of the journey (``dibawa``).

    Every service that writes rows of an event calls this first, so that no row slips in while the stage moves on.
    """
    kini = (
        Musrenbang.objects.select_for_update(of=("self",))
        .select_related("kecamatan__kabupaten__provinsi")
        .get(pk=musrenbang.pk)
    )
    if not dibawa:
        check_here(kini)
    if kini.tahap not in boleh:
        raise Ditolak(
            f"Musrenbang ini sekarang pada tahap “{kini.get_tahap_display()}”; bagian ini tidak dapat diubah lagi "
            "pada tahap itu. Tidak ada yang disimpan."
        )
    if isinstance(boleh, SaatSidang) and (berhenti := rest_words(kini)):
        raise Ditolak(f"{berhenti} Tidak ada yang disimpan.")
    return kini


def check_here(musrenbang: Musrenbang) -> None:
    """Raise Ditolak while the event is changed elsewhere: on the laptop in the hall, or on the server again."""
    if musrenbang.dibawa_pada:
        sejak = musrenbang.dibawa_pada.astimezone(musrenbang.kecamatan.kabupaten.tz)
        raise Ditolak(
            f"Musrenbang ini sedang dibawa sejak {tulis.tanggal(sejak.date())} pukul {tulis.jam(sejak.time())}, jadi "
            "di sini tidak dapat diubah. Lihat halaman “Bawa ke aula”. Tidak ada yang disimpan."
        )
    if izin := permit_words(musrenbang):
        raise Ditolak(f"{izin} Tidak ada yang disimpan.")
