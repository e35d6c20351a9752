"""Faults that real files show, each laid on a clean list with its truth; ``plans`` draws them alone and in pairs."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.usulan import content_faults, heading_faults
from tests.usulan.polluter import Listing, clean, score_totals
from usulan.impor.read import read_workbook
from usulan.impor.results import Reference

CEMAR: dict[str, Callable[[Listing], None]] = {
    nama: f
    for module in (heading_faults, content_faults)
    for nama, f in vars(module).items()
    if getattr(f, "__module__", "") == module.__name__ and not nama.startswith("_")
}
# What cannot stand together in one file, a group a line: two units, a column twice, an amount changed after it was summed.
BERTENTANGAN = [
    set(one.split())
    for one in """
ribuan_judul ribuan_atas juta_judul per_tahun judul_dua_baris
nomor_kolom huruf_kolom nomor_berumus judul_patah
kisaran galat_sel juta_judul ribuan_judul ribuan_atas total_kata_lain dana_berjumlah
kisaran galat_sel juta_judul ribuan_judul ribuan_atas induk_berjumlah
dana_dicentang dana_berjumlah judul_dua_baris
ukuran rumus_kosong ilmiah volume_satuan
lokasi_terpisah tanggal
total_desa desa_kosong lembar_kecamatan
judul_patah juta_judul ribuan_judul per_tahun dana_dicentang dana_berjumlah ukuran judul_dua_baris
judul_terulang per_tahun judul_dua_baris ukuran dana_dicentang dana_berjumlah
""".splitlines()
]
BERJUMLAH = ["subtotal", "total", "total_tanpa_kata", "total_kata_lain", "total_bervolume"]


def pollute(seed: int, polluted: list[str]) -> Listing:
    """Return the list of a seed with the faults, in the order in which they can be laid on."""
    daftar = clean(seed)
    for nama in sorted(polluted, key=lambda n: list(CEMAR).index(n)):
        CEMAR[nama](daftar)
    return daftar


def plans(count: int, seed: int = 0) -> list[tuple[int, list[str]]]:
    """Return (seed, faults) for each file: every fault alone, then pairs drawn by seed."""
    rng, result = random.Random(seed), [(i, [nama]) for i, nama in enumerate(CEMAR)]
    result.append((len(result), []))
    while len(result) < count:
        install = rng.sample(list(CEMAR), 2)
        if not any(set(install) <= opponent for opponent in BERTENTANGAN):
            result.append((len(result), install))
    return result


def blank_totals(path: Path, reference: Reference, count: int) -> tuple[int, int, int]:
    """Return (totals found, rows called totals, totals there are) over lists whose totals carry no word."""
    affected = mentioned = existing = 0
    for seed in range(count):
        daftar = pollute(10_000 + seed, ["subtotal", BERJUMLAH[1 + seed % 4]])
        for b in daftar.baris:
            if b.total:
                b.sel = {k: v for k, v in b.sel.items() if k == "biaya"}
        position = daftar.save(path)
        result = score_totals(read_workbook(path, reference), position, daftar.nama)
        affected, mentioned, existing = (
            lama + baru for lama, baru in zip((affected, mentioned, existing), result, strict=True)
        )
    return affected, mentioned, existing
