"""Arrivals that a desk decided on its own device and sends when it can: stored once each, never lost, never doubled."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services.once import once
from musrenbang.sidang.izin import BOLEH_HADIR
from musrenbang.sidang.models import AttendanceWay, Kedatangan, Kehadiran, Undangan
from musrenbang.sidang.queries.kehadiran import registration_closed
from musrenbang.sidang.queries.namesakes import noted_words
from musrenbang.sidang.queries.sesi import list_sesi
from musrenbang.sidang.services.kehadiran import MaybeSame, check_in
from musrenbang.transisi import Refused

JAM_MELESET = timedelta(minutes=2)
"""How far the clock of a device may be from that of the server before the desk is told."""
PALING_LAMA = timedelta(hours=18)
"""An arrival that is older by the device's own reckoning was noted with another clock: it counts from now."""


class BeforeSitting(Refused):
    """The arrival belongs to a sitting that has ended; the desk says whether the person is here now."""


@dataclass(frozen=True)
class Noted:
    """When an arrival was noted, by the server's clock; ``jam_ragu`` where the clock of the device was another."""

    pada: datetime
    jam_ragu: bool


def server_time(*, received: datetime, sent: float, noted: float) -> Noted:
    """Return when an arrival was noted. ``sent`` and ``noted``: the device's clock then, in milliseconds since 1970.

    Only the time between the two is taken from the device, so that a clock that is wrong all day does no harm. One that
    was set meanwhile gives a time in the future or long ago; then the time of receipt counts.
    """
    off = abs(timedelta(milliseconds=sent - received.timestamp() * 1000)) > JAM_MELESET
    pada = received - timedelta(milliseconds=sent - noted)
    if pada > received or pada < received - PALING_LAMA:
        return Noted(received, True)
    return Noted(pada, off)


@transaction.atomic
def receive_kedatangan(
    *,
    undangan: Undangan,
    by: Pengguna,
    kunci: UUID,
    pada: datetime,
    jam_ragu: bool = False,
    jenis_kelamin: str = "",
    meja: str = "",
    orang_lain: Container[str] = (),
) -> Kedatangan:
    """Store one arrival under the key that the device gave it; sent again it is the same arrival.

    Whom another desk noted before stays one presence, with both times; the earlier one counts. Raises Refused as
    ``check_in`` does, and BeforeSitting for one that was noted in a sitting that has ended.
    """
    one_pass = once(
        Kedatangan,
        musrenbang=undangan.musrenbang,
        allowed=BOLEH_HADIR,
        kunci=kunci,
        by=by,
        content={"undangan": undangan, "jenis_kelamin": jenis_kelamin},
    )
    if one_pass.ada:
        return one_pass.ada
    _check_sitting_of(one_pass.musrenbang, undangan, pada)
    undangan.musrenbang = one_pass.musrenbang
    hadir, new = check_in(
        undangan=undangan,
        by=by,
        kunci=kunci,
        cara=AttendanceWay.KODE,
        jenis_kelamin=jenis_kelamin or _known_sex(undangan),
        terlambat=True,
        meja=meja,
        orang_lain=orang_lain,
        moment=pada,
    )
    one = Kedatangan.objects.create(
        kehadiran=hadir, pada=pada, jam_ragu=jam_ragu, meja=meja, ulang=not new, dicatat_oleh=by
    )
    details: dict[str, object] = {"nama": hadir.nama, "meja": meja, "pada": pada.isoformat(), "jam_ragu": jam_ragu}
    aksi = "kehadiran.ulang" if one.ulang else "kehadiran.diterima"
    audit.record(musrenbang=one_pass.musrenbang, by=by, aksi=aksi, objek=one, rincian=details)
    if one.ulang:
        _come_earlier(one_pass.musrenbang, hadir, pada)
    return one_pass.keep(one)


def _known_sex(undangan: Undangan) -> str:
    """Return what the list knows, from who is here already or from the invitation."""
    existing = Kehadiran.objects.filter(undangan=undangan, mewakili="").first()
    return existing.jenis_kelamin if existing else undangan.jenis_kelamin


