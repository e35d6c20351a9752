"""Bringing an event home: what the laptop changed goes into the server's copy, with its own times and people."""

from collections import Counter
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from alur.aula.muat import insert
from alur.aula.nama import EVENT, KE_LUAR
from alur.aula.skema import Semula
from alur.aula.tabel import file_fields, from_data, model_of
from musrenbang.models import PenghitungNomor

PENGHITUNG, JEJAK = "penghitung_nomor", "jejak_audit"


@transaction.atomic
def merge(tabel: dict[str, list[dict[str, Any]]], semula: Semula) -> Counter[str]:
    """Make the event what a checked document says; return how many rows were ``ditambah``, ``diubah``, ``dihapus``.

    The trail is only ever added to. Raises DatabaseError when a constraint of the database speaks against it.
    """
    hasil: Counter[str] = Counter()
    _raise_counters(tabel[PENGHITUNG])
    biasa = [nama for nama in EVENT if nama != PENGHITUNG]
    buang = {nama: _merge_table(nama, tabel[nama], semula, hasil) for nama in biasa}
    for nama in reversed(biasa):
        if nama != JEJAK and buang[nama]:
            hasil["dihapus"] += len(buang[nama])
            semua = model_of(nama)._base_manager.filter(pk__in=buang[nama])
            semua._raw_delete(semua.db)  # children were taken out before, and nothing else may go along
    connection.check_constraints()
    return hasil


def place_files(tabel: dict[str, list[dict[str, Any]]], berkas: dict[str, bytes]) -> list[str]:
    """Keep the files of a checked result and return the names that were written, to be taken back if it does not count.

    A name that something else bears already gives another one, and the row follows.
    """
    ditulis, ganti = [], {}
    for nama, isi in berkas.items():
        if default_storage.exists(nama):
            with default_storage.open(nama, "rb") as lama:
                if lama.read() == isi:
                    continue
        ganti[nama] = default_storage.save(nama, ContentFile(isi))
        ditulis.append(ganti[nama])
    for satu in tabel:
        for k in file_fields(satu):
            for baris in tabel[satu]:
                baris[k] = ganti.get(baris[k], baris[k])
    return ditulis


def remove_files(nama: list[str]) -> None:
    """Take back what ``place_files`` wrote."""
    for satu in nama:
        default_storage.delete(satu)


def _raise_counters(semua: list[dict[str, Any]]) -> None:
    """Numbers given out in the hall are taken here too; the higher counter is right."""
    for isi in semua:
        kunci = {"kecamatan_id": isi["kecamatan"], "jenis": isi["jenis"], "tahun": isi["tahun"]}
        satu, _ = PenghitungNomor.objects.select_for_update().get_or_create(**kunci)
        if satu.terakhir < isi["terakhir"]:
            PenghitungNomor.objects.filter(pk=satu.pk).update(terakhir=isi["terakhir"])


def _merge_table(nama: str, semua: list[dict[str, Any]], semula: Semula, hasil: Counter[str]) -> list[Any]:
    """Add and change the rows of one table; return the keys of those that the document no longer has."""
    ada = dict(semula.tabel[nama])
    for isi in semua:
        lama = ada.pop(isi["id"], None)
        if lama is None:
            insert(nama, isi)
            hasil["ditambah"] += 1
            continue
        baru = isi | {k: lama[k] for k in KE_LUAR.get(nama, ()) if isi[k] is None}
        if baru != lama:
            _update(nama, isi["id"], baru)
            hasil["diubah"] += 1
    return list(ada)


def _update(nama: str, kunci: Any, isi: dict[str, Any]) -> None:
    """Change the columns that the file has, and no other: what stays on its machine stays as it is."""
    baru = from_data(nama, isi)
    kolom = [k for k in EVENT[nama].kolom.values() if k != "id"]
    model_of(nama)._base_manager.filter(pk=kunci).update(**{k: getattr(baru, k) for k in kolom})
