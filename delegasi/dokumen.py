"""The counts of the delegation as data for documents."""

from typing import Any

from delegasi.models import PemilihanDelegat


def count_data(p: PemilihanDelegat) -> dict[str, Any]:
    """One count as it is printed: control totals, votes by person with what came of each, ties, why it was annulled."""
    return {
        "unsur": p.get_unsur_display(),
        "cara": p.get_cara_display(),
        "kursi": p.kursi,
        "hadir": p.hadir,
        "pemilih": p.pemilih,
        "edar": p.edar,
        "masuk": p.masuk,
        "sah": p.sah,
        "alasan_seri": p.alasan_seri,
        "batal": p.alasan_batal,
        "suara": [
            {"nama": s["nama"], "suara": s["suara"], "hasil": f"cadangan {i - p.kursi}" if i > p.kursi else "terpilih"}
            for i, s in enumerate(p.suara, 1)
        ],
    }
