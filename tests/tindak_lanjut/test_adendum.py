"""A correction after Bappeda took the plan in: numbered, approved, received, told everywhere; never a silent change."""

import pytest

from alur.demo.afterwards import send_all
from alur.periksa import broken_invariants
from alur.periksa_adendum import check_handed_over
from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import stale_papers
from berita_acara.services.issue import issue_dokumen, print_dokumen
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
def accepted_event(sorting_event):
    """Bappeda has taken the package in; the sorting goes on."""
    return sorting_event


def alamat(acara, what=""):
    return f"/m/{acara.slug}/berita-acara/adendum/{what}"


def entry(baris, dilihat=0, **change):
    nama = ("kegiatan", "lokasi", "program", "prioritas_daerah", "sasaran_daerah", "sasaran")
    return {n: getattr(baris, n) for n in nama} | {"dilihat": dilihat, "sebab": "Salah ketik."} | change


@pytest.fixture
def composed_work(accepted_event, cast, masuk):
    """An addendum with one corrected place, written through the pages."""
    client, baris = masuk("pak_sekcam"), accepted_event.rkp.baris.get(nomor=1)
    client.post(alamat(accepted_event, "mulai/"), {"sebab": SEBAB})
    response = client.post(
        alamat(accepted_event, f"kegiatan/{baris.pk}/"), entry(baris, lokasi="Dusun I Timur"), follow=True
    )
    assert "No. 1 masuk Adendum 1." in response.content.decode()
    return Adendum.objects.get()


def approve(acara, adendum, masuk, sandi=SANDI):
    dilihat = digest_of(list(adendum.butir.all()))
    return masuk("pak_camat").post(
        alamat(acara, f"{adendum.urut}/sahkan/"), {"sandi": sandi, "dilihat": dilihat}, follow=True
    )


def test_nothing_changes_before_the_camat_approves(accepted_event, composed_work):
    versi = official_version(accepted_event)
    assert (versi.nomor, accepted_event.rkp.baris.get(nomor=1).lokasi) == (1, "Dusun I")
    assert broken_invariants(accepted_event) == []


def test_approved_it_is_numbered_frozen_and_nothing_but_the_wording_differs(accepted_event, composed_work, masuk):
    lama = official_version(accepted_event)
    sebelum = {b.asal_baris_id: b for b in BarisVersi.objects.filter(rkp_versi=lama)}
    pilahan = dict(Pilahan.objects.values_list("pk", "skpd"))
    text = approve(accepted_event, composed_work, masuk).content.decode()
    composed_work.refresh_from_db()
    assert composed_work.surat.nomor.startswith("000.7.2/001/AD-MRB/") or "AD-MRB" in composed_work.surat.nomor
    assert composed_work.surat.nomor in text
    baru = official_version(accepted_event)
    assert (composed_work.dari_versi, composed_work.versi, baru.nomor, str(baru)) == (
        lama,
        baru,
        lama.nomor + 1,
        "Disahkan Camat 2",
    )
    for b in BarisVersi.objects.filter(rkp_versi=baru):
        before = sebelum[b.asal_baris_id]
        assert (b.volume, b.biaya, b.keputusan, b.skpd, b.sebutan) == (
            before.volume,
            before.biaya,
            before.keputusan,
            before.skpd,
            before.sebutan,
        )
        assert b.lokasi == ("Dusun I Timur" if b.nomor == 1 else before.lokasi)
    assert RkpVersi.objects.get(pk=lama.pk).status == "diganti"
    assert dict(Pilahan.objects.values_list("pk", "skpd")) == pilahan
    assert set(Pilahan.objects.values_list("baris", flat=True)) == set(
        rows_to_sort(accepted_event).values_list("pk", flat=True)
    )
    assert Penyampaian.objects.get().versi == lama, "what was handed over stays what it was"
    assert JejakAudit.objects.get(aksi="rkp.adendum").rincian == {"lokasi": ["Dusun I", "Dusun I Timur"]}
    assert broken_invariants(accepted_event) == []


def test_bappeda_takes_it_in_once_with_a_number(accepted_event, composed_work, masuk):
    bappeda = masuk("bu_bappeda")
    url = alamat(accepted_event, "1/terima/")
    assert "sekarang “Disusun”" in bappeda.post(url, follow=True).content.decode()
    approve(accepted_event, composed_work, masuk)
    text = bappeda.post(url, follow=True).content.decode()
    composed_work.refresh_from_db()
    assert composed_work.nomor_terima in text
    assert composed_work.nomor_terima != Penyampaian.objects.get().nomor
    assert "sekarang “Diterima Bappeda”" in bappeda.post(url, follow=True).content.decode()


