"""Handing the result over to Bappeda (seed C.2): which papers go along, as they are at that moment."""

from typing import Any

from django.db import transaction

from berita_acara.queries import excuse_of as tanpa_salinan
from berita_acara.queries import latest_berita_acara, salinan_of
from berita_acara.services.issue import freeze_list
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.queries import newest_issued
from musrenbang.transisi import Refused
from tindak_lanjut.services.penyampaian import submit_package

LAMPIRAN = (
    "rkp",
    "durkp",
    "prioritas_skpd",
    "belum_disepakati",
    "prioritas_program",
    "hasil_kelompok",
    "daftar_delegasi",
    "daftar_hadir",
)
"""The lists of a package; the numbered documents and the signed copy come on top."""
SALINAN, TANPA_SALINAN, ELEKTRONIK = "salinan", "tanpa_salinan", "elektronik"


@transaction.atomic
def hand_over(*, musrenbang: Musrenbang, by: Pengguna, alasan: str = "") -> None:
    """Freeze the lists and hand them over with the numbered documents and the signed copy (effect of the move)."""
    contents = [
        _paper(d.jenis, d.bagian, d.nomor, d.versi, d.sha256) for d in newest_issued(musrenbang).values() if d.sha256
    ]
    for jenis in LAMPIRAN:
        try:
            d = freeze_list(musrenbang=musrenbang, jenis=jenis, by=by)
        except Refused:  # a meeting without groups has no result of groups
            continue
        contents.append(_paper(jenis, "", "", d.versi, d.sidik_isi))
    submit_package(musrenbang=musrenbang, by=by, content=[*contents, *_signed(musrenbang)])


def _paper(jenis: str, part: str, nomor: str, versi: int, sha256: str) -> dict[str, Any]:
    return {"jenis": jenis, "bagian": part, "nomor": nomor, "versi": versi, "sha256": sha256}


def _signed(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """The signed copies of the Berita Acara: on paper, electronic; or why there is none."""
    minutes_paper, salinan, without = latest_berita_acara(musrenbang), salinan_of(musrenbang), tanpa_salinan(musrenbang)
    results = []
    if minutes_paper and salinan:
        one = _paper(SALINAN, "", minutes_paper.nomor, minutes_paper.versi, salinan.sha256)
        if salinan.selisih:
            one["halaman"] = f"{salinan.halaman} halaman, dokumennya {salinan.halaman_dokumen}: {salinan.alasan}"
        results.append(one)
    elif without:
        results.append({"jenis": TANPA_SALINAN, "alasan": without.alasan})
    if minutes_paper and hasattr(minutes_paper, "elektronik"):
        results.append(
            _paper(ELEKTRONIK, "", minutes_paper.nomor, minutes_paper.versi, minutes_paper.elektronik.sha256)
        )
    return results
