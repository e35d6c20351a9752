"""Shares of several desa as a cell says them: read or asked, never guessed; names follow a desa that is renamed."""

import pytest

from musrenbang.acuan.services.wilayah import desa_renamed
from musrenbang.models import Desa
from musrenbang.states import Tahap
from tests.conftest import JUDUL
from tests.usulan.test_baca import RUJUKAN
from usulan.dokumen import usulan_xlsx
from usulan.impor.baca import read_workbook
from usulan.impor.pemilik import shares
from usulan.models import Usulan, UsulanOrigin
from usulan.queries.serupa import list_similar
from usulan.services.ajuan import submit_usulan
from usulan.services.impor import commit_impor, stage_impor

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


@pytest.mark.parametrize("teks, bobot", BAGIAN)
def test_shares_are_read_whole_or_not_at_all(teks, bobot):
    assert shares(teks, lambda t: KODE.get(t.lower())) == (bobot, True)


def test_a_text_without_shares_says_nothing_of_them():
    assert shares("Semaya, Sikur", lambda t: KODE.get(t.lower())) == (None, False)


def baris(desa):
    return [JUDUL, *([i, d, f"Talud {i}", "Dusun I", 5, "m", 100_000_001] for i, d in enumerate(desa, 1))]


def test_what_cannot_be_read_is_asked(buku):
    isi = baris(["Semaya 60%, Loyok 40%", "Semaya 60%, Loyok 60%"])
    dibaca, ditanya = read_workbook(buku("a.xlsx", isi), RUJUKAN).lembar[0].usulan
    assert sorted(dibaca.bobot.values()) == [2, 3]
    assert (ditanya.desa, ditanya.bobot) == (None, {})
    assert "Bagian tiap desa" in ditanya.galat[0]


def test_shares_that_an_answer_leaves_out_are_told_and_not_dropped_in_silence(buku):
    text = "Semaya:60, Sikur:40"
    path = buku("a.xlsx", baris([text, "Lintas Desa"]))
    answers = {text: f"{SEMAYA};{SIKUR}", "Lintas Desa": f"{SEMAYA};{SIKUR}"}
    shared, joint = read_workbook(path, RUJUKAN, pilihan_desa=answers).lembar[0].usulan
    assert (shared.desa, shared.bobot) == (f"{SEMAYA};{SIKUR}", {})
    assert f"Bagian tiap desa di “{text}” tidak terbaca, jadi dibuat sama rata" in " ".join(shared.peringatan)
    assert not any("sama rata" in p for p in joint.peringatan)


@pytest.fixture
def bersama(acara, pindah, pemeran, buku):
    pindah(acara, Tahap.PERSIAPAN)
    path = buku("a.xlsx", baris(["Semaya 60%, Sikur 40%"]))
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=pemeran["bu_pmd"])
    commit_impor(impor=impor, by=pemeran["bu_pmd"])
    return Usulan.objects.get()


def test_it_is_stored_with_its_shares_and_shown_in_the_preview(acara, bersama, masuk):
    assert [(b.nama, b.rp) for b in bersama.parts(bersama.biaya)] == [("Semaya", 60_000_001), ("Sikur", 40_000_000)]
    isi = masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/impor/{bersama.impor_id}/").content.decode()
    assert "Semaya, Sikur (3 : 2)" in isi


def test_our_own_list_comes_back_with_the_shares(acara, bersama, tmp_path):
    (path := tmp_path / "unduh.xlsx").write_bytes(usulan_xlsx(acara, Usulan.objects.filter(pk=bersama.pk)))
    again = read_workbook(path, RUJUKAN).lembar[0].usulan[0]
    assert (again.desa, again.bobot) == (f"{SEMAYA};{SIKUR}", {SEMAYA: 3, SIKUR: 2})


def test_the_names_follow_a_desa_that_is_renamed(bersama):
    assert desa_renamed({SIKUR: "Sikur Baru"}) == 1
    assert desa_renamed({SIKUR: "Sikur Baru"}) == 0
    bersama.refresh_from_db()
    assert bersama.nama_desa == "Semaya, Sikur Baru"


@pytest.mark.parametrize("milik", ["desa", "kecamatan"])
def test_a_work_that_a_desa_and_another_ask_for_is_found_and_keeps_its_owner(acara, pindah, pemeran, milik):
    pindah(acara, Tahap.PERSIAPAN)
    semaya, by = Desa.objects.get(nama="Semaya"), pemeran["bu_pmd"]
    isi = {"kegiatan": "Pembangunan jembatan gantung Kali Bagek", "lokasi": "Dusun Bagek Nyake", "volume": 8}
    for asal, punya in ((UsulanOrigin.FORMULIR, "desa"), (UsulanOrigin.KECAMATAN, milik)):
        whose = {"cakupan": "satu", "desa_id": semaya.pk} if punya == "desa" else {"cakupan": "kecamatan"}
        kunci = f"00000000-0000-0000-0000-00000000000{len(asal) % 10}"
        submit_usulan(musrenbang=acara, by=by, kunci=kunci, asal=asal, satuan="m", biaya=9_000_000, **isi, **whose)
    (pasangan,) = list_similar(acara)
    assert {u.pengusul for u in pasangan.berdua} == {"Desa Semaya", "Kecamatan"}
