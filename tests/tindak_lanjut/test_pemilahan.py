"""Sorting to SKPD: suggestions with reasons, a queue for people, and nothing left over at the end."""

import threading
from io import BytesIO

import pytest
from django.db import connection
from openpyxl import load_workbook

from alur.demo.afterwards import send_all
from alur.services.acara import Incomplete, advance_musrenbang
from berita_acara.dokumen.cetakan import cetakan_content
from berita_acara.services.dispatch import send_to_skpd
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
def sorted_event(submitted_event, cast):
    """Received by Bappeda; the sorting has begun. The plan leaves one work without SKPD and names a wrong one."""
    acara = submitted_event
    official = acara.rkp.riwayat.get(jenis="disahkan")
    official.baris.filter(nomor=3).update(skpd=Skpd.objects.get(singkatan="Dinkes"))
    official.baris.filter(nomor=6).update(skpd=None, kegiatan="Kegiatan lain-lain")
    for dari, ke, who in (
        (Tahap.DISAMPAIKAN, Tahap.DITERIMA, "bu_bappeda"),
        (Tahap.DITERIMA, Tahap.PEMILAHAN, "bu_pmd"),
    ):
        advance_musrenbang(musrenbang=acara, dari=dari, ke=ke, by=cast[who])
    return acara


def pilahan(acara, nomor):
    return Pilahan.objects.select_related("musrenbang", "baris", "skpd").get(musrenbang=acara, baris__nomor=nomor)


def skpd(singkatan):
    return Skpd.objects.get(singkatan=singkatan)


def test_what_plan_and_words_agree_on_is_suggested_the_rest_waits(sorted_event):
    """Six proposals, five agreed: one is wrong in the plan, one says nothing, one each kabupaten shares its own way."""
    r = sorting_summary(sorted_event)
    assert (r.antre, r.disarankan, r.ditetapkan) == (3, 2, 0)
    jut = pilahan(sorted_event, 1)
    assert (jut.skpd.singkatan, jut.status) == ("Distan", "disarankan")
    assert "SKPD dalam RKP Kecamatan" in jut.sebab
    assert "jalan usaha tani" in jut.sebab
    wrong = pilahan(sorted_event, 3)
    assert (wrong.skpd.singkatan, wrong.status) == ("Dinas PUPR", "antre")
    assert "dalam RKP tertulis Dinas Kesehatan" in wrong.sebab
    empty = pilahan(sorted_event, 6)
    assert (empty.skpd.singkatan, empty.status, empty.sebab) == ("Dinas PUPR", "antre", "kode program 1.03.10")


def test_whom_a_work_is_for_counts_only_where_its_name_is_silent(submitted_event, cast):
    official = submitted_event.rkp.riwayat.get(jenis="disahkan")
    official.baris.filter(nomor=1).update(skpd=None, kegiatan="Rabat beton dusun", sasaran="85 KK petani miskin")
    official.baris.filter(nomor=3).update(skpd=None, kegiatan="Kegiatan lain-lain", sasaran="Kelompok tani Maju")
    official.baris.filter(nomor__in=(1, 3)).update(program="")
    by = cast["bu_pmd"]
    advance_musrenbang(musrenbang=submitted_event, dari="disampaikan", ke="diterima", by=cast["bu_bappeda"])
    advance_musrenbang(musrenbang=submitted_event, dari="diterima", ke="pemilahan", by=by)
    one, three = pilahan(submitted_event, 1), pilahan(submitted_event, 3)
    assert (one.skpd.singkatan, one.status, one.sebab) == ("Dinas PUPR", "disarankan", "kata “rabat beton”")
    assert (three.skpd.singkatan, three.status) == ("Distan", "antre")
    assert three.sebab == "kata “kelompok tani” dalam sasarannya"


def test_starting_again_adds_nothing(sorted_event, cast):
    start_pemilahan(musrenbang=sorted_event, by=cast["bu_pmd"])
    assert Pilahan.objects.count() == 5


