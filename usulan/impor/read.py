"""From a file to proposals, with every non-empty row accounted for."""

from collections import Counter
from pathlib import Path

from musrenbang.infra.digest import sha256_of
from musrenbang.sebutan import sebutan
from usulan.impor.columns import find_tables
from usulan.impor.corrections import Correction
from usulan.impor.files import read_grids
from usulan.impor.grid import FileRefused, Grid
from usulan.impor.kinds import NAMA, Guess, guess_sheet
from usulan.impor.periksa import mark_repeated
from usulan.impor.places import desa_of_sheet
from usulan.impor.reader import Reader
from usulan.impor.results import FileResult, Reference, SheetResult, normal
from usulan.impor.tabel import Pola, Tabel

USULAN = {"durkp", "usulan"}
RENCANA = {"rkp", "rpjm"}
SALINAN = 3  # this many equal proposals are no accident


def read_workbook(
    path: Path,
    reference: Reference,
    *,
    nama: str | None = None,
    desa: str | None = None,
    pilihan_desa: dict[str, str] | None = None,
    pola: Pola | None = None,
    koreksi: Correction | None = None,
    hanya_lembar: str | None = None,
    max_byte: int = 10 * 1024 * 1024,
    max_baris: int = 20_000,
) -> FileResult:
    """Read a DU-RKP (.xlsx, .xls, .ods, .csv). Raises FileRefused when it is unusable or holds no list of proposals.

    ``desa`` is the code for rows in which the file names none. ``pilihan_desa`` maps a name as written, or a question
    of several rows (``BarisUsulan.tanya``), to the code that a person chose for it; ``pola`` a heading's shape to the
    columns that a person chose for it; ``koreksi`` holds what a person corrected in the preview.
    """
    nama, koreksi = nama or path.name, koreksi or Correction()
    grids = read_grids(path, max_byte=max_byte, max_baris=max_baris)
    tabel = [[] if g.tersembunyi else find_tables(g, reference, pola) for g in grids]
    _add_lists_beside(grids, tabel, reference, pola)
    guesses = [guess_sheet(g, t, reference) for g, t in zip(grids, tabel, strict=True)]
    with_proposals = next((g.nama for g, t in zip(grids, guesses, strict=True) if t.daftar and t.jenis in USULAN), None)
    pilihan = {normal(k): v for k, v in (pilihan_desa or {}).items()}
    lembar = []
    for grid, calon, guess in zip(grids, tabel, guesses, strict=True):
        alasan = _why_not(grid, calon, guess, with_proposals, hanya_lembar, koreksi)
        if alasan is None:
            start = desa_of_sheet(grid, calon[0], reference, nama, pilihan, desa)
            for one in calon:
                one.kali = koreksi.factor(grid.nama, one.kali)
            result = Reader(grid, calon, reference, pilihan, koreksi, start).read()
            if not result.usulan:
                result.catatan.append("Formulir ini kosong: tabelnya ada, tetapi tidak satu baris pun berisi usulan.")
        else:
            result = SheetResult(grid.nama, False, alasan)
        result.jenis, result.pilihan_orang = guess.jenis, koreksi.sheet(grid.nama) is not None
        lembar.append(result)
    _leave_out_copies(lembar)
    if reference.lalu:
        mark_repeated(lembar)
    if not any(one.dipakai for one in lembar) and not any(s.pilihan_orang for s in lembar):
        raise FileRefused(_refusal(lembar))
    return FileResult(nama, sha256_of(path.read_bytes()), lembar)


def _add_lists_beside(grids: list[Grid], tables: list[list[Tabel]], reference: Reference, pola: Pola | None) -> None:
    """Let a second list of proposals to the right of the first be a sheet of its own, called by its columns."""
    for i in reversed(range(len(grids))):
        grid, found = grids[i], tables[i]
        if not found or found[0].batas > max((k for cell in grid.baris.values() for k in cell), default=0):
            continue
        beside = grid.right_of(found[0].batas)
        own = find_tables(beside, reference, pola)
        guess = guess_sheet(beside, own, reference)
        if own and guess.daftar and guess.jenis in USULAN:
            grids.insert(i + 1, beside)
            tables.insert(i + 1, own)


def _why_not(
    grid: Grid,
    tabel: list[Tabel],
    guess: Guess,
    with_proposals: str | None,
    hanya_lembar: str | None,
    koreksi: Correction,
) -> str | None:
    """Why a sheet is not used; None when it is. What a person said about it counts before any guess."""
    chosen = koreksi.sheet(grid.nama)
    if chosen is False or (hanya_lembar and grid.nama != hanya_lembar):
        return "tidak dipilih"
    if not tabel:
        return guess.alasan or "tidak ada baris judul tabel yang dikenal"
    if chosen or hanya_lembar:
        return None
    if guess.jenis in RENCANA and guess.daftar and with_proposals:
        return f"{NAMA[guess.jenis]}; usulannya diambil dari lembar kerja “{with_proposals}”"
    return guess.alasan


def _leave_out_copies(lembar: list[SheetResult]) -> None:
    """A sheet whose proposals all stand in another sheet already would count them twice; a person may take it in."""
    readable: list[tuple[str, Counter[tuple[object, ...]]]] = []
    for i, one in enumerate(lembar):
        content: Counter[tuple[object, ...]] = Counter(
            (u.desa, u.kegiatan, u.lokasi, u.volume, u.biaya) for u in one.usulan
        )
        twin = next((nama for nama, other in readable if len(one.usulan) >= SALINAN and content <= other), None)
        if twin and not one.pilihan_orang:
            alasan = f"semua usulannya sudah ada di lembar kerja “{twin}”"
            lembar[i] = SheetResult(one.nama, False, alasan, jenis=one.jenis)
        elif one.usulan:
            readable.append((one.nama, content))


def _refusal(lembar: list[SheetResult]) -> str:
    """Say in one sentence what the file is instead of a list of proposals."""
    others = [s for s in lembar if s.jenis not in {"kosong", "lain"}]
    if others:
        content = "; ".join(f"lembar kerja “{s.nama}” {s.alasan}" for s in others[:3]) + (
            f"; dan {len(others) - 3} lain" if others[3:] else ""
        )
        return (
            f"Berkas ini {NAMA[others[0].jenis]}, bukan daftar usulan: {content}. "
            f"Unggah berkas {sebutan.daftar_desa}-nya."
        )
    alasan = [s.alasan for s in lembar if s.jenis == "lain" and s.alasan and "judul tabel" not in s.alasan]
    extra = f" Yang terbaca: {alasan[0]}." if alasan else ""
    return (
        f"Tidak ada tabel usulan yang dikenal di berkas ini.{extra} Baris judul tabel "
        "harus memuat sekurang-kurangnya tiga kolom seperti Kegiatan, Lokasi, Volume, dan Biaya. Periksa berkasnya, "
        "lalu unggah lagi."
    )
