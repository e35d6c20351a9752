"""Fixed rankings as leaves of the event's record."""

from typing import Any

from musrenbang.models import Musrenbang
from musrenbang.sebutan import BAKU, use
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan


@use(BAKU)  # a fact of the record says the same whatever the place is called
def ranking_facts(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Return each fixed ranking by the hashes of its input and result, and each work with its rank and its money."""
    results = []
    fixed = Pemeringkatan.objects.filter(musrenbang=musrenbang, status=StatusPemeringkatan.DITETAPKAN)
    for p in fixed.order_by("pk"):
        if p.hasil is None:
            continue
        results.append(
            {
                "j": "peringkat",
                "program": p.kode,
                "nama": p.nama,
                "pagu": p.pagu,
                "masukan": p.sha256_masukan,
                "hasil": p.sha256_hasil,
            }
        )
        places = {k["kode"]: k["peringkat"] for k in p.hasil["peringkat"]}
        results += [
            {"j": "dana", "program": p.kode, "no": d["kode"], "peringkat": places.get(d["kode"]), "rp": d["didanai"]}
            for d in p.hasil["pendanaan"]
        ]
    return results
