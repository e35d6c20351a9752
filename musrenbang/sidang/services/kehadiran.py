"""Recording attendance: from the invitation list, by code, walk-ins, from paper."""

from collections.abc import Container
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna, Stored
from musrenbang.services.once import once
from musrenbang.services.rows import discard_row
from musrenbang.sidang.izin import BOLEH_HADIR
from musrenbang.sidang.models import AttendanceWay, Kehadiran, Undangan
from musrenbang.sidang.queries.kehadiran import registration_closed, sidang_of
from musrenbang.sidang.queries.namesakes import Lookalike, find_same_name, next_twin, noted_words
from musrenbang.sidang.queries.sesi import list_sesi
from musrenbang.sidang.services.sesi import check_sitting, leave_sitting, note_again
from musrenbang.states import Tahap
from musrenbang.transisi import Refused


class MaybeSame(Refused):
    """Somebody of that name is here or invited; the desk says who it is. Nothing is stored, nothing merged.

    ``mirip``: all of them, ``kode``: what ``orang_lain`` must hold when it is somebody else than each of these.
    """

    def __init__(self, nama: str, similar: list[Lookalike]) -> None:
        self.nama, self.mirip = nama, similar
        self.kode = ",".join(m.kode for m in similar)
        self.ada_yang_hadir = any(m.undangan is None and m.lagi is None for m in similar)
        listing = "; ".join(m.kalimat for m in similar)
        super().__init__(f"{listing}. Apakah {nama} orang yang sama? Belum ada yang dicatat.")


@transaction.atomic
def record_kehadiran(
    *,
    musrenbang: Musrenbang,
    by: Pengguna,
    kunci: UUID,
    cara: str = AttendanceWay.TAMU,
    terlambat: bool = False,
    meja: str = "",
    orang_lain: Container[str] = (),
    moment: datetime | None = None,
    **isi: Any,
) -> Kehadiran:
    """Note one person as present. The same form sent again returns the row that is there.

    Raises MaybeSame while somebody of the same name is here or invited whom ``orang_lain`` (codes of ``Lookalike``)
    does not name: then the desk has not yet said that this is another person. After the registration closed (a setting)
    the person must be noted as late, except from a paper list. ``moment``: when the person came, where that was not
    now.
    """
    one_pass = once(
        Kehadiran, musrenbang=musrenbang, allowed=BOLEH_HADIR, kunci=kunci, by=by, content={"cara": str(cara)} | isi
    )
    if one_pass.ada:
        return one_pass.ada
    current = one_pass.musrenbang
    check_sitting(current)
    _check_moment(current, moment)
    close = cara != AttendanceWay.KERTAS and registration_closed(current, moment)
    if close and not terlambat:
        hour = tulis.hour_text(sidang_of(current).pendaftaran_tutup)
        raise Refused(f"Pendaftaran sudah ditutup pukul {hour}. Catat sebagai “datang terlambat”.")
    similar = _same_name(current, isi)
    if any(m.kode not in orang_lain for m in similar):
        raise MaybeSame(isi["nama"], similar)
    hadir = Kehadiran.objects.create(
        musrenbang=current,
        dicatat_oleh=by,
        cara=cara,
        terlambat=close,
        meja=meja,
        kembar=next_twin(current, isi["nama"], isi["lembaga"]),
        datang_pada=moment,
        **isi,
    )
    alasan = f"Orang lain, bukan: {'; '.join(m.kalimat for m in similar)}." if similar else ""
    audit.record(musrenbang=current, by=by, aksi="kehadiran.dicatat", objek=hadir, alasan=alasan)
    return one_pass.keep(hadir)


def _check_moment(musrenbang: Musrenbang, moment: datetime | None) -> None:
    """Refuse who was noted in a sitting that has ended since: nobody knows whether the person is here now."""
    sesi = list_sesi(musrenbang).last() if moment else None
    if sesi and moment and sesi.dibuka_pada and moment < sesi.dibuka_pada:
        raise Refused(
            f"Dicatat sebelum sesi {sesi.nomor} dibuka; sesi itu sudah ditutup. Belum dicatat di server. Bila orangnya "
            "hadir sekarang, catat lagi."
        )


