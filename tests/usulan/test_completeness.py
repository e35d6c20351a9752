"""What each desa handed in, the reminder, and what clears the checklist."""

import pytest

from musrenbang.akses import get_akses
from musrenbang.models import Desa, JejakAudit, Pengguna
from musrenbang.states import Tahap
from tests.conftest import BARIS, JUDUL
from usulan.models import KelengkapanDesa
from usulan.queries.completeness import list_completeness
from usulan.services.impor import commit_impor, stage_impor
from usulan.syarat import usulan_complete


@pytest.fixture
def ready_event(acara, move_event, cast, make_workbook):
    move_event(acara, Tahap.PERSIAPAN)
    path = make_workbook("a.xlsx", [JUDUL, [1, "Sikur", "Talud", "", 5, "m", 1_000_000, "DAK", ""]])
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    return acara


def desa(nama):
    return Desa.objects.get(nama=nama)


def isi(client, acara, nama, versi=1, **nilai):
    return client.post(f"/m/{acara.slug}/usulan/kelengkapan/{desa(nama).kode}/", {"versi": versi} | nilai, follow=True)


def test_the_board_says_what_is_missing_and_has_a_reminder(ready_event, masuk):
    words = masuk("bu_pmd").get(f"/m/{ready_event.slug}/usulan/kelengkapan/").content.decode()
    assert "kelengkapan 1 usulan (lokasi, volume, satuan, atau biaya)" in words
    assert "Yth. Kepala Desa Semaya." in words
    assert "1. DU-RKP Desa" in words


def test_berita_acara_and_delegates_are_recorded(ready_event, masuk):
    client = masuk("bu_pmd")
    isi(client, ready_event, "Sikur", ba_nomor="01/2026", ba_tanggal="2026-01-20", delegasi="Inaq Sri\nAmaq Din\n\n")
    one = KelengkapanDesa.objects.get()
    assert (one.ba_nomor, one.nama_delegasi) == ("01/2026", ["Inaq Sri", "Amaq Din"])
    assert JejakAudit.objects.filter(aksi="kelengkapan.diubah").count() == 1
    akses = get_akses(Pengguna.objects.get(username="bu_pmd"), ready_event)
    baris = {b.desa.nama: b for b in list_completeness(ready_event, akses)}
    assert baris["Sikur"].kurang == ["kelengkapan 1 usulan (lokasi, volume, satuan, atau biaya)"]


@pytest.mark.parametrize(
    ("nilai", "sentence"),
    [
        ({"sikap": "tunda"}, "Tulis alasan keputusan ini"),
        ({"ba_nomor": "01"}, "Isi nomor dan tanggal Berita Acara bersama-sama."),
        ({"ba_tanggal": "2026-01-20"}, "Isi nomor dan tanggal Berita Acara bersama-sama."),
    ],
)
def test_half_an_answer_is_sent_back(nilai, sentence, ready_event, masuk):
    assert sentence in isi(masuk("bu_pmd"), ready_event, "Sikur", **nilai).content.decode()


def test_a_stale_form_is_refused_and_keeps_what_was_typed(ready_event, masuk):
    client = masuk("bu_pmd")
    isi(client, ready_event, "Sikur", delegasi="Inaq Sri")
    response = isi(client, ready_event, "Sikur", delegasi="Amaq Baru").content.decode()
    assert "sudah mengubah kelengkapan desa ini" in response
    assert "Amaq Baru" in response
    assert KelengkapanDesa.objects.get().delegasi == "Inaq Sri"


@pytest.mark.parametrize("sikap", ["tunda", "proses"])
def test_a_decision_about_a_late_desa_clears_the_checklist(sikap, ready_event, masuk):
    everything = ready_event.kecamatan.desa_set.exclude(nama="Sikur")
    (missing,) = usulan_complete(ready_event)
    assert "desa belum memasukkan usulan" in missing.text
    assert missing.url.endswith("/usulan/kelengkapan/")
    for one in everything:
        isi(masuk("bu_pmd"), ready_event, one.nama, sikap=sikap, alasan="Kades berjanji menyusul")
    assert usulan_complete(ready_event) == []


def test_an_operator_fills_in_the_own_desa_and_decides_nothing(ready_event, masuk):
    client = masuk("operator_desa")
    isi(client, ready_event, "Sikur", delegasi="Inaq Sri", sikap="proses", alasan="mau saya")
    assert KelengkapanDesa.objects.get().sikap == ""
    assert isi(client, ready_event, "Semaya", delegasi="X").status_code == 403
    words = client.get(f"/m/{ready_event.slug}/usulan/kelengkapan/").content.decode()
    assert "Semaya" not in words


@pytest.mark.parametrize(("nama", "kode"), [("pak_camat", 403), ("orang_skpd", 403), ("orang_luar", 404)])
def test_others_stay_out(nama, kode, ready_event, masuk):
    assert masuk(nama).get(f"/m/{ready_event.slug}/usulan/kelengkapan/").status_code == kode
    assert isi(masuk(nama), ready_event, "Sikur", delegasi="X").status_code == kode


@pytest.mark.parametrize("jumlah", [1, 3])
def test_queries(jumlah, ready_event, masuk, make_workbook, cast, django_assert_num_queries):
    path = make_workbook("b.xlsx", [JUDUL, *BARIS[:jumlah]])
    impor = stage_impor(musrenbang=ready_event, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    client = masuk("bu_pmd")
    client.get(f"/m/{ready_event.slug}/usulan/kelengkapan/")
    with django_assert_num_queries(9):
        client.get(f"/m/{ready_event.slug}/usulan/kelengkapan/")
