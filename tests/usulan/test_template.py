"""Our own list: it comes back without a question, with last year's rows linked to what they repeat."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from musrenbang.models import Desa, Musrenbang
from musrenbang.states import Tahap
from usulan.models import ImporUsulan, Usulan
from usulan.template import BARIS_JUDUL


@pytest.fixture
def ready_event(acara, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    previous = Musrenbang.objects.create(
        kecamatan=acara.kecamatan,
        slug="sikur-lalu",
        tahun_pelaksanaan=acara.tahun_pelaksanaan - 1,
        tahun_rencana=acara.tahun_rencana - 1,
        tahap=Tahap.SELESAI,
    )
    Usulan.objects.create(
        musrenbang=previous,
        nomor=12,
        asal="formulir",
        desa=Desa.objects.get(nama="Sikur"),
        kegiatan="=Talud sungai",
        lokasi="Dusun A",
        volume=40,
        satuan="m",
        biaya=8_000_000,
    )
    return acara


def download(client, acara, nama="Sikur"):
    return client.get(f"/m/{acara.slug}/usulan/impor/templat/{Desa.objects.get(nama=nama).kode}/")


def test_it_is_locked_has_drop_downs_and_last_years_rows(ready_event, masuk):
    response = download(masuk("bu_pmd"), ready_event)
    assert "du-rkp-sikur-" in response.headers["Content-Disposition"]
    lembar = load_workbook(BytesIO(response.content))["DU-RKP"]
    assert lembar.protection.sheet
    assert lembar.cell(BARIS_JUDUL, 3).protection.locked
    assert not lembar.cell(BARIS_JUDUL + 1, 3).protection.locked
    assert {str(v.sqref)[0] for v in lembar.data_validations.dataValidation} == {"B", "E", "F", "G", "H"}
    sel = lembar.cell(BARIS_JUDUL + 1, 3)
    assert (sel.value, sel.data_type) == ("=Talud sungai", "s")


def test_filled_in_it_is_imported_without_a_question(ready_event, masuk):
    client = masuk("bu_pmd")
    workbook = load_workbook(BytesIO(download(client, ready_event).content))
    lembar = workbook["DU-RKP"]
    baris = ["Pelaksanaan Pembangunan Desa", "Rabat jalan", "Dusun B", 120, "m", 60_000_000, "DAK", "30 KK", "Becek", 1]
    for kolom, nilai in enumerate(baris, 2):
        lembar.cell(BARIS_JUDUL + 2, kolom, nilai)
    contents = BytesIO()
    workbook.save(contents)
    client.post(
        f"/m/{ready_event.slug}/usulan/impor/", {"berkas": SimpleUploadedFile("kosong.xlsx", contents.getvalue())}
    )
    impor = ImporUsulan.objects.get()
    assert impor.hasil["ringkasan"] | {"total_biaya": 0} == {
        "usulan": 2,
        "siap": 2,
        "perlu_dilengkapi": 0,
        "galat": 0,
        "total_biaya": 0,
    }
    client.post(f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/simpan/")
    retaining_wall, rabat = Usulan.objects.filter(musrenbang=ready_event).order_by("nomor")
    assert (retaining_wall.kegiatan, retaining_wall.biaya, retaining_wall.ulang_ke, retaining_wall.sumber.nomor) == (
        "=Talud sungai",
        8_000_000,
        1,
        12,
    )
    assert (rabat.volume, rabat.satuan, rabat.sumber_dana.nama, rabat.prioritas_desa) == (120, "m", "DAK", 1)
    assert rabat.desa.nama == "Sikur"
    daftar = client.get(f"/m/{ready_event.slug}/usulan/").content.decode()
    assert "pengajuan ulang ke-1" in daftar
    assert "Tidak ada yang menunggu" in client.get(f"/m/{ready_event.slug}/usulan/tahun-lalu/").content.decode()


@pytest.mark.parametrize(
    ("nama", "desa", "kode"),
    [("operator_desa", "Sikur", 200), ("operator_desa", "Semaya", 404), ("pak_camat", "Sikur", 403)],
)
def test_who_gets_it(nama, desa, kode, ready_event, masuk):
    assert download(masuk(nama), ready_event, desa).status_code == kode
