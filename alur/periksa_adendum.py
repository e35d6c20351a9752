"""What was handed over: after Bappeda took it in, only approved addenda changed it, and only its wording."""

from collections.abc import Iterator

from musrenbang.models import Musrenbang
from rkp.models import BarisVersi
from rkp.queries.baris import official_version
from tindak_lanjut.models import ButirAdendum, Penyampaian, StatusAdendum, StatusPenyampaian
from tindak_lanjut.queries.adendum import KATA_KOLOM

ANGKA = {
    "volume": "volume",
    "satuan": "satuan",
    "biaya": "biaya",
    "sumber_dana_id": "sumber dana",
    "keputusan": "keputusan",
    "alasan": "alasan",
    "skpd_id": "SKPD",
    "milik": "desa",
    "bidang_id": "bidang",
}


def check_handed_over(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield what differs between the package that Bappeda took in and what holds now, beyond the approved addenda."""
    paket = Penyampaian.objects.filter(musrenbang=musrenbang, status=StatusPenyampaian.DITERIMA).first()
    versi = official_version(musrenbang)
    if paket is None or versi is None:
        return
    current = {b.asal_baris_id: b for b in BarisVersi.objects.filter(rkp_versi=versi)}
    expected = _amended(paket)
    for old in BarisVersi.objects.filter(rkp_versi=paket.versi_id).order_by("nomor"):
        new = current.pop(old.asal_baris_id, None)
        if new is None:
            yield f"No. {old.nomor}: ada di yang diterima Bappeda ({paket.nomor}), tidak ada lagi sekarang."
            continue
        for nama, words in ANGKA.items():
            if getattr(old, nama) != getattr(new, nama):
                yield f"No. {old.nomor}: {words} berubah sesudah diterima Bappeda ({paket.nomor})."
        for nama, words in KATA_KOLOM.items():
            if getattr(new, nama) != expected.get((old.asal_baris_id, nama), getattr(old, nama)):
                yield (
                    f"No. {old.nomor}: {words.lower()} berubah sesudah diterima Bappeda ({paket.nomor}) tanpa adendum."
                )
    yield from (f"No. {b.nomor}: ditambahkan sesudah diterima Bappeda ({paket.nomor})." for b in current.values())


def _amended(paket: Penyampaian) -> dict[tuple[int, str], str]:
    """Return {(row, field): the wording of the last approved addendum}."""
    item = ButirAdendum.objects.filter(adendum__penyampaian=paket).exclude(adendum__status=StatusAdendum.DISUSUN)
    return {(b.baris_id, nama): text for b in item.order_by("adendum__urut") for nama, text in b.baru.items()}
