"""The reader on polluted lists: ``python bench/cemar.py [FILES]``. Exit 1 when a figure misses its mark.

One clean DU-RKP and faults that real files show, alone and in pairs, by seed; scored cell by cell. Then the totals of the
same lists with every label blanked.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")

from tests.usulan.cemaran import blank_totals, plans, pollute
from tests.usulan.pencemar import DESA, score
from usulan.impor.baca import read_workbook
from usulan.impor.hasil import Rujukan

RUJUKAN = Rujukan("Sikur", DESA, satuan={}, tahun=2027)


def main(banyak: int) -> int:
    """Print the score of each fault that cost something, the whole, and precision and recall of blank totals."""
    semua, per_cemar, contoh = Counter(), {}, []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "usulan.xlsx"
        for seed, cemar in plans(banyak):
            daftar = pollute(seed, cemar)
            hitung, salah = score(
                read_workbook(path, RUJUKAN) if (letak := daftar.save(path)) else None, letak, daftar.nama
            )
            semua += hitung
            for nama in cemar or ["bersih"]:
                per_cemar[nama] = per_cemar.get(nama, Counter()) + hitung
            contoh += [f"{seed} {'+'.join(cemar)}: {s}" for s in salah[:2]]
        kena, disebut, ada = blank_totals(path, RUJUKAN, banyak // 3)
    for nama, hitung in sorted(per_cemar.items(), key=lambda p: -p[1]["salah"]):
        if hitung["salah"]:
            print(f"{nama:20} {dict(hitung)}")
    print("\n".join(contoh[:40]))
    jumlah = sum(semua.values())
    tepat, salah_diam = (jumlah - semua["salah"]) / jumlah, semua["salah"] / jumlah
    print(
        f"{banyak} files, {jumlah} values: {dict(semua)}; right, marked or asked {tepat:.2%}, silently wrong {salah_diam:.3%}"
    )
    presisi, cakupan = kena / max(disebut, 1), kena / max(ada, 1)
    print(f"totals without a word: {ada}, precision {presisi:.1%}, recall {cakupan:.1%}")
    return 0 if tepat >= 0.995 and salah_diam <= 0.001 and presisi >= 0.95 and cakupan >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 600))
