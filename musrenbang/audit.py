"""The only writer of the audit trail."""

from typing import Any

from musrenbang.models import JejakAcuan, JejakAudit, Kabupaten, Musrenbang, Pengguna


def catat(
    *,
    musrenbang: Musrenbang,
    by: Pengguna | None,
    aksi: str,
    objek: Any,
    dari: str = "",
    ke: str = "",
    alasan: str = "",
    rincian: dict[str, Any] | None = None,
) -> JejakAudit:
    """Add one audit row. Call it inside the transaction of the change itself.

    ``objek`` is the model instance that changed; its text and ``model:pk`` are kept, so the row stays readable
    after the instance is gone. ``rincian`` holds values before and after, JSON-safe.
    """
    return JejakAudit.objects.create(
        musrenbang=musrenbang,
        pelaku=by,
        aksi=aksi,
        objek=str(objek)[:250],
        objek_id=f"{objek._meta.model_name}:{objek.pk}",
        dari=dari,
        ke=ke,
        alasan=alasan,
        rincian=rincian or {},
    )


def catat_acuan(
    *, kabupaten: Kabupaten, by: Pengguna, aksi: str, objek: str, alasan: str = "",
    rincian: dict[str, Any] | None = None,
) -> JejakAcuan:  # fmt: skip
    """Add one row to the trail of a kabupaten's reference data and people, in the transaction of the change."""
    return JejakAcuan.objects.create(
        kabupaten=kabupaten, pelaku=by, aksi=aksi, objek=objek[:250], alasan=alasan, rincian=rincian or {}
    )


def beda(sebelum: dict[str, Any], sesudah: dict[str, Any]) -> dict[str, list[str | None]]:
    """Return ``{field: [before, after]}`` as text for the fields whose values differ; unknown stays None."""
    return {
        nama: [_teks(sebelum[nama]), _teks(sesudah[nama])] for nama in sesudah if sebelum.get(nama) != sesudah[nama]
    }


def _teks(nilai: Any) -> str | None:
    return None if nilai is None else str(nilai)
