"""Shares of several desa as a cell says them: read or asked, never guessed; names follow a desa that is renamed."""

import pytest

from musrenbang.acuan.services.wilayah import desa_renamed
from musrenbang.models import Desa
from musrenbang.states import Tahap
from tests.conftest import JUDUL
from tests.usulan.test_read import RUJUKAN
from usulan.dokumen import usulan_xlsx
from usulan.impor.owner import shares
from usulan.impor.read import read_workbook
from usulan.models import Usulan, UsulanOrigin
from usulan.queries.similar import list_similar
from usulan.services.impor import commit_impor, stage_impor
from usulan.services.without_file import submit_usulan

SEMAYA, SIKUR = "52.03.04.2001", "52.03.04.2002"
KODE = {"semaya": SEMAYA, "sikur": SIKUR, "loyok": "52.03.04.2005"}
BAGIAN = [
    ("Desa Semaya 60%, Desa Sikur 40%", {SEMAYA: 3, SIKUR: 2}),
    ("Semaya (60%) dan Sikur (40%)", {SEMAYA: 3, SIKUR: 2}),
    ("Semaya dan Sikur (60 : 40)", {SEMAYA: 3, SIKUR: 2}),
    ("Semaya : Sikur = 1:2", {SEMAYA: 1, SIKUR: 2}),
    ("Semaya 62,5%, Sikur 37,5%", {SEMAYA: 5, SIKUR: 3}),
    ("Semaya 33,3%; Sikur 33,3%; Loyok 33,4%", {SEMAYA: 333, SIKUR: 333, KODE["loyok"]: 334}),
    ("Semaya, Sikur (100000001 : 40000000)", {SEMAYA: 100_000_001, SIKUR: 40_000_000}),
    ("Semaya 60%, Sikur", None),
    ("Semaya 60%, Sikur 60%", None),
    ("Semaya, Sikur 60:40:10", None),
    ("Semaya 60%, Entah 40%", None),
    ("Semaya 100%", None),
]


@pytest.mark.parametrize("text, bobot", BAGIAN)
def test_shares_are_read_whole_or_not_at_all(text, bobot):
    assert shares(text, lambda t: KODE.get(t.lower())) == (bobot, True)


def test_a_text_without_shares_says_nothing_of_them():
    assert shares("Semaya, Sikur", lambda t: KODE.get(t.lower())) == (None, False)


def baris(desa):
    return [JUDUL, *([i, d, f"Talud {i}", "Dusun I", 5, "m", 100_000_001] for i, d in enumerate(desa, 1))]


def test_what_cannot_be_read_is_asked(make_workbook):
    content = baris(["Semaya 60%, Loyok 40%", "Semaya 60%, Loyok 60%"])
    dibaca, asked = read_workbook(make_workbook("a.xlsx", content), RUJUKAN).lembar[0].usulan
    assert sorted(dibaca.bobot.values()) == [2, 3]
    assert (asked.desa, asked.bobot) == (None, {})
    assert "Bagian tiap desa" in asked.galat[0]


def test_shares_that_an_answer_leaves_out_are_told_and_not_dropped_in_silence(make_workbook):
    text = "Semaya:60, Sikur:40"
    path = make_workbook("a.xlsx", baris([text, "Lintas Desa"]))
    answers = {text: f"{SEMAYA};{SIKUR}", "Lintas Desa": f"{SEMAYA};{SIKUR}"}
    shared, joint = read_workbook(path, RUJUKAN, pilihan_desa=answers).lembar[0].usulan
    assert (shared.desa, shared.bobot) == (f"{SEMAYA};{SIKUR}", {})
    assert f"Bagian tiap desa di “{text}” tidak terbaca, jadi dibuat sama rata" in " ".join(shared.peringatan)
    assert not any("sama rata" in p for p in joint.peringatan)


@pytest.fixture
def bersama(acara, move_event, cast, make_workbook):
    move_event(acara, Tahap.PERSIAPAN)
    path = make_workbook("a.xlsx", baris(["Semaya 60%, Sikur 40%"]))
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    return Usulan.objects.get()


def test_it_is_stored_with_its_shares_and_shown_in_the_preview(acara, bersama, masuk):
    assert [(b.nama, b.rp) for b in bersama.parts(bersama.biaya)] == [("Semaya", 60_000_001), ("Sikur", 40_000_000)]
    contents = masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/impor/{bersama.impor_id}/").content.decode()
    assert "Semaya, Sikur (3 : 2)" in contents


def test_our_own_list_comes_back_with_the_shares(acara, bersama, tmp_path):
    (path := tmp_path / "unduh.xlsx").write_bytes(usulan_xlsx(acara, Usulan.objects.filter(pk=bersama.pk)))
    again = read_workbook(path, RUJUKAN).lembar[0].usulan[0]
    assert (again.desa, again.bobot) == (f"{SEMAYA};{SIKUR}", {SEMAYA: 3, SIKUR: 2})


def test_the_names_follow_a_desa_that_is_renamed(bersama):
    assert desa_renamed({SIKUR: "Sikur Baru"}) == 1
    assert desa_renamed({SIKUR: "Sikur Baru"}) == 0
    bersama.refresh_from_db()
    assert bersama.nama_desa == "Semaya, Sikur Baru"


@pytest.mark.parametrize("own", ["desa", "kecamatan"])
def test_a_work_that_a_desa_and_another_ask_for_is_found_and_keeps_its_owner(acara, move_event, cast, own):
    move_event(acara, Tahap.PERSIAPAN)
    semaya_desa, by = Desa.objects.get(nama="Semaya"), cast["bu_pmd"]
    content = {"kegiatan": "Pembangunan jembatan gantung Kali Bagek", "lokasi": "Dusun Bagek Nyake", "volume": 8}
    for asal, has in ((UsulanOrigin.FORMULIR, "desa"), (UsulanOrigin.KECAMATAN, own)):
        whose = {"cakupan": "satu", "desa_id": semaya_desa.pk} if has == "desa" else {"cakupan": "kecamatan"}
        kunci = f"00000000-0000-0000-0000-00000000000{len(asal) % 10}"
        submit_usulan(musrenbang=acara, by=by, kunci=kunci, asal=asal, satuan="m", biaya=9_000_000, **content, **whose)
    (pair,) = list_similar(acara)
    assert {u.pengusul for u in pair.berdua} == {"Desa Semaya", "Kecamatan"}
