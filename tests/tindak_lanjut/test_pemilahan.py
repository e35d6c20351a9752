"""Sorting to SKPD: suggestions with reasons, a queue for people, and nothing left over at the end."""

import threading
from io import BytesIO

import pytest
from django.db import connection
from openpyxl import load_workbook

from alur.demo.pasca import send_all
from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.dokumen.cetakan import cetakan_content
from berita_acara.services.kirim import send_to_skpd
from musrenbang.models import JejakAudit, Kabupaten, Skpd
from musrenbang.states import Tahap
from musrenbang.transisi import Refused, TransisiRefused
from rkp.models import BarisVersi
from rkp.queries.baris import official_version
from tindak_lanjut.cetakan import list_skpd
from tindak_lanjut.models import Pilahan
from tindak_lanjut.queries.pemilahan import options_for, sorter_of, sorting_summary
from tindak_lanjut.services.pemilahan import choose_skpd, confirm_many, requeue_pilahan, start_pemilahan, undo_choice


@pytest.fixture
def dipilah(disampaikan, pemeran):
    """Received by Bappeda; the sorting has begun. The plan leaves one work without SKPD and names a wrong one."""
    acara = disampaikan
    resmi = acara.rkp.riwayat.get(jenis="disahkan")
    resmi.baris.filter(nomor=3).update(skpd=Skpd.objects.get(singkatan="Dinkes"))
    resmi.baris.filter(nomor=6).update(skpd=None, kegiatan="Kegiatan lain-lain")
    for dari, ke, siapa in (
        (Tahap.DISAMPAIKAN, Tahap.DITERIMA, "bu_bappeda"),
        (Tahap.DITERIMA, Tahap.PEMILAHAN, "bu_pmd"),
    ):
        advance_musrenbang(musrenbang=acara, dari=dari, ke=ke, by=pemeran[siapa])
    return acara


def pilahan(acara, nomor):
    return Pilahan.objects.select_related("musrenbang", "baris", "skpd").get(musrenbang=acara, baris__nomor=nomor)


def skpd(singkatan):
    return Skpd.objects.get(singkatan=singkatan)


def test_what_plan_and_words_agree_on_is_suggested_the_rest_waits(dipilah):
    """Six proposals, five agreed: one is wrong in the plan, one says nothing, one each kabupaten shares its own way."""
    r = sorting_summary(dipilah)
    assert (r.antre, r.disarankan, r.ditetapkan) == (3, 2, 0)
    jut = pilahan(dipilah, 1)
    assert (jut.skpd.singkatan, jut.status) == ("Distan", "disarankan")
    assert "SKPD dalam RKP Kecamatan" in jut.sebab
    assert "jalan usaha tani" in jut.sebab
    salah = pilahan(dipilah, 3)
    assert (salah.skpd.singkatan, salah.status) == ("Dinas PUPR", "antre")
    assert "dalam RKP tertulis Dinas Kesehatan" in salah.sebab
    kosong = pilahan(dipilah, 6)
    assert (kosong.skpd.singkatan, kosong.status, kosong.sebab) == ("Dinas PUPR", "antre", "kode program 1.03.10")


def test_whom_a_work_is_for_counts_only_where_its_name_is_silent(disampaikan, pemeran):
    resmi = disampaikan.rkp.riwayat.get(jenis="disahkan")
    resmi.baris.filter(nomor=1).update(skpd=None, kegiatan="Rabat beton dusun", sasaran="85 KK petani miskin")
    resmi.baris.filter(nomor=3).update(skpd=None, kegiatan="Kegiatan lain-lain", sasaran="Kelompok tani Maju")
    resmi.baris.filter(nomor__in=(1, 3)).update(program="")
    by = pemeran["bu_pmd"]
    advance_musrenbang(musrenbang=disampaikan, dari="disampaikan", ke="diterima", by=pemeran["bu_bappeda"])
    advance_musrenbang(musrenbang=disampaikan, dari="diterima", ke="pemilahan", by=by)
    satu, tiga = pilahan(disampaikan, 1), pilahan(disampaikan, 3)
    assert (satu.skpd.singkatan, satu.status, satu.sebab) == ("Dinas PUPR", "disarankan", "kata “rabat beton”")
    assert (tiga.skpd.singkatan, tiga.status) == ("Distan", "antre")
    assert tiga.sebab == "kata “kelompok tani” dalam sasarannya"


