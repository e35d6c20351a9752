"""Deciding rows."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.models import Pengguna
from musrenbang.plausible import check_jumlah
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.izin import BOLEH_KEPUTUSAN
from rkp.models import PERLU_ALASAN, BarisRkp, Kelompok, Keputusan
from rkp.queries.content import changeable_content, summary_of_before
from rkp.services.draft import lock_baris

KOLOM_PUTUSAN = ["keputusan", "alasan_kode", "alasan", "kegiatan", "lokasi", "volume", "satuan", "biaya"]


@transaction.atomic
def decide_baris(
    *,
    baris: BarisRkp,
    versi: int,
    by: Pengguna,
    keputusan: str,
    alasan_kode: str = "",
    alasan: str = "",
    kegiatan: str,
    lokasi: str,
    volume: Decimal | None,
    satuan: str,
    biaya: int | None,
    from_kelompok: str = "",
    dipastikan: int | None = None,
) -> BarisRkp:
    """Record what the meeting decides about a row, with what it changed and why.

    ``from_kelompok`` names the group whose proposal the plenary takes over. While the groups discuss, a row that
    belongs to one waits for it.

    A reason (short and in words) is mandatory for a change, a reserve and a row not agreed (musrenbang.md 3(e)).
    Raises Refused for a missing reason, a change that is not called one, a "change" without any, and a stale row;
    NeedsConfirmation for an amount far above the draft's, unless ``dipastikan`` is that amount.
    """
    current = lock_baris(baris, versi, BOLEH_KEPUTUSAN)
    _check_free(current)
    nilai: dict[str, Any] = {
        "keputusan": keputusan,
        "alasan_kode": alasan_kode,
        "alasan": alasan.strip(),
        "kegiatan": kegiatan.strip(),
        "lokasi": lokasi.strip(),
        "volume": volume,
        "satuan": satuan.strip(),
        "biaya": biaya,
    }
    check_putusan(current.semula, nilai)
    if keputusan not in PERLU_ALASAN:
        nilai |= {"alasan_kode": "", "alasan": ""}
    details = audit.diff({k: getattr(current, k) for k in KOLOM_PUTUSAN}, nilai)
    if not details:
        return current
    times = check_biaya(current, biaya, dipastikan)
    if times:
        details["dipastikan"] = ["", times]
    if from_kelompok:
        details["kelompok"] = ["", from_kelompok]
    origin = current.keputusan
    BarisRkp.objects.filter(pk=current.pk).update(**nilai, versi=F("versi") + 1)
    current.refresh_from_db(fields=[*KOLOM_PUTUSAN, "versi"])
    _record(current, by, origin, details)
    return current


def _record(baris: BarisRkp, by: Pengguna, dari: str, rincian: dict[str, Any]) -> None:
    audit.record(
        musrenbang=baris.rkp.musrenbang,
        by=by,
        aksi="rkp.diputuskan",
        objek=baris,
        dari=dari,
        ke=baris.keputusan,
        alasan=baris.alasan_lengkap,
        rincian=rincian,
    )


def check_biaya(baris: BarisRkp, biaya: int | None, dipastikan: int | None) -> str:
    """Ask about a cost far above what the draft says; used alike for what a group proposes and what is decided."""
    return check_jumlah(
        biaya,
        baris.biaya_semula,
        kolom="biaya",
        what=f"Biaya no. {baris.nomor}",
        acuan_words="biaya di draf",
        dipastikan=dipastikan,
    )


def _check_free(current: BarisRkp) -> None:
    if current.keputusan == Keputusan.DIGABUNG:
        raise Refused(f"Kegiatan ini sudah digabung ({current.alasan}). Pisahkan dahulu bila harus diputuskan sendiri.")
    if current.rkp.musrenbang.tahap == Tahap.KELOMPOK:
        kelompok = Kelompok.objects.filter(musrenbang=current.rkp.musrenbang, bidang=current.bidang_id).first()
        if kelompok:
            raise Refused(
                f"Kegiatan ini sedang dibahas {kelompok.nama}. Usulkan keputusannya di halaman kelompok itu; "
                "pleno yang menetapkannya."
            )


def check_putusan(semula: dict[str, str | None], nilai: Mapping[str, Any]) -> None:
    """Refuse an outcome without its reason, and a change that is not called one (or the reverse).

    ``nilai``: keputusan, alasan_kode, alasan and the five values that a decision may change; ``semula`` as kept by the
    row. Used alike for what a group proposes and for what the plenary decides.
    """
    keputusan = Keputusan(nilai["keputusan"])
    if not nilai["kegiatan"]:
        raise Refused("Nama kegiatan tidak boleh kosong.")
    calon = BarisRkp(**{k: nilai[k] for k in ("kegiatan", "lokasi", "volume", "satuan", "biaya")})
    changed = changeable_content(calon) != semula
    if keputusan == Keputusan.DENGAN_PERUBAHAN and not changed:
        raise Refused(
            "Belum ada yang diubah. Ubah volume, lokasi, biaya, atau nama kegiatannya, atau pilih “Disepakati”."
        )
    if keputusan != Keputusan.DENGAN_PERUBAHAN and changed:
        raise Refused(
            "Isi kegiatan berbeda dari draf. Pilih “Disepakati dengan perubahan”, atau kembalikan isinya ke semula: "
            f"{summary_of_before(semula)}."
        )
    if keputusan in PERLU_ALASAN and (not nilai["alasan_kode"] or len(str(nilai["alasan"])) < 5):
        raise Refused(f"“{keputusan.label}” memerlukan alasan: pilih alasan singkat dan tuliskan penjelasannya.")
