"""Deciding rows."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from musrenbang import audit
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.services import lock_musrenbang
from musrenbang.states import BOLEH_KEPUTUSAN
from musrenbang.transisi import Ditolak
from rkp import queries
from rkp.models import PERLU_ALASAN, BarisRkp, Keputusan
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
) -> BarisRkp:
    """Record what the meeting decides about a row, with what it changed and why.

    A reason (short and in words) is mandatory for a change, a reserve and a row not agreed (musrenbang.md 3(e)).
    Raises Ditolak for a missing reason, a change that is not called one, a "change" without any, and a stale row.
    """
    kini = lock_baris(baris, versi, BOLEH_KEPUTUSAN)
    nilai: dict[str, Any] = {
        "keputusan": keputusan, "alasan_kode": alasan_kode, "alasan": alasan.strip(), "kegiatan": kegiatan.strip(),
        "lokasi": lokasi.strip(), "volume": volume, "satuan": satuan.strip(), "biaya": biaya,
    }  # fmt: skip
    _check(kini, nilai)
    if keputusan not in PERLU_ALASAN:
        nilai |= {"alasan_kode": "", "alasan": ""}
    rincian = audit.beda({k: getattr(kini, k) for k in KOLOM_PUTUSAN}, nilai)
    if not rincian:
        return kini
    dari = kini.keputusan
    BarisRkp.objects.filter(pk=kini.pk).update(**nilai, versi=F("versi") + 1)
    kini.refresh_from_db()
    audit.catat(
        musrenbang=kini.rkp.musrenbang, by=by, aksi="rkp.diputuskan", objek=kini, dari=dari, ke=keputusan,
        alasan=kini.alasan_lengkap, rincian=rincian,
    )  # fmt: skip
    return kini


def _check(kini: BarisRkp, nilai: Mapping[str, Any]) -> None:
    keputusan = Keputusan(nilai["keputusan"])
    if not nilai["kegiatan"]:
        raise Ditolak("Nama kegiatan tidak boleh kosong.")
    calon = BarisRkp(**{k: nilai[k] for k in ("kegiatan", "lokasi", "volume", "satuan", "biaya")})
    berubah = queries.isi_dapat_berubah(calon) != kini.semula
    if keputusan == Keputusan.DENGAN_PERUBAHAN and not berubah:
        raise Ditolak(
            "Belum ada yang diubah. Ubah volume, lokasi, biaya, atau nama kegiatannya, atau pilih “Disepakati”."
        )
    if keputusan != Keputusan.DENGAN_PERUBAHAN and berubah:
        raise Ditolak(
            "Isi kegiatan berbeda dari draf. Pilih “Disepakati dengan perubahan”, atau kembalikan isinya ke semula: "
            f"{queries.ringkas_semula(kini.semula)}."
        )
    if keputusan in PERLU_ALASAN and (not nilai["alasan_kode"] or len(str(nilai["alasan"])) < 5):
        raise Ditolak(f"“{keputusan.label}” memerlukan alasan: pilih alasan singkat dan tuliskan penjelasannya.")


@transaction.atomic
def agree_many(*, musrenbang: Musrenbang, baris_ids: list[int], by: Pengguna) -> int:
    """Mark rows that are still undecided as agreed and return how many; decided rows among them are left alone."""
    kini = lock_musrenbang(musrenbang, BOLEH_KEPUTUSAN)
    dipilih = list(
        BarisRkp.objects.select_for_update(of=("self",)).filter(
            rkp__musrenbang=kini, pk__in=baris_ids, keputusan=Keputusan.BELUM_DIBAHAS
        )
    )
    BarisRkp.objects.filter(pk__in=[b.pk for b in dipilih]).update(keputusan=Keputusan.DISEPAKATI, versi=F("versi") + 1)
    for baris in dipilih:
        audit.catat(
            musrenbang=kini, by=by, aksi="rkp.diputuskan", objek=baris,
            dari=Keputusan.BELUM_DIBAHAS, ke=Keputusan.DISEPAKATI, rincian={"bersama": len(dipilih)},
        )  # fmt: skip
    return len(dipilih)
