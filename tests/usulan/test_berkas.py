"""Files that are not what they say: each refused with its own sentence, nothing written."""

import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL
from usulan.impor.berkas import OLE, FileRefused, read_grids
from usulan.models import ImporUsulan, Usulan

BATAS = {"max_byte": 10 * 1024 * 1024, "max_baris": 20_000}


def _bukan_excel(path):
    path.write_bytes(b"halo, ini teks biasa")


def _kosong(path):
    path.write_bytes(b"")


def _terkunci(path):
    path.write_bytes(OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500)


def _xls_rusak(path):
    path.write_bytes(OLE + b"\0" * 1000)


def _gambar(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 500)


def _web(path):
    path.write_bytes(b"<html><table><tr><td>Kegiatan</td></tr></table></html>")


def _besar(path):
    path.write_bytes(b"PK\x03\x04" + b"\0" * (50 * 1024 * 1024))


def _terpotong(path):
    wb = Workbook()
    wb.active.append(JUDUL)
    wb.save(path)
    path.write_bytes(path.read_bytes()[:-400])


def _zip_lain(path):
    with zipfile.ZipFile(path, "w") as arsip:
        arsip.writestr("catatan.txt", "halo")


def _bom(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr("[Content_Types].xml", "<Types/>")
        arsip.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)


def _xml_rusak(path):
    with zipfile.ZipFile(path, "w") as arsip:
        arsip.writestr("[Content_Types].xml", "<Types/>")
        arsip.writestr("xl/workbook.xml", "<bukan")


def _xxe(path):
    wb = Workbook()
    wb.active.append(JUDUL)
    wb.save(path)
    with zipfile.ZipFile(path) as arsip:
        isi = {n: arsip.read(n) for n in arsip.namelist()}
    jahat = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    isi["xl/workbook.xml"] = jahat + isi["xl/workbook.xml"].split(b"?>", 1)[-1]
    with zipfile.ZipFile(path, "w") as arsip:
        for nama, data in isi.items():
            arsip.writestr(nama, data)


JAHAT = {
    _bukan_excel: "bukan tabel",
    _kosong: "kosong (0 byte)",
    _terkunci: "dikunci dengan kata sandi",
    _xls_rusak: "Berkas rusak",
    _gambar: "bukan berkas daftar usulan",
    _web: "halaman web",
    _besar: "Berkas ini 50 MB, batasnya 10 MB",
    _terpotong: "rusak atau terpotong",
    _zip_lain: "bukan lembar kerja",
    _bom: "terlalu besar setelah dibuka",
    _xml_rusak: "Berkas rusak",
    _xxe: "rusak",
}


@pytest.mark.parametrize("buat", JAHAT, ids=lambda f: f.__name__)
def test_refused_with_its_sentence(buat, tmp_path):
    path = tmp_path / "jahat.xlsx"
    buat(path)
    with pytest.raises(FileRefused, match=JAHAT[buat].replace("(", r"\(").replace(")", r"\)")):
        read_grids(path, **BATAS)


@pytest.mark.parametrize("buat", [_bukan_excel, _kosong, _terkunci, _besar], ids=lambda f: f.__name__)
def test_the_page_says_the_same_and_keeps_what_was_chosen(buat, tmp_path, acara, masuk, pindah):
    pindah(acara, Tahap.PERSIAPAN)
    path = tmp_path / "jahat.xlsx"
    buat(path)
    desa = acara.kecamatan.desa_set.get(nama="Semaya")
    isi = {"berkas": SimpleUploadedFile("DU-RKP Semaya.xlsx", path.read_bytes()), "desa": desa.pk}
    jawab = masuk("pak_sekcam").post(f"/m/{acara.slug}/usulan/impor/", isi)
    html = jawab.content.decode()
    assert jawab.status_code == 422
    assert JAHAT[buat] in html
    assert "DU-RKP Semaya.xlsx" in html
    assert f'<option value="{desa.pk}" selected>' in html
    assert (ImporUsulan.objects.count(), Usulan.objects.count()) == (0, 0)


def test_two_hundred_thousand_rows_are_refused_early(tmp_path):
    wb = Workbook(write_only=True)
    ws = wb.create_sheet()
    ws.append(JUDUL)
    for i in range(200_000):
        ws.append([i, "Semaya"])
    wb.save(tmp_path / "panjang.xlsx")
    with pytest.raises(FileRefused, match=r"lebih dari 20\.000 baris"):
        read_grids(tmp_path / "panjang.xlsx", **BATAS)


def test_control_characters_are_cleaned(buku):
    path = buku("x.xlsx", [JUDUL, BARIS[0]])
    with zipfile.ZipFile(path) as arsip:
        isi = {n: arsip.read(n) for n in arsip.namelist()}
    for nama, data in isi.items():
        isi[nama] = data.replace(b"Dusun I<", "Du\u200bsun\u202e I<".encode())
    with zipfile.ZipFile(path, "w") as arsip:
        for nama, data in isi.items():
            arsip.writestr(nama, data)
    assert read_grids(path, **BATAS)[0].baris[2][4] == "Dusun I"
