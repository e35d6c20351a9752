"""The reader on polluted lists: ``python bench/pollute.py [FILES]``. Exit 1 when a figure misses its mark.

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

from tests.usulan.faults import blank_totals, plans, pollute
from tests.usulan.polluter import DESA, score
from usulan.impor.read import read_workbook
from usulan.impor.results import Reference

RUJUKAN = Reference("Sikur", DESA, satuan={}, tahun=2027)


def main(many: int) -> int:
    """Print the score of each fault that cost something, the whole, and precision and recall of blank totals."""
    everything, per_pollution, example = Counter(), {}, []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "usulan.xlsx"
        for seed, polluted in plans(many):
            listing = pollute(seed, polluted)
            count, wrong = score(
                read_workbook(path, RUJUKAN) if (position := listing.save(path)) else None, position, listing.nama
            )
            everything += count
            for nama in polluted or ["bersih"]:
                per_pollution[nama] = per_pollution.get(nama, Counter()) + count
            example += [f"{seed} {'+'.join(polluted)}: {s}" for s in wrong[:2]]
        affected, mentioned, existing = blank_totals(path, RUJUKAN, many // 3)
    for nama, count in sorted(per_pollution.items(), key=lambda p: -p[1]["salah"]):
        if count["salah"]:
            print(f"{nama:20} {dict(count)}")
    print("\n".join(example[:40]))
    jumlah = sum(everything.values())
    exact, silently_wrong = (jumlah - everything["salah"]) / jumlah, everything["salah"] / jumlah
    print(
        f"{many} files, {jumlah} values: {dict(everything)}; right, marked or asked {exact:.2%}, silently wrong {silently_wrong:.3%}"
    )
    precision, cakupan = affected / max(mentioned, 1), affected / max(existing, 1)
    print(f"totals without a word: {existing}, precision {precision:.1%}, recall {cakupan:.1%}")
    return 0 if exact >= 0.995 and silently_wrong <= 0.001 and precision >= 0.95 and cakupan >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 600))
