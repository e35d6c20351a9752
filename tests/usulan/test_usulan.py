"""The list of proposals, completing one, its spreadsheet, the suggestion of an SKPD and the command."""

import json
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from tests.conftest import BARIS, FIXTURES, JUDUL
from tests.sheet_rows import rows_and_sums
from usulan.models import ImporUsulan, Usulan
from usulan.sorting import Kunci, Sorter

ISI = {
    "kegiatan": "Rehab kantor desa",
    "permasalahan": "",
    "lokasi": "Pusat desa",
    "volume": "1",
    "satuan": "unit",
    "biaya": "215.000.000",
    "sumber_dana": "",
    "manfaat": "3.200 jiwa",
    "prioritas_desa": "",
}


def _url(acara, usulan):
    return f"/m/{acara.slug}/usulan/{usulan.pk}/"


def test_completing_a_proposal(acara, usulan, masuk):
    masuk("bu_pmd").post(_url(acara, usulan[4]), ISI | {"versi": 1})
    baru = Usulan.objects.get(pk=usulan[4].pk)
    assert (baru.biaya, baru.manfaat, baru.versi, baru.perlu_dilengkapi) == (215_000_000, "3.200 jiwa", 2, [])
    assert JejakAudit.objects.get(aksi="usulan.diubah").rincian["biaya"] == [None, "215000000"]


def test_a_stale_save_is_refused_and_what_was_typed_stays(acara, usulan, masuk):
    masuk("bu_pmd").post(_url(acara, usulan[4]), ISI | {"versi": 1})
    response = masuk("pak_sekcam").post(_url(acara, usulan[4]), ISI | {"versi": 1, "kegiatan": "Ketikan saya"})
    contents = response.content.decode()
    assert "sudah mengubah usulan ini" in contents
    assert "Ketikan saya" in contents
    assert Usulan.objects.get(pk=usulan[4].pk).kegiatan == "Rehab kantor desa"


@pytest.mark.parametrize(
    "kolom, text, kata",
    [
        ("biaya", "banyak", "Jumlah ini belum terbaca"),
        ("biaya", "0", "lebih dari 0"),
        ("biaya", "-5", "Jumlah ini belum terbaca"),
        ("volume", "dua", "koma desimal"),
        ("volume", "0", "lebih dari 0"),
        ("kegiatan", "", "wajib diisi"),
    ],
)
def test_wrong_values_are_named(kolom, text, kata, acara, usulan, masuk):
    response = masuk("bu_pmd").post(_url(acara, usulan[4]), ISI | {"versi": 1, kolom: text})
    assert kata in response.content.decode()
    assert Usulan.objects.get(pk=usulan[4].pk).versi == 1


@pytest.mark.parametrize(
    "nama, status", [("pak_camat", 403), ("bu_bappeda", 403), ("operator_desa", 404), ("orang_luar", 404)]
)
def test_wrong_people(nama, status, acara, usulan, masuk):
    assert masuk(nama).post(_url(acara, usulan[4]), ISI | {"versi": 1}).status_code == status


def test_locked_after_preparation(acara, usulan, masuk, move_event):
    move_event(acara, Tahap.SIAP)
    response = masuk("bu_pmd").post(_url(acara, usulan[4]), ISI | {"versi": 1})
    assert response.status_code == 200
    assert Usulan.objects.get(pk=usulan[4].pk).biaya is None


@pytest.mark.parametrize(
    "filters, nomor",
    [
        ("", [1, 2, 3, 4, 5, 6]),
        ("?desa=52.03.04.2002", [3, 4]),
        ("?lengkap=tidak", [5]),
        ("?lengkap=ya&cari=jembatan", [6]),
        ("?cari=KK petani", []),
    ],
)
def test_filters_stand_in_the_url_and_reach_the_spreadsheet(filters, nomor, acara, usulan, masuk):
    client = masuk("bu_pmd")
    contents = client.get(f"/m/{acara.slug}/usulan/{filters}").content.decode()
    assert ("Tidak ada usulan yang cocok" in contents) == (not nomor)
    content = client.get(f"/m/{acara.slug}/usulan/unduh/{filters}").content
    assert [r[0] for r in rows_and_sums(content)[0]] == nomor


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number_of_rows(n, acara, usulan, masuk, django_assert_num_queries):
    Usulan.objects.filter(nomor__gt=n).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(16):
        client.get(f"/m/{acara.slug}/usulan/")


