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
from musrenbang.akses import HANYA_DIIMPOR
from musrenbang.models import Musrenbang
from musrenbang.questions import Question
from musrenbang.states import DuringSidang, Tahap
from musrenbang.transisi import Refused

P = ParamSpec("P")
R = TypeVar("R")

rest_words: Question[[Musrenbang], str] = Question("why the work of the meeting rests now")
"""Why the work of the meeting rests now; "" while it runs."""
permit_words: Question[[Musrenbang], str] = Question("why the laptop of a hall may not change its event any more")
"""Why the laptop of a hall may not change its event any more; "" where it may, and on a server."""


SEBELUM_SIDANG = frozenset({Tahap.DIJADWALKAN, Tahap.PERSIAPAN})
"""While an event stands here, what became of the year before it may still be imported."""


@dataclass(frozen=True)
class Declared:
    """A service, the stages that allow it, and the way from its arguments to the event."""

    service: Callable[..., Any]
    boleh: Container[str]
    of: str


DECLARED: list[Declared] = []
"""Every service with ``allowed_in``, in the order in which they were loaded."""


def allowed_in(
    allowed: Container[str], *, of: str = "musrenbang", imported: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a service in a transaction that holds the lock on its event; Refused outside the stages ``allowed``.

    ``of`` says which argument the event is, or the way to it ("impor.musrenbang"). The service finds the locked event
    there, fresh, in the place of the one that was handed in. Its arguments are named, as those of every service are.
    ``imported``: the service also works on an imported last year (see ``lock_musrenbang``).
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
                    setattr(holder, path[-1], lock_musrenbang(getattr(holder, path[-1]), allowed, imported=imported))
                else:
                    kwargs[name] = lock_musrenbang(holder, allowed, imported=imported)
                return service(*args, **kwargs)

        DECLARED.append(Declared(locked, allowed, of))
        return locked

    return declare


def lock_musrenbang(
    musrenbang: Musrenbang, allowed: Container[str], *, carried: bool = False, imported: bool = False
) -> Musrenbang:
    """Lock the event until the transaction ends and return it fresh; raise Refused outside the stages ``allowed``.

    While the meeting is adjourned its own work (``DuringSidang``) rests.
    While the event is in the hall nothing changes here, except for the services of the journey (``carried``).
    An imported last year is written by the services of its import alone (``imported``), while the year after it is
    being prepared.

    Every service that writes rows of an event calls this first, so that no row slips in while the stage moves on.
    """
    current = Musrenbang.objects.select_for_update(of=("self",)).with_place().get(pk=musrenbang.pk)
    if current.hanya_diimpor and imported:
        _check_year_after(current)
        return current
    if not carried:
        check_here(current)
    if current.tahap not in allowed:
        raise Refused(
            f"Musrenbang ini sekarang pada tahap “{current.get_tahap_display()}”; bagian ini tidak dapat diubah "
            "pada tahap itu. Tidak ada yang disimpan."
        )
    if isinstance(allowed, DuringSidang) and (stop := rest_words(current)):
        raise Refused(f"{stop} Tidak ada yang disimpan.")
    return current


def check_imported(musrenbang: Musrenbang) -> None:
    """Raise Refused unless the event is an imported last year: only there results are stored."""
    if not musrenbang.hanya_diimpor:
        raise Refused(f"{musrenbang} bukan tahun yang diunggah, jadi hasilnya tidak diambil dari berkas.")


def _check_year_after(past: Musrenbang) -> None:
    """Lock the event after an imported last year; Refused unless it is being prepared, here."""
    after = Musrenbang.objects.select_for_update(of=("self",)).filter(
        kecamatan=past.kecamatan_id, tahun_pelaksanaan=past.tahun_pelaksanaan + 1
    )
    current = after.select_related("kecamatan__kabupaten").first()
    if current is None or current.tahap not in SEBELUM_SIDANG:
        tahap = f" Sekarang tahap “{current.get_tahap_display()}”." if current else ""
        raise Refused(
            f"Hasil tahun lalu hanya dapat diubah sebelum dan selama persiapan Musrenbang tahun sesudahnya.{tahap} "
            "Tidak ada yang disimpan."
        )
    check_here(current)


def check_here(musrenbang: Musrenbang) -> None:
    """Raise Refused while the event is changed elsewhere: on the laptop in the hall, or on the server again.

    An imported last year is refused as well: no meeting of it goes on anywhere.
    """
    if musrenbang.hanya_diimpor:
        raise Refused(f"{HANYA_DIIMPOR} Tidak ada yang disimpan.")
    if musrenbang.dibawa_pada:
        sejak = musrenbang.dibawa_pada.astimezone(musrenbang.kecamatan.kabupaten.tz)
        raise Refused(
            f"Musrenbang ini sedang dibawa sejak {tulis.date_text(sejak.date())} pukul "
            f"{tulis.hour_text(sejak.time())}, jadi "
            "di sini tidak dapat diubah. Lihat halaman “Bawa ke aula”. Tidak ada yang disimpan."
        )
    if izin := permit_words(musrenbang):
        raise Refused(f"{izin} Tidak ada yang disimpan.")
