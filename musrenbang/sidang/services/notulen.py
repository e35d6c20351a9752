"""Minutes and the list of speakers."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Pengguna
from musrenbang.services.once import once
from musrenbang.sidang.izin import BOLEH_HADIR
from musrenbang.sidang.models import Agenda, Kehadiran, Notulen, Pembicara
from musrenbang.transisi import Refused

KOLOM = ["kehadiran", "pertanyaan", "jawaban", "tindak_lanjut", "putusan"]


class RecordChanged(Refused):
    """Somebody else changed the note meanwhile; ``kini`` is what stands there now."""

    def __init__(self, current: Notulen, who: str) -> None:
        self.kini = current
        super().__init__(f"{who} sudah mengubah catatan ini. Tulisan Anda masih ada; bandingkan, lalu simpan.")


@transaction.atomic
def add_notulen(*, agenda: Agenda, by: Pengguna, kunci: UUID, kehadiran: Kehadiran | None = None) -> Notulen:
    """Open a new note under an item; the same form sent again returns the note that is there."""
    content = {"agenda": agenda.pk, "kehadiran": kehadiran.pk if kehadiran else None}
    one_pass = once(Notulen, musrenbang=agenda.musrenbang, allowed=BOLEH_HADIR, kunci=kunci, by=by, content=content)
    if one_pass.ada:
        return one_pass.ada
    catatan = Notulen.objects.create(agenda=agenda, kehadiran=kehadiran)
    audit.record(musrenbang=one_pass.musrenbang, by=by, aksi="notulen.ditambah", objek=catatan)
    return one_pass.keep(catatan)


@allowed_in(BOLEH_HADIR, of="notulen.agenda.musrenbang")
def save_notulen(*, notulen: Notulen, by: Pengguna, versi: int, **nilai: Any) -> Notulen:
    """Store a note. Raises RecordChanged when it is not the version that the person saw; the text is then theirs.

    Saving again what stands there already changes nothing and is no conflict, so a repeated request is harmless.
    """
    musrenbang = notulen.agenda.musrenbang
    current = Notulen.objects.select_for_update(of=("self",)).select_related("kehadiran", "agenda").get(pk=notulen.pk)
    content = {k: nilai[k] for k in KOLOM}
    details = audit.diff({k: getattr(current, k) for k in KOLOM}, content)
    if not details:
        return current
    if current.versi != versi:
        raise RecordChanged(current, _last_writer(current))
    Notulen.objects.filter(pk=current.pk).update(**content, versi=F("versi") + 1)
    current.refresh_from_db()
    audit.record(musrenbang=musrenbang, by=by, aksi="notulen.diubah", objek=current, rincian=details)
    return current


def _last_writer(notulen: Notulen) -> str:
    jejak = notulen.agenda.musrenbang.jejak.filter(objek_id=f"notulen:{notulen.pk}").select_related("pelaku").first()
    return str(jejak.pelaku) if jejak and jejak.pelaku else "Orang lain"


@allowed_in(BOLEH_HADIR, of="notulen.agenda.musrenbang")
def remove_notulen(*, notulen: Notulen, by: Pengguna) -> None:
    """Take a note out; its text stays in the trail."""
    musrenbang = notulen.agenda.musrenbang
    audit.record(
        musrenbang=musrenbang,
        by=by,
        aksi="notulen.dihapus",
        objek=notulen,
        rincian={k: str(getattr(notulen, k) or "") for k in KOLOM},
    )
    notulen.delete()


@transaction.atomic
def add_speaker(*, agenda: Agenda, kehadiran: Kehadiran, menit: int, by: Pengguna, kunci: UUID) -> Pembicara:
    """Put a person on the list of speakers of an item; the same form sent again returns the entry that is there.

    Raises Refused for a person who is waiting on that list already.
    """
    content = {"agenda": agenda.pk, "kehadiran": kehadiran.pk, "menit": menit}
    one_pass = once(Pembicara, musrenbang=agenda.musrenbang, allowed=BOLEH_HADIR, kunci=kunci, by=by, content=content)
    if one_pass.ada:
        return one_pass.ada
    waiting = Pembicara.objects.filter(agenda=agenda, kehadiran=kehadiran, mulai_pada=None).first()
    if waiting:
        raise Refused(
            f"{kehadiran.nama} sudah menunggu giliran bicara pada mata acara ini ({waiting.menit} menit). "
            "Hapus dahulu dari daftar bila menitnya berubah."
        )
    pembicara = Pembicara.objects.create(agenda=agenda, kehadiran=kehadiran, menit=menit)
    audit.record(musrenbang=one_pass.musrenbang, by=by, aksi="pembicara.ditambah", objek=pembicara)
    return one_pass.keep(pembicara)


@allowed_in(BOLEH_HADIR, of="pembicara.agenda.musrenbang")
def move_speaker(*, pembicara: Pembicara, by: Pengguna, aksi: str) -> None:
    """Let a person speak (``mulai``; ends who speaks now), end a speech (``selesai``), strike a name (``coret``)."""
    musrenbang = pembicara.agenda.musrenbang
    moment = timezone.now()
    running = Pembicara.objects.filter(agenda=pembicara.agenda_id, mulai_pada__isnull=False, selesai_pada=None)
    if aksi == "mulai":
        if Pembicara.objects.filter(pk=pembicara.pk, selesai_pada__isnull=False).exists():
            raise Refused(
                f"{pembicara.kehadiran.nama} sudah selesai berbicara; waktunya tercatat. Bila berbicara lagi, masukkan "
                "namanya sekali lagi ke daftar."
            )
        if not running.filter(pk=pembicara.pk).exists():
            running.update(selesai_pada=moment)
            Pembicara.objects.filter(pk=pembicara.pk).update(mulai_pada=moment, selesai_pada=None)
    elif aksi == "selesai":
        running.filter(pk=pembicara.pk).update(selesai_pada=moment)
    elif aksi == "coret" and pembicara.mulai_pada is None:
        Pembicara.objects.filter(pk=pembicara.pk).delete()
    else:
        raise Refused("Orang yang sudah berbicara tidak dapat dicoret dari daftar.")
    audit.record(musrenbang=musrenbang, by=by, aksi=f"pembicara.{aksi}", objek=pembicara)
