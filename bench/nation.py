"""The whole nation in one database: 7,285 kecamatan of 204 proposals, about 1.5 million, on PostgreSQL. Writes no file.

Run with ``.venv/bin/python bench/nation.py [KECAMATAN]``. One event is built through the services, with everything up to
the SKPD's answers; the database then copies it, with shifted keys, for every other kecamatan, 15 to a kabupaten. Files and
documents are not copied. The pages of the first event are timed before and after (median of 9, same process); then the
slowest query of each page is explained. ``BENCH_PG`` names a database that is already loaded instead.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from machines import Kebun

KECAMATAN, PER_KABUPATEN, USULAN = 7285, 15, 204
JARAK = 100_000
"""Keys of a copy are those of the first event plus its number times this."""
TANPA = {
    "musrenbang.Dokumen",
    "prioritas.SuratSuara",
    "berita_acara.SalinanTtd",
    "berita_acara.TandaElektronik",
    "tindak_lanjut.Penyampaian",
    "tindak_lanjut.Pengiriman",
    "berita_acara.TanpaSalinan",
}
PER_KAB = (
    "musrenbang.Kabupaten",
    "musrenbang.Skpd",
    "musrenbang.KataKunci",
    "musrenbang.PrioritasDaerah",
    "musrenbang.KamusUsulan",
    "prioritas.SkemaPendanaan",
)
PER_KEC = ("musrenbang.Kecamatan", "musrenbang.Desa", "musrenbang.Pengguna", "musrenbang.Keanggotaan")
SETELAN = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "shared_buffers=2GB",
    "work_mem=32MB",
    "max_wal_size=8GB",
    "maintenance_work_mem=512MB",
    "effective_cache_size=8GB",
    "random_page_cost=1.1",
)


def _expression(f: object, owned: dict[str, str]) -> str:
    """Return SQL for a column of the copy number n (kabupaten number k)."""
    column = f't."{f.column}"'
    if (f.model._meta.label, f.name) == ("usulan.ImporUsulan", "hasil"):
        return "'{}'::jsonb"
    if f.is_relation:
        label = f.related_model._meta.label
        if label in TANPA:
            return "NULL"
        return f"{column} + {owned[label]} * {JARAK}" if label in owned else column
    if f.primary_key:
        return f"{column} + {owned[f.model._meta.label]} * {JARAK}"
    if f.unique:
        nomor = owned[f.model._meta.label]
        random = f"md5({column}::text || '-' || {nomor})"
        return f"{random}::uuid" if f.get_internal_type() == "UUIDField" else f"substr({random}, 1, {f.max_length})"
    return column


def _copy(model: type, owned: dict[str, str], dari: int, sampai: int) -> str:
    tabel, column = model._meta.db_table, model._meta.concrete_fields
    nomor = owned[model._meta.label]
    order = f"generate_series({dari}, {sampai}) AS {nomor}" + (
        f", LATERAL (SELECT {nomor} / {PER_KABUPATEN} AS k) AS x" if nomor == "n" else ""
    )
    content = ", ".join(_expression(f, owned) for f in column)
    return f"INSERT INTO {tabel} ({', '.join(f.column for f in column)}) SELECT {content} FROM {tabel} t, {order} WHERE t.{model._meta.pk.column} < {JARAK}"


def fill(kecamatan: int) -> None:
    """Copy the first event for all other kecamatan."""
    from django.apps import apps
    from django.db import connection

    from alur.aula.names import EVENT

    copy_of = [t.model for t in EVENT.values() if t.model not in TANPA]
    own = dict.fromkeys([*PER_KEC, *copy_of], "n") | dict.fromkeys(PER_KAB, "k")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # what is copied is consistent; no trigger need look
        for label in PER_KAB:
            cursor.execute(_copy(apps.get_model(label), own, 1, kecamatan // PER_KABUPATEN))
        for origin in range(1, kecamatan, 500):
            for label in [*PER_KEC, *copy_of]:
                cursor.execute(_copy(apps.get_model(label), own, origin, min(origin + 499, kecamatan - 1)))
            print(f"\r{min(origin + 499, kecamatan - 1)} kecamatan", end="", file=sys.stderr, flush=True)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def pages(acara: object) -> list[tuple[str, str, str]]:
    """(what, who, address) of the pages to time."""
    m, kode = f"/m/{acara.slug}/", acara.kecamatan.kabupaten.kode
    return [
        ("home", "sekcam", "/"),
        ("event board", "sekcam", m),
        ("proposals, first 50", "pmd", f"{m}usulan/"),
        ("proposals, searched", "pmd", f"{m}usulan/?cari=jalan"),
        ("one proposal's life", "pmd", f"{m}usulan/{acara.usulan.first().pk}/"),
        ("similar proposals", "pmd", f"{m}usulan/serupa/"),
        ("RKP table", "pmd", f"{m}rkp/"),
        ("ranking", "sekcam", f"{m}rkp/prioritas/"),
        ("sorting to SKPD", "pmd", f"{m}rkp/pemilahan/"),
        ("attendance", "pemandu", f"{m}kehadiran/"),
        ("delegation", "sekcam", f"{m}delegasi/"),
        ("audit trail", "sekcam", f"{m}jejak/"),
        ("public result", "", f"/publik/{acara.slug}/"),
        ("public result, searched", "", f"/publik/{acara.slug}/?cari=jalan"),
        ("kabupaten: board", "bappeda", "/kabupaten/"),
        ("kabupaten: DURKP", "bappeda", "/kabupaten/durkp/"),
        ("kabupaten: people", "bappeda", "/acuan/pengguna/"),
        ("SKPD: all its works", "skpd", "/skpd/"),
        ("public: all events", "", "/publik/"),
        ("public: search events", "", "/publik/?cari=sikur"),
        ("public: open data of a kabupaten", "", f"/publik/kabupaten/{kode}/2026.json"),
    ]


def measure(acara: object) -> dict[str, tuple[float, int, list[dict[str, str]]]]:
    """Return per page: median milliseconds, number of queries, the queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from musrenbang.models import Pengguna

    result = {}
    for what, who, url in pages(acara):
        client = Client()
        if who:
            client.force_login(Pengguna.objects.get(username=who))
        times = []
        for i in range(11):
            start = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                response = client.get(url)
                content = b"".join(response.streaming_content) if response.streaming else response.content
            if i > 1:
                times.append((time.perf_counter() - start) * 1000)
            if response.status_code != 200:
                raise RuntimeError(f"{url}: {response.status_code} {content[:200]!r}")
        result[what] = (statistics.median(times), len(queries), queries.captured_queries)
    return result


