"""The chapters around the matrix of the RKP Kecamatan (musrenbang.md 3(c)), from what was recorded."""

from typing import Any

from musrenbang.models import Musrenbang
from rkp import queries
from rkp.models import SEPAKAT, Keputusan


def bab_rkp(musrenbang: Musrenbang, kelompok: list[dict[str, Any]]) -> dict[str, Any]:
    """Return chapters I to III and VI: who proposed what, last year's outcome, priorities, closing (rupiah)."""
    baris = [b for k in kelompok for b in k["baris"]]
    setuju = {Keputusan(k).label for k in SEPAKAT}
    return {
        "hadir": musrenbang.kehadiran.count(),
        "desa": [
            {"nama": r.nama, "n": r.n, "rp": r.rp, "n_sepakat": r.n_sepakat, "rp_sepakat": r.rp_sepakat}
            for r in queries.recap(musrenbang)["Desa"]
        ],
        "prioritas": _priorities([b for b in baris if b["keputusan"] in setuju]),
        "lalu": _last_year(musrenbang),
        "sepakat": sum(b["biaya"] or 0 for b in baris if b["keputusan"] in setuju),
        "jumlah_sepakat": sum(b["keputusan"] in setuju for b in baris),
    }


def _priorities(baris: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Agreed works and money per regional priority, the largest first."""
    per: dict[str, dict[str, Any]] = {}
    for b in baris:
        satu = per.setdefault(b["prioritas_daerah"] or "Belum dikaitkan dengan prioritas daerah", {"n": 0, "rp": 0})
        satu["n"] += 1
        satu["rp"] += b["biaya"] or 0
    return sorted(({"nama": nama, **isi} for nama, isi in per.items()), key=lambda p: -p["rp"])


def _last_year(musrenbang: Musrenbang) -> dict[str, Any] | None:
    """What last year's plan of the same kecamatan agreed, or None when it is not in the application."""
    lalu = Musrenbang.objects.filter(
        kecamatan=musrenbang.kecamatan_id, tahun_pelaksanaan=musrenbang.tahun_pelaksanaan - 1
    ).first()
    versi = queries.current_version(lalu) if lalu else None
    if versi is None:
        return None
    ringkas = {r["keputusan"]: r for r in queries.summary(queries.version_rows(versi))}
    return {
        "tahun": musrenbang.tahun_rencana - 1,
        "n": sum(ringkas[k]["n"] for k in SEPAKAT),
        "rp": sum(ringkas[k]["rp"] for k in SEPAKAT),
        "belum": ringkas[Keputusan.BELUM_DISEPAKATI]["n"] + ringkas[Keputusan.CADANGAN]["n"],
    }
