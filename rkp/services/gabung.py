"""Merging two rows of the plan into one, and splitting them again: no rupiah and no source is lost."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.models import Pengguna
from musrenbang.states import BOLEH_KEPUTUSAN, Tahap
from musrenbang.transisi import Ditolak
from rkp import queries
from rkp.models import Alasan, BarisRkp, Kelompok, Keputusan, StatusKelompok, UsulanKelompok
from rkp.services.draft import lock_baris

BELUM = {"keputusan": Keputusan.BELUM_DIBAHAS, "alasan_kode": "", "alasan": ""}


@transaction.atomic
def merge_baris(
    *, baris: BarisRkp, versi: int, ke: int, by: Pengguna, alasan: str, kelompok: Kelompok | None = None
) -> BarisRkp:
    """Merge a row into the row ``ke`` of the same plan and return that one, which carries the sum and is undecided.

    ``kelompok`` is the group on whose screen it is done. Raises Ditolak for the row itself, a row of another plan, one
    that is merged or holds merged ones, without a reason, and while the groups discuss for rows that are not its own.
    """
    kini = lock_baris(baris, versi, BOLEH_KEPUTUSAN)
    tujuan = BarisRkp.objects.select_for_update(of=("self",)).filter(rkp=kini.rkp_id, pk=ke).exclude(pk=kini.pk).first()
    if tujuan is None or Keputusan.DIGABUNG in (kini.keputusan, tujuan.keputusan):
        raise Ditolak("Pilih kegiatan lain yang belum digabung sebagai tujuannya.")
    if kini.gabungan.exists():
        raise Ditolak(f"No. {kini.nomor} sendiri menampung gabungan. Gabungkan ke sini, atau pisahkan dahulu isinya.")
    if len(alasan.strip()) < 5:
        raise Ditolak("Tuliskan mengapa keduanya digabung.")
    _check_group(kelompok, kini, tujuan)
    BarisRkp.objects.filter(pk=kini.pk).update(
        **queries.isi_dari_teks(kini.semula), keputusan=Keputusan.DIGABUNG, digabung_ke=tujuan,
        alasan_kode=Alasan.DUPLIKAT, alasan=f"digabung ke no. {tujuan.nomor}. {alasan.strip()}"[:500],
        versi=F("versi") + 1,
    )  # fmt: skip
    if tujuan.sebelum_gabung is None:
        BarisRkp.objects.filter(pk=tujuan.pk).update(sebelum_gabung=tujuan.semula)
    audit.catat(
        musrenbang=kini.rkp.musrenbang, by=by, aksi="rkp.digabung", objek=kini, dari=kini.keputusan,
        ke=Keputusan.DIGABUNG, alasan=alasan.strip(), rincian={"ke": tujuan.nomor},
    )  # fmt: skip
    return _recount(tujuan, by, f"Menampung no. {kini.nomor}.")


@transaction.atomic
def split_baris(*, baris: BarisRkp, versi: int, by: Pengguna, kelompok: Kelompok | None = None) -> BarisRkp:
    """Take a merged row out again: both rows are as they were before, undecided. Returns the row taken out."""
    kini = lock_baris(baris, versi, BOLEH_KEPUTUSAN)
    if kini.keputusan != Keputusan.DIGABUNG:
        raise Ditolak("Kegiatan ini tidak sedang digabung. Muat ulang halaman.")
    tujuan = BarisRkp.objects.select_for_update(of=("self",)).get(gabungan=kini)
    _check_group(kelompok, kini, tujuan)
    BarisRkp.objects.filter(pk=kini.pk).update(**BELUM, digabung_ke=None, versi=F("versi") + 1)
    audit.catat(
        musrenbang=kini.rkp.musrenbang, by=by, aksi="rkp.dipisah", objek=kini, dari=Keputusan.DIGABUNG,
        ke=Keputusan.BELUM_DIBAHAS, rincian={"dari": tujuan.nomor},
    )  # fmt: skip
    _recount(tujuan, by, f"No. {kini.nomor} dipisahkan lagi.")
    kini.refresh_from_db()
    return kini


def _check_group(kelompok: Kelompok | None, *baris: BarisRkp) -> None:
    """While the groups discuss, only the group of both rows merges or splits them, and only before it has signed."""
    musrenbang = baris[0].rkp.musrenbang
    if musrenbang.tahap != Tahap.KELOMPOK:
        return
    for k in Kelompok.objects.filter(musrenbang=musrenbang, bidang__in={b.bidang_id for b in baris}):
        if k.status != StatusKelompok.BERLANGSUNG:
            raise Ditolak(f"Hasil {k.nama} sudah ditandatangani. Buka lagi dengan alasan bila harus diubah.")
        if kelompok is None or k.pk != kelompok.pk:
            raise Ditolak(f"Kegiatan itu sedang dibahas {k.nama}. Gabungkan atau pisahkan di halaman kelompok itu.")


def _recount(tujuan: BarisRkp, by: Pengguna, alasan: str) -> BarisRkp:
    """Give the receiving row the sum of itself and what it holds; what was decided or proposed about it is undone."""
    tujuan.refresh_from_db()
    anak = [b.semula for b in tujuan.gabungan.order_by("nomor")]
    sendiri: dict[str, Any] = tujuan.sebelum_gabung or tujuan.semula
    semula = _combine(sendiri, anak)
    isi = queries.isi_dari_teks(semula)
    rincian = audit.beda({k: getattr(tujuan, k) for k in isi}, isi)
    BarisRkp.objects.filter(pk=tujuan.pk).update(
        **isi, **BELUM, semula=semula, sebelum_gabung=sendiri if anak else None, versi=F("versi") + 1
    )
    UsulanKelompok.objects.filter(baris=tujuan).update(
        **isi, usul="", alasan_kode="", alasan="", versi=F("versi") + 1
    )  # fmt: skip
    audit.catat(
        musrenbang=tujuan.rkp.musrenbang, by=by, aksi="rkp.gabungan", objek=tujuan, dari=tujuan.keputusan,
        ke=Keputusan.BELUM_DIBAHAS, alasan=alasan, rincian=rincian,
    )  # fmt: skip
    tujuan.refresh_from_db()
    return tujuan


def _combine(sendiri: dict[str, Any], anak: list[dict[str, Any]]) -> dict[str, Any]:
    """Add amounts, and volumes of one unit; other units keep the first volume. Unknown amounts add nothing."""
    semua = [sendiri, *anak]
    biaya = [int(s["biaya"]) for s in semua if s["biaya"]]
    hasil = {**sendiri, "biaya": str(sum(biaya)) if biaya else None}
    if anak and len({s["satuan"].casefold() for s in semua}) == 1 and all(s["volume"] for s in semua):
        hasil["volume"] = f"{sum((Decimal(s['volume']) for s in semua), Decimal(0)).normalize():f}"
    return hasil
