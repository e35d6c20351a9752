"""Handing over to Bappeda: the receipt, the review with notes, the return, and the board of all kecamatan."""

import hashlib
import json
import uuid
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from openpyxl import load_workbook

from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.models import Paket
from berita_acara.services.issue import issue_berita_acara, issue_dokumen
from berita_acara.services.paket import build_paket, start_paket
from berita_acara.services.salinan import excuse_salinan
from musrenbang.models import Kecamatan
from musrenbang.persiapan.services.acara import schedule_musrenbang
from musrenbang.states import Tahap
from rkp.models import BarisRkp
from rkp.services.final import correct_baris
from tests.conftest import SANDI
from tindak_lanjut.models import Catatan, Penyampaian
from tindak_lanjut.queries.kabupaten import compare_event, kabupaten_board, next_deadline


def test_without_the_letter_nothing_is_handed_over(approved_event, cast):
    with pytest.raises(Incomplete, match="Surat pengantar ke Bappeda belum diterbitkan"):
        advance_musrenbang(musrenbang=approved_event, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=cast["bu_pmd"])
    assert not Penyampaian.objects.exists()


def test_the_receipt_says_what_and_when(submitted_event, masuk):
    one = Penyampaian.objects.get()
    assert (one.urut, one.status, one.versi.jenis) == (1, "diajukan", "disahkan")
    assert one.nomor.startswith("000.7.2/52.03.04/001/TT-BPD/")
    assert one.berita_acara.jenis == "berita_acara"
    assert {d["jenis"] for d in one.isi} == {
        "berita_acara",
        "pengantar_bappeda",
        "rkp",
        "durkp",
        "prioritas_skpd",
        "belum_disepakati",
        "prioritas_program",
        "daftar_delegasi",
        "daftar_hadir",
        "salinan",
    }, "no groups in this event, so no result of groups"
    html = masuk("bu_bappeda").get(f"/m/{submitted_event.slug}/tindak-lanjut/penyampaian/").content.decode()
    assert one.nomor in html
    assert one.sha256[:32] in html
    assert "Kembalikan ke kecamatan" in html
    assert "Diperiksa Bappeda" in html


def test_a_return_is_answered_note_by_note_and_comes_back_with_what_changed(submitted_event, masuk, cast):
    """The whole way: notes, return with a reason, correction, answer, approval, second package, receipt."""
    m, bappeda, pmd = submitted_event, masuk("bu_bappeda"), masuk("bu_pmd")
    url = f"/m/{m.slug}/tindak-lanjut/"
    bappeda.post(f"{url}catatan/bappeda/", {"isi": "Lokasi tidak jelas.", "nomor": 1, "kunci": uuid.uuid4()})
    absent = bappeda.post(
        f"{url}catatan/bappeda/", {"isi": "Salah nomor.", "nomor": 999, "kunci": uuid.uuid4()}, follow=True
    )
    assert "Tidak ada kegiatan nomor 999" in absent.content.decode()
    bappeda.post(f"/m/{m.slug}/pindah/", {"dari": "disampaikan", "ke": "dikembalikan", "alasan": "Perjelas lokasi."})
    m.refresh_from_db()
    assert m.tahap == Tahap.DIKEMBALIKAN
    assert (Penyampaian.objects.get().status, Penyampaian.objects.get().alasan) == ("dikembalikan", "Perjelas lokasi.")
    html = pmd.get(f"{url}penyampaian/").content.decode()
    assert "Perjelas lokasi." in html
    assert "Lokasi tidak jelas." in html

    advance_musrenbang(musrenbang=m, dari=Tahap.DIKEMBALIKAN, ke=Tahap.FINALISASI, by=cast["bu_pmd"])
    baris = BarisRkp.objects.select_related("rkp__musrenbang").get(nomor=1)
    correct_baris(baris=baris, versi=baris.versi, by=cast["bu_pmd"], sebab="Catatan Bappeda", lokasi="Orong Gerisak")
    camat = masuk("pak_camat")
    contents = {"dari": "finalisasi", "ke": "disahkan", "sandi": SANDI}
    held = camat.post(f"/m/{m.slug}/pindah/", contents, follow=True).content.decode()
    assert "1 catatan Bappeda belum dijawab." in held
    catatan = Catatan.objects.get()
    pmd.post(f"{url}catatan/{catatan.pk}/jawab/", {"jawaban": "Sudah diperjelas: Orong Gerisak."})
    camat.post(f"/m/{m.slug}/pindah/", contents)
    issue_dokumen(musrenbang=m, jenis="pengantar_bappeda", by=cast["bu_pmd"])
    m.refresh_from_db()
    advance_musrenbang(musrenbang=m, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=cast["bu_pmd"])
    assert [(p.urut, p.versi.nomor) for p in Penyampaian.objects.all()] == [(2, 2), (1, 1)]
    html = bappeda.get(f"{url}penyampaian/").content.decode()
    assert "Yang berubah sejak penyampaian sebelumnya: 1 kegiatan" in html
    assert "Orong Gerisak" in html
    bappeda.post(f"/m/{m.slug}/pindah/", {"dari": "disampaikan", "ke": "diterima"})
    assert Penyampaian.objects.first().status == "diterima"


