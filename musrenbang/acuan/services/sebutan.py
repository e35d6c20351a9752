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

    A blank word, or the one of the region, is no change and is not stored. ``dibaca``: what the person saw
    (``state_of``). Raises Ditolak when somebody else changed them meanwhile.
    """
    kini = Kabupaten.objects.select_for_update().get(pk=kabupaten.pk)
    if state_of(kini) != read:
        raise Refused(
            "Sebutan wilayah sudah diubah orang lain sejak Anda membukanya. Isian Anda masih ada di bawah; "
            "bandingkan dengan daftar sekarang di sampingnya, lalu simpan lagi."
        )
    bawaan = defaults(kini.kode, tahun)
    baru = {k: words[k] for k in DAPAT_DIUBAH if words.get(k) and words[k] != bawaan.get(k)}
    berubah = audit.diff({k: kini.sebutan.get(k, "") for k in DAPAT_DIUBAH}, {k: baru.get(k, "") for k in DAPAT_DIUBAH})
    if berubah:
        kini.sebutan = baru
        kini.save(update_fields=["sebutan"])
        audit.record_acuan(kabupaten=kini, by=by, aksi="sebutan.diubah", objek="Sebutan wilayah", rincian=berubah)
    return berubah