def _same_name(musrenbang: Musrenbang, content: dict[str, Any]) -> list[Lookalike]:
    """Whom the desk has to be asked about; an invitee in person can only have been noted as a guest before."""
    undangan = content.get("undangan")
    if undangan is None or content["mewakili"]:
        return find_same_name(musrenbang, content["nama"], except_for=undangan.pk if undangan else None)
    return find_same_name(musrenbang, undangan.nama, guests_only=True) if undangan.nama else []


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
    meja: str = "",
    orang_lain: Container[str] = (),
    usia: int | None = None,
    alamat: str = "",
    moment: datetime | None = None,
) -> tuple[Kehadiran, bool]:
    """Note an invitee, or who stands in for one (``wakil``), as present; return the row and whether it is new.

    Two desks at once make one row: the second is told it was there. ``usia`` and ``alamat`` count where the invitation
    says nothing. Raises Refused when the sex is not known, and when the invitation was used for somebody else;
    MaybeSame as ``record_kehadiran`` does.
    """
    sex = jenis_kelamin or ("" if wakil else undangan.jenis_kelamin)
    if not sex:
        raise Refused(f"Pilih L atau P untuk {wakil or undangan.sebutan}.")
    content = {
        "nama": wakil or undangan.nama or undangan.jabatan,
        "unsur": undangan.unsur,
        "lembaga": undangan.lembaga,
        "desa": undangan.desa,
        "jenis_kelamin": sex,
        "usia": None if wakil else undangan.usia or usia,
        "alamat": "" if wakil else undangan.alamat or alamat,
        "mewakili": undangan.sebutan if wakil else "",
        "bersurat": bool(wakil) and bersurat,
        "undangan": undangan,
    }
    with transaction.atomic():
        lock_musrenbang(undangan.musrenbang, Tahap.values, carried=True)  # who is here is told at any stage
        existing = Kehadiran.objects.filter(undangan=undangan).select_related("dicatat_oleh").first()
        if existing:
            check_sitting(undangan.musrenbang)
            _check_same(existing, content)
            return _again(undangan.musrenbang, existing, by, moment)
        hadir = record_kehadiran(
            musrenbang=undangan.musrenbang,
            by=by,
            kunci=kunci,
            cara=cara,
            terlambat=terlambat,
            meja=meja,
            orang_lain=orang_lain,
            moment=moment,
            **content,
        )
        return hadir, True


@allowed_in(BOLEH_HADIR, of="hadir.musrenbang")
def come_again(*, hadir: Kehadiran, by: Pengguna) -> tuple[Kehadiran, bool]:
    """Note somebody of an earlier sitting, or who had left, as present; return the row and whether that is new."""
    current = hadir.musrenbang
    check_sitting(current)
    return _again(current, hadir, by)


def _again(
    musrenbang: Musrenbang, existing: Kehadiran, by: Pengguna, moment: datetime | None = None
) -> tuple[Kehadiran, bool]:
    again = note_again(musrenbang, existing, by, moment)
    existing.tersimpan = Stored(
        baru=again, pada=timezone.now() if again else existing.datang, oleh=by if again else existing.dicatat_oleh
    )
    return existing, again


def _check_same(existing: Kehadiran, content: dict[str, Any]) -> None:
    """An invitation that was used is answered with who is here, never as if somebody else had been noted."""
    differences = [k for k in ("nama", "mewakili", "bersurat", "jenis_kelamin") if getattr(existing, k) != content[k]]
    if not differences:
        return
    surat = f", {'membawa' if existing.bersurat else 'tanpa'} surat kuasa" if existing.mewakili else ""
    raise Refused(
        f"Undangan {content['undangan'].sebutan} sudah dipakai: yang tercatat hadir {existing.nama} "
        f"({existing.jenis_kelamin}{surat}), {noted_words(existing, existing.musrenbang)}. Isian ini "
        f"({content['nama']}) belum "
        "dicatat. Bila yang lama keliru, hapus dahulu catatannya di daftar “Yang hadir”, lalu catat lagi."
    )


@allowed_in(BOLEH_HADIR, of="hadir.musrenbang")
def remove_kehadiran(*, hadir: Kehadiran, by: Pengguna) -> None:
    """Take a wrong entry out; who was noted stays readable in the trail. Earlier sittings keep whom they had."""
    current = hadir.musrenbang
    if leave_sitting(current, hadir, by):
        return
    discard_row(
        hadir,
        musrenbang=current,
        by=by,
        aksi="kehadiran.dihapus",
        kept=f"{hadir.nama} sudah menjadi anggota delegasi, duduk di kelompok, atau tercatat berbicara, jadi catatan "
        f"hadirnya tidak dapat dihapus.",
        rincian={"nama": hadir.nama, "lembaga": hadir.lembaga, "unsur": hadir.unsur},
    )