def test_the_package_comes_as_one_zip_that_can_be_checked(submitted_event, masuk):
    """The papers as handed over, the signed copy and the plan as data, whose hashes stand on the receipt."""
    one, client = Penyampaian.objects.get(), masuk("bu_bappeda")
    url = f"/m/{submitted_event.slug}/berita-acara/penyampaian/1/"
    for _ in range(2):
        halaman = client.post(url, follow=True)
    paket = Paket.objects.get()
    assert "Paket penyampaian 1" in halaman.content.decode()
    build_paket(paket.pk)
    berkas = client.get(f"/m/{submitted_event.slug}/berita-acara/paket/{paket.pk}/dokumen.zip")
    assert 'filename="penyampaian-1-' in berkas.headers["Content-Disposition"]
    archive = ZipFile(BytesIO(berkas.content))
    contents = {n.split("-", 1)[-1] if n[0].isdigit() else n: n for n in archive.namelist()}
    assert {"berita_acara.pdf", "pengantar_bappeda.pdf", "rkp.pdf", "rkp.xlsx", "durkp.pdf", "daftar_hadir.pdf"} <= set(
        contents
    )
    sidik = {n: hashlib.sha256(archive.read(n)).hexdigest() for n in archive.namelist()}
    recorded = {d["jenis"]: d["sha256"] for d in one.isi}
    assert sidik[contents["berita_acara.pdf"]] == recorded["berita_acara"]
    assert sidik["salinan-bertanda-tangan.pdf"] == recorded["salinan"]
    assert sidik["data-rkp.json"] == one.versi.sha256
    assert [b["nomor"] for b in json.loads(archive.read("data-rkp.json"))]
    index = archive.read("INDEKS.txt").decode()
    assert one.nomor in index
    assert one.sha256 in index
    client.post(url)
    assert Paket.objects.count() == 1, "a package does not change, so its set is made once"