def _check_sitting_of(musrenbang: Musrenbang, undangan: Undangan, pada: datetime) -> None:
    sesi = list_sesi(musrenbang).last()
    if sesi is None or sesi.dibuka_pada is None or pada >= sesi.dibuka_pada:
        return
    zona = musrenbang.kecamatan.kabupaten.tz
    clock, opened = (tulis.hour_text(m.astimezone(zona).time()) for m in (pada, sesi.dibuka_pada))
    raise BeforeSitting(
        f"{undangan.sebutan} dicatat pukul {clock}, sebelum sesi {sesi.nomor} dibuka pukul {opened}; sesi itu sudah "
        "ditutup. Belum dicatat di server. Bila orangnya hadir sekarang, tekan “Catat hadir sekarang”."
    )


def _come_earlier(musrenbang: Musrenbang, hadir: Kehadiran, pada: datetime) -> None:
    """The desk that is heard of last may have noted the person first; the arrival row and its trail say so."""
    if pada >= hadir.datang or hadir.cara == AttendanceWay.KERTAS:
        return
    hadir.datang_pada = pada
    hadir.terlambat = hadir.terlambat and registration_closed(musrenbang, pada)
    hadir.save(update_fields=["datang_pada", "terlambat"])


def receive_batch(
    *, musrenbang: Musrenbang, by: Pengguna, sent: float, arrivals: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Store the arrivals of a device one by one, and say for each by its key what became of it (``jadi``).

    ``hadir``: stored; ``ulang``: the person was here, noted as such; ``tanya``: somebody of that name is here;
    ``lewat``: of a sitting that has ended; ``tolak``: refused. The last three are not stored and stay on the device.
    """
    received = timezone.now()
    undangan = {
        u.pk: u
        for u in Undangan.objects.filter(musrenbang=musrenbang, pk__in=[a["undangan"] for a in arrivals])
        .select_related("desa")
        .order_by("pk")
    }
    return [_receive_one(musrenbang, by, received, sent, undangan.get(a["undangan"]), dict(a)) for a in arrivals]


def _receive_one(
    musrenbang: Musrenbang,
    by: Pengguna,
    received: datetime,
    sent: float,
    undangan: Undangan | None,
    arrival: dict[str, Any],
) -> dict[str, Any]:
    answer: dict[str, Any] = {"kunci": str(arrival["kunci"])}
    if undangan is None:
        words = "Undangannya sudah tidak ada di daftar. Cari namanya, atau catat sebagai tamu. Belum dicatat di server."
        return answer | {"jadi": "tolak", "kata": words}
    undangan.musrenbang = musrenbang
    when = server_time(received=received, sent=sent, noted=arrival.pop("pada"))
    try:
        one = receive_kedatangan(by=by, pada=when.pada, jam_ragu=when.jam_ragu, **arrival | {"undangan": undangan})
    except MaybeSame as question:
        return answer | {"jadi": "tanya", "kata": str(question), "orang_lain": question.kode}
    except BeforeSitting as past:
        return answer | {"jadi": "lewat", "kata": str(past)}
    except Refused as refusal:
        return answer | {"jadi": "tolak", "kata": str(refusal)}
    here = one.kehadiran.datang.astimezone(musrenbang.kecamatan.kabupaten.tz)
    return answer | {
        "jadi": "ulang" if one.ulang else "hadir",
        "kata": told(one, musrenbang),
        "ragu": one.jam_ragu,
        "nama": one.kehadiran.nama,
        "jam": tulis.hour_text(here.time()),
        "meja": one.kehadiran.meja,
        "oleh": str(one.kehadiran.dicatat_oleh),
    }


def told(one: Kedatangan, musrenbang: Musrenbang) -> str:
    """Say what an arrival became, as it stands in the database."""
    zona = musrenbang.kecamatan.kabupaten.tz
    clock = tulis.hour_text(one.pada.astimezone(zona).time())
    hadir = one.kehadiran
    late = " (terlambat)" if hadir.terlambat else ""
    words = f"{hadir.nama} tercatat hadir pukul {clock}{late}."
    if one.ulang:
        words = (
            f"{hadir.nama} sudah hadir: {noted_words(hadir, musrenbang)}. Yang dicatat di sini pukul {clock} tersimpan "
            "sebagai kedatangan kedua; tetap satu kehadiran."
        )
    if one.jam_ragu:
        words += " Jam perangkat ini tidak sama dengan jam server, jadi waktunya dihitung oleh server. Setel jamnya."
    return words
