"""The money outcome of a fixed ranking, written to the rows of the plan and taken back with it."""

from typing import Any

from rkp.models import DanaProgram
from rkp.prioritas.models import Calon, Pemeringkatan


def write_dana(p: Pemeringkatan, result: dict[str, Any]) -> None:
    """Store what a result gives to each row; what the ranking gave before is replaced."""
    remove_dana(p)
    place = {u["kode"]: u["peringkat"] for u in result["peringkat"]}
    baris = {c.kode: c.baris_id for c in Calon.objects.filter(pemeringkatan=p).select_related("baris")}
    DanaProgram.objects.bulk_create(
        (
            DanaProgram(
                baris_id=baris[d["kode"]],
                kode=p.kode,
                program=p.nama,
                jumlah=d["didanai"],
                peringkat=place[d["kode"]],
            )
            for d in result["pendanaan"]
            if d["didanai"]
        ),
        batch_size=500,
    )


def remove_dana(p: Pemeringkatan) -> None:
    """Take back what a ranking gives; nothing of it stays on any row."""
    DanaProgram.objects.filter(baris__rkp__musrenbang=p.musrenbang_id, kode=p.kode).delete()
