"""Handing over to Bappeda: the receipt, the review with notes, the return, and the board of all kecamatan."""

import uuid
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from berita_acara.services import issue_dokumen
from musrenbang.models import Kecamatan
from musrenbang.services import advance_musrenbang, schedule_musrenbang
from musrenbang.services.acara import BelumLengkap
from musrenbang.states import Tahap
from rkp.models import BarisRkp
from rkp.services import correct_baris
from tests.conftest import SANDI
from tindak_lanjut.models import Catatan, Penyampaian
from tindak_lanjut.queries import compare_event, kabupaten_board, next_deadline


def test_without_the_letter_nothing_is_handed_over(disahkan, pemeran):
    with pytest.raises(BelumLengkap, match="Surat pengantar ke Bappeda belum diterbitkan"):
        advance_musrenbang(musrenbang=disahkan, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=pemeran["bu_pmd"])
    assert not Penyampaian.objects.exists()


def test_the_receipt_says_what_and_when(disampaikan, masuk):
    satu = Penyampaian.objects.get()
    assert (satu.urut, satu.status, satu.versi.jenis) == (1, "diajukan", "disahkan")
    assert satu.nomor.startswith("52.03.04/001/TT-BPD/")
    assert satu.berita_acara.jenis == "berita_acara"
    assert {d["jenis"] for d in satu.isi} == {"berita_acara", "pengantar_bappeda"}
    html = masuk("bu_bappeda").get(f"/m/{disampaikan.slug}/tindak-lanjut/penyampaian/").content.decode()
    assert satu.nomor in html
    assert satu.sha256[:32] in html
    assert "Kembalikan ke kecamatan" in html
    assert "Diperiksa Bappeda" in html


def test_a_return_is_answered_note_by_note_and_comes_back_with_what_changed(disampaikan, masuk, pemeran):
    """The whole way: notes, return with a reason, correction, answer, approval, second package, receipt."""
    m, bappeda, pmd = disampaikan, masuk("bu_bappeda"), masuk("bu_pmd")
    url = f"/m/{m.slug}/tindak-lanjut/"
    bappeda.post(f"{url}catatan/bappeda/", {"isi": "Lokasi tidak jelas.", "nomor": 1, "kunci": uuid.uuid4()})
    tak_ada = bappeda.post(
        f"{url}catatan/bappeda/", {"isi": "Salah nomor.", "nomor": 999, "kunci": uuid.uuid4()}, follow=True
    )
    assert "Tidak ada kegiatan nomor 999" in tak_ada.content.decode()
    bappeda.post(f"/m/{m.slug}/pindah/", {"dari": "disampaikan", "ke": "dikembalikan", "alasan": "Perjelas lokasi."})
    m.refresh_from_db()
    assert m.tahap == Tahap.DIKEMBALIKAN
    assert (Penyampaian.objects.get().status, Penyampaian.objects.get().alasan) == ("dikembalikan", "Perjelas lokasi.")
    html = pmd.get(f"{url}penyampaian/").content.decode()
    assert "Perjelas lokasi." in html
    assert "Lokasi tidak jelas." in html

    advance_musrenbang(musrenbang=m, dari=Tahap.DIKEMBALIKAN, ke=Tahap.FINALISASI, by=pemeran["bu_pmd"])
    baris = BarisRkp.objects.select_related("rkp__musrenbang").get(nomor=1)
    correct_baris(baris=baris, versi=baris.versi, by=pemeran["bu_pmd"], sebab="Catatan Bappeda", lokasi="Orong Gerisak")
    camat = masuk("pak_camat")
    isi = {"dari": "finalisasi", "ke": "disahkan", "sandi": SANDI}
    ditahan = camat.post(f"/m/{m.slug}/pindah/", isi, follow=True).content.decode()
    assert "1 catatan Bappeda belum dijawab." in ditahan
    catatan = Catatan.objects.get()
    pmd.post(f"{url}catatan/{catatan.pk}/jawab/", {"jawaban": "Sudah diperjelas: Orong Gerisak."})
    camat.post(f"/m/{m.slug}/pindah/", isi)
    issue_dokumen(musrenbang=m, jenis="pengantar_bappeda", by=pemeran["bu_pmd"])
    m.refresh_from_db()
    advance_musrenbang(musrenbang=m, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=pemeran["bu_pmd"])
    assert [(p.urut, p.versi.nomor) for p in Penyampaian.objects.all()] == [(2, 2), (1, 1)]
    html = bappeda.get(f"{url}penyampaian/").content.decode()
    assert "Yang berubah sejak penyampaian sebelumnya: 1 kegiatan" in html
    assert "Orong Gerisak" in html
    bappeda.post(f"/m/{m.slug}/pindah/", {"dari": "disampaikan", "ke": "diterima"})
    assert Penyampaian.objects.first().status == "diterima"


