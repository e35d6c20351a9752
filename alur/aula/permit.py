"""Clocks and the permit: what time it is at least, and whether a laptop may still change its event."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from alur.aula.izin import read_izin
from berita_acara.models import AsalAula
from musrenbang import format as tulis
from musrenbang.models import JejakAudit, Musrenbang

MUNDUR = timedelta(minutes=10)
"""How far a clock may go back, as the network corrects it, before it is called wrong."""


DI_SERVER = (
    "musrenbang.dibawa",
    "perjalanan.status",
    "hasilaula.status",
    "aula.disahkan",
    "aula.pengesahan_gugur",
    "aula.diperpanjang",
)
"""Actions that no laptop writes: their time is that of the server."""


def server_now(musrenbang: Musrenbang) -> datetime:
    """Return the time, but never one before what a journey left in the trail here.

    So a clock that is set back makes no permit longer. What came from a hall does not count: its clock is not ours.
    """
    here = JejakAudit.objects.filter(musrenbang=musrenbang, aksi__in=DI_SERVER).aggregate(m=Max("waktu"))["m"]
    current = timezone.now()
    return max(current, here or current)


def permit_words(musrenbang: Musrenbang) -> str:
    """Say why the laptop may not change its event any more; "" where it may, and on a server (one query, or two)."""
    origin = AsalAula.objects.filter(musrenbang=musrenbang).first()
    if origin is None or not origin.izin:
        return ""
    izin, current = read_izin(origin.izin["izin"]), timezone.now()
    if current > izin.sampai:
        return (
            f"Izin membawa Musrenbang ini berakhir {tulis.date_text(timezone.localdate(izin.sampai))}. Minta Ketua Tim "
            "memperpanjangnya di server, lalu muat lagi berkasnya; atau kirim hasilnya sekarang."
        )
    last = JejakAudit.objects.filter(musrenbang=musrenbang).aggregate(m=Max("waktu"))["m"]
    if last and current < last - MUNDUR:
        tz = musrenbang.kecamatan.kabupaten.tz
        return (
            f"Jam laptop ini ({current.astimezone(tz):%d-%m-%Y %H.%M}) lebih awal daripada catatan terakhir acara "
            f"({last.astimezone(tz):%d-%m-%Y %H.%M}). Betulkan tanggal dan jam laptop dahulu."
        )
    return ""