@pytest.mark.parametrize("n", [1, 3])
def test_the_preview_needs_the_same_queries_for_any_number_of_rows(
    n, acara, move_event, masuk, make_workbook, cast, django_assert_num_queries
):
    from usulan.services.impor import stage_impor

    move_event(acara, Tahap.PERSIAPAN)
    path = make_workbook("x.xlsx", [JUDUL, *BARIS[:n]])
    impor = stage_impor(musrenbang=acara, path=path, nama="x.xlsx", by=cast["bu_pmd"])
    client = masuk("bu_pmd")
    with django_assert_num_queries(9):
        client.get(f"/m/{acara.slug}/usulan/impor/{impor.pk}/")


def test_formulas_in_a_cell_are_text_in_our_spreadsheets(acara, usulan, masuk):
    Usulan.objects.filter(nomor=1).update(kegiatan="=HYPERLINK(1)", lokasi="@x")
    workbook = load_workbook(BytesIO(masuk("bu_pmd").get(f"/m/{acara.slug}/usulan/unduh/").content))
    sel = workbook.active["F3"]
    assert (sel.value, sel.data_type, sel.quotePrefix) == ("=HYPERLINK(1)", "s", True)


KUNCI = [
    Kunci("jalan", 1),
    Kunci("jalan usaha tani", 2),
    Kunci("drainase", 1),
    Kunci("drainase permukiman", 3),
    Kunci("sd", 4),
]


@pytest.mark.parametrize(
    "words, skpd",
    [
        ("Pengerasan jalan usaha tani", 2),
        ("Perbaikan Jalan dusun", 1),
        ("Drainase permukiman RT 5", 3),
        ("Rehab SDN 02", None),
        ("Rehab SD 02", 4),
        ("Bantuan sapi", None),
        ("", None),
    ],
)
def test_the_longest_keyword_wins(words, skpd):
    kunci = Sorter(KUNCI).match(words)
    assert (kunci.skpd if kunci else None) == skpd


@pytest.mark.django_db(transaction=True)
def test_the_command_prints_the_contract_and_writes_nothing(acara, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    leaving = StringIO()
    with pytest.raises(CommandError) as galat:  # this kecamatan has three of the fourteen desa of the file
        call_command(
            "impor_usulan", FIXTURES / "xlsx/07-gabungan.xlsx", musrenbang=acara.slug, json=True, stdout=leaving
        )
    assert galat.value.returncode == 1
    content = json.loads(leaving.getvalue())
    assert set(content) == {"berkas", "sha256", "lembar", "ringkasan"}
    assert content["lembar"][0]["kolom"]["kegiatan"] == "C"
    assert content["lembar"][0]["usulan"][0]["volume"] == "49"
    assert content["ringkasan"]["usulan"] == 22
    assert ImporUsulan.objects.count() == 0


def test_the_command_saves_through_the_same_services(acara, move_event, make_workbook):
    move_event(acara, Tahap.PERSIAPAN)
    path = make_workbook("x.xlsx", [JUDUL, *BARIS])
    call_command("impor_usulan", path, musrenbang=acara.slug, simpan=True, stdout=StringIO())
    assert Usulan.objects.count() == 6
    with pytest.raises(CommandError, match="sudah diunggah") as galat:
        call_command("impor_usulan", path, musrenbang=acara.slug, simpan=True, stdout=StringIO())
    assert galat.value.returncode == 2


@pytest.mark.parametrize(
    "change, kata",
    [
        ({"musrenbang": "tidak-ada"}, "tidak ada"),
        ({"desa": "1"}, "Desa 1 tidak ada"),
        ({"sebagai": "hantu", "simpan": True}, "hantu"),
    ],
)
def test_wrong_arguments_of_the_command(change, kata, acara, move_event, make_workbook):
    move_event(acara, Tahap.PERSIAPAN)
    with pytest.raises(CommandError, match=kata) as galat:
        call_command(
            "impor_usulan",
            make_workbook("x.xlsx", [JUDUL, *BARIS]),
            **({"musrenbang": acara.slug, "stdout": StringIO()} | change),
        )
    assert galat.value.returncode == 2
