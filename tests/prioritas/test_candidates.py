"""Candidates, verification, what desa did, agreed orders, and schemes of a kabupaten."""

import pytest

from musrenbang.models import JejakAudit
from musrenbang.transisi import Refused
from rkp.prioritas.models import Calon, KeadaanDesa, Pemeringkatan, SkemaPendanaan, UrutanKelompok, Verifikasi
from rkp.prioritas.presets import preset
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.candidates import list_peserta, rows_outside
from rkp.prioritas.queries.skema import skema_choices
from rkp.prioritas.services.candidates import add_candidate, save_state, save_verification
from rkp.prioritas.services.peringkat import save_ordering, sync_candidates
from tests.conftest import open_page_peringkat
from tests.halaman import flat
from tests.prioritas.test_halaman import alamat, entry


@pytest.fixture
def pnpm_mpd(acara, draft_event, cast):
    """PNPM opened while the event is still prepared, with two candidates."""
    p = open_page_peringkat(acara, cast["pak_sekcam"], "mpd")
    baris = list(draft_event.baris.filter(nomor__in=[1, 2]).values_list("pk", flat=True))
    add_candidate(pemeringkatan=p, by=cast["pak_sekcam"], baris=baris[:1], daftar="NON_SPP")
    add_candidate(pemeringkatan=p, by=cast["pak_sekcam"], baris=baris[1:], daftar="SPP")
    return p


def test_candidates_are_prepared_before_the_day(acara, pnpm_mpd, masuk):
    client, url = masuk("bu_pmd"), alamat(acara, "mpd/calon/")
    contents = client.get(url).content.decode()
    assert "2 kegiatan, 0 memenuhi syarat" in contents
    assert "Belum ada swadaya masyarakat" in contents
    assert "MPD-12" in contents
    three = next(b for b in rows_outside(pnpm_mpd) if b.nomor == 3)
    client.post(url, {"baris": [three.pk], "daftar": "NON_SPP"})
    client.post(url, {"baris": [three.pk], "daftar": "NON_SPP"})
    assert Calon.objects.count() == 3
    assert "Pilih daftarnya" in client.post(url, {"baris": [three.pk], "daftar": "X"}, follow=True).content.decode()
    assert "belum memenuhi syarat" in client.get(url + "?saring=gugur").content.decode()
    assert "Tidak ada yang cocok" in client.get(url + "?saring=layak").content.decode()


def test_a_candidate_is_completed_verified_and_becomes_eligible(acara, pnpm_mpd, masuk):
    c = Calon.objects.get(daftar="NON_SPP")
    url = alamat(acara, f"mpd/calon/{c.pk}/")
    contents = {
        "daftar": "NON_SPP",
        "jenis": "prasarana",
        "asal": "campuran",
        "sumber": "APBN (DUB)",
        "swadaya": "5.000.000",
        "rab": "on",
        "di_rkp_desa": "on",
        "versi": 1,
        "larangan": "",
        "larangan_nilai": "",
    }
    assert masuk("bu_pmd").post(url, contents).status_code == 302
    outdated = masuk("pak_sekcam").post(url, contents | {"swadaya": "1"})
    assert outdated.status_code == 422
    assert "sudah mengubah" in outdated.content.decode()
    verification = {
        "versi": 0,
        "dokumen": ["usulan", "rab"],
        "rekomendasi": "layak",
        "uji_manfaat": "5",
        "catatan_manfaat": "60 KK",
    }
    tv = masuk("verifikator")
    reject = tv.post(url + "verifikasi/", verification)
    assert "Sampaikan dahulu umpan balik ke desa" in reject.content.decode()
    assert tv.post(url + "verifikasi/", verification | {"umpan_balik_pada": "2026-02-01"}).status_code == 302
    v = Verifikasi.objects.get()
    assert (v.uji, v.dokumen["rab"], v.dokumen["lahan"]) == ({"manfaat": {"nilai": 5, "catatan": "60 KK"}}, True, False)
    (peserta,) = [p for p in list_peserta(pnpm_mpd) if p.calon.pk == c.pk]
    assert peserta.layak, peserta.temuan
    stale = tv.post(url + "verifikasi/", verification | {"umpan_balik_pada": "2026-02-01", "alasan": "Lagi"})
    assert "sudah mengubah" in stale.content.decode()
    assert JejakAudit.objects.filter(aksi="verifikasi.diisi").count() == 1


