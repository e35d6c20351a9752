"""Funding rules of the engine, one by one, and figures that others published."""

import pytest

from rkp.prioritas.engine.ahp import weigh
from rkp.prioritas.engine.equal_shares import equal_shares
from rkp.prioritas.engine.errors import BadInput, UnsettledTie
from rkp.prioritas.engine.input import _fraction
from rkp.prioritas.engine.pb import read_pb
from rkp.prioritas.engine.published import compute
from rkp.prioritas.engine.suara import ballot_fault, picks, rank_sums
from tests.some import some


def skema(method="suara", pagu=1000, **content):
    return {"nama": "Uji", "metode": method, "pagu": pagu, "kebijakan_sisa": "berhenti"} | content


def result(usulan, **content):
    data = {
        "skema": skema(**content),
        "usulan": [{"kode": k, "biaya": b, "suara": s, **other} for k, b, s, other in usulan],
    }
    return {p["kode"]: (p["didanai"], p["status"], p["sebab"]) for p in compute(data)["pendanaan"]}


def u(kode, biaya, suara, **other):
    return kode, biaya, suara, other


DUA = [{"kode": "SPP", "urut": 1, "porsi_maks": "0.25"}, {"kode": "NON", "urut": 2}]


def test_spp_takes_at_most_its_share_MPD_10():
    spp = [
        u("A", 200, 9, daftar="SPP"),
        u("B", 50, 8, daftar="SPP"),
        u("C", 1, 7, daftar="SPP"),
        u("N", 750, 1, daftar="NON"),
    ]
    h = result(spp, daftar=DUA)
    assert [h[k][0] for k in "ABCN"] == [200, 50, 0, 750]
    assert h["C"][2] == "perlu Rp 1, tersisa Rp 0 dari batas daftar ini"


def test_lists_are_never_mixed_and_spp_comes_first_MPD_24():
    data = {
        "skema": skema(daftar=DUA),
        "usulan": [
            {"kode": "N", "biaya": 1, "suara": 99, "daftar": "NON"},
            {"kode": "S", "biaya": 1, "suara": 1, "daftar": "SPP"},
        ],
    }
    assert [(p["kode"], p["peringkat"]) for p in compute(data)["peringkat"]] == [("S", 1), ("N", 1)]
    data["usulan"][0]["daftar"] = "LAIN"
    with pytest.raises(BadInput, match="daftar yang tidak ada"):
        compute(data)


@pytest.mark.parametrize(
    "n, count", [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3), (10, 3), (11, 5), (18, 5), (19, 7), (200, 7)]
)
def test_picks_by_size_MPD_25(n, count):
    assert picks(n) == count


@pytest.mark.parametrize(
    "pilihan, kata",
    [
        (["A", "B", "C"], ""),
        (["A", "B"], "tepat 3"),
        (["A", "B", "B"], "satu kali"),
        (["A", "B", "Z"], "tidak ada di daftar"),
        (["A", "B", "C", "D"], "tepat 3"),
        ([], "tepat 3"),
    ],
)
def test_other_ballots_are_rejected_MPD_25(pilihan, kata):
    assert kata in ballot_fault(pilihan, "ABCD", 3)
    assert bool(ballot_fault(pilihan, "ABCD", 3)) == bool(kata)


def test_most_votes_first_MPD_26():
    data = {
        "skema": skema(),
        "usulan": [{"kode": k, "biaya": 1, "suara": s} for k, s in (("A", 2), ("B", 7), ("C", 5))],
    }
    assert [(p["kode"], p["peringkat"]) for p in compute(data)["peringkat"]] == [("B", 1), ("C", 2), ("A", 3)]


def test_equal_votes_want_a_decision_MPD_27():
    data = {"skema": skema(pemecah_seri=["putusan"]), "usulan": [{"kode": k, "biaya": 1, "suara": 5} for k in "AB"]}
    with pytest.raises(UnsettledTie, match="A, B"):
        compute(data)
    for kode, tempat in (("A", 2), ("B", 1)):
        next(x for x in data["usulan"] if x["kode"] == kode)["putusan"] = tempat
    assert [p["kode"] for p in compute(data)["peringkat"]] == ["B", "A"]


