"""Rows that a form changes or takes out: written, counted up and recorded in one way.

The caller holds the lock, and has compared the version that the person saw.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import F, Model, ProtectedError

from musrenbang import audit
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Refused

M = TypeVar("M", bound=Model)


def change_row(
    row: M, content: Mapping[str, Any], *, musrenbang: Musrenbang, by: Pengguna, aksi: str, alasan: str = ""
) -> M:
    """Write the columns that differ and raise the version by one, with what changed in the trail; return the row.

    Where nothing differs, nothing is written: whoever saves what stands there already changes no version.
    """
    details = audit.diff({k: getattr(row, k) for k in content}, dict(content))
    if details:
        type(row)._default_manager.filter(pk=row.pk).update(**content, versi=F("versi") + 1)
        row.refresh_from_db()
        audit.record(musrenbang=musrenbang, by=by, aksi=aksi, objek=row, alasan=alasan, rincian=details)
    return row


def discard_row(
    row: Model, *, musrenbang: Musrenbang, by: Pengguna, aksi: str, kept: str, rincian: dict[str, Any] | None = None
) -> None:
    """Delete a row; the trail keeps what it was. Raises Refused with ``kept`` while something points to it."""
    audit.record(musrenbang=musrenbang, by=by, aksi=aksi, objek=row, rincian=rincian)
    try:
        row.delete()
    except ProtectedError as error:
        raise Refused(kept) from error