def test_starting_again_adds_nothing(dipilah, pemeran):
    start_pemilahan(musrenbang=dipilah, by=pemeran["bu_pmd"])
    assert Pilahan.objects.count() == 5


def answer(client, acara, ke="Dinkes", **lain):
    isi = {"jenis": "posyandu", "skpd": skpd(ke).pk, "pilahan": [pilahan(acara, 2).pk]} | lain
    return client.post(f"/m/{acara.slug}/rkp/pemilahan/jawab/", isi, follow=True).content.decode()


def test_what_a_kabupaten_shares_its_own_way_is_asked_once_for_all_such_works(dipilah, masuk):
    """The plan names an SKPD and the words do too; still a person says who does such works here."""
    client, url = masuk("bu_pmd"), f"/m/{dipilah.slug}/rkp/pemilahan/"
    Pilahan.objects.filter(pk=pilahan(dipilah, 6).pk).update(status="antre")
    official_version(dipilah).baris.filter(nomor=6).update(kegiatan="Rehab posyandu Melati")
    html = client.get(url).content.decode()
    assert "Siapa yang menangani <strong>posyandu</strong>? (2 kegiatan)" in html
    assert "Pilih dahulu perangkat daerahnya." in answer(client, dipilah, skpd="")
    dua = [pilahan(dipilah, 2).pk, pilahan(dipilah, 6).pk, pilahan(dipilah, 3).pk]
    html = answer(client, dipilah, "DPMD", pilahan=dua)
    assert "2 kegiatan posyandu ditetapkan untuk" in html
    assert pilahan(dipilah, 3).status == "antre", "a work of another kind is left alone"
    assert {pilahan(dipilah, n).skpd.singkatan for n in (2, 6)} == {"DPMD"}
    assert "sudah diputuskan orang lain" in answer(client, dipilah, "Dinkes", pilahan=dua)
    saran = sorter_of(dipilah.kecamatan.kabupaten, dipilah.tahun_rencana).propose("Pembangunan posyandu Mawar")
    assert (saran.skpd, saran.yakin) == (skpd("DPMD").pk, True), "the next kecamatan follows"


def test_an_answer_with_an_skpd_of_another_kabupaten_is_refused(dipilah, masuk):
    asing = Skpd.objects.create(
        kabupaten=Kabupaten.objects.exclude(pk=dipilah.kecamatan.kabupaten_id).first()
        or Kabupaten.objects.create(kode="99.99", nama="Lain", provinsi=dipilah.kecamatan.kabupaten.provinsi),
        nama="Dinas Lain",
        singkatan="DL",
        bidang=skpd("Dinkes").bidang,
    )
    assert "bukan milik kabupaten ini" in answer(masuk("bu_pmd"), dipilah, skpd=asing.pk)
    assert pilahan(dipilah, 2).status == "antre"


def test_an_office_that_the_list_lacks_is_named_and_waits_for_a_person(dipilah):
    Skpd.objects.filter(singkatan="Bagian Kesra").update(nama="Dinas Antah", singkatan="DA")
    Skpd.objects.get(singkatan="DA").kata_kunci.all().delete()
    official_version(dipilah).baris.filter(nomor=6).update(kegiatan="Rehab masjid Nurul Iman")
    Pilahan.objects.filter(pk=pilahan(dipilah, 6).pk).delete()
    start_pemilahan(musrenbang=dipilah, by=None)
    satu = pilahan(dipilah, 6)
    assert (satu.status, satu.skpd) == ("antre", None)
    assert "biasanya Sekretariat Daerah, yang belum ada di daftar SKPD" in satu.sebab


