"""Shorter ways through the renderer for what papers consist of: long tables of plain text.

WeasyPrint is written for every page that there may be; a table of 2,000 rows takes the same long way through it in each
cell. The functions here take the place of the ones that cost most and hand over to them what is not plain. The pages
are the same: ``tests/test_pdf_fast.py`` lays papers out both ways and compares what stands in the files.

They know the inside of one version (``VERSION``; requirements pin it). With another one nothing is replaced: papers are
as before, only slower, and the test says so.
"""

import sys
from typing import Any

import pydyf
import weasyprint

VERSION = "70.0"
_replaced: list[tuple[Any, str, Any]] = []


def apply() -> bool:
    """Put the shorter ways in place, once a process; tell whether they fit this version of the renderer."""
    if weasyprint.VERSION != VERSION:
        return False
    if _replaced:
        return True
    from musrenbang.infra.pdf.fast import cells, drawing, lines, styles, tags, text, writing  # noqa: PLC0415 -- they know one version alone

    new = text.REPLACED | lines.REPLACED | drawing.REPLACED | styles.REPLACED | tags.REPLACED | cells.REPLACED
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint"):
            for attribute, value in list(vars(module).items()):
                if callable(value) and getattr(value, "__hash__", None) and value in new:
                    _replace(module, attribute, new[value])
    for owner, name, function in (*text.METHODS, *styles.METHODS, *drawing.METHODS):
        _replace(owner, name, function)
    for owner, name, function in (*writing.PROPERTIES, *tags.PROPERTIES):
        _replace(owner, name, property(function))
    _replace(pydyf, "_to_bytes", writing.to_bytes)
    return True


def undo() -> None:
    """Take the shorter ways out again (to compare both)."""
    while _replaced:
        owner, name, before = _replaced.pop()
        setattr(owner, name, before)


def _replace(owner: Any, name: str, new: Any) -> None:
    _replaced.append((owner, name, vars(owner)[name]))
    setattr(owner, name, new)
