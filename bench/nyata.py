"""Check the reader and the search for similar proposals on real lists that may not be committed.

``python bench/nyata.py DIR`` takes a folder with ``*_kecamatan.csv`` and ``*_desa.csv`` (columns id, id_asal,
kode_kecamatan, kecamatan, kode_desa, desa, kegiatan, lokasi, volume, satuan). Each kecamatan is written to a workbook
and read back; every proposal must return with desa, title, place and volume. Then it states how many exact repeats and
how many desa -> kecamatan pairs the search finds. Exit 1 when a proposal is lost or wrong.
"""

import csv
import os
import re
import sys
import tempfile
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")

from openpyxl import Workbook

from usulan.impor.baca import read_workbook
from usulan.impor.hasil import Rujukan
from usulan.serupa import Naskah, find_similar

Baris = dict[str, str]
JUDUL = ["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)"]


def main(folder: Path) -> int:
    """Run both checks over all kecamatan and print the figures."""
    kecamatan = _by_kecamatan(next(folder.glob("*_kecamatan.csv")))
    desa = _by_kecamatan(next(folder.glob("*_desa.csv")))
    salah = [kata for baris in kecamatan.values() for kata in read_back(baris)]
    jumlah = sum(map(len, kecamatan.values()))
    print(f"{jumlah} proposals of {len(kecamatan)} kecamatan; {len(salah)} wrong or lost fields")
    print("\n".join(salah[:20]))
    hitung: dict[str, int] = defaultdict(int)
    for kode, baris in kecamatan.items():
        for nama, nilai in find_pairs(baris, desa.get(kode, [])).items():
            hitung[nama] += nilai
    print(f"exact repeats: {hitung['ulang_ketemu']} of {hitung['ulang']} found, among {hitung['pasangan']} pairs shown")
    print(
        f"desa -> kecamatan: {hitung['asal_ketemu']} of {hitung['asal']} found; of the rewritten ones "
        f"{hitung['ubah_ketemu']} of {hitung['ubah']}"
    )
    return 1 if salah else 0


def _by_kecamatan(path: Path) -> dict[str, list[Baris]]:
    hasil = defaultdict(list)
    with path.open(encoding="utf-8") as isi:
        for baris in csv.DictReader(isi):
            hasil[baris["kode_kecamatan"]].append(baris)
    return dict(hasil)


def read_back(baris: list[Baris]) -> list[str]:
    """Write one kecamatan's proposals to a workbook, read it, and name every field that did not come back."""
    buku = Workbook()
    buku.active.append(JUDUL)
    for i, b in enumerate(baris, 1):
        buku.active.append([i, b["desa"], b["kegiatan"], b["lokasi"], b["volume"], b["satuan"], None])
    rujukan = Rujukan(baris[0]["kecamatan"], {b["kode_desa"]: b["desa"] for b in baris})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        buku.save(path)
        lembar = read_workbook(path, rujukan).lembar[0]
    terbaca = {u.baris: u for u in lembar.usulan}
    salah = []
    for nomor, b in enumerate(baris, 2):
        u = terbaca.get(nomor)
        if u is None:
            salah.append(f"row {nomor} of {b['kecamatan']} is lost: {b['kegiatan']}")
            continue
        harap = {"desa": b["kode_desa"], "kegiatan": _teks(b["kegiatan"]), "lokasi": _teks(b["lokasi"])}
        if (volume := _angka(b["volume"])) is not None:
            harap["volume"] = volume
        salah += [
            f"{b['kecamatan']} row {nomor}: {nama} {getattr(u, nama)!r}, not {nilai!r}"
            for nama, nilai in harap.items()
            if getattr(u, nama) != nilai
        ]
    return salah


def find_pairs(baris: list[Baris], asal: list[Baris]) -> dict[str, int]:
    """Count repeats and desa -> kecamatan pairs, and how many of each the search finds."""
    kode: dict[str, int] = {}
    naskah = [
        Naskah(
            i, kode.setdefault(b["kode_desa"], len(kode)), b["kegiatan"], b["lokasi"], b["desa"], _angka(b["volume"])
        )
        for i, b in enumerate([*baris, *asal])
    ]
    satu = {(p.a, p.b) for p in find_similar(naskah[: len(baris)])}
    semua = {(p.a, p.b) for p in find_similar(naskah)}
    kelompok = defaultdict(list)
    for i, b in enumerate(baris):
        kelompok[_kunci(b)].append(i)
    ulang = {p for anggota in kelompok.values() for p in combinations(anggota, 2)}
    tempat = {b["id"]: len(baris) + i for i, b in enumerate(asal)}
    pasangan = [(i, tempat[b["id_asal"]]) for i, b in enumerate(baris) if b["id_asal"] in tempat]
    ubah = [(i, j) for i, j in pasangan if _kunci(baris[i]) != _kunci(asal[j - len(baris)])]
    return {
        "pasangan": len(satu),
        "ulang": len(ulang),
        "ulang_ketemu": len(ulang & satu),
        "asal": len(pasangan),
        "asal_ketemu": sum(p in semua for p in pasangan),
        "ubah": len(ubah),
        "ubah_ketemu": sum(p in semua for p in ubah),
    }


def _kunci(b: Baris) -> tuple[str, str, str]:
    return (b["kode_desa"], *(" ".join(re.findall(r"\w+", b[n].lower())) for n in ("kegiatan", "lokasi")))


def _teks(teks: str) -> str | None:
    bersih = re.sub(r"\s+", " ", "".join(h if h.isprintable() or h.isspace() else "" for h in teks)).strip()
    return bersih if re.search(r"\w", bersih) else None


def _angka(teks: str) -> Decimal | None:
    try:
        nilai = Decimal(teks)
    except InvalidOperation:
        return None
    return nilai if nilai > 0 else None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
