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
def compose_config():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def mounts(one):
    """Return [(source, folder in the container)] of a service."""
    clean = (re.sub(r"\$\{(\w+):\?[^}]*\}", r"$\1", v) for v in one.get("volumes", []))
    return [tuple(v.removesuffix(":ro").split(":", 1)) for v in clean]


def test_the_parts_are_those_that_the_documents_name(compose_config):
    assert set(compose_config["services"]) == {"basisdata", "nginx", *APLIKASI}
    for nama in compose_config["services"]:
        assert nama.split("-")[0] in DOKUMEN, nama
    assert compose_config["services"]["web-1"] == compose_config["services"]["web-2"]


def test_every_volume_is_used_and_every_folder_of_the_host_is_there(compose_config):
    used = set()
    for nama, one in compose_config["services"].items():
        for sumber, tujuan in mounts(one):
            assert tujuan.startswith("/"), (nama, sumber)
            if sumber.startswith("./"):
                existing = DEPLOY / sumber
                assert existing.exists() or sumber == "./tls", (nama, sumber)  # the certificate is the operator's
            elif sumber.startswith("$"):
                assert f"{sumber[1:]}=" in DOKUMEN, "what .env has to say stands in the recipe"
            else:
                used.add(sumber)
    assert used == set(compose_config["volumes"])


def test_every_setting_is_one_that_the_program_reads_and_the_documents_tell(compose_config):
    for nama, one in some(compose_config["services"].items()):
        for kunci, nilai in one.get("environment", {}).items():
            if kunci in ASING:
                continue
            base = kunci.removesuffix("_FILE")
            assert re.search(rf'"{base}"', SETELAN), (nama, kunci)
            assert f"`{base}`" in DOKUMEN, kunci
            if kunci.endswith("_FILE"):
                assert nilai.removeprefix("/run/secrets/") in one["secrets"], (nama, kunci)


