"""The child of ``musrenbang.infra.child``: limits itself, then calls one reader and writes what it returns as JSON.

argv: bytes of memory, seconds of work, bytes of any file written. stdin: JSON with ``tugas`` (``module:function``),
``berkas`` (its path) and ``pilihan`` (options).
It imports nothing before the limits stand; the reader's own modules come after them.
"""

import json
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import IO, Any


def limit(memory: int, seconds: int, write: int) -> None:
    """Let the kernel hold this process to its share."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (write, write))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(message: dict[str, Any], output: IO[str]) -> int:
    """Call the reader; return 0, or the code that tells what was wrong with the file."""
    from musrenbang.infra.child.errors import BESAR, RUSAK, UnreadableFile  # noqa: PLC0415 -- after the limits

    try:
        module, nama = message["tugas"].split(":")
        result = getattr(import_module(module), nama)(Path(message["berkas"]), **message["pilihan"])
        response: dict[str, Any] = {"hasil": result, "puncak": _peak()}
        json.dump(response, output)
        output.flush()
    except UnreadableFile as error:
        json.dump({"tolak": str(error)}, output)
    except (MemoryError, OSError) as error:
        return BESAR if isinstance(error, MemoryError) or error.errno == 27 else RUSAK  # 27: file too large
    except Exception:  # whatever a library says about a damaged file means the same to a person
        return RUSAK
    return 0


def main(argv: list[str]) -> int:
    """Limit this process, then do what stdin says."""
    limit(*(int(n) for n in argv[:3]))
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    sys.modules["numpy"] = None  # type: ignore[assignment] -- openpyxl would load it, and with it 100 MB and threads
    return work(json.load(sys.stdin), sys.stdout)


def _peak() -> int:
    """Return the most memory that was in use at once, in kB; ru_maxrss would count the parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return next((int(b.split()[1]) for b in status.read_text().splitlines() if b.startswith("VmHWM")), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
