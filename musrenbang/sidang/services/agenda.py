"""The agenda: made, reordered, run."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, ProtectedError
from django.utils import timezone

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services.sekali import once
from musrenbang.sidang.bawaan import AGENDA_BAWAAN
from musrenbang.sidang.izin import BOLEH_AGENDA, BOLEH_HADIR
from musrenbang.sidang.models import Agenda, Sidang
from musrenbang.sidang.queries.agenda import order_digest
from musrenbang.transisi import Ditolak

KOLOM = ["judul", "menit", "penanggung_jawab"]
KOLOM_SIDANG = ["agenda_mulai", "pendaftaran_tutup", "kuorum_desa", "target_perempuan"]


@allowed_in(BOLEH_AGENDA)
def fill_agenda(*, musrenbang: Musrenbang, by: Pengguna) -> int:
    """Write the usual agenda (seed B.3) when there is none; it starts with registration before the opening hour."""
    if Agenda.objects.filter(musrenbang=musrenbang).exists():
        raise Ditolak("Agenda sudah ada. Ubah yang ada, atau hapus dahulu butirnya.")
    ganti = {"N1": str(musrenbang.tahun_rencana), "N": str(musrenbang.tahun_pelaksanaan)}
    butir = [
        Agenda(musrenbang=musrenbang, urut=i, judul=judul.format(**ganti), menit=menit, penanggung_jawab=siapa)
        for i, (judul, menit, siapa) in enumerate(AGENDA_BAWAAN, 1)
    ]
    Agenda.objects.bulk_create(butir)
    sidang, _ = Sidang.objects.get_or_create(musrenbang=musrenbang)
    if musrenbang.jam_mulai and sidang.agenda_mulai is None:
        awal = datetime.combine(musrenbang.tanggal or timezone.localdate(), musrenbang.jam_mulai)
        mulai = (awal - timedelta(minutes=butir[0].menit)).time()
        tutup = (awal - timedelta(minutes=5)).time()
        Sidang.objects.filter(pk=sidang.pk).update(agenda_mulai=mulai, pendaftaran_tutup=tutup)
    audit.catat(musrenbang=musrenbang, by=by, aksi="agenda.disusun", objek=musrenbang, rincian={"butir": len(butir)})
    return len(butir)


@transaction.atomic
def add_agenda(*, musrenbang: Musrenbang, by: Pengguna, kunci: UUID, **nilai: Any) -> Agenda:
    """Add an item at the end from a form. The same form sent again returns the one that is there."""
    isi = {k: nilai[k] for k in KOLOM}
    sekali = once(Agenda, musrenbang=musrenbang, boleh=BOLEH_AGENDA, kunci=kunci, by=by, isi=isi)
    if sekali.ada:
        return sekali.ada
    return sekali.keep(_add(sekali.musrenbang, by, isi))


def _add(musrenbang: Musrenbang, by: Pengguna, isi: dict[str, Any]) -> Agenda:
    akhir = Agenda.objects.filter(musrenbang=musrenbang).aggregate(n=Max("urut"))["n"] or 0
    baru = Agenda.objects.create(musrenbang=musrenbang, urut=akhir + 1, **isi)
    audit.catat(musrenbang=musrenbang, by=by, aksi="agenda.ditambah", objek=baru)
    return baru


@allowed_in(BOLEH_AGENDA)
def save_agenda(
    *, musrenbang: Musrenbang, by: Pengguna, agenda: Agenda | None, versi: int | None = None, **nilai: Any
) -> Agenda:
    """Change an item, or add one (None) that no form guards; a stale save is told what stands there now."""
    isi = {k: nilai[k] for k in KOLOM}
    if agenda is None:
        return _add(musrenbang, by, isi)
    lama = _fresh(agenda, versi)
    rincian = audit.beda({k: getattr(lama, k) for k in KOLOM}, isi)
    if rincian:
        Agenda.objects.filter(pk=lama.pk).update(**isi, versi=F("versi") + 1)
        lama.refresh_from_db()
        audit.catat(musrenbang=musrenbang, by=by, aksi="agenda.diubah", objek=lama, rincian=rincian)
    return lama


def _fresh(agenda: Agenda, versi: int | None) -> Agenda:
    kini = Agenda.objects.filter(pk=agenda.pk).first()
    if kini is None:
        raise Ditolak("Butir ini sudah dihapus orang lain. Isian Anda masih ada di bawah.")
    if kini.versi != versi:
        raise Ditolak(
            f"Orang lain sudah mengubah butir ini: sekarang “{kini.judul}”, {kini.menit} menit"
            f"{', ' + kini.penanggung_jawab if kini.penanggung_jawab else ''}. Isian Anda belum disimpan dan masih ada "
            "di bawah; bandingkan, lalu simpan lagi."
        )
    return kini


@allowed_in(BOLEH_AGENDA, of="agenda.musrenbang")
def remove_agenda(*, agenda: Agenda, by: Pengguna) -> None:
    """Take an item out; one that has minutes stays (Ditolak)."""
    kini = agenda.musrenbang
    audit.catat(musrenbang=kini, by=by, aksi="agenda.dihapus", objek=agenda, rincian={"menit": agenda.menit})
    try:
        agenda.delete()
    except ProtectedError as galat:
        raise Ditolak(f"“{agenda.judul}” sudah punya notulen, jadi tidak dapat dihapus.") from galat


@allowed_in(BOLEH_AGENDA)
def reorder_agenda(*, musrenbang: Musrenbang, by: Pengguna, urutan: list[int], sidik: str) -> None:
    """Put the items into the order of ``urutan`` (keys). ``sidik`` is the digest of the order that the page showed."""
    lama = list(Agenda.objects.filter(musrenbang=musrenbang).values_list("pk", flat=True))
    if sidik != order_digest(lama) or sorted(urutan) != sorted(lama):
        raise Ditolak("Orang lain sudah mengubah urutan agenda. Muat ulang halaman, lalu pindahkan lagi.")
    if urutan == lama:
        return
    for i, pk in enumerate(urutan, 1):
        Agenda.objects.filter(pk=pk).update(urut=i)
    pindah = [str(a) for a in Agenda.objects.filter(musrenbang=musrenbang)]
    audit.catat(musrenbang=musrenbang, by=by, aksi="agenda.diurutkan", objek=musrenbang, rincian={"urutan": pindah})


@allowed_in(BOLEH_HADIR, of="agenda.musrenbang")
def start_agenda(*, agenda: Agenda, by: Pengguna) -> Agenda:
    """Begin an item now and end the one that runs. An item that ran already runs on. A second click changes nothing."""
    kini = agenda.musrenbang
    satu = Agenda.objects.get(pk=agenda.pk)
    if satu.mulai_pada and not satu.selesai_pada:
        return satu
    saat = timezone.now()
    for lain in Agenda.objects.filter(musrenbang=kini, mulai_pada__isnull=False, selesai_pada=None):
        _end(kini, lain, saat, by)
    Agenda.objects.filter(pk=satu.pk).update(mulai_pada=satu.mulai_pada or saat, selesai_pada=None)
    audit.catat(musrenbang=kini, by=by, aksi="agenda.dimulai", objek=satu)
    satu.refresh_from_db()
    return satu


@allowed_in(BOLEH_HADIR, of="agenda.musrenbang")
def finish_agenda(*, agenda: Agenda, by: Pengguna, lanjut: bool = False) -> Agenda | None:
    """End an item now; with ``lanjut`` begin the next that has not run, and return it."""
    kini = agenda.musrenbang
    satu = Agenda.objects.get(pk=agenda.pk)
    if satu.mulai_pada is None:
        raise Ditolak(f"“{satu.judul}” belum dimulai.")
    if satu.selesai_pada is None:
        _end(kini, satu, timezone.now(), by)
    berikut = Agenda.objects.filter(musrenbang=kini, mulai_pada=None, urut__gt=satu.urut).first()
    return start_agenda(agenda=berikut, by=by) if lanjut and berikut else None


def _end(musrenbang: Musrenbang, agenda: Agenda, saat: datetime, by: Pengguna) -> None:
    Agenda.objects.filter(pk=agenda.pk, selesai_pada=None).update(selesai_pada=saat)
    agenda.pembicara.filter(mulai_pada__isnull=False, selesai_pada=None).update(selesai_pada=saat)
    audit.catat(musrenbang=musrenbang, by=by, aksi="agenda.selesai", objek=agenda)


@allowed_in(BOLEH_HADIR, of="agenda.musrenbang")
def reset_agenda(*, agenda: Agenda, by: Pengguna) -> None:
    """Take back a start that was a slip; the trail keeps both."""
    kini = agenda.musrenbang
    Agenda.objects.filter(pk=agenda.pk).update(mulai_pada=None, selesai_pada=None)
    audit.catat(musrenbang=kini, by=by, aksi="agenda.diulang", objek=agenda)


@allowed_in(BOLEH_AGENDA)
def save_sidang(*, musrenbang: Musrenbang, by: Pengguna, versi: int | None, **nilai: Any) -> Sidang:
    """Set hours, quorum and the women's share that the day warns about; a stale save is refused."""
    sidang, _ = Sidang.objects.select_for_update().get_or_create(musrenbang=musrenbang)
    if sidang.versi != versi:
        raise Ditolak("Orang lain sudah mengubah pengaturan sidang. Isian Anda masih ada; periksa, lalu simpan lagi.")
    isi = {k: nilai[k] for k in KOLOM_SIDANG}
    rincian = audit.beda({k: getattr(sidang, k) for k in KOLOM_SIDANG}, isi)
    if rincian:
        Sidang.objects.filter(pk=sidang.pk).update(**isi, versi=F("versi") + 1)
        audit.catat(musrenbang=musrenbang, by=by, aksi="sidang.diatur", objek=sidang, rincian=rincian)
    return sidang