@pytest.mark.parametrize(
    "filled, kata",
    [
        ({"rekomendasi": "tidak_layak", "umpan_balik_pada": "2026-02-01"}, "memerlukan alasan"),
        ({"dikembalikan_pada": "2026-02-01"}, "tenggat melengkapi"),
    ],
)
def test_wrong_verifications(filled, kata, acara, pnpm_mpd, masuk):
    c = Calon.objects.get(daftar="NON_SPP")
    response = masuk("verifikator").post(
        alamat(acara, f"mpd/calon/{c.pk}/verifikasi/"), {"versi": 0, "rekomendasi": ""} | filled
    )
    assert response.status_code == 422
    assert kata in response.content.decode()
    assert not Verifikasi.objects.exists()


def test_an_spp_candidate_has_its_own_sheet(acara, pnpm_mpd, masuk):
    spp, other = Calon.objects.get(daftar="SPP"), Calon.objects.get(daftar="NON_SPP")
    client = masuk("verifikator")
    assert "Lembar SPP" in client.get(alamat(acara, f"mpd/calon/{spp.pk}/verifikasi/")).content.decode()
    assert "Lembar SPP" not in client.get(alamat(acara, f"mpd/calon/{other.pk}/verifikasi/")).content.decode()
    assert spp.asal == "mkp"
    Calon.objects.filter(pk=spp.pk).update(asal="campuran")
    client.post(
        alamat(acara, f"mpd/calon/{spp.pk}/verifikasi/"),
        {"versi": 0, "rekomendasi": "", "spp_umur_bulan": "6", "spp_tunggakan": "750.000"},
    )
    (peserta,) = [p for p in list_peserta(pnpm_mpd) if p.calon.pk == spp.pk]
    assert {"MPD-07", "MPD-08", "MPD-09"} <= {t.aturan for t in peserta.temuan}


def test_amounts_wait_for_the_meeting(acara, pnpm_mpd, masuk):
    c = Calon.objects.get(daftar="NON_SPP")
    response = masuk("pak_sekcam").post(
        alamat(acara, f"mpd/calon/{c.pk}/"),
        {"disetujui": "1.000.000", "alasan_disetujui": "Kurang", "penutup": "swadaya", "versi": 1},
    )
    assert "tidak dapat diubah pada tahap itu" in response.content.decode()


def test_a_candidate_leaves_with_a_reason(acara, pnpm_mpd, masuk):
    c = Calon.objects.get(daftar="NON_SPP")
    client, url = masuk("bu_pmd"), alamat(acara, f"mpd/calon/{c.pk}/keluarkan/")
    assert "Tuliskan mengapa" in client.post(url, follow=True).content.decode()
    client.post(url, {"alasan": "Ditarik desa."})
    assert Calon.objects.count() == 1
    assert client.post(url, {"alasan": "Ditarik desa."}).status_code == 404
    assert masuk("verifikator").post(alamat(acara, f"mpd/calon/{Calon.objects.get().pk}/keluarkan/")).status_code == 403


def test_what_a_desa_did(acara, pnpm_mpd, masuk, kecamatan):
    desa = kecamatan.desa_set.get(nama="Semaya")
    client, url = masuk("bu_pmd"), alamat(acara, f"desa/{desa.kode}/")
    response = client.post(url, {"versi": 0, "pelanggaran": "Musdes fiktif", "pelanggaran_ba": ""})
    assert "Berita Acara" in response.content.decode()
    assert (
        client.post(url, {"versi": 0, "tahap_kurang": "MKP", "hadir_laki": "31", "hadir_perempuan": "9"}).status_code
        == 302
    )
    assert KeadaanDesa.objects.get().hadir_perempuan == 9
    peserta = list_peserta(pnpm_mpd)[0]
    assert {"MPD-01", "MPD-02"} <= {t.aturan for t in peserta.temuan}
    stale = client.post(url, {"versi": 0, "tahap_kurang": ""})
    assert "sudah mengubah" in stale.content.decode()
    assert masuk("pemandu").get(url).status_code == 403
    assert "laki-laki 31, perempuan 9" in flat(masuk("pemandu").get(alamat(acara, "desa/")))


