"""``manage.py salam_demo``: print where the demo is served and who can sign in."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from musrenbang.akun_demo import AKUN_DEMO, SANDI_DEMO


class Command(BaseCommand):
    """Print the address and the demo accounts (used by ``make run``)."""

    help = "Mencetak alamat dan akun latihan."

    def handle(self, *args: Any, **options: Any) -> None:
        port = os.environ.get("PORT", "8000")
        latihan = " (mode latihan)" if settings.MODE_LATIHAN else ""
        self.stdout.write(f"\nmusrenbang{latihan}: http://127.0.0.1:{port}\n")
        for alamat in os.environ.get("JARINGAN", "").split():
            self.stdout.write(f"  perangkat lain di Wi-Fi ini: http://{alamat}:{port}\n")
        if not settings.MODE_LATIHAN:
            return
        for nama, kata in AKUN_DEMO:
            self.stdout.write(f"  {nama:<8} {kata}")
        self.stdout.write(f"  kata sandi semua akun: {SANDI_DEMO}\n")
