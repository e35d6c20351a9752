"""Run a command with all that it starts; the last line says processor seconds and the memory of its largest process.

    python bench/process.py COMMAND [ARGUMENT ...]

Chromium's renderers are children of a process that does not wait for them, so their seconds are missing from its own
sum. This process takes in what is orphaned below it and waits for each.
"""

import contextlib
import ctypes
import os
import resource
import subprocess
import sys

PR_SET_CHILD_SUBREAPER = 36

if __name__ == "__main__":
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    subprocess.run(sys.argv[1:], check=True, capture_output=True)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
