"""The seed of ``musrenbang.infra.child``: an interpreter that has loaded readers, and forks a child for each file.

It never opens a file itself and has one thread, so a fork of it is as good as a fresh child, without the 0.3 s in
which the reader would be loaded. stdin: a line of JSON for each file (what ``run`` takes, its limits under ``batas``,
and ``hasil``, where the result is written); stdout: a line with the code by which the child ended. It ends with its
parent, and after ``argv[1]`` seconds in which nobody asked.
"""

import gc
import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
sys.modules["numpy"] = None  # type: ignore[assignment] -- as in jalan
from musrenbang.infra.child.errors import RUSAK  # noqa: E402 -- after the path stands
from musrenbang.infra.child.run import limit, work  # noqa: E402


def main(silent: int) -> None:
    """Answer until stdin ends or nobody asks any more."""
    while True:
        signal.alarm(silent)
        baris = sys.stdin.buffer.readline()
        signal.alarm(0)
        if not baris:
            return
        sys.stdout.write(f"{_child(baris)}\n")
        sys.stdout.flush()


def _child(baris: bytes) -> int:
    """Return how the child for this file ended: its own code, or the signal that ended it with a minus."""
    message = json.loads(baris)
    import_module(message["tugas"].split(":")[0])  # our own module: loaded once, for every later child as well
    gc.freeze()
    child_pid = os.fork()
    if child_pid == 0:
        os._exit(_read(message))
    return os.waitstatus_to_exitcode(os.waitpid(child_pid, 0)[1])


def _read(message: dict) -> int:  # type: ignore[type-arg]
    """In the child: let go of the parent's line, then limit oneself, then open the file."""
    try:
        empty = os.open(os.devnull, os.O_RDWR)
        os.dup2(empty, 0)
        os.dup2(empty, 1)
        limit(*message["batas"])
        with open(message["hasil"], "w", encoding="utf-8") as output:
            return work(message, output)
    except BaseException:  # whatever it was, this process ends here and goes no further into the seed's code
        return RUSAK


if __name__ == "__main__":
    main(int(sys.argv[1]))
