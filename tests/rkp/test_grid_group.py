"""A group's grid: one cell, many rows, taking back, moving a place; each by the right person, once, and never stale."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from musrenbang.models import JejakAudit
from musrenbang.persiapan.queries import kriteria_for
from rkp.forms.grid import UNDO_SECONDS
from rkp.models import UsulanKelompok
from rkp.prioritas.models import Pemeringkatan
from rkp.queries.figures import group_figures
from rkp.queries.kelompok import hasil_kelompok, scoring_asked
from tests.rkp.conftest import NILAI, propose_everything

JSON = {"X-Bagian": "isian"}
RESERVE = {"alasan_kode": "lahan", "alasan": "Lahan belum bebas."}


class Grid:
    """A person at the grid of one group."""

    def __init__(self, client, acara, kelompok):
        self.client, self.url = client, f"/m/{acara.slug}/rkp/kelompok/{kelompok.pk}/"

    def cell(self, baris, kolom, nilai, versi=0, **more):
        content = {"baris": baris.pk, "kolom": kolom, "nilai": nilai, "versi": versi} | more
        return self.client.post(self.url + "sel/", content, headers=JSON)

    def many(self, **isi):
        return self.client.post(self.url + "bersama/", isi, headers=JSON)

    def undo(self, sign):
        return self.client.post(self.url + "urungkan/", {"urung": sign}, headers=JSON)


@pytest.fixture
def grid(acara, kelompok, masuk):
    return Grid(masuk("pemandu"), acara, kelompok.utama.kelompok)


def stored(baris):
    return UsulanKelompok.objects.filter(baris=baris).first()


def test_one_key_decides_and_the_answer_brings_row_and_figures(grid, kelompok, acara):
    answer = grid.cell(kelompok.baris, "usul", "disepakati").json()
    assert stored(kelompok.baris).usul == "disepakati"
    assert f'value="{kelompok.baris.pk}-1"' in answer["baris"][str(kelompok.baris.pk)]
    result = hasil_kelompok(kelompok.utama.kelompok)
    assert f"1 dari {len(result.baris)}" in answer["bagian"]["angka-kelompok"]
    assert answer["sisa"] == len(result.baris) - 1
    assert group_figures(kelompok.utama.kelompok, kriteria_for(acara), scoring=True) == result.figures, (
        "page and answer add up alike"
    )


def test_a_second_click_stores_nothing_twice_and_a_changed_repeat_is_stale(grid, kelompok):
    for _ in range(2):
        assert grid.cell(kelompok.baris, "usul", "disepakati").status_code == 200
    assert stored(kelompok.baris).versi == 1
    assert JejakAudit.objects.filter(aksi="kelompok.diusulkan").count() == 1
    answer = grid.cell(kelompok.baris, "usul", "cadangan", **RESERVE)
    assert answer.status_code == 409
    assert "sudah mengubah no." in answer.json()["kabar"]
    assert "Disepakati" in answer.json()["baris"][str(kelompok.baris.pk)], "the row as it is comes with the refusal"
    assert stored(kelompok.baris).usul == "disepakati"


def test_scores_come_one_by_one_and_leave_the_others(grid, kelompok):
    for versi, (kode, nilai) in enumerate(NILAI.items()):
        assert grid.cell(kelompok.baris, f"n:{kode}", nilai, versi=versi).status_code == 200
    assert stored(kelompok.baris).nilai == NILAI
    told = [j.rincian for j in JejakAudit.objects.filter(aksi="kelompok.diusulkan").order_by("pk")]
    assert told[0]["Keterdesakan"] == [None, "5"], "the trail names the criterion"
    assert "nilai" not in told[0]
    assert "Keterdesakan" not in told[1]
    grid.cell(kelompok.baris, "n:C1", "", versi=6)
    assert "C1" not in stored(kelompok.baris).nilai
    for nilai in ("6", "0", "x"):
        assert "1 sampai 5" in grid.cell(kelompok.baris, "n:C1", nilai, versi=7).json()["kabar"]
    assert "tidak dapat diubah" in grid.cell(kelompok.baris, "n:C99", "3", versi=7).json()["kabar"]


def test_a_changed_cost_is_a_change_and_the_draft_again_is_agreed(grid, kelompok):
    answer = grid.cell(kelompok.baris, "biaya", "84.000.000")
    assert "memerlukan alasan" in answer.json()["kabar"]
    assert stored(kelompok.baris) is None
    grid.cell(kelompok.baris, "biaya", "84.000.000", alasan="Lebar dikurangi.")
    one = stored(kelompok.baris)
    assert (one.usul, one.biaya, one.alasan_kode) == ("dengan_perubahan", 84_000_000, "disesuaikan")
    answer = grid.cell(kelompok.baris, "biaya", "105.000.000", versi=1)
    assert answer.status_code == 200, answer.json()
    one.refresh_from_db()
    assert (one.usul, one.biaya, one.alasan) == ("disepakati", 105_000_000, "")


def test_an_amount_far_above_the_draft_is_asked_about(grid, kelompok):
    answer = grid.cell(kelompok.baris, "biaya", "1.050.000.000", alasan="Jembatan besar.")
    assert answer.status_code == 409
    assert "kali" in answer.json()["tanya"]
    assert stored(kelompok.baris) is None
    grid.cell(kelompok.baris, "biaya", "1.050.000.000", alasan="Jembatan besar.", dipastikan=1_050_000_000)
    assert stored(kelompok.baris).biaya == 1_050_000_000


def test_ticked_rows_get_one_outcome_with_one_reason(grid, kelompok):
    rows = hasil_kelompok(kelompok.utama.kelompok).baris
    assert (
        "memerlukan alasan" in grid.many(keputusan="cadangan", baris=[f"{b.baris.pk}-0" for b in rows]).json()["kabar"]
    )
    answer = grid.many(keputusan="cadangan", baris=[f"{b.baris.pk}-0" for b in rows], **RESERVE).json()
    assert f"{len(rows)} kegiatan: Cadangan." in answer["kabar"]
    assert set(UsulanKelompok.objects.values_list("usul", "alasan")) == {("cadangan", RESERVE["alasan"])}
    stale = grid.many(keputusan="disepakati", baris=[f"{b.baris.pk}-0" for b in rows]).json()
    assert "Baru diubah orang lain" in stale["kabar"]
    assert "Belum ada kegiatan yang dicentang" in grid.many(keputusan="cadangan").json()["kabar"]
    assert (
        "di barisnya"
        in grid.many(keputusan="dengan_perubahan", baris=[f"{rows[0].baris.pk}-1"], **RESERVE).json()["kabar"]
    )


def test_all_that_is_left_is_agreed_and_taken_back(grid, kelompok):
    grid.cell(kelompok.baris, "usul", "cadangan", **RESERVE)
    rows = hasil_kelompok(kelompok.utama.kelompok).baris
    answer = grid.many(semua="1").json()
    assert answer["sisa"] == 0
    assert UsulanKelompok.objects.filter(usul="disepakati").count() == len(rows) - 1
    assert stored(kelompok.baris).usul == "cadangan", "what was decided stays"
    back = grid.undo(answer["urung"]).json()
    assert back["sisa"] == len(rows) - 1
    assert "dikembalikan" in back["kabar"]
    told = grid.undo(answer["urung"]).json()["kabar"]
    assert told == f"{len(rows) - 1} kegiatan memang sudah seperti semula.", "a second click blames nobody"
    grid.cell(kelompok.baris, "usul", "disepakati", versi=1)
    first = grid.many(semua="1").json()
    assert grid.many(semua="1").json()["kabar"].startswith("Tidak ada yang berubah."), "nor does it count what it left"
    only = next(r.baris for r in rows if r.baris.pk != kelompok.baris.pk)
    grid.cell(only, "usul", "cadangan", versi=stored(only).versi, **RESERVE)
    told = grid.undo(first["urung"]).json()["kabar"]
    assert told == f"No. {only.nomor} sudah diubah lagi sesudah itu, jadi tidak dikembalikan."
    assert stored(only).usul == "cadangan"


def test_taking_back_ends_after_a_minute_and_is_ones_own(grid, kelompok, acara, masuk):
    sign = grid.cell(kelompok.baris, "usul", "disepakati").json()["urung"]
    other = Grid(masuk("pak_sekcam"), acara, kelompok.utama.kelompok)
    assert "orang lain" in other.undo(sign).json()["kabar"]
    assert "tidak dikenali" in grid.undo(sign[:-2]).json()["kabar"]
    with time_machine.travel(timezone.now() + timedelta(seconds=UNDO_SECONDS + 5)):
        assert "Lebih dari satu menit" in grid.undo(sign).json()["kabar"]
    assert stored(kelompok.baris).usul == "disepakati"
    grid.undo(sign)
    assert stored(kelompok.baris).usul == ""


def test_without_a_script_the_same_forms_lead_back_to_the_page(grid, kelompok):
    page = grid.client.post(grid.url + "bersama/", {"semua": "1"}, follow=True).content.decode()
    assert "kegiatan: Disepakati." in page
    assert "Pilih keputusannya" in grid.client.post(grid.url + "bersama/", {}, follow=True).content.decode()


def test_ticked_sums_stand_against_each_ceiling(grid, kelompok, acara):
    rows = hasil_kelompok(kelompok.utama.kelompok).baris
    html = grid.client.get(grid.url + "hitung/", {"baris": [b.baris.pk for b in rows]}, headers=JSON).content.decode()
    assert f"{len(rows)} dicentang" in html


def test_one_row_moves_to_a_place(grid, kelompok, cast):
    propose_everything(kelompok.utama, cast["pemandu"])
    order = grid.client.get(grid.url + "urutan/", headers=JSON).json()
    last = order["urutan"][-1]
    answer = grid.client.post(
        grid.url + "urutan/", {"geser": last, "tempat": 1, "sidik": order["sidik"]}, headers=JSON
    ).json()
    assert answer["urutan"] == [last, *order["urutan"][:-1]]
    stale = grid.client.post(grid.url + "urutan/", {"geser": last, "tempat": 2, "sidik": order["sidik"]}, headers=JSON)
    assert stale.status_code == 409
    places = UsulanKelompok.objects.filter(baris__in=answer["urutan"]).values_list("baris", "peringkat")
    assert dict(places) == {pk: i for i, pk in enumerate(answer["urutan"], 1)}


@pytest.mark.parametrize("verb", ["sel/", "bersama/", "urungkan/"])
@pytest.mark.parametrize("who, status", [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_wrong_people_and_wrong_method(verb, who, status, acara, kelompok, masuk):
    url = f"/m/{acara.slug}/rkp/kelompok/{kelompok.utama.kelompok.pk}/{verb}"
    assert masuk(who).post(url, {}).status_code == status
    assert masuk("pemandu").get(url).status_code == 405


def test_scores_are_asked_only_where_a_ranking_uses_them(acara, kelompok, grid, cast):
    acara.refresh_from_db()
    assert scoring_asked(acara), "nobody knows yet"
    assert 'data-k="n:C1"' in grid.client.get(grid.url).content.decode()
    Pemeringkatan.objects.create(musrenbang=acara, kode="x", nama="Suara", pagu=1, aturan={"metode": "suara"})
    assert not scoring_asked(acara)
    assert 'data-k="n:C1"' not in grid.client.get(grid.url).content.decode()
    propose_everything(kelompok.utama, cast["pemandu"], nilai={})
    assert hasil_kelompok(kelompok.utama.kelompok).kurang == []
