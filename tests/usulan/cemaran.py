"""Faults that real files show, each laid on a clean list with its truth; ``plans`` draws them alone and in pairs."""

import random
from collections.abc import Callable
from pathlib import Path

from tests.usulan import cemaran_isi, cemaran_judul
from tests.usulan.pencemar import Daftar, clean, score_totals
from usulan.impor import Rujukan, read_workbook

CEMAR: dict[str, Callable[[Daftar], None]] = {
    nama: f
    for modul in (cemaran_judul, cemaran_isi)
    for nama, f in vars(modul).items()
    if getattr(f, "__module__", "") == modul.__name__ and not nama.startswith("_")
}
# What cannot stand together in one file, a group a line: two units, a column twice, an amount changed after it was summed.
BERTENTANGAN = [
    set(satu.split())
    for satu in """
ribuan_judul ribuan_atas juta_judul per_tahun judul_dua_baris
nomor_kolom huruf_kolom nomor_berumus
kisaran biaya_tulisan galat_sel subtotal total total_tanpa_kata total_kata_lain total_bervolume juta_judul ribuan_judul ribuan_atas
rumus_kosong ilmiah volume_satuan
desa_gabung desa_judul
bidang_gabung bidang_judul
butir bidang_judul bidang_gabung nama_bersambung
dusun_judul lokasi_terpisah target butir
ejaan_judul lokasi_terpisah
judul_terulang per_tahun judul_dua_baris
dusun_judul nama_bersambung
dusun_judul bidang_judul desa_judul subtotal
desa_judul butir
dana_dicentang dana_berjumlah judul_dua_baris
dana_berjumlah subtotal total total_tanpa_kata total_kata_lain total_bervolume total_desa induk_berjumlah kisaran galat_sel ribuan_judul ribuan_atas juta_judul per_tahun nol biaya_tulisan
ukuran rumus_kosong ilmiah volume_satuan total_bervolume
tanggal lokasi_terpisah dusun_judul
tanpa_nomor butir nama_bersambung bernomor_kosong dusun_judul bidang_judul
bidang_tanpa_nomor bidang_judul bidang_gabung desa_judul butir dusun_judul induk_berjumlah subtotal
induk_berjumlah butir dusun_judul desa_judul bidang_judul subtotal juta_judul ribuan_judul ribuan_atas tanpa_nomor kisaran galat_sel per_tahun kecamatan_lain
desa_kosong desa_gabung desa_judul dusun_judul bidang_judul subtotal total_desa bidang_tanpa_nomor kecamatan_lain bidang_gabung
kecamatan_lain desa_gabung desa_judul bidang_gabung subtotal total total_tanpa_kata total_kata_lain total_bervolume total_desa
total_desa kisaran galat_sel biaya_tulisan juta_judul ribuan_judul ribuan_atas per_tahun subtotal desa_judul
lembar_kecamatan desa_judul total_desa
judul_patah ribuan_judul juta_judul judul_dua_baris per_tahun nomor_kolom huruf_kolom nomor_berumus dana_dicentang dana_berjumlah ukuran judul_terulang
judul_terulang ukuran dana_dicentang dana_berjumlah
geser tabel_samping
geser nomor_kolom
geser huruf_kolom
geser nomor_berumus
ukuran per_tahun
per_tahun dana_dicentang
""".splitlines()
]
BERJUMLAH = ["subtotal", "total", "total_tanpa_kata", "total_kata_lain", "total_bervolume"]


def pollute(seed: int, cemar: list[str]) -> Daftar:
    """Return the list of a seed with the faults, in the order in which they can be laid on."""
    daftar = clean(seed)
    for nama in sorted(cemar, key=lambda n: list(CEMAR).index(n)):
        CEMAR[nama](daftar)
    return daftar


def plans(banyak: int, seed: int = 0) -> list[tuple[int, list[str]]]:
    """Return (seed, faults) for each file: every fault alone, then pairs drawn by seed."""
    rng, hasil = random.Random(seed), [(i, [nama]) for i, nama in enumerate(CEMAR)]
    hasil.append((len(hasil), []))
    while len(hasil) < banyak:
        pasang = rng.sample(list(CEMAR), 2)
        if not any(set(pasang) <= lawan for lawan in BERTENTANGAN):
            hasil.append((len(hasil), pasang))
    return hasil


def blank_totals(path: Path, rujukan: Rujukan, banyak: int) -> tuple[int, int, int]:
    """Return (totals found, rows called totals, totals there are) over lists whose totals carry no word."""
    kena = disebut = ada = 0
    for seed in range(banyak):
        daftar = pollute(10_000 + seed, ["subtotal", BERJUMLAH[1 + seed % 4]])
        for b in daftar.baris:
            if b.total:
                b.sel = {k: v for k, v in b.sel.items() if k == "biaya"}
        letak = daftar.save(path)
        hasil = score_totals(read_workbook(path, rujukan), letak, daftar.nama)
        kena, disebut, ada = (lama + baru for lama, baru in zip((kena, disebut, ada), hasil, strict=True))
    return kena, disebut, ada
