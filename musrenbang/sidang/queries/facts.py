"""Who was present, as leaves of the event's record."""

import secrets
from collections import Counter
from typing import Any

from musrenbang.models import Musrenbang
from musrenbang.sebutan import BAKU, use
from musrenbang.sidang.models import Kehadiran


@use(BAKU)  # a fact of the record says the same whatever the place is called
def attendance_facts(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Return how many came of each unsur, and each person; a random part keeps a person's hash from being guessed."""
    hadir = list(Kehadiran.objects.filter(musrenbang=musrenbang).order_by("pk"))
    jumlah = Counter(k.get_unsur_display() for k in hadir)
    return [
        {
            "j": "hadir_jumlah",
            "jumlah": len(hadir),
            "perempuan": sum(k.jenis_kelamin == "P" for k in hadir),
            "unsur": dict(sorted(jumlah.items())),
        },
        *(
            {
                "j": "hadir",
                "nama": k.nama,
                "unsur": k.unsur,
                "lembaga": k.lembaga,
                "jk": k.jenis_kelamin,
                "garam": secrets.token_hex(8),
            }
            for k in hadir
        ),
    ]
