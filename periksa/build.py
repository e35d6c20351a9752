"""``python -m periksa.build TARGET``: put ``periksa.pyz`` together, the same bytes from the same sources."""

import io
import sys
import zipfile
from functools import cache
from pathlib import Path

AKAR = Path(__file__).resolve().parents[1]
MODUL = [
    *(f"periksa/{n}.py" for n in ("__init__", "files", "checks")),
    *(f"musrenbang/jangkar/{n}.py" for n in ("__init__", "ed25519", "leaves", "note", "tree")),
    "musrenbang/infra/digest.py",
    "musrenbang/rantai.py",
    *sorted(p.relative_to(AKAR).as_posix() for p in (AKAR / "rkp/prioritas/engine").glob("*.py")),
]
KOSONG = ("musrenbang/__init__.py", "musrenbang/infra/__init__.py", "rkp/__init__.py", "rkp/prioritas/__init__.py")
"""Packages whose own ``__init__`` is about the server."""
MULAI = "import sys\n\nfrom periksa.__main__ import main\n\nsys.exit(main())\n"


@cache
def content() -> bytes:
    """Return the archive; it needs Python 3.11 and nothing else.

    Nothing in it is compressed, so that the same sources are the same bytes on every machine, whatever its zlib.
    """
    contents = {n: (AKAR / n).read_text(encoding="utf-8") for n in [*MODUL, "periksa/__main__.py"]}
    contents |= dict.fromkeys(KOSONG, "") | {"__main__.py": MULAI}
    output = io.BytesIO()
    output.write(b"#!/usr/bin/env python3\n")
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for nama in sorted(contents):
            one = zipfile.ZipInfo(nama)
            one.create_system = 3
            archive.writestr(one, contents[nama])
    return output.getvalue()


def build(target: Path) -> Path:
    """Write the archive to a file that can be run."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content())
    target.chmod(0o755)
    return target


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
