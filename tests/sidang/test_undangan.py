"""Invitations: list, table, last year, numbers, sent and received, letters with their code."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from pypdf import PdfReader

from musrenbang.infra.codes import LETTERS, new_code, read_code
from musrenbang.infra.sheets import write_xlsx
from musrenbang.models import Musrenbang, PenghitungNomor
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.sidang import syarat
from musrenbang.sidang.models import Undangan
from musrenbang.sidang.services.undangan import KEPALA
from musrenbang.states import Tahap

ISI = {"nama": "Siti Aminah", "jabatan": "Kepala Desa Sikur", "unsur": "kades", "lembaga": "Desa Sikur"}


def simpan(client, acara, pk=None, **change):
    return client.post(f"/m/{acara.slug}/undangan/{pk or 'baru'}/", ISI | change, follow=True)


def upload(client, acara, baris):
    contents = write_xlsx(judul="x", kolom=[(k, 10) for k in KEPALA], baris=baris)
    berkas = SimpleUploadedFile("u.xlsx", contents)
    return client.post(f"/m/{acara.slug}/undangan/unggah/", {"berkas": berkas}, follow=True).content.decode()


def test_an_invitee_is_added_changed_and_taken_out(acara, masuk):
    client = masuk("bu_pmd")
    assert "Belum ada daftar undangan" in client.get(f"/m/{acara.slug}/undangan/").content.decode()
    simpan(client, acara)
    u = Undangan.objects.get()
    assert re.fullmatch(f"[{LETTERS}]{{6}}", u.kode)
    words = simpan(client, acara, u.pk, versi=7, lembaga="Jangan hilang").content.decode()
    assert "sudah mengubah" in words
    assert "Jangan hilang" in words
    simpan(client, acara, u.pk, versi=1, lembaga="Pemerintah Desa Sikur")
    u.refresh_from_db()
    assert u.lembaga == "Pemerintah Desa Sikur"
    client.post(f"/m/{acara.slug}/undangan/{u.pk}/hapus/")
    assert not Undangan.objects.exists()
    assert client.post(f"/m/{acara.slug}/undangan/{u.pk}/hapus/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"nama": "", "jabatan": ""}, "Isi nama, jabatan"), ({"unsur": "raja"}, "pilihan"), ({"usia": "300"}, "120")],
)
def test_bad_values_are_refused(changes, message, acara, masuk):
    response = simpan(masuk("bu_pmd"), acara, **changes)
    assert (response.status_code, message in response.content.decode()) == (422, True)


def test_the_same_person_is_invited_once(acara, masuk):
    client = masuk("bu_pmd")
    simpan(client, acara)
    assert "sudah ada di daftar" in simpan(client, acara).content.decode()
    assert Undangan.objects.count() == 1


BARIS = [
    ["Siti Aminah", "Kepala Desa", "Kepala desa/lurah dan perangkat", "Desa Sikur", "Sikur", "P", 45, "0812"],
    [None, "Ketua BPD", "bpd", "BPD Semaya", "Desa Semaya", None, None, None],
]


def test_a_table_comes_in_once_and_goes_out_again(acara, masuk):
    client = masuk("bu_pmd")
    assert "2 undangan ditambah" in upload(client, acara, BARIS)
    assert "0 undangan ditambah; 2 sudah ada" in upload(client, acara, BARIS)
    lembar = load_workbook(BytesIO(client.get(f"/m/{acara.slug}/undangan/unduh/").content)).active
    contents = [list(r)[:8] for r in lembar.iter_rows(min_row=3, values_only=True)]
    assert contents[0] == [
        "Siti Aminah",
        "Kepala Desa",
        "Kepala Desa dan perangkat",
        "Desa Sikur",
        "Sikur",
        "P",
        45,
        "0812",
    ]
    Undangan.objects.all().delete()
    assert "2 undangan ditambah" in upload(client, acara, contents)


@pytest.mark.parametrize(
    ("baris", "message"),
    [
        ([None, None, "bpd", "X", None, None, None, None], "Nama dan Jabatan kosong"),
        (["A", None, "raja", "X", None, None, None, None], "Unsur “raja” tidak dikenal"),
        (["A", None, "bpd", None, None, None, None, None], "Lembaga kosong"),
        (["A", None, "bpd", "X", "Atlantis", None, None, None], "Desa “Atlantis” tidak dikenal"),
        (["A", None, "bpd", "X", None, "Z", None, None], "L/P harus"),
        (["A", None, "bpd", "X", None, None, "muda", None], "Usia harus"),
    ],
)
def test_a_bad_row_stops_the_table(baris, message, acara, masuk):
    words = upload(masuk("bu_pmd"), acara, [BARIS[0], baris])
    assert "Baris 4" in words
    assert message in words
    assert not Undangan.objects.exists()


def test_last_years_list_comes_along_without_numbers(acara, masuk, cast):
    client = masuk("bu_pmd")
    simpan(client, acara)
    client.post(f"/m/{acara.slug}/berita-acara/undangan/nomori/")
    front = schedule_musrenbang(kecamatan=acara.kecamatan, tahun_pelaksanaan=2027, by=cast["bu_bappeda"])
    url = f"/m/{front.slug}/undangan/tahun-lalu/"
    assert "1 undangan diambil" in client.post(url, follow=True).content.decode()
    assert "0 undangan diambil" in client.post(url, follow=True).content.decode()
    baru = Undangan.objects.get(musrenbang=front)
    assert (baru.nomor, baru.dikirim_pada) == ("", None)
    assert baru.kode != Undangan.objects.get(musrenbang=acara).kode
    assert (
        "Belum ada Musrenbang tahun lalu"
        in client.post(f"/m/{acara.slug}/undangan/tahun-lalu/", follow=True).content.decode()
    )


def test_numbers_have_no_gap_and_are_given_once(acara, masuk):
    client = masuk("bu_pmd")
    upload(client, acara, BARIS)
    for _ in range(2):
        client.post(f"/m/{acara.slug}/berita-acara/undangan/nomori/")
    assert [u.nomor.split("/")[:3] for u in Undangan.objects.order_by("pk")] == [
        ["000.7.1.4", "001", "UND-MRB"],
        ["000.7.1.4", "002", "UND-MRB"],
    ]
    assert PenghitungNomor.objects.get(jenis="undangan").terakhir == 2


def test_no_number_before_the_place_is_known(acara, masuk):
    client = masuk("bu_pmd")
    simpan(client, acara)
    Musrenbang.objects.update(tempat="")
    assert (
        "Isi dahulu tanggal, jam, dan tempat"
        in client.post(f"/m/{acara.slug}/berita-acara/undangan/nomori/", follow=True).content.decode()
    )


def test_sent_and_received_keep_their_first_day(acara, masuk):
    client, url = masuk("bu_pmd"), f"/m/{acara.slug}/undangan/lacak/"
    upload(client, acara, BARIS)
    one, dua = Undangan.objects.order_by("pk")
    contents = {"undangan": [one.pk, dua.pk], "tanggal": "2026-02-10", "kolom": "diterima_pada"}
    assert "belum bernomor" in client.post(url, contents, follow=True).content.decode()
    client.post(f"/m/{acara.slug}/berita-acara/undangan/nomori/")
    assert "2 surat dicatat diterima" in client.post(url, contents, follow=True).content.decode()
    client.post(url, contents | {"tanggal": "2026-02-12"})
    one.refresh_from_db()
    assert (one.dikirim_pada, one.diterima_pada) == (date(2026, 2, 10), date(2026, 2, 10))
    assert "Centang dahulu" in client.post(url, {"tanggal": "2026-02-10"}, follow=True).content.decode()


def test_h_minus_7_is_watched(acara, masuk, time_machine):
    assert [k.text for k in syarat.undangan_sent(acara)] == ["Belum ada daftar undangan."]
    simpan(masuk("bu_pmd"), acara)
    time_machine.move_to("2026-02-10 08:00+08:00", tick=False)
    assert syarat.undangan_sent(acara)[0].text == "1 undangan belum dikirim."
    time_machine.move_to("2026-02-20 08:00+08:00", tick=False)
    (missing,) = syarat.undangan_sent(acara)
    assert missing.text == "1 undangan belum dikirim; tenggat H-7 sudah lewat (tinggal 3 hari)."
    assert not missing.wajib
    Undangan.objects.update(dikirim_pada=date(2026, 2, 10))
    assert syarat.undangan_sent(acara) == []


def _text(jawab):
    return [p.extract_text() for p in PdfReader(BytesIO(jawab.content)).pages]


def test_letters_come_as_one_set_and_one_by_one(acara, masuk):
    client = masuk("bu_pmd")
    upload(client, acara, BARIS)
    client.post(f"/m/{acara.slug}/berita-acara/undangan/nomori/")
    halaman = _text(client.get(f"/m/{acara.slug}/berita-acara/cetak/undangan.pdf"))
    assert len(halaman) == 2
    for u, words in zip(Undangan.objects.order_by("pk"), halaman, strict=True):
        for kata in (u.nomor, u.sebutan, u.kode, "Senin, 23 Februari 2026", "08.30 WITA", "Aula Kantor Camat Sikur"):
            assert kata in words
    one = Undangan.objects.order_by("pk")[1]
    (words,) = _text(client.get(f"/m/{acara.slug}/berita-acara/undangan/{one.pk}.pdf"))
    assert "Ketua BPD" in words
    assert client.get(f"/m/{acara.slug}/berita-acara/undangan/0.pdf").status_code == 404


def test_the_receipt_and_the_blank_attendance_form_have_the_same_people(acara, masuk):
    client = masuk("bu_pmd")
    upload(client, acara, BARIS)
    for jenis in ("tanda_terima", "daftar_hadir_kosong"):
        words = "".join(_text(client.get(f"/m/{acara.slug}/berita-acara/cetak/{jenis}.pdf")))
        assert "Siti Aminah" in words
        assert "BPD Semaya" in words


@pytest.mark.parametrize(("nama", "status"), [("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_who_may_not_write(nama, status, acara, masuk):
    client = masuk(nama)
    for aksi in ("nomori/", "perubahan/"):
        assert client.post(f"/m/{acara.slug}/berita-acara/undangan/{aksi}").status_code == status
    for aksi in ("baru/", "lacak/", "unggah/", "tahun-lalu/", "1/hapus/"):
        assert client.post(f"/m/{acara.slug}/undangan/{aksi}", ISI).status_code == status


def test_too_late_after_the_opening(acara, masuk, move_event):
    move_event(acara, Tahap.PEMAPARAN)
    assert "tidak dapat diubah" in simpan(masuk("bu_pmd"), acara).content.decode()
    assert not Undangan.objects.exists()


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, masuk, django_assert_num_queries):
    client = masuk("bu_pmd")
    for i in range(n):
        simpan(client, acara, nama=f"Orang {i}")
    client.post(f"/m/{acara.slug}/berita-acara/undangan/nomori/")
    with django_assert_num_queries(18):
        client.get(f"/m/{acara.slug}/undangan/")


@pytest.mark.parametrize("text", ["k7px3m", "K7P-X3M", " K7PX3M ", "sikur-2027:K7PX3M"])
def test_a_code_is_read_as_people_write_it(text):
    assert read_code(text) == "K7PX3M"


def test_codes_hold_no_letter_that_looks_like_a_digit():
    assert not set("".join(new_code() for _ in range(200))) & set("IOL01")
