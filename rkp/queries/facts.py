"""The plan as leaves of the event's record."""

from typing import Any

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.sebutan import BAKU, use
from rkp.models import BarisVersi
from rkp.queries.baris import official_version, version_rows


@use(BAKU)  # a fact of the record says the same whatever the place is called
def plan_facts(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Return every row of the official version: what, where, how much, how it was decided."""
    versi = official_version(musrenbang)
    return [row_fact(b, str(versi)) for b in version_rows(versi).order_by("nomor")] if versi else []


@use(BAKU)  # a fact of the record says the same whatever the place is called
def row_fact(b: BarisVersi, versi: str) -> dict[str, Any]:
    """Return a frozen row as a fact; amounts in whole rupiah, unknown ones as null."""
    return {
        "j": "baris",
        "versi": versi,
        "no": b.nomor,
        "desa": b.kode_desa,
        "kegiatan": b.kegiatan,
        "lokasi": b.lokasi,
        "volume": tulis.number(b.volume),
        "satuan": b.satuan,
        "rp": b.biaya,
        "hasil": b.keputusan,
        "alasan_kode": b.alasan_kode,
        "alasan": b.alasan,
        "skpd": b.name_of("skpd"),
    }
