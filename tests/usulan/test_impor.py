"""Upload, preview, save, undo: each once, each with its refusals."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL
from usulan.models import ImporUsulan, StatusImpor, Usulan


@pytest.fixture
def ready_event(acara, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    return acara


def upload(client, acara, *path, **contents):
    berkas = [SimpleUploadedFile(p.name, p.read_bytes()) for p in path]
    return client.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": berkas} | contents)


def test_upload_shows_a_preview_and_writes_no_proposal(ready_event, masuk, make_workbook):
    client = masuk("bu_pmd")
    response = upload(
        client, ready_event, make_workbook("du-rkp.xlsx", [JUDUL, *BARIS, ["", "", "Jumlah", "", "", "", 500_000_000]])
    )
    impor = ImporUsulan.objects.get()
    assert response.headers["Location"] == f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/"
    assert (impor.status, Usulan.objects.count()) == (StatusImpor.PRATINJAU, 0)
    contents = client.get(response.headers["Location"]).content.decode()
    for cut in (
        "Simpan 6 usulan",
        "Belum ada: biaya.",
        "Baris Excel",
        "tercetak Rp500.000.000",
        "baris jumlah",
    ):
        assert cut in contents


def test_saving_keeps_where_each_row_came_from(ready_event, masuk, make_workbook):
    client = masuk("bu_pmd")
    upload(client, ready_event, make_workbook("du-rkp.xlsx", [JUDUL, *BARIS]))
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/simpan/")
    one = Usulan.objects.get(nomor=2)
    assert (one.impor.nama_berkas, one.lembar, one.baris) == ("du-rkp.xlsx", "Usulan", 3)
    assert one.mentah == {
        "A": "2",
        "B": "Semaya",
        "C": "Pembangunan gedung posyandu",
        "D": "Dusun II",
        "E": "1",
        "F": "unit",
        "G": "Rp 120.000.000,-",
        "H": "DAK",
        "I": "45 balita",
    }
    assert (one.biaya, one.sumber_dana.nama, one.skpd.singkatan) == (120_000_000, "DAK", "Dinkes")
    with impor.berkas.open() as berkas:
        assert berkas.read(2) == b"PK"


def test_a_second_click_saves_nothing_twice(ready_event, masuk, make_workbook):
    client = masuk("bu_pmd")
    upload(client, ready_event, make_workbook("du-rkp.xlsx", [JUDUL, *BARIS]))
    url = f"/m/{ready_event.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/simpan/"
    client.post(url)
    response = client.post(url, follow=True)
    assert "Tidak ada yang disimpan dua kali" in response.content.decode()
    assert Usulan.objects.count() == 6


def test_the_same_upload_twice_is_one_preview_and_a_saved_file_is_recognised(ready_event, masuk, make_workbook):
    client, path = masuk("bu_pmd"), make_workbook("du-rkp.xlsx", [JUDUL, *BARIS])
    upload(client, ready_event, path)
    upload(client, ready_event, path)
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/simpan/")
    response = upload(client, ready_event, path)
    assert response.status_code == 422
    assert "berkas yang persis sama sudah diunggah" in response.content.decode()


def test_several_files_at_once_and_one_of_them_bad(ready_event, masuk, make_workbook, tmp_path):
    bad = tmp_path / "foto.xlsx"
    bad.write_bytes(b"JFIF")
    response = upload(
        masuk("bu_pmd"),
        ready_event,
        make_workbook("a.xlsx", [JUDUL, BARIS[0]]),
        bad,
        make_workbook("b.xlsx", [JUDUL, BARIS[2]]),
    )
    contents = response.content.decode()
    assert "foto.xlsx: Isi berkas ini teks biasa" in contents
    assert "2 berkas siap diperiksa" in contents
    assert ImporUsulan.objects.count() == 2


def test_an_unknown_desa_blocks_saving_until_it_is_chosen(ready_event, masuk, make_workbook):
    client = masuk("bu_pmd")
    upload(client, ready_event, make_workbook("x.xlsx", [JUDUL, [1, "Sukamaju", *BARIS[0][2:]]]))
    impor = ImporUsulan.objects.get()
    base = f"/m/{ready_event.slug}/usulan/impor/{impor.pk}"
    assert "Simpan 1 usulan" not in client.get(f"{base}/").content.decode()
    client.post(f"{base}/simpan/")
    assert Usulan.objects.count() == 0
    client.post(f"{base}/desa/", {"teks": ["Sukamaju"], "desa": ["52.03.04.2001"]})
    client.post(f"{base}/simpan/")
    assert Usulan.objects.get().desa.nama == "Semaya"


def test_choosing_a_desa_of_another_kecamatan_is_refused(ready_event, masuk, make_workbook):
    client = masuk("bu_pmd")
    upload(client, ready_event, make_workbook("x.xlsx", [JUDUL, [1, "Sukamaju", *BARIS[0][2:]]]))
    impor = ImporUsulan.objects.get()
    response = client.post(
        f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/desa/",
        {"teks": ["Sukamaju"], "desa": ["11.01.01.2001"]},
        follow=True,
    )
    assert "Belum ada desa yang dipilih." in response.content.decode()


def test_undo_removes_the_import_while_nothing_is_built_on_it(ready_event, masuk, make_workbook):
    client = masuk("bu_pmd")
    upload(client, ready_event, make_workbook("x.xlsx", [JUDUL, *BARIS]))
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/simpan/")
    client.post(f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/batal/")
    impor.refresh_from_db()
    assert (impor.status, Usulan.objects.count()) == (StatusImpor.DIBATALKAN, 0)
    assert upload(client, ready_event, make_workbook("x.xlsx", [JUDUL, *BARIS])).status_code == 302  # may come in again


def test_undo_is_refused_once_the_draft_uses_it(ready_event, masuk, draft_event):
    impor = ImporUsulan.objects.get()
    response = masuk("bu_pmd").post(f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/batal/", follow=True)
    assert "sudah masuk draf RKP Kecamatan" in response.content.decode()
    impor.refresh_from_db()
    assert (impor.status, Usulan.objects.count()) == (StatusImpor.TERSIMPAN, 6)


def test_an_operator_imports_the_own_desa_only(ready_event, masuk, make_workbook):
    client, desa = masuk("operator_desa"), ready_event.kecamatan.desa_set.get(nama="Sikur")
    upload(client, ready_event, make_workbook("campur.xlsx", [JUDUL, *BARIS]), desa=desa.pk)
    impor = ImporUsulan.objects.get()
    response = client.post(f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/simpan/", follow=True)
    assert "Anda hanya dapat menyimpan usulan desa sendiri" in response.content.decode()
    upload(client, ready_event, make_workbook("sendiri.xlsx", [JUDUL, *BARIS[2:4]]), desa=desa.pk)
    client.post(f"/m/{ready_event.slug}/usulan/impor/{ImporUsulan.objects.first().pk}/simpan/")
    assert set(Usulan.objects.values_list("desa__nama", flat=True)) == {"Sikur"}


@pytest.mark.parametrize(
    "nama, status", [("pak_camat", 403), ("orang_skpd", 403), ("bu_bappeda", 403), ("orang_luar", 404)]
)
def test_wrong_people(nama, status, ready_event, masuk, make_workbook):
    assert upload(masuk(nama), ready_event, make_workbook("x.xlsx", [JUDUL, *BARIS])).status_code == status


def test_an_operator_does_not_see_the_preview_of_others(ready_event, masuk, make_workbook):
    upload(masuk("bu_pmd"), ready_event, make_workbook("x.xlsx", [JUDUL, *BARIS]))
    url = f"/m/{ready_event.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/"
    assert masuk("operator_desa").get(url).status_code == 404


@pytest.mark.parametrize("aksi", ["simpan", "batal", "desa"])
def test_verbs_take_post(aksi, ready_event, masuk, make_workbook):
    client = masuk("bu_pmd")
    upload(client, ready_event, make_workbook("x.xlsx", [JUDUL, *BARIS]))
    assert client.get(f"/m/{ready_event.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/{aksi}/").status_code == 405


def test_a_preview_left_open_cannot_be_saved_in_a_later_stage(ready_event, masuk, make_workbook, move_event):
    client = masuk("bu_pmd")
    upload(client, ready_event, make_workbook("x.xlsx", [JUDUL, *BARIS]))
    move_event(ready_event, Tahap.SIAP)
    response = client.post(f"/m/{ready_event.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/simpan/", follow=True)
    assert "sekarang pada tahap “Siap sidang”" in response.content.decode()
    assert Usulan.objects.count() == 0
    assert not JejakAudit.objects.filter(aksi="imporusulan.status").exists()


def test_no_file_chosen(ready_event, masuk):
    response = masuk("bu_pmd").post(f"/m/{ready_event.slug}/usulan/impor/", {})
    assert "Pilih berkas yang akan diunggah." in response.content.decode()


def test_a_full_disk_is_said_and_nothing_is_kept(ready_event, masuk, make_workbook, monkeypatch):
    from django.core.files.storage import FileSystemStorage

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    client = masuk("bu_pmd")
    client.raise_request_exception = False
    response = upload(client, ready_event, make_workbook("x.xlsx", [JUDUL, *BARIS]))
    assert response.status_code == 507
    assert "Ruang server penuh" in response.content.decode()
    assert ImporUsulan.objects.count() == 0
