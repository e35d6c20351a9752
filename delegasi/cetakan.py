"""Papers of the delegates."""

from typing import Any

from delegasi.dokumen import count_data
from delegasi.queries import list_delegat, list_reserves, list_tallies
from musrenbang.cetakan import Cetakan, Isi, Tabel, meeting_day
from musrenbang.models import Musrenbang


def daftar_delegasi(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran V: the delegates (musrenbang.md 3(h))."""
    return {
        "daftar": [
            {
                "nama": d.nama,
                "unsur": d.get_unsur_display(),
                "jenis_kelamin": d.jenis_kelamin,
                "lembaga": d.lembaga,
                "alamat": d.alamat,
                "cara": d.get_cara_display(),
                "alasan_unsur": d.alasan_unsur,
                "unsur_hadir": d.kehadiran.get_unsur_display() if d.alasan_unsur else "",
                "menggantikan": d.menggantikan,
                "alasan_ganti": d.alasan_ganti,
            }
            for d in list_delegat(musrenbang).select_related("kehadiran")
        ],
        "cadangan": [
            {"nama": c.nama, "unsur": c.get_unsur_display(), "ke": c.cadangan_ke} for c in list_reserves(musrenbang)
        ],
        "hitungan": [count_data(p) for p in list_tallies(musrenbang)],
    }


def daftar_delegasi_tabel(content: Isi) -> Tabel:
    """The delegates."""
    columns = [("No.", 6), ("Nama", 34), ("L/P", 6), ("Unsur", 26), ("Lembaga/Instansi", 34), ("Alamat, Telepon", 40)]
    columns += [("Dipilih dengan", 18), ("Suara", 8), ("Keterangan", 50)]
    suara = {s["nama"]: s["suara"] for h in content["hitungan"] if not h["batal"] for s in h["suara"]}
    return Tabel(
        columns,
        (
            [
                i,
                d["nama"],
                d["jenis_kelamin"],
                d["unsur"],
                d["lembaga"],
                d["alamat"],
                d["cara"],
                suara.get(d["nama"], ""),
                d["alasan_unsur"] or d["alasan_ganti"],
            ]
            for i, d in enumerate(content["daftar"], 1)
        ),
    )


CETAKAN: dict[str, Cetakan] = {
    "daftar_delegasi": Cetakan(
        "Daftar delegasi",
        "beserta unsurnya",
        daftar_delegasi,
        "pdf/daftar_delegasi.html",
        xlsx=daftar_delegasi_tabel,
        tanggal=meeting_day,
    ),
}