def test_without_a_budget_plan_nothing_is_paid_MPD_28():
    h = result([u("A", 100, 3, halangan="RAB belum ada"), u("B", 100, 2)])
    assert h["A"][:2] == (0, "tidak_didanai")
    assert h["A"][2] == "RAB belum ada"
    assert h["B"][0] == 100


def test_a_lower_rank_before_a_higher_one_MPD_29():
    usulan = [u("A", 900, 3), u("B", 500, 2), u("C", 100, 1)]
    assert result(usulan)["C"] == (0, "tidak_didanai", "pendanaan berhenti di B")
    assert result(usulan, kebijakan_sisa="lewati")["C"][0] == 100
    usulan[2] = u("C", 100, 1, didahulukan="MAD: mendesak")
    assert result(usulan)["C"] == (100, "didanai", "peringkat 3, didahulukan: MAD: mendesak")


def test_never_over_the_pagu_MPD_30():
    usulan = [u("A", 600, 3), u("B", 600, 2, didahulukan="Harus didanai"), u("C", 400, 1)]
    for policy in ("berhenti", "lewati", "parsial"):
        assert sum(n for n, *_ in result(usulan, kebijakan_sisa=policy).values()) <= 1000


@pytest.mark.parametrize(
    "policy, didanai", [("berhenti", [600, 0, 0]), ("lewati", [600, 0, 300]), ("parsial", [600, 400, 0])]
)
def test_the_first_misfit_MPD_31(policy, didanai):
    usulan = [u("A", 600, 3), u("B", 500, 2), u("C", 300, 1)]
    assert [result(usulan, kebijakan_sisa=policy)[k][0] for k in "ABC"] == didanai


def test_less_than_asked_wants_a_reason_MPD_32():
    usulan = [u("A", 600, 3, disetujui=450, alasan="Volume dikurangi"), u("B", 550, 2)]
    h = result(usulan)
    assert h["A"] == (450, "didanai_sebagian", "peringkat 1, disetujui Rp 450 dari Rp 600: Volume dikurangi")
    assert h["B"][0] == 550
    for wrong, kata in (({"disetujui": 450}, "alasannya kosong"), ({"disetujui": 700, "alasan": "x"}, "lebih besar")):
        with pytest.raises(BadInput, match=kata):
            result([u("A", 600, 3, **wrong)])


def test_published_partial_round_of_tanah_jambo_aye():
    """lintasatjeh.com 2014: seven SPP groups asked 463 million and got 340, each as it needed (not pro rata)."""
    kelompok = [(55, 45), (75, 50), (81, 50), (40, 36), (55, 48), (50, 25), (107, 86)]
    usulan = [
        u(f"K{i}", ask, 100 - i, disetujui=give, alasan="Menurut kebutuhan") for i, (ask, give) in enumerate(kelompok)
    ]
    h = result(usulan, pagu=340)
    assert [h[f"K{i}"][0] for i in range(7)] == [give for _, give in kelompok]
    assert sum(n for n, *_ in h.values()) == 340


def test_equal_top_scores_of_a_field_want_the_manual_order_KEC_03():
    def data(**putusan):
        usulan = [
            {"kode": k, "biaya": b, "nilai": {"C1": n}, "bidang": bid, "prioritas": "P1", "putusan": putusan.get(k)}
            for k, b, n, bid in (
                ("A", 9, "5", "X"),
                ("B", 3, "5", "X"),
                ("C", 1, "4", "X"),
                ("D", 2, "4", "X"),
                ("E", 5, "5", "Y"),
            )
        ]
        kriteria = [{"kode": "C1", "bobot": "1"}]
        return {
            "skema": skema("skor", kriteria=kriteria, puncak_manual=True, pemecah_seri=["putusan", "biaya_terkecil"]),
            "usulan": usulan,
        }

    with pytest.raises(UnsettledTie, match="sama: A, B"):
        compute(data())
    assert [p["kode"] for p in compute(data(A=1, B=2))["peringkat"]] == ["A", "B", "E", "C", "D"]


