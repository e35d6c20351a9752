"""Recording attendance: from the invitation list, by code, walk-ins, from paper."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services import lock_musrenbang
from musrenbang.sidang.models import CaraHadir, Kehadiran, Undangan
from musrenbang.sidang.queries import registration_closed, sidang_of
from musrenbang.sidang.services.sesi import check_sitting, leave_sitting, note_again
from musrenbang.states import BOLEH_HADIR
from musrenbang.transisi import Ditolak


@transaction.atomic
def record_kehadiran(
    *,
    musrenbang: Musrenbang,
    by: Pengguna,
    kunci: UUID,
    cara: str = CaraHadir.TAMU,
    terlambat: bool = False,
    **isi: Any,
) -> Kehadiran:
    """Note one person as present. The same ``kunci`` again returns the first row; a double name is refused.

    After the registration closed (a setting) the person must be noted as late, except from a paper list.
    """
    kini = lock_musrenbang(musrenbang, BOLEH_HADIR)
    ada = Kehadiran.objects.filter(kunci=kunci, musrenbang=kini).first()
    if ada:
        return ada
    check_sitting(kini)
    tutup = cara != CaraHadir.KERTAS and registration_closed(kini)
    if tutup and not terlambat:
        jam = tulis.jam(sidang_of(kini).pendaftaran_tutup)
        raise Ditolak(f"Pendaftaran sudah ditutup pukul {jam}. Catat sebagai “datang terlambat”.")
    try:
        with transaction.atomic():
            hadir = Kehadiran.objects.create(
                musrenbang=kini, kunci=kunci, dicatat_oleh=by, cara=cara, terlambat=tutup, **isi
            )
    except IntegrityError as galat:
        raise Ditolak(f"{isi['nama']} dari {isi['lembaga']} sudah tercatat hadir.") from galat
    audit.catat(musrenbang=kini, by=by, aksi="kehadiran.dicatat", objek=hadir)
    return hadir


def check_in(
    *,
    undangan: Undangan,
    by: Pengguna,
    kunci: UUID,
    cara: str,
    jenis_kelamin: str = "",
    wakil: str = "",
    bersurat: bool = False,
    terlambat: bool = False,
) -> tuple[Kehadiran, bool]:
    """Note an invitee, or who stands in for one (``wakil``), as present; return the row and whether it is new.

    Two desks at once make one row: the second is told it was there. Raises Ditolak when the sex is not known.
    """
    kelamin = jenis_kelamin or ("" if wakil else undangan.jenis_kelamin)
    if not kelamin:
        raise Ditolak(f"Pilih L atau P untuk {wakil or undangan.sebutan}.")
    isi = {
        "nama": wakil or undangan.nama or undangan.jabatan, "unsur": undangan.unsur, "lembaga": undangan.lembaga,
        "desa": undangan.desa, "jenis_kelamin": kelamin,
        "usia": None if wakil else undangan.usia, "alamat": "" if wakil else undangan.alamat,
        "mewakili": undangan.sebutan if wakil else "", "bersurat": bool(wakil) and bersurat, "undangan": undangan,
    }  # fmt: skip
    with transaction.atomic():
        lock_musrenbang(undangan.musrenbang, BOLEH_HADIR)
        ada = Kehadiran.objects.filter(undangan=undangan).select_related("dicatat_oleh").first()
        if ada:
            check_sitting(undangan.musrenbang)
            return ada, note_again(undangan.musrenbang, ada, by)
        hadir = record_kehadiran(
            musrenbang=undangan.musrenbang, by=by, kunci=kunci, cara=cara, terlambat=terlambat, **isi
        )
        return hadir, True


@transaction.atomic
def remove_kehadiran(*, hadir: Kehadiran, by: Pengguna) -> None:
    """Take a wrong entry out; who was noted stays readable in the trail. Earlier sittings keep whom they had."""
    kini = lock_musrenbang(hadir.musrenbang, BOLEH_HADIR)
    if leave_sitting(kini, hadir, by):
        return
    audit.catat(
        musrenbang=kini, by=by, aksi="kehadiran.dihapus", objek=hadir,
        rincian={"nama": hadir.nama, "lembaga": hadir.lembaga, "unsur": hadir.unsur},
    )  # fmt: skip
    try:
        hadir.delete()
    except ProtectedError as galat:
        raise Ditolak(
            f"{hadir.nama} sudah menjadi delegat atau tercatat berbicara, jadi catatan hadirnya tidak dapat dihapus."
        ) from galat
