"""Which proposals look alike: a table of pairs, and what never depends on the order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from usulan.serupa import Naskah, find_similar

# Other proposals of the list: what is rare is told by the list itself.
LATAR = [
    ("Pembangunan posyandu", "Dusun Melati"), ("Pengadaan bibit kopi", "Kelompok tani Subur"),
    ("Rehabilitasi ruang kelas SD", "SDN 2 Sikur"), ("Pembangunan talud sungai", "Dusun Anggrek RT 01"),
    ("Pembangunan jalan usaha tani", "Subak Tibu"), ("Pelatihan menjahit", "Kantor desa"),
    ("Pembangunan jalan lingkungan", "Dusun Dahlia RT 05"), ("Pembangunan sumur bor", "Dusun Teratai"),
]  # fmt: skip
MIRIP = [
    ("sama persis", (1, "Rabat jalan kuburan", "Dusun Mawar"), (1, "Rabat jalan kuburan", "Dusun Mawar")),
    ("ejaan RT", (1, "Paving gang", "Dsn. Mawar RT 03/RW 01"), (1, "Paving gang", "Dusun Mawar RT.3 RW.01")),
    ("salah ketik", (1, "Drainase Cijengkol", "Kampung Cijengkol"), (1, "Drainase Cijenkol", "Kp. Cijenkol")),
    ("singkatan", (1, "Rehab jemb gantung", "Sungai Babak"), (1, "Rehabilitasi jembatan gantung", "Sungai Babak")),
    ("jalan dua desa", (1, "Pengaspalan jalan", "Ruas Pengadangan-Lendang"), (2, "Pengaspalan jalan", "Pengadangan - Lendang")),
    ("tanpa lokasi", (1, "Pembangunan menara kubah", ""), (1, "Pembangunan menara kubah", "")),
    ("satu tanpa lokasi", (1, "Pembangunan menara kubah", ""), (1, "Pembangunan menara kubah", "Dusun Mawar")),
]  # fmt: skip
BEDA = [
    ("kantor tiap desa", (1, "Rehab kantor desa", "Kantor desa"), (2, "Rehab kantor desa", "Kantor desa")),
    ("RT sama desa lain", (1, "Rabat jalan", "RT 03 RW 01"), (2, "Rabat jalan", "RT 03 RW 01")),
    ("nomor sekolah", (1, "Rehab ruang kelas", "SDN 1 Loyok"), (1, "Rehab ruang kelas", "SDN 3 Loyok")),
    ("dusun lain", (1, "Rabat jalan lingkungan", "Dusun Mawar"), (1, "Rabat jalan lingkungan", "Dusun Kenanga")),
    ("karya lain", (1, "Bibit ikan lele", "Dusun Mawar"), (1, "Pembangunan talud", "Dusun Mawar")),
]  # fmt: skip


def cari(*dua):
    latar = [Naskah(100 + i, 9, *teks) for i, teks in enumerate(LATAR)]
    return {(p.a, p.b) for p in find_similar([Naskah(i, *isi) for i, isi in enumerate(dua)] + latar)}


@pytest.mark.parametrize(("a", "b"), [m[1:] for m in MIRIP], ids=[m[0] for m in MIRIP])
def test_the_same_work_is_found(a, b):
    assert (0, 1) in cari(a, b)


@pytest.mark.parametrize(("a", "b"), [m[1:] for m in BEDA], ids=[m[0] for m in BEDA])
def test_different_works_are_left_alone(a, b):
    assert (0, 1) not in cari(a, b)


def test_the_reasons_are_said():
    (satu,) = find_similar(
        [Naskah(1, 1, "Paving gang buntu", "Dusun Mawar"), Naskah(2, 1, "Paving gang", "Dusun Mawar")]
    )
    assert satu.alasan == ("kata yang sama: gang, paving", "lokasi sama", "satu desa")


KATA = st.lists(
    st.sampled_from(["talud", "jalan", "mawar", "melati", "sumur", "bor", "rabat", "gang", "irigasi", "subak"]),
    max_size=4,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 2), KATA.map(" ".join), KATA.map(" ".join)), max_size=8))
def test_neither_order_nor_repetition_of_the_list_changes_the_pairs(isi):
    daftar = [Naskah(i, *satu) for i, satu in enumerate(isi)]
    maju = {frozenset((p.a, p.b)): p.nilai for p in find_similar(daftar)}
    assert {frozenset((p.a, p.b)): p.nilai for p in find_similar(daftar[::-1])} == maju
    assert all(0 < nilai <= 1 for nilai in maju.values())
    for i, satu in enumerate(isi):
        for j, lain in enumerate(isi[:i]):
            if satu == lain and satu[1] and satu[2]:
                assert frozenset((i, j)) in maju
