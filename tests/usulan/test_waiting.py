"""Files that were read and wait: shown first, saved together where they are complete, checked one after the other."""

import pytest
from django.conf import settings

from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL, move_to, write_workbook
from tests.snapshot import snapshot
from usulan.models import ImporUsulan, StatusImpor, Usulan
from usulan.services.impor import stage_impor
from usulan.services.take_back import undo_impor

ROWS = {"semaya.xlsx": BARIS[:2], "sikur.xlsx": BARIS[2:4], "kurang.xlsx": BARIS[4:5]}


@snapshot
def waiting(acara, cast):
    """Three files: two complete ones, and one with a proposal without a cost."""
    move_to(acara, Tahap.PERSIAPAN, cast["admin"])
    for name, rows in ROWS.items():
        path = write_workbook(settings.VAR_DIR / name, [JUDUL, *rows])
        stage_impor(musrenbang=acara, path=path, nama=name, by=cast["bu_pmd"])


def keys():
    return {i.nama_berkas: i.pk for i in ImporUsulan.objects.filter(status=StatusImpor.PRATINJAU)}


def save(client, acara, *names, **more):
    known = keys()
    url = f"/m/{acara.slug}/usulan/impor/simpan/"
    return client.post(url, {"berkas": [known[n] for n in names or ("semaya.xlsx", "sikur.xlsx")]}, follow=True, **more)


def test_the_newest_stands_first_and_what_it_lacks_beside_it(waiting, acara, masuk):
    page = masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/impor/").content.decode()
    section = page[page.index('id="menunggu"') : page.index("Yang dapat dibaca")]
    assert "3 berkas siap diperiksa" in section
    assert section.index("kurang.xlsx") < section.index("sikur.xlsx") < section.index("semaya.xlsx")
    assert "1 usulan perlu dilengkapi." in section
    assert "Simpan semua yang lengkap (2 berkas)" in section
    assert f'impor/{keys()["kurang.xlsx"]}/"' in section[section.index("Simpan semua") :], "the walk begins with it"


def test_all_complete_files_are_saved_at_once_and_what_came_in_is_told(waiting, acara, masuk):
    page = save(masuk("bu_pmd"), acara).content.decode()
    assert "4 usulan dari 2 berkas disimpan." in page
    recap = page[page.index('id="masuk"') :]
    assert "4 usulan masuk dari 2 berkas" in recap
    assert "Rp451.000.000" in recap[recap.index("<tfoot") :]
    assert (Usulan.objects.count(), list(keys())) == (4, ["kurang.xlsx"])


def test_a_second_click_saves_nothing_twice(waiting, acara, masuk):
    client, listed = masuk("bu_pmd"), keys()
    save(client, acara)
    url = f"/m/{acara.slug}/usulan/impor/simpan/"
    answer = client.post(url, {"berkas": [listed["semaya.xlsx"], listed["sikur.xlsx"]]}, follow=True)
    assert "Tidak ada yang disimpan dua kali." in answer.content.decode()
    assert Usulan.objects.count() == 4


def test_what_is_not_complete_is_left_and_named(waiting, acara, masuk):
    page = save(masuk("bu_pmd"), acara, "sikur.xlsx", "kurang.xlsx").content.decode()
    assert "kurang.xlsx belum disimpan. 1 usulan perlu dilengkapi." in page
    assert (Usulan.objects.count(), len(keys())) == (2, 2)


def test_one_that_was_taken_back_meanwhile_is_left_out(waiting, acara, masuk, cast):
    client, listed = masuk("bu_pmd"), keys()
    undo_impor(impor=ImporUsulan.objects.get(nama_berkas="sikur.xlsx"), by=cast["bu_pmd"])
    url = f"/m/{acara.slug}/usulan/impor/simpan/"
    page = client.post(url, {"berkas": [listed["semaya.xlsx"], listed["sikur.xlsx"]]}, follow=True).content.decode()
    assert "2 usulan dari 1 berkas disimpan." in page


def test_two_files_of_one_desa_are_not_saved_at_once(waiting, acara, masuk, cast, make_workbook):
    path = make_workbook("sikur-lagi.xlsx", [JUDUL, BARIS[2]])
    stage_impor(musrenbang=acara, path=path, nama=path.name, by=cast["bu_pmd"])
    page = save(masuk("bu_pmd"), acara, "semaya.xlsx", "sikur.xlsx", "sikur-lagi.xlsx").content.decode()
    assert "sikur.xlsx belum disimpan. Berkas lain yang menunggu juga memuat desa Sikur." in page
    assert Usulan.objects.count() == 2


@pytest.mark.parametrize(
    "name, status", [("pak_camat", 403), ("orang_skpd", 403), ("bu_bappeda", 403), ("orang_luar", 404)]
)
def test_wrong_people(name, status, waiting, acara, masuk):
    client = masuk(name)
    assert save(client, acara).status_code == status
    assert Usulan.objects.count() == 0


def test_an_operator_cannot_save_the_files_of_others(waiting, acara, masuk):
    page = save(masuk("operator_desa"), acara).content.decode()
    assert "Berkas ini sudah disimpan atau ditarik" in page
    assert Usulan.objects.count() == 0


def test_only_post_and_only_in_time(waiting, acara, masuk, move_event):
    client = masuk("bu_pmd")
    assert client.get(f"/m/{acara.slug}/usulan/impor/simpan/").status_code == 405
    assert (
        "Belum ada berkas yang lengkap"
        in client.post(f"/m/{acara.slug}/usulan/impor/simpan/", {}, follow=True).content.decode()
    )
    move_event(acara, Tahap.SIAP)
    assert "Siap sidang" in save(client, acara).content.decode()
    assert Usulan.objects.count() == 0


def test_the_walk_goes_from_file_to_file_and_ends_with_what_came_in(waiting, acara, masuk):
    client, known = masuk("bu_pmd"), keys()
    at = f"/m/{acara.slug}/usulan/impor/"
    saved = []
    for name, after in (("sikur.xlsx", "semaya.xlsx"), ("semaya.xlsx", "kurang.xlsx")):
        answer = client.post(f"{at}{known[name]}/simpan/", {"lanjut": "1", "masuk": saved})
        saved.append(known[name])
        url = answer.headers["Location"]
        assert url == f"{at}{known[after]}/?masuk={','.join(map(str, saved))}"
    page = client.get(url).content.decode()
    assert "periksa berikutnya" not in page, "it is the last one"
    assert page.count('name="masuk"') == 2
    page = client.post(f"{at}{known['kurang.xlsx']}/simpan/", {"masuk": saved}, follow=True).content.decode()
    assert "5 usulan masuk dari 3 berkas" in page
    assert "lengkap=tidak" in page


def test_a_script_that_sends_one_after_the_other_gets_no_page(waiting, acara, masuk, make_workbook):
    from tests.usulan.test_impor import upload

    client = masuk("bu_pmd")
    client.defaults["HTTP_X_SATU_SATU"] = "1"
    assert upload(client, acara, make_workbook("lagi.xlsx", [JUDUL, BARIS[5]])).status_code == 204
    assert "lagi.xlsx" in keys()


def test_the_recap_names_all_files_whichever_way_one_went_from_one_to_the_next(waiting, acara, masuk):
    client, known = masuk("bu_pmd"), keys()
    for name in known:  # each is opened from the list again: no address says what was saved before
        answer = client.post(f"/m/{acara.slug}/usulan/impor/{known[name]}/simpan/", {}, follow=True)
    assert "5 usulan masuk dari 3 berkas" in answer.content.decode()
