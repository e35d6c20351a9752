"""Reference data: each table goes out, comes back, is corrected, and leaves a trail."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from openpyxl import Workbook, load_workbook

from musrenbang.acuan.tables import TABEL
from musrenbang.models import (
    Bidang,
    JejakAcuan,
    Kabupaten,
    KataKunci,
    Keanggotaan,
    PaguKecamatan,
    Pengguna,
    Program,
    Skpd,
    SumberDana,
)
from musrenbang.models.jejak import PermanentJejak
from musrenbang.persiapan.services.pagu_year import KEPALA_PAGU
from musrenbang.sebutan import UMUM, translate, use
from musrenbang.states import Peran, Tahap
from tests.some import some


def buku(kepala, *baris):
    workbook = Workbook()
    workbook.active.append(["Tabel"])
    for content in (kepala, *baris):
        workbook.active.append(content)
    output = BytesIO()
    workbook.save(output)
    return SimpleUploadedFile("tabel.xlsx", output.getvalue())


def send(client, kunci, *baris, **data):
    contents = {"berkas": buku(TABEL[kunci].kepala, *baris)} | data
    return client.post(f"/acuan/{kunci}/", contents, follow=True).content.decode()


def download(client, kunci):
    contents = client.get(f"/acuan/{kunci}/unduh/?tahun=2027").content
    return list(load_workbook(BytesIO(contents)).active.iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize("kunci", TABEL)
def test_every_table_comes_back_as_it_went_out(kunci, acara, masuk):
    client = masuk("bu_bappeda")
    head_of, *baris = download(client, kunci)
    with use(UMUM):
        assert head_of == tuple(map(translate, TABEL[kunci].kepala))
    if not baris:
        baris = (
            [("Rabat beton", "m", 1, 2, None, None)]
            if kunci == "kamus"
            else [(1, "Air", "Air bersih", Bidang.objects.first().nama)]
        )
        assert " ditambah" in send(client, kunci, *baris, tahun=2027)
        _, *baris = download(client, kunci)
    assert f"0 ditambah, 0 diubah, 0 dihapus, {len(baris)} sama" in send(client, kunci, *baris, tahun=2027)
    assert download(client, kunci)[1:] == baris


def test_an_skpd_is_added_brought_up_to_date_and_never_lost(acara, masuk):
    client, bidang = masuk("bu_bappeda"), Bidang.objects.first().nama
    jumlah = Skpd.objects.count()
    lama = Skpd.objects.get(singkatan="Dinas PUPR")
    text = send(client, "skpd", (lama.nama, "DPUPR", "1.03.01", bidang), ("Dinas Baru", "DB", None, bidang))
    assert "1 ditambah, 1 diubah, 0 dihapus, 0 sama" in text
    lama.refresh_from_db()
    assert (lama.singkatan, lama.kode) == ("DPUPR", "1.03.01")
    assert Skpd.objects.count() == jumlah + 1
    jejak = JejakAcuan.objects.get()
    assert (jejak.aksi, jejak.pelaku.username) == ("acuan.diimpor", "bu_bappeda")
    assert jejak.rincian["diubah"][lama.nama]["singkatan"] == ["Dinas PUPR", "DPUPR"]
    assert "Tabel diunggah" in client.get("/acuan/jejak/").content.decode()


def test_keywords_are_replaced_as_a_whole(acara, masuk):
    public_works = Skpd.objects.get(singkatan="Dinas PUPR")
    KataKunci.objects.create(skpd=public_works, kata="jalan setapak")
    text = send(masuk("bu_bappeda"), "kata-kunci", ("Dinas PUPR", "jembatan", "1.03.10 Jalan"))
    assert "dihapus" in text
    assert [(k.skpd, k.kata, k.program) for k in KataKunci.objects.all()] == [
        (public_works, "jembatan", "1.03.10 Jalan")
    ]


@pytest.mark.parametrize(
    ("kunci", "baris", "kata"),
    [
        ("skpd", ("", "DB", None, None), "Nama kosong"),
        ("skpd", ("Dinas Baru", "DB", None, "Entah"), "Bidang “Entah” tidak dikenal"),
        ("skpd", ("Dinas " + "x" * 200, "DB", None, None), "Nama terlalu panjang (paling banyak 200 huruf)"),
        ("kata-kunci", ("Dinas X", "jalan", None), "SKPD “Dinas X” tidak dikenal"),
        ("prioritas", ("satu", "Air", "Air bersih", None), "Nomor harus bilangan bulat"),
        ("prioritas", (-1, "Air", "Air bersih", None), "Nomor harus bilangan bulat"),
        ("program", (None, "Program"), "Kode kosong"),
    ],
)
def test_a_bad_row_is_named_and_nothing_changes(kunci, baris, kata, acara, masuk):
    sebelum = {m: m.objects.count() for m in (Skpd, KataKunci, Program)}
    assert kata in send(masuk("bu_bappeda"), kunci, baris, tahun=2027)
    assert {m: m.objects.count() for m in sebelum} == sebelum
    assert not JejakAcuan.objects.exists()


def test_one_row_is_filled_in_corrected_and_removed(acara, masuk):
    client, bidang = masuk("bu_bappeda"), Bidang.objects.first()
    contents = {"nama": "Dinas Baru", "singkatan": "DB", "kode": "", "bidang": bidang.pk}
    client.post("/acuan/skpd/baru/", contents)
    baru = Skpd.objects.get(nama="Dinas Baru")
    assert baru.kabupaten == Kabupaten.objects.get()
    kembar = client.post("/acuan/skpd/baru/", contents | {"nama": "dinas baru"})
    assert kembar.status_code == 422
    assert "Sudah ada baris dengan isian yang sama." in kembar.content.decode()
    client.post(f"/acuan/skpd/{baru.pk}/", contents | {"nama": "Dinas Lebih Baru"})
    baru.refresh_from_db()
    assert baru.nama == "Dinas Lebih Baru"
    client.post(f"/acuan/skpd/{baru.pk}/hapus/")
    assert not Skpd.objects.filter(pk=baru.pk).exists()
    assert list(JejakAcuan.objects.values_list("aksi", flat=True)) == [
        "acuan.dihapus",
        "acuan.diubah",
        "acuan.ditambah",
    ]
    assert client.post("/acuan/skpd/baru/", {"nama": ""}).status_code == 422
    assert client.get("/acuan/kamus/baru/?tahun=2027").status_code == 200


def test_what_is_in_use_is_not_removed(acara, masuk):
    public_works = Skpd.objects.get(singkatan="Dinas PUPR")
    html = masuk("bu_bappeda").post(f"/acuan/skpd/{public_works.pk}/hapus/", follow=True).content.decode()
    assert "masih dipakai di" in html
    assert Skpd.objects.filter(pk=public_works.pk).exists()


def test_what_all_share_is_changed_by_the_administrator_when_there_are_others(acara, masuk):
    other = Kabupaten.objects.create(provinsi=Kabupaten.objects.get().provinsi, kode="52.99", nama="Kabupaten Lain")
    person = Pengguna.objects.create(username="lain", nama="Lain")
    client = masuk("bu_bappeda")
    assert "1 ditambah" in send(client, "sumber-dana", ("Dana Baru", "DB; dana br"))
    assert SumberDana.objects.get(nama="Dana Baru").sinonim == "DB\ndana br"
    Keanggotaan.objects.create(pengguna=person, peran=Peran.BAPPEDA, kabupaten=other)
    assert "Dipakai bersama kabupaten lain" in send(client, "sumber-dana", ("Dana Lain", None))
    assert not SumberDana.objects.filter(nama="Dana Lain").exists()
    one = SumberDana.objects.get(nama="Dana Baru")
    client.post(f"/acuan/sumber-dana/{one.pk}/hapus/")
    assert SumberDana.objects.filter(pk=one.pk).exists()
    assert "1 ditambah" in send(client, "skpd", ("Dinas Sendiri", "DS", None, Bidang.objects.first().nama))


def test_another_kabupatens_rows_are_not_found(acara, masuk):
    other = Kabupaten.objects.create(provinsi=Kabupaten.objects.get().provinsi, kode="52.99", nama="Kabupaten Lain")
    foreign = Skpd.objects.create(kabupaten=other, nama="Dinas Lain", singkatan="DL", bidang=Bidang.objects.first())
    client = masuk("bu_bappeda")
    assert "Dinas Lain" not in client.get("/acuan/skpd/").content.decode()
    assert client.get(f"/acuan/skpd/{foreign.pk}/").status_code == 404
    assert client.post(f"/acuan/skpd/{foreign.pk}/hapus/").status_code == 404
    assert client.get("/acuan/entah/").status_code == 404


def test_ceilings_of_all_kecamatan_in_one_table(acara, masuk):
    client, apbd = masuk("bu_bappeda"), SumberDana.objects.first()

    def send_pagu(*baris):
        contents = {"tahun": acara.tahun_rencana, "berkas": buku(KEPALA_PAGU, *baris)}
        return client.post("/acuan/pagu/", contents, follow=True).content.decode()

    assert "1 kecamatan berubah" in send_pagu(("Kecamatan Sikur", apbd.nama, 5_000_000_000))
    assert PaguKecamatan.objects.get().jumlah == 5_000_000_000
    assert "0 kecamatan berubah" in send_pagu(("Sikur", apbd.nama, 5_000_000_000))
    for baris, kata in (
        (("Entah", apbd.nama, 1), "tidak punya musrenbang"),
        (("Sikur", "Entah", 1), "tidak dikenal"),
        (("Sikur", apbd.nama, -1), "harus angka rupiah tanpa sen"),
    ):
        assert kata in send_pagu(("Sikur", apbd.nama, 9), baris)
    assert "sama dengan baris di atasnya" in send_pagu(("Sikur", apbd.nama, 9), ("Sikur", apbd.nama, 8))
    assert PaguKecamatan.objects.get().jumlah == 5_000_000_000
    contents = load_workbook(BytesIO(client.get(f"/acuan/pagu/unduh/?tahun={acara.tahun_rencana}").content)).active
    assert list(contents.iter_rows(min_row=3, values_only=True)) == [("Sikur", apbd.nama, 5_000_000_000)]
    assert "1 kecamatan berubah" in send_pagu(("Sikur", apbd.nama, None))
    assert not PaguKecamatan.objects.exists()


def test_a_ceiling_comes_too_late_once_the_plan_is_fixed(acara, masuk):
    type(acara).objects.filter(pk=acara.pk).update(tahap=Tahap.PRIORITAS)
    contents = {
        "tahun": acara.tahun_rencana,
        "berkas": buku(KEPALA_PAGU, ("Sikur", SumberDana.objects.first().nama, 9)),
    }
    html = masuk("bu_bappeda").post("/acuan/pagu/", contents).content.decode()
    assert "Kecamatan Sikur:" in html
    assert not PaguKecamatan.objects.exists()


def test_the_trail_cannot_be_changed(acara, masuk):
    send(masuk("bu_bappeda"), "sumber-dana", ("Dana Baru", None))
    jejak = JejakAcuan.objects.get()
    with pytest.raises(PermanentJejak):
        jejak.save()
    with pytest.raises(PermanentJejak):
        JejakAcuan.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        super(type(JejakAcuan.objects.all()), JejakAcuan.objects.all()).update(objek="lain")


def test_the_index_counts(acara, masuk, django_assert_num_queries):
    client = masuk("bu_bappeda")
    html = client.get("/acuan/").content.decode()
    for t in some(TABEL.values()):
        assert t.judul in html
    with django_assert_num_queries(15):
        client.get("/acuan/")


@pytest.mark.parametrize("n", [1, 3])
def test_queries_of_a_table_do_not_grow(n, acara, masuk, django_assert_num_queries):
    client = masuk("bu_bappeda")
    KataKunci.objects.exclude(pk__in=list(KataKunci.objects.values_list("pk", flat=True)[:n])).delete()
    with django_assert_num_queries(5):
        client.get("/acuan/kata-kunci/")
