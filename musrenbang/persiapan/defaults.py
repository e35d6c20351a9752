"""What a kecamatan starts from."""

from typing import Any

KRITERIA_BAWAAN: list[dict[str, Any]] = [
    {"kode": "C1", "nama": "Keterdesakan", "bobot": 25},
    {"kode": "C2", "nama": "Penanggulangan kemiskinan", "bobot": 20},
    {"kode": "C3", "nama": "Manfaat/dampak", "bobot": 20},
    {"kode": "C4", "nama": "Dampak terhadap ekonomi masyarakat", "bobot": 15},
    {"kode": "C5", "nama": "Partisipasi masyarakat", "bobot": 10},
    {"kode": "C6", "nama": "Pengembangan potensi lokasi", "bobot": 10},
]
"""The criteria that a kecamatan starts from (musrenbang.md section 4: Asahan 2018; the weights are ours)."""
