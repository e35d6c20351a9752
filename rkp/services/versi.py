"""Freezing the plan: as presented, as the groups left it, as fixed, as final and as approved."""

from typing import Any

from django.db import transaction

from musrenbang import audit, transisi
from musrenbang.models import JejakAudit, Musrenbang, Pengguna
from musrenbang.sebutan import sebutan
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
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
    VersiKind,
)
from rkp.queries.baris import content_hash, current_version, origin_words, rows, version_rows, with_origin
from rkp.queries.content import DAPAT_BERUBAH
from rkp.queries.kelompok import list_kelompok

DISALIN = [f.name for f in Kegiatan._meta.fields]
DISEBUT = ("bidang", "skpd", "sumber_dana")


@transaction.atomic
def freeze_draft(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Freeze the draft when it is presented to the hall (effect of the move into the discussion)."""
    rkp = Rkp.objects.select_for_update().filter(musrenbang=musrenbang).first()
    if rkp:
        _freeze(rkp, VersiKind.DRAF, by, [_copy(b) for b in _working(rkp)], alasan)


@transaction.atomic
def freeze_kelompok(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Freeze what the groups propose when the plenary begins; nothing when no group was formed."""
    result = list_kelompok(musrenbang)
    if not result:
        return
    rkp = Rkp.objects.select_for_update().get(musrenbang=musrenbang)
    usulan = {b.baris.pk: b for h in result for b in h.baris if b.usulan and b.usulan.usul}
    baris = []
    for b in _working(rkp):
        origin = usulan.get(b.pk)
        content: dict[str, Any] = {}
        if origin and origin.usulan:
            content = {k: getattr(origin.usulan, k) for k in (*DAPAT_BERUBAH, "alasan_kode", "alasan")}
            content |= {"keputusan": origin.usulan.usul, "skor": origin.skor}
        baris.append(_copy(b, **content))
    _freeze(rkp, VersiKind.KELOMPOK, by, baris, alasan)


@transaction.atomic
def fix_rkp(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> RkpVersi:
    """Freeze the working rows as the next version with a hash over its content (penetapan).

    Runs as an effect of the move out of the plenary, in the same transaction.
    """
    rkp = Rkp.objects.select_for_update().get(musrenbang=musrenbang)
    transisi.move(
        rkp, dari=StatusRkp.DRAF, ke=StatusRkp.DITETAPKAN, table=MOVES_RKP, musrenbang=musrenbang, by=by, alasan=alasan
    )
    second = rkp.riwayat.filter(jenis=VersiKind.DITETAPKAN).exists()
    reason = _reason_of_reopening(musrenbang) if second else ""
    return _freeze(rkp, VersiKind.DITETAPKAN, by, [_copy(b) for b in _working(rkp)], reason)


@transaction.atomic
def freeze_final(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Freeze the plan as final when the signed Berita Acara is in: the same rows as were fixed."""
    _repeat(musrenbang, VersiKind.FINAL, by, alasan)


@transaction.atomic
def freeze_approved(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Freeze the plan as approved by the Camat; corrections made since the signing are frozen as final first."""
    rkp = Rkp.objects.select_for_update().get(musrenbang=musrenbang)
    baris = _working(rkp)
    final = rkp.riwayat.filter(jenis=VersiKind.FINAL, status=StatusVersi.BERLAKU).first()
    if final is None or final.sha256 != content_hash([_copy(b) for b in baris]):
        _freeze(rkp, VersiKind.FINAL, by, [_copy(b) for b in baris], "Perbaikan redaksi pada tahap Finalisasi")
    _freeze(rkp, VersiKind.DISAHKAN, by, [_copy(b) for b in baris], alasan)


@transaction.atomic
def freeze_amended(
    *, musrenbang: Musrenbang, by: Pengguna, alasan: str, perubahan: dict[int, dict[str, str]]
) -> RkpVersi:
    """Freeze the approved version again with other wording in some rows: {working row: {field: new text}}.

    Everything else is what was approved, to the names of that day. Raises Refused when nothing was approved.
    """
    rkp = Rkp.objects.select_for_update().get(musrenbang=musrenbang)
    old = rkp.riwayat.filter(jenis=VersiKind.DISAHKAN, status=StatusVersi.BERLAKU).first()
    if old is None:
        raise Refused(f"RKP {sebutan.Kecamatan} belum disahkan, jadi belum ada yang diberi adendum.")
    baris = _again(old)
    for b in baris:
        for nama, text in perubahan.get(b.asal_baris_id, {}).items():
            setattr(b, nama, text)
    return _freeze(rkp, VersiKind.DISAHKAN, by, baris, alasan)


@transaction.atomic
def reopen_rkp(*, musrenbang: Musrenbang, by: Pengguna, alasan: str) -> None:
    """Open the working rows again when the plenary is resumed; the fixed version stays, marked as replaced."""
    rkp = Rkp.objects.select_for_update().get(musrenbang=musrenbang)
    transisi.move(
        rkp, dari=StatusRkp.DITETAPKAN, ke=StatusRkp.DRAF, table=MOVES_RKP, musrenbang=musrenbang, by=by, alasan=alasan
    )
    _replace(rkp, VersiKind.DITETAPKAN, by, alasan)


def _working(rkp: Rkp) -> list[BarisRkp]:
    return list(with_origin(rows(rkp)))


def _copy(b: BarisRkp, **isi: Any) -> BarisVersi:
    sebutan = {what: b.name_of(what) for what in DISEBUT}
    salinan = {nama: getattr(b, nama) for nama in DISALIN} | isi
    return BarisVersi(asal_baris=b, asal=origin_words(b), sebutan=sebutan, **salinan)


def _repeat(musrenbang: Musrenbang, jenis: str, by: Pengguna, alasan: str) -> None:
    fixed = current_version(musrenbang)
    if fixed is None:
        return
    _freeze(Rkp.objects.select_for_update().get(pk=fixed.rkp_id), jenis, by, _again(fixed), alasan)


def _again(versi: RkpVersi) -> list[BarisVersi]:
    """The rows of a version once more, not stored, with the names that they carried then."""
    return [
        BarisVersi(
            asal_baris_id=b.asal_baris_id,
            asal=b.asal,
            sebutan=b.sebutan,
            **{nama: getattr(b, nama) for nama in DISALIN},
        )
        for b in version_rows(versi)
    ]


def _freeze(rkp: Rkp, jenis: str, by: Pengguna, baris: list[BarisVersi], alasan: str) -> RkpVersi:
    """Store rows as the next version of a kind; the one before it is marked as replaced."""
    _replace(rkp, jenis, by, alasan)
    versi = RkpVersi.objects.create(
        rkp=rkp,
        jenis=jenis,
        nomor=rkp.riwayat.filter(jenis=jenis).count() + 1,
        alasan=alasan,
        sha256=content_hash(baris),
        dibuat_oleh=by,
    )
    for b in baris:
        b.rkp_versi = versi
    BarisVersi.objects.bulk_create(baris, batch_size=500)
    agreed = sum(b.keputusan != Keputusan.BELUM_DISEPAKATI for b in baris)
    audit.record(
        musrenbang=rkp.musrenbang,
        by=by,
        aksi="rkp.versi_ditetapkan",
        objek=versi,
        rincian={"baris": len(baris), "tanpa_belum_disepakati": agreed, "sha256": versi.sha256},
    )
    return versi


def _replace(rkp: Rkp, jenis: str, by: Pengguna, alasan: str) -> None:
    berlaku = rkp.riwayat.filter(jenis=jenis, status=StatusVersi.BERLAKU).first()
    if berlaku:
        transisi.move(
            berlaku,
            dari=StatusVersi.BERLAKU,
            ke=StatusVersi.DIGANTI,
            table=MOVES_VERSI,
            musrenbang=rkp.musrenbang,
            by=by,
            alasan=alasan,
        )


def _reason_of_reopening(musrenbang: Musrenbang) -> str:
    jejak = JejakAudit.objects.filter(
        musrenbang=musrenbang, aksi="musrenbang.tahap", dari=Tahap.PRIORITAS, ke=Tahap.PLENO
    ).first()
    return jejak.alasan if jejak else ""
