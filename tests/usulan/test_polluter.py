"""A sample of the polluted lists (the whole: ``bench/pollute.py``), and proof that the score can fail."""

from collections import Counter

from tests.usulan.faults import CEMAR, blank_totals, plans, pollute
from tests.usulan.polluter import DESA, score
from usulan.impor.read import read_workbook
from usulan.impor.results import Reference

RUJUKAN = Reference("Sikur", DESA, tahun=2027)


def test_polluted_lists_are_read_right_marked_or_asked(tmp_path):
    everything, example = Counter(), []
    for seed, polluted in plans(len(CEMAR) + 60, seed=7):
        daftar = pollute(seed, polluted)
        position = daftar.save(tmp_path / "usulan.xlsx")
        compute, wrong = score(read_workbook(tmp_path / "usulan.xlsx", RUJUKAN), position, daftar.nama)
        everything += compute
        example += [f"{seed} {polluted}: {s}" for s in wrong]
    jumlah = sum(everything.values())
    assert jumlah > 10_000
    assert everything["salah"] <= jumlah // 1000, example[:20]


def test_totals_without_a_word_are_found_by_their_sums(tmp_path):
    affected, mentioned, existing = blank_totals(tmp_path / "usulan.xlsx", RUJUKAN, 24)
    assert existing > 150
    assert min(affected / mentioned, affected / existing) >= 0.95


def test_the_score_counts_what_is_wrong_lost_or_invented(tmp_path):
    daftar = pollute(3, ["total_tanpa_kata"])
    position = daftar.save(tmp_path / "usulan.xlsx")
    result = read_workbook(tmp_path / "usulan.xlsx", RUJUKAN)
    u = result.lembar[-1].usulan
    u[0].biaya = 1
    u[1].lokasi, u[1].perlu_dilengkapi = None, ["lokasi"]
    u[2].satuan, u[2].turunan = "ekor", {"satuan": "gabung"}
    vanished, add = u.pop(), u[3]
    u.append(add.__class__(**(vars(add) | {"baris": max(position)})))
    compute, wrong = score(result, position, daftar.nama)
    assert (compute["ditanya"], compute["ditandai"]) == (1, 1)
    assert [s.split(":")[0] for s in wrong] == [
        f"row {u[0].baris} biaya",
        f"row {vanished.baris}",
        f"row {max(position)}",
    ]
