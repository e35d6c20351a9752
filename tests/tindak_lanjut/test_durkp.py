"""The list of the kabupaten: what counts, how it adds up, and how it goes out."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from alur.demo.afterwards import sort_works
from alur.services.acara import advance_musrenbang
from musrenbang.models import Kabupaten, Musrenbang, Pengguna, Skpd
from musrenbang.states import Tahap
from musrenbang.urusan import affair_of
from rkp.queries.baris import agreed_rows, official_version
from tindak_lanjut.dokumen.durkp import KAMUS_DURKP, KOLOM_SIPD
from tindak_lanjut.queries.durkp import consolidated, stream_rows, summary, totals
from tindak_lanjut.services.tanggapan import answer_work


@pytest.fixture
def its_kabupaten(submitted_event):
    return Kabupaten.objects.get(kode="52.03")


def content_sipd(response):
    workbook = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    for close in response._resource_closers:
        close()
    baris = list(workbook.active.iter_rows(values_only=True))
    assert list(baris[1]) == [nama for nama, _ in KOLOM_SIPD]
    return [dict(zip([n for n, _ in KOLOM_SIPD], b, strict=True)) for b in baris[2:]]


def test_only_what_bappeda_took_in_counts(submitted_event, its_kabupaten, cast, masuk):
    client = masuk("bu_bappeda")
    assert not consolidated(its_kabupaten, 2026).exists()
    assert "1 kecamatan belum diterima Bappeda" in client.get("/kabupaten/durkp/?tahun=2026").content.decode()
    agreed = agreed_rows(official_version(submitted_event))
    assert consolidated(its_kabupaten, 2026, everything=True).count() == agreed.count()
    advance_musrenbang(musrenbang=submitted_event, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=cast["bu_bappeda"])
    baris = consolidated(its_kabupaten, 2026)
    assert {b.pk for b in baris} == {b.pk for b in agreed}
    assert summary(baris)["rp"] == sum(b.biaya or 0 for b in agreed)
    assert not consolidated(its_kabupaten, 2025).exists()


@pytest.mark.parametrize("according", ["skpd", "program", "kecamatan"])
def test_totals_add_up_to_the_rupiah(sent_event, its_kabupaten, according):
    baris = consolidated(its_kabupaten, 2026)
    jumlah = totals(baris, according)
    assert sum(j.n for j in jumlah) == baris.count() > 0
    assert sum(j.rp for j in jumlah) == summary(baris)["rp"]
    assert [j.rp for j in jumlah] == sorted((j.rp for j in jumlah), reverse=True)


def test_a_work_stands_where_people_sorted_it_to(accepted_event, its_kabupaten, cast):
    def agency():
        return {b.nomor: b.dinas for b in consolidated(its_kabupaten, 2026)}

    plan = {b.nomor: b.skpd_id for b in agreed_rows(official_version(accepted_event))}
    assert agency() == plan
    advance_musrenbang(musrenbang=accepted_event, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=cast["bu_pmd"])
    assert set(agency().values()) == {None}
    assert totals(consolidated(its_kabupaten, 2026), "skpd")[0].nama == "Belum dipilah"
    sort_works(accepted_event, cast["bu_pmd"])
    assert agency() == {p.baris.nomor: p.skpd_id for p in accepted_event.pilahan.select_related("baris")}


def test_the_page_filters_and_links(sent_event, masuk):
    client = masuk("bu_bappeda")
    html = client.get("/kabupaten/durkp/?tahun=2026&menurut=kecamatan").content.decode()
    assert "kecamatan=52.03.04" in html
    html = client.get("/kabupaten/durkp/?tahun=2026&cari=jembatan").content.decode()
    assert "Pembangunan jembatan plat beton" in html
    assert "Bantuan ternak kambing" not in html
    public_works = Skpd.objects.get(singkatan="Dinas PUPR")
    assert "Bantuan ternak" not in client.get(f"/kabupaten/durkp/?tahun=2026&skpd={public_works.pk}").content.decode()
    assert "Belum ada kegiatan" in client.get("/kabupaten/durkp/?tahun=2026&skpd=0").content.decode()
    for odd in ("skpd=99999999999999999999", "skpd=²", "hal=x", "tahun=²", "program=%00", "menurut=x"):
        assert client.get(f"/kabupaten/durkp/?{odd}").status_code in {200, 400}, odd


def test_the_workbook_keeps_the_order_of_sipd_and_the_chain(sent_event, cast, masuk):
    public_works = Skpd.objects.get(singkatan="Dinas PUPR")
    Skpd.objects.filter(pk=public_works.pk).update(kode="1.03.0.00.0.00.01.0000")
    p = sent_event.pilahan.get(baris__nomor=3)
    response = {"jawaban": "sebagian", "alasan": "Tahap pertama.", "jumlah": 90_000_000}
    answer_work(pilahan=p, versi=0, by=cast["orang_skpd"], **response)
    all_rows = content_sipd(masuk("bu_bappeda").get("/kabupaten/durkp/unduh/?tahun=2026"))
    assert len(all_rows) == agreed_rows(official_version(sent_event)).count()
    assert sum(b["Anggaran"] or 0 for b in all_rows) == summary(consolidated(Kabupaten.objects.get(), 2026))["rp"]
    one = next(b for b in all_rows if b["Kode Usulan"] == "52.03.04/2027/3")
    assert one["Kode SKPD"] == "1.03.0.00.0.00.01.0000"
    assert one["Anggaran Camat"] == one["Anggaran"] == p.baris.biaya
    assert (one["Rekomendasi Mitra Bappeda"], one["Rekomendasi SKPD"]) == ("Direkomendasikan", "Diakomodasi sebagian")
    assert (one["Anggaran SKPD"], one["Batal/Tolak"], one["Status"]) == (
        90_000_000,
        "Tahap pertama.",
        "Diterima SKPD sebagian",
    )
    usulan = p.baris.asal_baris.sumber.get().usulan
    assert one["Anggaran Desa/Lurah"] == usulan.biaya
    assert one["Rekomendasi TAPD"] is None
    other = next(b for b in all_rows if b["Kode Usulan"] != one["Kode Usulan"])
    assert other["Status"] == "Diteruskan ke SKPD"


def test_open_data_is_for_everybody_and_says_what_its_columns_mean(sent_event, client):
    response = client.get("/publik/kabupaten/52.03/2026.csv")
    assert "max-age=3600" in response.headers["Cache-Control"]
    baris = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert list(baris[0]) == list(KAMUS_DURKP)
    content = json.loads(b"".join(client.get("/publik/kabupaten/52.03/2026.json").streaming_content))
    assert content["tahun_rencana"] == 2027
    assert set(content["kolom"]) == set(KAMUS_DURKP)
    assert [k["kode"] for k in content["kegiatan"]] == [b["kode"] for b in baris]
    assert not [p.nama for p in Pengguna.objects.all() if p.nama in json.dumps(content)]
    for alamat in ("52.03/2026.xml", "52.03/1.csv", "99.99/2026.csv"):
        assert client.get(f"/publik/kabupaten/{alamat}").status_code == 404


@pytest.mark.parametrize(
    ("program", "affair"),
    [
        ("1.03.10 Program Penyelenggaraan Jalan", "1.03 Pekerjaan Umum dan Penataan Ruang"),
        ("Peningkatan jalan", ""),
        ("9.99.01 Apa saja", ""),
        ("", ""),
    ],
)
def test_bidang_urusan_follows_the_programme_code(program, affair):
    assert affair_of(program) == affair


def ask_for_the_list(client, nama, n, django_assert_num_queries):
    client.force_login(Pengguna.objects.get(username=nama))
    client.get("/")  # a new session asks once whether a sign-in code is needed
    regency = Kabupaten.objects.get(kode="52.03")
    assert Musrenbang.objects.count() == n
    with django_assert_num_queries(11):
        assert client.get("/kabupaten/durkp/?tahun=2026").status_code == 200
    with django_assert_num_queries(3):
        assert len({b.baris.rkp_versi_id for b in stream_rows(consolidated(regency, 2026), regency)}) == n


def test_queries_for_one_kecamatan(accepted_event, django_assert_num_queries, client):
    ask_for_the_list(client, "bu_bappeda", 1, django_assert_num_queries)


def test_queries_do_not_grow_with_kecamatan(second_accepted, django_assert_num_queries, client):
    ask_for_the_list(client, "bu_bappeda", 2, django_assert_num_queries)
