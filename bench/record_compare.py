"""What two recordings say differently, compactly (see ``record.py``)."""

import difflib
import re
from collections import defaultdict
from pathlib import Path

from record_content import normalise

Record = tuple[str, str]


def read(folder: Path) -> dict[str, Record]:
    """Return the records of one stage by their key: what was answered, and the name of the text."""
    lines = (folder / "catatan.tsv").read_text().splitlines()
    return {key: (status, name) for key, status, name in (line.split("\t") for line in lines)}


def hunks(old: str, new: str) -> list[str]:
    """Return the pieces that changed, without what stands around them."""
    pieces: list[list[str]] = []
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""):
        if line.startswith("@@"):
            pieces.append([])
        elif pieces:
            pieces[-1].append(line)
    return ["\n".join(p) for p in pieces]


def tidy(line: str) -> str:
    """Return a line as a reader of the page has it: where a template breaks its lines changes nothing."""
    return normalise(re.sub(r"\s+(/?>)", r"\1", re.sub(r"\s+", " ", line)).strip())


def short(keys: list[str]) -> str:
    """Return some of the keys, and how many there are."""
    return f"[{len(keys)}] " + "; ".join(keys[:3]) + (" …" if len(keys) > 3 else "")


def print_differences(old: Path, new: Path, detailed: bool) -> int:
    """Print what differs between two recordings; return 1 when something does."""
    changed, stages = 0, sorted({p.name for folder in (old, new) for p in folder.iterdir() if p.is_dir()})
    for stage in stages:
        if not (old / stage / "catatan.tsv").exists() or not (new / stage / "catatan.tsv").exists():
            print(f"== {stage}: recorded on one side alone")
            changed += 1
            continue
        changed += _stage(old / stage, new / stage, detailed)
    print("equal" if not changed else f"{changed} records differ")
    return int(changed > 0)


def _stage(old: Path, new: Path, detailed: bool) -> int:
    before, after = read(old), read(new)
    groups: dict[str, list[str]] = defaultdict(list)
    texts: dict[Path, str] = {}

    def text_at(folder: Path, name: str) -> str:
        path = folder / "isi" / name
        if path not in texts:
            texts[path] = "\n".join(line for line in map(tidy, path.read_text().splitlines()) if line)
        return texts[path]

    def same(key: str) -> bool:
        (said, text), (says, text_now) = before[key], after[key]
        return said == says and (text == text_now or text_at(old, text) == text_at(new, text_now))

    different = [k for k in before if k in after and not same(k)]
    missing = sorted(before.keys() ^ after.keys())
    print(f"== {old.name}: {len(before)} records before, {len(after)} after, {len(different)} differ")
    seen: dict[tuple[str, str], list[str]] = {}
    for key in missing:
        groups["only before" if key in before else "only after"].append(key)
    for key in different:
        (said, text), (says, text_now) = before[key], after[key]
        if said != says:
            groups[f"{said} -> {says}"].append(key)
        if text != text_now:
            if (text, text_now) not in seen:
                seen[text, text_now] = hunks(text_at(old, text), text_at(new, text_now))
            for hunk in seen[text, text_now]:
                groups[hunk].append(key)
    for what, keys in sorted(groups.items(), key=lambda g: -len(g[1])):
        lines = what.splitlines()
        if not detailed:
            lines = [re.sub(r"(.{300}).+", r"\1 …", line) for line in lines[:12]] + (["…"] if len(lines) > 12 else [])
        print(short(keys), *lines, sep="\n    ")
    return len(different) + len(missing)
