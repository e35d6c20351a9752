"""``python -m periksa.bangun TARGET``: put ``periksa.pyz`` together, the same bytes from the same sources."""

import sys
import zipfile
from pathlib import Path

AKAR = Path(__file__).resolve().parents[1]
MODUL = [
    *(f"periksa/{n}.py" for n in ("__init__", "berkas", "uji")),
    *(f"musrenbang/jangkar/{n}.py" for n in ("__init__", "daun", "ed25519", "nota", "pohon")),
    "musrenbang/rantai.py",
    *sorted(p.relative_to(AKAR).as_posix() for p in (AKAR / "rkp/prioritas/hitung").glob("*.py")),
]
KOSONG = ("musrenbang/__init__.py", "rkp/__init__.py", "rkp/prioritas/__init__.py")
"""Packages whose own ``__init__`` is about the server."""
MULAI = "import sys\n\nfrom periksa.__main__ import main\n\nsys.exit(main())\n"


def build(tujuan: Path) -> Path:
    """Write the archive; it needs Python 3.11 and nothing else."""
    isi = {n: (AKAR / n).read_text(encoding="utf-8") for n in [*MODUL, "periksa/__main__.py"]}
    isi |= dict.fromkeys(KOSONG, "") | {"__main__.py": MULAI}
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    with tujuan.open("wb") as keluaran:
        keluaran.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as arsip:
            for nama in sorted(isi):
                arsip.writestr(zipfile.ZipInfo(nama), isi[nama], zipfile.ZIP_DEFLATED)
    tujuan.chmod(0o755)
    return tujuan


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
