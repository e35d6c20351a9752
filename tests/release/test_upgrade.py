"""Servers are upgraded without a pause: the code of the last release goes on writing on the schema of this one.

A release is a commit whose message has a line "Release: 1.2.3". A shallow clone or a folder without history does not
hold it; these tests then say so and are skipped, and the summary of the run names them.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

ROOT = settings.BASE_DIR
SCRIPT = Path(__file__).with_name("old_code.py")
APPS = {"musrenbang", "sidang", "usulan", "rkp", "prioritas", "delegasi", "tindak_lanjut", "berita_acara"}


def git(*words: str) -> bytes:
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), *words]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout


def last_release() -> str:
    """Return the commit of the last release; skip, with the reason, where the history does not reach that far."""
    try:
        found = git("log", "-1", "--format=%H", "-E", "--grep=^Release: [0-9]+(\\.[0-9]+)+$").decode().strip()
        shallow = git("rev-parse", "--is-shallow-repository").decode().strip() == "true"
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no history here, so the code of the last release cannot be tried on this schema: {error}")
    if not found and shallow:
        pytest.skip("a shallow clone does not hold the last release: `git fetch --unshallow`, then run this again")
    assert found, "no commit says `Release: …`: a history that was rewritten lost the mark of the last release"
    return found


@pytest.fixture(scope="module")
def old_tree(tmp_path_factory):
    """The tree of the last release, without what its code does not need to run."""
    folder = tmp_path_factory.mktemp("release")
    packed = git("archive", last_release(), "--", ":!tests", ":!bench", ":!docs", ":!static/vendor/ikon")
    # Not by tarfile: what it asks for since 3.11.4 is an error in the Python of Debian 12.
    subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
    return folder


def run_old(tree: Path, var: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {
        "PYTHONPYCACHEPREFIX": str(tree / ".pyc"),
        "PYTHONPATH": str(tree),
        "DJANGO_SETTINGS_MODULE": "musrenbang.settings",
        "DEBUG": "1",
        "MODE_LATIHAN": "1",
        "VAR_DIR": str(var),
        "DATABASE_URL": "",
        "CETAK_PROSES": "1",
    }
    command = [sys.executable, str(SCRIPT), *words]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=300)


@pytest.fixture
def schema(db, tmp_path):
    """The schema of this tree as statements in a file, with the migrations that made it."""
    if connection.vendor != "sqlite":
        pytest.skip("the walk is done on SQLite; what a column must hold is compared here as well")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
            "ORDER BY type = 'trigger', type = 'index', rowid"
        )
        statements = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT app, name, applied FROM django_migrations")
        rows = [[str(value) for value in row] for row in cursor.fetchall()]
    path = tmp_path / "schema.json"
    path.write_text(json.dumps({"statements": statements, "migrations": rows}))
    return path


def schema_faults(written: dict[str, list[str]], there: dict[str, dict[str, bool]]) -> list[str]:
    """Return what stops code that writes the columns ``written`` on tables that say of each column whether it may be
    left out."""
    faults = [f"{t}: no such table" for t in written.keys() - there.keys()]
    for table in written.keys() & there.keys():
        names, columns = set(written[table]), there[table]
        faults += [f"{table}.{c}: no such column" for c in names - columns.keys()]
        faults += [f"{table}.{c}: must be given" for c in columns.keys() - names if not columns[c]]
    return sorted(faults)


def columns_there() -> dict[str, dict[str, bool]]:
    with connection.cursor() as cursor:
        look = connection.introspection
        return {
            table: {c.name: c.null_ok or c.default is not None for c in look.get_table_description(cursor, table)}
            for table in look.table_names(cursor)
        }


@pytest.mark.django_db
def test_every_column_the_last_release_does_not_know_may_be_left_out(old_tree, tmp_path):
    assert schema_faults({"a": ["x", "y"], "b": ["z"]}, {"a": {"x": False, "n": False, "m": True}}) == [
        "a.n: must be given",
        "a.y: no such column",
        "b: no such table",
    ]
    answer = run_old(old_tree, tmp_path, "columns")
    assert answer.returncode == 0, answer.stderr[-3000:]
    written = json.loads(answer.stdout)
    assert len(written) > 90
    assert schema_faults(written, columns_there()) == []


def test_the_last_release_imports_moves_votes_and_issues_on_this_schema(old_tree, schema, tmp_path):
    answer = run_old(old_tree, tmp_path, "walk", str(schema))
    assert answer.returncode == 0, answer.stderr[-3000:]
    said = json.loads(answer.stdout)
    assert (said["answers"], said["paper"], said["tables"] > 90) == ([200, 200, 200, 302], "%PDF-", True)
    assert all(said["rows"][name] for name in ("Usulan", "ImporUsulan", "JejakAudit", "SuratSuara", "Dokumen"))
    assert sum(n > 0 for n in said["rows"].values()) > 50


def test_a_schema_that_breaks_the_last_release_is_found(old_tree, schema, tmp_path):
    made = json.loads(schema.read_text())
    at = next(i for i, s in enumerate(made["statements"]) if s.startswith('CREATE TABLE "usulan_usulan"'))
    made["statements"][at] = made["statements"][at].replace("(", '("baru" integer NOT NULL, ', 1)
    schema.write_text(json.dumps(made))
    answer = run_old(old_tree, tmp_path, "walk", str(schema), "--tables")
    assert answer.returncode != 0
    assert "NOT NULL constraint failed: usulan_usulan.baru" in answer.stderr


def migration_faults(operations: list[migrations.operations.base.Operation], app: str, before: ProjectState):
    """Return the columns that become NOT NULL without a value that the database itself gives to the code before."""
    for operation in operations:
        if not isinstance(operation, (migrations.AddField, migrations.AlterField)):
            continue
        name, field = operation.name, operation.field
        if field.null or field.many_to_many or field.has_db_default() or isinstance(field, models.GeneratedField):
            continue
        if isinstance(operation, migrations.AlterField):
            was = before.models[app, operation.model_name_lower].fields.get(name)
            if was is None or not was.null:
                continue
            yield f"{operation.model_name}.{name} becomes NOT NULL: in one release fill it, in the next forbid NULL"
        else:
            yield f"{operation.model_name}.{name} is NOT NULL: give it db_default"


def test_later_migrations_give_new_columns_a_value_of_the_database():
    """The code before writes rows without the new column: only the database can fill it (Django drops ``default``)."""
    loader = MigrationLoader(None)
    first = [key for key in loader.disk_migrations if key[0] in APPS and key[1] == "0001_initial"]
    assert len(first) == len(APPS)
    state = loader.project_state(first)
    later = [k for k in loader.graph.nodes if k[0] in APPS and k not in first]
    later.sort(key=lambda key: len(loader.graph.forwards_plan(key)))
    faults = []
    for app, name in later:
        for operation in loader.disk_migrations[app, name].operations:
            faults += [f"{app}.{name}: {words}" for words in migration_faults([operation], app, state)]
            operation.state_forwards(app, state)
    assert faults == []
    bad = [
        migrations.AddField("usulan", "baru", models.IntegerField(default=0)),
        migrations.AddField("usulan", "kosong", models.IntegerField(null=True)),
        migrations.AddField("usulan", "nol", models.IntegerField(default=0, db_default=0)),
        migrations.AlterField("usulan", "biaya", models.BigIntegerField()),
        migrations.AlterField("usulan", "kegiatan", models.CharField(max_length=900)),
    ]
    assert [w.split(":")[0] for w in migration_faults(bad, "usulan", state)] == [
        "usulan.baru is NOT NULL",
        "usulan.biaya becomes NOT NULL",
    ]


def test_one_number_stands_everywhere(client, db):
    """The number of ``pyproject.toml`` is told by the server, the foot of pages, the command line and CHANGELOG.md."""
    number = re.search(r'^version = "(\d+\.\d+\.\d+)"$', (ROOT / "pyproject.toml").read_text(), re.M)[1]
    assert client.get("/sehat/").json()["versi"] == number
    assert f"Versi {number}." in client.get("/masuk/").content.decode()
    said = subprocess.run([sys.executable, "manage.py", "--version"], cwd=ROOT, capture_output=True, text=True)
    assert said.stdout == f"musrenbang {number}\n"
    assert re.findall(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(), re.M)[0] == number
