"""Machines of a kabupaten or a province on this one: PostgreSQL with a replica, web nodes, workers, nginx.

Everything listens on 127.0.0.1 on free ports, in a folder of its own, and is gone when the ``Kebun`` is closed.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Garden:
    """A folder with machines in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.chmod(0o711)
        self.proses: dict[str, subprocess.Popen[bytes]] = {}
        self.port: dict[str, int] = {}
        self._pg = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parts[-2]))[-1]
        self._user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name

    def __enter__(self) -> "Garden":
        return self

    def __exit__(self, *_: object) -> None:
        for nama in list(self.proses):
            self.kill(nama)
        for nama in ("utama", "replika"):
            if (self.folder / nama).exists():
                self._as_pg("pg_ctl", "-D", str(self.folder / nama), "-m", "immediate", "stop", check=False)

    # PostgreSQL
    def _as_pg(self, device: str, *pilihan: str, check: bool = True) -> None:
        capacity = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        subprocess.run(
            [*capacity, str(self._pg / device), *pilihan],
            check=check,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def _pg_folder(self, nama: str) -> Path:
        place = self.folder / nama
        place.mkdir(mode=0o700)
        if os.getuid() == 0:
            shutil.chown(place, "postgres")
        return place

    def primary(self, *setting: str) -> str:
        """Start a database that a replica may follow; return its URL. ``setting``: more ``name=value``."""
        place = self._pg_folder("utama")
        self._as_pg("initdb", "-D", str(place), "-U", "uji", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self.port["utama"] = free_port()
        self.start_postgres("utama", "max_wal_senders=4", "wal_level=replica", *setting)
        return self.url("utama")

    def replica(self, *setting: str) -> str:
        """Copy the database as it runs and let the copy follow it; return the URL of the copy."""
        place = self._pg_folder("replika")
        self._as_pg(
            "pg_basebackup",
            "-D",
            str(place),
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port["utama"]),
            "-U",
            "uji",
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
        )
        self.port["replika"] = free_port()
        self.start_postgres("replika", "hot_standby=on", *setting)
        return self.url("replika")

    def start_postgres(self, nama: str, *setting: str) -> None:
        """Start a server on its port; settings as ``name=value``."""
        pilihan = [
            f"port={self.port[nama]}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder / nama}",
            *setting,
        ]
        self._as_pg(
            "pg_ctl",
            "-D",
            str(self.folder / nama),
            "-w",
            "-l",
            str(self.folder / nama / "log"),
            "-o",
            " ".join(f"-c {p}" for p in pilihan),
            "start",
        )

    def stop_postgres(self, nama: str) -> None:
        """Stop a server as a pulled plug would."""
        self._as_pg("pg_ctl", "-D", str(self.folder / nama), "-m", "immediate", "stop")

    def fill(self, dari: str) -> None:
        """Copy another database into the primary."""
        content = subprocess.run([str(self._pg / "pg_dump"), "-d", dari], check=True, stdout=subprocess.PIPE).stdout
        commands = [str(self._pg / "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url("utama")]
        subprocess.run(commands, input=content, check=True, stdout=subprocess.DEVNULL)

    def url(self, nama: str) -> str:
        """The address of a database."""
        return f"postgres://uji@127.0.0.1:{self.port[nama]}/postgres"

    # the application
    def manage(self, env: dict[str, str], *command: str) -> str:
        """Run a command to its end; return what it printed."""
        response = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=os.environ | env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return response.stdout

    def collect_static(self) -> None:
        """Gather the static files, once before the first node."""
        self.manage(environment(self.folder / "statis"), "collectstatic", "--noinput", "--verbosity", "0")

    def web(self, nama: str, env: dict[str, str], *, workers: int = 1) -> int:
        """Start a web node (again on its port) and wait until it is healthy; return the port."""
        port = self.port.setdefault(nama, free_port())
        self._run(
            nama,
            env,
            str(BIN / "gunicorn"),
            "musrenbang.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            str(workers),
            "--no-control-socket",
            "--log-level",
            "warning",
            "--timeout",
            "120",
            "--keep-alive",
            "75",
            "--threads",
            os.environ.get("THREADS", "4"),
        )
        self.wait(port)
        return port

    def worker(self, nama: str, env: dict[str, str]) -> None:
        """Start a worker of the queue."""
        self._run(
            nama,
            env,
            sys.executable,
            "manage.py",
            "db_worker",
            "--interval",
            "0.5",
            "--no-startup-delay",
            "--no-reload",
            "--verbosity",
            "0",
        )

    def nginx(self, *nodes: str) -> int:
        """Start nginx in front of web nodes with the rules of ``deploy/nginx``, without TLS; return its port."""
        upstream = " ".join(f"server 127.0.0.1:{self.port[n]} max_fails=2 fail_timeout=5s;" for n in nodes)
        provisional = " ".join(
            f"{what}_temp_path {self.folder}/n-{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        port = self.port["nginx"] = free_port()
        content = f"""daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx.log warn; worker_processes 1;
events {{ worker_connections 4096; }}
http {{
    access_log off; {provisional}
    include {ROOT}/deploy/nginx/batas.conf;
    upstream musrenbang {{ least_conn; {upstream} keepalive 32; }}
    server {{ listen 127.0.0.1:{port}; include {ROOT}/deploy/nginx/aplikasi.conf; }}
}}
"""
        (self.folder / "nginx.conf").write_text(content)
        self._run("nginx", {}, "nginx", "-c", str(self.folder / "nginx.conf"))
        self.wait(port)
        return port

    def storage(self) -> dict[str, str]:
        """Start S3-compatible storage (moto's server) with an empty bucket; return the environment that names it."""
        import boto3

        port = self.port["berkas"] = free_port()
        self._run("berkas", {}, str(BIN / "moto_server"), "-H", "127.0.0.1", "-p", str(port))
        env = {
            "BERKAS_S3": "musrenbang",
            "S3_ALAMAT": f"http://127.0.0.1:{port}",
            "S3_KUNCI": "kunci",
            "S3_RAHASIA": "rahasia",
            "S3_WILAYAH": "id-1",
        }
        client = boto3.client(
            "s3",
            endpoint_url=env["S3_ALAMAT"],
            aws_access_key_id=env["S3_KUNCI"],
            aws_secret_access_key=env["S3_RAHASIA"],
            region_name=env["S3_WILAYAH"],
            config=boto3.session.Config(retries={"max_attempts": 20, "mode": "standard"}),
        )
        client.create_bucket(
            Bucket=env["BERKAS_S3"], CreateBucketConfiguration={"LocationConstraint": env["S3_WILAYAH"]}
        )
        return env

    def _run(self, nama: str, env: dict[str, str], *command: str) -> None:
        with (self.folder / f"{nama}.log").open("ab") as log:
            self.proses[nama] = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | env, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, nama: str) -> None:
        """Kill -9 to a machine and all its processes."""
        process = self.proses.pop(nama)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    @staticmethod
    def wait(port: int, seconds: float = 60) -> None:
        """Wait until somebody healthy answers on the port."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5) as response,
            ):
                if response.status == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"no answer on port {port}")


def environment(folder: Path, **other: Any) -> dict[str, str]:
    """Return the environment of a production node whose files are in ``folder``."""
    base = {
        "DEBUG": "0",
        "HTTPS": "0",
        "MODE_LATIHAN": "1",
        "SECRET_KEY": "bench-" * 12,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "VAR_DIR": str(folder),
    }
    return base | {k: str(v) for k, v in other.items()}
