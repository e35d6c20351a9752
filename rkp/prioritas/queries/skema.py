"""Which schemes there are, and which rankings an event has."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from musrenbang.models import Kabupaten, Musrenbang
from musrenbang.sebutan import translate
from rkp.prioritas.models import Pemeringkatan, SkemaPendanaan
from rkp.prioritas.presets import BAWAAN
from rkp.prioritas.rules import complete


@dataclass(frozen=True)
class Pilihan:
    """A scheme that a ranking may be opened with: the kabupaten's own, or one that comes with the program."""

    kode: str
    nama: str
    tahun: str
    dasar_hukum: str
    aturan: dict[str, Any]
    berlaku: bool
    bawaan: bool


def list_skema(kabupaten: Kabupaten) -> QuerySet[SkemaPendanaan]:
    """Return the kabupaten's own schemes."""
    return SkemaPendanaan.objects.filter(kabupaten=kabupaten)


def skema_choices(musrenbang: Musrenbang) -> list[Pilihan]:
    """Return every scheme with whether it runs in the event's plan year; those that do come first (one query).

    A scheme of the kabupaten replaces the preset of the same code.
    """
    tahun = musrenbang.tahun_rencana
    results = [
        Pilihan(
            s.kode,
            s.nama,
            _years(s.tahun_dari, s.tahun_sampai),
            s.dasar_hukum,
            complete(s.aturan),
            s.aktif and s.tahun_dari <= tahun <= (s.tahun_sampai or 9999),
            False,
        )
        for s in list_skema(musrenbang.kecamatan.kabupaten)
    ]
    own = {p.kode for p in results}
    results += [
        Pilihan(
            kode,
            translate(b.name_in(tahun)),
            _years(b.tahun_dari, b.tahun_sampai),
            b.law_in(tahun),
            complete(b.aturan),
            b.tahun_dari <= tahun <= (b.tahun_sampai or 9999),
            True,
        )
        for kode, b in BAWAAN.items()
        if kode not in own
    ]
    return sorted(results, key=lambda p: not p.berlaku)


def _years(dari: int, sampai: int | None) -> str:
    return f"{dari}–{sampai}" if sampai else f"sejak {dari}"


def list_pemeringkatan(musrenbang: Musrenbang) -> QuerySet[Pemeringkatan]:
    """Return the rankings of an event in the order they were opened."""
    return Pemeringkatan.objects.filter(musrenbang=musrenbang)


def get_pemeringkatan(musrenbang: Musrenbang, kode: str) -> Pemeringkatan | None:
    """Return one ranking of an event by its code, with the event set."""
    p = list_pemeringkatan(musrenbang).filter(kode=kode).first()
    if p:
        p.musrenbang = musrenbang
    return p
