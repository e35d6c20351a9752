"""Record what the program does, to see what a change of its shape changed.

``record.py rekam DIR [--kode TREE] [--tahap T ...] [--seperti DIR]`` builds the demo at some stages with a clock that
stands still and dice that fall alike, and keeps in DIR: every address as every role (status, page, number of queries;
then the same with an empty POST), the text of every PDF, the cells of every workbook, every JSON, every row of the
database. ``--kode`` records another work tree, of an older commit for instance; ``--seperti`` asks what an earlier
recording asked, and nothing else. Each request is rolled back, so none sees what another did.

``record.py bandingkan OLD NEW [--rinci]`` prints what differs: each changed piece of text once, with the number of
addresses where it stands. It exits 1 when something differs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

STAGES = ["persiapan", "pleno", "penandatanganan", "selesai"]


def record(args: argparse.Namespace) -> int:
    """Record each stage in a process and a folder of its own; return how many failed."""
    tree = Path(args.kode or Path(__file__).resolve().parents[1]).resolve()
    folder = Path(args.dir).resolve()
    failed = 0
    for stage in args.tahap or STAGES:
        shutil.rmtree(folder / stage, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="rekam-") as work:
            # The tools run from a copy: the recorded tree may lack them, and the names beside them hide its apps.
            tools = Path(work, "alat")
            tools.mkdir()
            for path in Path(__file__).parent.glob("record*.py"):
                shutil.copy(path, tools)
            environment = os.environ | {
                "DEBUG": "1",
                "MODE_LATIHAN": "1",
                "PEKERJA_TERPISAH": "1",
                "VAR_DIR": f"{work}/var",
                "DATABASE_URL": "",
                "DJANGO_SETTINGS_MODULE": "musrenbang.settings",
                "PYTHONHASHSEED": "0",
                "PYTHONPATH": str(tree),
                "REKAM_KODE": str(tree),
                "CETAK_PROSES": "1",
            }
            call = [sys.executable, str(tools / "record.py"), "_tahap", stage, str(folder)]
            like = ["--seperti", str(Path(args.seperti).resolve())] if args.seperti else []
            failed += subprocess.run([*call, *like], env=environment, cwd=work).returncode != 0
    return failed


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="perintah", required=True)
    recording = commands.add_parser("rekam")
    recording.add_argument("dir")
    recording.add_argument("--kode")
    recording.add_argument("--tahap", nargs="*")
    single = commands.add_parser("_tahap")
    single.add_argument("tahap")
    single.add_argument("dir", type=Path)
    for each in (recording, single):
        each.add_argument("--seperti")
    comparing = commands.add_parser("bandingkan")
    comparing.add_argument("lama", type=Path)
    comparing.add_argument("baru", type=Path)
    comparing.add_argument("--rinci", action="store_true")
    args = parser.parse_args()
    if args.perintah == "rekam":
        return record(args)
    if args.perintah == "_tahap":
        import record_tahap

        return record_tahap.record_stage(args.tahap, args.dir, Path(args.seperti) if args.seperti else None)
    import record_compare

    return record_compare.print_differences(args.lama, args.baru, args.rinci)


if __name__ == "__main__":
    sys.exit(main())
