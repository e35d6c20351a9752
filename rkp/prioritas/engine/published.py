"""From input JSON to published result JSON, with the hashes of both. Pure."""

import json
from dataclasses import dataclass
from typing import Any

from musrenbang.infra.digest import sha256_of
from rkp.prioritas.engine.errors import UnsettledTie
from rkp.prioritas.engine.funding import fund
from rkp.prioritas.engine.input import RankingInput, parse_input
from rkp.prioritas.engine.peringkat import Ordering, order
from rkp.prioritas.engine.ties import that_matter


def compute(data: Any) -> dict[str, Any]:
    """Rank and fund; return ``peringkat``, ``pendanaan`` and ``ringkasan`` of antarmuka.md. Raises BadInput.

    A tie that the written chain leaves open is an error, unless the input says that works may share a rank
    (``seri_bersama``) and neither money nor a top that the meeting orders depends on it.
    """
    input_data = parse_input(data)
    ordering = order(input_data)
    opened = that_matter(input_data, ordering) if input_data.seri_bersama and ordering.seri else ordering.seri
    if opened:
        raise UnsettledTie(opened)
    return _result(input_data, ordering)


@dataclass(frozen=True)
class Provisional:
    """The order as it stands while ties are open: the result with shared ranks, what placed each work {code: rule},
    the groups that the meeting must decide and those on which nothing depends.
    """

    hasil: dict[str, Any]
    karena: dict[str, str]
    diputus: list[list[str]]
    bebas: list[list[str]]


def preview(data: Any) -> Provisional:
    """Return the provisional order of an input by the same engine; raises BadInput for one that cannot be ranked.

    Without an open tie that matters its result is the one of ``compute``, but for ranks that are shared.
    """
    input_data = parse_input(data)
    ordering = order(input_data)
    decided = that_matter(input_data, ordering) if ordering.seri else []
    open_rows = [k for k in ordering.terbuka if k not in decided]
    return Provisional(
        _result(input_data, ordering), {p.calon.kode: p.karena for p in ordering.peringkat}, decided, open_rows
    )


def _result(input_data: RankingInput, urutan: Ordering) -> dict[str, Any]:
    funding = fund(input_data, urutan.peringkat)
    funded = sum(p.didanai for p in funding)
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
        "pendanaan": [vars(p) for p in funding],
        "ringkasan": {"pagu": input_data.pagu, "didanai": funded, "sisa": input_data.pagu - funded},
    }


def digest(data: Any) -> str:
    """Return the SHA-256 of JSON data, independent of key order and spacing."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256_of(text)
