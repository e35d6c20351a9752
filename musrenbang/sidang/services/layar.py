"""The projector: opened once, then told what to show."""

from django.db import IntegrityError, transaction

from musrenbang.infra.codes import new_code
from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Layar
from musrenbang.sidang.panel import panels
from musrenbang.transisi import Refused


def open_layar(*, musrenbang: Musrenbang, panel: str = "agenda") -> Layar:
    """Return the projector of an event; the first time it gets its code and shows ``panel``."""
    existing = Layar.objects.filter(musrenbang=musrenbang).first()
    while existing is None:
        try:
            with transaction.atomic():
                existing = Layar.objects.create(musrenbang=musrenbang, kode=new_code(), panel=panel)
        except IntegrityError:  # the code is taken, or another desk opened it at this moment
            existing = Layar.objects.filter(musrenbang=musrenbang).first()
    return existing


def show_panel(*, musrenbang: Musrenbang, panel: str, acuan: int | None = None) -> Layar:
    """Show a panel, about the thing ``acuan`` where it is about one. What is shown is no record, so no audit row."""
    if panel not in panels():
        raise Refused("Panel layar itu tidak ada. Muat ulang halaman.")
    layar = open_layar(musrenbang=musrenbang)
    Layar.objects.filter(pk=layar.pk).update(panel=panel, acuan=acuan)
    layar.refresh_from_db()
    return layar
