"""The screens: opened once, then told what to show. What is shown is no record, so there are no audit rows."""

from django.db import IntegrityError, transaction

from musrenbang.infra.codes import new_code
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Layar
from musrenbang.sidang.panel import panels
from musrenbang.states import KAPAN_SAJA
from musrenbang.transisi import Refused

LAYAR_MAKS = 12
"""Named screens of an event: the rooms of its groups and a few beside them."""


def open_layar(*, musrenbang: Musrenbang, panel: str = "agenda") -> Layar:
    """Return the projector of the hall; the first time it gets its code and shows ``panel``."""
    return _opened(musrenbang, "", panel=panel)


def _opened(musrenbang: Musrenbang, nama: str, **shown: str | int | bool | None) -> Layar:
    """Return the screen of a name, made with a fresh code where there is none."""
    existing = Layar.objects.filter(musrenbang=musrenbang, nama=nama).first()
    while existing is None:
        try:
            with transaction.atomic():
                existing = Layar.objects.create(musrenbang=musrenbang, nama=nama, kode=new_code(), **shown)
        except IntegrityError:  # the code is taken, or another desk opened it at this moment
            existing = Layar.objects.filter(musrenbang=musrenbang, nama=nama).first()
    return existing


def show_panel(*, musrenbang: Musrenbang, panel: str, acuan: int | None = None) -> Layar:
    """Show a panel in the hall, about the thing ``acuan`` where it is about one."""
    _check(panel)
    layar = open_layar(musrenbang=musrenbang)
    Layar.objects.filter(pk=layar.pk).update(panel=panel, acuan=acuan)
    layar.refresh_from_db()
    return layar


@allowed_in(KAPAN_SAJA)
def add_layar(
    *, musrenbang: Musrenbang, nama: str, panel: str = "agenda", acuan: int | None = None, ikut: bool = True
) -> Layar:
    """Open one more screen; a name that is there already returns its screen as it is.

    Raises Refused without a name, or when there are ``LAYAR_MAKS``.
    """
    nama = " ".join(nama.split())[:60]
    if not nama:
        raise Refused("Beri nama layarnya, misalnya “Ruang Infrastruktur”.")
    _check(panel)
    named = Layar.objects.filter(musrenbang=musrenbang).exclude(nama="")
    if not named.filter(nama=nama).exists() and named.count() >= LAYAR_MAKS:
        raise Refused(f"Sudah ada {LAYAR_MAKS} layar. Hapus dahulu yang tidak dipakai.")
    return _opened(musrenbang, nama, panel=panel, acuan=acuan, ikut=ikut)


@allowed_in(KAPAN_SAJA, of="layar.musrenbang")
def set_layar(*, layar: Layar, panel: str, acuan: int | None = None, ikut: bool = False) -> None:
    """Let a named screen follow the hall's, or keep a panel of its own."""
    _check(panel)
    Layar.objects.filter(pk=layar.pk).update(panel=panel, acuan=acuan, ikut=ikut)


@allowed_in(KAPAN_SAJA, of="layar.musrenbang")
def remove_layar(*, layar: Layar) -> None:
    """Take a named screen away; its code opens nothing any more. The hall's stays."""
    if not layar.nama:
        raise Refused("Layar utama tidak dapat dihapus.")
    Layar.objects.filter(pk=layar.pk).delete()


def _check(panel: str) -> None:
    if panel not in panels():
        raise Refused("Panel layar itu tidak ada. Muat ulang halaman.")
