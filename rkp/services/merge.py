"""Merging two rows of the plan into one, and splitting them again: no rupiah and no source is lost."""

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.models import Pengguna
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_GABUNG
from rkp.models import Alasan, BarisRkp, Kelompok, Keputusan
from rkp.queries.content import content_from_text, other_source, sources_of
from rkp.services.content import BELUM, restate_baris
from rkp.services.draft import lock_baris
from rkp.services.usulan_kelompok import check_open
from usulan.models import ParentRelation

ALASAN_MAKS = 300


@transaction.atomic
def merge_baris(
    *,
    baris: BarisRkp,
    versi: int,
    ke: int,
    by: Pengguna,
    alasan: str,
    hubungan: str,
    kelompok: Kelompok | None = None,
) -> BarisRkp:
    """Merge a row into the row ``ke`` of the same plan and return that one, which carries both and is undecided.

    ``hubungan`` tells whether the amounts are added or both are the same work, counted once. ``kelompok`` is the group
    on whose screen it is done. Raises Refused for the row itself, a row of another plan, one that is merged or holds
    merged ones, without a reason or a kind, and while the groups discuss for rows that are not its own.
    """
    current = lock_baris(baris, versi, BOLEH_GABUNG)
    target = (
        BarisRkp.objects.select_for_update(of=("self",))
        .filter(rkp=current.rkp_id, pk=ke)
        .exclude(pk=current.pk)
        .first()
    )
    if target is None or Keputusan.DIGABUNG in (current.keputusan, target.keputusan):
        raise Refused("Pilih kegiatan lain yang belum digabung sebagai tujuannya.")
    if current.gabungan.exists():
        raise Refused(
            f"No. {current.nomor} sendiri menampung gabungan. Gabungkan ke sini, atau pisahkan dahulu isinya."
        )
    if len(alasan.strip()) < 5:
        raise Refused("Tuliskan mengapa keduanya digabung.")
    if len(alasan.strip()) > ALASAN_MAKS:
        raise Refused(f"Alasannya paling panjang {ALASAN_MAKS} huruf. Ringkas dahulu; belum ada yang digabung.")
    if hubungan not in ParentRelation.values:
        raise Refused("Pilih cara menggabungnya: biayanya dijumlahkan, atau kegiatan yang sama dan dihitung sekali.")
    _check_group(kelompok, current, target)
    BarisRkp.objects.filter(pk=current.pk).update(
        **content_from_text(current.semula),
        keputusan=Keputusan.DIGABUNG,
        digabung_ke=target,
        hubungan=hubungan,
        alasan_kode=Alasan.DUPLIKAT if hubungan == ParentRelation.SAMA else Alasan.LAINNYA,
        alasan=f"digabung ke no. {target.nomor}. {alasan.strip()}",
        versi=F("versi") + 1,
    )
    audit.record(
        musrenbang=current.rkp.musrenbang,
        by=by,
        aksi="rkp.digabung",
        objek=current,
        dari=current.keputusan,
        ke=Keputusan.DIGABUNG,
        alasan=alasan.strip(),
        rincian={"ke": target.nomor, "hubungan": ["", ParentRelation(hubungan).label]},
    )
    return _recount(target, by, f"Menampung no. {current.nomor}.{other_source(current, target)}")


@transaction.atomic
def split_baris(*, baris: BarisRkp, versi: int, by: Pengguna, kelompok: Kelompok | None = None) -> BarisRkp:
    """Take a merged row out again: both rows are as they were before, undecided. Returns the row taken out."""
    current = lock_baris(baris, versi, BOLEH_GABUNG)
    if current.keputusan != Keputusan.DIGABUNG:
        raise Refused("Kegiatan ini tidak sedang digabung. Muat ulang halaman.")
    target = BarisRkp.objects.select_for_update(of=("self",)).get(gabungan=current)
    _check_group(kelompok, current, target)
    BarisRkp.objects.filter(pk=current.pk).update(**BELUM, digabung_ke=None, hubungan="", versi=F("versi") + 1)
    audit.record(
        musrenbang=current.rkp.musrenbang,
        by=by,
        aksi="rkp.dipisah",
        objek=current,
        dari=Keputusan.DIGABUNG,
        ke=Keputusan.BELUM_DIBAHAS,
        rincian={"dari": target.nomor},
    )
    _recount(target, by, f"No. {current.nomor} dipisahkan lagi.")
    current.refresh_from_db()
    return current


def _check_group(kelompok: Kelompok | None, *baris: BarisRkp) -> None:
    """While the groups discuss, only the group of both rows merges or splits them, and only before it has signed."""
    musrenbang = baris[0].rkp.musrenbang
    if musrenbang.tahap != Tahap.KELOMPOK:
        return
    for k in Kelompok.objects.filter(musrenbang=musrenbang, bidang__in={b.bidang_id for b in baris}):
        check_open(k)
        if kelompok is None or k.pk != kelompok.pk:
            raise Refused(f"Kegiatan itu sedang dibahas {k.nama}. Gabungkan atau pisahkan di halaman kelompok itu.")


def _recount(target: BarisRkp, by: Pengguna, alasan: str) -> BarisRkp:
    """Give the receiving row what it and the rows it holds are together; it is undecided again."""
    target.refresh_from_db()
    if target.keputusan != Keputusan.BELUM_DIBAHAS:
        alasan += f" Keputusan “{target.get_keputusan_display()}” ditarik."
    tree = sources_of(target.rkp, {target.pk})[target.pk]
    restate_baris(target, tree.isi(), by=by, aksi="rkp.gabungan", alasan=alasan)
    target.refresh_from_db()
    return target