@pytest.fixture
def p2spp(acara, fixed_event, cast):
    """Agreed order, every rule that wants papers off; rows 1, 2, 3 compete in one list."""
    from tests.prioritas.conftest import LONGGAR

    loose = LONGGAR | {
        "syarat_rpjm_desa": False,
        "wajib_sumber": False,
        "daftar": [{"kode": "", "nama": "Semua", "porsi_maks": None}],
    }
    p = open_page_peringkat(acara, cast["pak_sekcam"], "p2spp", **loose)
    baris = {b.nomor: b.pk for b in fixed_event.baris.filter(nomor__in=[1, 2, 3])}
    add_candidate(pemeringkatan=p, by=cast["pak_sekcam"], baris=list(baris.values()), daftar="")
    return p, baris


def _urutan(baris, *nomor, **contents):
    return (
        {"baris": list(baris.values()), "daftar": "", "versi": 0}
        | {f"tempat-{baris[n]}": i for i, n in enumerate(nomor, 1)}
        | contents
    )


def test_groups_agree_an_order_and_the_plenary_fixes_it(acara, p2spp, masuk):
    p, baris = p2spp
    client, url = masuk("pak_sekcam"), alamat(acara, "p2spp/urutan/simpan/")
    client.post(url, _urutan(baris, 1, 2, 3, nama="Kelompok 1"))
    client.post(url, _urutan(baris, 3, 1, 2, nama="Kelompok 2"))
    assert [u.isi.nomor for u in board(p).urutan] == [1, 3, 2], "places 3, 4, 5"
    assert "Kelompok 2" in client.get(alamat(acara, "p2spp/urutan/")).content.decode()
    ganda = _urutan(baris, 1, 2, 3, nama="Kelompok 3") | {f"tempat-{baris[2]}": 1}
    assert "nomor urut yang berbeda" in client.post(url, ganda, follow=True).content.decode()
    ulang = client.post(url, _urutan(baris, 1, 2, 3, nama="Kelompok 1"), follow=True)
    assert "sudah dicatat orang lain" in ulang.content.decode()
    without = client.post(url, _urutan(baris, 2, 1, 3, pleno="1", versi=p.versi, alasan=""), follow=True)
    assert "Tuliskan dasar urutan" in without.content.decode()
    client.post(url, _urutan(baris, 2, 1, 3, pleno="1", versi=p.versi, alasan="Musyawarah pleno"))
    assert [u.isi.nomor for u in board(p).urutan] == [2, 1, 3]
    stale = client.post(url, _urutan(baris, 1, 2, 3, pleno="1", versi=p.versi, alasan="Halaman lama"), follow=True)
    assert "sudah mengubah" in stale.content.decode()
    p.refresh_from_db()
    client.post(url, _urutan(baris, 1, 2, 3, pleno="1", versi=p.versi, alasan="Kembali", aksi="lepas"))
    assert [u.isi.nomor for u in board(p).urutan] == [1, 3, 2]
    client.post(alamat(acara, f"p2spp/urutan/{UrutanKelompok.objects.first().pk}/hapus/"))
    assert [u.isi.nomor for u in board(p).urutan] == [3, 1, 2]


def test_an_order_lacks_nobody(p2spp, cast):
    p, baris = p2spp
    with pytest.raises(Refused, match="tepat satu kali"):
        save_ordering(pemeringkatan=p, by=cast["pak_sekcam"], daftar="", nama="K", urutan=[baris[1]], versi=0)


