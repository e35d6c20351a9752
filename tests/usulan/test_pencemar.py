"""A sample of the polluted lists (the whole: ``bench/cemar.py``), and proof that the score can fail."""

from collections import Counter

from tests.usulan.cemaran import CEMAR, blank_totals, plans, pollute
from tests.usulan.pencemar import DESA, score
from usulan.impor.baca import read_workbook
from usulan.impor.hasil import Reference

RUJUKAN = Reference("Sikur", DESA, tahun=2027)


def test_polluted_lists_are_read_right_marked_or_asked(tmp_path):
    semua, contoh = Counter(), []
    for seed, cemar in plans(len(CEMAR) + 60, seed=7):
        daftar = pollute(seed, cemar)
        letak = daftar.save(tmp_path / "usulan.xlsx")
        hitung, salah = score(read_workbook(tmp_path / "usulan.xlsx", RUJUKAN), letak, daftar.nama)
        semua += hitung
        contoh += [f"{seed} {cemar}: {s}" for s in salah]
    jumlah = sum(semua.values())
    assert jumlah > 10_000
    assert semua["salah"] <= jumlah // 1000, contoh[:20]


def test_totals_without_a_word_are_found_by_their_sums(tmp_path):
    kena, disebut, ada = blank_totals(tmp_path / "usulan.xlsx", RUJUKAN, 24)
    assert ada > 150
    assert min(kena / disebut, kena / ada) >= 0.95


def test_the_score_counts_what_is_wrong_lost_or_invented(tmp_path):
    daftar = pollute(3, ["total_tanpa_kata"])
    letak = daftar.save(tmp_path / "usulan.xlsx")
    hasil = read_workbook(tmp_path / "usulan.xlsx", RUJUKAN)
    u = hasil.lembar[-1].usulan
    u[0].biaya = 1
    u[1].lokasi, u[1].perlu_dilengkapi = None, ["lokasi"]
    u[2].satuan, u[2].turunan = "ekor", {"satuan": "gabung"}
    lenyap, tambah = u.pop(), u[3]
    u.append(tambah.__class__(**(vars(tambah) | {"baris": max(letak)})))
    hitung, salah = score(hasil, letak, daftar.nama)
    assert (hitung["ditanya"], hitung["ditandai"]) == (1, 1)
    assert [s.split(":")[0] for s in salah] == [f"row {u[0].baris} biaya", f"row {lenyap.baris}", f"row {max(letak)}"]
