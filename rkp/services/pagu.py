"""Keeping what is agreed under the ceiling."""

from django.db.models import F

from musrenbang import audit
from musrenbang import format as tulis
from musrenbang.kunci import allowed_in
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_KEPUTUSAN
from rkp.models import Alasan, BarisRkp, Keputusan
from rkp.queries.pagu import list_pagu


@allowed_in(BOLEH_KEPUTUSAN)
def reserve_excess(*, musrenbang: Musrenbang, by: Pengguna, sumber: int, sidik: str) -> int:
    """Put what exceeds the ceiling of a source into reserve by the rule of ``rkp.pagu``; return how many works.

    ``sidik`` is the digest of the list that the person saw; when anything changed since, nothing is moved.
    """
    position = next((p for p in list_pagu(musrenbang) if p.sumber.pk == sumber), None)
    if position is None or not position.keluar:
        raise Refused("Yang disepakati sudah muat di bawah pagu. Muat ulang halaman untuk melihat keadaannya.")
    if position.sidik != sidik:
        raise Refused("Keputusan berubah sejak halaman ini dibuka. Periksa lagi daftarnya; belum ada yang dipindah.")
    alasan = f"{position.sumber} hanya {tulis.rupiah(position.pagu)}."
    for b in position.keluar:
        BarisRkp.objects.filter(pk=b.pk).update(
            keputusan=Keputusan.CADANGAN, alasan_kode=Alasan.MELAMPAUI_PAGU, alasan=alasan, versi=F("versi") + 1
        )
        audit.record(
            musrenbang=musrenbang,
            by=by,
            aksi="rkp.melampaui_pagu",
            objek=b,
            dari=b.keputusan,
            ke=Keputusan.CADANGAN,
            alasan=alasan,
        )
    return len(position.keluar)
