"""Check the reader and the search for similar proposals on real lists that may not be committed.

``python bench/real_lists.py DIR`` takes a folder with ``*_kecamatan.csv`` and ``*_desa.csv`` (columns id, id_asal,
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

from usulan.impor.read import read_workbook
from usulan.impor.results import Reference
from usulan.similar import Script, find_similar

Baris = dict[str, str]
JUDUL = ["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)"]


def main(folder: Path) -> int:
    """Run both checks over all kecamatan and print the figures."""
    kecamatan = _by_kecamatan(next(folder.glob("*_kecamatan.csv")))
    desa = _by_kecamatan(next(folder.glob("*_desa.csv")))
    mistakes = [words for baris in kecamatan.values() for words in read_back(baris)]
    jumlah = sum(map(len, kecamatan.values()))
    print(f"{jumlah} proposals of {len(kecamatan)} kecamatan; {len(mistakes)} wrong or lost fields")
    print("\n".join(mistakes[:20]))
    count: dict[str, int] = defaultdict(int)
    for kode, baris in kecamatan.items():
        for nama, nilai in find_pairs(baris, desa.get(kode, [])).items():
            count[nama] += nilai
    print(f"exact repeats: {count['ulang_ketemu']} of {count['ulang']} found, among {count['pasangan']} pairs shown")
    print(
        f"desa -> kecamatan: {count['asal_ketemu']} of {count['asal']} found; of the rewritten ones "
        f"{count['ubah_ketemu']} of {count['ubah']}"
    )
    return 1 if mistakes else 0


def _by_kecamatan(path: Path) -> dict[str, list[Baris]]:
    result = defaultdict(list)
    with path.open(encoding="utf-8") as content:
        for baris in csv.DictReader(content):
            result[baris["kode_kecamatan"]].append(baris)
    return dict(result)


def read_back(baris: list[Baris]) -> list[str]:
    """Write one kecamatan's proposals to a workbook, read it, and name every field that did not come back."""
    workbook = Workbook()
    workbook.active.append(JUDUL)
    for i, b in enumerate(baris, 1):
        workbook.active.append([i, b["desa"], b["kegiatan"], b["lokasi"], b["volume"], b["satuan"], None])
    reference = Reference(baris[0]["kecamatan"], {b["kode_desa"]: b["desa"] for b in baris})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        workbook.save(path)
        lembar = read_workbook(path, reference).lembar[0]
    readable = {u.baris: u for u in lembar.usulan}
    mistakes = []
    for nomor, b in enumerate(baris, 2):
        u = readable.get(nomor)
        if u is None:
            mistakes.append(f"row {nomor} of {b['kecamatan']} is lost: {b['kegiatan']}")
            continue
        expected = {"desa": b["kode_desa"], "kegiatan": _text(b["kegiatan"]), "lokasi": _text(b["lokasi"])}
        if (volume := _figure(b["volume"])) is not None:
            expected["volume"] = volume
        mistakes += [
            f"{b['kecamatan']} row {nomor}: {nama} {getattr(u, nama)!r}, not {nilai!r}"
            for nama, nilai in expected.items()
            if getattr(u, nama) != nilai
        ]
    return mistakes


def find_pairs(baris: list[Baris], asal: list[Baris]) -> dict[str, int]:
    """Count repeats and desa -> kecamatan pairs, and how many of each the search finds."""
    kode: dict[str, int] = {}
    document = [
        Script(
            i, kode.setdefault(b["kode_desa"], len(kode)), b["kegiatan"], b["lokasi"], b["desa"], _figure(b["volume"])
        )
        for i, b in enumerate([*baris, *asal])
    ]
    one = {(p.a, p.b) for p in find_similar(document[: len(baris)])}
    all_rows = {(p.a, p.b) for p in find_similar(document)}
    kelompok = defaultdict(list)
    for i, b in enumerate(baris):
        kelompok[_kunci(b)].append(i)
    again = {p for anggota in kelompok.values() for p in combinations(anggota, 2)}
    place = {b["id"]: len(baris) + i for i, b in enumerate(asal)}
    pairs = [(i, place[b["id_asal"]]) for i, b in enumerate(baris) if b["id_asal"] in place]
    changes = [(i, j) for i, j in pairs if _kunci(baris[i]) != _kunci(asal[j - len(baris)])]
    return {
        "pasangan": len(one),
        "ulang": len(again),
        "ulang_ketemu": len(again & one),
        "asal": len(pairs),
        "asal_ketemu": sum(p in all_rows for p in pairs),
        "ubah": len(changes),
        "ubah_ketemu": sum(p in all_rows for p in changes),
    }


def _kunci(b: Baris) -> tuple[str, str, str]:
    return (b["kode_desa"], *(" ".join(re.findall(r"\w+", b[n].lower())) for n in ("kegiatan", "lokasi")))


def _text(text: str) -> str | None:
    clean = re.sub(r"\s+", " ", "".join(h if h.isprintable() or h.isspace() else "" for h in text)).strip()
    return clean if re.search(r"\w", clean) else None


def _figure(text: str) -> Decimal | None:
    try:
        nilai = Decimal(text)
    except InvalidOperation:
        return None
    return nilai if nilai > 0 else None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
