"""Fixing the RKP and opening it again."""

from django.db import transaction

from musrenbang import audit, transisi
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.states import Tahap
from rkp import queries
from rkp.models import (
    MOVES_RKP,
    MOVES_VERSI,
    BarisRkp,
    BarisVersi,
    Kegiatan,
    Keputusan,
    Rkp,
    RkpVersi,
    StatusRkp,
    StatusVersi,
)

DISALIN = [f.name for f in Kegiatan._meta.fields]


@transaction.atomic
def fix_rkp(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> RkpVersi:
    """Freeze the working rows as the next version with a hash over its content (penetapan).

    Runs as an effect of the move out of the plenary, in the same transaction.
    """
    rkp = Rkp.objects.select_for_update().get(musrenbang=musrenbang)
    transisi.move(
        rkp, dari=StatusRkp.DRAF, ke=StatusRkp.DITETAPKAN, table=MOVES_RKP, musrenbang=musrenbang, by=by, alasan=alasan
    )
    baris = list(queries.rows(rkp).prefetch_related("sumber__usulan__desa"))
    nomor = rkp.riwayat.count() + 1
    versi = RkpVersi.objects.create(
        rkp=rkp,
        nomor=nomor,
        alasan=_reason_of_reopening(musrenbang) if nomor > 1 else "",
        sha256=queries.content_hash(baris),
        dibuat_oleh=by,
    )
    BarisVersi.objects.bulk_create(
        (
            BarisVersi(rkp_versi=versi, asal_baris=b, asal=_origin(b), **{nama: getattr(b, nama) for nama in DISALIN})
            for b in baris
        ),
        batch_size=500,
    )
    sepakat = sum(b.keputusan != Keputusan.BELUM_DISEPAKATI for b in baris)
    audit.catat(
        musrenbang=musrenbang, by=by, aksi="rkp.versi_ditetapkan", objek=versi,
        rincian={"baris": len(baris), "tanpa_belum_disepakati": sepakat, "sha256": versi.sha256},
    )  # fmt: skip
    return versi


@transaction.atomic
def reopen_rkp(*, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> None:
    """Open the working rows again when the plenary is resumed; the fixed version stays, marked as replaced."""
    rkp = Rkp.objects.select_for_update().get(musrenbang=musrenbang)
    berlaku = rkp.riwayat.get(status=StatusVersi.BERLAKU)
    transisi.move(
        rkp, dari=StatusRkp.DITETAPKAN, ke=StatusRkp.DRAF, table=MOVES_RKP, musrenbang=musrenbang, by=by, alasan=alasan
    )
    transisi.move(
        berlaku, dari=StatusVersi.BERLAKU, ke=StatusVersi.DIGANTI, table=MOVES_VERSI, musrenbang=musrenbang, by=by,
        alasan=alasan,
    )  # fmt: skip


def _origin(baris: BarisRkp) -> str:
    return "; ".join(f"DU-RKP Desa {s.usulan.desa.nama} no. {s.usulan.nomor}" for s in baris.sumber.all())[:300]


def _reason_of_reopening(musrenbang: Musrenbang) -> str:
    jejak = JejakAudit.objects.filter(
        musrenbang=musrenbang, aksi="musrenbang.tahap", dari=Tahap.PRIORITAS, ke=Tahap.PLENO
    ).first()
    return jejak.alasan if jejak else ""
