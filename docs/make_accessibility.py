"""Writes docs/aksesibilitas.md from fixtures/aksesibilitas.toml: ``python -m docs.make_accessibility``.

A test keeps the two equal; the page /aksesibilitas/ reads the same table.
"""

import os
from pathlib import Path

from alur.access import statement
from musrenbang import format as tulis


def render() -> str:
    """Return the document: results, what fails, what was not looked at, and the table."""
    found = statement()
    lines = [
        "# Aksesibilitas",
        "",
        "Dibuat dari `fixtures/aksesibilitas.toml` dengan `python -m docs.make_accessibility`; jangan disunting.",
        f"WCAG 2.2 tingkat A dan AA, {len(found.criteria)} kriteria, diperiksa {tulis.date_text(found.day)}: "
        + ", ".join(f"{n} {word}" for word, n in found.counts)
        + ". Satu jenis yang belum lulus atau belum diperiksa menentukan hasil kriterianya.",
        "",
        "## Belum lulus",
        "",
        *(f"- {c.number} {c.name} ({c.where}). {c.remark}" for c in found.failed),
        "",
        "## Belum diperiksa",
        "",
        *(f"- {c.number} {c.name} ({c.where}). {c.remark}".rstrip() for c in found.unknown),
        *(f"- {sentence}" for sentence in found.unchecked),
        "",
        "## Semua kriteria",
        "",
        "| kriteria | tingkat | " + " | ".join(found.kinds) + " | diketahui dari | catatan |",
        "|---|---|" + "---|" * (len(found.kinds) + 2),
        *(
            _row(f"{c.number} {c.name}", c.level, *c.results_in_words, "; ".join(c.evidence), c.remark)
            for c in found.criteria
        ),
        "",
    ]
    return "\n".join(lines)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")
    Path(__file__).with_name("aksesibilitas.md").write_text(render())
