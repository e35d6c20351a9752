"""One form, one entry: the key that a page was rendered with, and a digest of what was sent with it.

A person who goes back to a page, changes it and sends it again sends the same key with other content. Only key and
content together tell a repetition from a new entry.
"""

import json
from collections.abc import Container, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models

from musrenbang import format as tulis
from musrenbang.infra.digest import sha256_of
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import FromForm, Kiriman, Musrenbang, Pengguna, Stored
from musrenbang.states import Tahap
from musrenbang.transisi import Refused

M = TypeVar("M", bound=FromForm)


class Once(Generic[M]):
    """A form that is being stored while its event is locked.

    ``ada`` is the entry of the very same form, if it was stored before; ``dahulu`` are entries of the same page with
    other content; ``musrenbang`` is the locked event.
    """

    def __init__(self, model: type[M], musrenbang: Musrenbang, kunci: UUID, sidik: str, by: Pengguna) -> None:
        self.musrenbang, self._model, self._kunci, self._sidik, self._by = musrenbang, model, kunci, sidik, by
        all_rows = list(_of_key(model, musrenbang, kunci))
        subject = model._default_manager.in_bulk([k.objek_id for k in all_rows])
        same = next((k for k in all_rows if k.sidik == sidik), None)
        self.dahulu: list[M] = [subject[k.objek_id] for k in all_rows if k is not same and k.objek_id in subject]
        self.ada: M | None = None
        if same is not None:
            self.ada = subject.get(same.objek_id)
            if self.ada is None:
                raise Refused(f"{_first_words(same)}, lalu dihapus atau diganti. Tidak ada yang dicatat lagi. {BARU}")
            if self.ada.gugur:
                raise Refused(f"{_first_words(same)}, lalu {self.ada.gugur} Tidak ada yang dicatat lagi. {BARU}")
            self.ada.tersimpan = Stored(baru=False, pada=same.pada, oleh=same.oleh)
        elif any(not k.sidik for k in all_rows):
            raise Refused(
                f"Halaman ini dibuka sebelum aplikasi diperbarui dan isiannya sudah pernah dicatat. {BARU} Isian Anda "
                "di halaman ini belum dicatat."
            )

    def keep(self, objek: M) -> M:
        """Note that the form became this row, and return it; call it once, after the row is stored."""
        one = Kiriman.objects.create(
            musrenbang=self.musrenbang,
            jenis=self._model._meta.label_lower,
            kunci=self._kunci,
            sidik=self._sidik,
            objek_id=objek.pk,
            oleh=self._by,
        )
        objek.tersimpan = Stored(baru=True, pada=one.pada, oleh=self._by, dahulu=list(self.dahulu))
        return objek


BARU = "Bila memang ada yang baru, muat ulang halaman lalu isi formulir yang kosong."


def once(
    model: type[M],
    *,
    musrenbang: Musrenbang,
    allowed: Container[str],
    kunci: UUID,
    by: Pengguna,
    content: Mapping[str, Any],
) -> Once[M]:
    """Lock the event and tell whether this form, with this content, was stored before.

    ``content`` is all that the person sent and that decides what is stored. The stage is checked only for what is new:
    who asks again after the event moved on is told what was stored. Call it inside the transaction of the service.
    Raises Refused for an entry that was deleted since, and outside the stages ``allowed``.
    """
    current = lock_musrenbang(musrenbang, Tahap.values, carried=True)
    one_pass = Once(model, current, kunci, digest(kunci, content), by)
    if one_pass.ada is None:
        lock_musrenbang(musrenbang, allowed)
    return one_pass


def stored_before(model: type[M], *, musrenbang: Musrenbang, kunci: UUID, content: Mapping[str, Any]) -> bool:
    """Tell without a lock whether the form is known: spares long work, decides nothing."""
    return _of_key(model, musrenbang, kunci).filter(sidik=digest(kunci, content)).exists()


def digest(kunci: UUID, content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the content under its key, so that nobody can guess short contents from it."""
    text = json.dumps([str(kunci), content], sort_keys=True, ensure_ascii=False, default=_plain)
    return sha256_of(text)


def _plain(nilai: Any) -> str | int:
    if isinstance(nilai, models.Model):
        return f"{nilai._meta.label_lower}:{nilai.pk}"
    if isinstance(nilai, Decimal):
        return f"{nilai.normalize():f}"
    if isinstance(nilai, bytes):
        return sha256_of(nilai)
    if isinstance(nilai, date | time):
        return nilai.isoformat()
    if isinstance(nilai, UUID):
        return str(nilai)
    raise TypeError(f"{type(nilai).__name__} is no content of a form")


def _of_key(model: type[M], musrenbang: Musrenbang, kunci: UUID) -> models.QuerySet[Kiriman]:
    everything = Kiriman.objects.filter(musrenbang=musrenbang, jenis=model._meta.label_lower, kunci=kunci)
    return everything.select_related("oleh", "musrenbang__kecamatan__kabupaten")


def _first_words(kiriman: Kiriman) -> str:
    local_word = kiriman.pada.astimezone(kiriman.musrenbang.kecamatan.kabupaten.tz)
    moment = f"{tulis.date_text(local_word.date())} pukul {local_word:%H.%M}"
    return f"Isian ini sudah dicatat {moment}" + (f" oleh {kiriman.oleh}" if kiriman.oleh else "")
