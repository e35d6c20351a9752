"""The agenda: made, reordered, run."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services.once import once
from musrenbang.services.rows import change_row, discard_row
from musrenbang.sidang.defaults import AGENDA_BAWAAN
from musrenbang.sidang.izin import BOLEH_AGENDA, BOLEH_HADIR
from musrenbang.sidang.models import Agenda, Sidang
from musrenbang.sidang.queries.agenda import later_stage, order_digest
from musrenbang.states import Tahap
from musrenbang.transisi import Refused

KOLOM = ["judul", "menit", "penanggung_jawab", "tahap"]
KOLOM_SIDANG = ["agenda_mulai", "pendaftaran_tutup", "kuorum_desa", "target_perempuan"]


@allowed_in(BOLEH_AGENDA)
def fill_agenda(*, musrenbang: Musrenbang, by: Pengguna) -> int:
    """Write the usual agenda (seed B.3) when there is none; it starts with registration before the opening hour."""
    if Agenda.objects.filter(musrenbang=musrenbang).exists():
        raise Refused("Agenda sudah ada. Ubah yang ada, atau hapus dahulu butirnya.")
    replace = {"N1": str(musrenbang.tahun_rencana), "N": str(musrenbang.tahun_pelaksanaan)}
    items = [
        Agenda(
            musrenbang=musrenbang,
            urut=i,
            judul=judul.format(**replace),
            menit=minutes,
            penanggung_jawab=who,
            tahap=tahap,
        )
        for i, (judul, minutes, who, tahap) in enumerate(AGENDA_BAWAAN, 1)
    ]
    Agenda.objects.bulk_create(items)
    sidang, _ = Sidang.objects.get_or_create(musrenbang=musrenbang)
    if musrenbang.jam_mulai and sidang.agenda_mulai is None:
        start = datetime.combine(musrenbang.tanggal or timezone.localdate(), musrenbang.jam_mulai)
        begin = (start - timedelta(minutes=items[0].menit)).time()
        close = (start - timedelta(minutes=5)).time()
        Sidang.objects.filter(pk=sidang.pk).update(agenda_mulai=begin, pendaftaran_tutup=close)
    audit.record(musrenbang=musrenbang, by=by, aksi="agenda.disusun", objek=musrenbang, rincian={"butir": len(items)})
    return len(items)


@transaction.atomic
def add_agenda(*, musrenbang: Musrenbang, by: Pengguna, kunci: UUID, **nilai: Any) -> Agenda:
    """Add an item at the end from a form. The same form sent again returns the one that is there."""
    content = {k: nilai[k] for k in KOLOM if k in nilai}
    one_pass = once(Agenda, musrenbang=musrenbang, allowed=BOLEH_AGENDA, kunci=kunci, by=by, content=content)
    if one_pass.ada:
        return one_pass.ada
    return one_pass.keep(_add(one_pass.musrenbang, by, content))


def _add(musrenbang: Musrenbang, by: Pengguna, isi: dict[str, Any]) -> Agenda:
    end = Agenda.objects.filter(musrenbang=musrenbang).aggregate(n=Max("urut"))["n"] or 0
    new = Agenda.objects.create(musrenbang=musrenbang, urut=end + 1, **isi)
    audit.record(musrenbang=musrenbang, by=by, aksi="agenda.ditambah", objek=new)
    return new


@allowed_in(BOLEH_AGENDA)
def save_agenda(
    *, musrenbang: Musrenbang, by: Pengguna, agenda: Agenda | None, versi: int | None = None, **nilai: Any
) -> Agenda:
    """Change an item, or add one (None) that no form guards; a stale save is told what stands there now."""
    content = {k: nilai[k] for k in KOLOM if k in nilai}
    if agenda is None:
        return _add(musrenbang, by, content)
    old = _fresh(agenda, versi)
    return change_row(old, content, musrenbang=musrenbang, by=by, aksi="agenda.diubah")


def _fresh(agenda: Agenda, versi: int | None) -> Agenda:
    current = Agenda.objects.filter(pk=agenda.pk).first()
    if current is None:
        raise Refused("Mata acara ini sudah dihapus orang lain. Isian Anda masih ada di bawah.")
    if current.versi != versi:
        who = f", {current.penanggung_jawab}" if current.penanggung_jawab else ""
        now = f"“{current.judul}”, {current.menit} menit{who}"
        raise Refused(audit.stale(current, "mata acara ini", "agenda.diubah", now=now))
    return current


@allowed_in(BOLEH_AGENDA, of="agenda.musrenbang")
def remove_agenda(*, agenda: Agenda, by: Pengguna) -> None:
    """Take an item out; one that has minutes stays (Refused)."""
    discard_row(
        agenda,
        musrenbang=agenda.musrenbang,
        by=by,
        aksi="agenda.dihapus",
        kept=f"“{agenda.judul}” sudah punya notulen, jadi tidak dapat dihapus.",
        rincian={"menit": agenda.menit},
    )


@allowed_in(BOLEH_AGENDA)
def reorder_agenda(*, musrenbang: Musrenbang, by: Pengguna, urutan: list[int], sidik: str) -> None:
    """Put the items into the order of ``urutan`` (keys). ``sidik`` is the digest of the order that the page showed."""
    previous = list(Agenda.objects.filter(musrenbang=musrenbang).values_list("pk", flat=True))
    if sidik != order_digest(previous) or sorted(urutan) != sorted(previous):
        raise Refused(
            audit.stale(
                musrenbang, "urutan agenda", "agenda.diurutkan", after="Muat ulang halaman, lalu pindahkan lagi."
            )
        )
    if urutan == previous:
        return
    for i, pk in enumerate(urutan, 1):
        Agenda.objects.filter(pk=pk).update(urut=i)
    moves = [str(a) for a in Agenda.objects.filter(musrenbang=musrenbang)]
    audit.record(musrenbang=musrenbang, by=by, aksi="agenda.diurutkan", objek=musrenbang, rincian={"urutan": moves})


@allowed_in(BOLEH_HADIR, of="agenda.musrenbang")
def start_agenda(*, agenda: Agenda, by: Pengguna) -> Agenda:
    """Begin an item now and end the one that runs. An item that ran already runs on. A second click changes nothing.

    An item of a later stage is refused: the stage is moved, and its item begins with it.
    """
    current = agenda.musrenbang
    one = Agenda.objects.get(pk=agenda.pk)
    if one.mulai_pada and not one.selesai_pada:
        return one
    if stage := later_stage(one, current.tahap):
        raise Refused(
            f"“{one.judul}” termasuk tahap {stage}, sedangkan Musrenbang ini masih pada tahap "
            f"“{current.get_tahap_display()}”. Mulai tahap itu di halaman Hari sidang; mata acaranya ikut dimulai."
        )
    return _begin(current, one, by)


def _begin(current: Musrenbang, one: Agenda, by: Pengguna) -> Agenda:
    """Begin an item of a locked event, and end the one that runs."""
    moment = timezone.now()
    for other in Agenda.objects.filter(musrenbang=current, mulai_pada__isnull=False, selesai_pada=None):
        _end(current, other, moment, by)
    Agenda.objects.filter(pk=one.pk).update(mulai_pada=one.mulai_pada or moment, selesai_pada=None)
    audit.record(musrenbang=current, by=by, aksi="agenda.dimulai", objek=one)
    one.refresh_from_db()
    return one


@allowed_in(BOLEH_HADIR, of="agenda.musrenbang")
def finish_agenda(*, agenda: Agenda, by: Pengguna, lanjut: bool = False) -> Agenda | None:
    """End an item now; with ``lanjut`` begin the next that has not run, and return it."""
    current = agenda.musrenbang
    one = Agenda.objects.get(pk=agenda.pk)
    if one.mulai_pada is None:
        raise Refused(f"“{one.judul}” belum dimulai.")
    if one.selesai_pada is None:
        _end(current, one, timezone.now(), by)
    following = Agenda.objects.filter(musrenbang=current, mulai_pada=None, urut__gt=one.urut).first()
    waits = following is None or later_stage(following, current.tahap)
    return _begin(current, following, by) if lanjut and following and not waits else None


def follow_stage(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Let the agenda follow a move of the event, in the transaction of the move: one clock for the day.

    What runs goes on when it belongs to the stage entered, or to no stage and the stage has no item of its own; else
    it ends. Of the stage entered the item begins at which the stage was left, or its first one. Registration, before
    the opening, may be days away and is begun by hand.
    """
    items = list(Agenda.objects.filter(musrenbang=musrenbang))
    running = next((a for a in items if a.mulai_pada and a.selesai_pada is None), None)
    own = [a for a in items if a.tahap == musrenbang.tahap]
    ran = [a for a in own if a.mulai_pada]
    begin = max(ran, key=_began) if ran else next(iter(own), None)
    if begin is not None and musrenbang.tahap == Tahap.SIAP and not ran:
        begin = None
    if begin is not None and not (running and running.tahap == musrenbang.tahap):
        _begin(musrenbang, begin, by)
    elif running and running.tahap != musrenbang.tahap and (running.tahap or musrenbang.tahap not in BOLEH_HADIR):
        _end(musrenbang, running, timezone.now(), by)


