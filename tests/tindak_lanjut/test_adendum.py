"""A correction after Bappeda took the plan in: numbered, approved, received, told everywhere; never a silent change."""

import pytest

from alur.demo.pasca import send_all
from alur.periksa import broken_invariants
from alur.periksa_adendum import check_handed_over
from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import stale_papers
from berita_acara.services.terbit import issue_dokumen, print_dokumen
from musrenbang.models import Dokumen, JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import BarisVersi, RkpVersi, VersiKind
from rkp.queries.baris import official_version
from tests.conftest import SANDI
from tests.halaman import flat
from tindak_lanjut.models import Adendum, ButirAdendum, Penyampaian, Pilahan
from tindak_lanjut.queries.pemilahan import rows_to_sort
from tindak_lanjut.services.adendum import amend_baris, apply_adendum, digest_of, open_adendum

SEBAB = "Nama dusun salah ketik di dua kegiatan."


@pytest.fixture
def diterima(memilah):
    """Bappeda has taken the package in; the sorting goes on."""
    return memilah


def alamat(acara, apa=""):
    return f"/m/{acara.slug}/berita-acara/adendum/{apa}"


def isian(baris, dilihat=0, **ubah):
    nama = ("kegiatan", "lokasi", "program", "prioritas_daerah", "sasaran_daerah", "sasaran")
    return {n: getattr(baris, n) for n in nama} | {"dilihat": dilihat, "sebab": "Salah ketik."} | ubah


@pytest.fixture
def disusun(diterima, pemeran, masuk):
    """An addendum with one corrected place, written through the pages."""
    client, baris = masuk("pak_sekcam"), diterima.rkp.baris.get(nomor=1)
    client.post(alamat(diterima, "mulai/"), {"sebab": SEBAB})
    jawab = client.post(alamat(diterima, f"kegiatan/{baris.pk}/"), isian(baris, lokasi="Dusun I Timur"), follow=True)
    assert "No. 1 masuk Adendum 1." in jawab.content.decode()
    return Adendum.objects.get()


def sahkan(acara, adendum, masuk, sandi=SANDI):
    dilihat = digest_of(list(adendum.butir.all()))
    return masuk("pak_camat").post(
        alamat(acara, f"{adendum.urut}/sahkan/"), {"sandi": sandi, "dilihat": dilihat}, follow=True
    )


def test_nothing_changes_before_the_camat_approves(diterima, disusun):
    versi = official_version(diterima)
    assert (versi.nomor, diterima.rkp.baris.get(nomor=1).lokasi) == (1, "Dusun I")
    assert broken_invariants(diterima) == []


def test_approved_it_is_numbered_frozen_and_nothing_but_the_wording_differs(diterima, disusun, masuk):
    lama = official_version(diterima)
    sebelum = {b.asal_baris_id: b for b in BarisVersi.objects.filter(rkp_versi=lama)}
    pilahan = dict(Pilahan.objects.values_list("pk", "skpd"))
    teks = sahkan(diterima, disusun, masuk).content.decode()
    disusun.refresh_from_db()
    assert disusun.surat.nomor.startswith("000.7.2/001/AD-MRB/") or "AD-MRB" in disusun.surat.nomor
    assert disusun.surat.nomor in teks
    baru = official_version(diterima)
    assert (disusun.dari_versi, disusun.versi, baru.nomor, str(baru)) == (
        lama,
        baru,
        lama.nomor + 1,
        "Disahkan Camat 2",
    )
    for b in BarisVersi.objects.filter(rkp_versi=baru):
        dulu = sebelum[b.asal_baris_id]
        assert (b.volume, b.biaya, b.keputusan, b.skpd, b.sebutan) == (
            dulu.volume,
            dulu.biaya,
            dulu.keputusan,
            dulu.skpd,
            dulu.sebutan,
        )
        assert b.lokasi == ("Dusun I Timur" if b.nomor == 1 else dulu.lokasi)
    assert RkpVersi.objects.get(pk=lama.pk).status == "diganti"
    assert dict(Pilahan.objects.values_list("pk", "skpd")) == pilahan
    assert set(Pilahan.objects.values_list("baris", flat=True)) == set(
        rows_to_sort(diterima).values_list("pk", flat=True)
    )
    assert Penyampaian.objects.get().versi == lama, "what was handed over stays what it was"
    assert JejakAudit.objects.get(aksi="rkp.adendum").rincian == {"lokasi": ["Dusun I", "Dusun I Timur"]}
    assert broken_invariants(diterima) == []


