"""Import this first: a bench runs on a database of its own, in a folder that is gone afterwards.

``BENCH_DIR`` names a folder to use instead, for a database that takes long to build.
"""

import os
import sys
import tempfile
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
_kerja = tempfile.TemporaryDirectory()
KERJA = Path(_kerja.name)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "musrenbang.settings",
    "VAR_DIR": os.environ.get("BENCH_DIR", _kerja.name),
    "DEBUG": "1",
    "MODE_LATIHAN": "1",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}
django.setup()
