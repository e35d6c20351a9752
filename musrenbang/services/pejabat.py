"""Who signs for the Camat, and since when."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import CaraJabat, Keanggotaan, Kecamatan, Musrenbang, Pejabat, Pengguna
from musrenbang.states import KAPAN_SAJA, Peran
from musrenbang.transisi import Ditolak


@allowed_in(KAPAN_SAJA)
def add_pejabat(*, musrenbang: Musrenbang, by: Pengguna, **isi: Any) -> Pejabat:
    """Record a period in which a person signs the Camat's papers; issued papers keep who signed them.

    Raises Ditolak for a period that ends before it begins, "a.n." without the own post, and the same period again.
    """
    one = Pejabat(kecamatan=musrenbang.kecamatan, **isi)
    try:
        one.full_clean()
    except ValidationError as error:
        raise Ditolak(" ".join(error.messages)) from error
    same = Pejabat.objects.filter(kecamatan=musrenbang.kecamatan, **{k: isi[k] for k in ("cara", "nama", "mulai")})
    if same.exists():
        raise Ditolak(f"{one} sejak tanggal itu sudah dicatat. Hapus dahulu yang lama bila masanya keliru.")
    one.save()
    audit.catat(musrenbang=musrenbang, by=by, aksi="pejabat.ditambah", objek=one, rincian=_period(one))
    return one


@allowed_in(KAPAN_SAJA)
def remove_pejabat(*, musrenbang: Musrenbang, by: Pengguna, pejabat: Pejabat) -> None:
    """Take a period out that was recorded by mistake; issued papers keep who signed them."""
    audit.catat(musrenbang=musrenbang, by=by, aksi="pejabat.dihapus", objek=pejabat, rincian=_period(pejabat))
    pejabat.delete()


def _period(satu: Pejabat) -> dict[str, str]:
    return {"sejak": str(satu.mulai or "semula"), "sampai": str(satu.sampai or "seterusnya")}


def note_camat(*, kecamatan: Kecamatan, orang: Pengguna, datang: bool) -> None:
    """Keep the old Camat's papers the old one's when an account becomes Camat (``datang``) or ceases to be.

    Runs in the transaction that changes the role. Nothing is recorded for the first Camat of a kecamatan.
    """
    today: date = timezone.localdate(timezone=kecamatan.kabupaten.tz)
    everything = Pejabat.objects.filter(kecamatan=kecamatan, cara=CaraJabat.CAMAT)
    opened = everything.filter(sampai=None)
    if not datang:
        if not opened.filter(nama=orang.nama).update(sampai=today) and not everything.filter(nama=orang.nama).exists():
            _record(kecamatan, orang, None, today)
        return
    other = Keanggotaan.objects.filter(kecamatan=kecamatan, peran=Peran.CAMAT).exclude(pengguna=orang)
    before = other.select_related("pengguna").order_by("-pk").first()
    if not opened.update(sampai=today - timedelta(days=1)) and before:
        _record(kecamatan, before.pengguna, None, today - timedelta(days=1))
    if everything.exists():
        _record(kecamatan, orang, today, None)


def correct_name(*, lama: str, orang: Pengguna) -> None:
    """Carry a corrected name into the periods that run; those that ended keep the name of their time."""
    place = orang.keanggotaan.filter(peran=Peran.CAMAT).values("kecamatan")
    Pejabat.objects.filter(kecamatan__in=place, nama=lama, sampai=None).update(nama=orang.nama, nip=orang.nip)


def _record(kecamatan: Kecamatan, orang: Pengguna, mulai: date | None, sampai: date | None) -> None:
    Pejabat.objects.create(
        kecamatan=kecamatan, cara=CaraJabat.CAMAT, nama=orang.nama, nip=orang.nip, mulai=mulai, sampai=sampai
    )
