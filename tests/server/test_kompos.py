"""deploy/compose.yaml says what the image, the trial, nginx, the settings and the documents say: no name leads nowhere."""

import re
import shlex

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from tests.some import some

ROOT = settings.BASE_DIR
DEPLOY = ROOT / "deploy"
DOKUMEN = (DEPLOY / "README.md").read_text() + (ROOT / "docs/arsitektur.md").read_text()
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
SETELAN = "".join(p.read_text() for p in (ROOT / "musrenbang").rglob("*.py"))
APLIKASI = ("migrasi", "web-1", "web-2", "pekerja")
ASING = {"POSTGRES_USER", "POSTGRES_PASSWORD_FILE"}
"""Settings of PostgreSQL's own image."""


@pytest.fixture(scope="module")
def kompos():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def mounts(satu):
    """Return [(source, folder in the container)] of a service."""
    bersih = (re.sub(r"\$\{(\w+):\?[^}]*\}", r"$\1", v) for v in satu.get("volumes", []))
    return [tuple(v.removesuffix(":ro").split(":", 1)) for v in bersih]


def test_the_parts_are_those_that_the_documents_name(kompos):
    assert set(kompos["services"]) == {"basisdata", "nginx", *APLIKASI}
    for nama in kompos["services"]:
        assert nama.split("-")[0] in DOKUMEN, nama
    assert kompos["services"]["web-1"] == kompos["services"]["web-2"]


def test_every_volume_is_used_and_every_folder_of_the_host_is_there(kompos):
    dipakai = set()
    for nama, satu in kompos["services"].items():
        for sumber, tujuan in mounts(satu):
            assert tujuan.startswith("/"), (nama, sumber)
            if sumber.startswith("./"):
                ada = DEPLOY / sumber
                assert ada.exists() or sumber == "./tls", (nama, sumber)  # the certificate is the operator's
            elif sumber.startswith("$"):
                assert f"{sumber[1:]}=" in DOKUMEN, "what .env has to say stands in the recipe"
            else:
                dipakai.add(sumber)
    assert dipakai == set(kompos["volumes"])


def test_every_setting_is_one_that_the_program_reads_and_the_documents_tell(kompos):
    for nama, satu in some(kompos["services"].items()):
        for kunci, nilai in satu.get("environment", {}).items():
            if kunci in ASING:
                continue
            dasar = kunci.removesuffix("_FILE")
            assert re.search(rf'"{dasar}"', SETELAN), (nama, kunci)
            assert f"`{dasar}`" in DOKUMEN, kunci
            if kunci.endswith("_FILE"):
                assert nilai.removeprefix("/run/secrets/") in satu["secrets"], (nama, kunci)


