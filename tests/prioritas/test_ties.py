"""Ties: the order is shown all the same, and a decision is asked only where something hangs on it."""

from itertools import permutations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from musrenbang.transisi import Refused
from rkp.prioritas.engine.errors import UnsettledTie
from rkp.prioritas.engine.published import compute, preview
from rkp.prioritas.models import Calon, Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.queries.board import board
from rkp.prioritas.services.candidates import new_candidate
from rkp.prioritas.services.peringkat import fix_pemeringkatan
from rkp.prioritas.services.suara import close_pemungutan, open_pemungutan
from rkp.prioritas.services.surat_suara import cast_ballot
from rkp.prioritas.services.ties import settle_tie
from tests.halaman import flat


def masukan(usulan, pagu=1000, policy="berhenti", **skema):
    return {
        "skema": {
            "nama": "Uji",
            "metode": "suara",
            "pagu": pagu,
            "kebijakan_sisa": policy,
            "pemecah_seri": ["putusan"],
            **skema,
        },
        "usulan": [{"kode": k, "biaya": b, "suara": s, "putusan": p} for k, b, s, p in usulan],
    }


EMPAT = [("A", 300, 9, None), ("B", 300, 5, None), ("C", 300, 5, None), ("D", 300, 2, None)]


def test_tied_works_share_a_rank_and_the_page_sees_the_whole_order():
    current = preview(masukan(EMPAT, pagu=5000))
    assert [(p["kode"], p["peringkat"]) for p in current.hasil["peringkat"]] == [("A", 1), ("B", 2), ("C", 2), ("D", 4)]
    assert current.karena == {"A": "nilai", "B": "seri", "C": "seri", "D": "nilai"}
    assert (current.diputus, current.bebas) == ([], [["B", "C"]]), "all are paid: nothing hangs on their order"


@pytest.mark.parametrize(
    ("pagu", "policy", "decided"),
    [
        (700, "berhenti", [["B", "C"]]),
        (900, "berhenti", []),
        (300, "berhenti", []),
        (0, "parsial", []),
        (400, "lewati", []),
        (400, "parsial", [["B", "C"]]),
    ],
)
def test_a_decision_is_asked_only_where_money_hangs_on_it(pagu, policy, decided):
    """At 300 the money ends with A; under ``berhenti`` B or C is merely the one that did not fit, and neither is paid."""
    content = EMPAT if pagu != 300 else [("A", 300, 9, None), ("X", 1, 8, None), *EMPAT[1:]]
    assert preview(masukan(content, pagu, policy)).diputus == decided


def test_the_command_keeps_its_error_and_an_input_may_say_that_ranks_are_shared():
    with pytest.raises(UnsettledTie, match="B, C"):
        compute(masukan(EMPAT, pagu=5000))
    assert [p["peringkat"] for p in compute(masukan(EMPAT, pagu=5000, seri_bersama=True))["peringkat"]] == [1, 2, 2, 4]
    with pytest.raises(UnsettledTie, match="B, C"):
        compute(masukan(EMPAT, pagu=700, seri_bersama=True))


def test_each_work_names_the_rule_that_placed_it():
    usulan = [("A", 5, 9, None), ("B", 3, 9, None), ("C", 3, 9, 2), ("D", 3, 9, 1), ("E", 1, 1, None)]
    current = preview(masukan(usulan, pemecah_seri=["biaya_terkecil", "putusan"]))
    assert current.karena == {"A": "biaya_terkecil", "B": "putusan", "C": "putusan", "D": "putusan", "E": "nilai"}


@st.composite
def suara(draw):
    n = draw(st.integers(1, 7))
    usulan = [
        (f"U{i}", draw(st.integers(1, 400)), draw(st.integers(0, 3)), draw(st.sampled_from([None, None, 1, 2])))
        for i in range(n)
    ]
    return masukan(usulan, draw(st.integers(0, 1200)), draw(st.sampled_from(["berhenti", "lewati", "parsial"])))


@given(suara())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_provisional_order_is_the_final_one_where_no_tie_matters(data):
    current = preview(data)
    if current.diputus:
        return
    end = compute(data | {"skema": data["skema"] | {"seri_bersama": True}})
    assert end == current.hasil
    if not current.bebas:
        assert compute(data) == current.hasil


def _within(putusan, tempat):
    """A place within what the meeting decided: before and after the group stand who stood there."""
    if tempat is None:
        return putusan if putusan is None else putusan * 10
    return (10**6 if putusan is None else putusan * 10) + tempat


@given(suara())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(masukan([("U0", 2, 0, 1), ("U1", 2, 0, 2), ("U2", 1, 0, None), ("U3", 1, 0, None), ("U4", 1, 0, 1)], pagu=1))
def test_ties_that_are_left_alone_change_nobodys_money_whatever_their_order(data):
    """Every order of the first group that is left open gives everybody the same rupiah; one of those asked about does not."""
    current = preview(data)
    base = {p["kode"]: p["didanai"] for p in current.hasil["pendanaan"]}
    for kelompok, same in [(k, True) for k in current.bebas[:1]] + [(k, False) for k in current.diputus[:1]]:
        if len(kelompok) > 4:
            continue
        result = []
        for order in permutations(kelompok):
            tempat = {k: i for i, k in enumerate(order)}
            usulan = [u | {"putusan": _within(u["putusan"], tempat.get(u["kode"]))} for u in data["usulan"]]
            baru = preview(data | {"usulan": usulan}).hasil
            result.append({p["kode"]: p["didanai"] for p in baru["pendanaan"]} == base)
        assert all(result) == same


