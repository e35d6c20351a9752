"""What only a server has: replica, shared files, figures, log lines. Each tried as a server would run it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings

KLIEN = """
import django, json, sys
django.setup()
from django.test import Client
klien, hasil = Client(), []
for cara, url, kepala in json.loads(sys.argv[1]):
    jawab = getattr(klien, cara)(url, headers=kepala)
    isi = b"".join(jawab.streaming_content) if jawab.streaming else jawab.content
    hasil.append([jawab.status_code, isi.decode()])
print(json.dumps(hasil))
"""


def ask(environment, *question):
    """Return (status, text) of each request, asked of the application in a process with that environment."""
    response = subprocess.run(
        [sys.executable, "-c", KLIEN, json.dumps([[*t, {}][:3] for t in question])],
        cwd=settings.BASE_DIR,
        text=True,
        capture_output=True,
        check=False,
        env=environment | {"DJANGO_SETTINGS_MODULE": "musrenbang.settings"},
    )
    assert response.returncode == 0, response.stderr
    return json.loads(response.stdout.splitlines()[-1]), response.stderr


@pytest.fixture(scope="module")
def basis(tmp_path_factory, migrated_file):
    """A database with one kabupaten, and a copy of it where the kabupaten has another name."""
    folder = tmp_path_factory.mktemp("replika")
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "CADANGAN_DIR"}}
    environment |= {"VAR_DIR": str(folder), "DEBUG": "1", "ALLOWED_HOSTS": "testserver"}
    utama, salinan = folder / "musrenbang.sqlite3", folder / "salinan.sqlite3"
    shutil.copy(migrated_file, utama)
    with closing(sqlite3.connect(utama)) as db:
        db.execute("INSERT INTO musrenbang_provinsi (kode, nama) VALUES ('52', 'NTB')")
        db.execute(
            "INSERT INTO musrenbang_kabupaten (kode, nama, zona, sidik_acuan, provinsi_id) SELECT '52.03', 'ASLI', 'Asia/Makassar', '', id"
            " FROM musrenbang_provinsi"
        )
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(utama, salinan)
    with closing(sqlite3.connect(salinan)) as db:
        db.execute("UPDATE musrenbang_kabupaten SET nama = 'SALINAN'")
        db.commit()
    return environment, salinan


DATA = "/publik/kabupaten/52.03/2026.json"


def _name(isi):
    return json.loads(isi)["kabupaten"]


def test_heavy_pages_read_the_replica_and_writers_the_database(basis):
    environment, salinan = basis
    environment = environment | {"DATABASE_REPLIKA_URL": f"sqlite:///{salinan}"}
    (sebelum, _, after), _ = ask(environment, ["get", DATA], ["post", "/masuk/"], ["get", DATA])
    assert (_name(sebelum[1]), _name(after[1])) == ("SALINAN", "ASLI"), "who has just written misses nothing"


def test_a_replica_that_is_away_is_not_missed(basis, tmp_path):
    environment, _ = basis
    (tmp_path / "rusak.sqlite3").mkdir()
    environment = environment | {"DATABASE_REPLIKA_URL": f"sqlite:///{tmp_path}/rusak.sqlite3"}
    (one, dua), _ = ask(environment, ["get", DATA], ["get", DATA])
    assert [s[0] for s in (one, dua)] == [200, 200]
    assert _name(dua[1]) == "ASLI"


def test_figures_are_for_who_has_their_password(basis):
    environment, _ = basis
    (without,), _ = ask(environment, ["get", "/metrik/"])
    assert without[0] == 404
    environment = environment | {"METRIK_SANDI": "rahasia-metrik"}
    (wrong, right), _ = ask(
        environment,
        ["get", "/metrik/", {"Authorization": "Bearer lain"}],
        ["get", "/metrik/", {"Authorization": "Bearer rahasia-metrik"}],
    )
    assert wrong[0] == 404
    assert right[0] == 200
    assert "musrenbang_pekerjaan_menunggu_detik 0.0" in right[1]
    assert "django_http_requests_total_by_method_total" in right[1]


def test_log_lines_are_json_where_a_collector_reads_them(basis):
    environment, _ = basis
    _, galat = ask(environment | {"LOG_BENTUK": "json"}, ["get", "/tidak-ada/"])
    baris = json.loads(galat.splitlines()[-1])
    assert (baris["tingkat"], baris["asal"], baris["status_code"]) == ("WARNING", "django.request", 404)
    assert "/tidak-ada/" in baris["pesan"]


@pytest.mark.parametrize(
    "nama, nilai, kata",
    [
        ("LOG_BENTUK", "xml", "pakai baris atau json"),
        ("PEKERJA_TERPISAH", "ya", "pakai 1 atau 0"),
        ("DATABASE_REPLIKA_URL", "mysql://x/y", "pakai sqlite:/// atau postgres://"),
    ],
)
def test_a_setting_that_is_not_understood_stops_the_program(basis, nama, nilai, kata):
    response = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env=basis[0] | {nama: nilai},
        text=True,
        capture_output=True,
        check=False,
    )
    assert response.returncode != 0
    assert kata in response.stderr.splitlines()[-1]
