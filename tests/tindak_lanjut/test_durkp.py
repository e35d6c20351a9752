"""The list of the kabupaten: what counts, how it adds up, and how it goes out."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from alur.demo.bangun import build_demo
from alur.demo.pasca import sort_works
from alur.services.acara import advance_musrenbang
from musrenbang.models import Kabupaten, Musrenbang, Pengguna, Skpd
from musrenbang.states import Tahap
from musrenbang.urusan import affair_of
from rkp.queries.baris import agreed_rows, official_version
from tindak_lanjut.dokumen.durkp import KAMUS_DURKP, KOLOM_SIPD
from tindak_lanjut.queries.durkp import consolidated, stream_rows, summary, totals
from tindak_lanjut.services.tanggapan import answer_work


@pytest.fixture
def kab(disampaikan):
    return Kabupaten.objects.get(kode="52.03")


def isi_sipd(jawab):
    buku = load_workbook(io.BytesIO(b"".join(jawab.streaming_content)))
    for tutup in jawab._resource_closers:
        tutup()
    baris = list(buku.active.iter_rows(values_only=True))
    assert list(baris[1]) == [nama for nama, _ in KOLOM_SIPD]
    return [dict(zip([n for n, _ in KOLOM_SIPD], b, strict=True)) for b in baris[2:]]


def test_only_what_bappeda_took_in_counts(disampaikan, kab, pemeran, masuk):
    client = masuk("bu_bappeda")
    assert not consolidated(kab, 2026).exists()
    assert "1 kecamatan belum diterima Bappeda" in client.get("/kabupaten/durkp/?tahun=2026").content.decode()
    agreed = agreed_rows(official_version(disampaikan))
    assert consolidated(kab, 2026, everything=True).count() == agreed.count()
    advance_musrenbang(musrenbang=disampaikan, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=pemeran["bu_bappeda"])
    baris = consolidated(kab, 2026)
    assert {b.pk for b in baris} == {b.pk for b in agreed}
    assert summary(baris)["rp"] == sum(b.biaya or 0 for b in agreed)
    assert not consolidated(kab, 2025).exists()


@pytest.mark.parametrize("menurut", ["skpd", "program", "kecamatan"])
def test_totals_add_up_to_the_rupiah(dikirim, kab, menurut):
    baris = consolidated(kab, 2026)
    jumlah = totals(baris, menurut)
    assert sum(j.n for j in jumlah) == baris.count() > 0
    assert sum(j.rp for j in jumlah) == summary(baris)["rp"]
    assert [j.rp for j in jumlah] == sorted((j.rp for j in jumlah), reverse=True)


def test_a_work_stands_where_people_sorted_it_to(diterima, kab, pemeran):
    def dinas():
        return {b.nomor: b.dinas for b in consolidated(kab, 2026)}

    rencana = {b.nomor: b.skpd_id for b in agreed_rows(official_version(diterima))}
    assert dinas() == rencana
    advance_musrenbang(musrenbang=diterima, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=pemeran["bu_pmd"])
    assert set(dinas().values()) == {None}
    assert totals(consolidated(kab, 2026), "skpd")[0].nama == "Belum dipilah"
    sort_works(diterima, pemeran["bu_pmd"])
    assert dinas() == {p.baris.nomor: p.skpd_id for p in diterima.pilahan.select_related("baris")}


def test_the_page_filters_and_links(dikirim, masuk):
    client = masuk("bu_bappeda")
    html = client.get("/kabupaten/durkp/?tahun=2026&menurut=kecamatan").content.decode()
    assert "kecamatan=52.03.04" in html
    html = client.get("/kabupaten/durkp/?tahun=2026&cari=jembatan").content.decode()
    assert "Pembangunan jembatan plat beton" in html
    assert "Bantuan ternak kambing" not in html
    pu = Skpd.objects.get(singkatan="Dinas PUPR")
    assert "Bantuan ternak" not in client.get(f"/kabupaten/durkp/?tahun=2026&skpd={pu.pk}").content.decode()
    assert "Belum ada kegiatan" in client.get("/kabupaten/durkp/?tahun=2026&skpd=0").content.decode()
    for aneh in ("skpd=99999999999999999999", "skpd=²", "hal=x", "tahun=²", "program=%00", "menurut=x"):
        assert client.get(f"/kabupaten/durkp/?{aneh}").status_code in {200, 400}, aneh


def test_the_workbook_keeps_the_order_of_sipd_and_the_chain(dikirim, pemeran, masuk):
    pu = Skpd.objects.get(singkatan="Dinas PUPR")
    Skpd.objects.filter(pk=pu.pk).update(kode="1.03.0.00.0.00.01.0000")
    p = dikirim.pilahan.get(baris__nomor=3)
    jawab = {"jawaban": "sebagian", "alasan": "Tahap pertama.", "jumlah": 90_000_000}
    answer_work(pilahan=p, versi=0, by=pemeran["orang_skpd"], **jawab)
    semua = isi_sipd(masuk("bu_bappeda").get("/kabupaten/durkp/unduh/?tahun=2026"))
    assert len(semua) == agreed_rows(official_version(dikirim)).count()
    assert sum(b["Anggaran"] or 0 for b in semua) == summary(consolidated(Kabupaten.objects.get(), 2026))["rp"]
    satu = next(b for b in semua if b["Kode Usulan"] == "52.03.04/2027/3")
    assert satu["Kode SKPD"] == "1.03.0.00.0.00.01.0000"
    assert satu["Anggaran Camat"] == satu["Anggaran"] == p.baris.biaya
    assert (satu["Rekomendasi Mitra Bappeda"], satu["Rekomendasi SKPD"]) == ("Direkomendasikan", "Diakomodasi sebagian")
    assert (satu["Anggaran SKPD"], satu["Batal/Tolak"], satu["Status"]) == (
        90_000_000,
        "Tahap pertama.",
        "Diterima SKPD sebagian",
    )
    usulan = p.baris.asal_baris.sumber.get().usulan
    assert satu["Anggaran Desa/Lurah"] == usulan.biaya
    assert satu["Rekomendasi TAPD"] is None
    lain = next(b for b in semua if b["Kode Usulan"] != satu["Kode Usulan"])
    assert lain["Status"] == "Diteruskan ke SKPD"


def test_open_data_is_for_everybody_and_says_what_its_columns_mean(dikirim, client):
    jawab = client.get("/publik/kabupaten/52.03/2026.csv")
    assert "max-age=3600" in jawab.headers["Cache-Control"]
    baris = list(csv.DictReader(io.StringIO(b"".join(jawab.streaming_content).decode())))
    assert list(baris[0]) == list(KAMUS_DURKP)
    isi = json.loads(b"".join(client.get("/publik/kabupaten/52.03/2026.json").streaming_content))
    assert isi["tahun_rencana"] == 2027
    assert set(isi["kolom"]) == set(KAMUS_DURKP)
    assert [k["kode"] for k in isi["kegiatan"]] == [b["kode"] for b in baris]
    assert not [p.nama for p in Pengguna.objects.all() if p.nama in json.dumps(isi)]
    for alamat in ("52.03/2026.xml", "52.03/1.csv", "99.99/2026.csv"):
        assert client.get(f"/publik/kabupaten/{alamat}").status_code == 404


@pytest.mark.parametrize(
    ("program", "urusan"),
    [
        ("1.03.10 Program Penyelenggaraan Jalan", "1.03 Pekerjaan Umum dan Penataan Ruang"),
        ("Peningkatan jalan", ""),
        ("9.99.01 Apa saja", ""),
        ("", ""),
    ],
)
def test_bidang_urusan_follows_the_programme_code(program, urusan):
    assert affair_of(program) == urusan


def ask_for_the_list(client, nama, n, django_assert_num_queries):
    client.force_login(Pengguna.objects.get(username=nama))
    client.get("/")  # a new session asks once whether a sign-in code is needed
    kab = Kabupaten.objects.get(kode="52.03")
    assert Musrenbang.objects.count() == n
    with django_assert_num_queries(11):
        assert client.get("/kabupaten/durkp/?tahun=2026").status_code == 200
    with django_assert_num_queries(3):
        assert len({b.baris.rkp_versi_id for b in stream_rows(consolidated(kab, 2026), kab)}) == n


def test_queries_for_one_kecamatan(diterima, django_assert_num_queries, client):
    ask_for_the_list(client, "bu_bappeda", 1, django_assert_num_queries)


@pytest.mark.django_db
def test_queries_do_not_grow_with_kecamatan(django_assert_num_queries, client):
    build_demo(tahap="diterima", usulan=20, kecamatan=2)
    ask_for_the_list(client, "bappeda", 2, django_assert_num_queries)
