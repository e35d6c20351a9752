"""Reads of people and their accounts."""

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Max, Prefetch, Q, QuerySet

from musrenbang import limits
from musrenbang.akun import sign_in_code
from musrenbang.models import (
    Kabupaten,
    Keanggotaan,
    Musrenbang,
    Pengguna,
)
from musrenbang.queries import roles_in


def home_kabupaten(pengguna: Pengguna) -> set[int]:
    """Return the keys of the kabupaten that a person works in (one query)."""
    column = ("kabupaten", "kecamatan__kabupaten", "desa__kecamatan__kabupaten", "skpd__kabupaten")
    content = Keanggotaan.objects.filter(pengguna=pengguna).values_list(*column)
    return {pk for baris in content for pk in baris if pk}


def list_people(kabupaten: Kabupaten, *, cari: str = "", peran: str = "", keadaan: str = "") -> QuerySet[Pengguna]:
    """Return everybody with a role in a kabupaten, by name, with those roles.

    ``keadaan``: ``menunggu`` (no password chosen yet), ``aktif`` or ``nonaktif``.
    """
    here = roles_in(kabupaten)
    if peran:
        here = here.filter(peran=peran)
    if cari:
        here = here.filter(
            Q(pengguna__nama__icontains=cari)
            | Q(pengguna__username__icontains=cari)
            | Q(kecamatan__nama__icontains=cari)
            | Q(desa__nama__icontains=cari)
            | Q(skpd__nama__icontains=cari)
        )
    everything = Pengguna.objects.filter(pk__in=here.values("pengguna"))
    if keadaan in KEADAAN_ORANG:
        everything = everything.filter(KEADAAN_ORANG[keadaan])
    return everything.prefetch_related(Prefetch("keanggotaan", roles_in(kabupaten))).order_by("nama", "pk")


KEADAAN_ORANG = {
    "menunggu": Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX),
    "aktif": Q(is_active=True) & ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX),
    "nonaktif": Q(is_active=False),
}


def count_people(kabupaten: Kabupaten) -> dict[str, int]:
    """Return how many people wait, are active, were deactivated (one query)."""
    person = Pengguna.objects.filter(pk__in=roles_in(kabupaten).values("pengguna"))
    count: dict[str, int] = person.aggregate(**{k: Count("pk", filter=q) for k, q in KEADAAN_ORANG.items()})
    return count


def people_of(musrenbang: Musrenbang) -> QuerySet[Pengguna]:
    """Return the people with a role in the kecamatan of the event or in one of its desa."""
    at = Q(kecamatan=musrenbang.kecamatan_id) | Q(desa__kecamatan=musrenbang.kecamatan_id)
    return Pengguna.objects.filter(pk__in=Keanggotaan.objects.filter(at).values("pengguna")).order_by("nama")


@dataclass(frozen=True)
class AkunWaiting:
    """A person whose wrong passwords or codes are still counted, and how many there were."""

    orang: Pengguna
    salah: int


def list_waiting(musrenbang: Musrenbang) -> list[AkunWaiting]:
    """Return the people of the event who typed wrong passwords or codes lately, most first (four queries)."""
    person = {limits.account_mark(p.username): p for p in people_of(musrenbang)}
    baris = limits.recent().filter(akun__in=list(person)).values("akun").annotate(n=Max("jumlah"))
    wrong = dict(baris.values_list("akun", "n"))
    kode = sign_in_code.failures([p.pk for p in person.values()])
    results = [AkunWaiting(p, wrong.get(mark, 0) + kode.get(p.pk, 0)) for mark, p in person.items()]
    return sorted((a for a in results if a.salah), key=lambda a: -a.salah)
