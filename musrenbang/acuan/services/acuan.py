"""Loading reference data for a kabupaten."""

import csv
import json
import re
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from musrenbang.models import Bidang, Kabupaten, KataKunci, PrioritasDaerah, Program, Satuan, Skpd, SumberDana

Bernama = TypeVar("Bernama", SumberDana, Satuan)


@transaction.atomic
def import_acuan(*, berkas: Path, kabupaten: Kabupaten, tahun: int) -> dict[str, int]:
    """Add bidang, SKPD with keywords, regional priorities of plan year ``tahun``, funding sources and units.

    The file has the shape of fixtures/acuan.json. Rows that exist by name are left as they are, so that what
    somebody changed stays. Returns the number of rows read per kind.
    """
    data: dict[str, list[dict[str, Any]]] = json.loads(berkas.read_text(encoding="utf-8"))
    bidang = {}
    for b in data["bidang"]:
        bidang[b["nama"]], _ = Bidang.objects.get_or_create(
            nama=b["nama"], defaults={"urut": b["urut"], "sinonim": "\n".join(b["sinonim"])}
        )
    existing = set(Skpd.objects.filter(kabupaten=kabupaten).values_list("nama", flat=True))
    new = [s for s in data["skpd"] if s["nama"] not in existing]
    skpd = Skpd.objects.bulk_create(
        Skpd(kabupaten=kabupaten, nama=s["nama"], singkatan=s["singkatan"], bidang=bidang[s["bidang"]]) for s in new
    )
    KataKunci.objects.bulk_create(
        KataKunci(skpd=one, **k) for one, s in zip(skpd, new, strict=True) for k in s["kata_kunci"]
    )
    for p in data["prioritas_daerah"]:
        PrioritasDaerah.objects.get_or_create(
            kabupaten=kabupaten,
            tahun=tahun,
            nomor=p["nomor"],
            defaults={"nama": p["nama"], "sasaran": p["sasaran"], "bidang": bidang[p["bidang"]]},
        )
    _add_named(SumberDana, data["sumber_dana"])
    _add_named(Satuan, data["satuan"])
    jumlah = import_program_codes(berkas.with_name("kode") / "program.csv")
    return {"program": jumlah} | {kunci: len(content) for kunci, content in data.items() if isinstance(content, list)}


def _add_named(model: type[Bernama], content: list[dict[str, Any]]) -> None:
    existing = set(model.objects.values_list("nama", flat=True))
    new = (model(nama=x["nama"], sinonim="\n".join(x["sinonim"])) for x in content if x["nama"] not in existing)
    model.objects.bulk_create(new)


def import_program_codes(berkas: Path) -> int:
    """Add or rename the programmes of the nomenclature from a CSV (kode,nama); return how many there are."""
    if not berkas.exists():
        return 0
    with berkas.open(encoding="utf-8", newline="") as content:
        all_rows = [(b["kode"].strip(), b["nama"]) for b in csv.DictReader(content)]
    singkatan = {k for _, nama in all_rows for k in re.findall(r"\((\w+)\)", nama)}
    baris = [Program(kode=kode, nama=_title(nama, singkatan)) for kode, nama in all_rows]
    Program.objects.bulk_create(baris, update_conflicts=True, unique_fields=["kode"], update_fields=["nama"])
    return len(baris)


KECIL = {"dan", "atau", "di", "ke", "dari", "untuk", "yang", "dengan", "serta", "pada", "bagi", "melalui"}


def _title(nama: str, singkatan: set[str]) -> str:
    """Write a name that the regulation has in capitals as people read it; abbreviations keep theirs.

    An abbreviation stands alone in brackets somewhere in the list, or has no vowel.
    """
    return re.sub(r"\w+", lambda m: _word(m[0], singkatan), nama)


def _word(words: str, singkatan: set[str]) -> str:
    if words in singkatan or not set(words) & set("AIUEO"):
        return words
    return words.lower() if words.lower() in KECIL else words.capitalize()
