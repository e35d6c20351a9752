"""Scheduling an event and moving it through its stages."""

from collections.abc import Callable, Container
from datetime import date, time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string
from django.utils.text import slugify

from musrenbang import audit, syarat, transisi
from musrenbang import format as tulis
from musrenbang.antrean import enqueue
from musrenbang.models import Kecamatan, Musrenbang, Pengguna
from musrenbang.services.jangkar import fix_facts, sign_checkpoint, sign_reference_later
from musrenbang.states import DITANDATANGANI, FASE, HENTI_SAAT_SKORS, MOVES, Tahap
from musrenbang.transisi import Ditolak

Akibat = Callable[..., None]


class BelumLengkap(Ditolak):
    """The checklist of the stage is not empty. ``kekurangan`` lists what is missing."""

    def __init__(self, kekurangan: list[syarat.Kekurangan]) -> None:
        self.kekurangan = kekurangan
        super().__init__("Belum dapat dilanjutkan: " + " ".join(k.text for k in kekurangan))


@transaction.atomic
def schedule_musrenbang(
    *,
    kecamatan: Kecamatan,
    tahun_pelaksanaan: int,
    by: Pengguna,
    tanggal: date | None = None,
    jam_mulai: time | None = None,
    tempat: str = "",
) -> Musrenbang:
    """Create the event of a kecamatan for a year; used by Bappeda. Raise Ditolak when there is one already."""
    tahun_rencana = tahun_pelaksanaan + 1
    slug = f"{slugify(kecamatan.nama)}-{tahun_rencana}"
    if Musrenbang.objects.filter(slug=slug).exists():  # another kecamatan of the same name
        slug = f"{slugify(kecamatan.nama)}-{kecamatan.kode.replace('.', '')}-{tahun_rencana}"
    try:
        with transaction.atomic():
            musrenbang = Musrenbang.objects.create(
                kecamatan=kecamatan,
                slug=slug,
                tahun_pelaksanaan=tahun_pelaksanaan,
                tahun_rencana=tahun_rencana,
                tanggal=tanggal,
                jam_mulai=jam_mulai,
                tempat=tempat,
            )
    except IntegrityError as galat:
        raise Ditolak(f"Musrenbang Kecamatan {kecamatan.nama} tahun {tahun_pelaksanaan} sudah dijadwalkan.") from galat
    audit.catat(musrenbang=musrenbang, by=by, aksi="musrenbang.dijadwalkan", objek=musrenbang, ke=musrenbang.tahap)
    return musrenbang


@transaction.atomic
def update_jadwal(
    *, musrenbang: Musrenbang, by: Pengguna, tanggal: date, jam_mulai: time, tempat: str, pimpinan_sidang: str
) -> None:
    """Set date, hour, place and chair; allowed until the meeting is opened."""
    kini = lock_musrenbang(musrenbang, FASE["Pra"])
    baru = {"tanggal": tanggal, "jam_mulai": jam_mulai, "tempat": tempat, "pimpinan_sidang": pimpinan_sidang}
    beda = audit.beda({k: getattr(kini, k) for k in baru}, baru)
    if not beda:
        return
    Musrenbang.objects.filter(pk=kini.pk).update(**baru)
    audit.catat(musrenbang=kini, by=by, aksi="musrenbang.jadwal", objek=kini, rincian=beda)


def lock_musrenbang(musrenbang: Musrenbang, boleh: Container[str], *, dibawa: bool = False) -> Musrenbang:
    """Lock the event until the transaction ends and return it fresh; raise Ditolak outside the stages ``boleh``.

    While the meeting is adjourned its own work (``HENTI_SAAT_SKORS``) rests.
    While the event is in the hall nothing changes here, except for the services of the journey (``dibawa``).

    Every service that writes rows of an event calls this first, so that no row slips in while the stage moves on.
    """
    kini = (
        Musrenbang.objects.select_for_update(of=("self",))
        .select_related("kecamatan__kabupaten__provinsi")
        .get(pk=musrenbang.pk)
    )
    if not dibawa:
        check_here(kini)
    if kini.tahap not in boleh:
        raise Ditolak(
            f"Musrenbang ini sekarang pada tahap “{kini.get_tahap_display()}”; bagian ini tidak dapat diubah lagi "
            "pada tahap itu. Tidak ada yang disimpan."
        )
    if isinstance(boleh, set | frozenset) and boleh in HENTI_SAAT_SKORS:
        berhenti: str = import_string(settings.SIDANG_BERHENTI)(kini)
        if berhenti:
            raise Ditolak(f"{berhenti} Tidak ada yang disimpan.")
    return kini


def check_here(musrenbang: Musrenbang) -> None:
    """Raise Ditolak while the event is changed elsewhere: on the laptop in the hall, or on the server again."""
    if musrenbang.dibawa_pada:
        sejak = musrenbang.dibawa_pada.astimezone(musrenbang.kecamatan.kabupaten.tz)
        raise Ditolak(
            f"Musrenbang ini sedang dibawa sejak {tulis.tanggal(sejak.date())} pukul {tulis.jam(sejak.time())}, jadi "
            "di sini tidak dapat diubah. Lihat halaman “Bawa ke aula”. Tidak ada yang disimpan."
        )
    if izin := import_string(settings.IZIN_AULA)(musrenbang):
        raise Ditolak(f"{izin} Tidak ada yang disimpan.")


@transaction.atomic
def advance_musrenbang(*, musrenbang: Musrenbang, dari: str, ke: str, by: Pengguna, alasan: str = "") -> None:
    """Move the event from the stage the person saw to ``ke``: checklist, effects, swap and audit in one transaction.

    What the move fixes becomes leaves of the record, and moves that bind are signed (``musrenbang.services.jangkar``).
    Raises BelumLengkap with the list of what is missing, TransisiDitolak when the stage changed meanwhile, and
    Ditolak when a reason is needed and not given. Whether the person may make the move is asked by the view.
    """
    pindah = MOVES.get((dari, ke))
    if pindah and pindah.perlu_alasan and len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan alasannya (sekurang-kurangnya 5 huruf); alasan ini masuk ke jejak audit.")
    check_here(Musrenbang.objects.select_for_update().select_related("kecamatan__kabupaten").get(pk=musrenbang.pk))
    transisi.move(
        musrenbang, dari=dari, ke=ke, table=MOVES, musrenbang=musrenbang, by=by, alasan=alasan.strip(), kolom="tahap"
    )
    if pindah and not pindah.mundur:
        kurang = [k for k in syarat.collect(musrenbang, ke) if k.wajib]
        if kurang:
            musrenbang.tahap = Tahap(dari)  # the swap is rolled back with the transaction
            raise BelumLengkap(kurang)
    for path in settings.AKIBAT_TAHAP.get((dari, ke), []):
        akibat: Akibat = import_string(path)
        akibat(musrenbang=musrenbang, by=by, alasan=alasan.strip())
    fix_facts(musrenbang=musrenbang, by=by, dari=dari, ke=ke)
    if DITANDATANGANI & {dari, ke}:
        sign_checkpoint(musrenbang=musrenbang, by=by)
        sign_reference_later(musrenbang.kecamatan.kabupaten_id)
    if settings.CADANGAN_DIR and not settings.PEKERJA_TERPISAH:  # a server of many events has its backup by night
        enqueue("musrenbang.jobs.make_backup", nama=musrenbang.slug)
