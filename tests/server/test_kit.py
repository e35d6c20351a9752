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


@pytest.mark.parametrize("jalan", RAHASIA)
def test_secrets_go_neither_into_git_nor_into_the_image(jalan):
    perintah = ["git", "-c", "safe.directory=*", "check-ignore", "--quiet", jalan]
    assert subprocess.run(perintah, cwd=ROOT, check=False).returncode == 0
    pola = [b for b in (ROOT / ".dockerignore").read_text().splitlines() if b and not b.startswith("#")]
    atas = [PurePath(jalan), *PurePath(jalan).parents]
    assert any(p == PurePath(b) or (b.startswith("**/") and p.match(b[3:])) for b in pola for p in atas)


@pytest.fixture(scope="module")
def kompos():
    return yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())


def test_each_container_has_a_limit_and_writes_only_where_it_must(kompos):
    for nama, satu in some(kompos["services"].items()):
        assert satu.get("mem_limit"), nama
        assert "no-new-privileges:true" in satu["security_opt"], nama
        if nama != "basisdata":
            assert satu["read_only"] is True, nama
            assert satu["cap_drop"] == ["ALL"], nama


def test_backups_lie_outside_the_data_and_have_a_passphrase(kompos):
    for nama in ("web-1", "web-2", "pekerja"):
        satu = kompos["services"][nama]
        folder = satu["environment"]["CADANGAN_DIR"]
        (sumber,) = [v.rsplit(":", 1)[0] for v in satu["volumes"] if v.endswith(f":{folder}")]
        assert sumber.startswith("${CADANGAN_HOST:?"), "a folder of the host that must be named, no volume of ours"
        assert satu["environment"]["CADANGAN_SANDI_FILE"] == "/run/secrets/cadangan_sandi"
        assert "cadangan_sandi" in satu["secrets"]


def test_what_serves_does_not_know_the_owner_of_the_tables(kompos):
    pemilik = {"database_url_pemilik", "database_sandi_pemilik", "database_sandi_induk"}
    for nama, satu in kompos["services"].items():
        if nama not in {"basisdata", "migrasi"}:
            assert not pemilik & set(satu.get("secrets", [])), nama
    assert kompos["services"]["migrasi"]["environment"]["DATABASE_URL_FILE"].endswith("_pemilik")


def test_the_recipe_makes_every_secret(kompos):
    resep = (ROOT / "deploy/README.md").read_text()
    dipakai = {s for satu in kompos["services"].values() for s in satu.get("secrets", [])}
    assert dipakai == set(kompos["secrets"])
    for nama, satu in kompos["secrets"].items():
        assert satu["file"] == f"./rahasia/{nama}"
        assert re.search(rf"> rahasia/{nama}\b", resep), nama


@pytest.mark.django_db
@pytest.mark.parametrize("alamat", ["/sehat/", "/metrik/"])
def test_machines_are_answered_whatever_the_host(settings, alamat):
    settings.ALLOWED_HOSTS, settings.METRIK_SANDI = ["a.id"], "rahasia"
    settings.SECURE_SSL_REDIRECT = True
    for host in ("127.0.0.1:8000", "web-1:8000", "jahat.example", "sesuatu_aneh", ""):
        jawab = Client().get(alamat, headers={"Host": host, "Authorization": "Bearer rahasia"})
        assert jawab.status_code == 200, host
    assert Client().get("/masuk/", headers={"Host": "jahat.example"}, secure=True).status_code == 400
    assert Client().get("/metrik/", headers={"Host": "web-1", "Authorization": "Bearer lain"}).status_code == 404


def setelan(tmp_path, **lingkungan):
    """Return what the settings say about https, or the sentence with which they stop the program."""
    kode = "import musrenbang.settings as s; print(s.HTTPS, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.PROKSI)"
    dasar = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path), "SECRET_KEY": KUNCI}
    jawab = subprocess.run(
        [sys.executable, "-c", kode], cwd=ROOT, env=dasar | lingkungan, capture_output=True, text=True, check=False
    )
    return jawab.stdout.strip() or jawab.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "lingkungan, hasil",
    [
        ({}, "True True True 1"),
        ({"HTTPS": "0"}, "False False False 0"),
        ({"DEBUG": "1"}, "False False False 0"),
    ],
)
def test_a_server_serves_https_unless_it_says_otherwise(tmp_path, lingkungan, hasil):
    assert setelan(tmp_path, **lingkungan) == hasil


