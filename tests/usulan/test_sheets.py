"""The preview's decisions about whole sheets: taken in or out, the unit of amounts, broken cells; and its questions."""

import pytest
from openpyxl import Workbook

from tests.conftest import BARIS, JUDUL
from tests.usulan.test_impor import ready_event, upload  # noqa: F401 - a fixture
from usulan.models import ImporUsulan, Usulan


@pytest.fixture
def preview_import(ready_event, masuk, tmp_path):  # noqa: F811
    workbook = Workbook()
    for content in (JUDUL, *BARIS[:3]):
        workbook.active.append(content)
    rab = workbook.create_sheet("RAB")
    for content in (
        ["RENCANA ANGGARAN BIAYA"],
        ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"],
        [1, "Semen", 2, "zak", 70_000, 140_000],
    ):
        rab.append(content)
    cheap = workbook.create_sheet("Murah")
    for content in (
        ["USULAN DESA SEMAYA"],
        JUDUL,
        *[[i, None, "Talud", "Dusun A", 2, "m", 60_000 + i, "DAK", "#REF!"] for i in (1, 2, 3)],
    ):
        cheap.append(content)
    workbook.save(tmp_path / "buku.xlsx")
    client = masuk("bu_pmd")
    upload(client, ready_event, tmp_path / "buku.xlsx")
    return client, f"/m/{ready_event.slug}/usulan/impor/{ImporUsulan.objects.get().pk}"


def _decide(client, base, lembar, putusan, dilihat=0):
    response = client.post(
        f"{base}/lembar/putusan/", {"lembar": lembar, "putusan": putusan, "dilihat": dilihat}, follow=True
    )
    return response, ImporUsulan.objects.get().hasil["lembar"]


def test_the_page_lists_every_sheet_with_what_it_seems_to_be(preview_import):
    client, base = preview_import
    contents = client.get(f"{base}/").content.decode()
    for kata in (
        "2 dari 3 lembar kerja dipakai",
        "RAB: kolomnya uraian, volume, dan harga satuan",
        "Biaya di lembar kerja ini dalam:",
    ):
        assert kata in contents


def test_a_sheet_is_taken_out_in_again_and_the_decision_can_be_undone(preview_import):
    client, base = preview_import
    response, lembar = _decide(client, base, 0, "lepas")
    assert (lembar[0]["dipakai"], lembar[0]["alasan"]) == (False, "tidak dipilih")
    assert "1 dari 3 lembar kerja dipakai" in response.content.decode()
    _, lembar = _decide(client, base, 0, "pakai", 1)
    assert lembar[0]["dipakai"]
    _, lembar = _decide(client, base, 1, "pakai", 2)
    assert [u["kegiatan"] for u in lembar[1]["usulan"]] == ["Semen"]
    client.post(f"{base}/urungkan/", {"dilihat": 3})
    assert not ImporUsulan.objects.get().hasil["lembar"][1]["dipakai"]


def test_all_sheets_out_leaves_a_preview_that_says_so_and_saves_nothing(preview_import):
    client, base = preview_import
    _decide(client, base, 0, "lepas")
    response, _ = _decide(client, base, 2, "lepas", 1)
    assert "0 dari 3 lembar kerja dipakai" in response.content.decode()
    jumlah = Usulan.objects.count()
    assert "Tidak ada usulan di berkas ini" in client.post(f"{base}/simpan/", follow=True).content.decode()
    assert Usulan.objects.count() == jumlah


def test_the_unit_of_amounts_is_chosen_for_a_sheet(preview_import):
    client, base = preview_import
    _, lembar = _decide(client, base, 2, "ribuan")
    assert [u["biaya"] for u in lembar[2]["usulan"]] == [60_001_000, 60_002_000, 60_003_000]
    assert lembar[2]["kali"] == 1000


def test_broken_cells_block_saving_until_they_are_left_blank(preview_import):
    client, base = preview_import
    assert "selnya galat" in client.post(f"{base}/simpan/", follow=True).content.decode()
    assert "3 baris memuat sel galat" in client.get(f"{base}/").content.decode()
    _decide(client, base, 2, "kosongkan")
    client.post(f"{base}/simpan/")
    assert Usulan.objects.filter(kegiatan="Talud", manfaat="").count() == 3


@pytest.mark.parametrize(
    "filled", [{}, {"lembar": 9, "putusan": "lepas", "dilihat": 0}, {"lembar": 0, "putusan": "hapus", "dilihat": 0}]
)
def test_a_decision_about_nothing_is_not_found(filled, preview_import):
    client, base = preview_import
    assert client.post(f"{base}/lembar/putusan/", filled).status_code == 404


def test_a_stale_page_does_not_overrule_another_person(preview_import):
    client, base = preview_import
    _decide(client, base, 0, "lepas")
    response, lembar = _decide(client, base, 0, "pakai", 0)
    assert "baru saja" in response.content.decode()
    assert not lembar[0]["dipakai"]