def test_bappeda_keeps_the_schemes_of_its_kabupaten(kabupaten, masuk, acara):
    client = masuk("bu_bappeda")
    assert "Salin" in client.get("/acuan/skema/").content.decode()
    assert "PNPM Mandiri Perdesaan" in client.get("/acuan/skema/baru/?dari=mpd").content.decode()
    data = entry(
        preset("piwk"),
        kode="piwk-lotim",
        nama="PIWK Lombok Timur",
        tahun_dari="2026",
        tahun_sampai="2025",
        aktif="on",
        versi="0",
    )
    assert "Tahun akhir tidak boleh" in client.post("/acuan/skema/baru/", data).content.decode()
    data |= {"tahun_sampai": ""}
    assert client.post("/acuan/skema/baru/", data).status_code == 302
    assert "sudah dipakai" in client.post("/acuan/skema/baru/", data).content.decode()
    assert "halaman lain" in client.post("/acuan/skema/baru/", data | {"kode": "pemilih"}).content.decode()
    url = "/acuan/skema/piwk-lotim/"
    assert client.post(url, data | {"versi": "1", "kebijakan_sisa": "lewati"}).status_code == 302
    assert "sudah mengubah" in client.post(url, data | {"versi": "1"}).content.decode()
    assert SkemaPendanaan.objects.get().aturan["kebijakan_sisa"] == "lewati"
    for nama in ("pak_sekcam", "orang_skpd", "orang_luar"):
        assert masuk(nama).get("/acuan/skema/").status_code == 403
    assert skema_choices(acara)[0].kode == "piwk-lotim"
    assert client.get("/acuan/skema/tidak-ada/").status_code == 404


def test_rows_that_come_in_later_compete_too(acara, draft_event, cast, move_event):
    from rkp.models import BarisRkp

    by = cast["pak_sekcam"]
    p = open_page_peringkat(acara, by)
    assert p.calon.count() == 6
    baru = BarisRkp.objects.get(nomor=1)
    baru.pk, baru.nomor = None, 7
    baru.save()
    sync_candidates(musrenbang=acara, by=by)
    assert Pemeringkatan.objects.get().calon.count() == 7


@pytest.mark.parametrize("n", [1, 3])
def test_queries(n, acara, pnpm_mpd, masuk, draft_event, cast, django_assert_num_queries):
    remainder = list(rows_outside(pnpm_mpd).values_list("pk", flat=True))
    add_candidate(pemeringkatan=pnpm_mpd, by=cast["pak_sekcam"], baris=remainder[:n], daftar="NON_SPP")
    client = masuk("pak_camat")
    with django_assert_num_queries(13):
        client.get(alamat(acara, "mpd/calon/"))


def test_no_part_is_larger_than_the_whole_it_is_counted_in(acara, pnpm_mpd, cast):
    by = cast["verifikator"]
    calon = Calon.objects.select_related("pemeringkatan__musrenbang").filter(daftar="SPP").first()
    content = {
        "rekomendasi": "",
        "umpan_balik_pada": None,
        "alasan": "",
        "dikembalikan_pada": None,
        "tenggat": None,
        "spp_anggota": 12,
    }
    with pytest.raises(Refused, match="Anggota dari RTM 500 orang, padahal anggotanya 12 orang"):
        save_verification(calon=calon, by=by, versi=0, spp_anggota_rtm=500, **content)
    save_verification(calon=calon, by=by, versi=0, spp_anggota_rtm=12, **content)
    desa = acara.kecamatan.desa_set.first()
    state = {"pelanggaran": "", "pelanggaran_ba": "", "hadir_laki": 10, "hadir_perempuan": 5}
    with pytest.raises(Refused, match="Tim Penulis Usulan 30 orang, padahal musyawarah desanya dihadiri 15 orang"):
        save_state(musrenbang=acara, desa=desa, by=by, versi=0, jumlah_tpu=30, **state)
    save_state(musrenbang=acara, desa=desa, by=by, versi=0, jumlah_tpu=3, **state)
