"""Handing the result over to Bappeda, and its decision (seed C.2)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from musrenbang import transisi
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.nomor import take_receipt
from musrenbang.queries import newest_issued
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused
from rkp.prioritas.engine.published import digest
from rkp.queries.baris import official_version
from tindak_lanjut.models import MOVES_PENYAMPAIAN, Penyampaian, StatusPenyampaian

JENIS_TERIMA = "tanda_terima_bappeda"


@transaction.atomic
def submit_package(*, musrenbang: Musrenbang, by: Pengguna, content: list[dict[str, Any]]) -> None:
    """Hand over the approved version with the papers in ``isi``; Bappeda's receipt carries a number.

    Raises Refused when the Camat has not approved the plan.
    """
    versi = official_version(musrenbang)
    if versi is None:
        raise Refused(f"RKP {sebutan.Kecamatan} belum disahkan, jadi belum ada yang dapat disampaikan.")
    minutes_paper = newest_issued(musrenbang).get(("berita_acara", ""))
    Penyampaian.objects.create(
        musrenbang=musrenbang,
        urut=musrenbang.penyampaian.count() + 1,
        versi=versi,
        berita_acara=minutes_paper,
        isi=content,
        nomor=take_receipt(kecamatan=musrenbang.kecamatan, jenis=JENIS_TERIMA, kode="TT-BPD", at_time=timezone.now()),
        sha256=digest({"rkp": versi.sha256, "dokumen": content}),
        oleh=by,
    )


def accept_package(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Take the package in (effect of the move)."""
    _decide(musrenbang, StatusPenyampaian.DITERIMA, by, alasan)


def return_package(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Give the package back with the reason (effect of the move)."""
    _decide(musrenbang, StatusPenyampaian.DIKEMBALIKAN, by, alasan)


@transaction.atomic
def _decide(musrenbang: Musrenbang, ke: str, by: Pengguna, alasan: str) -> None:
    one = musrenbang.penyampaian.select_for_update().first()
    if one is None:
        return
    nilai: dict[str, Any] = {"diputus_oleh": by, "diputus_pada": timezone.now(), "alasan": alasan}
    Penyampaian.objects.filter(pk=one.pk).update(**nilai)
    transisi.move(
        one,
        dari=StatusPenyampaian.DIAJUKAN,
        ke=ke,
        table=MOVES_PENYAMPAIAN,
        musrenbang=musrenbang,
        by=by,
        alasan=alasan,
        rincian={"tanda_terima": one.nomor},
    )