def test_package_public_page_and_verification_say_that_it_exists(accepted_event, composed_work, masuk, client, cast):
    lama = print_dokumen(musrenbang=accepted_event, jenis="rkp", by=cast["bu_pmd"])
    approve(accepted_event, composed_work, masuk)
    composed_work.refresh_from_db()
    for who, url in (
        (masuk("bu_bappeda"), f"/m/{accepted_event.slug}/tindak-lanjut/penyampaian/"),
        (client, f"/publik/{accepted_event.slug}/"),
        (client, f"/verifikasi/{lama.kode}/"),
    ):
        text = who.get(url).content.decode()
        assert "Adendum 1" in text, url
        assert composed_work.surat.nomor in text, url
        assert "1 kegiatan" in text
    assert "Adendum 1" not in client.get(f"/verifikasi/{composed_work.surat.kode}/").content.decode().split("<dl")[
        0
    ].replace("Adendum RKP", "")


def test_the_letter_says_before_and_after(accepted_event, composed_work, masuk):
    approve(accepted_event, composed_work, masuk)
    surat = Dokumen.objects.get(jenis="adendum")
    (b,) = surat.isi["isi"]["baris"]
    assert (b["nomor"], b["beda"], b["sebab"]) == (1, [["Lokasi", "Dusun I", "Dusun I Timur"]], "Salah ketik.")
    assert surat.isi["isi"]["tanda_terima"] == Penyampaian.objects.get().nomor
    assert surat.sha256
    response = masuk("bu_bappeda").get(f"/m/{accepted_event.slug}/berita-acara/cetak/adendum.pdf?bagian=1")
    assert response.content[:4] == b"%PDF"


def test_figures_and_decisions_have_no_way_in(accepted_event, composed_work, cast, masuk):
    baris = accepted_event.rkp.baris.get(nomor=2)
    with pytest.raises(Refused, match="Nama kegiatan"):
        amend_baris(adendum=composed_work, baris=baris, by=cast["pak_sekcam"], **entry(baris, kegiatan="  "))
    masuk("pak_sekcam").post(
        alamat(accepted_event, f"kegiatan/{baris.pk}/"),
        entry(baris, biaya="1", volume="1", satuan="km", sasaran="80 KK"),
    )
    assert ButirAdendum.objects.get(baris=baris).baru == {"sasaran": "80 KK"}


def test_two_people_and_stale_pages(accepted_event, composed_work, cast, masuk):
    baris, client = accepted_event.rkp.baris.get(nomor=1), masuk("bu_pmd")
    url = alamat(accepted_event, f"kegiatan/{baris.pk}/")
    stale = client.post(url, entry(baris, dilihat=0, lokasi="Dusun II"))
    assert (stale.status_code, "sudah mengubah" in stale.content.decode()) == (422, True)
    assert "Dusun II" in stale.content.decode(), "what was typed stays"
    dilihat = digest_of(list(composed_work.butir.all()))
    client.post(url, entry(baris, dilihat=1, lokasi="Dusun II"))
    with pytest.raises(Refused, match="Isi adendum berubah"):
        apply_adendum(adendum=composed_work, dilihat=dilihat, by=cast["pak_camat"])
    client.post(url, entry(baris, dilihat=2))
    assert not composed_work.butir.exists(), "the wording of the plan is no correction"
    with pytest.raises(Refused, match="belum memuat perbaikan"):
        apply_adendum(adendum=composed_work, dilihat="", by=cast["pak_camat"])
    assert "sudah dibatalkan" not in client.post(alamat(accepted_event, "1/batal/"), follow=True).content.decode()
    assert not Adendum.objects.exists()


def test_a_wrong_password_and_a_second_click_approve_nothing_twice(accepted_event, composed_work, masuk):
    assert "Kata sandi Anda tidak cocok" in approve(accepted_event, composed_work, masuk, "salah").content.decode()
    approve(accepted_event, composed_work, masuk)
    assert "sekarang “Disahkan Camat”" in approve(accepted_event, composed_work, masuk).content.decode()
    assert Dokumen.objects.filter(jenis="adendum").count() == 1
    assert RkpVersi.objects.filter(jenis=VersiKind.DISAHKAN).count() == 2


