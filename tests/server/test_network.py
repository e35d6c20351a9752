"""One answer to where this machine can be opened: the QR, the greeting and the names that are let in."""

import errno
import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from musrenbang.infra import network


@pytest.fixture
def two_networks(monkeypatch):
    """A laptop with Docker, a cable to the office, and the hall's Wi-Fi; the way out may be set."""

    def _arrange(leaving):
        existing = [("lo", "127.0.0.1"), ("docker0", "172.17.0.1"), ("enp3s0", "10.1.1.9"), ("wlp2s0", "192.168.43.1")]
        monkeypatch.setattr(network, "_interfaces", lambda: existing)
        monkeypatch.setattr(network, "_default_route", lambda: leaving)

    return _arrange


@pytest.mark.parametrize(
    "logout, alamat",
    [
        ("10.1.1.9", ["10.1.1.9", "192.168.43.1", "172.17.0.1"]),  # the office's network leads on
        ("192.168.43.1", ["192.168.43.1", "10.1.1.9", "172.17.0.1"]),
        ("", ["192.168.43.1", "10.1.1.9", "172.17.0.1"]),  # no internet: a hotspot
        ("172.17.0.1", ["192.168.43.1", "10.1.1.9", "172.17.0.1"]),
        ("127.0.0.1", ["192.168.43.1", "10.1.1.9", "172.17.0.1"]),
    ],
)
def test_the_address_that_phones_can_open_comes_first(two_networks, logout, alamat):
    two_networks(logout)
    assert network.own_addresses() == alamat
    assert network.site_addresses("0.0.0.0:8104") == [f"http://{a}:8104" for a in [*alamat, "127.0.0.1"]]
    assert network.site_hosts("0.0.0.0:8104") == ["127.0.0.1", "localhost", "[::1]", *alamat]


def test_without_a_network_only_this_machine_opens_it(monkeypatch):
    monkeypatch.setattr(network, "_interfaces", lambda: [("lo", "127.0.0.1")])
    monkeypatch.setattr(network, "_default_route", lambda: "")
    assert network.site_addresses("0.0.0.0:80") == ["http://127.0.0.1:80"]


def test_this_machine_is_read():
    """Whatever the network of the machine that tests: what is found can be bound, so it is this machine's."""
    for alamat in network.own_addresses():
        with socket.socket() as s:
            s.bind((alamat, 0))
    assert ("lo", "127.0.0.1") in network._interfaces()


@pytest.mark.parametrize("serve", ["127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:abc", "127.0.0.1:", ":8000", "8000"])
def test_what_is_no_port(serve):
    with pytest.raises(network.BadAddress, match="bukan nomor port"):
        network.check(serve)


def test_a_port_in_use_and_an_address_of_another_machine():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        port = s.getsockname()[1]
        with pytest.raises(network.BadAddress, match=f"Port {port} sudah dipakai .* PORT={port + 1}"):
            network.check(f"127.0.0.1:{port}")
    network.check(f"127.0.0.1:{port}")
    with pytest.raises(network.BadAddress, match=r"HOST=192\.0\.2\.77 bukan alamat mesin ini\. Yang ada: 127\.0\.0\.1"):
        network.check(f"192.0.2.77:{port}")
    with pytest.raises(network.BadAddress, match="bukan alamat mesin ini"):
        network.check(f"tidak.ada.invalid:{port}")


def test_a_port_for_root_alone(monkeypatch):
    class Refused(socket.socket):
        def bind(self, tempat):
            raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(network.socket, "socket", Refused)
    with pytest.raises(network.BadAddress, match="Port 80 hanya boleh dipakai root"):
        network.check("127.0.0.1:80")


def _make(*kata, **environment):
    """What make would run, without running it."""
    env = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "HOST", "PORT"}}
    return subprocess.run(
        ["make", "-n", *kata], cwd=settings.BASE_DIR, env=env | environment, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize(
    "kata, env, bind",
    [
        (["run"], {}, "127.0.0.1:8000"),
        (["run", "PORT=8104"], {}, "127.0.0.1:8104"),
        (["run", "HOST=0.0.0.0", "PORT=8104"], {}, "0.0.0.0:8104"),
        (["run"], {"HOST": "0.0.0.0"}, "0.0.0.0:8000"),
        (["run"], {"HOST": "x86_64-conda-linux-gnu"}, "127.0.0.1:8000"),
        (["aula", "BERKAS=Makefile"], {}, "0.0.0.0:8000"),
        (["serve-prod", "PORT=9000"], {}, "127.0.0.1:9000"),
    ],
)
def test_make_serves_where_it_says(kata, env, bind):
    words = _make(*kata, **env)
    assert f"--bind {bind} " in words
    assert f"siapkan.sh .venv/bin/python {bind.replace(':', ' ')}" in words


@pytest.mark.parametrize(
    "surroundings, alamat",
    [
        ({}, "http://127.0.0.1:8000"),
        ({"LAYANI": "127.0.0.1:8104"}, "http://127.0.0.1:8104"),
        ({"LAYANI": "127.0.0.1:8104", "ALAMAT": "https://musrenbang.id/"}, "https://musrenbang.id"),
    ],
)
def test_the_greeting_and_the_qr_name_the_same_address(tmp_path, surroundings, alamat):
    base = {k: v for k, v in os.environ.items() if k not in {"LAYANI", "ALAMAT", "DATABASE_URL"}}
    kode = (
        "import django; django.setup()\nfrom django.core.management import call_command as c\nfrom django.conf import settings as s\n"
        "c('salam_demo'); from berita_acara.services.issue import pdf_context\nfrom types import SimpleNamespace as N\n"
        "print(pdf_context(N(jenis='rkp', nomor='', versi=1, isi={}, kode='ABCDEFGHIJ'))['cap']['alamat'])"
    )
    env = (
        base | {"VAR_DIR": str(tmp_path), "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "musrenbang.settings"} | surroundings
    )
    response = subprocess.run(
        [sys.executable, "-c", kode], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert response[-1] == f"{alamat}/verifikasi/ABCDEFGHIJ/"
    assert f"kode QR dokumen menunjuk ke: {alamat} " in "\n".join(response)
    assert any(b.endswith(f": http://{surroundings.get('LAYANI', '127.0.0.1:8000')}") for b in response)
