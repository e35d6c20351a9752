"""Every .pb file is true: the checker of pabulib.org passes it, and pabutools funds the same works from it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pabulib.checker import Checker
from pabutools.election import Cost_Sat
from pabutools.election.pabulib import parse_pabulib_from_string
from pabutools.rules import greedy_utilitarian_welfare

from rkp.prioritas.engine.errors import BadInput, UnsettledTie
from rkp.prioritas.engine.pb import pb_fault, read_pb, write_pb
from rkp.prioritas.engine.published import compute
from rkp.prioritas.engine.suara import picks
from rkp.prioritas.queries.board import board
from rkp.prioritas.services.suara import close_pemungutan, open_pemungutan
from rkp.prioritas.services.surat_suara import cast_ballot, mark_voted, save_paper
from rkp.prioritas.services.ties import settle_tie

ACARA = {"unit": "Kecamatan Sikur", "instance": "2027", "date_begin": "23.02.2026", "date_end": "23.02.2026"}


def pemungutan(biaya, surat, pagu, policy="lewati", **skema):
    return {
        "skema": {
            "nama": "PNPM Mandiri; 2027",
            "metode": "suara",
            "pagu": pagu,
            "kebijakan_sisa": policy,
            "pemecah_seri": ["biaya_terkecil", "putusan"],
            **skema,
        },
        "usulan": [{"kode": k, "daftar": "", "biaya": b, "putusan": i} for i, (k, b) in enumerate(biaya.items())],
        "surat_suara": {"": surat},
    }


def periksa(teks):
    """What the checker says, and what pabutools funds."""
    result = Checker().process_files([teks])
    response = next(v for k, v in result.items() if k not in {"metadata", "summary"})
    tempat, suara = parse_pabulib_from_string(teks)
    return response["results"], {p.name for p in greedy_utilitarian_welfare(tempat, suara, sat_class=Cost_Sat)}


@st.composite
def suara(draw):
    n = draw(st.integers(2, 8))
    kode = [str(i) for i in range(1, n + 1)]
    surat = draw(st.lists(st.permutations(kode).map(lambda p: sorted(p[: picks(n)])), min_size=1, max_size=12))
    biaya = {k: draw(st.integers(1, 60)) * 1_000_000 for k in kode}
    return pemungutan(
        biaya, surat, draw(st.integers(30, 250)) * 1_000_000, draw(st.sampled_from(["lewati", "berhenti", "parsial"]))
    )


@given(suara())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_given_out_is_recomputed_by_others(data):
    result = compute(data)
    sebab = pb_fault(data, result, "")
    if sebab:
        with pytest.raises(BadInput, match="tidak dapat dibuat"):
            write_pb(data, result, daftar="", nama={}, acara=ACARA)
        return
    text = write_pb(data, result, daftar="", nama={"1": "Jalan; desa"}, acara=ACARA)
    kata, chosen = periksa(text)
    assert kata == "File looks correct!" or not kata.get("errors"), kata
    didanai = {p["kode"] for p in result["pendanaan"] if p["didanai"]}
    assert chosen == didanai or ("rule;greedy-no-skip" in text and "comment;#1: Pendanaan berhenti" in text)
    assert f"num_votes;{len(data['surat_suara'][''])}" in text
    dibaca = read_pb(text)
    dibaca["skema"]["seri_bersama"] = True
    assert {p["kode"] for p in compute(dibaca)["pendanaan"] if p["didanai"]} == didanai


def test_equal_votes_of_works_that_get_nothing_need_no_decision():
    """Whichever of 3 and 4 comes first stops the funding; neither gets anything."""
    surat = [["1", "2", "3"], ["1", "2", "3"], ["1", "2", "4"], ["1", "2", "5"], ["1", "2", "5"], ["1", "4", "5"]]
    skema = {"nama": "x", "metode": "suara", "pagu": 30, "kebijakan_sisa": "berhenti", "pemecah_seri": ["putusan"]}
    biaya = {"1": 1, "2": 1, "3": 28, "4": 28, "5": 1}
    data = {
        "skema": skema | {"seri_bersama": True},
        "surat_suara": {"": surat},
        "usulan": [{"kode": k, "daftar": "", "biaya": b, "putusan": None} for k, b in biaya.items()],
    }
    assert {p["kode"] for p in compute(data)["pendanaan"] if p["didanai"]} == {"1", "2", "5"}


BIAYA = {"1": 60, "2": 50, "3": 30}
SURAT = [["1", "2"], ["1", "2"], ["1", "3"]]


@pytest.mark.parametrize(
    ("change", "sebab"),
    [
        ({"rekap_suara": {"": {"1": 5, "2": 3, "3": 2}}, "surat_suara": {"": SURAT}}, "10 suara dihitung dari kertas"),
        ({"surat_suara": {}, "rekap_suara": {}}, "tanpa surat suara"),
    ],
)
def test_a_vote_with_paper_says_why_there_is_no_file(change, sebab):
    """Today such a file says num_votes;3 beside a result of more votes."""
    data = pemungutan(BIAYA, SURAT, 100) | change
    if not data["surat_suara"]:
        for u in data["usulan"]:
            u["suara"] = 1
    result = compute(data)
    assert sebab in pb_fault(data, result, "")
    with pytest.raises(BadInput, match=sebab):
        write_pb(data, result, daftar="", nama={}, acara=ACARA)


def test_what_the_format_cannot_say():
    data = pemungutan(BIAYA, SURAT, 100, "parsial")
    assert "sebagian" in pb_fault(data, compute(data), "")
    small = pemungutan(BIAYA, SURAT, 55)
    assert "melebihi seluruh uang" in pb_fault(small, compute(small), "")
    assert "belum ada" in pb_fault(data, None, "")
    bar = pemungutan(BIAYA, SURAT, 100)
    bar["usulan"][0]["halangan"] = "RAB belum ada"
    assert "tidak dimuat datanya" in pb_fault(bar, compute(bar), "")
    with pytest.raises(UnsettledTie):
        compute(
            pemungutan({"1": 5, "2": 5}, [["1"], ["2"]], 9)
            | {"usulan": [{"kode": k, "biaya": 5, "daftar": ""} for k in "12"]}
        )


def test_a_list_has_the_money_of_its_share_and_of_what_others_left():
    daftar = [{"kode": "S", "urut": 1, "porsi_maks": "0.25"}, {"kode": "N", "urut": 2, "porsi_maks": None}]
    data = pemungutan({"1": 20, "2": 20, "3": 40, "4": 40}, [], 100, daftar=daftar)
    for u in data["usulan"]:
        u["daftar"] = "S" if u["kode"] in "12" else "N"
    data["surat_suara"] = {"S": [["1"], ["1"], ["2"]], "N": [["3"], ["3"], ["4"]]}
    result = compute(data)
    assert "budget;25" in write_pb(data, result, daftar="S", nama={}, acara=ACARA)
    text = write_pb(data, result, daftar="N", nama={}, acara=ACARA)
    assert "budget;80" in text
    assert "fully_funded;1" in text
    assert periksa(text)[1] == {"3", "4"}


def test_the_page_offers_the_file_or_says_why_not(voting_event, spp, masuk, acara):
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/mpd/"
    for kode in spp.kode.all():
        cast_ballot(kode=kode, pilihan=spp.calon[: spp.jumlah_pilihan])
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    non = open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="NON_SPP")
    kode = list(non.kode.all())
    for k in kode[3:]:
        mark_voted(pemungutan=non, kode=k.pk, cara="kertas", by=voting_event.by)
    for k in kode[:3]:
        cast_ballot(kode=k, pilihan=non.calon[:2])
    n = len(kode) - 3
    save_paper(
        pemungutan=non,
        by=voting_event.by,
        versi=non.versi,
        edar=n,
        masuk=n,
        sah=n,
        suara={non.calon[0]: n, non.calon[1]: n - 1, non.calon[2]: 1},
    )
    close_pemungutan(pemungutan=non, by=voting_event.by)
    boards = board(voting_event.p)
    for one in boards.terbuka:
        order = {boards.keyed_by_code[k].calon.baris_id: i for i, k in enumerate(one, 1)}
        settle_tie(pemeringkatan=voting_event.p, by=voting_event.by, urut=order, alasan="Musyawarah.")
    assert board(voting_event.p).seri == []
    html = client.get(url).content.decode()
    assert "Data surat suara Selain SPP tidak disediakan: 30 suara dihitung dari kertas atau angkat tangan" in html
    assert client.get(f"{url}masukan.pb?daftar=NON_SPP").status_code == 404
    response = client.get(f"{url}masukan.pb?daftar=SPP")
    if "?daftar=SPP" in html:
        kata, _ = periksa(response.content.decode())
        assert kata == "File looks correct!" or not kata.get("errors"), kata
    else:
        assert "Data surat suara Simpan Pinjam Perempuan tidak disediakan" in html
        assert response.status_code == 404
