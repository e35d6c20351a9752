"""Which release this is. The number stands in ``pyproject.toml`` alone; pages, papers and commands ask here."""

import tomllib
from pathlib import Path

VERSION: str = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]["version"]
