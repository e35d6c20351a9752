"""Bappeda plans all kecamatan: table, spreadsheet, publishing, requests; stale rows and wrong people."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from musrenbang.infra.sheets import write_xlsx
from musrenbang.models import JejakAudit, Kecamatan, Musrenbang, PermintaanJadwal, Petugas
from musrenbang.persiapan.views.jadwal import KEPALA
from musrenbang.states import Tahap

URL = "/jadwal/?tahun=2026"


@pytest.fixture
def terara_event(kabupaten):
    """A second kecamatan."""
    return Kecamatan.objects.create(kode="52.03.05", nama="Terara", kabupaten=kabupaten)


def simpan(client, ubah):
    forms = [b["form"] for b in client.get(URL).context["baris"]]
    content = {f[n].html_name: f[n].value() or "" for f in forms for n in f.fields}
    return client.post(URL, content | ubah, follow=True)


def test_the_table_schedules_and_changes(acara, terara_event, masuk):
    client = masuk("bu_bappeda")
    response = simpan(
        client,
        {
            "52.03.05-tanggal": "2026-02-10",
            "52.03.05-jam_mulai": "08:30",
            "52.03.05-tempat": "Aula Terara",
            "52.03.05-setrawan": "Umar; Siti ; Umar",
            "52.03.04-skpd": "Wakil PUPR",
        },
    )
    assert "Jadwal 2 kecamatan disimpan" in response.content.decode()
    baru = Musrenbang.objects.get(kecamatan=terara_event)
    assert (baru.tanggal, baru.slug) == (date(2026, 2, 10), "terara-2027")
    assert [p.nama for p in baru.petugas.all()] == ["Umar", "Siti"]
    assert JejakAudit.objects.get(aksi="musrenbang.jadwal").rincian == {"skpd": ["", "Wakil PUPR"]}
    assert "Tidak ada yang berubah" in simpan(client, {}).content.decode()


def test_a_kecamatan_of_the_same_name_gets_its_own_address(acara, kabupaten, masuk):
    Kecamatan.objects.create(kode="52.03.99", nama="Sikur", kabupaten=kabupaten)
    simpan(masuk("bu_bappeda"), {"52.03.99-tanggal": "2026-02-11"})
    assert Musrenbang.objects.filter(slug="sikur-520399-2027").exists()


def test_people_at_two_places_are_named(acara, terara_event, masuk):
    client = masuk("bu_bappeda")
    simpan(client, {"52.03.05-tanggal": "2026-02-23", "52.03.05-setrawan": "Umar", "52.03.04-setrawan": "Umar, S.Pd."})
    text = client.get(URL).content.decode()
    assert "Umar juga bertugas di Sikur pada hari itu." in text
    assert "Sesudah minggu kedua Februari." in text


@pytest.mark.parametrize(
    ("change", "message"),
    [({"52.03.04-tanggal": "2027-02-10"}, "tanggal harus di tahun 2026"), ({"52.03.04-tanggal": "kapan"}, "tanggal")],
)
def test_bad_dates_are_refused_in_words(change, message, acara, masuk):
    assert message in simpan(masuk("bu_bappeda"), change).content.decode().lower()
    acara.refresh_from_db()
    assert acara.tanggal == date(2026, 2, 23)


def test_a_row_that_changed_meanwhile_is_left_and_the_others_are_saved(acara, terara_event, masuk):
    client = masuk("bu_bappeda")
    forms = [b["form"] for b in client.get(URL).context["baris"]]
    lama = {f[n].html_name: f[n].value() or "" for f in forms for n in f.fields}
    simpan(client, {"52.03.04-tempat": "Gedung A"})
    text = client.post(
        URL, lama | {"52.03.04-tempat": "Gedung B", "52.03.05-tanggal": "2026-02-12"}, follow=True
    ).content.decode()
    assert "Sikur: orang lain sudah mengubah jadwalnya" in text
    acara.refresh_from_db()
    assert acara.tempat == "Gedung A"
    assert Musrenbang.objects.filter(kecamatan=terara_event).exists()


def test_a_meeting_that_began_keeps_its_date(acara, masuk, move_event):
    move_event(acara, Tahap.PEMBUKAAN)
    simpan(masuk("bu_bappeda"), {"52.03.04-tempat": "Lain"})
    acara.refresh_from_db()
    assert acara.tempat == "Aula Kantor Camat Sikur"


def test_publishing_shows_on_the_board_and_locks_the_date_for_the_team(acara, masuk):
    bappeda, sekcam = masuk("bu_bappeda"), masuk("pak_sekcam")
    assert "1 kecamatan diterbitkan" in bappeda.post("/jadwal/terbitkan/?tahun=2026", follow=True).content.decode()
    assert "0 kecamatan diterbitkan" in bappeda.post("/jadwal/terbitkan/?tahun=2026", follow=True).content.decode()
    assert "Jadwal diterbitkan Bappeda" in sekcam.get(f"/m/{acara.slug}/").content.decode()
    contents = {"tanggal": "2026-02-25", "jam_mulai": "09:00", "tempat": "Gedung", "pimpinan_sidang": ""}
    sekcam.post(f"/m/{acara.slug}/jadwal/", contents)
    acara.refresh_from_db()
    assert (acara.tanggal, acara.tempat) == (date(2026, 2, 23), "Gedung")


MINTA = {"minta-tanggal": "2026-02-25", "minta-alasan": "Bertepatan dengan hari pasar"}


def test_another_date_is_asked_once_and_approved(acara, masuk):
    sekcam, bappeda = masuk("pak_sekcam"), masuk("bu_bappeda")
    sekcam.post(f"/m/{acara.slug}/jadwal/minta/", MINTA)
    text = sekcam.post(f"/m/{acara.slug}/jadwal/minta/", MINTA, follow=True).content.decode()
    assert "Masih ada permintaan" in text
    assert "hari pasar" in bappeda.get(URL).content.decode()
    url = f"/jadwal/permintaan/{PermintaanJadwal.objects.get().pk}/"
    bappeda.post(url, {"putusan": "setuju"})
    acara.refresh_from_db()
    assert acara.tanggal == date(2026, 2, 25)
    assert "Sudah “Disetujui”" in bappeda.post(url, {"putusan": "setuju"}, follow=True).content.decode()
    assert "Disetujui" in sekcam.get(f"/m/{acara.slug}/").content.decode()


def test_a_refusal_needs_a_reason_and_keeps_the_date(acara, masuk):
    masuk("pak_sekcam").post(f"/m/{acara.slug}/jadwal/minta/", MINTA)
    bappeda, pk = masuk("bu_bappeda"), PermintaanJadwal.objects.get().pk
    assert (
        "mengapa tanggal itu tidak disetujui"
        in bappeda.post(f"/jadwal/permintaan/{pk}/", {"putusan": "tolak"}, follow=True).content.decode()
    )
    bappeda.post(f"/jadwal/permintaan/{pk}/", {"putusan": "tolak", "jawaban": "Aula kabupaten penuh"})
    acara.refresh_from_db()
    assert (acara.tanggal, PermintaanJadwal.objects.get().jawaban) == (date(2026, 2, 23), "Aula kabupaten penuh")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"minta-tanggal": "2026-02-23"}, "sama dengan jadwal"),
        ({"minta-alasan": ""}, "alasannya"),
        ({"minta-tanggal": "2027-02-23"}, "di tahun yang sama"),
    ],
)
def test_a_request_that_says_nothing_is_refused(changes, message, acara, masuk):
    text = masuk("pak_sekcam").post(f"/m/{acara.slug}/jadwal/minta/", MINTA | changes, follow=True).content.decode()
    assert message in text
    assert not PermintaanJadwal.objects.exists()


def test_a_spreadsheet_goes_out_and_comes_back(acara, terara_event, masuk):
    client = masuk("bu_bappeda")
    lembar = load_workbook(BytesIO(client.get("/jadwal/unduh/?tahun=2026").content)).active
    assert [c.value for c in lembar[2]] == [*KEPALA[:-1], "Wakil perangkat daerah"]
    baris = [
        ["Kecamatan Terara", "10/02/2026", "08.30", "Aula", "Umar; Siti", None],
        ["Sikur", date(2026, 2, 12), None, "Balai", None, None],
    ]
    contents = write_xlsx(judul="x", kolom=[(k, 10) for k in KEPALA], baris=baris)
    text = client.post(
        "/jadwal/unggah/?tahun=2026", {"berkas": SimpleUploadedFile("j.xlsx", contents)}, follow=True
    ).content.decode()
    assert "2 kecamatan diperbarui" in text
    assert Petugas.objects.count() == 2
    acara.refresh_from_db()
    assert (acara.tanggal, acara.jam_mulai) == (date(2026, 2, 12), None)


@pytest.mark.parametrize(
    ("baris", "message"),
    [
        (["Atlantis", None, None, None, None, None], "tidak dikenal"),
        (["Sikur", "besok", None, None, None, None], "tidak terbaca"),
        (["Sikur", None, "pagi", None, None, None], "jam “pagi” tidak terbaca"),
    ],
)
def test_a_bad_row_of_the_spreadsheet_stops_it_all(baris, message, acara, masuk):
    contents = write_xlsx(
        judul="x", kolom=[(k, 10) for k in KEPALA], baris=[["Sikur", "10/02/2026", None, "Y", None, None], baris]
    )
    text = (
        masuk("bu_bappeda")
        .post("/jadwal/unggah/?tahun=2026", {"berkas": SimpleUploadedFile("j.xlsx", contents)}, follow=True)
        .content.decode()
    )
    assert "Baris 4" in text
    assert message in text
    acara.refresh_from_db()
    assert acara.tempat == "Aula Kantor Camat Sikur"


@pytest.mark.parametrize("nama", ["pak_sekcam", "pak_camat", "operator_desa", "orang_luar"])
def test_others_stay_out(nama, acara, masuk):
    client = masuk(nama)
    for url in ("/jadwal/", "/jadwal/unduh/"):
        assert client.get(url).status_code == 403
    for url in ("/jadwal/", "/jadwal/terbitkan/", "/jadwal/unggah/", "/jadwal/permintaan/1/"):
        assert client.post(url).status_code == 403


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(n, acara, kabupaten, masuk, django_assert_num_queries):
    for i in range(n - 1):
        Kecamatan.objects.create(kode=f"52.03.1{i}", nama=f"K{i}", kabupaten=kabupaten)
    client = masuk("bu_bappeda")
    with django_assert_num_queries(9):
        client.get(URL)
