"""What goes into the ZIP of an event so that ``periksa.pyz`` can check it without any server."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from musrenbang import audit
from musrenbang.infra.digest import sha256_of
from musrenbang.jangkar.folder import known_keys
from musrenbang.jangkar.leaves import BAKU, SAKSI, TITIK, fact_leaf, fact_text, is_private, zip_fact
from musrenbang.jangkar.listing import list_checkpoints
from musrenbang.jangkar.read import Catatan, origin, read_record, record_keys
from musrenbang.models import Dokumen, JejakAudit, Musrenbang, Pengguna
from musrenbang.rantai import content
from musrenbang.services.jangkar import sign_checkpoint
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan

TERBUKA = frozenset(
    {
        TITIK,
        SAKSI,
        "musrenbang.tahap",
        "dokumen.terbit",
        "berita_acara.terbit",
        "rkp.versi_ditetapkan",
        "rkp.diputuskan",
        "rkp.status",
        "pemeringkatan.status",
        "pemungutan.status",
        "kuorum.dicatat",
        "pagu.diubah",
    }
)
"""Rows of the trail that speak of no person: their content is given away. Of all others only the hash is."""
BERALASAN = "musrenbang.tahap"
"""A reason is free text and may name somebody: a row of this kind that has a reason stays closed."""


def proof_files(
    musrenbang: Musrenbang, dokumen: Mapping[str, Dokumen], *, by: Pengguna | None, manifest: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Fix the hashes of the documents and of the ZIP, sign the record, and yield (name, content) of what proves it.

    ``dokumen``: each PDF by its name in the ZIP; ``manifest``: the hashes of all files that are in it already. While
    the event is in the hall nothing is added to its record here.
    """
    yield from _proof(musrenbang, dokumen, by, manifest).items()


@transaction.atomic
def _proof(
    musrenbang: Musrenbang, dokumen: Mapping[str, Dokumen], by: Pengguna | None, manifest: Mapping[str, str]
) -> dict[str, bytes]:
    """The event is locked: what is signed last is the end of what is given away."""
    Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    result = {"peringkat.json": _json(_rankings(musrenbang))}
    if Musrenbang.objects.filter(pk=musrenbang.pk, dibawa_pada=None).exists():
        everything = dict(manifest) | {n: sha256_of(b) for n, b in result.items()}
        contents = _trail(musrenbang, read_record(musrenbang), dokumen)
        fix_files(musrenbang, dokumen.values(), by, zip_fact(everything, contents["jejak"], contents["dokumen"]))
        sign_checkpoint(musrenbang=musrenbang, by=by)
    catatan, point = read_record(musrenbang), list_checkpoints(musrenbang)
    kunci = dict.fromkeys(k.teks for k in (*known_keys(), *record_keys(musrenbang), *point.saksi))
    return result | {
        "jejak.json": _json(_trail(musrenbang, catatan, dokumen)),
        "titik.txt": point.teks.encode(),
        "kunci.txt": "".join(f"{k}\n" for k in kunci).encode(),
    }


@transaction.atomic
def fix_files(
    musrenbang: Musrenbang, dokumen: Iterable[Dokumen], by: Pengguna | None, other: dict[str, str] | None = None
) -> None:
    """Make the hash of every document a fact, and one more; what the record has already is not written again."""
    Musrenbang.objects.select_for_update().get(pk=musrenbang.pk)
    catatan = read_record(musrenbang)
    existing = {f for all_rows in catatan.fakta.values() for f in all_rows}
    all_rows = [
        fact_text({"j": "berkas", "kode": d.kode, "jenis": d.jenis, "versi": d.versi, "sha256": d.sha256})
        for d in dokumen
    ]
    new = [f for f in all_rows if f not in existing] + ([fact_text(other)] if other else [])
    if new:
        audit.record(
            musrenbang=musrenbang, by=by, aksi=BAKU, objek=musrenbang, rincian={"daun": new, "jumlah": len(new)}
        )


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _trail(musrenbang: Musrenbang, catatan: Catatan, dokumen: Mapping[str, Dokumen]) -> dict[str, Any]:
    """Every row in the order of the chain, and the facts; those about people by their hash."""
    everything = {j.pk: j for j in JejakAudit.objects.filter(musrenbang=musrenbang).exclude(aksi=BAKU)}
    baris = []
    for t in catatan.urut:
        one: dict[str, Any] = {"sebelum": t.sebelum, "sidik": t.sidik}
        j = everything.get(t.pk)
        if j and j.aksi in TERBUKA and not (j.aksi == BERALASAN and j.alasan):
            one["isi"] = content(j, j.sebelum)
        if fact := catatan.fakta.get(t.pk):
            one["fakta"] = [fact_leaf(f).hex() if is_private(f) else f for f in fact]
        baris.append(one)
    return {
        "asal": origin(musrenbang),
        "kepala": catatan.urut[-1].sidik if catatan.urut else "",
        "jejak": baris,
        "dokumen": [
            {
                "berkas": nama,
                "kode": d.kode,
                "sha256": d.sha256,
                "akar": d.isi.get("jangkar", {}).get("akar", ""),
                "ukuran": d.isi.get("jangkar", {}).get("ukuran", 0),
            }
            for nama, d in dokumen.items()
        ],
    }


def _rankings(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """The published input and result of every fixed ranking."""
    fixed = Pemeringkatan.objects.filter(musrenbang=musrenbang, status=StatusPemeringkatan.DITETAPKAN)
    return [
        {"program": p.kode, "nama": p.nama, "masukan": p.masukan, "hasil": p.hasil}
        for p in fixed.order_by("pk")
        if p.hasil is not None
    ]
