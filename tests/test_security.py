"""Security of every page: who may try how often, what a page may load, what cookies and headers say."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from musrenbang.akses import client_ip
from tests.conftest import SANDI
from tests.test_arsitektur import TERBUKA, all_urls


def attempt(nama, sandi, alamat="10.0.0.1"):
    return Client(REMOTE_ADDR=alamat).post("/masuk/", {"username": nama, "password": sandi})


@pytest.mark.parametrize(
    "proxy, head_of, alamat",
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "palsu, 1.1.1.1", "1.1.1.1"),
        (2, "palsu, 2.2.2.2, 1.1.1.1", "2.2.2.2"),
        (2, "1.1.1.1", "10.0.0.1"),
    ],
)
def test_an_address_is_what_our_proxies_saw(rf, settings, proxy, head_of, alamat):
    settings.PROKSI = proxy
    assert client_ip(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=head_of)) == alamat


def test_every_answer_allows_nothing_but_our_own_files(ready_to_issue, masuk):
    client, dilihat = masuk("pak_sekcam"), 0
    for _, url in [*all_urls(ready_to_issue.slug), ("tak ada", "/tidak-ada/")]:
        response = client.get(url)
        policy = response.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, url
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers.get("X-Content-Type-Options") == "nosniff", url
        dilihat += 1
        for close in response._resource_closers:
            close()
    assert dilihat > 60


def test_no_template_holds_script_or_style(settings):
    """What a strict policy would block is not there; PDF templates never reach a browser, and the page that villagers save
    is sent as an attachment."""
    dilihat = 0
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        if "pdf" in path.parts or path.name == "proof_page.html":
            continue
        dilihat += 1
        content = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", content), path
    assert dilihat > 60


def test_the_session_is_only_the_browsers(cast, settings):
    settings.SESSION_COOKIE_SECURE = True
    cast["pak_camat"].set_password(SANDI)
    cast["pak_camat"].save()
    cookie = attempt("pak_camat", SANDI).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)


def test_signing_in_makes_a_new_session(cast):
    cast["pak_camat"].set_password(SANDI)
    cast["pak_camat"].save()
    client = Client()
    client.get("/masuk/")
    client.session["titipan"] = "x"
    client.session.save()
    lama = client.session.session_key
    client.post("/masuk/", {"username": "pak_camat", "password": SANDI})
    assert client.session.session_key != lama


def test_who_touches_nothing_signs_in_again(acara, masuk, settings):
    client = masuk("pak_camat")
    for menit in (100, 200, 300):  # each time somebody was here within three hours
        with time_machine.travel(timezone.now() + timedelta(minutes=menit)):
            assert client.get("/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=500)):
        assert client.get("/")["Location"] == "/masuk/?next=/"
        assert client.post(f"/m/{acara.slug}/pindah/").status_code == 401, "what was typed is not thrown away"


def test_pages_of_people_stay_private(acara, masuk):
    assert masuk("pak_camat").get("/").headers["Cache-Control"] == "private"
    assert "public" in Client().get("/publik/").headers["Cache-Control"]


@pytest.mark.parametrize(
    "sandi, good",
    [
        ("musrenbang2027", False),
        ("KecamatanSikur2026", False),
        ("sikur-lombok-timur", False),
        ("camat.sikur.123", False),
        ("rahasia rahasia", False),
        ("pak_camat99", False),
        ("1234567890", False),
        ("pendek", False),
        ("padi-kuning-di-sawah", True),
        ("sikur tempat jambu air merah", True),
        ("k3m4r4u-p4nj4ng-sekali", True),
        ("x" * 3 + "ywz qrt " * 12, True),
    ],
)
def test_passwords_that_everybody_would_guess(acara, cast, sandi, good):
    try:
        validate_password(sandi, cast["pak_camat"])
    except ValidationError:
        assert not good
    else:
        assert good


def test_open_pages_are_the_ones_we_know():
    """Whoever adds a page without sign-in says so here."""
    assert len(TERBUKA) == 26


@pytest.mark.parametrize("variable", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_the_server_says_what_is_missing(variable, settings, tmp_path):
    environment = {
        "PATH": "/usr/bin:/bin",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "kunci-uji-" * 6,
        "ALLOWED_HOSTS": "a.id",
        "HTTPS": "1",
    }
    del environment[variable]
    response = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert response.returncode != 0
    assert variable in response.stderr


def test_check_deploy_is_clean(settings, tmp_path):
    environment = {
        "PATH": "/usr/bin:/bin",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "kunci-uji-yang-panjang-" * 3 + "0123456789",
        "ALLOWED_HOSTS": "a.id",
        "HTTPS": "1",
        "ALAMAT": "https://a.id",
    }
    response = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert response.returncode == 0, response.stderr
    del environment["ALAMAT"]
    response = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "check", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ALAMAT belum diisi" in response.stderr


@pytest.mark.parametrize("dokumen", ["keamanan.md", "spbe.md"])
def test_the_tests_that_the_tables_name_are_there(dokumen, settings):
    """Whoever renames a test finds the sentence that leans on it."""
    words = (settings.BASE_DIR / "docs" / dokumen).read_text(encoding="utf-8")
    berkas = {p.stem: p.read_text(encoding="utf-8") for p in (settings.BASE_DIR / "tests").rglob("test_*.py")}
    nama = re.findall(r"`(?:tests/)?(?:\w+/)*(test_\w+)(?:\.py)?(?:::(\w+))?`", words)
    assert len(nama) > 20
    assert [
        n for n, _ in nama if n not in berkas and not any(f"def {n}(" in content for content in berkas.values())
    ] == []
    assert [(n, function) for n, function in nama if function and f"def {function}(" not in berkas.get(n, "")] == []
