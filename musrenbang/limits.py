"""How often something may be tried: passwords by account and device, codes by address. Counted in the database.

Nothing is locked: who tries again and again waits longer each time, up to a limit of seconds, and whoever owns the
account on another device does not wait at all. What is counted is a digest; no address and no name is kept here.
A clock that is set back makes nobody wait longer than the rule's own limit.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from musrenbang.models import Batas

USANG = timedelta(days=1)
SAPU_TIAP = 200


@dataclass(frozen=True)
class Rules:
    """How many tries are free. Then the wait doubles from ``awal`` to ``paling`` seconds; ``lupa`` seconds of rest
    make it begin anew.
    """

    bebas: int
    awal: int
    paling: int
    lupa: int


ATURAN = {
    "sandi": Rules(bebas=5, awal=4, paling=60, lupa=900),  # one account on one device
    "sandi_tempat": Rules(bebas=30, awal=1, paling=60, lupa=900),  # one account on all unknown devices of one address
    "kode": Rules(bebas=120, awal=1, paling=10, lupa=600),  # unknown codes from one address: a hall shares one
    "berkas": Rules(bebas=60, awal=1, paling=20, lupa=600),  # files to compare from one address
}


def digest(*words: str) -> str:
    """Return what is kept of the words that say who tries."""
    return salted_hmac("musrenbang.limits", "\0".join(words), algorithm="sha256").hexdigest()


def account_mark(username: str) -> str:
    """Return how rows of one account are found, whether it exists or not."""
    return digest("akun", username)


def wait_for(jenis: str, *who: str) -> int:
    """Return the seconds until the next try; 0 when it may be made now."""
    one = Batas.objects.filter(sidik=digest(jenis, *who)).first()
    return _rest(one, ATURAN[jenis]) if one else 0


def _rest(one: Batas, aturan: Rules) -> int:
    current = timezone.now()
    past = (current - one.terakhir).total_seconds()
    if past < 0:  # the clock was set back: counted from now, once
        Batas.objects.filter(pk=one.pk).update(terakhir=current)
        one.terakhir, past = current, 0.0
    more = one.jumlah - aturan.bebas
    if past > aturan.lupa or more < 0:
        return 0
    return max(0, ceil(min(aturan.paling, aturan.awal * 2 ** min(more, 16)) - past))


def begin(jenis: str, *who: str, akun: str = "") -> int:
    """Count a try before it is made and return 0; or return the seconds to wait, and count nothing.

    Counted before the answer is known, so that a hundred tries at once are a hundred, not one.
    """
    with transaction.atomic():
        one, new = Batas.objects.select_for_update().get_or_create(
            sidik=digest(jenis, *who), defaults={"jenis": jenis, "akun": akun, "terakhir": timezone.now()}
        )
        if not new and (wait := _rest(one, ATURAN[jenis])):
            return wait
        forgotten = timezone.now() - one.terakhir > timedelta(seconds=ATURAN[jenis].lupa)
        one.jumlah = 1 if forgotten else one.jumlah + 1
        one.terakhir = timezone.now()
        one.save(update_fields=["jumlah", "terakhir"])
        if new and one.pk % SAPU_TIAP == 0:
            Batas.objects.filter(terakhir__lt=timezone.now() - USANG).delete()
    return 0


def note_miss(jenis: str, *who: str) -> None:
    """Count a wrong try after it was made; where nothing can be written, reading goes on all the same."""
    try:
        begin(jenis, *who)
    except DatabaseError:  # the disk is full, or the database only reads
        return


def forget(jenis: str, *who: str) -> None:
    """The try was right: it counts for nothing."""
    Batas.objects.filter(sidik=digest(jenis, *who)).delete()


def recent() -> QuerySet[Batas]:
    """Return what still counts for somebody's password."""
    return Batas.objects.filter(terakhir__gte=timezone.now() - timedelta(seconds=ATURAN["sandi"].lupa))


def free_account(username: str) -> int:
    """Forget every wrong password of an account; return how many rows there were."""
    jumlah: int = Batas.objects.filter(akun=account_mark(username)).delete()[0]
    return jumlah
