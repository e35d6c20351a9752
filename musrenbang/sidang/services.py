"""Recording attendance."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from musrenbang import audit
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services import lock_musrenbang
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import BOLEH_HADIR
from musrenbang.transisi import Ditolak


@transaction.atomic
def record_kehadiran(*, musrenbang: Musrenbang, by: Pengguna, kunci: UUID, **isi: Any) -> Kehadiran:
    """Note one person as present. The same ``kunci`` again returns the first row; a double name is refused."""
    kini = lock_musrenbang(musrenbang, BOLEH_HADIR)
    ada = Kehadiran.objects.filter(kunci=kunci, musrenbang=kini).first()
    if ada:
        return ada
    try:
        with transaction.atomic():
            hadir = Kehadiran.objects.create(musrenbang=kini, kunci=kunci, dicatat_oleh=by, **isi)
    except IntegrityError as galat:
        raise Ditolak(f"{isi['nama']} dari {isi['lembaga']} sudah tercatat hadir.") from galat
    audit.catat(musrenbang=kini, by=by, aksi="kehadiran.dicatat", objek=hadir)
    return hadir


@transaction.atomic
def remove_kehadiran(*, hadir: Kehadiran, by: Pengguna) -> None:
    """Take a wrong entry out; who was noted stays readable in the trail."""
    kini = lock_musrenbang(hadir.musrenbang, BOLEH_HADIR)
    audit.catat(
        musrenbang=kini, by=by, aksi="kehadiran.dihapus", objek=hadir,
        rincian={"nama": hadir.nama, "lembaga": hadir.lembaga, "unsur": hadir.unsur},
    )  # fmt: skip
    try:
        hadir.delete()
    except ProtectedError as galat:
        raise Ditolak(f"{hadir.nama} sudah menjadi delegat, jadi catatan hadirnya tidak dapat dihapus.") from galat