BOLMONG = [
    (3, 2, 1, True, "12", True),
    (3, 0, 1, True, "8", True),
    (3, 2, 1, False, "6", False),
    (2, 0, 1, True, "6", False),
]


@pytest.mark.parametrize("k, p, r, lengkap, skor, terima", BOLMONG)
def test_published_points_of_bolmong(k, p, r, lengkap, skor, terima):
    """instink.net 2019: (kecamatan 0-3 + DPRD 0-2 + Renja 0-1) x 2 when complete; accepted from 8."""
    kriteria = [{"kode": x, "bobot": "1"} for x in "KPR"]
    usulan = [
        {"kode": "A", "biaya": 1, "nilai": {"K": str(k), "P": str(p), "R": str(r)}, "pengali": "2" if lengkap else None}
    ]
    h = compute({"skema": skema("skor", kriteria=kriteria, ambang_lolos="8"), "usulan": usulan})
    assert h["peringkat"][0]["skor"] == skor
    assert (h["pendanaan"][0]["status"] == "didanai") == terima


def test_quotas_keep_places_for_themes():
    """Kab. Tangerang 2023 in small: so many per desa and in all, of which at least some per theme."""
    usulan = [u(f"F{i}", 1, 20 - i, desa="A" if i < 3 else f"B{i}", tema="Fisik") for i in range(8)]
    usulan += [u("E1", 1, 2, desa="C", tema="Ekonomi"), u("E2", 1, 1, desa="C", tema="Ekonomi")]
    h = result(usulan, kebijakan_sisa="lewati", kuota={"desa": 2, "kecamatan": 5, "tema": {"Ekonomi": 2}})
    assert {k for k, (n, *_) in h.items() if n} == {"F0", "F1", "F3", "E1", "E2"}
    assert h["F2"][2] == "kuota desa sudah terpakai (2 kegiatan)"
    assert "disimpan untuk tema" in h["F4"][2]


def test_a_work_of_several_desa_takes_a_place_of_each_and_the_kecamatans_of_none():
    usulan = [
        u("AB", 1, 9, desa="A, B", desa_semua=["A", "B"]),
        u("A1", 1, 8, desa="A"),
        u("B1", 1, 7, desa="B"),
        u("C1", 1, 6, desa="C"),
        u("K1", 1, 5, desa_semua=[]),
        u("K2", 1, 4, desa_semua=[]),
        u("CB", 1, 3, desa="B, C", desa_semua=["B", "C"]),
    ]
    h = result(usulan, kebijakan_sisa="lewati", kuota={"desa": 1})
    assert {k for k, (n, *_) in h.items() if n} == {"AB", "C1", "K1", "K2"}
    with pytest.raises(BadInput):
        result([u("A", 1, 1, desa_semua="B")], kuota={"desa": 1})


def test_places_kept_for_a_theme_that_has_nobody_are_given_free():
    usulan = [u(f"F{i}", 1, 9 - i, tema="Fisik") for i in range(4)]
    h = result(usulan, kuota={"kecamatan": 3, "tema": {"Ekonomi": 2}})
    assert sum(n for n, *_ in h.values()) == 3


AHP = [["1", "3", "0.143", "5"], ["0.333", "1", "4", "3"], ["7", "0.25", "1", "5"], ["0.2", "0.333", "0.2", "1"]]


