"""Locking an event while its rows are written: where it is, at which stage, and whether the work rests.

A service that writes rows of an event declares by ``allowed_in`` in which stages it may; one whose stages or whose
event show only later calls ``lock_musrenbang`` itself. tests/test_kunci.py finds a service that does neither.
"""

import inspect
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.pertanyaan import Question
from musrenbang.states import SaatSidang
from musrenbang.transisi import Ditolak

P = ParamSpec("P")
R = TypeVar("R")

rest_words: Question[[Musrenbang], str] = Question("why the work of the meeting rests now")
"""Why the work of the meeting rests now; "" while it runs."""
permit_words: Question[[Musrenbang], str] = Question("why the laptop of a hall may not change its event any more")
"""Why the laptop of a hall may not change its event any more; "" where it may, and on a server."""


@dataclass(frozen=True)
class Declared:
    """A service, the stages that allow it, and the way from its arguments to the event."""

    service: Callable[..., Any]
    boleh: Container[str]
    of: str


DECLARED: list[Declared] = []
"""Every service with ``allowed_in``, in the order in which they were loaded."""


def allowed_in(boleh: Container[str], *, of: str = "musrenbang") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a service in a transaction that holds the lock on its event; Ditolak outside the stages ``boleh``.

    ``of`` says which argument the event is, or the way to it ("impor.musrenbang"). The service finds the locked event
    there, fresh, in the place of the one that was handed in. Its arguments are named, as those of every service are.
    """
    name, *path = of.split(".")

    def declare(service: Callable[P, R]) -> Callable[P, R]:
        if name not in inspect.signature(service).parameters:
            raise TypeError(f"{service.__qualname__} has no argument {name!r}")

        @wraps(service)
        def locked(*args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic():
                holder: Any = kwargs[name]
                for step in path[:-1]:
                    holder = getattr(holder, step)
                if path:
                    setattr(holder, path[-1], lock_musrenbang(getattr(holder, path[-1]), boleh))
                else:
                    kwargs[name] = lock_musrenbang(holder, boleh)
                return service(*args, **kwargs)

        DECLARED.append(Declared(locked, boleh, of))
        return locked

    return declare


def lock_musrenbang(musrenbang: Musrenbang, boleh: Container[str], *, dibawa: bool = False) -> Musrenbang:
    """Lock the event until the transaction ends and return it fresh; raise Ditolak outside the stages ``boleh``.

    While the meeting is adjourned its own work (``SaatSidang``) rests.
    While the event is in the hall nothing changes here, except for the services of the journey (``dibawa``).

    Every service that writes rows of an event calls this first, so that no row slips in while the stage moves on.
    """
    current = Musrenbang.objects.select_for_update(of=("self",)).with_place().get(pk=musrenbang.pk)
    if not dibawa:
        check_here(current)
    if current.tahap not in boleh:
        raise Ditolak(
            f"Musrenbang ini sekarang pada tahap “{current.get_tahap_display()}”; bagian ini tidak dapat diubah lagi "
            "pada tahap itu. Tidak ada yang disimpan."
        )
    if isinstance(boleh, SaatSidang) and (stop := rest_words(current)):
        raise Ditolak(f"{stop} Tidak ada yang disimpan.")
    return current


def check_here(musrenbang: Musrenbang) -> None:
    """Raise Ditolak while the event is changed elsewhere: on the laptop in the hall, or on the server again."""
    if musrenbang.dibawa_pada:
        sejak = musrenbang.dibawa_pada.astimezone(musrenbang.kecamatan.kabupaten.tz)
        raise Ditolak(
            f"Musrenbang ini sedang dibawa sejak {tulis.tanggal(sejak.date())} pukul {tulis.jam(sejak.time())}, jadi "
            "di sini tidak dapat diubah. Lihat halaman “Bawa ke aula”. Tidak ada yang disimpan."
        )
    if izin := permit_words(musrenbang):
        raise Ditolak(f"{izin} Tidak ada yang disimpan.")