def test_bappeda_takes_it_in_once_with_a_number(diterima, disusun, masuk):
    bappeda = masuk("bu_bappeda")
    url = alamat(diterima, "1/terima/")
    assert "sekarang “Disusun”" in bappeda.post(url, follow=True).content.decode()
    sahkan(diterima, disusun, masuk)
    teks = bappeda.post(url, follow=True).content.decode()
    disusun.refresh_from_db()
    assert disusun.nomor_terima in teks
    assert disusun.nomor_terima != Penyampaian.objects.get().nomor
    assert "sekarang “Diterima Bappeda”" in bappeda.post(url, follow=True).content.decode()


def test_package_public_page_and_verification_say_that_it_exists(diterima, disusun, masuk, client, pemeran):
    lama = print_dokumen(musrenbang=diterima, jenis="rkp", by=pemeran["bu_pmd"])
    sahkan(diterima, disusun, masuk)
    disusun.refresh_from_db()
    for siapa, url in (
        (masuk("bu_bappeda"), f"/m/{diterima.slug}/tindak-lanjut/penyampaian/"),
        (client, f"/publik/{diterima.slug}/"),
        (client, f"/verifikasi/{lama.kode}/"),
    ):
        teks = siapa.get(url).content.decode()
        assert "Adendum 1" in teks, url
        assert disusun.surat.nomor in teks, url
        assert "1 kegiatan" in teks
    assert "Adendum 1" not in client.get(f"/verifikasi/{disusun.surat.kode}/").content.decode().split("<dl")[0].replace(
        "Adendum RKP", ""
    )


def test_the_letter_says_before_and_after(diterima, disusun, masuk):
    sahkan(diterima, disusun, masuk)
    surat = Dokumen.objects.get(jenis="adendum")
    (b,) = surat.isi["isi"]["baris"]
    assert (b["nomor"], b["beda"], b["sebab"]) == (1, [["Lokasi", "Dusun I", "Dusun I Timur"]], "Salah ketik.")
    assert surat.isi["isi"]["tanda_terima"] == Penyampaian.objects.get().nomor
    assert surat.sha256
    jawab = masuk("bu_bappeda").get(f"/m/{diterima.slug}/berita-acara/cetak/adendum.pdf?bagian=1")
    assert jawab.content[:4] == b"%PDF"


def test_figures_and_decisions_have_no_way_in(diterima, disusun, pemeran, masuk):
    baris = diterima.rkp.baris.get(nomor=2)
    with pytest.raises(Refused, match="Nama kegiatan"):
        amend_baris(adendum=disusun, baris=baris, by=pemeran["pak_sekcam"], **isian(baris, kegiatan="  "))
    masuk("pak_sekcam").post(
        alamat(diterima, f"kegiatan/{baris.pk}/"), isian(baris, biaya="1", volume="1", satuan="km", sasaran="80 KK")
    )
    assert ButirAdendum.objects.get(baris=baris).baru == {"sasaran": "80 KK"}


def test_two_people_and_stale_pages(diterima, disusun, pemeran, masuk):
    baris, client = diterima.rkp.baris.get(nomor=1), masuk("bu_pmd")
    url = alamat(diterima, f"kegiatan/{baris.pk}/")
    basi = client.post(url, isian(baris, dilihat=0, lokasi="Dusun II"))
    assert (basi.status_code, "sudah mengubah" in basi.content.decode()) == (422, True)
    assert "Dusun II" in basi.content.decode(), "what was typed stays"
    dilihat = digest_of(list(disusun.butir.all()))
    client.post(url, isian(baris, dilihat=1, lokasi="Dusun II"))
    with pytest.raises(Refused, match="Isi adendum berubah"):
        apply_adendum(adendum=disusun, dilihat=dilihat, by=pemeran["pak_camat"])
    client.post(url, isian(baris, dilihat=2))
    assert not disusun.butir.exists(), "the wording of the plan is no correction"
    with pytest.raises(Refused, match="belum memuat perbaikan"):
        apply_adendum(adendum=disusun, dilihat="", by=pemeran["pak_camat"])
    assert "sudah dibatalkan" not in client.post(alamat(diterima, "1/batal/"), follow=True).content.decode()
    assert not Adendum.objects.exists()