def test_a_contradictory_comparison_is_refused():
    """Saragih (USU 2013), table 3.3: weights 0.289 0.305 0.354 0.051, consistency ratio 0.82."""
    bobot = weigh([[_fraction(x, "x") for x in baris] for baris in AHP])
    assert all(abs(float(b) - t) <= 0.001 for b, t in some(zip(bobot.bobot, (0.289, 0.305, 0.354, 0.051), strict=True)))
    assert round(float(bobot.rasio), 2) == 0.82
    kriteria = [{"kode": k} for k in ("LI", "LS", "BP", "W")]
    usulan = [{"kode": "A", "biaya": 1, "nilai": dict.fromkeys(("LI", "LS", "BP", "W"), "1")}]
    with pytest.raises(BadInput, match=r"rasio konsistensi 0\.82 melebihi 0\.10"):
        compute({"skema": skema("skor", kriteria=kriteria, perbandingan=AHP), "usulan": usulan})


def test_a_consistent_comparison_gives_the_weights():
    kriteria, comparison = (
        [{"kode": "A"}, {"kode": "B"}, {"kode": "C"}],
        [["1", "2", "4"], ["0.5", "1", "2"], ["0.25", "0.5", "1"]],
    )
    usulan = [{"kode": "U", "biaya": 1, "nilai": {"A": "7", "B": "0", "C": "0"}}]
    h = compute({"skema": skema("skor", kriteria=kriteria, perbandingan=comparison), "usulan": usulan})
    assert h["peringkat"][0]["skor"] == "4", "7 x 4/7"


@pytest.mark.parametrize(
    "comparison, kata",
    [
        ([["1", "2"]], "sebanyak kriterianya"),
        ([["1", "2"], ["2", "1"]], "berkebalikan"),
        ([["1", "0"], ["0", "1"]], "lebih dari 0"),
        ([["1", "2"], ["0.5"]], "persegi"),
        ("x", "daftar"),
        ([["2", "2"], ["0.5", "1"]], "1 terhadap dirinya"),
    ],
)
def test_wrong_comparisons(comparison, kata):
    kriteria = [{"kode": "A"}, {"kode": "B"}]
    with pytest.raises(BadInput, match=kata):
        compute({"skema": skema("skor", kriteria=kriteria, perbandingan=comparison), "usulan": []})


KELOMPOK = [
    ["P1", "P2", "P3", "P4", "P6", "P5"],
    ["P2", "P1", "P4", "P3", "P5", "P6"],
    ["P1", "P5", "P2", "P3", "P6", "P4"],
]
BIAYA = {"P1": 150, "P2": 130, "P3": 175, "P4": 90, "P5": 140, "P6": 60}


def test_group_orders_merge_by_the_sum_of_places_and_the_run_off_breaks_the_tie():
    """pnpm.md section 4, example 2, from the groups' own orders: BLM 700, SPP 110, run-off P5 14 : P4 10."""
    assert rank_sums(list(BIAYA), KELOMPOK) == {"P1": 4, "P2": 6, "P3": 11, "P4": 13, "P5": 13, "P6": 16}
    usulan = [{"kode": k, "biaya": b, "daftar": "NON"} for k, b in BIAYA.items()]
    usulan += [
        {"kode": k, "biaya": b, "daftar": "SPP", "urutan": i} for i, (k, b) in enumerate((("S1", 60), ("S2", 50)), 1)
    ]
    data = {
        "skema": skema("urutan", 700, daftar=DUA, pemecah_seri=["putusan"]),
        "usulan": usulan,
        "urutan_kelompok": {"NON": KELOMPOK},
    }
    with pytest.raises(UnsettledTie, match="P4, P5"):
        compute(data)
    for kode, tempat in (("P5", 1), ("P4", 2)):
        next(x for x in usulan if x["kode"] == kode)["putusan"] = tempat
    h = compute(data)
    assert [p["kode"] for p in h["peringkat"]] == ["S1", "S2", "P1", "P2", "P3", "P5", "P4", "P6"]
    assert h["ringkasan"] == {"pagu": 700, "didanai": 565, "sisa": 135}


def test_group_orders_must_hold_everybody_once():
    with pytest.raises(BadInput, match="Urutan kelompok ke-2"):
        rank_sums(["A", "B"], [["A", "B"], ["A", "A"]])