def test_before_the_receipt_there_is_none(submitted_event, cast, masuk):
    with pytest.raises(Refused, match="sekarang pada tahap"):
        open_adendum(musrenbang=submitted_event, by=cast["pak_sekcam"], sebab=SEBAB)
    text = flat(masuk("pak_sekcam").get(alamat(submitted_event)))
    assert "Adendum baru ada sesudah Bappeda menerima dokumen." in text


def test_a_second_addendum_goes_on_from_the_first(accepted_event, composed_work, cast, masuk):
    approve(accepted_event, composed_work, masuk)
    by = cast["pak_sekcam"]
    dua = open_adendum(musrenbang=accepted_event, by=by, sebab=SEBAB)
    assert open_adendum(musrenbang=accepted_event, by=by, sebab=SEBAB) == dua, "one at a time"
    baris = accepted_event.rkp.baris.get(nomor=1)
    amend_baris(adendum=dua, baris=baris, by=by, **entry(baris, lokasi="Dusun I Barat"))
    approve(accepted_event, dua, masuk)
    assert official_version(accepted_event).nomor == 3
    assert broken_invariants(accepted_event) == []


@pytest.mark.parametrize(
    "kata, changes",
    [("biaya berubah", {"biaya": 1}), ("lokasi berubah", {"lokasi": "Entah"}), ("satuan berubah", {"satuan": "km"})],
)
def test_a_silent_change_of_what_was_handed_over_is_named(kata, changes, accepted_event, composed_work, masuk):
    approve(accepted_event, composed_work, masuk)
    assert list(check_handed_over(accepted_event)) == []
    BarisVersi.objects.filter(rkp_versi=official_version(accepted_event), nomor=1).update(**changes)
    assert any(kata in sentence and sentence.startswith("No. 1: ") for sentence in broken_invariants(accepted_event))


@pytest.mark.parametrize(
    "nama, subject",
    [
        ("pak_camat", "mulai/"),
        ("bu_bappeda", "mulai/"),
        ("pak_sekcam", "1/sahkan/"),
        ("pak_camat", "1/terima/"),
        ("bu_pmd", "1/terima/"),
        ("pemandu", "mulai/"),
    ],
)
def test_everybody_does_the_own_part(nama, subject, accepted_event, composed_work, masuk):
    assert masuk(nama).post(alamat(accepted_event, subject)).status_code == 403


def test_at_the_end_too(accepted_event, composed_work, masuk):
    accepted_event.__class__.objects.filter(pk=accepted_event.pk).update(tahap=Tahap.SELESAI)
    assert "disahkan dengan nomor" in approve(accepted_event, composed_work, masuk).content.decode()


def test_an_skpd_reads_what_was_corrected_after_its_letter(assigned_event, cast, masuk):
    send_all(assigned_event, cast["bu_pmd"])
    pilahan = Pilahan.objects.filter(skpd__singkatan="Dinas PUPR", pengiriman__isnull=False).first()
    baris, by = pilahan.baris.asal_baris, cast["pak_sekcam"]
    adendum = open_adendum(musrenbang=assigned_event, by=by, sebab=SEBAB)
    amend_baris(adendum=adendum, baris=baris, by=by, **entry(baris, lokasi="Kali Bagek Hulu"))
    client = masuk("orang_skpd")
    assert "Adendum 1" not in client.get("/skpd/").content.decode()
    approve(assigned_event, adendum, masuk)
    text = client.get("/skpd/").content.decode()
    assert f"no. {baris.nomor}:" in text
    assert "sesudah suratnya dikirim" in text
    assert "Kali Bagek Hulu" in text


def test_who_is_to_act_finds_it_in_the_next_step(accepted_event, composed_work, masuk):
    for nama in ("pak_camat", "pak_sekcam"):
        for url in ("/", f"/m/{accepted_event.slug}/"):
            assert "Adendum 1 (1 kegiatan) menunggu pengesahan Camat." in masuk(nama).get(url).content.decode()
    approve(accepted_event, composed_work, masuk)
    assert "Adendum 1 (1 kegiatan) menunggu diterima Bappeda." in masuk("bu_bappeda").get("/").content.decode()
    masuk("bu_bappeda").post(alamat(accepted_event, "1/terima/"))
    assert "menunggu diterima Bappeda" not in masuk("bu_bappeda").get("/").content.decode()