def test_the_queue_is_worked_off_by_the_first_card(dipilah, masuk):
    client, url = masuk("bu_pmd"), f"/m/{dipilah.slug}/rkp/pemilahan/"
    answer(client, dipilah)
    html = client.get(url).content.decode()
    assert "No. 3: Rehabilitasi irigasi tersier" in html
    assert 'data-angka="1"' in html
    tiga = pilahan(dipilah, 3)
    html = client.post(
        f"{url}{tiga.pk}/pilih/", {"skpd": skpd("Dinas PUPR").pk, "versi": tiga.versi}, follow=True
    ).content.decode()
    assert "No. 3 ditetapkan untuk Dinas Pekerjaan Umum dan Penataan Ruang." in html
    assert "Urungkan" in html
    assert "No. 6: Kegiatan lain-lain" in html, "the next one stands open"
    assert JejakAudit.objects.filter(aksi="pilahan.status").count() == 2
    client.post(f"{url}{tiga.pk}/pilih/", {"skpd": skpd("Dinas PUPR").pk, "versi": tiga.versi})
    assert JejakAudit.objects.filter(aksi="pilahan.status").count() == 2, "a second tap settles nothing new"
    lain = client.post(f"{url}{tiga.pk}/pilih/", {"skpd": skpd("Dinkes").pk, "versi": tiga.versi}, follow=True)
    assert "sudah diubah orang lain" in lain.content.decode()
    assert (
        "Pilih dahulu perangkat daerahnya." in client.post(f"{url}{tiga.pk}/pilih/", {}, follow=True).content.decode()
    )


def test_a_slip_of_the_finger_is_taken_back_without_a_reason(dipilah, masuk, pemeran):
    client, url = masuk("bu_pmd"), f"/m/{dipilah.slug}/rkp/pemilahan/"
    tiga = pilahan(dipilah, 3)
    client.post(f"{url}{tiga.pk}/pilih/", {"skpd": skpd("Dinkes").pk, "versi": tiga.versi})
    kini = pilahan(dipilah, 3)
    basi = client.post(f"{url}{tiga.pk}/urungkan/", {"versi": kini.versi - 1}, follow=True).content.decode()
    assert "sudah dikirim atau diubah orang lain" in basi
    for _ in range(2):
        html = client.post(f"{url}{tiga.pk}/urungkan/", {"versi": kini.versi}, follow=True).content.decode()
    assert "Pilihan No. 3 diurungkan." in html
    assert "No. 3: Rehabilitasi irigasi tersier" in html, "the work stands open again"
    jejak = JejakAudit.objects.filter(aksi="pilahan.status").order_by("pk")
    assert [(j.ke, j.alasan) for j in jejak] == [("ditetapkan", ""), ("antre", "Salah pilih, langsung diurungkan.")]
    choose_skpd(pilahan=pilahan(dipilah, 3), versi=pilahan(dipilah, 3).versi, by=pemeran["bu_pmd"], skpd=skpd("Dinkes"))
    send_to_skpd(musrenbang=dipilah, skpd=skpd("Dinkes"), by=pemeran["bu_pmd"])
    with pytest.raises(Refused, match="sudah dikirim"):
        undo_choice(pilahan=pilahan(dipilah, 3), versi=pilahan(dipilah, 3).versi, by=pemeran["bu_pmd"])
    page = client.get(f"{url}?baru={tiga.pk}").content.decode()
    assert f"{tiga.pk}/urungkan/" not in page
    assert masuk("pemandu").post(f"{url}{tiga.pk}/urungkan/", {"versi": 1}).status_code == 403


