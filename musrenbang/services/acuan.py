"""Loading reference data for a kabupaten."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from musrenbang.models import Bidang, Kabupaten, KataKunci, PrioritasDaerah, Satuan, Skpd, SumberDana


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
    for s in data["skpd"]:
        skpd, baru = Skpd.objects.get_or_create(
            kabupaten=kabupaten, nama=s["nama"], defaults={"singkatan": s["singkatan"], "bidang": bidang[s["bidang"]]}
        )
        if baru:
            KataKunci.objects.bulk_create(KataKunci(skpd=skpd, **k) for k in s["kata_kunci"])
    for p in data["prioritas_daerah"]:
        PrioritasDaerah.objects.get_or_create(
            kabupaten=kabupaten, tahun=tahun, nomor=p["nomor"],
            defaults={"nama": p["nama"], "sasaran": p["sasaran"], "bidang": bidang[p["bidang"]]},
        )  # fmt: skip
    for model, kunci in ((SumberDana, "sumber_dana"), (Satuan, "satuan")):
        for isi in data[kunci]:
            model.objects.get_or_create(nama=isi["nama"], defaults={"sinonim": "\n".join(isi["sinonim"])})
    return {kunci: len(isi) for kunci, isi in data.items() if isinstance(isi, list)}
