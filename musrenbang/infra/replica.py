"""Reading from a replica: heavy pages that only read may be a moment behind, and must not need the replica.

A page says so with ``reads_from_replica``. Whoever has just changed something reads the database itself for a few
seconds (``ReplicaMiddleware`` in ``middleware``), so that nobody misses the own change. While the replica is away the
page is read from the database itself.
"""

import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections

ALIAS = "replika"
KUE = "__Host-baru_menulis" if settings.HTTPS else "baru_menulis"
SEGAR_DETIK = 5
ISTIRAHAT_DETIK = 15.0

_dari_replika: ContextVar[bool] = ContextVar("dari_replika", default=False)
_not_before = 0.0


class Router:
    """Django's database router: reads of such a page go to the replica, everything else to the database."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        return ALIAS if _dari_replika.get() else "default"

    def db_for_write(self, model: type, **hints: Any) -> str:
        return "default"

    def allow_relation(self, a: Any, b: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != ALIAS


def reads_from_replica(view: Callable[..., Any]) -> Callable[..., Any]:
    """Read the page from the replica where there is one; what a streamed answer reads later is read there too."""

    @wraps(view)
    def _view(request: Any, *args: Any, **kwargs: Any) -> Any:
        if ALIAS not in settings.DATABASES or request.COOKIES.get(KUE) or time.monotonic() < _not_before:
            return view(request, *args, **kwargs)
        mark = _dari_replika.set(True)
        try:
            response = view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            _rest()
        else:
            if response.streaming and not hasattr(response, "file_to_stream"):
                response.streaming_content = _reading(response.streaming_content)
            return response
        finally:
            _dari_replika.reset(mark)
        return view(request, *args, **kwargs)

    return _view


def _reading(content: Any) -> Iterator[bytes]:
    _dari_replika.set(True)
    try:
        yield from content
    finally:
        _dari_replika.set(False)


def _rest() -> None:
    """Leave the replica alone for a while: each try would wait for its connection."""
    global _not_before
    _not_before = time.monotonic() + ISTIRAHAT_DETIK
    connections[ALIAS].close()