def test_a_wrong_password_and_a_second_click_approve_nothing_twice(diterima, disusun, masuk):
    assert "Kata sandi Anda tidak cocok" in sahkan(diterima, disusun, masuk, "salah").content.decode()
    sahkan(diterima, disusun, masuk)
    assert "sekarang “Disahkan Camat”" in sahkan(diterima, disusun, masuk).content.decode()
    assert Dokumen.objects.filter(jenis="adendum").count() == 1
    assert RkpVersi.objects.filter(jenis=VersiKind.DISAHKAN).count() == 2


def test_before_the_receipt_there_is_none(disampaikan, pemeran, masuk):
    with pytest.raises(Refused, match="sekarang pada tahap"):
        open_adendum(musrenbang=disampaikan, by=pemeran["pak_sekcam"], sebab=SEBAB)
    teks = flat(masuk("pak_sekcam").get(alamat(disampaikan)))
    assert "Adendum baru ada sesudah Bappeda menerima dokumen." in teks


def test_a_second_addendum_goes_on_from_the_first(diterima, disusun, pemeran, masuk):
    sahkan(diterima, disusun, masuk)
    by = pemeran["pak_sekcam"]
    dua = open_adendum(musrenbang=diterima, by=by, sebab=SEBAB)
    assert open_adendum(musrenbang=diterima, by=by, sebab=SEBAB) == dua, "one at a time"
    baris = diterima.rkp.baris.get(nomor=1)
    amend_baris(adendum=dua, baris=baris, by=by, **isian(baris, lokasi="Dusun I Barat"))
    sahkan(diterima, dua, masuk)
    assert official_version(diterima).nomor == 3
    assert broken_invariants(diterima) == []


@pytest.mark.parametrize(
    "kata, ubah",
    [("biaya berubah", {"biaya": 1}), ("lokasi berubah", {"lokasi": "Entah"}), ("satuan berubah", {"satuan": "km"})],
)
def test_a_silent_change_of_what_was_handed_over_is_named(kata, ubah, diterima, disusun, masuk):
    sahkan(diterima, disusun, masuk)
    assert list(check_handed_over(diterima)) == []
    BarisVersi.objects.filter(rkp_versi=official_version(diterima), nomor=1).update(**ubah)
    assert any(kata in kalimat and kalimat.startswith("No. 1: ") for kalimat in broken_invariants(diterima))


@pytest.mark.parametrize(
    "nama, apa",
    [
        ("pak_camat", "mulai/"),
        ("bu_bappeda", "mulai/"),
        ("pak_sekcam", "1/sahkan/"),
        ("pak_camat", "1/terima/"),
        ("bu_pmd", "1/terima/"),
        ("pemandu", "mulai/"),
    ],
)
def test_everybody_does_the_own_part(nama, apa, diterima, disusun, masuk):
    assert masuk(nama).post(alamat(diterima, apa)).status_code == 403


def test_at_the_end_too(diterima, disusun, masuk):
    diterima.__class__.objects.filter(pk=diterima.pk).update(tahap=Tahap.SELESAI)
    assert "disahkan dengan nomor" in sahkan(diterima, disusun, masuk).content.decode()


def test_an_skpd_reads_what_was_corrected_after_its_letter(terpilah, pemeran, masuk):
    send_all(terpilah, pemeran["bu_pmd"])
    pilahan = Pilahan.objects.filter(skpd__singkatan="Dinas PUPR", pengiriman__isnull=False).first()
    baris, by = pilahan.baris.asal_baris, pemeran["pak_sekcam"]
    adendum = open_adendum(musrenbang=terpilah, by=by, sebab=SEBAB)
    amend_baris(adendum=adendum, baris=baris, by=by, **isian(baris, lokasi="Kali Bagek Hulu"))
    client = masuk("orang_skpd")
    assert "Adendum 1" not in client.get("/skpd/").content.decode()
    sahkan(terpilah, adendum, masuk)
    teks = client.get("/skpd/").content.decode()
    assert f"no. {baris.nomor}:" in teks
    assert "sesudah suratnya dikirim" in teks
    assert "Kali Bagek Hulu" in teks


def test_who_is_to_act_finds_it_in_the_next_step(diterima, disusun, masuk):
    for nama in ("pak_camat", "pak_sekcam"):
        for url in ("/", f"/m/{diterima.slug}/"):
            assert "Adendum 1 (1 kegiatan) menunggu pengesahan Camat." in masuk(nama).get(url).content.decode()
    sahkan(diterima, disusun, masuk)
    assert "Adendum 1 (1 kegiatan) menunggu diterima Bappeda." in masuk("bu_bappeda").get("/").content.decode()
    masuk("bu_bappeda").post(alamat(diterima, "1/terima/"))
    assert "menunggu diterima Bappeda" not in masuk("bu_bappeda").get("/").content.decode()