def test_a_fixed_ranking_shares_ranks_and_anyone_recomputes_it(acara, peringkat, cast):
    from rkp.models import BarisVersi
    from rkp.prioritas.models import Nilai

    Nilai.objects.filter(calon__baris__nomor__in=[1, 2]).update(nilai=3)
    BarisVersi.objects.filter(nomor=2).update(biaya=105_000_000)
    p = fix_pemeringkatan(pemeringkatan=peringkat, by=cast["pak_sekcam"])
    assert p.status == StatusPemeringkatan.DITETAPKAN
    assert p.masukan["skema"]["seri_bersama"] is True
    assert compute(p.masukan) == p.hasil
    boards = board(p)
    assert [(u.isi.nomor, u.peringkat, u.karena) for u in boards.urutan][:3] == [
        (1, 1, "skor sama, berbagi peringkat"),
        (2, 1, "skor sama, berbagi peringkat"),
        (3, 3, "skor sama, lalu biaya terkecil"),
    ]


def test_groups_are_decided_one_by_one_with_numbers_of_their_own(acara, peringkat, cast, masuk):
    from rkp.models import BarisVersi
    from rkp.prioritas.models import Nilai

    by = cast["pak_sekcam"]
    Nilai.objects.filter(calon__baris__nomor__in=[1, 2]).update(nilai=5)
    Nilai.objects.filter(calon__baris__nomor__in=[4, 6]).update(nilai=1)
    BarisVersi.objects.filter(nomor__in=[1, 2, 4, 6]).update(biaya=100_000_000)
    Pemeringkatan.objects.update(pagu=100_000_000)
    peringkat.refresh_from_db()
    boards = board(peringkat)
    assert boards.seri == [["1", "2"]], "of 4 and 6 neither is reached"
    assert boards.bebas == [["4", "6"]]
    pk = {c.baris.nomor: c.baris_id for c in Calon.objects.select_related("baris")}
    with pytest.raises(Refused, match="tidak lagi berskor sama"):
        settle_tie(pemeringkatan=peringkat, by=by, urut={pk[1]: 1, pk[4]: 2}, alasan="Musyawarah.")
    settle_tie(pemeringkatan=peringkat, by=by, urut={pk[4]: 2, pk[6]: 1}, alasan="Musyawarah.")
    settle_tie(pemeringkatan=peringkat, by=by, urut={pk[2]: 1, pk[1]: 2}, alasan="Musyawarah.")
    assert [u.isi.nomor for u in board(peringkat).urutan] == [2, 1, 3, 6, 4]
    assert new_candidate(peringkat, []) == []


def test_a_list_is_settled_before_the_next_one_is_voted_on(voting_event, spp, masuk, acara):
    """Lists are voted on one after the other; a tie in the first, on which money hangs, need not wait for the last."""
    b, client, url = voting_event, masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/mpd/"
    for kode in spp.kode.all():
        cast_ballot(kode=kode, pilihan=spp.calon)
    close_pemungutan(pemungutan=spp, by=b.by)
    boards = board(b.p)
    assert (boards.sebagian, boards.galat) == (True, "Pemungutan suara Selain SPP belum ditutup.")
    assert [(u.isi.nomor, u.peringkat) for u in boards.urutan] == [(2, 1), (4, 1)]
    assert boards.seri == [["2", "4"]], "the share of SPP pays one of them"
    html = flat(client.get(url))
    assert "Kelompok 1: no. 2, no. 4" in html
    assert "Urutan sementara" in html
    assert "tetapkan/" not in html
    assert client.get(url + "masukan.json").status_code == client.get(url + "hasil.json").status_code == 404
    data = {f"urut-{b.baris[4]}": "1", f"urut-{b.baris[2]}": "2", "alasan": "Musyawarah."}
    client.post(url + "seri/", data)
    boards = board(b.p)
    assert (boards.seri, [u.isi.nomor for u in boards.urutan]) == ([], [4, 2])
    assert boards.sementara, "there is a list to come"
    with pytest.raises(Refused, match="Selain SPP belum ditutup"):
        fix_pemeringkatan(pemeringkatan=b.p, by=b.by)
    non = open_pemungutan(pemeringkatan=b.p, by=b.by, daftar="NON_SPP")
    for i, kode in enumerate(non.kode.all()):
        cast_ballot(kode=kode, pilihan=[non.calon[0], non.calon[1 + i % 2]])
    close_pemungutan(pemungutan=non, by=b.by)
    assert [u.isi.nomor for u in board(b.p).urutan][:2] == [4, 2]
