"""The sign-in code: six digits from an authenticator on the person's phone, after the password (django-otp).

What is missing is remembered in the session, so that a page costs no query; a new session asks again.
"""

import secrets
from collections import Counter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp import login, match_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from musrenbang.models import Keanggotaan, KodeCadangan, Pengguna
from musrenbang.models.sign_in import PANJANG_KODE
from musrenbang.states import Peran

WAJIB = frozenset({Peran.CAMAT, Peran.SEKCAM, Peran.BAPPEDA})
KUNCI, CUKUP = "kode_masuk", "cukup"
ISI, PASANG = "sign_in_code", "code_setup"
CADANGAN = 8
SALAH_MAKS = 8  # the wait after a wrong code doubles up to 128 seconds


def is_required(person: Pengguna) -> bool:
    """Tell whether the person must have a code: who approves, runs or reviews, and the administrator, by setting."""
    if not settings.WAJIB_KODE_MASUK:
        return False
    required = WAJIB | set(settings.WAJIB_KODE_PERAN)
    return person.is_superuser or Keanggotaan.objects.filter(pengguna=person, peran__in=required).exists()


def device_of(person: Pengguna) -> TOTPDevice | None:
    """Return the person's authenticator, once it has proved that it works."""
    perangkat: TOTPDevice | None = TOTPDevice.objects.filter(user=person, confirmed=True).first()
    return perangkat


def spare_left(person: Pengguna) -> int:
    """Return how many spare codes the person has not used yet."""
    return sum(len(c.sandi) for c in KodeCadangan.objects.filter(user=person))


def missing(person: Any, sesi: Any) -> str:
    """Return the name of the page that the person has to pass first; "" when nothing is missing."""
    if KUNCI not in sesi:
        sesi[KUNCI] = ISI if device_of(person) else PASANG if is_required(person) else CUKUP
    return "" if sesi[KUNCI] == CUKUP else str(sesi[KUNCI])


def ask_again(sesi: Any) -> None:
    """Forget what was missing, because it changed: the next page finds out anew."""
    sesi.pop(KUNCI, None)


def verify(request: Any, kode: str) -> bool:
    """Take a code of the phone, or one of the spare codes once; each wrong one makes the next try wait longer."""
    _forgive(request.user)
    perangkat = match_token(request.user, kode.replace(" ", ""))
    if perangkat is None:
        return False
    login(request, perangkat)
    request.session.cycle_key()
    request.session[KUNCI] = CUKUP
    return True


def _forgive(person: Pengguna) -> None:
    """Keep the wait after wrong codes within ``SALAH_MAKS`` doublings, and within them when the clock was set back."""
    current = timezone.now()
    for model in (TOTPDevice, KodeCadangan):
        own = model.objects.filter(user=person)
        own.filter(throttling_failure_count__gt=SALAH_MAKS).update(throttling_failure_count=SALAH_MAKS)
        own.filter(throttling_failure_timestamp__gt=current).update(throttling_failure_timestamp=current)
    for perangkat in TOTPDevice.objects.filter(user=person):
        now = (int(current.timestamp()) - perangkat.t0) // perangkat.step + perangkat.drift
        if perangkat.last_t > now + perangkat.tolerance:  # a code of a time that the clock has not reached again
            TOTPDevice.objects.filter(pk=perangkat.pk).update(last_t=now - perangkat.tolerance - 1)


def failures(person: list[int]) -> dict[int, int]:
    """Return {person: wrong codes since the last right one} of those who have any (two queries)."""
    result: Counter[int] = Counter()
    for model in (TOTPDevice, KodeCadangan):
        wrong = model.objects.filter(user__in=person, throttling_failure_count__gt=0)
        result.update(dict(wrong.values_list("user_id", "throttling_failure_count")))
    return result


def free(person: Pengguna) -> int:
    """Forget the wrong codes of a person; return how many devices had some."""
    quiet = {"throttling_failure_count": 0, "throttling_failure_timestamp": None}
    wrong = (m.objects.filter(user=person, throttling_failure_count__gt=0) for m in (TOTPDevice, KodeCadangan))
    return sum(s.update(**quiet) for s in wrong)


def new_device(person: Pengguna) -> TOTPDevice:
    """Return the device that waits for its first code; it stays the same until then, so a page can be reloaded."""
    perangkat: TOTPDevice = TOTPDevice.objects.get_or_create(user=person, confirmed=False, defaults={"name": "HP"})[0]
    return perangkat


def confirm(request: Any, kode: str) -> list[str]:
    """Take the first code of a new device; return the spare codes, shown this once. Empty: the code was wrong.

    The codes are hashed after the device is bound: that takes seconds, in which nobody else must wait to write.
    """
    if not _bind(request, kode):
        return []
    random = PANJANG_KODE - 1
    reserves = [f"{nomor}{secrets.randbelow(10**random):0{random}d}" for nomor in range(1, CADANGAN + 1)]
    KodeCadangan.objects.create(user=request.user, name="Kode cadangan", sandi=KodeCadangan.hashes(reserves))
    return reserves


@transaction.atomic
def _bind(request: Any, kode: str) -> bool:
    person = Pengguna.objects.select_for_update().get(pk=request.user.pk)
    perangkat = TOTPDevice.objects.filter(user=person, confirmed=False).first()
    _forgive(person)
    if perangkat is not None:
        perangkat.refresh_from_db()
    if perangkat is None or not perangkat.verify_token(kode.replace(" ", "")):
        return False
    remove_devices(person, except_for=perangkat.pk)
    perangkat.confirmed = True
    perangkat.save(update_fields=["confirmed"])
    login(request, perangkat)
    request.session[KUNCI] = CUKUP
    return True


def remove_devices(person: Pengguna, *, except_for: int | None = None) -> int:
    """Take away the person's devices and spare codes; return how many devices there were."""
    KodeCadangan.objects.filter(user=person).delete()
    old = TOTPDevice.objects.filter(user=person).exclude(pk=except_for)
    jumlah = old.filter(confirmed=True).count()
    old.delete()
    return jumlah
