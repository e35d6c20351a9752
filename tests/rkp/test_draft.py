"""The draft: built from proposals, rebuilt without losing work, placed by people."""

import pytest

from alur.queries.syarat import collect
from musrenbang.models import Bidang, JejakAudit, Skpd
from musrenbang.states import Tahap
from rkp.models import BarisRkp, SumberBaris
from rkp.services.draft import build_draft, place_baris
from tests.halaman import flat


def test_every_proposal_becomes_a_row_in_its_bidang(draf):
    baris = {b.kegiatan: b for b in draf.baris.select_related("bidang", "skpd")}
    tani = baris["Pengerasan jalan usaha tani"]
    assert (tani.skpd.singkatan, tani.bidang.nama) == ("Distan", "Ekonomi dan Pertanian")
    assert tani.program.startswith("3.27.03")
    assert tani.prioritas_daerah.startswith("Peningkatan nilai tambah")
    assert tani.sasaran == "60 KK"
    assert baris["Pembangunan jembatan plat beton"].skpd.singkatan == "Dinas PUPR"
    assert SumberBaris.objects.count() == 6


def test_rebuilding_adds_only_what_is_new_and_overwrites_nothing(acara, draf, pemeran, buku):
    from tests.conftest import JUDUL
    from usulan.services.impor import commit_impor, stage_impor

    satu = draf.baris.get(nomor=1)
    nilai = {k: getattr(satu, k) for k in ("bidang", "prioritas_daerah", "sasaran_daerah", "sasaran")}
    lain = Skpd.objects.get(singkatan="DLH")
    place_baris(baris=satu, versi=1, by=pemeran["bu_pmd"], **nilai, skpd=lain, program="2.11.11 Uji")
    path = buku("baru.xlsx", [JUDUL, [9, "Sikur", "Bantuan sapi", "Dusun II", 4, "ekor", 60_000_000, "APBN", "8 KK"]])
    impor = stage_impor(musrenbang=acara, path=path, nama="baru.xlsx", by=pemeran["bu_pmd"])
    commit_impor(impor=impor, by=pemeran["bu_pmd"])
    assert build_draft(musrenbang=acara, by=pemeran["bu_pmd"]) == (1, 0)
    assert build_draft(musrenbang=acara, by=pemeran["bu_pmd"]) == (0, 0)
    satu.refresh_from_db()
    assert (satu.skpd, satu.program, draf.baris.count()) == (lain, "2.11.11 Uji", 7)


@pytest.mark.parametrize(
    "nama, status", [("pemandu", 403), ("pak_camat", 403), ("operator_desa", 403), ("orang_luar", 404)]
)
def test_wrong_people_do_not_build(nama, status, acara, usulan, masuk):
    assert masuk(nama).post(f"/m/{acara.slug}/rkp/susun/").status_code == status
    assert not BarisRkp.objects.exists()


def test_the_page_builds_once_and_says_so(acara, usulan, masuk):
    client = masuk("bu_pmd")
    assert "Susun draf dari 6 usulan" in client.get(f"/m/{acara.slug}/rkp/").content.decode()
    assert "6 usulan masuk draf" in client.post(f"/m/{acara.slug}/rkp/susun/", follow=True).content.decode()
    assert "sudah ada di draf" in client.post(f"/m/{acara.slug}/rkp/susun/", follow=True).content.decode()
    assert client.get(f"/m/{acara.slug}/rkp/susun/").status_code == 405


def test_too_late_to_build(acara, usulan, masuk, pindah):
    pindah(acara, Tahap.PLENO)
    jawab = masuk("bu_pmd").post(f"/m/{acara.slug}/rkp/susun/", follow=True)
    assert "sekarang pada tahap “Pleno”" in jawab.content.decode()


def _isi(baris, **ubah):
    return {
        "versi": baris.versi,
        "bidang": baris.bidang_id,
        "skpd": baris.skpd_id or "",
        "program": "",
        "prioritas_daerah": "",
        "sasaran_daerah": "",
        "sasaran": "",
    } | ubah


def test_placing_a_row_and_a_stale_tab(acara, draf, masuk):
    baris, url = draf.baris.get(nomor=5), f"/m/{acara.slug}/rkp/baris/{draf.baris.get(nomor=5).pk}/tempatkan/"
    umum = Bidang.objects.get(nama="Pemerintahan dan Umum")
    assert masuk("pemandu").post(url, _isi(baris, bidang=umum.pk)).status_code == 302
    jawab = masuk("pak_sekcam").post(url, _isi(baris, program="Ketikan saya"))
    assert jawab.status_code == 422
    assert "sudah mengubah kegiatan ini" in jawab.content.decode()
    assert "Ketikan saya" in jawab.content.decode()
    baris.refresh_from_db()
    assert (baris.bidang, baris.versi) == (umum, 2)
    assert JejakAudit.objects.get(aksi="rkp.ditempatkan").rincian["bidang"][1] == "Pemerintahan dan Umum"


def test_a_proposal_completed_after_the_draft_reaches_its_row(acara, tim, draf, usulan, masuk, pemeran):
    from usulan.services.usulan import update_usulan

    isi = {k: getattr(usulan[4], k) for k in ("kegiatan", "permasalahan", "lokasi", "volume", "satuan", "manfaat")}
    isi |= {"sumber_dana": usulan[4].sumber_dana, "prioritas_desa": None, "biaya": 215_000_000}
    update_usulan(usulan=usulan[4], versi=1, by=pemeran["operator_desa"], **isi)
    assert [k.text for k in collect(acara, Tahap.SIAP) if k.wajib] == [
        "1 kegiatan di draf tidak lagi sama dengan usulannya; perbarui drafnya."
    ]
    client = masuk("bu_pmd")
    assert "Perbarui 1 kegiatan" in flat(client.get(f"/m/{acara.slug}/rkp/"))
    jawab = client.post(f"/m/{acara.slug}/rkp/susun/", follow=True)
    assert "1 kegiatan disesuaikan dengan usulannya." in jawab.content.decode()
    baris = draf.baris.get(nomor=5)
    assert (baris.biaya, baris.semula["biaya"], baris.versi) == (215_000_000, "215000000", 2)
    assert [k for k in collect(acara, Tahap.SIAP) if k.wajib] == []


def test_programmes_are_offered_by_code_and_name(acara, draf, masuk):
    teks = masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/baris/{draf.baris.first().pk}/").content.decode()
    assert '<option value="1.01.02 Program Pengelolaan Pendidikan">' in teks
    assert teks.count('<option value="1.03.') > 5
