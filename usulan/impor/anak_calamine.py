"""Child of ``lama.read``: prints the sheets of argv[1] as JSON. Exit 3 password, 4 too many rows, other damaged.

It imports nothing of the project, so that starting it costs only the interpreter.
"""

import json
import resource
import sys

import python_calamine

MEMORI = 450 * 1024 * 1024
DETIK_CPU = 25
MAKS_KOLOM = 2_000


def main(path: str, maks_baris: int) -> None:
    """Read every sheet within the limits of memory and time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORI, MEMORI))
    resource.setrlimit(resource.RLIMIT_CPU, (DETIK_CPU, DETIK_CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open(path, "rb") as berkas:  # by content; a path would be judged by its name
            buku = python_calamine.CalamineWorkbook.from_filelike(berkas)
    except python_calamine.PasswordError:
        sys.exit(3)
    keluar, jumlah = [], 0
    for info in buku.sheets_metadata:
        if info.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue
        lembar = buku.get_sheet_by_name(info.name)
        baris = []
        for nomor, isi in enumerate(lembar.to_python(skip_empty_area=False), start=1):
            sel = [(k, _polos(v)) for k, v in enumerate(isi[:MAKS_KOLOM], start=1) if v not in ("", None)]
            if sel:
                baris.append((nomor, sel))
                jumlah += 1
                if jumlah > maks_baris:
                    sys.exit(4)
        gabung = [(a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1) for a, b in lembar.merged_cell_ranges or []]
        tampak = info.visible is python_calamine.SheetVisibleEnum.Visible
        keluar.append({"nama": info.name, "tampak": tampak, "baris": baris, "gabung": gabung})
    json.dump(keluar, sys.stdout)


def _polos(nilai: object) -> object:
    """Numbers and text as they are; whole floats as int, as Excel shows them; a date day first and marked by a list."""
    if isinstance(nilai, float) and nilai.is_integer():
        return int(nilai)
    if isinstance(nilai, str | int | float):
        return nilai
    return [f"{nilai:%d-%m-%Y}"] if hasattr(nilai, "year") else str(nilai)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
