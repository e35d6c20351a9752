"""Copies of the Berita Acara: one to the Bupati, one to each agency that the plan asks something of."""

from typing import Any

from berita_acara.queries import latest_berita_acara
from musrenbang.cetakan import CAMAT, Cetakan, Nomor, today
from musrenbang.labels import words
from musrenbang.models import Musrenbang, Skpd
from musrenbang.naskah import addressee, is_own_office
from musrenbang.sebutan import sebutan
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.queries.baris import agreed_rows, current_version
from tindak_lanjut.cetakan import last_berita_acara

BUPATI = "bupati"


def receivers(musrenbang: Musrenbang) -> list[tuple[str, str]]:
    """Return (part, name) of who gets a copy: the Bupati and the agencies of the agreed works, not this office."""
    versi = current_version(musrenbang)
    if versi is None:
        return []
    asked = agreed_rows(versi).exclude(skpd=None).order_by().values("skpd")
    agencies = Skpd.objects.filter(pk__in=asked).order_by("nama")
    return [
        (BUPATI, f"{sebutan.Bupati} {musrenbang.kecamatan.kabupaten.short_name}"),
        *((str(s.pk), s.nama) for s in agencies if not is_own_office(s.nama, musrenbang.kecamatan.nama)),
    ]


def all_copies(musrenbang: Musrenbang) -> dict[str, dict[str, Any]]:
    """Return the cover letter of every receiver by its part. Raises Refused while there is no Berita Acara."""
    if latest_berita_acara(musrenbang) is None:
        raise Refused("Berita Acara belum diterbitkan, jadi salinannya belum dapat disampaikan.")
    base = last_berita_acara(musrenbang)
    return {
        part: {
            "berita_acara": base,
            "kepada": nama if part == BUPATI else addressee(nama, sebutan.Camat),
            "bupati": part == BUPATI,
        }
        for part, nama in receivers(musrenbang)
    }


def salinan_ba(musrenbang: Musrenbang, part: str) -> dict[str, Any]:
    """The letter that goes with a copy of the Berita Acara, with the receipt to be signed (musrenbang.md 2c row 3)."""
    letters = all_copies(musrenbang)
    if part not in letters:
        raise Refused("Penerima ini tidak termasuk yang menerima salinan Berita Acara.")
    return letters[part]


TEMBUSAN: dict[str, Cetakan] = {
    "salinan_ba": Cetakan(
        "Penyampaian salinan Berita Acara",
        words("kepada Bupati dan tiap perangkat daerah, dengan tanda terima"),
        salinan_ba,
        "pdf/salinan_ba.html",
        nomor=Nomor("050", "SB-MRB", Tahap.FINALISASI),
        ttd=(CAMAT,),
        bagian=receivers,
        tanggal=today,
        semua=all_copies,
        belum=words("RKP Kecamatan belum ditetapkan, jadi belum diketahui siapa yang menerima salinan Berita Acara."),
    ),
}
