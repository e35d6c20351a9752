"""Recording attendance: from the invitation list, by code, walk-ins, from paper."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.models import Musrenbang, Pengguna, Tersimpan
from musrenbang.services import lock_musrenbang, once
from musrenbang.sidang.models import CaraHadir, Kehadiran, Undangan
from musrenbang.sidang.queries import registration_closed, sidang_of
from musrenbang.sidang.services.sesi import check_sitting, leave_sitting, note_again
from musrenbang.states import BOLEH_HADIR, Tahap
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
    """Note one person as present. The same form sent again returns the row that is there; a double name is refused.

    After the registration closed (a setting) the person must be noted as late, except from a paper list.
    """
    sekali = once(
        Kehadiran, musrenbang=musrenbang, boleh=BOLEH_HADIR, kunci=kunci, by=by, isi={"cara": str(cara)} | isi
    )
    if sekali.ada:
        return sekali.ada
    kini = sekali.musrenbang
    check_sitting(kini)
    tutup = cara != CaraHadir.KERTAS and registration_closed(kini)
    if tutup and not terlambat:
        jam = tulis.jam(sidang_of(kini).pendaftaran_tutup)
        raise Ditolak(f"Pendaftaran sudah ditutup pukul {jam}. Catat sebagai “datang terlambat”.")
    try:
        with transaction.atomic():
            hadir = Kehadiran.objects.create(musrenbang=kini, dicatat_oleh=by, cara=cara, terlambat=tutup, **isi)
    except IntegrityError as galat:
        raise Ditolak(f"{isi['nama']} dari {isi['lembaga']} sudah tercatat hadir.") from galat
    audit.catat(musrenbang=kini, by=by, aksi="kehadiran.dicatat", objek=hadir)
    return sekali.keep(hadir)


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

    Two desks at once make one row: the second is told it was there. Raises Ditolak when the sex is not known, and when
    the invitation was used for somebody else.
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
        lock_musrenbang(undangan.musrenbang, Tahap.values, dibawa=True)  # who is here is told at any stage
        ada = Kehadiran.objects.filter(undangan=undangan).select_related("dicatat_oleh").first()
        if ada:
            check_sitting(undangan.musrenbang)
            _check_same(ada, isi)
            lagi = note_again(undangan.musrenbang, ada, by)
            ada.tersimpan = Tersimpan(
                baru=lagi, pada=timezone.now() if lagi else ada.dicatat_pada, oleh=by if lagi else ada.dicatat_oleh
            )
            return ada, lagi
        hadir = record_kehadiran(
            musrenbang=undangan.musrenbang, by=by, kunci=kunci, cara=cara, terlambat=terlambat, **isi
        )
        return hadir, True


def _check_same(ada: Kehadiran, isi: dict[str, Any]) -> None:
    """An invitation that was used is answered with who is here, never as if somebody else had been noted."""
    beda = [k for k in ("nama", "mewakili", "bersurat", "jenis_kelamin") if getattr(ada, k) != isi[k]]
    if not beda:
        return
    pukul = ada.dicatat_pada.astimezone(ada.musrenbang.kecamatan.kabupaten.tz)
    surat = f", {'membawa' if ada.bersurat else 'tanpa'} surat kuasa" if ada.mewakili else ""
    raise Ditolak(
        f"Undangan {isi['undangan'].sebutan} sudah dipakai: yang tercatat hadir {ada.nama} "
        f"({ada.jenis_kelamin}{surat}), pukul {pukul:%H.%M} oleh {ada.dicatat_oleh}. Isian ini ({isi['nama']}) belum "
        "dicatat. Bila yang lama keliru, hapus dahulu catatannya di daftar “Yang hadir”, lalu catat lagi."
    )


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
