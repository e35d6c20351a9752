"""Scheduling an event."""

from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Kecamatan, Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.states import FASE
from musrenbang.transisi import Refused


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
    """Create the event of a kecamatan for a year; used by Bappeda. Raise Refused when there is one already."""
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
    except IntegrityError as error:
        same = Musrenbang.objects.filter(kecamatan=kecamatan, tahun_pelaksanaan=tahun_pelaksanaan, hanya_diimpor=True)
        if same.exists():
            raise Refused(
                f"Hasil {sebutan.musrenbang} {kecamatan.nama} tahun {tahun_pelaksanaan} sudah diunggah dari berkas, "
                "jadi tahun itu tidak dapat dijadwalkan lagi."
            ) from error
        raise Refused(f"{sebutan.musrenbang} {kecamatan.nama} tahun {tahun_pelaksanaan} sudah dijadwalkan.") from error
    audit.record(musrenbang=musrenbang, by=by, aksi="musrenbang.dijadwalkan", objek=musrenbang, ke=musrenbang.tahap)
    return musrenbang


@allowed_in(FASE["Sebelum sidang"])
def update_jadwal(
    *, musrenbang: Musrenbang, by: Pengguna, tanggal: date, jam_mulai: time, tempat: str, pimpinan_sidang: str
) -> None:
    """Set date, hour, place and chair; allowed until the meeting is opened."""
    new = {"tanggal": tanggal, "jam_mulai": jam_mulai, "tempat": tempat, "pimpinan_sidang": pimpinan_sidang}
    difference = audit.diff({k: getattr(musrenbang, k) for k in new}, new)
    if not difference:
        return
    Musrenbang.objects.filter(pk=musrenbang.pk).update(**new)
    audit.record(musrenbang=musrenbang, by=by, aksi="musrenbang.jadwal", objek=musrenbang, rincian=difference)