@pytest.mark.parametrize("kunci", ["rahasia", KUNCI[:49], "x" * 80, "abab" * 20])
def test_a_key_that_can_be_guessed_is_refused_in_a_sentence(tmp_path, kunci):
    kalimat = setelan(tmp_path, SECRET_KEY=kunci)
    assert "SECRET_KEY terlalu pendek atau terlalu seragam" in kalimat
    assert "secrets.token_urlsafe(64)" in kalimat
    assert kunci not in kalimat


@pytest.mark.parametrize("sasaran", ["run", "aula", "serve-prod"])
def test_a_laptop_says_that_it_has_no_certificate(sasaran, tmp_path):
    jawab = subprocess.run(
        ["make", sasaran, "BERKAS=Makefile", "PASANG=@true", "SIAPKAN=@env; false", "GUNICORN=@true", "PORT=8123"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    baris = jawab.stdout.splitlines()
    assert {"HTTPS=0", "DEBUG=0"} <= set(baris)
    assert f"LAYANI={'0.0.0.0' if sasaran == 'aula' else '127.0.0.1'}:8123" in baris


# --- the role of the database


@pytest.fixture
def aplikasi(acara):
    """Become the role that serves, with what deploy/basisdata/hak.sql gives it; everything is rolled back with the test."""
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's")
    sql = (ROOT / "deploy/basisdata/hak.sql").read_text()
    with connection.cursor() as kursor:
        peran = f"uji_aplikasi_{os.getpid()}"
        kursor.execute(f"CREATE ROLE {peran} NOSUPERUSER")
        kursor.execute(f"SET LOCAL musrenbang.aplikasi = '{peran}'")
        for _ in range(2):
            kursor.execute(sql)
        kursor.execute(f"SET LOCAL ROLE {peran}")
        yield kursor
        kursor.execute("RESET ROLE")


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
    "tabel, pemicu",
    [
        ("musrenbang_jejakaudit", "jejak_tidak_berubah"),
        ("musrenbang_jejakacuan", "jejak_acuan_tidak_berubah"),
    ],
)
def test_the_serving_role_touches_no_trail(aplikasi, larangan, tabel, pemicu):
    galat = None
    try:
        with transaction.atomic():
            aplikasi.execute(larangan.format(tabel=tabel, pemicu=pemicu))
    except DatabaseError as salah:
        galat = salah.__cause__
    # insufficient_privilege, not some other fault; granting what one has not is only a warning
    assert getattr(galat, "pgcode", "") == ("" if larangan.startswith("GRANT") else "42501"), galat
    hak = "SELECT has_table_privilege(%s, 'DELETE') OR has_table_privilege(%s, 'UPDATE') OR has_table_privilege(%s, 'TRUNCATE')"
    aplikasi.execute(hak, [tabel] * 3)
    assert aplikasi.fetchone() == (False,)


def test_the_serving_role_serves(aplikasi, masuk, pemeran, kabupaten):
    """A step of an event, accounts, sessions, a form, a page: with the rights of the role alone."""
    acara = Kecamatan.objects.get().musrenbang_set.get()
    client = masuk("pak_sekcam")
    assert client.post(f"/m/{acara.slug}/tim/isi/").status_code == 302
    client.post(f"/m/{acara.slug}/pindah/", {"dari": "dijadwalkan", "ke": "persiapan"})
    acara.refresh_from_db()
    assert acara.tahap == "persiapan"
    reset_password(kabupaten=kabupaten, by=pemeran["bu_bappeda"], pengguna=pemeran["bu_pmd"])
    assert JejakAcuan.objects.count() == 1
    assert client.get(f"/m/{acara.slug}/jejak/").status_code == 200
