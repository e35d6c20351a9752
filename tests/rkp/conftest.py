"""Groups of the tests: everybody at the table, the meeting in the groups."""

from types import SimpleNamespace

from musrenbang.states import Tahap
from rkp.queries.isi import DAPAT_BERUBAH
from rkp.queries.kelompok import list_kelompok, members_digest
from rkp.services.kelompok import fill_kelompok, set_members
from rkp.services.usulan_kelompok import save_usulan_kelompok
from tests.conftest import catat_hadir, move_to
from tests.snapshot import snapshot

NILAI = {"C1": 5, "C2": 4, "C3": 3, "C4": 2, "C5": 1, "C6": 5}
"""Weighted: 25 + 16 + 12 + 6 + 2 + 10 = 71."""


def usul(baris, **ubah):
    """The keyword arguments of a proposal that changes nothing but what is named."""
    isi = {k: getattr(baris, k) for k in DAPAT_BERUBAH}
    dasar = {"usul": "disepakati", "alasan_kode": "", "alasan": "", "catatan": "", "nilai": NILAI, "versi": 0}
    return dasar | isi | ubah


def usulkan_semua(hasil, by, **ubah):
    """Propose every row of a group that has none yet."""
    for b in hasil.baris:
        tanpa = b.baris.biaya is None
        isi = {"usul": "belum_disepakati", "alasan_kode": "data_kurang", "alasan": "RAB belum ada."} if tanpa else {}
        save_usulan_kelompok(kelompok=hasil.kelompok, baris=b.baris, by=by, **usul(b.baris, **isi | ubah))


@snapshot
def kelompok(acara, draf, pemeran):
    """Groups with chair and notulis; the event is in the group discussion. ``utama`` holds the first row."""
    pmd = pemeran["bu_pmd"]
    move_to(acara, Tahap.PEMBAHASAN, pemeran["admin"])
    fill_kelompok(musrenbang=acara, by=pmd)
    for h in list_kelompok(acara):
        orang = [catat_hadir(acara, pmd, f"{kata} {h.kelompok.nama}") for kata in ("Ketua", "Notulis")]
        set_members(
            kelompok=h.kelompok,
            by=pmd,
            sidik=members_digest(h.kelompok),
            anggota=[],
            ketua=orang[0],
            notulis=orang[1],
        )
    move_to(acara, Tahap.KELOMPOK, pemeran["admin"])
    semua = list_kelompok(acara)
    baris = draf.baris.select_related("rkp__musrenbang").get(nomor=1)
    utama = next(h for h in semua if h.kelompok.bidang_id == baris.bidang_id)
    lain = next(h for h in semua if h is not utama)
    return SimpleNamespace(semua=semua, utama=utama, lain=lain, baris=baris)
