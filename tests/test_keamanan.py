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


def coba(nama, sandi, alamat="10.0.0.1"):
    return Client(REMOTE_ADDR=alamat).post("/masuk/", {"username": nama, "password": sandi})


@pytest.mark.parametrize(
    "proksi, kepala, alamat",
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "palsu, 1.1.1.1", "1.1.1.1"),
        (2, "palsu, 2.2.2.2, 1.1.1.1", "2.2.2.2"),
        (2, "1.1.1.1", "10.0.0.1"),
    ],
)
def test_an_address_is_what_our_proxies_saw(rf, settings, proksi, kepala, alamat):
    settings.PROKSI = proksi
    assert client_ip(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=kepala)) == alamat


def test_every_answer_allows_nothing_but_our_own_files(siap_terbit, masuk):
    client, dilihat = masuk("pak_sekcam"), 0
    for _, url in [*all_urls(siap_terbit.slug), ("tak ada", "/tidak-ada/")]:
        jawab = client.get(url)
        kebijakan = jawab.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in kebijakan, url
        assert "unsafe" not in kebijakan
        assert "frame-ancestors 'none'" in kebijakan
        assert jawab.headers.get("X-Content-Type-Options") == "nosniff", url
        dilihat += 1
        for tutup in jawab._resource_closers:
            tutup()
    assert dilihat > 60


def test_no_template_holds_script_or_style(settings):
    """What a strict policy would block is not there; PDF templates never reach a browser, and the page that villagers save
    is sent as an attachment."""
    dilihat = 0
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        if "pdf" in path.parts or path.name == "proof_page.html":
            continue
        dilihat += 1
        isi = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", isi), path
    assert dilihat > 60


def test_the_session_is_only_the_browsers(pemeran, settings):
    settings.SESSION_COOKIE_SECURE = True
    pemeran["pak_camat"].set_password(SANDI)
    pemeran["pak_camat"].save()
    kue = coba("pak_camat", SANDI).cookies["sessionid"]
    assert (kue["httponly"], kue["samesite"], kue["secure"]) == (True, "Lax", True)


def test_signing_in_makes_a_new_session(pemeran):
    pemeran["pak_camat"].set_password(SANDI)
    pemeran["pak_camat"].save()
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
    "sandi, baik",
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
def test_passwords_that_everybody_would_guess(acara, pemeran, sandi, baik):
    try:
        validate_password(sandi, pemeran["pak_camat"])
    except ValidationError:
        assert not baik
    else:
        assert baik


def test_open_pages_are_the_ones_we_know():
    """Whoever adds a page without sign-in says so here."""
    assert len(TERBUKA) == 24


@pytest.mark.parametrize("variabel", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_the_server_says_what_is_missing(variabel, settings, tmp_path):
    lingkungan = {
        "PATH": "/usr/bin:/bin",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "kunci-uji-" * 6,
        "ALLOWED_HOSTS": "a.id",
        "HTTPS": "1",
    }
    del lingkungan[variabel]
    jawab = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=lingkungan,
        capture_output=True,
        text=True,
        check=False,
    )
    assert jawab.returncode != 0
    assert variabel in jawab.stderr


def test_check_deploy_is_clean(settings, tmp_path):
    lingkungan = {
        "PATH": "/usr/bin:/bin",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "kunci-uji-yang-panjang-" * 3 + "0123456789",
        "ALLOWED_HOSTS": "a.id",
        "HTTPS": "1",
        "ALAMAT": "https://a.id",
    }
    jawab = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=lingkungan,
        capture_output=True,
        text=True,
        check=False,
    )
    assert jawab.returncode == 0, jawab.stderr
    del lingkungan["ALAMAT"]
    jawab = subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", "check", "--fail-level", "WARNING"],
        env=lingkungan,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ALAMAT belum diisi" in jawab.stderr


@pytest.mark.parametrize("dokumen", ["keamanan.md", "spbe.md"])
def test_the_tests_that_the_tables_name_are_there(dokumen, settings):
    """Whoever renames a test finds the sentence that leans on it."""
    teks = (settings.BASE_DIR / "docs" / dokumen).read_text(encoding="utf-8")
    berkas = {p.stem: p.read_text(encoding="utf-8") for p in (settings.BASE_DIR / "tests").rglob("test_*.py")}
    nama = re.findall(r"`(?:tests/)?(?:\w+/)*(test_\w+)(?:\.py)?(?:::(\w+))?`", teks)
    assert len(nama) > 20
    assert [n for n, _ in nama if n not in berkas and not any(f"def {n}(" in isi for isi in berkas.values())] == []
    assert [(n, fungsi) for n, fungsi in nama if fungsi and f"def {fungsi}(" not in berkas.get(n, "")] == []