def test_letters_of_before_stay_and_the_event_goes_on_to_its_end(terpilah, pemeran, masuk):
    """Today the page of documents and the last move end in an error once there is an addendum."""
    send_all(terpilah, pemeran["bu_pmd"])
    by, sekcam = pemeran["pak_sekcam"], masuk("pak_sekcam")
    baris = Pilahan.objects.filter(pengiriman__isnull=False).first().baris.asal_baris
    for urut, ubah in enumerate(({"lokasi": "Kali Bagek Hulu", "program": "A. Program"}, {"kegiatan": "Jembatan"}), 1):
        adendum = open_adendum(musrenbang=terpilah, by=by, sebab=SEBAB)
        amend_baris(adendum=adendum, baris=baris, by=by, **isian(baris, **ubah))
        sahkan(terpilah, adendum, masuk)
        baris.refresh_from_db()
        assert stale_papers(terpilah) == {}, "the addendum tells it; nothing is issued in the place of what went out"
        halaman = sekcam.get(f"/m/{terpilah.slug}/berita-acara/")
        assert (halaman.status_code, "tidak lagi sesuai" in halaman.content.decode()) == (200, False)
        lagi = issue_dokumen(musrenbang=terpilah, jenis="adendum", part=str(urut), by=by)
        assert lagi == Dokumen.objects.get(jenis="adendum", bagian=str(urut))
    surat = Pilahan.objects.filter(baris__asal_baris=baris).get().pengiriman.surat
    isi = {b["nomor"]: b for b in surat.isi["isi"]["baris"]}
    assert "Kali Bagek Hulu" not in isi[baris.nomor]["lokasi"]
    Pilahan.objects.filter(baris__asal_baris=baris).update(diminta=1)
    assert "daftar kegiatan" in stale_papers(terpilah)["usulan_skpd", surat.bagian], "another amount is no wording"
    Pilahan.objects.filter(baris__asal_baris=baris).update(diminta=baris.biaya)
    advance_musrenbang(musrenbang=terpilah, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=by)
    assert broken_invariants(terpilah) == []


def test_bappeda_gives_one_back_and_the_next_puts_it_right(diterima, disusun, pemeran, masuk, client):
    sahkan(diterima, disusun, masuk)
    bappeda, url = masuk("bu_bappeda"), alamat(diterima, "1/kembalikan/")
    assert "Kembalikan dengan alasan" in bappeda.get(alamat(diterima)).content.decode()
    assert masuk("pak_sekcam").post(url, {"alasan": "x" * 20}).status_code == 403
    assert "Tuliskan mengapa" in bappeda.post(url, {"alasan": "salah"}, follow=True).content.decode()
    alasan = "Dusun itu tidak ada di Desa Semaya."
    bappeda.post(url, {"alasan": alasan})
    disusun.refresh_from_db()
    assert (disusun.status, disusun.alasan_kembali) == ("kembali", alasan)
    for lagi in ("1/kembalikan/", "1/terima/"):
        teks = bappeda.post(alamat(diterima, lagi), {"alasan": alasan}, follow=True).content.decode()
        assert "sekarang “Dikembalikan Bappeda”" in teks
    for siapa, halaman in (
        (masuk("pak_sekcam"), "/"),
        (masuk("pak_camat"), f"/m/{diterima.slug}/"),
        (masuk("pak_sekcam"), alamat(diterima)),
        (bappeda, f"/m/{diterima.slug}/tindak-lanjut/penyampaian/"),
    ):
        assert alasan in siapa.get(halaman).content.decode(), halaman
    assert "Bappeda mengembalikan adendum ini" in client.get(f"/publik/{diterima.slug}/").content.decode()
    assert broken_invariants(diterima) == []
    by, baris = pemeran["pak_sekcam"], diterima.rkp.baris.get(nomor=1)
    dua = open_adendum(musrenbang=diterima, by=by, sebab="Dikembalikan Bappeda.")
    amend_baris(adendum=dua, baris=baris, by=by, **isian(baris, lokasi="Dusun I"))
    assert alasan not in masuk("pak_sekcam").get("/").content.decode(), "its successor is under way"
    sahkan(diterima, dua, masuk)
    bappeda.post(alamat(diterima, "2/terima/"))
    assert official_version(diterima).baris.get(nomor=1).lokasi == "Dusun I"
    assert broken_invariants(diterima) == []
