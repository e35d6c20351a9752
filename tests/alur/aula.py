"""What the tests of the hall share: taking an event away, an empty laptop, somebody present."""

import uuid

from django.conf import settings
from django.core.management import call_command

from alur.aula import kunci
from alur.aula.services.journeys import take_away
from musrenbang.models import Musrenbang
from musrenbang.sidang.services.kehadiran import record_kehadiran
from tests.attack.aula import SANDI


def kode_laptop():
    return kunci.code_of(kunci.public_of(kunci.laptop_key(settings.VAR_DIR)))


def carry(acara, by, **change):
    return take_away(musrenbang=acara, by=by, **{"kode": kode_laptop(), "sandi": SANDI} | change)


def clear():
    """Empty the database as a fresh laptop has it."""
    call_command("flush", interactive=False, verbosity=0)


def without_time(dokumen):
    return {k: v for k, v in dokumen.items() if k not in {"dibuat_pada", "izin", "pin"}}


def one_attendance(m, by, nama="Inaq Sumiati", tahap=None):
    if tahap:
        Musrenbang.objects.filter(pk=m.pk).update(tahap=tahap)
    return record_kehadiran(
        musrenbang=m,
        by=by,
        kunci=uuid.uuid4(),
        nama=nama,
        jenis_kelamin="P",
        unsur="tokoh",
        lembaga="Tokoh adat",
        alamat="",
        usia=None,
        desa=None,
    )
