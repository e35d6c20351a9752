"""The server kit of deploy/: what is kept out of git and of the image, what a server refuses to start with, its database role."""

import os
import re
import subprocess
import sys
from pathlib import PurePath

import pytest
import yaml
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from musrenbang.akun.services.pengguna import reset_password
from musrenbang.models import JejakAcuan, Kecamatan
from tests.some import some

ROOT = settings.BASE_DIR
RAHASIA = [
    "deploy/rahasia/secret_key",
    "deploy/rahasia/database_url_pemilik",
    "deploy/tls/privkey.pem",
    "deploy/tls/fullchain.pem",
    "deploy/.env",
]
KUNCI = "kunci-uji-yang-panjang-" * 3 + "0123456789"


@pytest.mark.parametrize("route", RAHASIA)
def test_secrets_go_neither_into_git_nor_into_the_image(route):
    command = ["git", "-c", "safe.directory=*", "check-ignore", "--quiet", route]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    pola = [b for b in (ROOT / ".dockerignore").read_text().splitlines() if b and not b.startswith("#")]
    above = [PurePath(route), *PurePath(route).parents]
    assert any(p == PurePath(b) or (b.startswith("**/") and p.match(b[3:])) for b in pola for p in above)


@pytest.fixture(scope="module")
def compose_config():
    return yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())


def test_each_container_has_a_limit_and_writes_only_where_it_must(compose_config):
    for nama, one in some(compose_config["services"].items()):
        assert one.get("mem_limit"), nama
        assert "no-new-privileges:true" in one["security_opt"], nama
        if nama != "basisdata":
            assert one["read_only"] is True, nama
            assert one["cap_drop"] == ["ALL"], nama


def test_backups_lie_outside_the_data_and_have_a_passphrase(compose_config):
    for nama in ("web-1", "web-2", "pekerja"):
        one = compose_config["services"][nama]
        folder = one["environment"]["CADANGAN_DIR"]
        (sumber,) = [v.rsplit(":", 1)[0] for v in one["volumes"] if v.endswith(f":{folder}")]
        assert sumber.startswith("${CADANGAN_HOST:?"), "a folder of the host that must be named, no volume of ours"
        assert one["environment"]["CADANGAN_SANDI_FILE"] == "/run/secrets/cadangan_sandi"
        assert "cadangan_sandi" in one["secrets"]


def test_what_serves_does_not_know_the_owner_of_the_tables(compose_config):
    owner = {"database_url_pemilik", "database_sandi_pemilik", "database_sandi_induk"}
    for nama, one in compose_config["services"].items():
        if nama not in {"basisdata", "migrasi"}:
            assert not owner & set(one.get("secrets", [])), nama
    assert compose_config["services"]["migrasi"]["environment"]["DATABASE_URL_FILE"].endswith("_pemilik")


def test_the_recipe_makes_every_secret(compose_config):
    recipe = (ROOT / "deploy/README.md").read_text()
    used = {s for one in compose_config["services"].values() for s in one.get("secrets", [])}
    assert used == set(compose_config["secrets"])
    for nama, one in compose_config["secrets"].items():
        assert one["file"] == f"./rahasia/{nama}"
        assert re.search(rf"> rahasia/{nama}\b", recipe), nama


@pytest.mark.django_db
@pytest.mark.parametrize("alamat", ["/sehat/", "/metrik/"])
def test_machines_are_answered_whatever_the_host(settings, alamat):
    settings.ALLOWED_HOSTS, settings.METRIK_SANDI = ["a.id"], "rahasia"
    settings.SECURE_SSL_REDIRECT = True
    for host in ("127.0.0.1:8000", "web-1:8000", "jahat.example", "sesuatu_aneh", ""):
        response = Client().get(alamat, headers={"Host": host, "Authorization": "Bearer rahasia"})
        assert response.status_code == 200, host
    assert Client().get("/masuk/", headers={"Host": "jahat.example"}, secure=True).status_code == 400
    assert Client().get("/metrik/", headers={"Host": "web-1", "Authorization": "Bearer lain"}).status_code == 404


def setting(tmp_path, **environment):
    """Return what the settings say about https, or the sentence with which they stop the program."""
    kode = "import musrenbang.settings as s; print(s.HTTPS, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.PROKSI)"
    base = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path), "SECRET_KEY": KUNCI}
    response = subprocess.run(
        [sys.executable, "-c", kode], cwd=ROOT, env=base | environment, capture_output=True, text=True, check=False
    )
    return response.stdout.strip() or response.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "env, result",
    [
        ({}, "True True True 1"),
        ({"HTTPS": "0"}, "False False False 0"),
        ({"DEBUG": "1"}, "False False False 0"),
    ],
)
def test_a_server_serves_https_unless_it_says_otherwise(tmp_path, env, result):
    assert setting(tmp_path, **env) == result


