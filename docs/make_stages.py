"""Writes docs/tahapan.md from the table of moves: ``python -m docs.make_stages``. A test keeps the two equal."""

from pathlib import Path

from musrenbang.states import FASE, MOVES, URUTAN, Peran, Tahap


def render() -> str:
    """Return the stage document: a diagram and the table of moves."""
    maju = [p for p in MOVES.values() if not p.mundur]
    mundur = [p for p in MOVES.values() if p.mundur]
    baris = [
        "# Tahapan",
        "",
        "Dibuat dari `MOVES` di `musrenbang/states.py`; jangan disunting dengan tangan.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f"  {p.dari} --> {p.ke}: {p.nama}" for p in maju),
        *(f"  {p.dari} --> {p.ke}: mundur" for p in mundur),
        "```",
        "",
        "## Tahap",
        "",
        "| fase | tahap | nama |",
        "|---|---|---|",
        *(f"| {fase} | `{t.value}` | {t.label} |" for fase, daftar in FASE.items() for t in daftar),
        "",
        "## Perpindahan",
        "",
        "| dari | ke | tombol | oleh | alasan |",
        "|---|---|---|---|---|",
        *(
            f"| {Tahap(p.dari).label} | {Tahap(p.ke).label} | {p.nama} | {_oleh(p.peran)} "
            f"| {'wajib' if p.perlu_alasan else ''} |"
            for p in sorted(maju + mundur, key=lambda p: (p.mundur, URUTAN.index(Tahap(p.dari))))
        ),
        "",
    ]
    return "\n".join(baris)


def _oleh(peran: frozenset[str]) -> str:
    return ", ".join(sorted(str(Peran(p).label) for p in peran))


if __name__ == "__main__":
    Path(__file__).with_name("tahapan.md").write_text(render())