def test_letters_of_before_stay_and_the_event_goes_on_to_its_end(assigned_event, cast, masuk):
    """Today the page of documents and the last move end in an error once there is an addendum."""
    send_all(assigned_event, cast["bu_pmd"])
    by, sekcam = cast["pak_sekcam"], masuk("pak_sekcam")
    baris = Pilahan.objects.filter(pengiriman__isnull=False).first().baris.asal_baris
    for order, change in enumerate(
        ({"lokasi": "Kali Bagek Hulu", "program": "A. Program"}, {"kegiatan": "Jembatan"}), 1
    ):
        adendum = open_adendum(musrenbang=assigned_event, by=by, sebab=SEBAB)
        amend_baris(adendum=adendum, baris=baris, by=by, **entry(baris, **change))
        approve(assigned_event, adendum, masuk)
        baris.refresh_from_db()
        assert stale_papers(assigned_event) == {}, (
            "the addendum tells it; nothing is issued in the place of what went out"
        )
        halaman = sekcam.get(f"/m/{assigned_event.slug}/berita-acara/")
        assert (halaman.status_code, "tidak lagi sesuai" in halaman.content.decode()) == (200, False)
        lagi = issue_dokumen(musrenbang=assigned_event, jenis="adendum", part=str(order), by=by)
        assert lagi == Dokumen.objects.get(jenis="adendum", bagian=str(order))
    surat = Pilahan.objects.filter(baris__asal_baris=baris).get().pengiriman.surat
    contents = {b["nomor"]: b for b in surat.isi["isi"]["baris"]}
    assert "Kali Bagek Hulu" not in contents[baris.nomor]["lokasi"]
    Pilahan.objects.filter(baris__asal_baris=baris).update(diminta=1)
    assert "daftar kegiatan" in stale_papers(assigned_event)["usulan_skpd", surat.bagian], (
        "another amount is no wording"
    )
    Pilahan.objects.filter(baris__asal_baris=baris).update(diminta=baris.biaya)
    advance_musrenbang(musrenbang=assigned_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=by)
    assert broken_invariants(assigned_event) == []


def test_bappeda_gives_one_back_and_the_next_puts_it_right(accepted_event, composed_work, cast, masuk, client):
    approve(accepted_event, composed_work, masuk)
    bappeda, url = masuk("bu_bappeda"), alamat(accepted_event, "1/kembalikan/")
    assert "Kembalikan dengan alasan" in bappeda.get(alamat(accepted_event)).content.decode()
    assert masuk("pak_sekcam").post(url, {"alasan": "x" * 20}).status_code == 403
    assert "Tuliskan mengapa" in bappeda.post(url, {"alasan": "salah"}, follow=True).content.decode()
    alasan = "Dusun itu tidak ada di Desa Semaya."
    bappeda.post(url, {"alasan": alasan})
    composed_work.refresh_from_db()
    assert (composed_work.status, composed_work.alasan_kembali) == ("kembali", alasan)
    for lagi in ("1/kembalikan/", "1/terima/"):
        text = bappeda.post(alamat(accepted_event, lagi), {"alasan": alasan}, follow=True).content.decode()
        assert "sekarang “Dikembalikan Bappeda”" in text
    for who, halaman in (
        (masuk("pak_sekcam"), "/"),
        (masuk("pak_camat"), f"/m/{accepted_event.slug}/"),
        (masuk("pak_sekcam"), alamat(accepted_event)),
        (bappeda, f"/m/{accepted_event.slug}/tindak-lanjut/penyampaian/"),
    ):
        assert alasan in who.get(halaman).content.decode(), halaman
    assert "Bappeda mengembalikan adendum ini" in client.get(f"/publik/{accepted_event.slug}/").content.decode()
    assert broken_invariants(accepted_event) == []
    by, baris = cast["pak_sekcam"], accepted_event.rkp.baris.get(nomor=1)
    dua = open_adendum(musrenbang=accepted_event, by=by, sebab="Dikembalikan Bappeda.")
    amend_baris(adendum=dua, baris=baris, by=by, **entry(baris, lokasi="Dusun I"))
    assert alasan not in masuk("pak_sekcam").get("/").content.decode(), "its successor is under way"
    approve(accepted_event, dua, masuk)
    bappeda.post(alamat(accepted_event, "2/terima/"))
    assert official_version(accepted_event).baris.get(nomor=1).lokasi == "Dusun I"
    assert broken_invariants(accepted_event) == []