def answer(client, acara, ke="Dinkes", **other):
    contents = {"jenis": "posyandu", "skpd": skpd(ke).pk, "pilahan": [pilahan(acara, 2).pk]} | other
    return client.post(f"/m/{acara.slug}/rkp/pemilahan/jawab/", contents, follow=True).content.decode()


def test_what_a_kabupaten_shares_its_own_way_is_asked_once_for_all_such_works(sorted_event, masuk):
    """The plan names an SKPD and the words do too; still a person says who does such works here."""
    client, url = masuk("bu_pmd"), f"/m/{sorted_event.slug}/rkp/pemilahan/"
    Pilahan.objects.filter(pk=pilahan(sorted_event, 6).pk).update(status="antre")
    official_version(sorted_event).baris.filter(nomor=6).update(kegiatan="Rehab posyandu Melati")
    html = client.get(url).content.decode()
    assert "Siapa yang menangani <strong>posyandu</strong>? (2 kegiatan)" in html
    assert "Pilih dahulu perangkat daerahnya." in answer(client, sorted_event, skpd="")
    dua = [pilahan(sorted_event, 2).pk, pilahan(sorted_event, 6).pk, pilahan(sorted_event, 3).pk]
    html = answer(client, sorted_event, "DPMD", pilahan=dua)
    assert "2 kegiatan posyandu ditetapkan untuk" in html
    assert pilahan(sorted_event, 3).status == "antre", "a work of another kind is left alone"
    assert {pilahan(sorted_event, n).skpd.singkatan for n in (2, 6)} == {"DPMD"}
    assert "sudah diputuskan orang lain" in answer(client, sorted_event, "Dinkes", pilahan=dua)
    suggestion = sorter_of(sorted_event.kecamatan.kabupaten, sorted_event.tahun_rencana).propose(
        "Pembangunan posyandu Mawar"
    )
    assert (suggestion.skpd, suggestion.yakin) == (skpd("DPMD").pk, True), "the next kecamatan follows"


def test_an_answer_with_an_skpd_of_another_kabupaten_is_refused(sorted_event, masuk):
    foreign = Skpd.objects.create(
        kabupaten=Kabupaten.objects.exclude(pk=sorted_event.kecamatan.kabupaten_id).first()
        or Kabupaten.objects.create(kode="99.99", nama="Lain", provinsi=sorted_event.kecamatan.kabupaten.provinsi),
        nama="Dinas Lain",
        singkatan="DL",
        bidang=skpd("Dinkes").bidang,
    )
    assert "bukan milik kabupaten ini" in answer(masuk("bu_pmd"), sorted_event, skpd=foreign.pk)
    assert pilahan(sorted_event, 2).status == "antre"


def test_an_office_that_the_list_lacks_is_named_and_waits_for_a_person(sorted_event):
    Skpd.objects.filter(singkatan="Bagian Kesra").update(nama="Dinas Antah", singkatan="DA")
    Skpd.objects.get(singkatan="DA").kata_kunci.all().delete()
    official_version(sorted_event).baris.filter(nomor=6).update(kegiatan="Rehab masjid Nurul Iman")
    Pilahan.objects.filter(pk=pilahan(sorted_event, 6).pk).delete()
    start_pemilahan(musrenbang=sorted_event, by=None)
    one = pilahan(sorted_event, 6)
    assert (one.status, one.skpd) == ("antre", None)
    assert "biasanya Sekretariat Daerah, yang belum ada di daftar SKPD" in one.sebab


