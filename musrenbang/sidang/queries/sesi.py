"""Reads about sittings: whether the meeting is adjourned, and who is present in the sitting that runs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import HadirSesi, Kehadiran, Kepergian, SesiSidang
from musrenbang.states import FASE


def list_sesi(musrenbang: Musrenbang) -> QuerySet[SesiSidang]:
    """Return the sittings in their order; none while the meeting was never adjourned."""
    return SesiSidang.objects.filter(musrenbang=musrenbang).order_by("nomor")


def adjourned(musrenbang: Musrenbang) -> SesiSidang | None:
    """Return the sitting that was adjourned and has no successor yet, or None while the meeting runs (one query)."""
    last = list_sesi(musrenbang).select_related("dicatat_oleh").last()
    return last if last and last.diskors_pada else None


def resume_time(sesi: SesiSidang) -> datetime:
    """Return when an adjourned sitting was announced to go on, in the zone of the kabupaten."""
    assert sesi.lanjut_tanggal is not None
    assert sesi.lanjut_jam is not None
    return datetime.combine(sesi.lanjut_tanggal, sesi.lanjut_jam, sesi.musrenbang.kecamatan.kabupaten.tz)


def resume_words(sesi: SesiSidang) -> str:
    """Say when and where an adjourned meeting goes on."""
    place = sesi.lanjut_tempat or sesi.musrenbang.tempat
    zona = sesi.musrenbang.kecamatan.kabupaten.get_zona_display()
    return f"{tulis.date_with_day(sesi.lanjut_tanggal)} pukul {tulis.hour_text(sesi.lanjut_jam)} {zona}, di {place}"


def rest_words(musrenbang: Musrenbang) -> str:
    """Say that the meeting is adjourned and until when; "" while it runs."""
    sesi = adjourned(musrenbang)
    if sesi is None:
        return ""
    sesi.musrenbang = musrenbang
    return f"Sidang diskors sampai {resume_words(sesi)}. Lanjutkan sidang dahulu di halaman “Kuorum”."


def adjourned_words(acara: Iterable[Musrenbang]) -> dict[int, str]:
    """Return {event: until when it is adjourned} of those that are (one query, none while no meeting is held)."""
    sidang = {m.pk: m for m in acara if m.tahap in FASE["Sidang"]}
    if not sidang:
        return {}
    result = {}
    for s in SesiSidang.objects.filter(musrenbang__in=sidang).order_by("nomor"):  # the last sitting of each decides
        s.musrenbang = sidang[s.musrenbang_id]
        result[s.musrenbang_id] = f"Sidang diskors sampai {resume_words(s)}." if s.diskors_pada else ""
    return {pk: words for pk, words in result.items() if words}


def came(musrenbang: Musrenbang, at: datetime | None = None) -> QuerySet[Kehadiran]:
    """Return who came to the sitting that runs (or ran last), also who left since: all while there was one alone.

    In a later sitting those count who were noted since it opened, and those who were ticked again. With ``at``: who had
    come by then, to the sitting of then; an arrival without a connection counts from when its desk noted it.
    """
    continuation = SesiSidang.objects.filter(musrenbang=musrenbang, nomor__gt=1).order_by("-nomor")
    if at:
        continuation = continuation.filter(dibuka_pada__lte=at)
    again = HadirSesi.objects.filter(kehadiran=OuterRef("pk"), sesi=Subquery(continuation.values("pk")[:1]))
    if at:
        again = again.filter(dicatat_pada__lte=at)
    people = Kehadiran.objects.filter(musrenbang=musrenbang).filter(
        ~Exists(continuation) | Exists(again) | Q(dicatat_pada__gte=Subquery(continuation.values("dibuka_pada")[:1]))
    )
    return people.alias(saat=Coalesce("datang_pada", "dicatat_pada")).filter(saat__lte=at) if at else people


def present(musrenbang: Musrenbang, at: datetime | None = None) -> QuerySet[Kehadiran]:
    """Return who is present now, or was ``at`` a moment: those who came and have not left; what a quorum counts."""
    left = Kepergian.objects.filter(kehadiran=OuterRef("pk"))
    if at:
        left = left.filter(Q(kembali_pada=None) | Q(kembali_pada__gt=at), pergi_pada__lte=at)
    else:
        left = left.filter(kembali_pada=None)
    return came(musrenbang, at).filter(~Exists(left))


def gone(musrenbang: Musrenbang) -> QuerySet[Kehadiran]:
    """Return who came to the sitting that runs and has left it."""
    return came(musrenbang).filter(Exists(Kepergian.objects.filter(kehadiran=OuterRef("pk"), kembali_pada=None)))


def away(musrenbang: Musrenbang) -> QuerySet[Kehadiran]:
    """Return who was noted in an earlier sitting and not yet in this one."""
    hadir = came(musrenbang).order_by().values("pk")
    return Kehadiran.objects.filter(musrenbang=musrenbang).exclude(pk__in=hadir).order_by("nama")


def sittings_of(musrenbang: Musrenbang) -> dict[int, list[int]]:
    """Return {attendance: numbers of the sittings that the person was in}; empty while there was one sitting alone."""
    sesi = list(list_sesi(musrenbang))
    if not sesi:
        return {}
    result: dict[int, set[int]] = {}
    for kehadiran, nomor in HadirSesi.objects.filter(sesi__in=sesi).values_list("kehadiran", "sesi__nomor"):
        result.setdefault(kehadiran, set()).add(nomor)
    if sesi[-1].diskors_pada is None:
        for kehadiran in came(musrenbang).order_by().values_list("pk", flat=True):
            result.setdefault(kehadiran, set()).add(sesi[-1].nomor)
    return {pk: sorted(nomor) for pk, nomor in result.items()}


def sitting_data(musrenbang: Musrenbang, current: dict[str, int]) -> list[dict[str, Any]]:
    """Return the sittings as paper says them; empty while the meeting was never adjourned.

    ``current``: the figures of the one that runs (desa_hadir, hadir, perempuan).
    """
    zona = musrenbang.kecamatan.kabupaten
    results = []
    for s in list_sesi(musrenbang):
        figure = {k: getattr(s, k) for k in ("desa_hadir", "hadir", "perempuan")} if s.diskors_pada else current
        s.musrenbang = musrenbang
        results.append(
            {
                "nomor": s.nomor,
                "mulai": _opening(musrenbang, s),
                "tempat": s.tempat or musrenbang.tempat,
                "skors": _moment(s.diskors_pada, zona),
                "alasan": s.alasan,
                "lanjut": resume_words(s) if s.diskors_pada else "",
                "hadir": figure["hadir"],
                "perempuan": figure["perempuan"],
                "desa": figure["desa_hadir"],
            }
        )
    return results


def _opening(musrenbang: Musrenbang, sesi: SesiSidang) -> str:
    if sesi.dibuka_pada:
        return _moment(sesi.dibuka_pada, musrenbang.kecamatan.kabupaten)
    zona = musrenbang.kecamatan.kabupaten.get_zona_display()
    return f"{tulis.date_with_day(musrenbang.tanggal)} pukul {tulis.hour_text(musrenbang.jam_mulai)} {zona}"


def _moment(moment: datetime | None, kabupaten: Any) -> str:
    if moment is None:
        return ""
    here = moment.astimezone(kabupaten.tz)
    return f"{tulis.date_with_day(here.date())} pukul {tulis.hour_text(here.time())} {kabupaten.get_zona_display()}"
