"""Each rule of pnpm.md that looks at a proposal, its desa or its delegates: what it lets pass and what it refuses."""

from dataclasses import replace
from decimal import Decimal

import pytest

from rkp.prioritas.eligibility import (
    HALANG,
    KETERANGAN,
    PERINGATAN,
    CandidateFacts,
    DesaFacts,
    SppFacts,
    check_candidate,
    voter_findings,
)
from rkp.prioritas.presets import BAWAAN, preset
from rkp.prioritas.rules import source_warnings
from rkp.prioritas.sources import split_amount
from tests.some import some

SPP_BAIK = SppFacts(umur_bulan=24, aturan=True, modal=True, pembukuan=True, pinjaman_lancar=True)
DESA = DesaFacts(hadir=50, hadir_perempuan=25, jumlah_tpu=3, rpjm_desa="Perdes 3/2010", delegasi=6)
BAIK = CandidateFacts(
    kode="1",
    desa="Desa Loyok",
    biaya=300_000_000,
    jenis="prasarana",
    swadaya=5_000_000,
    rekomendasi="layak",
    sumber="APBN-BLM",
    fakta_desa=DESA,
)
MPD, P2S = preset("mpd"), preset("p2spp")
SPP = replace(BAIK, jenis="SPP", asal="mkp", spp=SPP_BAIK)


def desa(**change):
    return replace(BAIK, fakta_desa=replace(DESA, **change))


def spp(**change):
    return replace(SPP, spp=replace(SPP_BAIK, **change))


# rule -> (settings, level, a proposal that passes, one that does not, words of the sentence)
KAIDAH = {
    "MPD-01": (MPD, HALANG, BAIK, desa(tahap_kurang="Musdes Perencanaan"), "belum menyelesaikan tahapan: Musdes"),
    "MPD-02": (
        MPD,
        PERINGATAN,
        desa(hadir_perempuan=20),
        desa(hadir_perempuan=19),
        "19 dari 50 orang, kurang dari 40%",
    ),
    "MPD-06": (MPD, HALANG, replace(BAIK, biaya=350_000_000), replace(BAIK, biaya=350_000_001), "Rp350.000.000"),
    "MPD-07": (MPD, HALANG, SPP, replace(SPP, asal="campuran"), "hanya dari Musyawarah Khusus Perempuan"),
    "MPD-08": (MPD, HALANG, spp(umur_bulan=12), spp(umur_bulan=11), "umur kelompok kurang dari 12 bulan"),
    "MPD-09": (MPD, HALANG, spp(tunggakan=0), spp(tunggakan=1_500_000), "menunggak Rp1.500.000"),
    "MPD-11": (
        MPD,
        HALANG,
        replace(BAIK, larangan="m", larangan_nilai=Decimal(50)),
        replace(BAIK, larangan="m", larangan_nilai=Decimal("50.5")),
        "irigasi baru lebih dari 50 ha",
    ),
    "MPD-12": (MPD, HALANG, replace(BAIK, swadaya=1), replace(BAIK, swadaya=0), "swadaya"),
    "MPD-13": (MPD, HALANG, BAIK, replace(BAIK, ganda="DAK 2027"), "Sudah didanai DAK 2027"),
    "MPD-14": (MPD, HALANG, BAIK, replace(BAIK, data_palsu=True), "dipalsukan"),
    "MPD-15": (MPD, HALANG, BAIK, replace(BAIK, rusak_lingkungan=True), "lingkungan"),
    "MPD-16": (MPD, PERINGATAN, desa(jumlah_tpu=3), desa(jumlah_tpu=2), "2 orang, seharusnya 3"),
    "MPD-21": (MPD, HALANG, BAIK, replace(BAIK, rekomendasi="tidak_layak"), "tidak layak"),
    "MPD-22": (
        MPD,
        HALANG,
        BAIK,
        replace(BAIK, rekomendasi="", dikembalikan=True, tenggat="3 Maret 2027"),
        "Dikembalikan untuk dilengkapi, paling lambat 3 Maret 2027",
    ),
    "MPD-36": (MPD, KETERANGAN, BAIK, desa(delegasi=4), "hadir 4 dari 6; usulannya tetap di daftar"),
    "MPD-37": (
        MPD,
        HALANG,
        desa(pelanggaran="Musdes fiktif"),
        desa(pelanggaran="Musdes fiktif", pelanggaran_ba="05/BA/2010"),
        "Musdes fiktif (Berita Acara 05/BA/2010)",
    ),
    "P2S-01": (P2S, HALANG, BAIK, replace(BAIK, di_rkp_desa=False), "Tidak tercantum di RKP Desa"),
    "P2S-02": (P2S, HALANG, BAIK, desa(rpjm_desa=""), "belum punya RPJM Desa"),
    "P2S-03": (
        P2S,
        HALANG,
        BAIK,
        replace(BAIK, sumber="Hibah"),
        "Sumber dana belum dipilih (APBD-DDUB, APBN-BLM, DOK)",
    ),
    "KEC-04": (
        preset("piwk"),
        HALANG,
        BAIK,
        replace(BAIK, disepakati=False, alasan_pleno="lahan sengketa"),
        "Tidak disepakati pleno: lahan sengketa",
    ),
}


