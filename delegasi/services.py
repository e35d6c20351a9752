"""Choosing delegates."""

from uuid import UUID

from django.db import IntegrityError, transaction

from delegasi.komposisi import JUMLAH, KURSI, NAMA
from delegasi.models import Delegat
from musrenbang import audit
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services import lock_musrenbang
from musrenbang.sidang.models import Kehadiran
from musrenbang.states import BOLEH_DELEGASI
from musrenbang.transisi import Ditolak


@transaction.atomic
def add_delegat(*, musrenbang: Musrenbang, kehadiran: Kehadiran, unsur: str, kunci: UUID, by: Pengguna) -> Delegat:
    """Choose a person who is present for a seat. The same ``kunci`` again returns the first row.

    Raises Ditolak when the seats of that unsur are taken or the person is a delegate already.
    """
    kini = lock_musrenbang(musrenbang, BOLEH_DELEGASI)
    ada = Delegat.objects.filter(musrenbang=kini, kunci=kunci).first()
    if ada:
        return ada
    terisi = list(Delegat.objects.filter(musrenbang=kini).values_list("unsur", flat=True))
    if len(terisi) >= JUMLAH:
        raise Ditolak(
            f"Keenam kursi delegasi sudah terisi. Keluarkan dahulu seseorang bila {kehadiran.nama} menggantikan."
        )
    if terisi.count(unsur) >= KURSI[unsur]:
        raise Ditolak(f"Kursi {NAMA[unsur]} sudah terisi ({KURSI[unsur]} orang).")
    try:
        with transaction.atomic():
            delegat = Delegat.objects.create(
                musrenbang=kini, kehadiran=kehadiran, unsur=unsur, nama=kehadiran.nama, kunci=kunci, dicatat_oleh=by,
                jenis_kelamin=kehadiran.jenis_kelamin, lembaga=kehadiran.lembaga, alamat=kehadiran.alamat,
            )  # fmt: skip
    except IntegrityError as galat:
        raise Ditolak(f"{kehadiran.nama} sudah menjadi delegat.") from galat
    audit.catat(musrenbang=kini, by=by, aksi="delegasi.dipilih", objek=delegat)
    return delegat


@transaction.atomic
def remove_delegat(*, delegat: Delegat, by: Pengguna) -> None:
    """Take a delegate off the list while it is open; the trail keeps the name."""
    kini = lock_musrenbang(delegat.musrenbang, BOLEH_DELEGASI)
    audit.catat(musrenbang=kini, by=by, aksi="delegasi.dikeluarkan", objek=delegat)
    delegat.delete()
