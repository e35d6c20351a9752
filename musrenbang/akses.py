"""Fetch and authorise in one call: a stranger gets 404, a wrong role 403."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from musrenbang import batas
from musrenbang.models import Keanggotaan, Kecamatan, Musrenbang, Pengguna
from musrenbang.percobaan import begin_own
from musrenbang.percobaan import client_ip as client_ip
from musrenbang.rules import TIM, may
from musrenbang.states import Peran


@dataclass(frozen=True)
class Akses:
    """What one person is in one event. ``desa`` and ``skpd`` limit the rows seen when no wider role is held."""

    peran: frozenset[str]
    desa: frozenset[int]
    skpd: frozenset[int]

    def may(self, izin: str) -> bool:
        """Tell whether the permission is held."""
        return may(izin, self.peran)

    @property
    def terbatas(self) -> bool:
        """Only a desa or an SKPD: sees its own rows, not the whole list."""
        return self.peran <= {Peran.DESA, Peran.SKPD}

    @property
    def tim(self) -> bool:
        """One of the team that runs the meeting: the links of the checklist lead to what it may mend."""
        return bool(self.peran & TIM)

    @property
    def nama_peran(self) -> str:
        """The roles in words, for the header."""
        return ", ".join(sorted(Peran(p).label for p in self.peran))


def _keanggotaan_di(musrenbang: Musrenbang) -> Q:
    kecamatan = musrenbang.kecamatan
    return (
        Q(kecamatan_id=kecamatan.pk)
        | Q(kabupaten_id=kecamatan.kabupaten_id)
        | Q(desa__kecamatan_id=kecamatan.pk)
        | Q(skpd__kabupaten_id=kecamatan.kabupaten_id)
    )


def get_akses(user: Pengguna, musrenbang: Musrenbang) -> Akses:
    """Return what the person is in the event (one query); no roles means a stranger."""
    anggota = list(Keanggotaan.objects.filter(_keanggotaan_di(musrenbang), pengguna=user))
    peran = {a.peran for a in anggota}
    if user.is_superuser:
        peran.add(Peran.ADMIN)
    return Akses(
        peran=frozenset(peran),
        desa=frozenset(a.desa_id for a in anggota if a.desa_id),
        skpd=frozenset(a.skpd_id for a in anggota if a.skpd_id),
    )


def get_musrenbang_for(user: Pengguna, slug: str, izin: str = "lihat_acara") -> tuple[Musrenbang, Akses]:
    """Return the event and the person's access; Http404 for a stranger, PermissionDenied for a wrong role."""
    musrenbang = Musrenbang.objects.select_related("kecamatan__kabupaten__provinsi").filter(slug=slug).first()
    if musrenbang is None:
        raise Http404("Musrenbang tidak ditemukan.")
    akses = get_akses(user, musrenbang)
    if not akses.peran:
        raise Http404("Musrenbang tidak ditemukan.")
    if not akses.may(izin):
        raise PermissionDenied(f"Peran Anda ({akses.nama_peran}) tidak berwenang membuka atau mengubah bagian ini.")
    return musrenbang, akses


def list_musrenbang_for(user: Pengguna, anggota: Iterable[Keanggotaan]) -> QuerySet[Musrenbang]:
    """Return the events in which the person has any role, from the roles (with ``desa`` and ``skpd``).

    Asked as one condition over five tables, the database would look at every event of the nation.
    """
    semua = Musrenbang.objects.select_related("kecamatan__kabupaten")
    if user.is_superuser:
        return semua
    kecamatan = {a.desa.kecamatan_id if a.desa else a.kecamatan_id for a in anggota}
    kabupaten = {a.skpd.kabupaten_id if a.skpd else a.kabupaten_id for a in anggota}
    di = Kecamatan.objects.filter(Q(pk__in=kecamatan - {None}) | Q(kabupaten__in=kabupaten - {None}))
    return semua.filter(kecamatan__in=di.values("pk"))


def is_own_password(request: HttpRequest, sandi: str) -> bool:
    """Tell whether it is the password of who is signed in. Raises Ditolak while this session has to wait."""
    siapa = begin_own(request)
    if authenticate(request, username=request.user.get_username(), password=sandi) is None:
        return False
    batas.forget(*siapa)
    return True
