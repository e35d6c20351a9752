"""From input JSON to published result JSON, with the hashes of both. Pure."""

import hashlib
import json
from typing import Any

from rkp.prioritas.hitung.masukan import parse_masukan
from rkp.prioritas.hitung.pendanaan import fund
from rkp.prioritas.hitung.peringkat import rank


def compute(data: Any) -> dict[str, Any]:
    """Rank and fund; return ``peringkat``, ``pendanaan`` and ``ringkasan`` of antarmuka.md. Raises MasukanSalah."""
    masukan = parse_masukan(data)
    peringkat = rank(masukan)
    pendanaan = fund(masukan, peringkat)
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
            for p in peringkat
        ],
        "pendanaan": [vars(p) for p in pendanaan],
        "ringkasan": {"pagu": masukan.pagu, "didanai": didanai, "sisa": masukan.pagu - didanai},
    }


def digest(data: Any) -> str:
    """Return the SHA-256 of JSON data, independent of key order and spacing."""
    teks = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(teks.encode()).hexdigest()
