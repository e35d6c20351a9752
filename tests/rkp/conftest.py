"""Groups of the tests: everybody at the table, the meeting in the groups."""

from types import SimpleNamespace

from musrenbang.states import Tahap
from rkp.queries.content import DAPAT_BERUBAH
from rkp.queries.kelompok import list_kelompok, members_digest
from rkp.services.kelompok import fill_kelompok, set_members
from rkp.services.usulan_kelompok import save_usulan_kelompok
from tests.conftest import move_to, record_attendance
from tests.snapshot import snapshot

NILAI = {"C1": 5, "C2": 4, "C3": 3, "C4": 2, "C5": 1, "C6": 5}
"""Weighted: 25 + 16 + 12 + 6 + 2 + 10 = 71."""


def usul(baris, **change):
    """The keyword arguments of a proposal that changes nothing but what is named."""
    content = {k: getattr(baris, k) for k in DAPAT_BERUBAH}
    base = {"usul": "disepakati", "alasan_kode": "", "alasan": "", "catatan": "", "nilai": NILAI, "versi": 0}
    return base | content | change


def propose_everything(result, by, **change):
    """Propose every row of a group that has none yet."""
    for b in result.baris:
        without = b.baris.biaya is None
        content = (
            {"usul": "belum_disepakati", "alasan_kode": "data_kurang", "alasan": "RAB belum ada."} if without else {}
        )
        save_usulan_kelompok(kelompok=result.kelompok, baris=b.baris, by=by, **usul(b.baris, **content | change))


@snapshot
def kelompok(acara, draft_event, cast):
    """Groups with chair and notulis; the event is in the group discussion. ``utama`` holds the first row."""
    pmd = cast["bu_pmd"]
    move_to(acara, Tahap.PEMBAHASAN, cast["admin"])
    fill_kelompok(musrenbang=acara, by=pmd)
    for h in list_kelompok(acara):
        person = [record_attendance(acara, pmd, f"{kata} {h.kelompok.nama}") for kata in ("Ketua", "Notulis")]
        set_members(
            kelompok=h.kelompok,
            by=pmd,
            sidik=members_digest(h.kelompok),
            anggota=[],
            ketua=person[0],
            notulis=person[1],
        )
    move_to(acara, Tahap.KELOMPOK, cast["admin"])
    everything = list_kelompok(acara)
    baris = draft_event.baris.select_related("rkp__musrenbang").get(nomor=1)
    utama = next(h for h in everything if h.kelompok.bidang_id == baris.bidang_id)
    other = next(h for h in everything if h is not utama)
    return SimpleNamespace(semua=everything, utama=utama, lain=other, baris=baris)
