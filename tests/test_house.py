"""The shape of the house: what a package's ``__init__`` may hold."""

import ast

from django.conf import settings

ROOT = settings.BASE_DIR
APPS = ["musrenbang", "usulan", "rkp", "delegasi", "tindak_lanjut", "berita_acara", "alur", "periksa"]
DJANGO_READS = {"models", "jobs"}  # Django looks for models in the package itself


def listed_names(source: str) -> list[str]:
    """Return the names that an ``__init__`` imports only so that others find them there."""
    tree = ast.parse(source)
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    imported = [
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, (ast.ImportFrom, ast.Import))
        for alias in node.names
    ]
    return [name for name in imported if name.split(".")[0] not in used]


def test_a_package_lists_no_names():
    """Whoever needs a function imports the module that defines it, so that a search finds every caller."""
    assert listed_names('"""Text."""\nfrom a.b import c, d\n__all__ = ["c", "d"]') == ["c", "d"]
    assert listed_names("import os\nX = os.sep") == []
    files = [p for a in APPS for p in (ROOT / a).rglob("__init__.py") if p.parent.name not in DJANGO_READS]
    assert len(files) > 40
    assert {str(p.relative_to(ROOT)): n for p in files if (n := listed_names(p.read_text()))} == {}
