"""Where this machine can be opened: one answer for the QR of documents, the greeting of `make run` and ALLOWED_HOSTS.

Needs nothing but Python, so that `python -m musrenbang.infra.network HOST PORT` can look at both before anything is
started.
"""

import errno
import ipaddress
import socket
import struct
import sys
from contextlib import closing, suppress

SEMUA = {"0.0.0.0", "[::]"}  # noqa: S104 -- what is asked for, not what is bound
"""As HOST: every address of this machine."""
MAYA = (
    "docker",
    "br-",
    "veth",
    "virbr",
    "vmnet",
    "vboxnet",
    "tun",
    "tap",
    "wg",
    "zt",
    "tailscale",
    "lxc",
    "lxd",
    "cni",
    "flannel",
    "cali",
    "podman",
    "incus",
    "ppp",
)
"""Beginnings of the names of interfaces behind which no phone of the hall is: containers, virtual machines, tunnels."""
_ALAMAT, _TANDA, _HIDUP = 0x8915, 0x8913, 0x1 | 0x40  # SIOCGIFADDR, SIOCGIFFLAGS, IFF_UP | IFF_RUNNING


class BadAddress(ValueError):
    """HOST or PORT cannot be served; the text says why and what to do."""


def own_addresses() -> list[str]:
    """Return the IPv4 addresses at which other devices may open this machine, the likeliest first.

    The network that leads on (the Wi-Fi's router) comes first, then Wi-Fi (a hotspot of this laptop leads nowhere),
    then cables; networks of containers and tunnels come last.
    """
    leaving = _default_route()
    all_rows = [
        (nama, addresses) for nama, addresses in _interfaces() if not ipaddress.ip_address(addresses).is_loopback
    ]

    def peringkat(one: tuple[str, str]) -> tuple[bool, bool, bool]:
        nama, addresses = one
        return nama.startswith(MAYA), addresses != leaving, not nama.startswith("wl")

    addresses = [a for _, a in sorted(all_rows, key=peringkat)]
    if leaving and leaving not in addresses and not ipaddress.ip_address(leaving).is_loopback:
        addresses.append(leaving)
    return list(dict.fromkeys(addresses))


def _default_route() -> str:
    """Return the address that packets to elsewhere would leave from; none is sent. Empty without such a way."""
    with suppress(OSError), closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as s:
        s.connect(("192.0.2.1", 9))  # an address that belongs to nobody (RFC 5737)
        return str(s.getsockname()[0])
    return ""


def _interfaces() -> list[tuple[str, str]]:
    """Return (name, IPv4 address) of each interface that is up and has a cable or a network."""
    results = []
    try:
        from fcntl import ioctl  # noqa: PLC0415 -- Linux and alike; elsewhere the default route has to do
    except ImportError:
        return []
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as s:
        for _, nama in socket.if_nameindex():
            question = struct.pack("256s", nama.encode()[:15])
            with suppress(OSError):  # an interface without an IPv4 address
                mark = struct.unpack("H", ioctl(s.fileno(), _TANDA, question)[16:18])[0]
                if mark & _HIDUP == _HIDUP:
                    results.append((nama, socket.inet_ntoa(ioctl(s.fileno(), _ALAMAT, question)[20:24])))
    return results


def split(serve: str) -> tuple[str, int]:
    """Return host and port of ``host:port``. Raises BadAddress."""
    host, _, port = serve.rpartition(":")
    if not host or not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise BadAddress(f"PORT={port!r} bukan nomor port. Pakai 1024 sampai 65535, misalnya PORT=8000.")
    return host, int(port)


def site_addresses(serve: str) -> list[str]:
    """Return the addresses of the site served at ``host:port`` for a browser, the one for documents and phones first.

    Raises BadAddress.
    """
    host, port = split(serve)
    nama = [*own_addresses(), "127.0.0.1"] if host in SEMUA else [host]
    return [f"http://{n}:{port}" for n in nama]


def site_hosts(serve: str) -> list[str]:
    """Return the names that a browser may ask for when ``host:port`` is served (ALLOWED_HOSTS). Raises BadAddress."""
    host, _ = split(serve)
    return list(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", *(own_addresses() if host in SEMUA else [host])]))


def check(serve: str) -> None:
    """Raise BadAddress when ``host:port`` cannot be served: no such address, a port in use or for root alone."""
    host, port = split(serve)
    try:
        family, jenis, _, _, place = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, jenis)) as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(place)
            s.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = (
                f"Port {port} sudah dipakai program lain, mungkin `make run` yang masih berjalan. Hentikan yang itu "
                f"(Ctrl-C), atau pakai port lain: PORT={port + 1 if port < 65535 else 8000}."
            )
        elif error.errno == errno.EACCES:
            message = f"Port {port} hanya boleh dipakai root. Pakai 1024 ke atas, misalnya PORT=8000."
        else:
            existing = ", ".join(["127.0.0.1", *own_addresses()])
            message = f"HOST={host} bukan alamat mesin ini. Yang ada: {existing}; atau 0.0.0.0 untuk semuanya."
        raise BadAddress(message) from error


if __name__ == "__main__":
    try:
        check(f"{sys.argv[1]}:{sys.argv[2]}")
    except BadAddress as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
