"""Upload, preview, save, undo: each once, each with its refusals."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL
from usulan.models import ImporUsulan, StatusImpor, Usulan


@pytest.fixture
def siap(acara, pindah):
    pindah(acara, Tahap.PERSIAPAN)
    return acara


def unggah(client, acara, *path, **isi):
    berkas = [SimpleUploadedFile(p.name, p.read_bytes()) for p in path]
    return client.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": berkas} | isi)


def test_upload_shows_a_preview_and_writes_no_proposal(siap, masuk, buku):
    client = masuk("bu_pmd")
    jawab = unggah(client, siap, buku("du-rkp.xlsx", [JUDUL, *BARIS, ["", "", "Jumlah", "", "", "", 500_000_000]]))
    impor = ImporUsulan.objects.get()
    assert jawab.headers["Location"] == f"/m/{siap.slug}/usulan/impor/{impor.pk}/"
    assert (impor.status, Usulan.objects.count()) == (StatusImpor.PRATINJAU, 0)
    isi = client.get(jawab.headers["Location"]).content.decode()
    for potong in (
        "Simpan 6 usulan",
        "Belum ada: biaya.",
        "Baris Excel",
        "tercetak Rp\u00a0500.000.000",
        "baris jumlah",
    ):
        assert potong in isi


def test_saving_keeps_where_each_row_came_from(siap, masuk, buku):
    client = masuk("bu_pmd")
    unggah(client, siap, buku("du-rkp.xlsx", [JUDUL, *BARIS]))
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{siap.slug}/usulan/impor/{impor.pk}/simpan/")
    satu = Usulan.objects.get(nomor=2)
    assert (satu.impor.nama_berkas, satu.lembar, satu.baris) == ("du-rkp.xlsx", "Usulan", 3)
    assert satu.mentah == {
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
    assert (satu.biaya, satu.sumber_dana.nama, satu.skpd.singkatan) == (120_000_000, "DAK", "Dinkes")
    with impor.berkas.open() as berkas:
        assert berkas.read(2) == b"PK"


def test_a_second_click_saves_nothing_twice(siap, masuk, buku):
    client = masuk("bu_pmd")
    unggah(client, siap, buku("du-rkp.xlsx", [JUDUL, *BARIS]))
    url = f"/m/{siap.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/simpan/"
    client.post(url)
    jawab = client.post(url, follow=True)
    assert "Tidak ada yang disimpan dua kali" in jawab.content.decode()
    assert Usulan.objects.count() == 6


def test_the_same_upload_twice_is_one_preview_and_a_saved_file_is_recognised(siap, masuk, buku):
    client, path = masuk("bu_pmd"), buku("du-rkp.xlsx", [JUDUL, *BARIS])
    unggah(client, siap, path)
    unggah(client, siap, path)
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{siap.slug}/usulan/impor/{impor.pk}/simpan/")
    jawab = unggah(client, siap, path)
    assert jawab.status_code == 422
    assert "berkas yang persis sama sudah diunggah" in jawab.content.decode()


def test_several_files_at_once_and_one_of_them_bad(siap, masuk, buku, tmp_path):
    buruk = tmp_path / "foto.xlsx"
    buruk.write_bytes(b"JFIF")
    jawab = unggah(masuk("bu_pmd"), siap, buku("a.xlsx", [JUDUL, BARIS[0]]), buruk, buku("b.xlsx", [JUDUL, BARIS[2]]))
    isi = jawab.content.decode()
    assert "foto.xlsx: Isi berkas ini teks biasa" in isi
    assert "2 berkas siap diperiksa" in isi
    assert ImporUsulan.objects.count() == 2


def test_an_unknown_desa_blocks_saving_until_it_is_chosen(siap, masuk, buku):
    client = masuk("bu_pmd")
    unggah(client, siap, buku("x.xlsx", [JUDUL, [1, "Sukamaju", *BARIS[0][2:]]]))
    impor = ImporUsulan.objects.get()
    dasar = f"/m/{siap.slug}/usulan/impor/{impor.pk}"
    assert "Simpan 1 usulan" not in client.get(f"{dasar}/").content.decode()
    client.post(f"{dasar}/simpan/")
    assert Usulan.objects.count() == 0
    client.post(f"{dasar}/desa/", {"teks": ["Sukamaju"], "desa": ["52.03.04.2001"]})
    client.post(f"{dasar}/simpan/")
    assert Usulan.objects.get().desa.nama == "Semaya"


def test_choosing_a_desa_of_another_kecamatan_is_refused(siap, masuk, buku):
    client = masuk("bu_pmd")
    unggah(client, siap, buku("x.xlsx", [JUDUL, [1, "Sukamaju", *BARIS[0][2:]]]))
    impor = ImporUsulan.objects.get()
    jawab = client.post(
        f"/m/{siap.slug}/usulan/impor/{impor.pk}/desa/", {"teks": ["Sukamaju"], "desa": ["11.01.01.2001"]}, follow=True
    )
    assert "Belum ada desa yang dipilih." in jawab.content.decode()


def test_undo_removes_the_import_while_nothing_is_built_on_it(siap, masuk, buku):
    client = masuk("bu_pmd")
    unggah(client, siap, buku("x.xlsx", [JUDUL, *BARIS]))
    impor = ImporUsulan.objects.get()
    client.post(f"/m/{siap.slug}/usulan/impor/{impor.pk}/simpan/")
    client.post(f"/m/{siap.slug}/usulan/impor/{impor.pk}/batal/")
    impor.refresh_from_db()
    assert (impor.status, Usulan.objects.count()) == (StatusImpor.DIBATALKAN, 0)
    assert unggah(client, siap, buku("x.xlsx", [JUDUL, *BARIS])).status_code == 302  # may come in again


def test_undo_is_refused_once_the_draft_uses_it(siap, masuk, draf):
    impor = ImporUsulan.objects.get()
    jawab = masuk("bu_pmd").post(f"/m/{siap.slug}/usulan/impor/{impor.pk}/batal/", follow=True)
    assert "sudah masuk draf RKP Kecamatan" in jawab.content.decode()
    impor.refresh_from_db()
    assert (impor.status, Usulan.objects.count()) == (StatusImpor.TERSIMPAN, 6)


def test_an_operator_imports_the_own_desa_only(siap, masuk, buku):
    client, desa = masuk("operator_desa"), siap.kecamatan.desa_set.get(nama="Sikur")
    unggah(client, siap, buku("campur.xlsx", [JUDUL, *BARIS]), desa=desa.pk)
    impor = ImporUsulan.objects.get()
    jawab = client.post(f"/m/{siap.slug}/usulan/impor/{impor.pk}/simpan/", follow=True)
    assert "Anda hanya dapat menyimpan usulan desa sendiri" in jawab.content.decode()
    unggah(client, siap, buku("sendiri.xlsx", [JUDUL, *BARIS[2:4]]), desa=desa.pk)
    client.post(f"/m/{siap.slug}/usulan/impor/{ImporUsulan.objects.first().pk}/simpan/")
    assert set(Usulan.objects.values_list("desa__nama", flat=True)) == {"Sikur"}


@pytest.mark.parametrize(
    "nama, status", [("pak_camat", 403), ("orang_skpd", 403), ("bu_bappeda", 403), ("orang_luar", 404)]
)
def test_wrong_people(nama, status, siap, masuk, buku):
    assert unggah(masuk(nama), siap, buku("x.xlsx", [JUDUL, *BARIS])).status_code == status


def test_an_operator_does_not_see_the_preview_of_others(siap, masuk, buku):
    unggah(masuk("bu_pmd"), siap, buku("x.xlsx", [JUDUL, *BARIS]))
    url = f"/m/{siap.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/"
    assert masuk("operator_desa").get(url).status_code == 404


@pytest.mark.parametrize("aksi", ["simpan", "batal", "desa"])
def test_verbs_take_post(aksi, siap, masuk, buku):
    client = masuk("bu_pmd")
    unggah(client, siap, buku("x.xlsx", [JUDUL, *BARIS]))
    assert client.get(f"/m/{siap.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/{aksi}/").status_code == 405


def test_a_preview_left_open_cannot_be_saved_in_a_later_stage(siap, masuk, buku, pindah):
    client = masuk("bu_pmd")
    unggah(client, siap, buku("x.xlsx", [JUDUL, *BARIS]))
    pindah(siap, Tahap.SIAP)
    jawab = client.post(f"/m/{siap.slug}/usulan/impor/{ImporUsulan.objects.get().pk}/simpan/", follow=True)
    assert "sekarang pada tahap “Siap sidang”" in jawab.content.decode()
    assert Usulan.objects.count() == 0
    assert not JejakAudit.objects.filter(aksi="imporusulan.status").exists()


def test_no_file_chosen(siap, masuk):
    jawab = masuk("bu_pmd").post(f"/m/{siap.slug}/usulan/impor/", {})
    assert "Pilih berkas yang akan diunggah." in jawab.content.decode()


def test_a_full_disk_is_said_and_nothing_is_kept(siap, masuk, buku, monkeypatch):
    from django.core.files.storage import FileSystemStorage

    def penuh(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", penuh)
    client = masuk("bu_pmd")
    client.raise_request_exception = False
    jawab = unggah(client, siap, buku("x.xlsx", [JUDUL, *BARIS]))
    assert jawab.status_code == 507
    assert "Ruang server penuh" in jawab.content.decode()
    assert ImporUsulan.objects.count() == 0
