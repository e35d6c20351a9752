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
    satu = Pejabat(kecamatan=musrenbang.kecamatan, **isi)
    try:
        satu.full_clean()
    except ValidationError as galat:
        raise Ditolak(" ".join(galat.messages)) from galat
    sama = Pejabat.objects.filter(kecamatan=musrenbang.kecamatan, **{k: isi[k] for k in ("cara", "nama", "mulai")})
    if sama.exists():
        raise Ditolak(f"{satu} sejak tanggal itu sudah dicatat. Hapus dahulu yang lama bila masanya keliru.")
    satu.save()
    audit.catat(musrenbang=musrenbang, by=by, aksi="pejabat.ditambah", objek=satu, rincian=_period(satu))
    return satu


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
    hari_ini: date = timezone.localdate(timezone=kecamatan.kabupaten.tz)
    semua = Pejabat.objects.filter(kecamatan=kecamatan, cara=CaraJabat.CAMAT)
    terbuka = semua.filter(sampai=None)
    if not datang:
        if not terbuka.filter(nama=orang.nama).update(sampai=hari_ini) and not semua.filter(nama=orang.nama).exists():
            _record(kecamatan, orang, None, hari_ini)
        return
    lain = Keanggotaan.objects.filter(kecamatan=kecamatan, peran=Peran.CAMAT).exclude(pengguna=orang)
    sebelum = lain.select_related("pengguna").order_by("-pk").first()
    if not terbuka.update(sampai=hari_ini - timedelta(days=1)) and sebelum:
        _record(kecamatan, sebelum.pengguna, None, hari_ini - timedelta(days=1))
    if semua.exists():
        _record(kecamatan, orang, hari_ini, None)


def correct_name(*, lama: str, orang: Pengguna) -> None:
    """Carry a corrected name into the periods that run; those that ended keep the name of their time."""
    tempat = orang.keanggotaan.filter(peran=Peran.CAMAT).values("kecamatan")
    Pejabat.objects.filter(kecamatan__in=tempat, nama=lama, sampai=None).update(nama=orang.nama, nip=orang.nip)


def _record(kecamatan: Kecamatan, orang: Pengguna, mulai: date | None, sampai: date | None) -> None:
    Pejabat.objects.create(
        kecamatan=kecamatan, cara=CaraJabat.CAMAT, nama=orang.nama, nip=orang.nip, mulai=mulai, sampai=sampai
    )
