"""gunicorn on a server, behind nginx: threads, so that pages are served while a worker lays out a document."""

import json
import os
from pathlib import Path

from gunicorn.glogging import Logger

from musrenbang.infra.redact import mask


class Pencatat(Logger):
    """An access log in which no ballot's code stands beside an address, and no one-time link at all."""

    def atoms(self, *args: object) -> dict[str, str]:
        return {k: mask(v) if isinstance(v, str) else v for k, v in super().atoms(*args).items()}


bind = os.environ.get("GUNICORN_BIND", "0.0.0.0:8000")
workers = int(os.environ.get("GUNICORN_WORKERS", "4"))
threads = 4
timeout = 120  # the longest document that is rendered while somebody waits
graceful_timeout = 120
keepalive = 75  # longer than nginx keeps a connection (60 s): otherwise a form may meet one that is just being closed
max_requests, max_requests_jitter = 5000, 500
_MEMORI = "/dev/shm"  # noqa: S108 -- the heartbeat of the workers must not wait for a disk
worker_tmp_dir = _MEMORI if Path(_MEMORI).is_dir() else None
control_socket_disable = True
accesslog = "-"
logger_class = Pencatat
# One JSON object a request; the address is the one that nginx saw.
access_log_format = json.dumps(
    {
        "waktu": "%(t)s",
        "alamat": "%({x-real-ip}i)s",
        "permintaan": "%(r)s",
        "status": "%(s)s",
        "byte": "%(B)s",
        "mikrodetik": "%(D)s",
        "id": "%({x-request-id}i)s",
        "node": "%(p)s",
    }
)

if METRIK := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(METRIK).mkdir(parents=True, exist_ok=True)


def child_exit(server: object, worker: object) -> None:
    """Figures of a worker that is gone no longer count as running ones."""
    if METRIK:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 -- only where figures are read

        mark_process_dead(worker.pid)
