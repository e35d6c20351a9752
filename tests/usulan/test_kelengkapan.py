"""What each desa handed in, the reminder, and what clears the checklist."""

import pytest

from musrenbang.akses import get_akses
from musrenbang.models import Desa, JejakAudit, Pengguna
from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL
from usulan.models import KelengkapanDesa
from usulan.queries.kelengkapan import list_completeness
from usulan.services.impor import commit_impor, stage_impor
from usulan.syarat import usulan_complete


@pytest.fixture
def siap(acara, pindah, pemeran, buku):
    pindah(acara, Tahap.PERSIAPAN)
    path = buku("a.xlsx", [JUDUL, [1, "Sikur", "Talud", "", 5, "m", 1_000_000, "DAK", ""]])
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=pemeran["bu_pmd"])
    commit_impor(impor=impor, by=pemeran["bu_pmd"])
    return acara


def desa(nama):
    return Desa.objects.get(nama=nama)


def isi(client, acara, nama, versi=1, **nilai):
    return client.post(f"/m/{acara.slug}/usulan/kelengkapan/{desa(nama).kode}/", {"versi": versi} | nilai, follow=True)


def test_the_board_says_what_is_missing_and_has_a_reminder(siap, masuk):
    teks = masuk("bu_pmd").get(f"/m/{siap.slug}/usulan/kelengkapan/").content.decode()
    assert "kelengkapan 1 usulan (lokasi, volume, satuan, atau biaya)" in teks
    assert "Yth. Kepala Desa Semaya." in teks
    assert "1. DU-RKP Desa" in teks


def test_berita_acara_and_delegates_are_recorded(siap, masuk):
    client = masuk("bu_pmd")
    isi(client, siap, "Sikur", ba_nomor="01/2026", ba_tanggal="2026-01-20", delegasi="Inaq Sri\nAmaq Din\n\n")
    satu = KelengkapanDesa.objects.get()
    assert (satu.ba_nomor, satu.nama_delegasi) == ("01/2026", ["Inaq Sri", "Amaq Din"])
    assert JejakAudit.objects.filter(aksi="kelengkapan.diubah").count() == 1
    akses = get_akses(Pengguna.objects.get(username="bu_pmd"), siap)
    baris = {b.desa.nama: b for b in list_completeness(siap, akses)}
    assert baris["Sikur"].kurang == ["kelengkapan 1 usulan (lokasi, volume, satuan, atau biaya)"]


@pytest.mark.parametrize(
    ("nilai", "kalimat"),
    [
        ({"sikap": "tunda"}, "Tulis alasan keputusan ini"),
        ({"ba_nomor": "01"}, "Isi nomor dan tanggal Berita Acara bersama-sama."),
        ({"ba_tanggal": "2026-01-20"}, "Isi nomor dan tanggal Berita Acara bersama-sama."),
    ],
)
def test_half_an_answer_is_sent_back(nilai, kalimat, siap, masuk):
    assert kalimat in isi(masuk("bu_pmd"), siap, "Sikur", **nilai).content.decode()


def test_a_stale_form_is_refused_and_keeps_what_was_typed(siap, masuk):
    client = masuk("bu_pmd")
    isi(client, siap, "Sikur", delegasi="Inaq Sri")
    jawab = isi(client, siap, "Sikur", delegasi="Amaq Baru").content.decode()
    assert "sudah mengubah kelengkapan desa ini" in jawab
    assert "Amaq Baru" in jawab
    assert KelengkapanDesa.objects.get().delegasi == "Inaq Sri"


@pytest.mark.parametrize("sikap", ["tunda", "proses"])
def test_a_decision_about_a_late_desa_clears_the_checklist(sikap, siap, masuk):
    semua = siap.kecamatan.desa_set.exclude(nama="Sikur")
    (kurang,) = usulan_complete(siap)
    assert "desa belum memasukkan usulan" in kurang.text
    assert kurang.url.endswith("/usulan/kelengkapan/")
    for satu in semua:
        isi(masuk("bu_pmd"), siap, satu.nama, sikap=sikap, alasan="Kades berjanji menyusul")
    assert usulan_complete(siap) == []


def test_an_operator_fills_in_the_own_desa_and_decides_nothing(siap, masuk):
    client = masuk("operator_desa")
    isi(client, siap, "Sikur", delegasi="Inaq Sri", sikap="proses", alasan="mau saya")
    assert KelengkapanDesa.objects.get().sikap == ""
    assert isi(client, siap, "Semaya", delegasi="X").status_code == 403
    teks = client.get(f"/m/{siap.slug}/usulan/kelengkapan/").content.decode()
    assert "Semaya" not in teks


@pytest.mark.parametrize(("nama", "kode"), [("pak_camat", 403), ("orang_skpd", 403), ("orang_luar", 404)])
def test_others_stay_out(nama, kode, siap, masuk):
    assert masuk(nama).get(f"/m/{siap.slug}/usulan/kelengkapan/").status_code == kode
    assert isi(masuk(nama), siap, "Sikur", delegasi="X").status_code == kode


@pytest.mark.parametrize("jumlah", [1, 3])
def test_queries(jumlah, siap, masuk, buku, pemeran, django_assert_num_queries):
    path = buku("b.xlsx", [JUDUL, *BARIS[:jumlah]])
    impor = stage_impor(musrenbang=siap, path=path, nama=path.name, by=pemeran["bu_pmd"])
    commit_impor(impor=impor, by=pemeran["bu_pmd"])
    client = masuk("bu_pmd")
    client.get(f"/m/{siap.slug}/usulan/kelengkapan/")
    with django_assert_num_queries(9):
        client.get(f"/m/{siap.slug}/usulan/kelengkapan/")
