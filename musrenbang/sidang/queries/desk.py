"""What the desk keeps on its device, so that it can say at once, and without a connection, who is invited and here."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from musrenbang import format as tulis
from musrenbang.infra.digest import page_digest
from musrenbang.models import Musrenbang
from musrenbang.sidang.izin import BOLEH_HADIR
from musrenbang.sidang.models import Kedatangan, Undangan
from musrenbang.sidang.queries.kehadiran import check_kuorum, count_attendance, registration_closed
from musrenbang.sidang.queries.sesi import present, rest_words

BERLAKU = timedelta(hours=18)
"""How long a device keeps the list without hearing from the server: the day of the meeting."""


def desk_list(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return who is invited and here, the figures and the quorum, and what tells whether any of it changed.

    Of a person only what the desk needs to know whom it greets: no address, no telephone number, no age. Outside the
    stages in which arrivals are noted the list is empty, so that a device forgets it (eight queries).
    """
    zona = musrenbang.kecamatan.kabupaten.tz
    content: dict[str, Any] = {"undangan": [], "angka": {}, "tutup": "", "berhenti": ""}
    if musrenbang.tahap in BOLEH_HADIR:
        attendance = count_attendance(musrenbang)
        kuorum = check_kuorum(musrenbang, attendance)
        content = {
            "undangan": _rows(musrenbang, zona),
            "angka": kuorum.angka | {"desa_belum": kuorum.desa_belum},
            "tutup": registration_closed(musrenbang),
            "berhenti": rest_words(musrenbang),
        }
    else:
        content["berhenti"] = (
            f"Musrenbang ini sekarang pada tahap “{musrenbang.get_tahap_display()}”; pada tahap itu kehadiran tidak "
            "dicatat."
        )
    now = {"kini": timezone.now().timestamp() * 1000}
    return content | {"sidik": page_digest(repr(content)), "berlaku": int(BERLAKU.total_seconds()), **now}


def _rows(musrenbang: Musrenbang, zona: Any) -> list[dict[str, Any]]:
    here = set(present(musrenbang).order_by().values_list("pk", flat=True))
    again: dict[int, list[list[str]]] = {}
    for one in Kedatangan.objects.filter(kehadiran__musrenbang=musrenbang, ulang=True).order_by("pk"):
        again.setdefault(one.kehadiran_id, []).append([_clock(one.pada, zona), one.meja])
    rows = Undangan.objects.filter(musrenbang=musrenbang).select_related("desa", "hadir__dicatat_oleh")
    return [_row(u, here, again, zona) for u in rows.order_by("pk")]


def _row(u: Undangan, here: set[int], again: dict[int, list[list[str]]], zona: Any) -> dict[str, Any]:
    """Return an invitee; ``h`` is who was noted, ``di`` whether that person is in the sitting that runs."""
    row: dict[str, Any] = {
        "pk": u.pk,
        "kode": u.kode,
        "nama": u.sebutan,
        "lembaga": u.lembaga,
        "desa": u.desa.nama if u.desa else "",
        "jk": u.jenis_kelamin,
    }
    hadir = getattr(u, "hadir", None)
    if hadir is None:
        return row
    came = {"nama": hadir.nama, "jam": _clock(hadir.datang, zona), "meja": hadir.meja, "oleh": str(hadir.dicatat_oleh)}
    came |= {"wakil": bool(hadir.mewakili), "di": hadir.pk in here, "lagi": again.get(hadir.pk, [])}
    return row | {"jk": "" if hadir.mewakili else hadir.jenis_kelamin, "h": came}


def _clock(moment: datetime, zona: Any) -> str:
    return tulis.hour_text(timezone.localtime(moment, zona).time())
