"""Loading an event where it is not yet: the laptop, or another server."""

import base64
import binascii
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction

from alur.aula.envelope import BadFile
from alur.aula.names import ACUAN, EVENT, FORMAT, KE_LUAR, ORANG
from alur.aula.skema import RENTANG
from alur.aula.tabel import from_data, model_of
from musrenbang.infra.digest import sha256_of
from musrenbang.models import Keanggotaan, Musrenbang, Pengguna

LAIN = (
    "Basis data ini sudah berisi data lain yang bertabrakan dengan berkas itu, atau isinya tidak dikenal versi "
    "aplikasi ini. Muat di folder data yang baru (VAR_DIR=folder-baru), atau perbarui aplikasinya dahulu."
)
PIN_HASH = "scrypt$"


@transaction.atomic
def load_event(
    dokumen: dict[str, Any], berkas: dict[str, bytes], *, perjalanan: int = 0, pin: dict[str, str] | None = None
) -> Musrenbang:
    """Store an event with its people, reference data and files under its own keys; return it.

    ``perjalanan``: rows made here from now on take their keys from the range of that journey. ``pin``: by which hash
    people sign in; without one nobody can before a password is set here. No one comes with rights over the whole
    application. Raises BadFile when other data stands where this is to go, or the document is not whole; then
    nothing is stored.
    """
    check_whole(dokumen)
    if Musrenbang.objects.filter(slug=dokumen["acara"]).exists():
        raise BadFile(f"{dokumen['nama']} sudah ada di sini, jadi tidak dimuat lagi.")
    try:
        for nama in ACUAN:
            _store_missing(nama, dokumen["acuan"][nama])
        _store_people(dokumen["orang"]["pengguna"], pin or {})
        _store_missing("keanggotaan", dokumen["orang"]["keanggotaan"])
        for nama in EVENT:
            for content in dokumen["tabel"][nama]:
                insert(nama, _without_outside(nama, content))
        connection.check_constraints()
        musrenbang = Musrenbang.objects.get(slug=dokumen["acara"])
    except (
        IntegrityError,
        ValidationError,
        KeyError,
        TypeError,
        AttributeError,
        LookupError,
        ValueError,
        OverflowError,
        Musrenbang.DoesNotExist,
    ) as error:
        raise BadFile(LAIN) from error
    store_files(berkas)
    reserve_keys(perjalanan)
    return musrenbang


def check_whole(dokumen: dict[str, Any]) -> None:
    """Raise BadFile unless a document is of this format and has its parts."""
    part = {"acara": str, "nama": str, "acuan": dict, "orang": dict, "tabel": dict}
    if str(dokumen.get("format")).startswith("musrenbang/1"):
        raise BadFile(
            "Berkas ini ditulis versi aplikasi yang lama (musrenbang/1). Perbarui aplikasi di asalnya, lalu buat lagi."
        )
    if dokumen.get("format") != FORMAT or any(not isinstance(dokumen.get(k), j) for k, j in part.items()):
        raise BadFile(f"Berkas ini bukan ekspor Musrenbang bentuk {FORMAT}.")
    if any(set(dokumen[k]) != set(v) for k, v in (("tabel", EVENT), ("acuan", ACUAN), ("orang", ORANG))):
        raise BadFile("Tabel di berkas ini tidak dikenal versi aplikasi ini. Samakan versi aplikasinya dahulu.")


def read_attachments(lampiran: Any) -> dict[str, bytes]:
    """Return the files inside an export. Raises BadFile when one is damaged."""
    result = {}
    try:
        for nama, one in lampiran.items():
            result[nama] = base64.b64decode(one["isi"], validate=True)
            if sha256_of(result[nama]) != one["sha256"]:
                raise BadFile(f"Lampiran {nama} di dalam berkas ini rusak.")
    except (AttributeError, KeyError, TypeError, binascii.Error) as error:
        raise BadFile("Lampiran di dalam berkas ini rusak.") from error
    return result


def _store_people(everything: list[dict[str, Any]], pin: dict[str, str]) -> None:
    existing = set(Pengguna.objects.filter(pk__in=[p["id"] for p in everything]).values_list("pk", flat=True))
    for p in everything:
        sandi = pin.get(str(p["id"]), "!")
        if p["id"] not in existing:
            person: Pengguna = from_data("pengguna", p)
            person.password = sandi if sandi.startswith(PIN_HASH) else "!"
            person.save_base(raw=True, force_insert=True)


def _store_missing(nama: str, everything: list[dict[str, Any]]) -> None:
    """Store reference rows; one that is there under the same key must be the same thing."""
    existing = model_of(nama)._default_manager.in_bulk([b["id"] for b in everything])
    for content in everything:
        old = existing.get(content["id"])
        if old is None:
            insert(nama, content)
        elif isinstance(old, Keanggotaan) or str(old) == str(from_data(nama, content)):
            continue
        else:
            raise LookupError(f"{nama} {content['id']}")


def insert(nama: str, content: dict[str, Any]) -> None:
    """Store a row as it was: with its key and its times."""
    from_data(nama, content).save_base(raw=True, force_insert=True)


def _without_outside(nama: str, content: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the row refers to outside the event when that is not here."""
    for column in KE_LUAR.get(nama, ()):
        if content[column] and not model_of(nama)._default_manager.filter(pk=content[column]).exists():
            content = content | {column: None}
    return content


def store_files(berkas: dict[str, bytes]) -> None:
    """Keep the files under their own names; one that is there already is left as it is."""
    for nama, content in berkas.items():
        if not default_storage.exists(nama):
            default_storage.save(nama, ContentFile(content))


def reserve_keys(perjalanan: int) -> None:
    """Let new rows take keys from the range of a journey (0: right after the highest key in use)."""
    for nama in [*EVENT, *ORANG]:
        model = model_of(nama)
        if not isinstance(model._meta.pk, models.AutoField):  # ballots have random keys
            continue
        highest: int = model._default_manager.aggregate(m=models.Max("pk"))["m"] or 0
        _set_sequence(model._meta.db_table, max(highest, perjalanan * RENTANG))


def _set_sequence(tabel: str, terakhir: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [tabel])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [tabel, terakhir])
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [tabel, max(terakhir, 1)])


def keep_trail_order(perjalanan: int) -> None:
    """Let the next row of the trail have a key after those that a journey brought: checks read it in that order.

    It goes on from the middle of the journey's keys: should the import be taken back, PostgreSQL counts on from there,
    and what the laptop still writes is met by no row of the server. Never backwards: others draw keys meanwhile.
    """
    tabel, lanjut = model_of("jejak_audit")._meta.db_table, perjalanan * RENTANG + RENTANG // 2
    if _last_key(tabel) < lanjut:
        _set_sequence(tabel, lanjut)


def _last_key(tabel: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [tabel])
        else:
            cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)", [tabel])
        baris = cursor.fetchone()
        return (baris and baris[0]) or 0
