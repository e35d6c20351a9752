"""The head of a paper, and the date on it: by it a paper is quoted, numbered, and it decides who signs."""

from datetime import date
from typing import Any

from musrenbang import format as tulis
from musrenbang.cetakan import today
from musrenbang.models import AnggotaTim, Keanggotaan, Kedudukan, Musrenbang, OfficeWay, Pejabat
from musrenbang.queries import signer_of
from musrenbang.states import Peran

SEBUTAN_PERANGKAT_DAERAH = {0: "SKPD", 2017: "Perangkat Daerah"}
"""What agencies are called in documents, by the year of the event (musrenbang.md section 1)."""


def head_of(musrenbang: Musrenbang, pada: date | None = None) -> dict[str, Any]:
    """Return what every document says at its head: place, years, date, who presides and who signs.

    ``pada``: the date on the paper, which decides who signs; without one the day of the meeting, else today.
    """
    kecamatan = musrenbang.kecamatan
    sekcam = Keanggotaan.objects.filter(kecamatan=kecamatan, peran=Peran.SEKCAM)
    ketua = sekcam.select_related("pengguna").order_by("-pengguna__is_active", "pk").first()
    return {
        "kabupaten": kecamatan.kabupaten.nama,
        "kabupaten_pendek": kecamatan.kabupaten.short_name,
        "kecamatan": kecamatan.nama,
        "tahun": musrenbang.tahun_pelaksanaan,
        "tahun_rencana": musrenbang.tahun_rencana,
        "pada_tahun": f"Tahun {musrenbang.tahun_pelaksanaan}",
        "untuk_tahun": f"Rencana Tahun {musrenbang.tahun_rencana}",
        "tanggal": tulis.date_text(musrenbang.tanggal),
        "tanggal_hari": tulis.date_with_day(musrenbang.tanggal),
        "tanggal_terbilang": tulis.date_in_words(musrenbang.tanggal) if musrenbang.tanggal else "",
        "jam": f"{tulis.hour_text(musrenbang.jam_mulai)} {kecamatan.kabupaten.get_zona_display()}",
        "tempat": musrenbang.tempat or "belum ditetapkan",
        "camat": _signer(signer_of(kecamatan, pada or musrenbang.tanggal or today(musrenbang))),
        "pimpinan_sidang": musrenbang.pimpinan_sidang or (ketua.pengguna.nama if ketua else ""),
        "pimpinan_nip": _nip_of(musrenbang, ketua),
        **_head_of_team(musrenbang, ketua),
        "perangkat_daerah": _sebutan(musrenbang.tahun_pelaksanaan),
    }


def public_head(head: dict[str, Any]) -> dict[str, Any]:
    """Return the head of a paper that everybody may read: who signs by name and office, without NIP and rank.

    The first eight digits of a NIP are the day of birth.
    """
    camat = head["camat"] | {"pangkat": "", "nip": ""}
    return head | {"camat": camat, "pimpinan_nip": "", "ketua_nip": ""}


def _head_of_team(musrenbang: Musrenbang, sekcam: Keanggotaan | None) -> dict[str, str]:
    """Return who leads the team by its decision, else the Sekcam (seed B.1), who need not be who presides."""
    member = AnggotaTim.objects.filter(musrenbang=musrenbang, kedudukan=Kedudukan.KETUA).first()
    if member:
        return {"ketua_tim": member.nama, "ketua_nip": member.nip}
    return {
        "ketua_tim": sekcam.pengguna.nama if sekcam else "",
        "ketua_nip": sekcam.pengguna.nip if sekcam else "",
    }


def _nip_of(musrenbang: Musrenbang, ketua: Keanggotaan | None) -> str:
    """Return the NIP of who presides, where it is the Sekcam of the kecamatan; of anybody else none is known here."""
    if ketua and musrenbang.pimpinan_sidang in {"", ketua.pengguna.nama}:
        return ketua.pengguna.nip
    return ""


def _signer(pejabat: Pejabat) -> dict[str, str]:
    """Return name and capacity as printed; ``selaku`` is the own post of who signs "a.n. Camat"."""
    acting = pejabat.jabatan if pejabat.cara == OfficeWay.AN else ""
    return {
        "nama": pejabat.nama,
        "pangkat": pejabat.pangkat,
        "nip": pejabat.nip,
        "jabatan": pejabat.sebutan,
        "selaku": acting,
    }


def _sebutan(tahun: int) -> str:
    """SKPD until 2016, Perangkat Daerah since (a setting)."""
    start = max(t for t in SEBUTAN_PERANGKAT_DAERAH if t <= tahun)
    return SEBUTAN_PERANGKAT_DAERAH[start]
