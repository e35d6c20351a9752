"""Writes the picture of the house into docs/arsitektur.md from the imports: ``python -m docs.draw_house``.

An arrow says that a room imports another. Arrows that follow from others are left out. A test keeps picture and imports
equal.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/arsitektur.md"
BEGIN, END = "<!-- house: python -m docs.draw_house -->\n", "<!-- /house -->\n"
ROOMS = (
    "alur",
    "berita_acara",
    "tindak_lanjut",
    "rkp.prioritas",
    "rkp",
    "delegasi",
    "usulan",
    "musrenbang.sidang",
    "musrenbang.persiapan",
    "musrenbang.acuan",
    "musrenbang.akun",
    "musrenbang.infra",
    "musrenbang",
)
# What Django itself calls by name, and which therefore may stand above the rooms of the ground floor.
CALLED_BY_DJANGO = {"middleware", "admin", "management", "settings", "apps", "wsgi", "migrations"}


def room_of(dotted: str) -> str | None:
    """Return the room that a module belongs to; None outside the house."""
    return max((r for r in ROOMS if dotted == r or dotted.startswith(f"{r}.")), key=len, default=None)


def imports() -> set[tuple[str, str]]:
    """Return (room, room that it imports), read from the code."""
    found = set()
    for app in {r.split(".")[0] for r in ROOMS}:
        for path in (ROOT / app).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            room = room_of(".".join(parts))
            if room is None or CALLED_BY_DJANGO & set(parts[1:2] + parts[-1:]) or "migrations" in parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and node.module:
                    names = [f"{node.module}.{a.name}" for a in node.names]
                elif isinstance(node, ast.Import):
                    names = [a.name for a in node.names]
                else:
                    continue
                found |= {(room, other) for name in names if (other := room_of(name)) and other != room}
    return found


def without_detours(arrows: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the arrows that do not follow from others; raise ValueError for a circle."""
    below: dict[str, set[str]] = {}

    def reach(room: str, path: tuple[str, ...]) -> set[str]:
        if room in path:
            raise ValueError(" -> ".join((*path, room)))
        if room not in below:
            direct = {b for a, b in arrows if a == room}
            below[room] = direct | {c for b in direct for c in reach(b, (*path, room))}
        return below[room]

    for room in sorted({a for a, _ in arrows}):
        reach(room, ())
    return {(a, b) for a, b in arrows if not any(b in below.get(c, ()) for x, c in arrows if x == a and c != b)}


def render() -> str:
    """Return the picture as Mermaid text."""
    arrows = without_detours(imports())
    order = {room: n for n, room in enumerate(ROOMS)}
    lines = [f"  {order[a]} --> {order[b]}" for a, b in sorted(arrows, key=lambda x: (order[x[0]], order[x[1]]))]
    rooms = [f'  {n}["{room}"]' for n, room in enumerate(ROOMS)]
    return "\n".join([BEGIN.strip(), "```mermaid", "flowchart TD", *rooms, *lines, "```", END])


def drawn(page: str) -> tuple[str, str, str]:
    """Return what stands before the picture, the picture, and what stands after it."""
    before, rest = page.split(BEGIN)
    picture, after = rest.split(END)
    return before, BEGIN + picture + END, after


if __name__ == "__main__":
    head, _, tail = drawn(PAGE.read_text())
    PAGE.write_text(head + render() + tail)
