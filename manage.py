#!/usr/bin/env python
"""Command line entry point."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "musrenbang.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Pustakanya tidak ada di Python ini. Jalankan .venv/bin/python manage.py …; `make run` membuatnya.")
    if sys.argv[1:] == ["--version"]:
        from musrenbang.infra.release import VERSION

        sys.stdout.write(f"musrenbang {VERSION}\n")
        sys.exit()
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("Dihentikan.\n")
        sys.exit(130)
    except Exception as galat:
        from musrenbang.infra.commands import explain

        if (kalimat := explain(galat)) is None:
            raise
        sys.stderr.write(f"{kalimat}\n")
        sys.exit(2)