def explain(result: dict[str, tuple[float, int, list[dict[str, str]]]]) -> None:
    """Print the plan of each page's slowest query."""
    from django.db import connection

    with connection.cursor() as cursor:
        for what, (_, _, queries) in result.items():
            choose = [q for q in queries if q["sql"].startswith("SELECT")]
            if not choose:
                continue
            longest = max(choose, key=lambda q: float(q["time"]))
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {longest['sql'].replace('%', '%%')}")
            print(
                f"\n## {what}\n\n```sql\n{longest['sql'][:700]}{' ...' if len(longest['sql']) > 700 else ''}\n```\n```"
            )
            print("\n".join(b[0] for b in cursor.fetchall()) + "\n```")


def main() -> None:
    """Build, measure, fill, measure, explain."""
    kecamatan = int(sys.argv[1]) if len(sys.argv) > 1 else KECAMATAN
    with tempfile.TemporaryDirectory() as folder, Kebun(Path(folder)) as garden:
        os.environ["DATABASE_URL"] = garden.primary(*SETELAN)
        import own_database  # noqa: F401 -- sets Django up on that database
        from django.conf import settings
        from django.core.management import call_command

        settings.DEBUG, settings.ALLOWED_HOSTS = False, ["testserver"]
        call_command("migrate", verbosity=0)
        from alur.demo.build import build_demo

        (acara,) = build_demo(tahap="selesai", usulan=USULAN, kecamatan=1)
        small = measure(acara)
        start = time.perf_counter()
        fill(kecamatan)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_database_size(current_database()), (SELECT count(*) FROM usulan_usulan), (SELECT count(*) FROM musrenbang_jejakaudit)"
            )
            size, usulan, jejak = cursor.fetchone()
        print(
            f"\n{kecamatan} kecamatan, {usulan} proposals, {jejak} audit rows, {size / 2**30:.1f} GiB, filled in {time.perf_counter() - start:.0f} s\n"
        )
        large = measure(acara)
        print("| page | one kecamatan | nation | ratio | queries |\n|---|---|---|---|---|")
        for what, (times, n, _) in large.items():
            print(f"| {what} | {small[what][0]:.1f} ms | {times:.1f} ms | {times / small[what][0]:.2f} | {n} |")
        explain(large)


if __name__ == "__main__":
    main()
