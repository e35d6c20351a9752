"""Loading an event where it is not yet: the laptop, or another server."""

import base64
import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction

from berita_acara.bawa.isi import FORMAT
from berita_acara.bawa.tabel import ACUAN, EVENT, KE_LUAR, from_data, model_of
from musrenbang.models import Keanggotaan, Musrenbang, Pengguna

RENTANG = 10**12
"""How many keys belong to one journey."""


class BerkasSalah(ValueError):
    """A document that cannot be loaded here; the text says why and what to do."""


@transaction.atomic
def load_event(dokumen: dict[str, Any], *, perjalanan: int = 0) -> Musrenbang:
    """Store an event with its people, reference data and files under its own keys; return it.

    ``perjalanan``: rows made here from now on take their keys from the range of that journey. Raises BerkasSalah when
    other data stands where this is to go, or the document is not whole; then nothing is stored.
    """
    _check(dokumen)
    if Musrenbang.objects.filter(slug=dokumen["musrenbang"]).exists():
        raise BerkasSalah(f"{dokumen['nama']} sudah ada di sini, jadi tidak dimuat lagi.")
    try:
        for label in ACUAN:
            _store_missing(label, dokumen["acuan"][label])
        _store_missing("musrenbang.Pengguna", dokumen["pengguna"])
        _store_missing("musrenbang.Keanggotaan", dokumen["keanggotaan"])
        for label in EVENT:
            for isi in dokumen["isi"][label]:
                insert(label, _without_outside(label, isi))
        connection.check_constraints()
    except (IntegrityError, ValidationError, KeyError, TypeError, LookupError) as galat:
        raise BerkasSalah(
            "Basis data ini sudah berisi data lain yang bertabrakan dengan berkas itu. Muat di folder data yang baru "
            "(VAR_DIR=folder-baru), atau periksa berkasnya."
        ) from galat
    store_files(dokumen["berkas"])
    reserve_keys(perjalanan)
    return Musrenbang.objects.get(slug=dokumen["musrenbang"])


def _check(dokumen: dict[str, Any]) -> None:
    if dokumen.get("format") != FORMAT or not {"musrenbang", "isi", "acuan", "pengguna", "berkas"} <= set(dokumen):
        raise BerkasSalah(f"Berkas ini bukan ekspor musrenbang bentuk {FORMAT}.")
    for nama, berkas in dokumen["berkas"].items():
        if hashlib.sha256(base64.b64decode(berkas["isi"])).hexdigest() != berkas["sha256"]:
            raise BerkasSalah(f"Lampiran {nama} di dalam berkas ini rusak.")


def _store_missing(label: str, semua: list[dict[str, Any]]) -> None:
    """Store reference rows; one that is there under the same key must be the same thing."""
    model = model_of(label)
    ada = model._default_manager.in_bulk([b["id"] for b in semua])
    for isi in semua:
        lama = ada.get(isi["id"])
        if lama is None:
            insert(label, isi)
        elif isinstance(lama, Pengguna | Keanggotaan) or str(lama) == str(from_data(label, isi)):
            continue
        else:
            raise LookupError(f"{label} {isi['id']}")


def insert(label: str, isi: dict[str, Any]) -> None:
    """Store a row as it was: with its key and its times."""
    from_data(label, isi).save_base(raw=True, force_insert=True)


def _without_outside(label: str, isi: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the row refers to outside the event when that is not here."""
    for kolom in KE_LUAR.get(label, ()):
        if isi[kolom] and not model_of(label)._default_manager.filter(pk=isi[kolom]).exists():
            isi = isi | {kolom: None}
    return isi


def store_files(berkas: dict[str, dict[str, str]]) -> None:
    """Keep the files under their own names; one that is there already is left as it is."""
    for nama, isi in berkas.items():
        if not default_storage.exists(nama):
            default_storage.save(nama, ContentFile(base64.b64decode(isi["isi"])))


def reserve_keys(perjalanan: int) -> None:
    """Let new rows take keys from the range of a journey (0: right after the highest key in use)."""
    for label in [*EVENT, "musrenbang.Pengguna", "musrenbang.Keanggotaan"]:
        model = model_of(label)
        if not isinstance(model._meta.pk, models.AutoField):  # ballots have random keys, settings those of their event
            continue
        tertinggi: int = model._default_manager.aggregate(m=models.Max("pk"))["m"] or 0
        _set_sequence(model._meta.db_table, max(tertinggi, perjalanan * RENTANG))


def _set_sequence(tabel: str, terakhir: int) -> None:
    with connection.cursor() as kursor:
        if connection.vendor == "sqlite":
            kursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [tabel])
            kursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [tabel, terakhir])
        else:
            kursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [tabel, max(terakhir, 1)])