def findings(aturan, *calon):
    return check_candidate(aturan, calon)


@pytest.mark.parametrize("kode", KAIDAH)
def test_allowed(kode):
    aturan, _, allowed, _, _ = KAIDAH[kode]
    assert kode not in {t.aturan for t in findings(aturan, allowed)["1"]}


@pytest.mark.parametrize("kode", KAIDAH)
def test_refused(kode):
    aturan, level, _, no, kata = KAIDAH[kode]
    (one,) = [t for t in findings(aturan, no)["1"] if t.aturan == kode]
    assert one.tingkat == level
    assert kata in one.kalimat


def test_returned_is_not_called_unfit_MPD_22():
    no = KAIDAH["MPD-22"][3]
    assert "MPD-21" not in {t.aturan for t in findings(MPD, no)["1"]}


def test_what_is_good_has_nothing_to_remark():
    assert findings(MPD, BAIK)["1"] == []
    assert findings(P2S, BAIK)["1"] == []


def test_unknown_counts_against_an_spp_group_MPD_08():
    (one,) = [t for t in findings(MPD, replace(SPP, spp=SppFacts()))["1"] if t.aturan == "MPD-08"]
    assert one.kalimat.count(",") == 4


def test_too_many_proposals_of_a_desa_MPD_03():
    three = [replace(BAIK, kode=str(i)) for i in range(3)]
    loose = MPD | {"satu_per_asal": False}
    assert not any(findings(loose, *three).values())
    four = findings(loose, *three, replace(BAIK, kode="4"))
    assert all([x.aturan for x in t] == ["MPD-03"] for t in some(four.values()))
    assert "4 usulan, paling banyak 3" in four["4"][0].kalimat


def test_one_proposal_of_each_origin_MPD_04():
    mixture, non_spp = BAIK, replace(BAIK, kode="2", asal="mkp")
    assert not any(findings(MPD, mixture, non_spp, replace(SPP, kode="3")).values())
    result = findings(MPD, mixture, non_spp, replace(non_spp, kode="3"))
    assert [(k, [t.aturan for t in v]) for k, v in result.items()] == [("1", []), ("2", ["MPD-04"]), ("3", ["MPD-04"])]


def test_womens_share_MPD_05():
    mixture, mkp = BAIK, [replace(BAIK, kode=str(i), asal="mkp") for i in (2, 3)]
    aturan = MPD | {"min_porsi_mkp": "0.6666", "satu_per_asal": False}
    assert not any(findings(aturan, mixture, *mkp).values())
    result = findings(aturan, mixture, mkp[0])
    assert {t.aturan for v in result.values() for t in v} == {"MPD-05"}
    assert not any(findings(MPD, mixture, mkp[0]).values()), "null: not asked"


def test_an_unlimited_prohibition_needs_no_size_MPD_11():
    assert "Politik praktis" in findings(MPD, replace(BAIK, larangan="b"))["1"][0].kalimat
    assert "belum diisi" in findings(MPD, replace(BAIK, larangan="m"))["1"][0].kalimat


def test_six_delegates_MPD_17():
    assert voter_findings(MPD, "Desa Loyok", 6, 3) == []
    for jumlah in (5, 7):
        (one,) = voter_findings(MPD, "Desa Loyok", jumlah, 3)
        assert (one.aturan, one.tingkat) == ("MPD-17", PERINGATAN)


