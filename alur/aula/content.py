"""The documents of an event: the whole of it for a laptop or another server, and what the day made of it."""

import base64
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from alur.aula.envelope import BadFile
from alur.aula.names import ACUAN, EVENT, FORMAT, ORANG
from alur.aula.tabel import all_data, file_names, people_of, rows_of
from musrenbang.infra.digest import sha256_of
from musrenbang.models import Musrenbang
from usulan.models import StatusImpor


def event_document(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return every row of the event, the reference data it needs and its people as JSON-safe data.

    Of people only the name, the user name and, where a role is held, the NIP that papers print; no password.
    """
    person, peran = people_of(musrenbang)
    entitled = set(peran.values_list("pengguna", flat=True))
    pengguna = [p if p["id"] in entitled else p | {"nip": ""} for p in all_data("pengguna", person)]
    return {
        "format": FORMAT,
        "acara": musrenbang.slug,
        "nama": str(musrenbang),
        "dibuat_pada": timezone.now().isoformat(),
        "acuan": {nama: all_data(nama, rows_of(nama, musrenbang)) for nama in ACUAN},
        "orang": dict(zip(ORANG, (pengguna, all_data("keanggotaan", peran)), strict=True)),
        "tabel": {nama: all_data(nama, rows_of(nama, musrenbang)) for nama in EVENT},
    }


def result_document(musrenbang: Musrenbang, jejak_terakhir: int) -> dict[str, Any]:
    """Return the rows of the event as the day left them, and of its trail what is newer than the departure."""
    tabel = {nama: rows_of(nama, musrenbang) for nama in EVENT}
    tabel["jejak_audit"] = tabel["jejak_audit"].filter(pk__gt=jejak_terakhir)
    return {
        "format": FORMAT,
        "acara": musrenbang.slug,
        "dibuat_pada": timezone.now().isoformat(),
        "tabel": {nama: all_data(nama, everything) for nama, everything in tabel.items()},
    }


def needed_files(musrenbang: Musrenbang) -> list[str]:
    """Return the files that the day needs: all but the workbooks of desa that were read already."""
    over = musrenbang.impor.exclude(status=StatusImpor.PRATINJAU).values_list("berkas", flat=True)
    return sorted(set(file_names(musrenbang)) - set(over))


def read_files(nama: list[str]) -> dict[str, bytes]:
    """Return the content of stored files. Raises BadFile when one is gone."""
    result = {}
    for one in nama:
        try:
            with default_storage.open(one, "rb") as file:
                result[one] = file.read()
        except OSError as error:
            raise BadFile(
                f"Berkas {one} tidak ditemukan di penyimpanan, jadi Musrenbang ini tidak dapat dibawa utuh."
            ) from error
    return result


def export(musrenbang: Musrenbang) -> dict[str, Any]:
    """Return the whole event with every file inside, unsigned, for people and other programs. Raises BadFile."""
    everything = read_files(sorted(set(file_names(musrenbang))))
    file = {
        nama: {"sha256": sha256_of(content), "isi": base64.b64encode(content).decode()}
        for nama, content in everything.items()
    }
    return event_document(musrenbang) | {"berkas": file}
