"""kill -9 under load, round after round: voting, attendance and minutes on two workers. Writes no file.

Run with ``.venv/bin/python bench/kills.py [ROUNDS]``; ``PG=1`` uses a PostgreSQL of its own instead of SQLite. In each
round the whole server (master and workers) is killed at a random moment and started again. At the end every write that
was acknowledged is looked for, every ballot counted, and ``check_musrenbang`` run. Exit code 1 when anything is missing.
"""

import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from machines import Kebun, environment
from people import Catatan, Orang, desk, missing, reader, start, writer


def setup_event() -> object:
    """An event with an open vote of 84 and more; the caller's DATABASE_URL must be set."""
    from suara import siapkan

    return siapkan()


def run(garden: Kebun, putaran: int) -> int:
    """Load, kill, count; return the number of faults."""
    from alur.periksa import broken_invariants
    from musrenbang.models import JejakAudit, Musrenbang
    from rkp.prioritas.models import SuratSuara
    from rkp.prioritas.queries.suara import counted
    from tests.prioritas.phones import Phone

    pemungutan, dice = setup_event(), random.Random(9)
    acara = Musrenbang.objects.get()
    env = environment(garden.folder / "var", DATABASE_URL=os.environ["DATABASE_URL"])
    garden.collect_static()
    port = garden.web("web", env, workers=2)
    catatan = Catatan()
    person = {n: Orang(port, n, catatan) for n in ("pemandu", "pmd", "sekcam", "camat")}
    for o in person.values():
        o.sign_in()
    start(
        (desk, (person["pemandu"], acara.slug, "A")),
        (desk, (person["pmd"], acara.slug, "B")),
        (writer, (person["sekcam"], acara.slug)),
        (reader, (person["camat"], "board", f"/m/{acara.slug}/", f"/m/{acara.slug}/rkp/")),
    )
    kode = list(pemungutan.kode.values_list("kode", flat=True))
    telepon = [Phone(port, k, dice.sample(pemungutan.calon, pemungutan.jumlah_pilihan)) for k in kode]
    per = -(-len(telepon) // putaran)
    end = time.monotonic() + 6 * putaran + 60
    choose = []
    for i in range(putaran):
        # this round's phones vote at moments of their own, some of them before and some after the kill
        for t in telepon[i * per : (i + 1) * per]:
            choose.append(threading.Timer(dice.random() * 3, t.vote, (end,)))
            choose[-1].start()
        time.sleep(1 + dice.random() * 2)
        garden.kill("web")
        garden.web("web", env, workers=2)
        time.sleep(1)
    for p in choose:
        p.join()
    catatan.selesai = True
    time.sleep(2)
    lost = missing(catatan, acara.slug)
    suara = sorted(sorted(s) for s in SuratSuara.objects.values_list("pilihan", flat=True))
    right = suara == sorted(sorted(t.pilihan) for t in telepon) and counted(pemungutan).hp == len(telepon)
    broken = broken_invariants(acara)
    cells = [
        os.environ["DATABASE_URL"].split(":")[0],
        putaran,
        len(catatan.tamu),
        max(int(t.rsplit("-", 1)[1].rstrip(".")) for t in catatan.tulisan.values()),
        len(telepon),
        f"{sum(catatan.failures().values())} + {sum(t.putus for t in telepon)}",
        len(lost),
        "yes" if right else "NO",
        len(broken),
        JejakAudit.objects.count(),
    ]
    print(f"| {' | '.join(map(str, cells))} |")
    print("\n".join([*lost, *broken]))
    return len(lost) + (not right) + len(broken) + sum(bool(t.ditolak) for t in telepon)


def main() -> None:
    """Build, run, report."""
    putaran = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder, Kebun(Path(folder)) as garden:
        (garden.folder / "var").mkdir()
        os.environ["DATABASE_URL"] = (
            garden.primary() if os.environ.get("PG") else f"sqlite:///{folder}/var/musrenbang.sqlite3"
        )
        import own_database  # noqa: F401 -- sets Django up on that database

        sys.exit(bool(run(garden, putaran)))


if __name__ == "__main__":
    main()
