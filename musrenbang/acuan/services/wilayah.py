"""Loading region codes."""

import csv
from pathlib import Path

from django.db import transaction
from django.db.models import Model

from musrenbang.models import Desa, Kabupaten, Kecamatan, Provinsi

# Permenhub time zones by province code; everything else keeps WIB.
WITA = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
WIT = {"81", "82", "91", "92", "93", "94", "95", "96"}
TINGKAT: list[tuple[str, type[Model], str | None]] = [
    ("provinsi", Provinsi, None),
    ("kabupaten_kota", Kabupaten, "provinsi"),
    ("kecamatan", Kecamatan, "kabupaten"),
    ("desa_kelurahan", Desa, "kecamatan"),
]


class BerkasWilayahSalah(ValueError):
    """The folder or one of its files is not what ``import_wilayah`` reads."""


@transaction.atomic
def import_wilayah(*, folder: Path) -> dict[str, int]:
    """Insert or rename regions from provinsi, kabupaten_kota, kecamatan and desa_kelurahan.csv (kode,nama).

    Returns the number of rows read per file. Raises BerkasWilayahSalah naming the file and line; then nothing is kept.
    """
    jumlah = {}
    induk_per_kode: dict[str, int] = {}
    for nama_berkas, model, induk in TINGKAT:
        baris = _read(folder / f"{nama_berkas}.csv")
        objek = []
        for nomor, (kode, nama) in enumerate(baris, start=2):
            isi: dict[str, object] = {"kode": kode, "nama": nama}
            if induk:
                kode_induk = kode.rpartition(".")[0]
                if kode_induk not in induk_per_kode:
                    raise BerkasWilayahSalah(f"{nama_berkas}.csv baris {nomor}: induk {kode_induk} tidak ada.")
                isi[f"{induk}_id"] = induk_per_kode[kode_induk]
            if model is Kabupaten:
                isi["zona"] = _zona(kode[:2])
            objek.append(model(**isi))
        model._default_manager.bulk_create(
            objek, update_conflicts=True, unique_fields=["kode"], update_fields=["nama"], batch_size=2000
        )
        induk_per_kode = dict(model._default_manager.values_list("kode", "pk"))
        jumlah[nama_berkas] = len(objek)
    return jumlah


def _zona(provinsi: str) -> str:
    if provinsi in WITA:
        return Kabupaten.Zona.WITA
    return Kabupaten.Zona.WIT if provinsi in WIT else Kabupaten.Zona.WIB


def _read(berkas: Path) -> list[tuple[str, str]]:
    try:
        with berkas.open(encoding="utf-8-sig", newline="") as isi:
            pembaca = csv.DictReader(isi)
            if not {"kode", "nama"} <= set(pembaca.fieldnames or []):
                raise BerkasWilayahSalah(f"{berkas.name}: harus punya kolom kode dan nama.")
            return [(b["kode"].strip(), b["nama"].strip()) for b in pembaca]
    except OSError as galat:
        raise BerkasWilayahSalah(f"{berkas.name} tidak dapat dibaca: {galat.strerror}.") from galat
    except UnicodeDecodeError as galat:
        raise BerkasWilayahSalah(f"{berkas.name}: bukan teks UTF-8.") from galat
