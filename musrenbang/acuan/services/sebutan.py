"""What a kabupaten calls its offices and villages, where that is not what its region does."""

import json

from django.db import transaction

from musrenbang import audit
from musrenbang.infra.digest import page_digest
from musrenbang.models import Kabupaten, Pengguna
from musrenbang.sebutan import DAPAT_DIUBAH, defaults
from musrenbang.transisi import Refused


def state_of(kabupaten: Kabupaten) -> str:
    """Return a digest of the words as they are stored; a form carries the one that it was read at."""
    return page_digest(json.dumps(kabupaten.sebutan, sort_keys=True))


@transaction.atomic
def set_place_words(
    *, kabupaten: Kabupaten, by: Pengguna, words: dict[str, str], tahun: int, read: str
) -> dict[str, list[str | None]]:
    """Store the words of a kabupaten by field of ``DAPAT_DIUBAH``; return what changed, as (before, after).

    A blank word, or the one of the region, is no change and is not stored. ``read``: what the person saw
    (``state_of``). Raises Refused when somebody else changed them meanwhile.
    """
    current = Kabupaten.objects.select_for_update().get(pk=kabupaten.pk)
    if state_of(current) != read:
        raise Refused(
            "Sebutan wilayah sudah diubah orang lain sejak Anda membukanya. Isian Anda masih ada di bawah; "
            "bandingkan dengan daftar sekarang di sampingnya, lalu simpan lagi."
        )
    usual = defaults(current.kode, tahun)
    baru = {k: words[k] for k in DAPAT_DIUBAH if words.get(k) and words[k] != usual.get(k)}
    before = {k: current.sebutan.get(k, "") for k in DAPAT_DIUBAH}
    changed = audit.diff(before, {k: baru.get(k, "") for k in DAPAT_DIUBAH})
    if changed:
        current.sebutan = baru
        current.save(update_fields=["sebutan"])
        audit.record_acuan(kabupaten=current, by=by, aksi="sebutan.diubah", objek="Sebutan wilayah", rincian=changed)
    return changed
