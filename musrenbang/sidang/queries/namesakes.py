"""Who in the hall, or on the list of invitees, bears the same name."""

from dataclasses import dataclass

from django.db.models import Max

from musrenbang.models import Musrenbang
from musrenbang.sidang.models import Kehadiran, Undangan
from musrenbang.sidang.names import name_key
from musrenbang.sidang.queries.sesi import away, gone


@dataclass(frozen=True)
class Lookalike:
    """Somebody with the same name: one who is here already, or (``undangan``) an invitee who is not.

    ``lagi``: the attendance of one who was in an earlier sitting and is not noted in this one, or who has left.
    """

    kode: str
    kalimat: str
    undangan: int | None = None
    lagi: int | None = None


def find_same_name(
    musrenbang: Musrenbang, nama: str, *, guests_only: bool = False, except_for: int | None = None
) -> list[Lookalike]:
    """Return who bears the same name by ``name_key``: those present, then invitees who are not here yet.

    ``guests_only``: only those noted without an invitation. ``except_for``: an invitation that is not meant. One query
    for each of the two lists, and two more where somebody present bears the name.
    """
    kunci = name_key(nama)
    hadir = Kehadiran.objects.filter(musrenbang=musrenbang).select_related("dicatat_oleh")
    if guests_only:
        hadir = hadir.filter(undangan=None)
    present = [h for h in hadir if name_key(h.nama) == kunci]
    leave = _left(musrenbang) if present else {}
    found = [_present(h, musrenbang, leave) for h in present]
    if guests_only:
        return found
    invited = Undangan.objects.filter(musrenbang=musrenbang, hadir=None).exclude(nama="").exclude(pk=except_for or 0)
    return found + [
        Lookalike(f"u{u.pk}", f"{u.sebutan} dari {u.lembaga} ada di daftar undangan dan belum tercatat hadir", u.pk)
        for u in invited
        if name_key(u.nama) == kunci
    ]


def _left(musrenbang: Musrenbang) -> dict[int, str]:
    """Say of those who came and are not here now how that is."""
    earlier = {h.pk: "hadir di sesi sebelumnya" for h in away(musrenbang)}
    return earlier | {h.pk: "sudah pulang" for h in gone(musrenbang)}


def _present(h: Kehadiran, musrenbang: Musrenbang, leave: dict[int, str]) -> Lookalike:
    if h.pk in leave:
        words = f"{h.nama} dari {h.lembaga} {leave[h.pk]} ({noted_words(h, musrenbang)}), belum dicatat hadir lagi"
        return Lookalike(f"h{h.pk}", words, lagi=h.pk)
    return Lookalike(f"h{h.pk}", f"{h.nama} dari {h.lembaga} sudah tercatat hadir, {noted_words(h, musrenbang)}")


def noted_words(h: Kehadiran, musrenbang: Musrenbang) -> str:
    """Return where, by whom and when somebody was noted: "meja 1 (Bu PMD), pukul 08.12"."""
    clock = h.datang.astimezone(musrenbang.kecamatan.kabupaten.tz)
    by_whom = f"meja {h.meja} ({h.dicatat_oleh})" if h.meja else f"oleh {h.dicatat_oleh}"
    return f"{by_whom}, pukul {clock:%H.%M}"


def next_twin(musrenbang: Musrenbang, nama: str, lembaga: str) -> int:
    """Return the number for one more person of the same name and institution; 0 for the first."""
    same = Kehadiran.objects.filter(musrenbang=musrenbang, nama=nama, lembaga=lembaga)
    last: int | None = same.aggregate(m=Max("kembar"))["m"]
    return 0 if last is None else last + 1
