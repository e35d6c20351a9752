"""Files that are not what they say: each refused with its own sentence, nothing written."""

import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL
from usulan.impor.files import OLE, FileRefused, read_grids
from usulan.models import ImporUsulan, Usulan

BATAS = {"max_byte": 10 * 1024 * 1024, "max_baris": 20_000}


def _excluded_excel(path):
    path.write_bytes(b"halo, ini teks biasa")


def _empty(path):
    path.write_bytes(b"")


def _locked(path):
    path.write_bytes(OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500)


def _xls_broken(path):
    path.write_bytes(OLE + b"\0" * 1000)


def _image(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 500)


def _web(path):
    path.write_bytes(b"<html><table><tr><td>Kegiatan</td></tr></table></html>")


def _large(path):
    path.write_bytes(b"PK\x03\x04" + b"\0" * (50 * 1024 * 1024))


def _truncated(path):
    workbook = Workbook()
    workbook.active.append(JUDUL)
    workbook.save(path)
    path.write_bytes(path.read_bytes()[:-400])


def _zip_other(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("catatan.txt", "halo")


def _bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)


def _xml_broken(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<bukan")


def _xxe(path):
    workbook = Workbook()
    workbook.active.append(JUDUL)
    workbook.save(path)
    with zipfile.ZipFile(path) as archive:
        content = {n: archive.read(n) for n in archive.namelist()}
    hostile = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    content["xl/workbook.xml"] = hostile + content["xl/workbook.xml"].split(b"?>", 1)[-1]
    with zipfile.ZipFile(path, "w") as archive:
        for nama, data in content.items():
            archive.writestr(nama, data)


JAHAT = {
    _excluded_excel: "bukan tabel",
    _empty: "kosong (0 byte)",
    _locked: "dikunci dengan kata sandi",
    _xls_broken: "Berkas rusak",
    _image: "bukan berkas daftar usulan",
    _web: "halaman web",
    _large: "Berkas ini 50 MB, batasnya 10 MB",
    _truncated: "rusak atau terpotong",
    _zip_other: "bukan lembar kerja",
    _bomb: "terlalu besar setelah dibuka",
    _xml_broken: "Berkas rusak",
    _xxe: "rusak",
}


@pytest.mark.parametrize("build", JAHAT, ids=lambda f: f.__name__)
def test_refused_with_its_sentence(build, tmp_path):
    path = tmp_path / "jahat.xlsx"
    build(path)
    with pytest.raises(FileRefused, match=JAHAT[build].replace("(", r"\(").replace(")", r"\)")):
        read_grids(path, **BATAS)


@pytest.mark.parametrize("make", [_excluded_excel, _empty, _locked, _large], ids=lambda f: f.__name__)
def test_the_page_says_the_same_and_keeps_what_was_chosen(make, tmp_path, acara, masuk, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    path = tmp_path / "jahat.xlsx"
    make(path)
    desa = acara.kecamatan.desa_set.get(nama="Semaya")
    contents = {"berkas": SimpleUploadedFile("DU-RKP Semaya.xlsx", path.read_bytes()), "desa": desa.pk}
    response = masuk("pak_sekcam").post(f"/m/{acara.slug}/usulan/impor/", contents)
    html = response.content.decode()
    assert response.status_code == 422
    assert JAHAT[make] in html
    assert "DU-RKP Semaya.xlsx" in html
    assert f'<option value="{desa.pk}" selected>' in html
    assert (ImporUsulan.objects.count(), Usulan.objects.count()) == (0, 0)


def test_two_hundred_thousand_rows_are_refused_early(tmp_path):
    workbook = Workbook(write_only=True)
    worksheet = workbook.create_sheet()
    worksheet.append(JUDUL)
    for i in range(200_000):
        worksheet.append([i, "Semaya"])
    workbook.save(tmp_path / "panjang.xlsx")
    with pytest.raises(FileRefused, match=r"lebih dari 20\.000 baris"):
        read_grids(tmp_path / "panjang.xlsx", **BATAS)


def test_control_characters_are_cleaned(make_workbook):
    path = make_workbook("x.xlsx", [JUDUL, BARIS[0]])
    with zipfile.ZipFile(path) as archive:
        content = {n: archive.read(n) for n in archive.namelist()}
    for nama, data in content.items():
        content[nama] = data.replace(b"Dusun I<", "Du\u200bsun\u202e I<".encode())
    with zipfile.ZipFile(path, "w") as archive:
        for nama, data in content.items():
            archive.writestr(nama, data)
    assert read_grids(path, **BATAS)[0].baris[2][4] == "Dusun I"
