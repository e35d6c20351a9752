"""The list: filters and sorts, a row in place, many at once, kept filters, and what is downloaded is what is shown."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from musrenbang.models import JejakAudit, Skpd, SumberDana
from musrenbang.states import Tahap
from tests.conftest import JUDUL
from tests.halaman import flat
from tests.sheet_rows import rows_and_sums
from usulan.models import Tampilan, Usulan
from usulan.services.impor import commit_impor, stage_impor

BARIS = [
    [1, "Semaya", "Pembangunan jalan tani", "Dusun A", 100, "m", 50_000_000, "DAK", ""],
    [2, "Semaya", "Sumur bor", "Dusun B", 1, "unit", "", "DAK", ""],
    [3, "Sikur", "Rehab posyandu", "Dusun C", 1, "unit", 30_000_000, "Dana Desa", "balita"],
]


@pytest.fixture
def prepared(acara, move_event, cast, make_workbook):
    move_event(acara, Tahap.PERSIAPAN)
    path = make_workbook("a.xlsx", [JUDUL, *BARIS])
    impor = stage_impor(musrenbang=acara, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    return acara


def nomor(client, acara, **filters):
    """The numbers in the order of the downloaded list."""
    contents = client.get(f"/m/{acara.slug}/usulan/unduh/", filters).content
    return [r[0] for r in rows_and_sums(contents)[0]]


@pytest.mark.parametrize(
    ("filters", "right"),
    [
        ({}, [1, 2, 3]),
        ({"desa": "52.03.04.2001"}, [1, 2]),
        ({"lengkap": "tidak"}, [2]),
        ({"lengkap": "ya"}, [1, 3]),
        ({"dari": "40.000.000"}, [1]),
        ({"sampai": "40.000.000"}, [3]),
        ({"cari": "balita"}, [3]),
        ({"asal": "berkas"}, [1, 2, 3]),
        ({"asal": "skpd"}, []),
        ({"urut": "-biaya"}, [1, 3, 2]),
        ({"urut": "biaya"}, [3, 1, 2]),
        ({"urut": "kegiatan"}, [1, 3, 2]),
        ({"urut": "desa"}, [1, 2, 3]),
        ({"urut": "entah", "asal": "entah", "dari": "banyak", "desa": "x", "skpd": "0"}, [1, 2, 3]),
    ],
    ids=str,
)
def test_filters_and_sorts(filters, right, prepared, masuk):
    assert nomor(masuk("bu_pmd"), prepared, **filters) == right


def test_filters_by_skpd_source_and_bidang(prepared, masuk):
    client = masuk("bu_pmd")
    one = Usulan.objects.get(nomor=3)
    for nama, nilai in (("skpd", one.skpd_id), ("bidang", one.skpd.bidang_id), ("sumber", one.sumber_dana_id)):
        assert 3 in nomor(client, prepared, **{nama: nilai})
        assert nomor(client, prepared, **{nama: nilai}) != [1, 2, 3]


def change(client, acara, pk, **nilai):
    return client.post(f"/m/{acara.slug}/usulan/{pk}/sunting/", nilai, headers={"HX-Request": "true"})


def test_a_row_is_changed_in_place_with_the_old_value_beside_the_new(prepared, masuk):
    client, one = masuk("bu_pmd"), Usulan.objects.get(nomor=1)
    url = f"/m/{prepared.slug}/usulan/{one.pk}/sunting/"
    assert "Tersimpan: Pembangunan jalan tani" in flat(client.get(url, headers={"HX-Request": "true"}))
    baru = {"kegiatan": one.kegiatan, "lokasi": "Dusun Z", "volume": "120", "satuan": "m", "biaya": "60.000.000"}
    text = change(client, prepared, one.pk, versi=one.versi, **baru, sumber_dana=one.sumber_dana_id).content.decode()
    assert '<span class="lama">Dusun A</span>' in text
    assert "Rp50.000.000" in text
    assert "Rp60.000.000" in text
    one.refresh_from_db()
    assert (one.lokasi, one.manfaat) == ("Dusun Z", "")
    stale = change(client, prepared, one.pk, versi=1, **baru | {"lokasi": "Dusun Lain"})
    assert stale.status_code == 422
    assert "sudah mengubah usulan ini" in stale.content.decode()
    assert "Dusun Lain" in stale.content.decode()


def test_without_script_the_link_leads_to_the_page_of_the_proposal(prepared, masuk):
    one = Usulan.objects.get(nomor=1)
    response = masuk("bu_pmd").get(f"/m/{prepared.slug}/usulan/{one.pk}/sunting/")
    assert response.headers["Location"] == f"/m/{prepared.slug}/usulan/{one.pk}/"


@pytest.mark.parametrize(("nama", "kode"), [("pak_camat", 403), ("operator_desa", 404), ("orang_luar", 404)])
def test_others_do_not_change_a_row(nama, kode, prepared, masuk):
    one = Usulan.objects.get(nomor=1)
    assert change(masuk(nama), prepared, one.pk, versi=1, kegiatan="X").status_code == kode


def bulk(client, acara, **nilai):
    return client.post(f"/m/{acara.slug}/usulan/massal/", nilai, follow=True).content.decode()


def test_many_rows_get_one_value_with_a_trail_each(prepared, masuk):
    client, add = masuk("bu_pmd"), SumberDana.objects.exclude(usulan__isnull=False).first()
    everything = [u.pk for u in Usulan.objects.all()]
    text = bulk(client, prepared, usulan=everything, kolom="sumber_dana", sumber_dana=add.pk, **{"s-urut": "desa"})
    assert "3 usulan diubah" in text
    assert set(Usulan.objects.values_list("sumber_dana", "versi")) == {(add.pk, 2)}
    assert JejakAudit.objects.filter(aksi="usulan.diubah").count() == 3
    assert "0 usulan diubah" in bulk(client, prepared, usulan=everything, kolom="sumber_dana", sumber_dana=add.pk)


@pytest.mark.parametrize(
    ("nilai", "sentence"),
    [
        ({"kolom": "skpd"}, "Belum ada usulan yang dicentang."),
        ({"kolom": "skpd", "usulan": "semua"}, "Pilih dahulu perangkat daerah atau sumber dana"),
        ({"kolom": "skpd", "usulan": ["abc"]}, "a"),
    ],
    ids=str,
)
def test_a_bulk_action_that_lacks_something_changes_nothing(nilai, sentence, prepared, masuk):
    if nilai.get("usulan") == "semua":
        nilai = nilai | {"usulan": [u.pk for u in Usulan.objects.all()]}
    sebelum = list(Usulan.objects.values("skpd", "versi"))
    assert sentence in bulk(masuk("bu_pmd"), prepared, **nilai)
    assert list(Usulan.objects.values("skpd", "versi")) == sebelum


def test_bulk_is_for_the_team(prepared, masuk):
    pilihan = {"usulan": [u.pk for u in Usulan.objects.all()], "kolom": "skpd", "skpd": Skpd.objects.first().pk}
    url = f"/m/{prepared.slug}/usulan/massal/"
    for nama, kode in (("operator_desa", 403), ("pak_camat", 403), ("orang_luar", 404)):
        assert masuk(nama).post(url, pilihan).status_code == kode
    assert masuk("bu_pmd").get(url).status_code == 405


def test_a_filter_is_kept_used_replaced_and_forgotten(prepared, masuk):
    client, url = masuk("bu_pmd"), f"/m/{prepared.slug}/usulan/tampilan/"
    for search in ("jalan", "sumur"):
        client.post(url, {"nama": "Punyaku", "s-cari": search, "s-urut": "biaya"})
    one = Tampilan.objects.get()
    assert one.saringan == {"cari": "sumur", "urut": "biaya"}
    text = client.get(f"/m/{prepared.slug}/usulan/").content.decode()
    assert "?cari=sumur&amp;urut=biaya" in text
    assert "Punyaku" not in masuk("pak_sekcam").get(f"/m/{prepared.slug}/usulan/").content.decode()
    masuk("pak_sekcam").post(f"{url}{one.pk}/hapus/")
    assert Tampilan.objects.exists()
    client.post(f"{url}{one.pk}/hapus/")
    assert not Tampilan.objects.exists()
    assert "Tulis nama untuk filter ini" in client.post(url, {"nama": " "}, follow=True).content.decode()


def test_the_recap_adds_up(prepared, masuk):
    text = masuk("bu_pmd").get(f"/m/{prepared.slug}/usulan/rekap/").content.decode()
    assert "3 usulan, Rp80.000.000" in text
    same_desa = masuk("bu_pmd").get(f"/m/{prepared.slug}/usulan/rekap/", {"desa": "52.03.04.2001"}).content.decode()
    assert "2 usulan, Rp50.000.000" in same_desa
    assert "Filter: desa: Semaya" in same_desa
    empty = masuk("bu_pmd").get(f"/m/{prepared.slug}/usulan/rekap/", {"cari": "zzz"}).content.decode()
    assert "Belum ada yang direkap" in empty


def test_the_pdf_holds_exactly_what_is_shown(prepared, masuk):
    response = masuk("bu_pmd").get(f"/m/{prepared.slug}/usulan/unduh/", {"bentuk": "pdf", "desa": "52.03.04.2001"})
    assert response.headers["Content-Type"] == "application/pdf"
    text = " ".join(h.extract_text() for h in PdfReader(BytesIO(response.content)).pages)
    assert "Sumur bor" in text
    assert "posyandu" not in text
    assert "Jumlah: 2 usulan" in text