def test_what_the_recipe_writes_into_env_is_read_too(kompos):
    (isi,) = re.findall(r"printf '([^']*)' > \.env", DOKUMEN)
    nama = {b.split("=")[0] for b in isi.split("\\n") if b}
    assert {"ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "ALAMAT", "CADANGAN_HOST"} <= nama
    for satu in nama - {"CADANGAN_HOST"}:
        assert f'"{satu}"' in SETELAN, satu
    assert all(kompos["services"][a]["env_file"] == ".env" for a in APLIKASI)


def test_each_starts_something_that_exists(kompos):
    for nama in APLIKASI:
        satu = kompos["services"][nama]
        assert (DEPLOY / satu["build"]["context"] / satu["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
        perintah = satu.get("command") or yaml.safe_load(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.M)[-1])
        for bagian in perintah:
            if "/" in bagian:
                assert (ROOT / bagian).is_file(), (nama, bagian)
        if perintah[:2] == ["python", "manage.py"]:
            assert perintah[2] in get_commands(), perintah
    for baris in re.findall(r"manage\.py (\w+)", DOKUMEN):
        assert baris in get_commands(), baris


def test_a_read_only_container_can_write_where_the_program_does(kompos):
    """Data and backups on what is mounted, all else below /tmp; nobody runs as root."""
    lingkungan = dict(re.findall(r"(\w+)=(\S+)", " ".join(re.findall(r"^ENV ((?:.*\\\n)*.*)$", DOCKERFILE, re.M))))
    (pemakai,) = re.findall(r"^USER (\w+)$", DOCKERFILE, re.M)
    assert pemakai != "root"
    for nama in APLIKASI:
        satu = kompos["services"][nama]
        tujuan = {t for _, t in mounts(satu)} | {t.split(":")[0] for t in satu["tmpfs"]}
        semua = {**lingkungan, **satu["environment"]}
        for kunci in ("VAR_DIR", "PROMETHEUS_MULTIPROC_DIR", "CADANGAN_DIR", "JANGKAR_DIR"):
            assert any(semua[kunci] == t or semua[kunci].startswith(f"{t}/") for t in tujuan), (nama, kunci)
        assert dict(s[::-1] for s in mounts(satu))["/cadangan"] == "$CADANGAN_HOST", "on another disk than the data"
        assert not semua["CADANGAN_DIR"].startswith(semua["VAR_DIR"])
    nginx = kompos["services"]["nginx"]
    assert {t.split(":")[0] for t in nginx["tmpfs"]} >= {"/var/cache/nginx", "/run", "/tmp"}
    assert all(v.endswith(":ro") for v in some(nginx["volumes"])), "nginx changes nothing"


def test_nginx_knows_the_nodes_and_its_files(kompos):
    isi = "".join(p.read_text() for p in (DEPLOY / "nginx").glob("*.conf"))
    assert set(re.findall(r"server ([\w-]+):8000", isi)) == {n for n in kompos["services"] if n.startswith("web-")}
    tujuan = {t: s for s, t in mounts(kompos["services"]["nginx"])}
    for letak in re.findall(
        r"(?:include|ssl_certificate|ssl_certificate_key|root|alias) (/etc/nginx/[\w./-]+?)/?;", isi
    ):
        folder = next(t for t in tujuan if letak == t or letak.startswith(f"{t}/"))
        sumber = DEPLOY / tujuan[folder] / letak.removeprefix(folder).lstrip("/")
        assert sumber.exists() or folder == "/etc/nginx/tls", letak
    (pintu,) = re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.M)
    assert pintu == "8000"
    assert f":{pintu}/sehat/" in DOCKERFILE


def test_the_order_of_starting_ends(kompos):
    """Each waits for services that are there, the database has a health check, and nothing waits in a circle."""
    semua = {n: set(s.get("depends_on", ())) for n, s in kompos["services"].items()}
    assert all(tunggu <= set(semua) for tunggu in some(semua.values()))
    siap: set[str] = set()
    while len(siap) < len(semua):
        baru = {n for n, tunggu in semua.items() if n not in siap and tunggu <= siap}
        assert baru, semua
        siap |= baru
    assert kompos["services"]["basisdata"]["healthcheck"]["test"]
    for nama in ("web-1", "web-2"):
        assert kompos["services"][nama]["depends_on"]["migrasi"]["condition"] == "service_completed_successfully"
    assert kompos["services"]["migrasi"]["restart"] == "no"


def test_the_trial_says_the_same_as_the_recipe(kompos):
    """coba.sh starts the image without compose: the same settings, secrets, commands and memory, or the trial shows nothing."""
    coba = (DEPLOY / "coba.sh").read_text()
    (umum,) = re.findall(r"^umum=\((.*?)\)\n", coba, re.M | re.S)
    dicoba = {b.split("=")[0] for b in shlex.split(umum)} | {"DATABASE_URL_FILE"}
    tertulis = set(kompos["services"]["web-1"]["environment"])
    assert tertulis <= dicoba, tertulis - dicoba
    (rahasia,) = re.findall(r"^for satu in (secret_key .*?); do", coba, re.M)
    dibuat = set(rahasia.split()) | set(re.findall(r'> "\$kerja/rahasia/(\w+)"', coba))
    assert dibuat == set(kompos["secrets"])
    for nama in ("migrasi", "pekerja"):
        assert " ".join(kompos["services"][nama]["command"]) in coba
    assert " ".join(yaml.safe_load(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.M)[-1])) in coba
    assert kompos["services"]["web-1"]["mem_limit"] == "2g"
    assert "2 << 30" in coba


def test_the_memory_of_all_is_what_the_recipe_tells(kompos):
    satuan = {"m": 1, "g": 1024}
    menetap = [s for n, s in kompos["services"].items() if n != "migrasi"]  # it has ended before the others start
    jumlah = sum(int(s["mem_limit"][:-1]) * satuan[s["mem_limit"][-1]] for s in menetap)
    assert f"limits add up to {jumlah / 1024:.2f} GB" in DOKUMEN
