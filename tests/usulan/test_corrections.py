"""Correcting a preview: each kind once, read again from the kept file, with its refusals."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from musrenbang.models import Desa, JejakAudit
from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL
from usulan.models import ImporUsulan, PolaKolom, Usulan


@pytest.fixture
def ready_event(acara, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    return acara


@pytest.fixture
def preview_import(ready_event, masuk, make_workbook):
    """Upload rows under the usual heading as a member of the team; return (client, url of the preview, import)."""

    def _preview(baris, judul=JUDUL, oleh="bu_pmd"):
        client = masuk(oleh)
        path = make_workbook("du-rkp.xlsx", [judul, *baris])
        client.post(
            f"/m/{ready_event.slug}/usulan/impor/", {"berkas": SimpleUploadedFile("du-rkp.xlsx", path.read_bytes())}
        )
        impor = ImporUsulan.objects.latest("pk")
        return client, f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/", impor

    return _preview


def baca(impor, lembar=0):
    impor.refresh_from_db()
    return impor.hasil["lembar"][lembar]["usulan"]


def entry(u, dilihat=0, **change):
    """What the browser sends for a row of the preview."""
    nama = ("desa", "bidang", "kegiatan", "lokasi", "satuan", "sumber_dana", "manfaat")
    content = {n: u[n] or "" for n in nama} | {
        "lembar": 0,
        "baris": u["baris"],
        "bagian": u["bagian"] or "",
        "dilihat": dilihat,
        "aksi": "ubah",
        "volume": (u["volume"] or "").replace(".", ","),
        "biaya": u["biaya"] or "",
        "pecahan": u["kegiatan"] or "",
    }
    return content | change


def test_a_cell_is_corrected_and_the_old_value_stays_visible(preview_import):
    client, url, impor = preview_import(BARIS)
    u = baca(impor)[0]
    client.post(f"{url}baris/simpan/", entry(u, volume="1.250,5", biaya="75.000.000", lokasi="Dusun Baru"))
    baru = baca(impor)[0]
    assert (baru["volume"], baru["biaya"], baru["lokasi"]) == ("1250.5", 75_000_000, "Dusun Baru")
    assert baru["diubah"]["biaya"] == [str(u["biaya"]), "75000000"]
    assert baru["mentah"] == u["mentah"]
    assert "Dusun Baru" in client.get(url).content.decode()
    assert JejakAudit.objects.filter(aksi="impor.dikoreksi").count() == 1
    client.post(f"{url}simpan/")
    assert Usulan.objects.get(nomor=1).volume == Decimal("1250.5")


def test_the_same_for_all_below_takes_only_rows_that_held_the_same(preview_import):
    baris = [
        [i, "Semaya", f"Talud {i}", lokasi, 5, "m", 1_000_000, "DAK", ""]
        for i, lokasi in enumerate(["", "", "Dusun Z", ""], 1)
    ]
    client, url, impor = preview_import(baris)
    client.post(f"{url}baris/simpan/", entry(baca(impor)[1], lokasi="Dusun Kebun", bawah=["lokasi"]))
    assert [u["lokasi"] for u in baca(impor)] == [None, "Dusun Kebun", "Dusun Z", "Dusun Kebun"]


def test_a_row_is_no_proposal_and_comes_back(preview_import):
    client, url, impor = preview_import(BARIS)
    jumlah = impor.hasil["ringkasan"]["usulan"]
    client.post(f"{url}baris/simpan/", entry(baca(impor)[0], aksi="bukan"))
    assert len(baca(impor)) == jumlah - 1
    past = [d for d in impor.hasil["lembar"][0]["dilewati"] if d["alasan"] == "bukan_usulan"]
    assert [d["baris"] for d in past] == [2]
    client.post(f"{url}lembar/", {"lembar": 0, "baris": 2, "dilihat": 1})
    assert len(baca(impor)) == jumlah


def test_one_work_of_a_cell_is_no_proposal_then_all_then_they_come_back(preview_import):
    client, url, impor = preview_import([[1, "Semaya", "• Talud\n• Terima kasih", "Dusun A", "", "", "", "DAK", ""]])
    client.post(f"{url}baris/simpan/", entry(baca(impor)[1], aksi="bukan"))
    assert [u["kegiatan"] for u in baca(impor)] == ["Talud"]
    client.post(f"{url}baris/simpan/", entry(baca(impor)[0], dilihat=1, aksi="bukan"))
    assert baca(impor) == []
    assert [d["alasan"] for d in impor.hasil["lembar"][0]["dilewati"]] == ["bukan_usulan"]
    client.post(f"{url}lembar/", {"lembar": 0, "baris": 2, "dilihat": 2})
    assert [u["kegiatan"] for u in baca(impor)] == ["Talud", "Terima kasih"]


def test_a_proposal_is_split_without_the_sum_growing(preview_import):
    client, url, impor = preview_import(BARIS)
    sebelum = impor.hasil["ringkasan"]["total_biaya"]
    client.post(f"{url}baris/simpan/", entry(baca(impor)[0], aksi="pecah", pecahan="Talud\n- Gorong-gorong\n\n"))
    dua = [u for u in baca(impor) if u["baris"] == 2]
    assert [(u["bagian"], u["kegiatan"]) for u in dua] == [(1, "Talud"), (2, "Gorong-gorong")]
    assert "biaya" in dua[1]["perlu_dilengkapi"]
    assert impor.hasil["ringkasan"]["total_biaya"] == sebelum
    client.post(f"{url}simpan/")
    assert Usulan.objects.filter(baris=2).count() == 2


def test_a_split_needs_two_works(preview_import):
    client, url, impor = preview_import(BARIS)
    response = client.post(f"{url}baris/simpan/", entry(baca(impor)[0], aksi="pecah", pecahan="Talud"))
    assert response.status_code == 422
    assert "sekurang-kurangnya dua usulan" in response.content.decode()


def test_a_row_that_continues_the_one_above_is_joined_and_the_sum_kept(preview_import):
    baris = [
        [1, "Semaya", "Pembangunan talud penahan", "Dusun A", 10, "m", 5_000_000, "DAK", ""],
        ["", "", "jalan menuju pasar", "", "", "", 2_000_000, "", ""],
    ]
    client, url, impor = preview_import(baris)
    client.post(f"{url}baris/simpan/", entry(baca(impor)[1], aksi="gabung"))
    one = baca(impor)
    assert [(u["kegiatan"], u["biaya"]) for u in one] == [("Pembangunan talud penahan jalan menuju pasar", 7_000_000)]
    assert one[0]["mentah"]["C (baris 3)"] == "jalan menuju pasar"
    assert [d["alasan"] for d in impor.hasil["lembar"][0]["dilewati"]] == ["digabung"]


def test_the_last_correction_is_taken_back(preview_import):
    client, url, impor = preview_import(BARIS)
    semula = baca(impor)
    client.post(f"{url}baris/simpan/", entry(semula[0], aksi="bukan"))
    client.post(f"{url}urungkan/", {"dilihat": 1})
    assert baca(impor) == semula
    response = client.post(f"{url}urungkan/", {"dilihat": 0}, follow=True)
    assert "Tidak ada koreksi yang dapat diurungkan" in response.content.decode()


def test_a_row_that_someone_else_just_corrected_is_refused(preview_import):
    client, url, impor = preview_import(BARIS)
    u = baca(impor)[0]
    client.post(f"{url}baris/simpan/", entry(u, lokasi="Dusun Satu"))
    response = client.post(f"{url}baris/simpan/", entry(u, lokasi="Dusun Dua"), follow=True)
    assert "baru saja dikoreksi orang lain" in response.content.decode()
    assert baca(impor)[0]["lokasi"] == "Dusun Satu"


def test_an_unchanged_form_corrects_nothing(preview_import):
    client, url, impor = preview_import(BARIS)
    client.post(f"{url}baris/simpan/", entry(baca(impor)[0]))
    impor.refresh_from_db()
    assert impor.koreksi == []


def test_suggestions_of_a_sheet_are_taken_at_once(preview_import):
    baris = [
        [1, "Semaya", "• RT 03 rabat beton 60 m", "", "", "", "", "", ""],
        [2, "Semaya", "Rabat beton 40 m di Dusun Kebun", "", "", "", "", "", ""],
    ]
    client, url, impor = preview_import(baris)
    assert "Pakai semua saran itu" in client.get(url).content.decode()
    client.post(f"{url}lembar/", {"lembar": 0, "dilihat": 0})
    assert [(u["lokasi"], u["volume"], u["satuan"]) for u in baca(impor)] == [
        ("RT 03", "60", "m"),
        ("Dusun Kebun", "40", "m"),
    ]


JUDUL_ANEH = ["No", "Asal", "Xyzzy", "Lokasi", "Volume", "Satuan", "Biaya", "Sumber Dana", "Kegiatan"]


def test_columns_chosen_by_a_person_are_used_and_remembered(preview_import, ready_event, make_workbook):
    baris = [[1, "Semaya", "Talud penahan", "Dusun A", 10, "m", 5_000_000, "DAK", "1.02"]]
    client, url, impor = preview_import(baris, JUDUL_ANEH)
    assert baca(impor)[0]["kegiatan"] == "1.02"
    pilihan = {
        "kolom-A": "no",
        "kolom-B": "desa",
        "kolom-C": "kegiatan",
        "kolom-D": "lokasi",
        "kolom-E": "volume",
        "kolom-F": "satuan",
        "kolom-G": "biaya",
        "kolom-H": "sumber_dana",
        "kolom-I": "bukan-apa-apa",
    }
    client.post(f"{url}kolom/", {"lembar": 0} | pilihan)
    u = baca(impor)[0]
    assert (u["kegiatan"], u["desa"], u["biaya"]) == ("Talud penahan", "52.03.04.2001", 5_000_000)
    assert PolaKolom.objects.count() == 1
    other = make_workbook(
        "lain.xlsx", [JUDUL_ANEH, [7, "Loyok", "Jembatan", "Dusun B", 1, "unit", 9_000_000, "DAU", "9.9"]]
    )
    client.post(f"/m/{ready_event.slug}/usulan/impor/", {"berkas": SimpleUploadedFile("lain.xlsx", other.read_bytes())})
    following = ImporUsulan.objects.latest("pk").hasil["lembar"][0]
    assert following["diingat"] is True
    assert following["usulan"][0]["kegiatan"] == "Jembatan"


def test_columns_without_the_work_itself_are_refused(preview_import):
    client, url, _ = preview_import(BARIS)
    response = client.post(f"{url}kolom/", {"lembar": 0, "kolom-A": "no"}, follow=True)
    assert "Pilih satu kolom sebagai Kegiatan" in response.content.decode()
    assert not PolaKolom.objects.exists()


def test_an_operators_choice_of_columns_is_not_for_everyone(preview_import, ready_event, masuk, make_workbook):
    client = masuk("operator_desa")
    path = make_workbook("a.xlsx", [JUDUL, BARIS[0]])
    desa = "52.03.04.2002"
    content = {"berkas": SimpleUploadedFile("a.xlsx", path.read_bytes()), "desa": Desa.objects.get(kode=desa).pk}
    client.post(f"/m/{ready_event.slug}/usulan/impor/", content)
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/kolom/", {"lembar": 0, "kolom-C": "kegiatan"})
    impor.refresh_from_db()
    assert impor.pola
    assert not PolaKolom.objects.exists()


@pytest.mark.parametrize("aksi", ["kolom", "baris/simpan", "lembar", "urungkan", "desa"])
def test_corrections_take_post_from_the_right_people_in_the_right_state(
    aksi, preview_import, masuk, ready_event, move_event
):
    client, url, impor = preview_import(BARIS)
    assert client.get(f"{url}{aksi}/").status_code == 405
    content = entry(baca(impor)[0], lokasi="X", teks="a", **{"kolom-C": "kegiatan"})
    assert masuk("pak_camat").post(f"{url}{aksi}/", content).status_code == 403
    assert masuk("orang_luar").post(f"{url}{aksi}/", content).status_code == 404
    masuk("bu_pmd").post(f"{url}simpan/")
    sebelum = baca(impor)
    masuk("bu_pmd").post(f"{url}{aksi}/", content)
    assert baca(impor) == sebelum


def test_a_row_that_is_not_there_is_not_found(preview_import):
    client, url, _ = preview_import(BARIS)
    for search in ("", "?lembar=0&baris=999", "?lembar=9&baris=2", "?lembar=0&baris=x"):
        assert client.get(f"{url}baris/{search}").status_code == 404


def test_the_form_comes_as_a_row_or_as_a_page(preview_import):
    client, url, _ = preview_import(BARIS)
    halaman = client.get(f"{url}baris/?lembar=0&baris=2&bagian=")
    assert "<h1>Koreksi baris 2</h1>" in halaman.content.decode()
    chunk = client.get(f"{url}baris/?lembar=0&baris=2&bagian=", headers={"HX-Request": "true"})
    assert chunk.content.decode().startswith('<tr class="sunting">')
