"""Letters and lists that leave the kecamatan: mandate, letters to Bappeda and SKPD, the list for the kabupaten."""

from typing import Any

from delegasi.queries import composition, list_delegat
from musrenbang.models import Musrenbang
from musrenbang.transisi import Refused
from tindak_lanjut.cetakan import last_berita_acara


def surat_mandat(musrenbang: Musrenbang) -> dict[str, Any]:
    """The mandate of the delegates (musrenbang.md 3(h)): on what ground, who, to do what, how long."""
    missing = composition(musrenbang).kurang
    if missing:
        raise Refused(f"Surat mandat menunggu delegasi yang lengkap. {' '.join(missing)}")
    return {
        "dasar": last_berita_acara(musrenbang),
        "daftar": [
            {
                "nama": d.nama,
                "unsur": d.get_unsur_display(),
                "jenis_kelamin": d.jenis_kelamin,
                "lembaga": d.lembaga,
                "alamat": d.alamat,
            }
            for d in list_delegat(musrenbang)
        ],
        "berlaku_sampai": f"31 Desember {musrenbang.tahun_pelaksanaan}",
    }