def test_an_older_package_still_gives_what_was_handed_over_then(submitted_event, masuk, cast):
    m, pmd = submitted_event, cast["bu_pmd"]
    advance_musrenbang(musrenbang=m, dari="disampaikan", ke="dikembalikan", by=cast["bu_bappeda"], alasan="Lokasi.")
    advance_musrenbang(musrenbang=m, dari="dikembalikan", ke="finalisasi", by=pmd)
    baris = BarisRkp.objects.select_related("rkp__musrenbang").get(nomor=1)
    correct_baris(baris=baris, versi=baris.versi, by=pmd, sebab="Catatan Bappeda", lokasi="Orong Gerisak")
    advance_musrenbang(musrenbang=m, dari="finalisasi", ke="disahkan", by=cast["pak_camat"])
    issue_dokumen(musrenbang=m, jenis="pengantar_bappeda", by=pmd)
    advance_musrenbang(musrenbang=m, dari="disahkan", ke="disampaikan", by=pmd)
    text = {}
    for one in Penyampaian.objects.all():
        paket = start_paket(musrenbang=m, by=pmd, penyampaian=one)
        build_paket(paket.pk)
        paket.refresh_from_db()
        with paket.berkas.open("rb") as berkas, ZipFile(berkas) as archive:
            text[one.urut] = archive.read("data-rkp.json").decode()
            assert hashlib.sha256(archive.read("data-rkp.json")).hexdigest() == one.versi.sha256
            rkp = next(n for n in archive.namelist() if n.endswith("-rkp.xlsx"))
            lembar = load_workbook(BytesIO(archive.read(rkp))).active
            assert ("Orong Gerisak" in str(list(lembar.iter_rows(values_only=True)))) == (one.urut == 2)
    assert ["Orong Gerisak" in text[i] for i in (1, 2)] == [False, True]
    client = masuk("bu_bappeda")
    for versi in (1, 2):
        assert client.get(f"/m/{m.slug}/berita-acara/versi/rkp/{versi}.pdf").status_code == 200
    assert client.get(f"/m/{m.slug}/berita-acara/versi/rkp/9.pdf").status_code == 404


def test_why_there_is_no_signed_copy_goes_along(ready_to_issue, masuk, cast):
    sekcam, m = cast["pak_sekcam"], ready_to_issue
    issue_berita_acara(musrenbang=m, by=sekcam)
    excuse_salinan(musrenbang=m, by=sekcam, alasan="Pemindai rusak, menyusul.")
    advance_musrenbang(musrenbang=m, dari="penandatanganan", ke="finalisasi", by=sekcam)
    advance_musrenbang(musrenbang=m, dari="finalisasi", ke="disahkan", by=cast["pak_camat"])
    issue_dokumen(musrenbang=m, jenis="pengantar_bappeda", by=sekcam)
    advance_musrenbang(musrenbang=m, dari="disahkan", ke="disampaikan", by=sekcam)
    html = masuk("bu_bappeda").get(f"/m/{m.slug}/tindak-lanjut/penyampaian/").content.decode()
    assert "tanpa salinan bertanda tangan" in html
    assert "Pemindai rusak, menyusul." in html


