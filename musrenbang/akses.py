"""Fetch and authorise in one call: a stranger gets 404, a wrong role 403."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from musrenbang import limits
from musrenbang.attempts import begin_own
from musrenbang.attempts import client_ip as client_ip
from musrenbang.models import Kabupaten, Keanggotaan, Kecamatan, Musrenbang, Pengguna, Skpd
from musrenbang.rules import IZIN, TIM, may
from musrenbang.sebutan import activate, sebutan
from musrenbang.states import Moved, Peran
from musrenbang.transisi import Refused

NAMED = 4
"""A refusal names the roles that may, unless they are more than these: then nearly everybody may."""


HANYA_DIIMPOR = (
    "Musrenbang ini hanya diunggah: isinya hasil tahun lalu dari berkas, tanpa sidang di aplikasi ini. Yang "
    "dapat dilakukan ada di halaman “Hasil tahun lalu” pada Musrenbang tahun sesudahnya."
)
DIIMPOR = {"lihat_usulan": "lihat_usulan", "impor_usulan": "hasil_tahun_lalu"}
"""Of an imported last year only these pages open: permission that they ask -> the one that is needed there."""


@dataclass(frozen=True)
class Akses:
    """What one person is in one event, which stands in the stage ``tahap``.

    ``desa`` and ``skpd`` limit the rows seen when no wider role is held.
    """

    peran: frozenset[str]
    desa: frozenset[int]
    skpd: frozenset[int]
    tahap: str = ""

    def may(self, izin: str, stages: Collection[str] | None = None) -> bool:
        """Tell whether the permission is held and, with ``stages``, whether the event stands in one of them now."""
        return may(izin, self.peran) and (stages is None or self.tahap in stages)

    def check(self, izin: str) -> None:
        """Raise PermissionDenied, which says who may, without the permission."""
        if not self.may(izin):
            few = len(IZIN[izin]) <= NAMED
            whose = f"dikerjakan oleh {role_names(IZIN[izin])}" if few else f"tidak dikerjakan oleh {self.nama_peran}"
            ask = "" if Peran.BAPPEDA in self.peran else f" Bila Anda memerlukannya, hubungi {sebutan.bappeda}."
            raise PermissionDenied(f"Bagian ini {whose}.{ask}")

    def check_move(self, move_to: Moved) -> None:
        """Raise PermissionDenied, which says who may, when the move is made by other roles."""
        if not move_to.peran & self.peran:
            raise PermissionDenied(f"“{move_to.nama}” hanya dapat dilakukan oleh {role_names(move_to.peran)}.")

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
        return ", ".join(sorted(str(Peran(p).label) for p in self.peran))


def role_names(peran: Collection[str]) -> str:
    """Return the roles in words."""
    return " atau ".join(sorted(str(Peran(p).label) for p in peran))


def _keanggotaan_in(musrenbang: Musrenbang) -> Q:
    kecamatan = musrenbang.kecamatan
    return (
        Q(kecamatan_id=kecamatan.pk)
        | Q(kabupaten_id=kecamatan.kabupaten_id)
        | Q(desa__kecamatan_id=kecamatan.pk)
        | Q(skpd__kabupaten_id=kecamatan.kabupaten_id)
    )


def get_akses(user: Pengguna, musrenbang: Musrenbang) -> Akses:
    """Return what the person is in the event (one query); no roles means a stranger."""
    anggota = list(Keanggotaan.objects.filter(_keanggotaan_in(musrenbang), pengguna=user))
    peran = {a.peran for a in anggota}
    if user.is_superuser:
        peran.add(Peran.ADMIN)
    return Akses(
        peran=frozenset(peran),
        desa=frozenset(a.desa_id for a in anggota if a.desa_id),
        skpd=frozenset(a.skpd_id for a in anggota if a.skpd_id),
        tahap=musrenbang.tahap,
    )


def get_musrenbang_for(user: Pengguna, slug: str, izin: str = "lihat_acara") -> tuple[Musrenbang, Akses]:
    """Return the event and the person's access; Http404 for a stranger, PermissionDenied for a wrong role.

    Refused for a page that an imported last year does not have.
    """
    musrenbang = Musrenbang.objects.with_place().filter(slug=slug).first()
    if musrenbang is None:
        raise Http404("Musrenbang tidak ditemukan.")
    activate(musrenbang.sebutan)
    akses = get_akses(user, musrenbang)
    if not akses.peran:
        raise Http404("Musrenbang tidak ditemukan.")
    if musrenbang.hanya_diimpor:
        if izin not in DIIMPOR:
            raise Refused(HANYA_DIIMPOR)
        izin = DIIMPOR[izin]
    akses.check(izin)
    return musrenbang, akses


def get_kabupaten_for(user: Pengguna) -> Kabupaten:
    """Return the kabupaten whose Bappeda the person is; PermissionDenied for others."""
    kabupaten = Kabupaten.objects.filter(keanggotaan__pengguna=user.pk, keanggotaan__peran=Peran.BAPPEDA).first()
    if kabupaten is None:
        raise PermissionDenied(f"Bagian ini hanya untuk {sebutan.bappeda}.")
    activate(kabupaten.words(timezone.localdate().year))
    return kabupaten


def get_skpd_for(user: Pengguna) -> Skpd:
    """Return the SKPD that the person answers for; PermissionDenied for others."""
    own = Skpd.objects.filter(keanggotaan__pengguna=user.pk, keanggotaan__peran=Peran.SKPD)
    skpd = own.select_related("kabupaten").first()
    if skpd is None:
        raise PermissionDenied(f"Bagian ini hanya untuk {sebutan.skpd}.")
    activate(skpd.kabupaten.words(timezone.localdate().year))
    return skpd


def check_account_reader(user: Pengguna) -> None:
    """Raise PermissionDenied for who is neither of Bappeda nor the administrator of the server."""
    bappeda = Keanggotaan.objects.filter(pengguna=user, peran=Peran.BAPPEDA).select_related("kabupaten").first()
    if bappeda and bappeda.kabupaten:
        activate(bappeda.kabupaten.words(timezone.localdate().year))
    if not user.is_superuser and not bappeda:
        raise PermissionDenied(f"Permintaan akun hanya untuk {sebutan.bappeda} dan admin server.")


def speak_of_one(acara: list[Musrenbang]) -> None:
    """Speak in the words of a place on a page about several events, where all of them are in one kabupaten."""
    kabupaten = {m.kecamatan.kabupaten_id: m for m in acara}
    if len(kabupaten) == 1:
        newest = max(acara, key=lambda m: m.tahun_pelaksanaan)
        activate(newest.kecamatan.words(newest.tahun_pelaksanaan))


def list_musrenbang_for(user: Pengguna, anggota: Iterable[Keanggotaan]) -> QuerySet[Musrenbang]:
    """Return the events in which the person has any role, from the roles (with ``desa``, ``skpd``); no imported years.

    Asked as one condition over five tables, the database would look at every event of the nation.
    """
    everything = Musrenbang.objects.held().select_related("kecamatan__kabupaten")
    if user.is_superuser:
        return everything
    kecamatan = {a.desa.kecamatan_id if a.desa else a.kecamatan_id for a in anggota}
    kabupaten = {a.skpd.kabupaten_id if a.skpd else a.kabupaten_id for a in anggota}
    at = Kecamatan.objects.filter(Q(pk__in=kecamatan - {None}) | Q(kabupaten__in=kabupaten - {None}))
    return everything.filter(kecamatan__in=at.values("pk"))


def is_own_password(request: HttpRequest, sandi: str) -> bool:
    """Tell whether it is the password of who is signed in. Raises Refused while this session has to wait."""
    who = begin_own(request)
    if authenticate(request, username=request.user.get_username(), password=sandi) is None:
        return False
    limits.forget(*who)
    return True