def test_suggestions_are_confirmed_together(dipilah, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{dipilah.slug}/rkp/pemilahan/"
    ids = list(Pilahan.objects.values_list("pk", flat=True))
    html = client.post(f"{url}tetapkan/", {"pilahan": ids}, follow=True).content.decode()
    assert "2 kegiatan ditetapkan. 3 sudah berubah, tidak diubah." in html
    assert sorting_summary(dipilah).ditetapkan == 2
    assert "Belum ada kegiatan yang dicentang." in client.post(f"{url}tetapkan/", {}, follow=True).content.decode()


def test_not_ours_sends_it_back_and_is_not_suggested_again(dipilah, pemeran):
    by = pemeran["bu_pmd"]
    confirm_many(musrenbang=dipilah, by=by, pilahan_ids=[pilahan(dipilah, 1).pk])
    with pytest.raises(Refused, match="Tuliskan alasannya"):
        requeue_pilahan(pilahan=pilahan(dipilah, 1), by=by, alasan=" ", bukan=True)
    satu = requeue_pilahan(pilahan=pilahan(dipilah, 1), by=by, alasan="Jalan ini jalan kabupaten.", bukan=True)
    assert satu.status == "antre"
    assert satu.bukan == [skpd("Distan").pk]
    assert satu.skpd_id != skpd("Distan").pk
    pemilah = sorter_of(dipilah.kecamatan.kabupaten, dipilah.tahun_rencana)
    assert skpd("Distan").pk not in [s.skpd for s in options_for(satu, pemilah)]
    with pytest.raises(TransisiRefused):
        requeue_pilahan(pilahan=satu, by=by, alasan="Sekali lagi saja.")


def test_what_people_decided_teaches_the_next(dipilah, pemeran):
    """In this kabupaten the clean water of one kecamatan went to public works: the next suggestion says so."""
    enam = pilahan(dipilah, 6)
    choose_skpd(pilahan=enam, versi=enam.versi, by=pemeran["bu_pmd"], skpd=skpd("BPBD"))
    saran = sorter_of(dipilah.kecamatan.kabupaten, dipilah.tahun_rencana).propose("Kegiatan lain-lain")
    assert saran.skpd == skpd("BPBD").pk


def test_the_event_ends_only_when_nothing_is_left(dipilah, pemeran):
    sekcam = pemeran["pak_sekcam"]
    with pytest.raises(Incomplete, match="5 kegiatan belum ditetapkan SKPD-nya"):
        advance_musrenbang(musrenbang=dipilah, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=sekcam)
    confirm_many(musrenbang=dipilah, by=sekcam, pilahan_ids=list(Pilahan.objects.values_list("pk", flat=True)))
    for nomor, ke in ((2, "Dinkes"), (3, "Dinas PUPR"), (6, "Dinas Perkim")):
        p = pilahan(dipilah, nomor)
        choose_skpd(pilahan=p, versi=p.versi, by=sekcam, skpd=skpd(ke))
    with pytest.raises(Incomplete, match="kegiatan belum dikirim kepada SKPD-nya"):
        advance_musrenbang(musrenbang=dipilah, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=sekcam)
    send_all(dipilah, sekcam)
    advance_musrenbang(musrenbang=dipilah, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=sekcam)
    with pytest.raises(Refused, match="tidak dapat diubah"):
        requeue_pilahan(pilahan=pilahan(dipilah, 1), by=sekcam, alasan="Terlambat sekali.")


def test_the_letters_follow_the_sorting_not_the_plan(dipilah, pemeran):
    by = pemeran["bu_pmd"]
    assert list_skpd(dipilah) == []
    tiga = pilahan(dipilah, 3)
    choose_skpd(pilahan=tiga, versi=tiga.versi, by=by, skpd=skpd("Distan"))
    confirm_many(musrenbang=dipilah, by=by, pilahan_ids=[pilahan(dipilah, 1).pk])
    assert [n for _, n in list_skpd(dipilah)] == ["Dinas Pertanian"]
    isi = cetakan_content("usulan_skpd", dipilah, str(skpd("Distan").pk))["isi"]
    assert sorted(b["nomor"] for b in isi["baris"]) == [1, 3]
    assert isi["jumlah"] == 265_000_000


def test_the_spreadsheet_has_every_work_and_why(dipilah, masuk):
    isi = masuk("bu_bappeda").get(f"/m/{dipilah.slug}/rkp/pemilahan/unduh/").content
    baris = list(load_workbook(BytesIO(isi)).active.iter_rows(values_only=True))
    data = [b for b in baris if isinstance(b[0], int)]
    assert [b[0] for b in data] == [1, 2, 3, 4, 6]
    assert data[0][7:9] == ("Dinas Pertanian", "Disarankan")


@pytest.mark.parametrize(
    ("orang", "baca", "pilih"),
    [
        ("pak_sekcam", 200, 302),
        ("bu_pmd", 200, 302),
        ("pemandu", 200, 403),
        ("pak_camat", 200, 403),
        ("bu_bappeda", 200, 403),
        ("operator_desa", 403, 403),
        ("orang_skpd", 403, 403),
        ("orang_luar", 404, 404),
    ],
)
def test_who_may(dipilah, masuk, orang, baca, pilih):
    client, url, p = masuk(orang), f"/m/{dipilah.slug}/rkp/pemilahan/", pilahan(dipilah, 3)
    assert client.get(url).status_code == client.get(f"{url}unduh/").status_code == baca
    isi = {"skpd": skpd("Dinas PUPR").pk, "versi": p.versi}
    assert client.post(f"{url}tetapkan/", {"pilahan": [p.pk]}).status_code == pilih
    assert client.post(f"{url}{p.pk}/pilih/", isi).status_code == pilih
    assert client.post(f"{url}{p.pk}/kembalikan/", {"alasan": "Salah pilih."}).status_code == pilih
    assert client.get(f"{url}{p.pk}/pilih/").status_code == 405


def test_an_skpd_of_another_kabupaten_is_refused(dipilah, pemeran):
    from musrenbang.models import Bidang, Kabupaten

    lain = Kabupaten.objects.create(kode="52.01", nama="Kabupaten Lain", provinsi=dipilah.kecamatan.kabupaten.provinsi)
    asing = Skpd.objects.create(kabupaten=lain, nama="Dinas Lain", singkatan="DL", bidang=Bidang.objects.first())
    p = pilahan(dipilah, 3)
    with pytest.raises(Refused, match="bukan milik kabupaten ini"):
        choose_skpd(pilahan=p, versi=p.versi, by=pemeran["bu_pmd"], skpd=asing)


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow(dipilah, masuk, n, django_assert_num_queries):
    Pilahan.objects.exclude(baris__nomor__in=[1, 2, 4][:n]).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(8):
        client.get(f"/m/{dipilah.slug}/rkp/pemilahan/?status=disarankan")


@pytest.mark.django_db(transaction=True)
def test_two_people_choose_at_once(dipilah, pemeran):
    """One choice stands, the other is told; real threads on a real database."""
    p, hasil, mulai = pilahan(dipilah, 3), [], threading.Barrier(2)

    def pilih(nama, singkatan):
        try:
            mulai.wait()
            choose_skpd(pilahan=p, versi=p.versi, by=pemeran[nama], skpd=skpd(singkatan))
            hasil.append("ya")
        except Refused as galat:
            hasil.append(str(galat))
        finally:
            connection.close()

    utas = [threading.Thread(target=pilih, args=a) for a in (("bu_pmd", "Dinas PUPR"), ("pak_sekcam", "Dinkes"))]
    for u in utas:
        u.start()
    for u in utas:
        u.join()
    assert hasil.count("ya") == 1
    assert any("sudah diubah orang lain" in h for h in hasil)
    assert JejakAudit.objects.filter(aksi="pilahan.status").count() == 1


@pytest.mark.parametrize(
    ("ubah", "status", "sebab"),
    [
        ({"kegiatan": "Zzz qqq", "program": "1.03.10 Program Penyelenggaraan Jalan"}, "antre", "kode program 1.03.10"),
        ({"kegiatan": "Zzz qqq", "program": ""}, "antre", "tidak ada kata yang dikenal"),
        ({"program": "3.27.03 Program Prasarana Pertanian"}, "antre", "kode programnya bukan milik SKPD itu"),
    ],
)
def test_the_programme_code_is_evidence_too(ubah, status, sebab, disampaikan, pemeran):
    versi = official_version(disampaikan)
    satu = BarisVersi.objects.get(rkp_versi=versi, kegiatan="Pembangunan jembatan plat beton")
    BarisVersi.objects.filter(pk=satu.pk).update(**{"skpd": None, "sasaran": ""} | ubah)
    advance_musrenbang(musrenbang=disampaikan, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=pemeran["bu_bappeda"])
    advance_musrenbang(musrenbang=disampaikan, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=pemeran["bu_pmd"])
    p = Pilahan.objects.get(baris=satu)
    assert (p.status, sebab in p.sebab) == (status, True)
