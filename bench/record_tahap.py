"""One stage of a recording: the demo is built, every address asked, every file read (see ``record.py``)."""

import io
import logging
import os
import random
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import time_machine
from record_content import Store, normalise, text_of

CLOCK = "2026-02-09T00:00:00+00:00"  # the morning of the demo's event, eight o'clock in Lombok
PER_NAME = 6  # addresses of one name that differ by a word in them
NOT_ROWS = {"Session", "Sesi", "Permission", "ContentType", "LogEntry", "Migration", "Migrasi"}


def load_dice() -> Callable[[], None]:
    """Replace the system's randomness by a stream of each function that asks for it; return what starts them anew.

    A stream depends on the name of the function alone: code that moves to another module, or asks for more, changes
    nothing for the others.
    """
    counts: dict[str, int] = {}
    tree = os.environ["REKAM_KODE"] + os.sep

    def urandom(size: int) -> bytes:
        frame = sys._getframe(1)
        while frame.f_back and (not frame.f_code.co_filename.startswith(tree) or ".venv" in frame.f_code.co_filename):
            frame = frame.f_back
        name = frame.f_code.co_name
        counts[name] = counts.get(name, 0) + 1
        seed = f"{name} {counts[name]} ".encode()
        return b"".join(sha256(seed + bytes([n])).digest() for n in range(size // 32 + 1))[:size]

    os.urandom = urandom
    random._urandom = urandom
    return counts.clear


def record_stage(stage: str, folder: Path, like: Path | None) -> int:
    """Build the demo at ``stage`` and record it into ``folder``."""
    again = load_dice()
    began = time.perf_counter()
    with time_machine.travel(CLOCK, tick=False) as clock:
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        logging.disable()
        settings.ALLOWED_HOSTS = ["*"]
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        call_command("migrate", verbosity=0)
        call_command("create_demo", tahap=stage, usulan=40, stdout=io.StringIO())
        clock.shift(timedelta(hours=1))
        recorder = Recorder(folder / stage, again)
        recorder.work_off_jobs()
        recorder.rows()
        recorder.files()
        recorder.check()
        recorder.addresses((like / stage / "alamat.txt") if like else None)
    print(f"{stage}: {len(recorder.store.lines)} records, {time.perf_counter() - began:.0f} s", file=sys.stderr)
    recorder.store.write()
    return 0


def model(name: str) -> Any:
    """Return a model by its name, whatever app it lives in now."""
    from django.apps import apps

    return next(m for m in apps.get_models() if m.__name__ == name)


class Recorder:
    """What one stage of the demo shows, and to whom."""

    def __init__(self, folder: Path, again: Callable[[], None]) -> None:
        from django.conf import settings

        self.store, self.again = Store(folder), again
        self.var = Path(settings.VAR_DIR)
        self.asked: dict[str, None] = {}
        self.served: set[str] = set()
        self.cookies: dict[str, str] = {}
        self.people = {"anonim": None}
        for seat in model("Keanggotaan").objects.order_by("pk").select_related("pengguna"):
            self.people.setdefault(str(seat.peran), seat.pengguna)
        self.people["admin"] = model("Pengguna").objects.filter(is_superuser=True).first()
        assert len(self.people) >= 9, self.people

    def work_off_jobs(self) -> None:
        """Do the jobs that wait, as a worker would."""
        from django_tasks_db.models import DBTaskResult

        while job := DBTaskResult.objects.ready().first():
            job.claim("rekam")
            job.set_successful(job.task.call(**job.args_kwargs["kwargs"]))

    def rows(self) -> None:
        """Keep every row of every table."""
        from django.apps import apps

        for m in sorted(apps.get_models(include_auto_created=True), key=lambda m: m.__name__):
            if m.__name__ in NOT_ROWS:
                continue
            rows = m._base_manager.order_by("pk").values()
            lines = [" | ".join(f"{k}={v}" for k, v in sorted(row.items())) for row in rows]
            self.store.add(f"basis data {m.__name__}", f"{len(lines)} baris", normalise("\n".join(lines)))

    def files(self) -> None:
        """Keep the text of every file that was stored, whatever its name; equal ones once."""
        texts: dict[str, list[str]] = {}
        for path in sorted(
            p for p in self.var.rglob("*") if p.is_file() and p.suffix in {".pdf", ".xlsx", ".csv", ".zip", ".json"}
        ):
            if "cetak" not in path.parts:
                place = re.sub(r"[0-9a-f]{12,}", "#", str(path.relative_to(self.var)))
                texts.setdefault(place, []).append(normalise(text_of(path.read_bytes(), path.suffix[1:])))
        for place, each in texts.items():
            for n, text in enumerate(sorted(each), 1):
                self.store.add(f"berkas {place} {n}", f"{len(each)} berkas", text)

    def check(self) -> None:
        """Keep what the invariants say."""
        from django.core.management import call_command

        said = io.StringIO()
        try:
            with redirect_stdout(said):
                call_command("check_musrenbang", self.slug, stdout=said, stderr=said)
        except (Exception, SystemExit) as error:  # what it raised is part of the record
            said.write(f"\n{type(error).__name__}: {error}")
        self.store.add("perintah check_musrenbang", "", normalise(said.getvalue()))

    @property
    def slug(self) -> str:
        return str(model("Musrenbang").objects.order_by("pk").first().slug)

    def addresses(self, like: Path | None) -> None:
        """Ask every address as every role, by GET and with an empty POST."""
        if like:
            for line in like.read_text().splitlines():
                method, who, url = line.split(" ", 2)
                self.ask(method, who, url)
        else:
            found = self.crawl()
            for who in self.people:
                for url in found:
                    if f"GET {who} {url}" not in self.asked:
                        self.ask("GET", who, url)
                for url in self.first_of_each_name(found):
                    self.ask("POST", who, url)
        (self.store.folder / "alamat.txt").write_text("\n".join(self.asked) + "\n")

    def crawl(self) -> list[str]:
        """Return the addresses that pages of any role name, and one of every other name; few of each kind."""
        from django.urls import Resolver404, resolve

        kinds: dict[tuple[Any, ...], int] = {}
        found: dict[str, None] = {}

        def take(url: str) -> bool:
            path, _, query = url.partition("?")
            try:
                match = resolve(path)
            except Resolver404:
                return False
            words = tuple(str(v) for v in match.kwargs.values() if not str(v).isdigit())
            kind = (match.view_name, words, tuple(sorted(p.split("=")[0] for p in query.split("&"))))
            name = (match.view_name, "*", kind[2])
            fresh = url not in found and kinds.get(kind, 0) < 1 and kinds.get(name, 0) < PER_NAME
            if fresh and match.app_name != "admin" and path not in {"/keluar/"}:
                kinds[kind], kinds[name] = 1, kinds.get(name, 0) + 1
                found[url] = None
                return True
            return False

        for url in guesses(self.slug):
            take(url)
        queue = [(who, url) for who in self.people for url in ["/", *found]]
        while queue:
            who, url = queue.pop(0)
            if f"GET {who} {url}" in self.asked:
                continue
            queue += [(who, link) for link in links_in(self.ask("GET", who, url)) if take(link)]
        return list(found)

    def first_of_each_name(self, urls: list[str]) -> list[str]:
        """Return the addresses that are worth a POST: one of each name, without a query."""
        from django.urls import resolve

        first: dict[str, str] = {}
        for url in urls:
            if "?" not in url:
                first.setdefault(resolve(url).view_name, url)
        return list(first.values())

    def ask(self, method: str, who: str, url: str) -> str:
        """Ask one address in a transaction that is rolled back; keep and return the page."""
        key = f"{method} {who} {url}"
        self.asked[key] = None
        if f"{method} {url}" in self.served:
            return ""
        try:
            status, text, kind = self._ask(method, who, url)
        except Exception as error:  # a page that falls is part of the record
            frame = traceback.extract_tb(error.__traceback__)[-1]
            status, text, kind = f"GALAT {type(error).__name__}", f"{error} ({frame.name})", ""
        document = kind not in {"", "text/html", "text/plain"} and status.startswith("200")
        if status.startswith("405") or (method == "GET" and document):  # the same for everybody else
            self.served.add(f"{method} {url}")
        self.store.add(key, status, text)
        return text

    def sign_in(self, who: str) -> str:
        """Sign somebody in, once; return the cookie."""
        from django.test import Client

        client = Client()
        client.force_login(self.people[who])
        session = client.session
        session["kode_masuk"], session["dilihat"] = "cukup", int(time.time())
        session.save()
        self.cookies[who] = client.cookies["sessionid"].value
        return self.cookies[who]

    def _ask(self, method: str, who: str, url: str) -> tuple[str, str, str]:
        from django.core.cache import cache
        from django.db import connection, transaction
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        self.again()
        cache.clear()
        client = Client(raise_request_exception=False)
        if self.people[who]:
            client.cookies["sessionid"] = self.cookies.get(who) or self.sign_in(who)
        with transaction.atomic():
            connection.queries_log.clear()
            with CaptureQueriesContext(connection) as queries:
                answer = client.generic(method, url, content_type="application/x-www-form-urlencoded")
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            said = (
                [f"PESAN {m.level_tag}: {m}" for m in getattr(answer.wsgi_request, "_messages", [])]
                if answer.status_code == 302
                else []
            )
            transaction.set_rollback(True)
        assert b"DisallowedHost" not in body[:2000]
        if getattr(answer, "exc_info", None):
            raise answer.exc_info[1]
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        number = sum("SAVEPOINT" not in q["sql"] for q in queries.captured_queries)
        place = f" ke {normalise(answer.headers['Location'])}" if answer.headers.get("Location") else ""
        text = text_of(body, kind)
        if name := answer.headers.get("Content-Disposition"):
            said.append(normalise(name))
        return f"{answer.status_code}{place} [{number} kueri]", normalise("\n".join([*said, text])), kind


def links_in(page: str) -> list[str]:
    """Return the addresses of this server that a page names, in their order."""
    found = re.findall(r'="(/[^"#\s]*)', page)
    return [url.replace("&amp;", "&") for url in found if not url.startswith(("/static/", "//"))]


def guesses(slug: str) -> Iterator[str]:
    """One address of every name, with plausible arguments."""
    from django.urls import URLPattern, URLResolver, get_resolver, reverse

    def walk(resolver: Any, prefix: str = "") -> Iterator[tuple[str, set[str]]]:
        for p in resolver.url_patterns:
            if isinstance(p, URLResolver) and p.app_name != "admin":
                yield from walk(p, prefix + (f"{p.namespace}:" if p.namespace else ""))
            elif isinstance(p, URLPattern):
                yield prefix + p.name, set(p.pattern.converters)

    plain = {
        "slug": slug,
        "pk": 1,
        "nomor": 1,
        "urut": 1,
        "baris": 1,
        "versi": 1,
        "jenis": "daftar_hadir",
        "nama": "x.xlsx",
        "kode": "52.03.04.2002",
        "skema": "kuota",
        "bentuk": "csv",
        "tahun": 2026,
        "tabel": "kamus",
        "uidb64": "MQ",
        "token": "x-y",
    }
    for name, needs in walk(get_resolver()):
        ranked = name.startswith(("prioritas:", "scheme")) and name != "prioritas:village"
        values = plain | ({"kode": "piwk", "jenis": "prioritas"} if ranked else {})
        for more in (set(), {"slug"}):
            try:
                yield reverse(name, kwargs={k: values.get(k, "x") for k in needs | more})
                break
            except Exception:  # it wants the slug, which an outer pattern holds
                continue
