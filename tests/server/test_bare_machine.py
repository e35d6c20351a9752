"""What CI does with a bare machine: in turn, both for a release, and what it says when there is none."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings

AKU = {
    f"GIT_{who}_{what}": content
    for who in ("AUTHOR", "COMMITTER")
    for what, content in (("NAME", "Uji"), ("EMAIL", "uji@example.id"))
}


@pytest.fixture
def hash_tree(tmp_path):
    """A tree whose bare machine answers as it is told to, and whose make says what it was asked for."""
    for nama in (".ci", "tests"):
        (tmp_path / nama).mkdir()
    shutil.copy(settings.BASE_DIR / ".ci/run", tmp_path / ".ci/run")
    (tmp_path / "tests/mesin_kosong.sh").write_text('echo "mesin $*"; exit "$KODE"\n')
    (tmp_path / "Makefile").write_text("lint test:\n\t@echo make $@ $(PYTHON)\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "satu")
    return tmp_path


def git(tree, *kata):
    subprocess.run(["git", *kata], cwd=tree, env=os.environ | AKU, check=True)


def ci(tree, kode=0, **other):
    clean = {k: v for k, v in os.environ.items() if k not in {"RILIS", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    response = subprocess.run(
        ["bash", ".ci/run"],
        cwd=tree,
        env=clean | {"KODE": str(kode)} | other,
        capture_output=True,
        text=True,
        check=False,
    )
    return response.returncode, response.stdout.splitlines()


def satu(debian, lain=""):
    return f"mesin {debian} root make lint && make test{lain}"


def test_the_two_take_turns_and_a_release_is_for_both(hash_tree):
    assert ci(hash_tree) == (0, [satu(13)])
    git(hash_tree, "commit", "-q", "--allow-empty", "-m", "dua")
    assert ci(hash_tree) == (0, [satu(12)])
    release = [satu(debian, " LENGKAP=1") for debian in (12, 13)]
    assert ci(hash_tree, RILIS="1") == (0, release)
    git(hash_tree, "tag", "v1")
    assert ci(hash_tree) == (0, release)


@pytest.mark.parametrize("kode", [1, 2, 3, 124, 137])
def test_what_fails_inside_one_fails(hash_tree, kode):
    assert ci(hash_tree, kode) == (kode, [satu(13)])


def test_where_none_can_be_made_this_machine_does(hash_tree):
    kode, baris = ci(hash_tree, 69)
    assert kode == 0
    assert baris[0] == satu(13)
    assert baris[1].startswith("Dijalankan dengan Python 3.")
    assert baris[2:] == ["make lint /usr/bin/python3", "make test /usr/bin/python3"]
    (hash_tree / "Makefile").write_text("lint:\n\ttrue\ntest:\n\tfalse\n")
    assert ci(hash_tree, 69)[0] == 2


@pytest.mark.parametrize(
    "kata, kode, sentence",
    [
        (["11"], 2, "mesin_kosong.sh 12|13"),
        (["12", "siapa"], 2, "root atau pengguna, bukan siapa"),
        (["12"], 69, "Mesin kosong tidak dapat dibuat: perlu dijalankan oleh root."),
    ],
)
def test_arguments_and_an_ordinary_user(tmp_path, kata, kode, sentence):
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    response = subprocess.run(
        ["bash", "tests/mesin_kosong.sh", *kata],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )
    assert response.returncode == kode
    assert response.stderr.startswith(sentence)