def test_the_queue_is_worked_off_by_the_first_card(sorted_event, masuk):
    client, url = masuk("bu_pmd"), f"/m/{sorted_event.slug}/rkp/pemilahan/"
    answer(client, sorted_event)
    html = client.get(url).content.decode()
    assert "No. 3: Rehabilitasi irigasi tersier" in html
    assert 'data-angka="1"' in html
    three = pilahan(sorted_event, 3)
    html = client.post(
        f"{url}{three.pk}/pilih/", {"skpd": skpd("Dinas PUPR").pk, "versi": three.versi}, follow=True
    ).content.decode()
    assert "No. 3 ditetapkan untuk Dinas Pekerjaan Umum dan Penataan Ruang." in html
    assert "Urungkan" in html
    assert "No. 6: Kegiatan lain-lain" in html, "the next one stands open"
    assert JejakAudit.objects.filter(aksi="pilahan.status").count() == 2
    client.post(f"{url}{three.pk}/pilih/", {"skpd": skpd("Dinas PUPR").pk, "versi": three.versi})
    assert JejakAudit.objects.filter(aksi="pilahan.status").count() == 2, "a second tap settles nothing new"
    other = client.post(f"{url}{three.pk}/pilih/", {"skpd": skpd("Dinkes").pk, "versi": three.versi}, follow=True)
    assert "sudah diubah orang lain" in other.content.decode()
    assert (
        "Pilih dahulu perangkat daerahnya." in client.post(f"{url}{three.pk}/pilih/", {}, follow=True).content.decode()
    )


def test_a_slip_of_the_finger_is_taken_back_without_a_reason(sorted_event, masuk, cast):
    client, url = masuk("bu_pmd"), f"/m/{sorted_event.slug}/rkp/pemilahan/"
    three = pilahan(sorted_event, 3)
    client.post(f"{url}{three.pk}/pilih/", {"skpd": skpd("Dinkes").pk, "versi": three.versi})
    current = pilahan(sorted_event, 3)
    stale = client.post(f"{url}{three.pk}/urungkan/", {"versi": current.versi - 1}, follow=True).content.decode()
    assert "sudah dikirim atau diubah orang lain" in stale
    for _ in range(2):
        html = client.post(f"{url}{three.pk}/urungkan/", {"versi": current.versi}, follow=True).content.decode()
    assert "Pilihan No. 3 diurungkan." in html
    assert "No. 3: Rehabilitasi irigasi tersier" in html, "the work stands open again"
    jejak = JejakAudit.objects.filter(aksi="pilahan.status").order_by("pk")
    assert [(j.ke, j.alasan) for j in jejak] == [("ditetapkan", ""), ("antre", "Salah pilih, langsung diurungkan.")]
    choose_skpd(
        pilahan=pilahan(sorted_event, 3), versi=pilahan(sorted_event, 3).versi, by=cast["bu_pmd"], skpd=skpd("Dinkes")
    )
    send_to_skpd(musrenbang=sorted_event, skpd=skpd("Dinkes"), by=cast["bu_pmd"])
    with pytest.raises(Refused, match="sudah dikirim"):
        undo_choice(pilahan=pilahan(sorted_event, 3), versi=pilahan(sorted_event, 3).versi, by=cast["bu_pmd"])
    page = client.get(f"{url}?baru={three.pk}").content.decode()
    assert f"{three.pk}/urungkan/" not in page
    assert masuk("pemandu").post(f"{url}{three.pk}/urungkan/", {"versi": 1}).status_code == 403


