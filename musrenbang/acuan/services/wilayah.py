"""Loading region codes."""

import csv
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.db.models import Model

from musrenbang.models import Desa, Kabupaten, Kecamatan, Provinsi
from musrenbang.questions import Question

desa_renamed: Question[[Mapping[str, str]], int] = Question("which works keep the name of a desa that is renamed")
"""Asked with {code: new name} of renamed desa: writes the new names into works, and answers how many changed."""

# Permenhub time zones by province code; everything else keeps WIB.
WITA = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
WIT = {"81", "82", "91", "92", "93", "94", "95", "96"}
TINGKAT: list[tuple[str, type[Model], str | None]] = [
    ("provinsi", Provinsi, None),
    ("kabupaten_kota", Kabupaten, "provinsi"),
    ("kecamatan", Kecamatan, "kabupaten"),
    ("desa_kelurahan", Desa, "kecamatan"),
]


class BadWilayahFile(ValueError):
    """The folder or one of its files is not what ``import_wilayah`` reads."""


@transaction.atomic
def import_wilayah(*, folder: Path) -> dict[str, int]:
    """Insert or rename regions from provinsi, kabupaten_kota, kecamatan and desa_kelurahan.csv (kode,nama).

    Returns the number of rows read per file. Raises BadWilayahFile naming the file and line; then nothing is kept.
    """
    jumlah = {}
    parent_by_code: dict[str, int] = {}
    for nama_berkas, model, induk in TINGKAT:
        baris = _read(folder / f"{nama_berkas}.csv")
        subject = []
        for nomor, (kode, nama) in enumerate(baris, start=2):
            content: dict[str, object] = {"kode": kode, "nama": nama}
            if induk:
                parent_code = kode.rpartition(".")[0]
                if parent_code not in parent_by_code:
                    raise BadWilayahFile(f"{nama_berkas}.csv baris {nomor}: induk {parent_code} tidak ada.")
                content[f"{induk}_id"] = parent_by_code[parent_code]
            if model is Kabupaten:
                content["zona"] = _zona(kode[:2])
            subject.append(model(**content))
        renamed = _renamed(baris) if model is Desa else {}
        model._default_manager.bulk_create(
            subject, update_conflicts=True, unique_fields=["kode"], update_fields=["nama"], batch_size=2000
        )
        parent_by_code = dict(model._default_manager.values_list("kode", "pk"))
        jumlah[nama_berkas] = len(subject)
        if renamed:
            desa_renamed(renamed)
    return jumlah


def _renamed(baris: list[tuple[str, str]]) -> dict[str, str]:
    """Return {code: new name} of the desa that are stored under another name."""
    old = dict(Desa.objects.values_list("kode", "nama"))
    return {kode: nama for kode, nama in baris if old.get(kode, nama) != nama}


def _zona(provinsi: str) -> str:
    if provinsi in WITA:
        return Kabupaten.Zona.WITA
    return Kabupaten.Zona.WIT if provinsi in WIT else Kabupaten.Zona.WIB


def _read(berkas: Path) -> list[tuple[str, str]]:
    try:
        with berkas.open(encoding="utf-8-sig", newline="") as content:
            reader = csv.DictReader(content)
            if not {"kode", "nama"} <= set(reader.fieldnames or []):
                raise BadWilayahFile(f"{berkas.name}: harus punya kolom kode dan nama.")
            return [(b["kode"].strip(), b["nama"].strip()) for b in reader]
    except OSError as error:
        raise BadWilayahFile(f"{berkas.name} tidak dapat dibaca: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadWilayahFile(f"{berkas.name}: bukan teks UTF-8.") from error