def test_three_women_among_the_delegates_MPD_18():
    assert voter_findings(MPD, "Desa Loyok", 6, 4) == []
    (one,) = voter_findings(MPD, "Desa Loyok", 6, 2)
    assert (one.aturan, one.tingkat) == ("MPD-18", HALANG)


@pytest.mark.parametrize("share, remember", [(("0.95", "0.05"), 0), (("0.8", "0.2"), 0), (("0.7", "0.3"), 1)])
def test_shares_of_the_sources_MPD_33(share, remember):
    sumber = [{"nama": n, "porsi": p} for n, p in zip(("DUB", "DDUB"), share, strict=True)]
    sentence = [k for k in source_warnings(MPD | {"sumber": sumber}) if k.startswith("Porsi DUB ")]
    assert len(sentence) == remember


@pytest.mark.parametrize("liquid, remember", [(["40", "40", "20"], 0), (["50", "50"], 1), ([], 0)])
def test_instalments_MPD_35(liquid, remember):
    assert sum(k.startswith("Pencairan bukan") for k in source_warnings(MPD | {"pencairan": liquid})) == remember


def test_published_splits_of_mojokerto():
    """Lokasi dan Alokasi BLM PNPM MPd TA 2012 (pnpm-kabmojokerto.blogspot.com): 95/5, million rupiah."""
    for pagu, dub, ddub in ((700, 665, 35), (3000, 2850, 150), (1250, "1187.5", "62.5"), (1050, "997.5", "52.5")):
        result = split_amount(pagu * 1_000_000, MPD["sumber"])
        assert [n for _, n in result] == [int(Decimal(x) * 1_000_000) for x in (dub, ddub)]


@pytest.mark.parametrize("kode", BAWAAN)
def test_presets_are_whole_and_contradict_nothing(kode):
    from rkp.prioritas.rules import ATURAN, faults

    aturan = preset(kode)
    assert set(aturan) == set(ATURAN)
    assert faults(aturan, [k["kode"] for k in aturan["kriteria"]] or ["C1"]) == []


def test_what_keeps_one_of_several_desa_keeps_their_work():
    loyok_desa, semaya_desa = BAIK.fakta_desa, replace(DESA, tahap_kurang="Musdes")
    bersama = replace(BAIK, desa_lain=(("Desa Semaya", semaya_desa),))
    assert [t.kalimat for t in findings(MPD, bersama)["1"]] == ["Desa Semaya belum menyelesaikan tahapan: Musdes."]
    assert findings(MPD, replace(bersama, desa_lain=(("Desa Semaya", loyok_desa),)))["1"] == []


def test_a_work_of_several_desa_counts_for_each_of_them_MPD_03():
    bersama = replace(BAIK, kode="b", desa_lain=(("Desa Semaya", DESA),))
    loyok_desa = [replace(BAIK, kode=str(i)) for i in range(2)]
    assert "MPD-03" not in {t.aturan for t in findings(MPD, bersama, *loyok_desa)["b"]}
    semaya_desa = [replace(BAIK, kode=f"s{i}", desa="Desa Semaya") for i in range(3)]
    per = findings(MPD, bersama, *loyok_desa, *semaya_desa)
    assert [t.kalimat for t in per["b"] if t.aturan == "MPD-03"] == [
        "Desa Semaya mengajukan 4 usulan, paling banyak 3."
    ]
    assert not [t for t in per["0"] if t.aturan == "MPD-03"], "the other desa has room"


def test_a_work_of_the_whole_kecamatan_competes_only_where_proposals_are_not_the_desas():
    kecamatan = replace(BAIK, desa="", fakta_desa=DesaFacts(), dari_durkp=False)
    assert {t.aturan for t in findings(MPD, kecamatan)["1"]} == {"MILIK"}
    assert {t.aturan for t in findings(P2S, kecamatan)["1"]} == {"P2S-01"}
    assert findings(preset("piwk"), replace(kecamatan, sumber_rkp="APBD Kabupaten"))["1"] == []
    assert {t.aturan for t in findings(MPD, replace(BAIK, dari_durkp=False))["1"]} == {"MILIK"}, (
        "an SKPD's for one desa"
    )