def test_what_the_recipe_writes_into_env_is_read_too(compose_config):
    (content,) = re.findall(r"printf '([^']*)' > \.env", DOKUMEN)
    nama = {b.split("=")[0] for b in content.split("\\n") if b}
    assert {"ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "ALAMAT", "CADANGAN_HOST"} <= nama
    for one in nama - {"CADANGAN_HOST"}:
        assert f'"{one}"' in SETELAN, one
    assert all(compose_config["services"][a]["env_file"] == ".env" for a in APLIKASI)


def test_each_starts_something_that_exists(compose_config):
    for nama in APLIKASI:
        one = compose_config["services"][nama]
        assert (DEPLOY / one["build"]["context"] / one["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
        command = one.get("command") or yaml.safe_load(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.M)[-1])
        for bagian in command:
            if "/" in bagian:
                assert (ROOT / bagian).is_file(), (nama, bagian)
        if command[:2] == ["python", "manage.py"]:
            assert command[2] in get_commands(), command
    for baris in re.findall(r"manage\.py (\w+)", DOKUMEN):
        assert baris in get_commands(), baris


def test_a_read_only_container_can_write_where_the_program_does(compose_config):
    """Data and backups on what is mounted, all else below /tmp; nobody runs as root."""
    environment = dict(re.findall(r"(\w+)=(\S+)", " ".join(re.findall(r"^ENV ((?:.*\\\n)*.*)$", DOCKERFILE, re.M))))
    (user,) = re.findall(r"^USER (\w+)$", DOCKERFILE, re.M)
    assert user != "root"
    for nama in APLIKASI:
        one = compose_config["services"][nama]
        tujuan = {t for _, t in mounts(one)} | {t.split(":")[0] for t in one["tmpfs"]}
        everything = {**environment, **one["environment"]}
        for kunci in ("VAR_DIR", "PROMETHEUS_MULTIPROC_DIR", "CADANGAN_DIR", "JANGKAR_DIR"):
            assert any(everything[kunci] == t or everything[kunci].startswith(f"{t}/") for t in tujuan), (nama, kunci)
        assert dict(s[::-1] for s in mounts(one))["/cadangan"] == "$CADANGAN_HOST", "on another disk than the data"
        assert not everything["CADANGAN_DIR"].startswith(everything["VAR_DIR"])
    nginx = compose_config["services"]["nginx"]
    assert {t.split(":")[0] for t in nginx["tmpfs"]} >= {"/var/cache/nginx", "/run", "/tmp"}
    assert all(v.endswith(":ro") for v in some(nginx["volumes"])), "nginx changes nothing"


def test_nginx_knows_the_nodes_and_its_files(compose_config):
    content = "".join(p.read_text() for p in (DEPLOY / "nginx").glob("*.conf"))
    assert set(re.findall(r"server ([\w-]+):8000", content)) == {
        n for n in compose_config["services"] if n.startswith("web-")
    }
    tujuan = {t: s for s, t in mounts(compose_config["services"]["nginx"])}
    for position in re.findall(
        r"(?:include|ssl_certificate|ssl_certificate_key|root|alias) (/etc/nginx/[\w./-]+?)/?;", content
    ):
        folder = next(t for t in tujuan if position == t or position.startswith(f"{t}/"))
        sumber = DEPLOY / tujuan[folder] / position.removeprefix(folder).lstrip("/")
        assert sumber.exists() or folder == "/etc/nginx/tls", position
    (door,) = re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.M)
    assert door == "8000"
    assert f":{door}/sehat/" in DOCKERFILE


def test_the_order_of_starting_ends(compose_config):
    """Each waits for services that are there, the database has a health check, and nothing waits in a circle."""
    everything = {n: set(s.get("depends_on", ())) for n, s in compose_config["services"].items()}
    assert all(wait <= set(everything) for wait in some(everything.values()))
    ready: set[str] = set()
    while len(ready) < len(everything):
        baru = {n for n, wait in everything.items() if n not in ready and wait <= ready}
        assert baru, everything
        ready |= baru
    assert compose_config["services"]["basisdata"]["healthcheck"]["test"]
    for nama in ("web-1", "web-2"):
        assert (
            compose_config["services"][nama]["depends_on"]["migrasi"]["condition"] == "service_completed_successfully"
        )
    assert compose_config["services"]["migrasi"]["restart"] == "no"


def test_the_trial_says_the_same_as_the_recipe(compose_config):
    """coba.sh starts the image without compose: the same settings, secrets, commands and memory, or the trial shows nothing."""
    attempt = (DEPLOY / "coba.sh").read_text()
    (general,) = re.findall(r"^umum=\((.*?)\)\n", attempt, re.M | re.S)
    tried = {b.split("=")[0] for b in shlex.split(general)} | {"DATABASE_URL_FILE"}
    written = set(compose_config["services"]["web-1"]["environment"])
    assert written <= tried, written - tried
    (rahasia,) = re.findall(r"^for satu in (secret_key .*?); do", attempt, re.M)
    made = set(rahasia.split()) | set(re.findall(r'> "\$kerja/rahasia/(\w+)"', attempt))
    assert made == set(compose_config["secrets"])
    for nama in ("migrasi", "pekerja"):
        assert " ".join(compose_config["services"][nama]["command"]) in attempt
    assert " ".join(yaml.safe_load(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.M)[-1])) in attempt
    assert compose_config["services"]["web-1"]["mem_limit"] == "2g"
    assert "2 << 30" in attempt


def test_the_memory_of_all_is_what_the_recipe_tells(compose_config):
    satuan = {"m": 1, "g": 1024}
    lasting = [
        s for n, s in compose_config["services"].items() if n != "migrasi"
    ]  # it has ended before the others start
    jumlah = sum(int(s["mem_limit"][:-1]) * satuan[s["mem_limit"][-1]] for s in lasting)
    assert f"limits add up to {jumlah / 1024:.2f} GB" in DOKUMEN
