"""Sessions in the database that know whose they are and on which device; the engine named in the settings.

Which device it is, is noted at signing in and stays in the session when its key changes.
"""

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DbStore
from django.db.models import F, QuerySet
from django.dispatch import receiver
from django.utils import timezone
from django.utils.crypto import salted_hmac

from musrenbang.akses import client_ip
from musrenbang.models import KabarAkun, Pengguna, Sesi

DILIHAT, PERANGKAT, KABAR = "dilihat", "perangkat", "kabar"
PERAMBAN = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SISTEM = (
    ("Android", "Android"),
    ("iPhone|iPad", "iPhone atau iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux|CrOS", "Linux"),
)
"""What browsers call themselves, those first that also carry the name of another."""


class SessionStore(DbStore):
    """Django's sessions in the database, with the person, the device and the last use beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Sesi]:
        return Sesi

    def create_model_instance(self, data: dict[str, Any]) -> Sesi:
        sesi: Sesi = super().create_model_instance(data)
        sesi.pengguna_id = data.get(SESSION_KEY)
        for column, content in data.get(PERANGKAT, {}).items():
            setattr(sesi, column, content)
        if DILIHAT in data:
            sesi.dilihat = datetime.fromtimestamp(data[DILIHAT], UTC)
        return sesi


def device_words(agent: str) -> str:
    """Return "Chrome di Android" for what a browser says about itself; nobody has to read a User-Agent."""
    browser, system = (
        next((nama for pattern, nama in words if re.search(pattern, agent)), "") for words in (PERAMBAN, SISTEM)
    )
    return f"{browser or 'Browser lain'} di {system}" if system else browser or "Perangkat tidak dikenal"


@receiver(user_logged_in)
def note_device(sender: Any, request: Any, **other: Any) -> None:
    """Note in the new session from where and when the person signed in."""
    request.session[PERANGKAT] = {
        "perangkat": device_words(request.META.get("HTTP_USER_AGENT", "")),
        "alamat": client_ip(request)[:45],
        "sejak": timezone.now().isoformat(),
    }


@receiver(user_logged_in)
def note_news(sender: Any, request: Any, user: Pengguna, **other: Any) -> None:
    """Remember in the new session how much the owner has to be told, so that pages say it without a query."""
    if new := KabarAkun.objects.filter(pengguna=user, dibaca_pada=None).count():
        request.session[KABAR] = new


def mark_of(sesi: Sesi) -> str:
    """Return a name for a session that pages may carry: the key itself opens the account."""
    return salted_hmac("musrenbang.sesi", sesi.session_key).hexdigest()[:20]


def sessions_of(pengguna: Pengguna) -> QuerySet[Sesi]:
    """The sessions that still open the account, the last used first."""
    current = timezone.now()
    too_old = current - timedelta(seconds=settings.SESI_DIAM_DETIK)
    opened = Sesi.objects.filter(pengguna=pengguna, expire_date__gt=current).exclude(dilihat__lt=too_old)
    return opened.order_by(F("dilihat").desc(nulls_last=True), "session_key")


def end_sessions(pengguna: Pengguna, *, mark: Collection[str] | None = None, except_for: str | None = None) -> int:
    """End the sessions with these marks (None: all), but never the one with the key ``except_for``; return how many."""
    kunci = [s.session_key for s in pengguna.sesi.exclude(session_key=except_for) if mark is None or mark_of(s) in mark]
    jumlah: int = pengguna.sesi.filter(session_key__in=kunci).delete()[0]
    return jumlah


def end_all_sessions() -> int:
    """End every session, whoever it belongs to; return how many.

    A restored database brings back those that were ended since it was copied.
    """
    jumlah: int = Sesi.objects.all().delete()[0]
    return jumlah
