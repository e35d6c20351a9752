"""Set-ups that were interrupted, moved or spoilt: `make run` makes them whole, or says in a sentence what is to be done.

Python and pip are played by a script, so that nothing is downloaded; what is tried is deploy/pasang.sh itself.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PYTHON = """#!/bin/bash
# Plays python: makes an environment of itself, installs by writing down what, fails as it is told to.
echo "$*" >> "{catatan}"
case "$1 $2" in
  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo "#!$PWD/$3/bin/python" > "$3/bin/pip" ;;
  "-m pip") case "$PURA" in
      putus) kill -INT $PPID; exit 130 ;;
      disk) echo "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"; exit 1 ;;
      jaringan) echo "ERROR: No matching distribution found for Django==5.2"; exit 1 ;;
      sidik) echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE."; exit 1 ;;
      lama) sleep 3 ;;
    esac ;;
  "-c import pip") ;;
  *) exec {asli} "$@" ;;
esac
"""


@pytest.fixture
def hash_tree(tmp_path):
    """A tree with nothing but what installs it."""
    for nama in ("deploy", "requirements"):
        (tmp_path / "pohon" / nama).mkdir(parents=True)
    for nama in ("deploy/pasang.sh", "deploy/sistem.sh", "Makefile"):
        shutil.copy(settings.BASE_DIR / nama, tmp_path / "pohon" / nama)
    for nama in ("base", "dev"):
        (tmp_path / f"pohon/requirements/{nama}.txt").write_text(f"{nama}==1\n")
    python = tmp_path / "python3"
    python.write_text(PYTHON.format(catatan=tmp_path / "catatan", asli=sys.executable))
    python.chmod(0o755)
    return tmp_path / "pohon"


def install(tree: Path, daftar: str = "base", python: str | Path = "", pretended: str = "", **other: str):
    """Install; return the answer and what Python was asked to do meanwhile."""
    catatan = tree.parent / "catatan"
    catatan.write_text("")
    response = subprocess.run(
        ["bash", "deploy/pasang.sh", str(python or tree.parent / "python3"), daftar],
        cwd=tree,
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | {"PURA": pretended} | other,
    )
    task = [
        "venv" if "-m venv" in b else Path(b.split()[-1]).stem
        for b in catatan.read_text().splitlines()
        if b.startswith("-m")
    ]
    return response, task


def test_nothing_is_done_twice_and_a_changed_list_once(hash_tree):
    response, task = install(hash_tree, "dev")
    assert (response.returncode, task) == (0, ["venv", "base", "dev"])
    assert "Memasang 1 pustaka Python dari requirements/base.txt" in response.stdout
    response, task = install(hash_tree, "dev")
    assert (response.returncode, response.stdout, task) == (0, "", [])
    (hash_tree / "requirements/base.txt").write_text("base==2\n")
    assert install(hash_tree, "dev")[1] == ["base"]


@pytest.mark.parametrize("broken", ["terputus", "python hilang", "dipindahkan"])
def test_an_environment_that_is_not_whole_is_made_anew(hash_tree, broken):
    install(hash_tree)
    if broken == "terputus":
        (hash_tree / "requirements/base.txt").write_text("base==2\n")
        assert install(hash_tree, pretended="putus")[0].returncode != 0
    elif broken == "python hilang":
        (hash_tree / ".venv/bin/python").unlink()
    else:
        hash_tree = hash_tree.rename(hash_tree.with_name("lain"))
    (hash_tree / ".venv/sisa").touch()
    response, task = install(hash_tree)
    assert (response.returncode, task) == (0, ["venv", "base"])
    assert "tidak utuh; dibuat ulang" in response.stdout
    assert not (hash_tree / ".venv/sisa").exists()
    assert install(hash_tree)[1] == []


@pytest.mark.parametrize(
    "pretended, sentence, previous",
    [
        ("disk", "Disk penuh atau tidak dapat ditulisi. Kosongkan sebagian, lalu ulangi.", ["venv", "base"]),
        # nothing was installed: what stood there before is kept, for a laptop that has no internet today
        ("jaringan", "Pustaka Python tidak dapat diunduh. Periksa sambungan internet dan setelan pip", ["base"]),
        ("sidik", "Yang terunduh bukan yang tercatat di requirements/", ["base"]),
    ],
)
def test_what_went_wrong_is_told_and_the_next_time_works(hash_tree, pretended, sentence, previous):
    response, _ = install(hash_tree, pretended=pretended)
    assert response.returncode == 1
    assert response.stderr.splitlines()[-1].startswith(sentence)
    response, task = install(hash_tree)
    assert (response.returncode, task) == (0, previous)


def test_an_old_python_and_none_are_refused(hash_tree):
    lama = hash_tree.parent / "python3.9"
    lama.write_text('#!/bin/bash\n[ "$1" = -c ] && exit 1; echo "Python 3.9.2"\n')
    lama.chmod(0o755)
    response, _ = install(hash_tree, python=lama)
    assert response.returncode == 1
    assert (
        response.stderr
        == "Python 3.9.2 terlalu lama: perlu 3.11 atau yang lebih baru. Bila sudah ada, sebutkan: PYTHON=python3.12.\n"
    )
    response, _ = install(hash_tree, python="python-tidak-ada")
    assert response.returncode == 1
    assert response.stderr.startswith("python-tidak-ada tidak ditemukan. Pasang Python 3.11")
    assert not (hash_tree / ".venv").exists()


def test_two_at_once_wait_for_each_other(hash_tree):
    argument = ["bash", "deploy/pasang.sh", str(hash_tree.parent / "python3"), "base"]
    first = subprocess.Popen(
        argument, cwd=hash_tree, env=os.environ | {"PURA": "lama"}, stdout=subprocess.PIPE, text=True
    )
    assert "Membuat lingkungan" in first.stdout.readline()
    response, _ = install(hash_tree)
    assert first.wait(30) == 0
    first.stdout.close()
    assert (response.returncode, response.stdout) == (0, "Menunggu pemasangan lain di folder ini …\n")


@pytest.fixture
def machine_event(tmp_path):
    """A path with the programs named, for sistem.sh; Python loads what ``muat`` says."""

    def _machine(*, uid: int, load: bool, apt: str | None = "exit 0"):
        folder = tmp_path / "bin"
        folder.mkdir()
        for nama in ("bash", "sed", "tr", "mktemp", "rm", "tail", "grep", "timeout"):
            (folder / nama).symlink_to(shutil.which(nama))
        content = {
            "id": f"echo {uid}",
            "fc-list": f"echo {'DejaVu' if load else ''}",
            "python3": f"exit {0 if load else 1}",
        }
        if apt is not None:
            content["apt-get"] = f'echo "$*" >> {tmp_path}/apt\n{apt}'
        for nama, words in content.items():
            (folder / nama).write_text(f"#!/bin/bash\n{words}\n")
            (folder / nama).chmod(0o755)
        return subprocess.run(
            [folder / "bash", "deploy/sistem.sh", "python3", "venv", "pdf"],
            cwd=settings.BASE_DIR,
            text=True,
            env={"PATH": str(folder), "TMPDIR": str(tmp_path)},
            capture_output=True,
            check=False,
        )

    return _machine


PAKET = "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core tzdata"


def test_a_machine_that_has_all_is_left_alone(machine_event, tmp_path):
    response = machine_event(uid=1000, load=True)
    assert (response.returncode, response.stdout, response.stderr) == (0, "", "")
    assert not (tmp_path / "apt").exists()


def test_an_ordinary_user_is_told_one_command_for_all(machine_event):
    response = machine_event(uid=1000, load=False)
    assert response.returncode == 1
    assert (
        response.stderr.splitlines()[1]
        == f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {PAKET}"
    )


@pytest.mark.parametrize(
    "apt, sentences",
    [
        ('echo "E: Failed to fetch x"; exit 100', "Periksa sambungan internet dan sumber paket apt"),
        ('echo "E: You do not have enough free space in /var"; exit 100', "Disk penuh. Kosongkan sebagian"),
        (
            'echo "E: Could not get lock /var/lib/dpkg/lock"; exit 100',
            "apt sedang dipakai program lain. Tunggu sampai selesai",
        ),
        ("exit 0", f"Paket sudah dipasang, tetapi masih belum dapat dipakai: {PAKET}"),
    ],
)
def test_root_is_told_why_packages_do_not_come(machine_event, tmp_path, apt, sentences):
    response = machine_event(uid=0, load=False, apt=apt)
    assert response.returncode == 1
    assert sentences in response.stderr.splitlines()[-1]
    assert (tmp_path / "apt").read_text().splitlines()[1].endswith(f"install -y --no-install-recommends {PAKET}")


def test_a_machine_without_apt(machine_event):
    response = machine_event(uid=0, load=False, apt=None)
    assert response.returncode == 1
    assert response.stderr.startswith(
        f"Perlu paket sistem yang di Debian bernama: {PAKET}. Mesin ini tidak memakai apt"
    )


def test_the_image_of_a_server_has_what_documents_need():
    content = (settings.BASE_DIR / "deploy/Dockerfile").read_text()
    assert set(PAKET.split()) - {"python3-venv"} <= set(content.split())
