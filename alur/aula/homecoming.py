"""Bringing an event home: what the laptop changed goes into the server's copy, with its own times and people."""

from collections import Counter
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from alur.aula.load import insert
from alur.aula.names import EVENT, KE_LUAR
from alur.aula.skema import Original
from alur.aula.tabel import file_fields, from_data, model_of
from musrenbang.models import PenghitungNomor

PENGHITUNG, JEJAK = "penghitung_nomor", "jejak_audit"


@transaction.atomic
def merge(tabel: dict[str, list[dict[str, Any]]], semula: Original) -> Counter[str]:
    """Make the event what a checked document says; return how many rows were ``ditambah``, ``diubah``, ``dihapus``.

    The trail is only ever added to. Raises DatabaseError when a constraint of the database speaks against it.
    """
    result: Counter[str] = Counter()
    _raise_counters(tabel[PENGHITUNG])
    usual = [nama for nama in EVENT if nama != PENGHITUNG]
    discard = {nama: _merge_table(nama, tabel[nama], semula, result) for nama in usual}
    for nama in reversed(usual):
        if nama != JEJAK and discard[nama]:
            result["dihapus"] += len(discard[nama])
            everything = model_of(nama)._base_manager.filter(pk__in=discard[nama])
            everything._raw_delete(everything.db)  # children were taken out before, and nothing else may go along
    connection.check_constraints()
    return result


def place_files(tabel: dict[str, list[dict[str, Any]]], berkas: dict[str, bytes]) -> list[str]:
    """Keep the files of a checked result and return the names that were written, to be taken back if it does not count.

    A name that something else bears already gives another one, and the row follows.
    """
    written, replace = [], {}
    for nama, content in berkas.items():
        if default_storage.exists(nama):
            with default_storage.open(nama, "rb") as old:
                if old.read() == content:
                    continue
        replace[nama] = default_storage.save(nama, ContentFile(content))
        written.append(replace[nama])
    for one in tabel:
        for k in file_fields(one):
            for baris in tabel[one]:
                baris[k] = replace.get(baris[k], baris[k])
    return written


def remove_files(nama: list[str]) -> None:
    """Take back what ``place_files`` wrote."""
    for one in nama:
        default_storage.delete(one)


def _raise_counters(everything: list[dict[str, Any]]) -> None:
    """Numbers given out in the hall are taken here too; the higher counter is right."""
    for content in everything:
        kunci = {"kecamatan_id": content["kecamatan"], "jenis": content["jenis"], "tahun": content["tahun"]}
        one, _ = PenghitungNomor.objects.select_for_update().get_or_create(**kunci)
        if one.terakhir < content["terakhir"]:
            PenghitungNomor.objects.filter(pk=one.pk).update(terakhir=content["terakhir"])


def _merge_table(nama: str, everything: list[dict[str, Any]], semula: Original, result: Counter[str]) -> list[Any]:
    """Add and change the rows of one table; return the keys of those that the document no longer has."""
    existing = dict(semula.tabel[nama])
    for content in everything:
        old = existing.pop(content["id"], None)
        if old is None:
            insert(nama, content)
            result["ditambah"] += 1
            continue
        new = content | {k: old[k] for k in KE_LUAR.get(nama, ()) if content[k] is None}
        if new != old:
            _update(nama, content["id"], new)
            result["diubah"] += 1
    return list(existing)


def _update(nama: str, kunci: Any, content: dict[str, Any]) -> None:
    """Change the columns that the file has, and no other: what stays on its machine stays as it is."""
    new = from_data(nama, content)
    columns = [k for k in EVENT[nama].kolom.values() if k != "id"]
    model_of(nama)._base_manager.filter(pk=kunci).update(**{k: getattr(new, k) for k in columns})
