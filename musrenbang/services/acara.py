"""Scheduling an event, and locking it while its rows are written."""

from collections.abc import Container
from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.models import Kecamatan, Musrenbang, Pengguna
from musrenbang.pertanyaan import Question
from musrenbang.states import FASE, SaatSidang
from musrenbang.transisi import Ditolak

rest_words: Question[[Musrenbang], str] = Question("why the work of the meeting rests now")
"""Why the work of the meeting rests now; "" while it runs."""
permit_words: Question[[Musrenbang], str] = Question("why the laptop of a hall may not change its event any more")
"""Why the laptop of a hall may not change its event any more; "" where it may, and on a server."""


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

    While the meeting is adjourned its own work (``SaatSidang``) rests.
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
    if isinstance(boleh, SaatSidang) and (berhenti := rest_words(kini)):
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
    if izin := permit_words(musrenbang):
        raise Ditolak(f"{izin} Tidak ada yang disimpan.")
