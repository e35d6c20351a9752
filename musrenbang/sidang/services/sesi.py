"""Adjourning the meeting and going on in a new sitting."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.sidang.izin import BOLEH_HADIR, BOLEH_SKORS
from musrenbang.sidang.models import HadirSesi, Kehadiran, Kepergian, SesiSidang
from musrenbang.sidang.queries.kehadiran import check_kuorum
from musrenbang.sidang.queries.kuorum import decision_ahead
from musrenbang.sidang.queries.sesi import adjourned, away, came, list_sesi, present, resume_time, resume_words
from musrenbang.sidang.services.kuorum import retire_kuorum
from musrenbang.transisi import Refused

LEBIH_AWAL = timedelta(minutes=60)
"""How long before the announced time a sitting may be opened: the desks note who comes."""

LANJUT_MAKS = timedelta(days=90)
"""A later time is a slip of the pen: by then the plan has to be with Bappeda."""


@allowed_in(BOLEH_SKORS)
def adjourn_sidang(
    *, musrenbang: Musrenbang, by: Pengguna, alasan: str, tanggal: date, jam: time, tempat: str = ""
) -> SesiSidang:
    """Adjourn the meeting until a new time, with its reason; who came to this sitting is kept as its attendance.

    The figures are those who are still present.

    Nothing is decided until the meeting goes on. That it goes on below its quorum was decided by those who part now: a
    decision for the next move no longer stands. Raises Refused when it is adjourned already, without a reason, and for
    a time that has passed or lies too far ahead.
    """
    suspended = adjourned(musrenbang)
    if suspended:
        suspended.musrenbang = musrenbang
        raise Refused(f"Sidang sudah diskors oleh {suspended.dicatat_oleh} sampai {resume_words(suspended)}.")
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan dalam satu kalimat alasan sidang diskors; alasan ini dicetak.")
    _check_future(musrenbang, tanggal, jam)
    sesi = list_sesi(musrenbang).last() or SesiSidang(musrenbang=musrenbang, nomor=1, dicatat_oleh=by)
    hadir = list(present(musrenbang))
    sesi.diskors_pada, sesi.alasan, sesi.dicatat_oleh = timezone.now(), alasan.strip(), by
    sesi.lanjut_tanggal, sesi.lanjut_jam, sesi.lanjut_tempat = tanggal, jam, tempat.strip()
    sesi.hadir, sesi.perempuan = len(hadir), sum(h.jenis_kelamin == "P" for h in hadir)
    sesi.desa_hadir = check_kuorum(musrenbang).desa_hadir
    sesi.save()
    HadirSesi.objects.bulk_create(
        (HadirSesi(sesi=sesi, kehadiran=h, dicatat_oleh=by) for h in came(musrenbang)), ignore_conflicts=True
    )
    details: dict[str, object] = {"lanjut": resume_words(sesi), "hadir": sesi.hadir, "desa": sesi.desa_hadir}
    putusan = decision_ahead(musrenbang)
    if putusan:
        retire_kuorum(musrenbang, putusan.ke)
        details["putusan_kuorum"] = [putusan.alasan, "gugur karena sidang diskors"]
    audit.record(musrenbang=musrenbang, by=by, aksi="sidang.diskors", objek=sesi, alasan=sesi.alasan, rincian=details)
    return sesi


@allowed_in(BOLEH_SKORS)
def move_continuation(
    *, musrenbang: Musrenbang, by: Pengguna, tanggal: date, jam: time, tempat: str = ""
) -> SesiSidang:
    """Announce another time or place for an adjourned meeting; what was announced before stays in the trail."""
    sesi = _need_adjourned(musrenbang)
    _check_future(musrenbang, tanggal, jam)
    old = resume_words(sesi)
    sesi.lanjut_tanggal, sesi.lanjut_jam, sesi.lanjut_tempat = tanggal, jam, tempat.strip()
    sesi.save()
    details = audit.diff({"lanjut": old}, {"lanjut": resume_words(sesi)})
    if details:
        audit.record(musrenbang=musrenbang, by=by, aksi="sidang.waktu_lanjut", objek=sesi, rincian=details)
    return sesi


@allowed_in(BOLEH_SKORS)
def resume_sidang(*, musrenbang: Musrenbang, by: Pengguna) -> SesiSidang:
    """Open the next sitting; its attendance starts empty. Raises Refused long before the time that was announced."""
    old = _need_adjourned(musrenbang)
    moment = timezone.now()
    if moment < resume_time(old) - LEBIH_AWAL:
        raise Refused(
            f"Sidang diumumkan dilanjutkan {resume_words(old)}. Buka paling awal satu jam sebelumnya, atau "
            "umumkan waktu lain dahulu."
        )
    sesi = SesiSidang.objects.create(
        musrenbang=musrenbang,
        nomor=old.nomor + 1,
        dibuka_pada=moment,
        dicatat_oleh=by,
        tempat=old.lanjut_tempat or old.tempat,
    )
    audit.record(musrenbang=musrenbang, by=by, aksi="sidang.dilanjutkan", objek=sesi)
    return sesi


@allowed_in(BOLEH_HADIR)
def attend_again(*, musrenbang: Musrenbang, by: Pengguna, kehadiran: list[int]) -> list[Kehadiran]:
    """Note people of an earlier sitting as present in the one that runs; return those who were not yet."""
    check_sitting(musrenbang)
    return [h for h in away(musrenbang).filter(pk__in=kehadiran) if note_again(musrenbang, h, by)]


def note_again(musrenbang: Musrenbang, hadir: Kehadiran, by: Pengguna, moment: datetime | None = None) -> bool:
    """Note a person as present in the sitting that runs; False when that is so already. The event is locked.

    ``moment``: when the person was seen, where that was not now: who left after it stays away.
    """
    back = come_back(musrenbang, hadir, by, moment or timezone.now())
    sesi = list_sesi(musrenbang).last()
    if sesi is None or sesi.nomor == 1 or sesi.diskors_pada or hadir.dicatat_pada >= (sesi.dibuka_pada or _LAMA):
        return back
    _, new = HadirSesi.objects.get_or_create(sesi=sesi, kehadiran=hadir, defaults={"dicatat_oleh": by})
    if new:
        audit.record(musrenbang=musrenbang, by=by, aksi="kehadiran.lagi", objek=hadir, rincian={"sesi": sesi.nomor})
    return new or back


def come_back(musrenbang: Musrenbang, hadir: Kehadiran, by: Pengguna, moment: datetime) -> bool:
    """Note that somebody who left before ``moment`` is here again; False for others. The event is locked."""
    left = Kepergian.objects.filter(kehadiran=hadir, kembali_pada=None, pergi_pada__lte=moment)
    if not left.update(kembali_pada=moment):
        return False
    audit.record(musrenbang=musrenbang, by=by, aksi="kehadiran.kembali", objek=hadir, rincian={"nama": hadir.nama})
    return True


@allowed_in(BOLEH_HADIR, of="hadir.musrenbang")
def leave_sidang(*, hadir: Kehadiran, by: Pengguna) -> Kepergian:
    """Note that somebody leaves the hall: counted for no quorum from now on, kept in the list of who came.

    Raises Refused for who has left already or is not in the sitting that runs, and while the meeting is adjourned.
    """
    current = hadir.musrenbang
    check_sitting(current)
    before = Kepergian.objects.filter(kehadiran=hadir, kembali_pada=None).first()
    if before:
        clock = tulis.hour_text(before.pergi_pada.astimezone(current.kecamatan.kabupaten.tz).time())
        raise Refused(f"{hadir.nama} sudah dicatat pulang pukul {clock} oleh {before.dicatat_oleh}.")
    if not present(current).filter(pk=hadir.pk).exists():
        raise Refused(f"{hadir.nama} tidak tercatat hadir di sesi ini, jadi tidak dapat dicatat pulang.")
    one = Kepergian.objects.create(kehadiran=hadir, pergi_pada=timezone.now(), dicatat_oleh=by)
    audit.record(musrenbang=current, by=by, aksi="kehadiran.pulang", objek=hadir, rincian={"nama": hadir.nama})
    return one


def leave_sitting(musrenbang: Musrenbang, hadir: Kehadiran, by: Pengguna) -> bool:
    """Take somebody who was in an earlier sitting out of the one that runs alone; False for who was in none."""
    sesi = list_sesi(musrenbang).last()
    if sesi is None or not HadirSesi.objects.filter(kehadiran=hadir, sesi__nomor__lt=sesi.nomor).exists():
        return False
    check_sitting(musrenbang)
    if HadirSesi.objects.filter(kehadiran=hadir, sesi=sesi).delete()[0]:
        audit.record(
            musrenbang=musrenbang,
            by=by,
            aksi="kehadiran.dihapus",
            objek=hadir,
            rincian={"nama": hadir.nama, "sesi": sesi.nomor},
        )
    return True


_LAMA = datetime.min.replace(tzinfo=timezone.get_default_timezone())


def check_sitting(musrenbang: Musrenbang) -> None:
    """Raise Refused while the meeting is adjourned: whoever comes then is in no sitting."""
    sesi = adjourned(musrenbang)
    if sesi:
        sesi.musrenbang = musrenbang
        raise Refused(f"Sidang diskors sampai {resume_words(sesi)}. Kehadiran dicatat sesudah sidang dilanjutkan.")


def _need_adjourned(musrenbang: Musrenbang) -> SesiSidang:
    sesi = adjourned(musrenbang)
    if sesi is None:
        raise Refused("Sidang tidak sedang diskors, atau sudah dilanjutkan orang lain. Muat ulang halaman.")
    sesi.musrenbang = musrenbang
    return sesi


def _check_future(musrenbang: Musrenbang, tanggal: date, jam: time) -> None:
    zona = musrenbang.kecamatan.kabupaten.tz
    moment = datetime.combine(tanggal, jam, zona)
    if moment > timezone.now() + LANJUT_MAKS:
        raise Refused(
            f"{tulis.date_with_day(tanggal)} lebih dari {LANJUT_MAKS.days} hari lagi. Periksa tahunnya; sidang yang "
            "diskors dilanjutkan lebih awal dari itu."
        )
    if moment <= timezone.now():
        raise Refused(
            f"{tulis.date_with_day(tanggal)} pukul {tulis.hour_text(jam)} sudah lewat. Isi waktu yang akan datang."
        )
