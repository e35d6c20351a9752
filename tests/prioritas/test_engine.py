"""The engine: worked examples, published outcomes, and properties over generated rankings."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from rkp.prioritas.engine.errors import BadInput, UnsettledTie
from rkp.prioritas.engine.published import compute, digest
from rkp.prioritas.engine.suara import picks
from tests.conftest import FIXTURES
from tests.some import some

CONTOH = json.loads((FIXTURES / "prioritas/pnpm-contoh.json").read_text())
KEBIJAKAN = {"STRICT_STOP": "berhenti", "SKIP_NEXT": "lewati", "PARTIAL_LAST": "parsial"}
JUTA = 1_000_000


def _skema(method="suara", pagu=1000, **content):
    return {"nama": "Uji", "metode": method, "pagu": pagu, "kebijakan_sisa": "berhenti"} | content


@pytest.mark.parametrize("nama", KEBIJAKAN)
def test_worked_example_of_two_lists(nama):
    """pnpm.md section 4, example 1: SPP is closed first under a quarter of the BLM, then the rest."""
    c = CONTOH["example1"]
    spp = [
        {"kode": k, "daftar": "SPP", "biaya": c["spp_cost"][k] * JUTA, "suara": s} for k, s in c["spp_votes"].items()
    ]
    non = [{"kode": k, "daftar": "NON_SPP", "biaya": b * JUTA, "suara": s} for k, s, b in c["non_spp"]]
    daftar = [{"kode": "SPP", "urut": 1, "porsi_maks": "0.25"}, {"kode": "NON_SPP", "urut": 2}]
    result = compute(
        {"skema": _skema(pagu=c["blm"] * JUTA, kebijakan_sisa=KEBIJAKAN[nama], daftar=daftar), "usulan": non + spp}
    )
    right = c["result"][nama]
    assert [[p["kode"], p["biaya"] / JUTA, p["didanai"] / JUTA, p["status"]] for p in result["pendanaan"]] == [
        *right["spp"],
        *right["non_spp"],
    ]
    assert result["ringkasan"]["didanai"] / JUTA == right["total"]
    assert result["ringkasan"]["sisa"] / JUTA == right["sisa"]


@pytest.mark.parametrize("nama", KEBIJAKAN)
def test_worked_example_of_an_agreed_order(nama):
    """pnpm.md section 4, example 2: order by musyawarah, non-SPP part under the pool that SPP left."""
    c = CONTOH["example2"]
    right = c["result"][nama]
    usulan = [{"kode": k, "biaya": c["cost"][k] * JUTA, "urutan": i} for i, k in enumerate(c["order"], 1)]
    skema = _skema("urutan", right["non_spp_pool"] * JUTA, kebijakan_sisa=KEBIJAKAN[nama])
    result = compute({"skema": skema, "usulan": usulan})
    assert [[p["kode"], p["biaya"] / JUTA, p["didanai"] / JUTA, p["status"]] for p in result["pendanaan"]] == right[
        "non_spp"
    ]


def test_published_saw_worksheet():
    """SAW, "Rumus Perhitungan SPK SAW, bantuan desa" (worksheet): 0.86, 0.44, 0.69, 0.61."""
    kriteria = [
        {"kode": "C1", "bobot": "0.4", "jenis": "biaya"},
        {"kode": "C2", "bobot": "0.3", "jenis": "manfaat"},
        {"kode": "C3", "bobot": "0.1", "jenis": "manfaat"},
        {"kode": "C4", "bobot": "0.2", "jenis": "manfaat"},
    ]
    nilai = {"A1": (1, 4, 1, 3), "A2": (5, 2, 2, 3), "A3": (2, 5, 3, 2), "A4": (3, 4, 5, 2)}
    usulan = [
        {"kode": k, "biaya": 1, "nilai": dict(zip(("C1", "C2", "C3", "C4"), map(str, v), strict=True))}
        for k, v in nilai.items()
    ]
    result = compute({"skema": _skema("saw", kriteria=kriteria), "usulan": usulan})
    assert [p["kode"] for p in result["peringkat"]] == ["A1", "A3", "A4", "A2"]
    issued = {"A1": 0.86, "A2": 0.44, "A3": 0.69, "A4": 0.61}
    assert all(abs(float(p["skor"]) - issued[p["kode"]]) <= 0.005 for p in some(result["peringkat"]))


def test_ties_follow_the_written_chain_and_name_each_other():
    usulan = [
        {"kode": "A", "biaya": 300, "nilai": {"C1": "2", "C2": "4"}},
        {"kode": "B", "biaya": 200, "nilai": {"C1": "4", "C2": "2"}},
        {"kode": "C", "biaya": 100, "nilai": {"C1": "2", "C2": "4"}},
    ]
    kriteria = [{"kode": "C1", "bobot": "0.5"}, {"kode": "C2", "bobot": "0.5"}]
    result = compute(
        {"skema": _skema("skor", kriteria=kriteria, pemecah_seri=["C1", "biaya_terkecil"]), "usulan": usulan}
    )
    assert [(p["kode"], p["skor"], p["seri_dengan"]) for p in result["peringkat"]] == [
        ("B", "3", ["A", "C"]),
        ("C", "3", ["A", "B"]),
        ("A", "3", ["B", "C"]),
    ]


def test_an_open_tie_is_an_error_that_names_the_codes():
    usulan = [{"kode": k, "biaya": 10, "suara": 5} for k in "ABC"]
    with pytest.raises(UnsettledTie, match="A, B, C"):
        compute({"skema": _skema(pemecah_seri=["biaya_terkecil", "putusan"]), "usulan": usulan})
    for i, kode in enumerate("BCA"):
        next(u for u in usulan if u["kode"] == kode)["putusan"] = i
    result = compute({"skema": _skema(pemecah_seri=["biaya_terkecil", "putusan"]), "usulan": usulan})
    assert [p["kode"] for p in result["peringkat"]] == ["B", "C", "A"]


SALAH = [
    ([], "objek JSON"), ({"skema": _skema()}, "“usulan” harus berupa daftar"),
    ({"skema": _skema("dadu"), "usulan": []}, "metode"), ({"skema": _skema(pagu=-1), "usulan": []}, "pagu"),
    ({"skema": _skema(pagu="100"), "usulan": []}, "pagu"), ({"skema": _skema(), "usulan": [{"biaya": 1}]}, "tanpa kode"),
    ({"skema": _skema(), "usulan": [{"kode": "A", "biaya": 1.5, "suara": 1}]}, "biaya A"),
    ({"skema": _skema(), "usulan": [{"kode": "A", "biaya": 1}]}, "belum ada jumlah suaranya"),
    ({"skema": _skema(), "usulan": [{"kode": "A", "biaya": 1, "suara": 1}] * 2}, "berulang: A"),
    ({"skema": _skema("skor"), "usulan": []}, "memerlukan kriteria"),
    ({"skema": _skema("skor", kriteria=[{"kode": "C1", "bobot": "x"}]), "usulan": []}, "bobot C1"),
    ({"skema": _skema("skor", kriteria=[{"kode": "C1", "bobot": "1"}]), "usulan": [{"kode": "A", "biaya": 1}]}, "belum ada skor C1"),
    ({"skema": _skema(pemecah_seri=["undian"]), "usulan": []}, "undian"),
    ({"skema": _skema(daftar=[{"kode": "X", "urut": 1, "porsi_maks": "1.5"}]), "usulan": []}, "lebih dari 1"),
    ({"skema": _skema(), "usulan": [{"kode": "A", "biaya": 1, "suara": 1, "daftar": "Z"}]}, "daftar yang tidak ada"),
]  # fmt: skip


@pytest.mark.parametrize("data, kata", SALAH)
def test_wrong_input_gets_one_sentence(data, kata, tmp_path):
    with pytest.raises(BadInput, match=kata):
        compute(data)
    path = tmp_path / "m.json"
    path.write_text(json.dumps(data))
    with pytest.raises(CommandError) as galat:
        call_command("hitung_prioritas", path)
    assert galat.value.returncode == 2


@pytest.mark.parametrize("contents", ["bukan json", None])
def test_the_command_on_a_bad_file(contents, tmp_path):
    path = tmp_path / "m.json"
    if contents:
        path.write_text(contents)
    with pytest.raises(CommandError) as galat:
        call_command("hitung_prioritas", path)
    assert galat.value.returncode == 2


def test_the_command_prints_the_contract(tmp_path):
    path, leaving = tmp_path / "m.json", StringIO()
    path.write_text(json.dumps({"skema": _skema(pagu=100), "usulan": [{"kode": "A", "biaya": 60, "suara": 3}]}))
    call_command("hitung_prioritas", path, stdout=leaving)
    assert json.loads(leaving.getvalue()) == {
        "peringkat": [{"kode": "A", "daftar": "", "peringkat": 1, "skor": "3", "seri_dengan": []}],
        "pendanaan": [
            {
                "kode": "A",
                "biaya": 60,
                "didanai": 60,
                "status": "didanai",
                "sisa_sesudah": 40,
                "sebab": "peringkat 1, muat dalam pagu",
            }
        ],
        "ringkasan": {"pagu": 100, "didanai": 60, "sisa": 40},
    }


@st.composite
def rankings(draw):
    """A ranking by score without open ties: the decision orders everybody."""
    n = draw(st.integers(0, 12))
    putusan = draw(st.permutations(range(n)))
    usulan = [
        {
            "kode": f"U{i}",
            "daftar": draw(st.sampled_from(["X", "Y"])),
            "biaya": draw(st.integers(0, 500)),
            "nilai": {"C1": str(draw(st.integers(1, 5))), "C2": str(draw(st.integers(1, 5)))},
            "putusan": putusan[i],
        }
        for i in range(n)
    ]
    share = draw(st.one_of(st.none(), st.sampled_from(["0", "0.25", "0.333", "1"])))
    return {
        "skema": _skema(
            "skor",
            draw(st.integers(0, 2000)),
            kebijakan_sisa=draw(st.sampled_from(sorted(KEBIJAKAN.values()))),
            kriteria=[{"kode": "C1", "bobot": "0.7"}, {"kode": "C2", "bobot": "0.3"}],
            daftar=[{"kode": "X", "urut": 1, "porsi_maks": share}, {"kode": "Y", "urut": 2}],
            pemecah_seri=["C1", "biaya_terkecil", "putusan"],
        ),
        "usulan": usulan,
    }


@given(rankings())
def test_never_more_than_the_pagu_nor_a_share(data):
    result = compute(data)
    didanai = {p["kode"]: p["didanai"] for p in result["pendanaan"]}
    assert sum(didanai.values()) <= data["skema"]["pagu"]
    assert all(0 <= p["didanai"] <= p["biaya"] for p in result["pendanaan"])
    share = data["skema"]["daftar"][0]["porsi_maks"]
    if share is not None:
        x = sum(didanai[u["kode"]] for u in data["usulan"] if u["daftar"] == "X")
        assert x <= data["skema"]["pagu"] * float(share) + 1e-6


@given(rankings())
def test_berhenti_funds_no_lower_rank_over_a_higher(data):
    data["skema"]["kebijakan_sisa"] = "berhenti"
    result = compute(data)
    for daftar in ("X", "Y"):
        kode = [p["kode"] for p in result["peringkat"] if p["daftar"] == daftar]
        status = {p["kode"]: p["status"] for p in result["pendanaan"]}
        urutan = [status[k] == "didanai" for k in kode]
        assert urutan == sorted(urutan, reverse=True)


@given(rankings(), st.randoms())
def test_the_order_of_the_input_does_not_matter(data, random):
    once = digest(compute(data))
    random.shuffle(data["usulan"])
    random.shuffle(data["skema"]["kriteria"])
    assert digest(compute(data)) == once


@given(rankings(), st.data())
@settings(max_examples=60)
def test_a_higher_score_never_lowers_a_rank(data, choose):
    if not data["usulan"]:
        return
    who = choose.draw(st.sampled_from(data["usulan"]))
    lama = next(p["peringkat"] for p in compute(data)["peringkat"] if p["kode"] == who["kode"])
    who["nilai"]["C1"] = "5"
    baru = next(p["peringkat"] for p in compute(data)["peringkat"] if p["kode"] == who["kode"])
    assert baru <= lama


@st.composite
def elections(draw):
    """A vote with ballots, obstacles, amounts agreed lower, quotas and a list with a share."""
    n = draw(st.integers(2, 9))
    kode = [f"U{i}" for i in range(n)]
    daftar = {k: draw(st.sampled_from(["SPP", "NON"])) for k in kode}
    putusan = draw(st.permutations(range(n)))
    usulan, surat = [], {}
    for i, k in enumerate(kode):
        biaya = draw(st.integers(1, 400))
        usulan.append(
            {
                "kode": k,
                "daftar": daftar[k],
                "biaya": biaya,
                "putusan": putusan[i],
                "desa": draw(st.sampled_from("ABC")),
                "tema": draw(st.sampled_from(["X", "Y"])),
                "halangan": draw(st.sampled_from(["", "", "RAB belum ada"])),
                "disetujui": draw(st.sampled_from([None, max(1, biaya // 2)])),
                "alasan": "Menurut kebutuhan",
            }
        )
    for d in ("SPP", "NON"):
        own = [k for k in kode if daftar[k] == d]
        if own:
            count = draw(st.integers(0, 6))
            surat[d] = [draw(st.permutations(own))[: picks(len(own))] for _ in range(count)]
    quota = {
        "desa": draw(st.sampled_from([None, 1, 2])),
        "kecamatan": draw(st.sampled_from([None, 2, 4])),
        "tema": {"X": 1},
    }
    skema = _skema(
        "suara",
        draw(st.integers(0, 1200)),
        kuota=quota,
        pemecah_seri=["putusan"],
        kebijakan_sisa=draw(st.sampled_from(sorted(KEBIJAKAN.values()))),
        daftar=[{"kode": "SPP", "urut": 1, "porsi_maks": "0.25"}, {"kode": "NON", "urut": 2}],
    )
    return {"skema": skema, "usulan": usulan, "surat_suara": surat}


@given(elections(), st.randoms())
def test_votes_quotas_and_shares_hold_together(data, dice):
    result = compute(data)
    dana, usulan = {p["kode"]: p for p in result["pendanaan"]}, {u["kode"]: u for u in data["usulan"]}
    didanai = [k for k, p in dana.items() if p["didanai"]]
    assert sum(p["didanai"] for p in dana.values()) == result["ringkasan"]["didanai"] <= data["skema"]["pagu"]
    assert sum(dana[k]["didanai"] for k in didanai if usulan[k]["daftar"] == "SPP") * 4 <= data["skema"]["pagu"]
    for k in didanai:
        assert dana[k]["didanai"] <= (usulan[k]["disetujui"] or usulan[k]["biaya"])
        assert not usulan[k]["halangan"]
    quota = data["skema"]["kuota"]
    assert quota["kecamatan"] is None or len(didanai) <= quota["kecamatan"]
    assert all(quota["desa"] is None or sum(usulan[k]["desa"] == d for k in didanai) <= quota["desa"] for d in "ABC")
    for d, surat in data["surat_suara"].items():
        suara = sum(int(p["skor"]) for p in result["peringkat"] if p["daftar"] == d)
        assert suara == sum(len(s) for s in surat)
    once = digest(result)
    dice.shuffle(data["usulan"])
    for surat in data["surat_suara"].values():
        dice.shuffle(surat)
    assert digest(compute(json.loads(json.dumps(data)))) == once, "input order means nothing, recounting gives the same"


@given(elections(), st.data())
@settings(max_examples=60)
def test_one_more_vote_never_lowers_a_rank(data, pick):
    del data["surat_suara"]
    for u in data["usulan"]:
        u["suara"] = pick.draw(st.integers(0, 9))
    who = pick.draw(st.sampled_from(data["usulan"]))
    tempat = [next(p["peringkat"] for p in compute(data)["peringkat"] if p["kode"] == who["kode"])]
    who["suara"] += 1
    tempat.append(next(p["peringkat"] for p in compute(data)["peringkat"] if p["kode"] == who["kode"]))
    assert tempat[1] <= tempat[0]


UTUH = {
    "skema": _skema(
        pagu=1000, daftar=[{"kode": "SPP", "urut": 1, "porsi_maks": "0.25"}, {"kode": "N", "urut": 2}], ambang_lolos="1",
        kriteria=[{"kode": "C1", "bobot": "0.4", "jenis": "biaya"}, {"kode": "C2", "bobot": "0.6"}], puncak_manual=True,
        pemecah_seri=["C1", "putusan"], kuota={"desa": 1, "kecamatan": 3, "tema": {"X": 1}},
        tabel_pilihan=[[10, 3], [None, 7]], perbandingan=[["1", "2"], ["0.5", "1"]],
    ),
    "usulan": [
        {"kode": "A", "daftar": "SPP", "biaya": 5, "suara": 2, "nilai": {"C1": "4", "C2": "2"}, "urutan": 1, "disetujui": 3, "alasan": "x"},
        {"kode": "B", "daftar": "N", "biaya": 7, "suara": 2, "nilai": {"C1": "4", "C2": 3}, "urutan": 2, "putusan": 1, "pengali": "2"},
    ],
    "surat_suara": {"SPP": [["A"], ["A"]]}, "rekap_suara": {"N": {"B": 2}}, "urutan_kelompok": {"SPP": [["A"]]},
}  # fmt: skip
ANEH = [
    None,
    True,
    [],
    {},
    "",
    0,
    -1,
    1.5,
    "x",
    "NaN",
    "1e400",
    10**400,
    [[]],
    {"a": 1},
    ["A", "A"],
    float("inf"),
    "saw",
    [1, 2],
]


def _tempat(isi, jalan=()):
    yield jalan
    for kunci in isi if isinstance(isi, dict) else range(len(isi)) if isinstance(isi, list) else ():
        yield from _tempat(isi[kunci], (*jalan, kunci))


@given(
    st.sampled_from(["suara", "skor", "saw", "urutan"]),
    st.lists(
        st.tuples(st.sampled_from([t for t in _tempat(UTUH) if t]), st.sampled_from(ANEH)), min_size=1, max_size=3
    ),
)
@settings(max_examples=400)
def test_whatever_stands_in_the_file_is_ranked_or_refused_in_one_sentence(metode, change):
    data = json.loads(json.dumps(UTUH))
    data["skema"]["metode"] = metode
    for route, nilai in change:
        container = data
        try:
            for kunci in route[:-1]:
                container = container[kunci]
            container[route[-1]] = nilai
        except (KeyError, IndexError, TypeError):
            continue
    try:
        compute(data)
    except BadInput as wrong:
        assert "\n" not in str(wrong)  # noqa: PT017
