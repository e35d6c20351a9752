"""``manage.py salam_demo``: print where the demo is served and who can sign in."""

from typing import Any

from django.conf import settings

from musrenbang.akun.akun_demo import AKUN_DEMO, SANDI_DEMO
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.infra.network import SEMUA, site_addresses, split


class Command(MusrenbangCommand):
    """Print the addresses and the demo accounts (used by ``make run`` and ``make aula``)."""

    help = "Mencetak alamat dan akun latihan."
    perlu_tabel = False

    def handle(self, *args: Any, **options: Any) -> None:
        for baris in (*_addresses(), *_accounts()):
            self.stdout.write(baris)


def _addresses() -> list[str]:
    """The address for this machine, those for the phones of the hall, and the one that documents name."""
    nama = f"musrenbang{' (mode latihan)' if settings.MODE_LATIHAN else ''}"
    host, port = split(settings.LAYANI)
    if host not in SEMUA:
        results = ["", f"{nama}: {site_addresses(settings.LAYANI)[0]}"]
    else:
        other = site_addresses(settings.LAYANI)[:-1]
        results = ["", f"{nama}: http://127.0.0.1:{port}"]
        results += [f"  perangkat lain di Wi-Fi ini: {address}" for address in other]
        results += [] if other else ["  Mesin ini belum tersambung ke jaringan: perangkat lain belum dapat membukanya."]
    return [*results, f"  kode QR dokumen menunjuk ke: {settings.ALAMAT} (ALAMAT=http://… menggantinya)"]


def _accounts() -> list[str]:
    if not settings.MODE_LATIHAN:
        return []
    return [
        *[f"  {akun:<8} {words}" for akun, words in AKUN_DEMO],
        f"  kata sandi semua akun: {SANDI_DEMO}",
        "  Berhenti: Ctrl-C",
    ]
