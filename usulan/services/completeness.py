"""What a desa handed in, and what the team decides about a late one."""

from typing import Any

from musrenbang import audit
from musrenbang.kunci import allowed_in
from musrenbang.models import Desa, Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.services.rows import change_row
from musrenbang.transisi import Refused
from usulan.izin import BOLEH_USULAN
from usulan.models import KelengkapanDesa

KOLOM = ("ba_nomor", "ba_tanggal", "delegasi", "sikap", "alasan")


@allowed_in(BOLEH_USULAN)
def update_completeness(
    *, musrenbang: Musrenbang, desa: Desa, versi: int, by: Pengguna, **nilai: Any
) -> KelengkapanDesa:
    """Record Berita Acara, delegates and decision of one desa. ``versi`` is the one the person saw."""
    KelengkapanDesa.objects.get_or_create(musrenbang=musrenbang, desa=desa)
    current = KelengkapanDesa.objects.select_for_update(of=("self",)).get(musrenbang=musrenbang, desa=desa)
    if current.versi != versi:
        raise Refused(audit.stale(current, f"kelengkapan {sebutan.desa} ini", "kelengkapan.diubah"))
    new = {k: nilai[k] for k in KOLOM if k in nilai}
    return change_row(current, new, musrenbang=musrenbang, by=by, aksi="kelengkapan.diubah")