def test_votes_are_counted_again_from_their_ballots():
    usulan = [{"kode": k, "biaya": 1, "suara": s} for k, s in (("A", 4), ("B", 3), ("C", 3), ("D", 2))]
    data = {
        "skema": skema(pemecah_seri=["putusan"]),
        "usulan": usulan,
        "surat_suara": {"": [["A", "B", "C"], ["A", "B", "D"], ["A", "C", "B"]]},
        "rekap_suara": {"": {"A": 1, "C": 1, "D": 1}},
    }
    for i, one in enumerate(usulan):
        one["putusan"] = i
    assert [p["skor"] for p in compute(data)["peringkat"]] == ["4", "3", "3", "2"]
    usulan[0]["suara"] = 5
    with pytest.raises(BadInput, match="Hitung ulang suara A menghasilkan 4, padahal tertulis 5"):
        compute(data)
    usulan[0]["suara"] = None
    assert compute(data)["peringkat"][0]["skor"] == "4"
    data["surat_suara"][""][0] = ["A", "B"]
    with pytest.raises(BadInput, match="Surat suara ke-1"):
        compute(data)


PB = """META
key;value
description;Uji
budget;135502
rule;{}
PROJECTS
project_id;cost;votes;name;selected
2093;45000;121;a;1
2337;13725;111;b;1
557;65000;98;c;1
2334;18035;86;d;0
2195;10500;80;e;1
953;40000;76;f;0
2336;28825;64;g;0
VOTES
voter_id;vote
"""


def test_published_outcome_of_warszawa():
    """pabulib.org, Warszawa 2019 Nadwisle (numbers only): what does not fit is passed over."""
    h = compute(read_pb(PB.format("greedy")))
    assert [p["kode"] for p in h["pendanaan"] if p["didanai"]] == ["2093", "2337", "557", "2195"]
    h = compute(read_pb(PB.format("greedy-no-skip")))
    assert [p["kode"] for p in h["pendanaan"] if p["didanai"]] == ["2093", "2337", "557"]


def test_published_outcome_of_gdynia():
    """pabulib.org, Gdynia 2020 Srodmiescie small (numbers only): stop at the first that does not fit."""
    number = [
        (9, 10000, 330),
        (5, 1747, 308),
        (4, 10000, 280),
        (3, 10000, 270),
        (2, 10000, 188),
        (7, 9964, 172),
        (6, 5000, 113),
    ]
    h = result([u(str(k), b, s) for k, b, s in number], pagu=40210)
    assert [k for k, (n, *_) in h.items() if n] == ["9", "5", "4", "3"]


@pytest.mark.parametrize("text", ["", "bukan pb", "META\nkey;value\nbudget;10\n", PB.replace("121", "banyak")])
def test_a_bad_pb_file_gets_one_sentence(text):
    with pytest.raises(BadInput, match=r"\.pb"):
        read_pb(text)


def test_equal_shares_by_hand():
    """Six voters, 60: each holds 10. C (6) costs its two 3 each; A (30) takes their last 7 and 8 of the others; B 10."""
    surat = [["A", "C"], ["A", "C"], ["A"], ["A"], ["B"], ["B"]]
    results = equal_shares({"A": 30, "B": 20, "C": 6}, surat, 60)
    assert [(b.kode, float(b.tarif)) for b in results] == [("C", 3.0), ("A", 8.0), ("B", 10.0)]
    assert equal_shares({"A": 1}, [], 10) == []


def test_equal_shares_never_spends_what_nobody_has():
    surat = [["A", "B", "C"]] * 3 + [["D", "E", "A"]] * 2
    biaya = {"A": 40, "B": 35, "C": 30, "D": 20, "E": 15}
    results = equal_shares(biaya, surat, 100)
    assert sum(b.biaya for b in results) <= 100
    assert len({b.kode for b in results}) == len(results)