def test_a_rolled_back_handing_over_gives_its_number_back(approved_event, cast, monkeypatch):
    issue_dokumen(musrenbang=approved_event, jenis="pengantar_bappeda", by=cast["bu_pmd"])
    with monkeypatch.context() as m:
        m.setattr("tindak_lanjut.services.penyampaian.digest", lambda content: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            advance_musrenbang(musrenbang=approved_event, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=cast["bu_pmd"])
    approved_event.refresh_from_db()
    advance_musrenbang(musrenbang=approved_event, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=cast["bu_pmd"])
    assert "/001/" in Penyampaian.objects.get().nomor


@pytest.mark.parametrize(
    ("person", "read", "record", "board"),
    [
        ("bu_bappeda", 200, 302, 200),
        ("pak_camat", 200, 403, 403),
        ("pak_sekcam", 200, 403, 403),
        ("pemandu", 200, 403, 403),
        ("operator_desa", 403, 403, 403),
        ("orang_skpd", 403, 403, 403),
        ("orang_luar", 404, 404, 403),
    ],
)
def test_who_may(submitted_event, masuk, person, read, record, board):
    client, url = masuk(person), f"/m/{submitted_event.slug}/tindak-lanjut/"
    content = {"isi": "Catatan uji.", "kunci": uuid.uuid4()}
    assert client.get(f"{url}penyampaian/").status_code == read
    assert client.post(f"{url}catatan/bappeda/", content).status_code == record
    assert client.get("/kabupaten/").status_code == board


@pytest.mark.parametrize(
    ("tahap", "day_name", "what"),
    [
        (Tahap.PERSIAPAN, 0, "Sidang"),
        (Tahap.PLENO, 7, "Disahkan Camat"),
        (Tahap.DISAHKAN, 14, "Disampaikan"),
        (Tahap.DISAMPAIKAN, 30, "Selesai"),
        (Tahap.SELESAI, None, None),
    ],
)
def test_the_next_deadline_follows_the_stage(acara, move_event, tahap, day_name, what):
    move_event(acara, tahap)
    expected = None if day_name is None else (what, acara.tanggal + timedelta(days=day_name))
    assert next_deadline(acara) == expected


@pytest.mark.parametrize(
    ("day_name", "colour"), [(date(2026, 3, 1), "aman"), (date(2026, 3, 8), "dekat"), (date(2026, 3, 11), "lewat")]
)
def test_the_board_shows_every_kecamatan_with_its_colour(submitted_event, masuk, kabupaten, cast, day_name, colour):
    Kecamatan.objects.create(kode="52.03.99", nama="Tanpa Jadwal", kabupaten=kabupaten)
    acara = submitted_event
    acara.tanggal = date(2026, 2, 8)  # thirty days later: 10 March
    acara.save()
    with time_machine.travel(day_name, tick=False):
        baris = {b.kecamatan.nama: b for b in kabupaten_board(kabupaten, 2026)}
        html = masuk("bu_bappeda").get("/kabupaten/").content.decode()
    assert baris["Sikur"].warna == colour
    assert (baris["Sikur"].desa_masuk, baris["Sikur"].desa) == (3, 3)
    assert (baris["Sikur"].usulan, baris["Sikur"].sepakat, baris["Sikur"].sepakat_rp) == (6, 5, 631_000_000)
    assert baris["Tanpa Jadwal"].acara is None
    assert "1 belum dijadwalkan" in html
    assert "Menunggu diperiksa: 1 paket" in html
    assert ("melewati tenggat" in html) == (colour == "lewat")


def test_the_board_is_filtered_and_downloaded(submitted_event, masuk, kabupaten):
    Kecamatan.objects.create(kode="52.03.99", nama="Tanpa Jadwal", kabupaten=kabupaten)
    client = masuk("bu_bappeda")
    for filters, existing, no in (
        ("tahap=disampaikan", "Sikur</strong>", "Tanpa Jadwal</strong>"),
        ("cari=jadwal", "Tanpa Jadwal</strong>", "Sikur</strong>"),
        ("tahap=pleno", "Tidak ada yang cocok", "Sikur</strong>"),
    ):
        html = client.get(f"/kabupaten/?{filters}").content.decode()
        assert existing in html
        assert no not in html
    contents = list(
        load_workbook(BytesIO(client.get("/kabupaten/?unduh=1").content)).active.iter_rows(values_only=True)
    )
    home_kecamatan = next(b for b in contents if b[1] == "Sikur")
    assert home_kecamatan[2] == "Disampaikan"
    assert home_kecamatan[10:12] == (5, 631_000_000)


def test_it_is_compared_with_last_year_and_the_others(submitted_event, kabupaten, cast):
    per = {b.nama: (b.kini, b.lalu, b.tengah) for b in compare_event(submitted_event)}
    assert per["Kegiatan disepakati"] == (5, None, None)
    schedule_musrenbang(kecamatan=submitted_event.kecamatan, tahun_pelaksanaan=2025, by=cast["bu_bappeda"])
    assert {b.nama: b.lalu for b in compare_event(submitted_event)}["Kegiatan disepakati"] == 0


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_kecamatan(submitted_event, masuk, kabupaten, cast, n, django_assert_num_queries):
    for i in range(n):
        k = Kecamatan.objects.create(kode=f"52.03.9{i}", nama=f"Kecamatan {i}", kabupaten=kabupaten)
        schedule_musrenbang(kecamatan=k, tahun_pelaksanaan=2026, by=cast["bu_bappeda"])
    client = masuk("bu_bappeda")
    with django_assert_num_queries(18):
        client.get("/kabupaten/")
