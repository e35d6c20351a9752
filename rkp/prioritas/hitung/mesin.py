"""From input JSON to published result JSON, with the hashes of both. Pure."""

import json
from dataclasses import dataclass
from typing import Any

from musrenbang.infra.digest import sha256_of
from rkp.prioritas.hitung.galat import SeriBelumPutus
from rkp.prioritas.hitung.masukan import Masukan, parse_masukan
from rkp.prioritas.hitung.pendanaan import fund
from rkp.prioritas.hitung.peringkat import Urutan, order
from rkp.prioritas.hitung.seri import that_matter


def compute(data: Any) -> dict[str, Any]:
    """Rank and fund; return ``peringkat``, ``pendanaan`` and ``ringkasan`` of antarmuka.md. Raises MasukanSalah.

    A tie that the written chain leaves open is an error, unless the input says that works may share a rank
    (``seri_bersama``) and neither money nor a top that the meeting orders depends on it.
    """
    masukan = parse_masukan(data)
    urutan = order(masukan)
    terbuka = that_matter(masukan, urutan) if masukan.seri_bersama and urutan.seri else urutan.seri
    if terbuka:
        raise SeriBelumPutus(terbuka)
    return _result(masukan, urutan)


@dataclass(frozen=True)
class Sementara:
    """The order as it stands while ties are open: the result with shared ranks, what placed each work {code: rule},
    the groups that the meeting must decide and those on which nothing depends.
    """

    hasil: dict[str, Any]
    karena: dict[str, str]
    diputus: list[list[str]]
    bebas: list[list[str]]


def preview(data: Any) -> Sementara:
    """Return the provisional order of an input by the same engine; raises MasukanSalah for one that cannot be ranked.

    Without an open tie that matters its result is the one of ``compute``, but for ranks that are shared.
    """
    masukan = parse_masukan(data)
    urutan = order(masukan)
    diputus = that_matter(masukan, urutan) if urutan.seri else []
    bebas = [k for k in urutan.terbuka if k not in diputus]
    return Sementara(_result(masukan, urutan), {p.calon.kode: p.karena for p in urutan.peringkat}, diputus, bebas)


def _result(masukan: Masukan, urutan: Urutan) -> dict[str, Any]:
    pendanaan = fund(masukan, urutan.peringkat)
    didanai = sum(p.didanai for p in pendanaan)
    return {
        "peringkat": [
            {
                "kode": p.calon.kode,
                "daftar": p.calon.daftar,
                "peringkat": p.peringkat,
                "skor": p.skor,
                "seri_dengan": p.seri_dengan,
            }
            for p in urutan.peringkat
        ],
        "pendanaan": [vars(p) for p in pendanaan],
        "ringkasan": {"pagu": masukan.pagu, "didanai": didanai, "sisa": masukan.pagu - didanai},
    }


def digest(data: Any) -> str:
    """Return the SHA-256 of JSON data, independent of key order and spacing."""
    teks = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256_of(teks)