def test_suggestions_are_confirmed_together(sorted_event, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{sorted_event.slug}/rkp/pemilahan/"
    ids = list(Pilahan.objects.values_list("pk", flat=True))
    html = client.post(f"{url}tetapkan/", {"pilahan": ids}, follow=True).content.decode()
    assert "2 kegiatan ditetapkan. 3 sudah berubah, tidak diubah." in html
    assert sorting_summary(sorted_event).ditetapkan == 2
    assert "Belum ada kegiatan yang dicentang." in client.post(f"{url}tetapkan/", {}, follow=True).content.decode()


def test_not_ours_sends_it_back_and_is_not_suggested_again(sorted_event, cast):
    by = cast["bu_pmd"]
    confirm_many(musrenbang=sorted_event, by=by, pilahan_ids=[pilahan(sorted_event, 1).pk])
    with pytest.raises(Refused, match="Tuliskan alasannya"):
        requeue_pilahan(pilahan=pilahan(sorted_event, 1), by=by, alasan=" ", bukan=True)
    one = requeue_pilahan(pilahan=pilahan(sorted_event, 1), by=by, alasan="Jalan ini jalan kabupaten.", bukan=True)
    assert one.status == "antre"
    assert one.bukan == [skpd("Distan").pk]
    assert one.skpd_id != skpd("Distan").pk
    sorter = sorter_of(sorted_event.kecamatan.kabupaten, sorted_event.tahun_rencana)
    assert skpd("Distan").pk not in [s.skpd for s in options_for(one, sorter)]
    with pytest.raises(TransisiRefused):
        requeue_pilahan(pilahan=one, by=by, alasan="Sekali lagi saja.")


def test_what_people_decided_teaches_the_next(sorted_event, cast):
    """In this kabupaten the clean water of one kecamatan went to public works: the next suggestion says so."""
    six = pilahan(sorted_event, 6)
    choose_skpd(pilahan=six, versi=six.versi, by=cast["bu_pmd"], skpd=skpd("BPBD"))
    suggestion = sorter_of(sorted_event.kecamatan.kabupaten, sorted_event.tahun_rencana).propose("Kegiatan lain-lain")
    assert suggestion.skpd == skpd("BPBD").pk


def test_the_event_ends_only_when_nothing_is_left(sorted_event, cast):
    sekcam = cast["pak_sekcam"]
    with pytest.raises(Incomplete, match="5 kegiatan belum ditetapkan SKPD-nya"):
        advance_musrenbang(musrenbang=sorted_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=sekcam)
    confirm_many(musrenbang=sorted_event, by=sekcam, pilahan_ids=list(Pilahan.objects.values_list("pk", flat=True)))
    for nomor, ke in ((2, "Dinkes"), (3, "Dinas PUPR"), (6, "Dinas Perkim")):
        p = pilahan(sorted_event, nomor)
        choose_skpd(pilahan=p, versi=p.versi, by=sekcam, skpd=skpd(ke))
    with pytest.raises(Incomplete, match="kegiatan belum dikirim kepada SKPD-nya"):
        advance_musrenbang(musrenbang=sorted_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=sekcam)
    send_all(sorted_event, sekcam)
    advance_musrenbang(musrenbang=sorted_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=sekcam)
    with pytest.raises(Refused, match="tidak dapat diubah"):
        requeue_pilahan(pilahan=pilahan(sorted_event, 1), by=sekcam, alasan="Terlambat sekali.")


def test_the_letters_follow_the_sorting_not_the_plan(sorted_event, cast):
    by = cast["bu_pmd"]
    assert list_skpd(sorted_event) == []
    three = pilahan(sorted_event, 3)
    choose_skpd(pilahan=three, versi=three.versi, by=by, skpd=skpd("Distan"))
    confirm_many(musrenbang=sorted_event, by=by, pilahan_ids=[pilahan(sorted_event, 1).pk])
    assert [n for _, n in list_skpd(sorted_event)] == ["Dinas Pertanian"]
    content = cetakan_content("usulan_skpd", sorted_event, str(skpd("Distan").pk))["isi"]
    assert sorted(b["nomor"] for b in content["baris"]) == [1, 3]
    assert content["jumlah"] == 265_000_000


def test_the_spreadsheet_has_every_work_and_why(sorted_event, masuk):
    contents = masuk("bu_bappeda").get(f"/m/{sorted_event.slug}/rkp/pemilahan/unduh/").content
    baris = list(load_workbook(BytesIO(contents)).active.iter_rows(values_only=True))
    data = [b for b in baris if isinstance(b[0], int)]
    assert [b[0] for b in data] == [1, 2, 3, 4, 6]
    assert data[0][7:9] == ("Dinas Pertanian", "Disarankan")


@pytest.mark.parametrize(
    ("person", "read", "choose"),
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
def test_who_may(sorted_event, masuk, person, read, choose):
    client, url, p = masuk(person), f"/m/{sorted_event.slug}/rkp/pemilahan/", pilahan(sorted_event, 3)
    assert client.get(url).status_code == client.get(f"{url}unduh/").status_code == read
    content = {"skpd": skpd("Dinas PUPR").pk, "versi": p.versi}
    assert client.post(f"{url}tetapkan/", {"pilahan": [p.pk]}).status_code == choose
    assert client.post(f"{url}{p.pk}/pilih/", content).status_code == choose
    assert client.post(f"{url}{p.pk}/kembalikan/", {"alasan": "Salah pilih."}).status_code == choose
    assert client.get(f"{url}{p.pk}/pilih/").status_code == 405


def test_an_skpd_of_another_kabupaten_is_refused(sorted_event, cast):
    from musrenbang.models import Bidang, Kabupaten

    other = Kabupaten.objects.create(
        kode="52.01", nama="Kabupaten Lain", provinsi=sorted_event.kecamatan.kabupaten.provinsi
    )
    foreign = Skpd.objects.create(kabupaten=other, nama="Dinas Lain", singkatan="DL", bidang=Bidang.objects.first())
    p = pilahan(sorted_event, 3)
    with pytest.raises(Refused, match="bukan milik kabupaten ini"):
        choose_skpd(pilahan=p, versi=p.versi, by=cast["bu_pmd"], skpd=foreign)


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow(sorted_event, masuk, n, django_assert_num_queries):
    Pilahan.objects.exclude(baris__nomor__in=[1, 2, 4][:n]).delete()
    client = masuk("bu_pmd")
    with django_assert_num_queries(8):
        client.get(f"/m/{sorted_event.slug}/rkp/pemilahan/?status=disarankan")


@pytest.mark.django_db(transaction=True)
def test_two_people_choose_at_once(sorted_event, cast):
    """One choice stands, the other is told; real threads on a real database."""
    p, result, mulai = pilahan(sorted_event, 3), [], threading.Barrier(2)

    def choose(nama, singkatan):
        try:
            mulai.wait()
            choose_skpd(pilahan=p, versi=p.versi, by=cast[nama], skpd=skpd(singkatan))
            result.append("ya")
        except Refused as galat:
            result.append(str(galat))
        finally:
            connection.close()

    thread = [threading.Thread(target=choose, args=a) for a in (("bu_pmd", "Dinas PUPR"), ("pak_sekcam", "Dinkes"))]
    for u in thread:
        u.start()
    for u in thread:
        u.join()
    assert result.count("ya") == 1
    assert any("sudah diubah orang lain" in h for h in result)
    assert JejakAudit.objects.filter(aksi="pilahan.status").count() == 1


@pytest.mark.parametrize(
    ("change", "status", "sebab"),
    [
        ({"kegiatan": "Zzz qqq", "program": "1.03.10 Program Penyelenggaraan Jalan"}, "antre", "kode program 1.03.10"),
        ({"kegiatan": "Zzz qqq", "program": ""}, "antre", "tidak ada kata yang dikenal"),
        ({"program": "3.27.03 Program Prasarana Pertanian"}, "antre", "kode programnya bukan milik SKPD itu"),
    ],
)
def test_the_programme_code_is_evidence_too(change, status, sebab, submitted_event, cast):
    versi = official_version(submitted_event)
    one = BarisVersi.objects.get(rkp_versi=versi, kegiatan="Pembangunan jembatan plat beton")
    BarisVersi.objects.filter(pk=one.pk).update(**{"skpd": None, "sasaran": ""} | change)
    advance_musrenbang(musrenbang=submitted_event, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=cast["bu_bappeda"])
    advance_musrenbang(musrenbang=submitted_event, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=cast["bu_pmd"])
    p = Pilahan.objects.get(baris=one)
    assert (p.status, sebab in p.sebab) == (status, True)
