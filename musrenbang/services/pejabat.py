"""Who signs for the Camat, and since when."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Keanggotaan, Kecamatan, Musrenbang, OfficeWay, Pejabat, Pengguna
from musrenbang.states import KAPAN_SAJA, Peran
from musrenbang.transisi import Refused


@allowed_in(KAPAN_SAJA)
def add_pejabat(*, musrenbang: Musrenbang, by: Pengguna, **isi: Any) -> Pejabat:
    """Record a period in which a person signs the Camat's papers; issued papers keep who signed them.

    Raises Refused for a period that ends before it begins, "a.n." without the own post, and the same period again.
    """
    one = Pejabat(kecamatan=musrenbang.kecamatan, **isi)
    try:
        one.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    same = Pejabat.objects.filter(kecamatan=musrenbang.kecamatan, **{k: isi[k] for k in ("cara", "nama", "mulai")})
    if same.exists():
        raise Refused(f"{one} sejak tanggal itu sudah dicatat. Hapus dahulu yang lama bila masanya keliru.")
    one.save()
    audit.record(musrenbang=musrenbang, by=by, aksi="pejabat.ditambah", objek=one, rincian=_period(one))
    return one


@allowed_in(KAPAN_SAJA)
def remove_pejabat(*, musrenbang: Musrenbang, by: Pengguna, pejabat: Pejabat) -> None:
    """Take a period out that was recorded by mistake; issued papers keep who signed them."""
    audit.record(musrenbang=musrenbang, by=by, aksi="pejabat.dihapus", objek=pejabat, rincian=_period(pejabat))
    pejabat.delete()


def _period(one: Pejabat) -> dict[str, str]:
    return {"sejak": str(one.mulai or "semula"), "sampai": str(one.sampai or "seterusnya")}


def note_camat(*, kecamatan: Kecamatan, person: Pengguna, arrive: bool) -> None:
    """Keep the old Camat's papers the old one's when an account becomes Camat (``arrive``) or ceases to be.

    Runs in the transaction that changes the role. Nothing is recorded for the first Camat of a kecamatan.
    """
    today: date = timezone.localdate(timezone=kecamatan.kabupaten.tz)
    everything = Pejabat.objects.filter(kecamatan=kecamatan, cara=OfficeWay.CAMAT)
    opened = everything.filter(sampai=None)
    if not arrive:
        if (
            not opened.filter(nama=person.nama).update(sampai=today)
            and not everything.filter(nama=person.nama).exists()
        ):
            _record(kecamatan, person, None, today)
        return
    other = Keanggotaan.objects.filter(kecamatan=kecamatan, peran=Peran.CAMAT).exclude(pengguna=person)
    before = other.select_related("pengguna").order_by("-pk").first()
    if not opened.update(sampai=today - timedelta(days=1)) and before:
        _record(kecamatan, before.pengguna, None, today - timedelta(days=1))
    if everything.exists():
        _record(kecamatan, person, today, None)


def correct_name(*, old: str, person: Pengguna) -> None:
    """Carry a corrected name into the periods that run; those that ended keep the name of their time."""
    place = person.keanggotaan.filter(peran=Peran.CAMAT).values("kecamatan")
    Pejabat.objects.filter(kecamatan__in=place, nama=old, sampai=None).update(nama=person.nama, nip=person.nip)


def _record(kecamatan: Kecamatan, person: Pengguna, mulai: date | None, sampai: date | None) -> None:
    Pejabat.objects.create(
        kecamatan=kecamatan, cara=OfficeWay.CAMAT, nama=person.nama, nip=person.nip, mulai=mulai, sampai=sampai
    )