def _began(agenda: Agenda) -> datetime:
    assert agenda.mulai_pada is not None  # asked only of items that ran
    return agenda.mulai_pada


def _end(musrenbang: Musrenbang, agenda: Agenda, moment: datetime, by: Pengguna) -> None:
    Agenda.objects.filter(pk=agenda.pk, selesai_pada=None).update(selesai_pada=moment)
    agenda.pembicara.filter(mulai_pada__isnull=False, selesai_pada=None).update(selesai_pada=moment)
    audit.record(musrenbang=musrenbang, by=by, aksi="agenda.selesai", objek=agenda)


@allowed_in(BOLEH_HADIR, of="agenda.musrenbang")
def reset_agenda(*, agenda: Agenda, by: Pengguna) -> None:
    """Take back a start that was a slip; the trail keeps both."""
    current = agenda.musrenbang
    Agenda.objects.filter(pk=agenda.pk).update(mulai_pada=None, selesai_pada=None)
    audit.record(musrenbang=current, by=by, aksi="agenda.diulang", objek=agenda)


@allowed_in(BOLEH_AGENDA)
def save_sidang(*, musrenbang: Musrenbang, by: Pengguna, versi: int | None, **nilai: Any) -> Sidang:
    """Set hours, quorum and the women's share that the day warns about; a stale save is refused."""
    sidang, _ = Sidang.objects.select_for_update().get_or_create(musrenbang=musrenbang)
    if sidang.versi != versi:
        raise Refused(audit.stale(sidang, "pengaturan sidang", "sidang.diatur"))
    content = {k: nilai[k] for k in KOLOM_SIDANG}
    return change_row(sidang, content, musrenbang=musrenbang, by=by, aksi="sidang.diatur")