@pytest.mark.parametrize("kunci", ["rahasia", KUNCI[:49], "x" * 80, "abab" * 20])
def test_a_key_that_can_be_guessed_is_refused_in_a_sentence(tmp_path, kunci):
    sentence = setting(tmp_path, SECRET_KEY=kunci)
    assert "SECRET_KEY terlalu pendek atau terlalu seragam" in sentence
    assert "secrets.token_urlsafe(64)" in sentence
    assert kunci not in sentence


@pytest.mark.parametrize("sasaran", ["run", "aula", "serve-prod"])
def test_a_laptop_says_that_it_has_no_certificate(sasaran, tmp_path):
    response = subprocess.run(
        ["make", sasaran, "BERKAS=Makefile", "PASANG=@true", "SIAPKAN=@env; false", "GUNICORN=@true", "PORT=8123"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    baris = response.stdout.splitlines()
    assert {"HTTPS=0", "DEBUG=0"} <= set(baris)
    assert f"LAYANI={'0.0.0.0' if sasaran == 'aula' else '127.0.0.1'}:8123" in baris


# --- the role of the database


@pytest.fixture
def application(acara):
    """Become the role that serves, with what deploy/basisdata/hak.sql gives it; everything is rolled back with the test."""
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's")
    sql = (ROOT / "deploy/basisdata/hak.sql").read_text()
    with connection.cursor() as db_cursor:
        peran = f"uji_aplikasi_{os.getpid()}"
        db_cursor.execute(f"CREATE ROLE {peran} NOSUPERUSER")
        db_cursor.execute(f"SET LOCAL musrenbang.aplikasi = '{peran}'")
        for _ in range(2):
            db_cursor.execute(sql)
        db_cursor.execute(f"SET LOCAL ROLE {peran}")
        yield db_cursor
        db_cursor.execute("RESET ROLE")


LARANGAN = [
    "DROP TRIGGER {pemicu} ON {tabel}",
    "ALTER TABLE {tabel} DISABLE TRIGGER ALL",
    "DELETE FROM {tabel}",
    "UPDATE {tabel} SET aksi = 'lain'",
    "TRUNCATE {tabel} CASCADE",
    "DROP TABLE {tabel} CASCADE",
    "ALTER TABLE {tabel} OWNER TO CURRENT_USER",
    "CREATE TRIGGER lain BEFORE INSERT ON {tabel} FOR EACH ROW EXECUTE FUNCTION jejak_tolak_ubah()",
    "DROP FUNCTION jejak_tolak_ubah() CASCADE",
    "CREATE OR REPLACE FUNCTION jejak_tolak_ubah() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "SET session_replication_role = replica",
    "CREATE TABLE public.lain (x int)",
    "GRANT DELETE ON {tabel} TO CURRENT_USER",
    "DELETE FROM django_migrations",
]


@pytest.mark.parametrize("larangan", LARANGAN)
@pytest.mark.parametrize(
    "tabel, trigger",
    [
        ("musrenbang_jejakaudit", "jejak_tidak_berubah"),
        ("musrenbang_jejakacuan", "jejak_acuan_tidak_berubah"),
    ],
)
def test_the_serving_role_touches_no_trail(application, larangan, tabel, trigger):
    galat = None
    try:
        with transaction.atomic():
            application.execute(larangan.format(tabel=tabel, pemicu=trigger))
    except DatabaseError as wrong:
        galat = wrong.__cause__
    # insufficient_privilege, not some other fault; granting what one has not is only a warning
    assert getattr(galat, "pgcode", "") == ("" if larangan.startswith("GRANT") else "42501"), galat
    right = "SELECT has_table_privilege(%s, 'DELETE') OR has_table_privilege(%s, 'UPDATE') OR has_table_privilege(%s, 'TRUNCATE')"
    application.execute(right, [tabel] * 3)
    assert application.fetchone() == (False,)


def test_the_serving_role_serves(application, masuk, cast, kabupaten):
    """A step of an event, accounts, sessions, a form, a page: with the rights of the role alone."""
    acara = Kecamatan.objects.get().musrenbang_set.get()
    client = masuk("pak_sekcam")
    assert client.post(f"/m/{acara.slug}/tim/isi/").status_code == 302
    client.post(f"/m/{acara.slug}/pindah/", {"dari": "dijadwalkan", "ke": "persiapan"})
    acara.refresh_from_db()
    assert acara.tahap == "persiapan"
    reset_password(kabupaten=kabupaten, by=cast["bu_bappeda"], pengguna=cast["bu_pmd"])
    assert JejakAcuan.objects.count() == 1
    assert client.get(f"/m/{acara.slug}/jejak/").status_code == 200
