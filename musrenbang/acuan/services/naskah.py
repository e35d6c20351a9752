"""What the kabupaten says of the form of its papers: legal basis of decisions, codes of letters."""

import json

from django.db import transaction

from musrenbang import audit
from musrenbang.infra.digest import page_digest
from musrenbang.models import Kabupaten, Pengguna
from musrenbang.naskah import PERUNTUKAN
from musrenbang.transisi import Refused

KOLOM_NASKAH = ("mengingat", *PERUNTUKAN)


def paper_state(kabupaten: Kabupaten) -> str:
    """Return a digest of the settings as they are stored; a form carries the one that it was read at."""
    return page_digest(json.dumps(kabupaten.naskah, sort_keys=True))


@transaction.atomic
def set_paper_form(
    *, kabupaten: Kabupaten, by: Pengguna, nilai: dict[str, str], read: str
) -> dict[str, list[str | None]]:
    """Store legal basis and codes by field of ``KOLOM_NASKAH``; return what changed, as (before, after).

    A blank one is the general rule of the year. ``read``: what the person saw (``paper_state``). Raises Refused when
    somebody else changed them meanwhile. Papers that were issued stay as they are.
    """
    current = Kabupaten.objects.select_for_update().get(pk=kabupaten.pk)
    if paper_state(current) != read:
        raise Refused(
            "Bentuk naskah sudah diubah orang lain sejak Anda membukanya. Isian Anda masih ada di bawah; "
            "periksa, lalu simpan lagi."
        )
    new = {k: nilai[k] for k in KOLOM_NASKAH if nilai.get(k)}
    changed = audit.diff(
        {k: current.naskah.get(k, "") for k in KOLOM_NASKAH}, {k: new.get(k, "") for k in KOLOM_NASKAH}
    )
    if changed:
        current.naskah = new
        current.save(update_fields=["naskah"])
        audit.record_acuan(kabupaten=current, by=by, aksi="naskah.diubah", objek="Bentuk naskah", rincian=changed)
    return changed