def test_a_rolled_back_handing_over_gives_its_number_back(disahkan, pemeran, monkeypatch):
    issue_dokumen(musrenbang=disahkan, jenis="pengantar_bappeda", by=pemeran["bu_pmd"])
    with monkeypatch.context() as m:
        m.setattr("tindak_lanjut.services.penyampaian.digest", lambda isi: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            advance_musrenbang(musrenbang=disahkan, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=pemeran["bu_pmd"])
    disahkan.refresh_from_db()
    advance_musrenbang(musrenbang=disahkan, dari=Tahap.DISAHKAN, ke=Tahap.DISAMPAIKAN, by=pemeran["bu_pmd"])
    assert "/001/" in Penyampaian.objects.get().nomor


@pytest.mark.parametrize(
    ("orang", "baca", "catat", "papan"),
    [
        ("bu_bappeda", 200, 302, 200), ("pak_camat", 200, 403, 403), ("pak_sekcam", 200, 403, 403),
        ("pemandu", 200, 403, 403), ("operator_desa", 403, 403, 403), ("orang_skpd", 403, 403, 403),
        ("orang_luar", 404, 404, 403),
    ],
)  # fmt: skip
def test_who_may(disampaikan, masuk, orang, baca, catat, papan):
    client, url = masuk(orang), f"/m/{disampaikan.slug}/tindak-lanjut/"
    isi = {"isi": "Catatan uji.", "kunci": uuid.uuid4()}
    assert client.get(f"{url}penyampaian/").status_code == baca
    assert client.post(f"{url}catatan/bappeda/", isi).status_code == catat
    assert client.get("/kabupaten/").status_code == papan


@pytest.mark.parametrize(
    ("tahap", "hari", "apa"),
    [
        (Tahap.PERSIAPAN, 0, "Sidang"), (Tahap.PLENO, 7, "Disahkan Camat"), (Tahap.DISAHKAN, 14, "Disampaikan"),
        (Tahap.DISAMPAIKAN, 30, "Selesai"), (Tahap.SELESAI, None, None),
    ],
)  # fmt: skip
def test_the_next_deadline_follows_the_stage(acara, pindah, tahap, hari, apa):
    pindah(acara, tahap)
    seharusnya = None if hari is None else (apa, acara.tanggal + timedelta(days=hari))
    assert next_deadline(acara) == seharusnya


@pytest.mark.parametrize(
    ("hari", "warna"), [(date(2026, 3, 1), "aman"), (date(2026, 3, 8), "dekat"), (date(2026, 3, 11), "lewat")]
)
def test_the_board_shows_every_kecamatan_with_its_colour(disampaikan, masuk, kabupaten, pemeran, hari, warna):
    Kecamatan.objects.create(kode="52.03.99", nama="Tanpa Jadwal", kabupaten=kabupaten)
    acara = disampaikan
    acara.tanggal = date(2026, 2, 8)  # thirty days later: 10 March
    acara.save()
    with time_machine.travel(hari, tick=False):
        baris = {b.kecamatan.nama: b for b in kabupaten_board(kabupaten, 2026)}
        html = masuk("bu_bappeda").get("/kabupaten/").content.decode()
    assert baris["Sikur"].warna == warna
    assert (baris["Sikur"].desa_masuk, baris["Sikur"].desa) == (3, 3)
    assert (baris["Sikur"].usulan, baris["Sikur"].sepakat, baris["Sikur"].sepakat_rp) == (6, 5, 631_000_000)
    assert baris["Tanpa Jadwal"].acara is None
    assert "1 belum dijadwalkan" in html
    assert "Menunggu diperiksa: 1 paket" in html
    assert ("melewati tenggat" in html) == (warna == "lewat")


def test_the_board_is_filtered_and_downloaded(disampaikan, masuk, kabupaten):
    Kecamatan.objects.create(kode="52.03.99", nama="Tanpa Jadwal", kabupaten=kabupaten)
    client = masuk("bu_bappeda")
    for saring, ada, tidak in (
        ("tahap=disampaikan", "Sikur</strong>", "Tanpa Jadwal</strong>"),
        ("cari=jadwal", "Tanpa Jadwal</strong>", "Sikur</strong>"),
        ("tahap=pleno", "Tidak ada yang cocok", "Sikur</strong>"),
    ):
        html = client.get(f"/kabupaten/?{saring}").content.decode()
        assert ada in html
        assert tidak not in html
    isi = list(load_workbook(BytesIO(client.get("/kabupaten/?unduh=1").content)).active.iter_rows(values_only=True))
    sikur = next(b for b in isi if b[1] == "Sikur")
    assert sikur[2] == "Disampaikan"
    assert sikur[10:12] == (5, 631_000_000)


def test_it_is_compared_with_last_year_and_the_others(disampaikan, kabupaten, pemeran):
    per = {b.nama: (b.kini, b.lalu, b.tengah) for b in compare_event(disampaikan)}
    assert per["Kegiatan disepakati"] == (5, None, None)
    schedule_musrenbang(kecamatan=disampaikan.kecamatan, tahun_pelaksanaan=2025, by=pemeran["bu_bappeda"])
    assert {b.nama: b.lalu for b in compare_event(disampaikan)}["Kegiatan disepakati"] == 0


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_kecamatan(disampaikan, masuk, kabupaten, pemeran, n, django_assert_num_queries):
    for i in range(n):
        k = Kecamatan.objects.create(kode=f"52.03.9{i}", nama=f"Kecamatan {i}", kabupaten=kabupaten)
        schedule_musrenbang(kecamatan=k, tahun_pelaksanaan=2026, by=pemeran["bu_bappeda"])
    client = masuk("bu_bappeda")
    with django_assert_num_queries(14):
        client.get("/kabupaten/")
