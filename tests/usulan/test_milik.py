"""Whose a proposal is: typed, imported, changed, recapped. Works and rupiah add up whatever the desa."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from musrenbang.models import Desa, JejakAudit, Skpd
from musrenbang.states import Tahap
from rkp.queries.baris import rows
from rkp.queries.isi import outdated
from rkp.queries.pagu import recap
from rkp.services.draft import build_draft
from tests.conftest import JUDUL, write_workbook
from usulan.bagi import share_out
from usulan.cetakan import PEMBACA_PENUH, rekap_usulan
from usulan.impor.pemilik import KECAMATAN, is_whole, several
from usulan.milik import Cakupan, Ownership
from usulan.models import ParentRelation, Usulan, UsulanOrigin
from usulan.queries.daftar import rekap_bidang, rekap_desa
from usulan.queries.milik import group_by_desa, proposing_desa
from usulan.services.ajuan import submit_usulan
from usulan.services.gabung import merge_usulan
from usulan.services.usulan import set_ownership


@given(
    st.integers(0, 10**13),
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 10**9), min_size=1, max_size=9),
)
def test_shares_are_whole_fair_and_add_up(jumlah, bobot):
    bagian = share_out(jumlah, bobot)
    semua = sum(bobot.values())
    assert sum(bagian.values()) == jumlah
    for siapa, isi in bagian.items():
        assert abs(isi - jumlah * bobot[siapa] / semua) < 1 or abs(isi * semua - jumlah * bobot[siapa]) < semua


def test_one_work_is_counted_at_the_largest_share():
    assert share_out(1, {"a": 1, "b": 2, "c": 1}) == {"a": 0, "b": 1, "c": 0}
    assert share_out(1, {"a": 1, "b": 1}) == {"a": 1, "b": 0}
    assert share_out(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}


@pytest.fixture
def siap(acara, pindah):
    pindah(acara, Tahap.PERSIAPAN)
    return acara


@pytest.fixture
def desa(siap):
    return list(siap.kecamatan.desa_set.order_by("kode"))


def ketik(acara, by, milik, *, biaya=100, asal=UsulanOrigin.KECAMATAN, **isi):
    isi = {"kegiatan": f"Jembatan {uuid4().hex[:6]}", "lokasi": "Batas desa", "volume": 1, "satuan": "unit"} | isi
    return submit_usulan(musrenbang=acara, by=by, kunci=uuid4(), asal=asal, biaya=biaya, **milik.columns(), **isi)


def kirim(client, acara, **ubah):
    isi = {
        "kunci": str(uuid4()),
        "asal": "kecamatan",
        "kegiatan": "Jembatan penghubung",
        "lokasi": "Batas desa",
        "volume": "1",
        "satuan": "unit",
        "biaya": "100.000.001",
    }
    return client.post(f"/m/{acara.slug}/usulan/baru/", isi | ubah)


def test_the_team_types_in_a_proposal_of_several_desa_with_their_shares(siap, desa, masuk):
    client = masuk("bu_pmd")
    assert kirim(client, siap, asal="formulir", desa=[d.pk for d in desa[:3]], bagian="50, 30, 20").status_code == 302
    satu = Usulan.objects.get()
    assert (satu.cakupan, satu.desa, satu.dari_desa) == (Cakupan.BEBERAPA, None, True)
    assert [(b.nama, b.n, b.rp) for b in satu.parts(satu.biaya)] == [
        (desa[0].nama, 1, 50_000_001),
        (desa[1].nama, 0, 30_000_000),
        (desa[2].nama, 0, 20_000_000),
    ]
    halaman = client.get(f"/m/{siap.slug}/usulan/{satu.pk}/").content.decode()
    assert "(50 : 30 : 20)" in halaman
    assert "Rp\xa050.000.001, dihitung di sini" in halaman


@pytest.mark.parametrize(
    "ubah, kata",
    [
        ({}, "Centang desanya atau “Seluruh kecamatan”."),
        ({"desa": [0], "seluruh": "on"}, "bukan keduanya"),
        ({"asal": "formulir", "seluruh": "on"}, "Usulan desa menyebut desanya"),
        ({"desa": [0, 1], "bagian": "60"}, "Tulis 2 angka"),
        ({"desa": [0, 1], "bagian": "60, 0"}, "Tulis 2 angka"),
        ({"desa": [0], "bagian": "100"}, "Kosongkan: bagian hanya diisi"),
        ({"desa": [], "seluruh": "on", "bagian": "100"}, "Kosongkan: bagian hanya diisi"),
        ({"desa": [0, 1], "bagian": "60, -40"}, "Tulis 2 angka"),
        ({"desa": [0, 1], "bagian": "60%, 30%"}, "berjumlah 90%, bukan 100%"),
        ({"asal": "skpd", "seluruh": "on"}, "Pilih perangkat daerah/UPTD yang mengusulkan"),
    ],
)
def test_nothing_is_the_kecamatans_by_forgetting_a_desa(siap, desa, masuk, ubah, kata):
    if "desa" in ubah:
        ubah = ubah | {"desa": [desa[i].pk for i in ubah["desa"]]}
    jawab = kirim(masuk("bu_pmd"), siap, **ubah)
    assert jawab.status_code == 422
    assert kata in jawab.content.decode()
    assert not Usulan.objects.exists()


def test_an_agency_proposes_for_the_whole_kecamatan_and_a_desa_only_for_itself(siap, desa, masuk):
    skpd = Skpd.objects.get(singkatan="Dinas PUPR")
    assert kirim(masuk("orang_skpd"), siap, asal="skpd", skpd=skpd.pk, seluruh="on").status_code == 302
    satu = Usulan.objects.get()
    assert (satu.pengusul, satu.nama_desa, satu.dokumen_asal) == (
        "Dinas PUPR",
        "Seluruh kecamatan",
        "Usulan Dinas PUPR",
    )
    assert kirim(masuk("operator_desa"), siap, asal="formulir", seluruh="on").status_code == 422
    assert kirim(masuk("operator_desa"), siap, asal="kecamatan", seluruh="on").status_code == 422
    assert proposing_desa([siap.pk]) == {}, "no desa has proposed anything yet"


def test_a_joint_proposal_is_seen_by_its_desa_and_changed_by_the_team_alone(siap, desa, masuk, pemeran):
    sikur = Desa.objects.get(nama="Sikur")
    lain = next(d for d in desa if d != sikur)
    satu = ketik(siap, pemeran["bu_pmd"], Ownership.of([sikur, lain]), asal=UsulanOrigin.FORMULIR)
    ketik(siap, pemeran["bu_pmd"], Ownership.of([d for d in desa if d != sikur][:2]), asal=UsulanOrigin.FORMULIR)
    operator = masuk("operator_desa")
    halaman = operator.get(f"/m/{siap.slug}/usulan/")
    assert [u.pk for u in halaman.context["halaman"]] == [satu.pk]
    alamat = f"/m/{siap.slug}/usulan/{satu.pk}/desa/"
    assert operator.post(alamat, {"versi": 1, "desa": [sikur.pk]}).status_code == 403
    assert masuk("bu_pmd").post(alamat, {"versi": 1, "desa": [lain.pk]}).status_code == 302
    satu.refresh_from_db()
    assert (satu.desa, satu.cakupan, satu.bersama) == (lain, Cakupan.SATU, {})
    jejak = JejakAudit.objects.filter(aksi="usulan.diubah").last()
    assert jejak.rincian["desa"][1] == f"Desa {lain.nama}"
    jawab = masuk("bu_pmd").post(alamat, {"versi": 1, "desa": [sikur.pk]}, follow=True)
    assert "sudah mengubah usulan ini" in jawab.content.decode()


@pytest.mark.parametrize(
    "isi",
    [
        {"cakupan": "satu", "desa": None},
        {"cakupan": "beberapa"},
        {"cakupan": "kecamatan", "bersama": {"x": {}}},
        {"asal": "formulir", "cakupan": "kecamatan", "desa": None},
    ],
)
def test_the_database_refuses_a_work_whose_desa_are_not_clear(siap, desa, pemeran, isi):
    satu = ketik(siap, pemeran["bu_pmd"], Ownership.of(desa[:1]), asal=UsulanOrigin.FORMULIR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Usulan.objects.filter(pk=satu.pk).update(**isi)


def test_recaps_share_the_money_and_count_each_work_once(siap, desa, masuk, pemeran):
    by = pemeran["bu_pmd"]
    ketik(siap, by, Ownership.of(desa[:1]), biaya=1_000, asal=UsulanOrigin.FORMULIR)
    ketik(siap, by, Ownership.of(desa[:3]), biaya=1_000)
    ketik(siap, by, Ownership.of([]), biaya=77)
    ketik(siap, by, Ownership.of(desa[1:3], [1, 3]), biaya=None)
    per = {r["kode"]: (r["jumlah"], r["ikut"], r["perlu"], r["total"]) for r in rekap_desa(siap, PEMBACA_PENUH)}
    assert [per[d.kode] for d in desa[:3]] == [(2, 0, 0, 1_334), (0, 2, 0, 333), (1, 1, 1, 333)]
    assert per[""] == (1, 0, 0, 77)
    rekap = rekap_bidang(Usulan.objects.all())
    assert (rekap.total, rekap.bersama) == ((4, 2_077), 2)
    kertas = rekap_usulan(siap)
    assert (sum(d["n"] for d in kertas["desa"]), kertas["total"]) == (4, 2_077)
    assert kertas["desa"][-1]["sebutan"] == "Seluruh kecamatan"
    assert kertas["desa"][1]["baris"][0]["bersama"].endswith("; seluruhnya Rp\xa01.000.")
    build_draft(musrenbang=siap, by=by)
    for nama, isi in recap(siap).items():
        assert (sum(r.n for r in isi), sum(r.rp for r in isi)) == (4, 2_077), nama
    client = masuk("bu_pmd")
    for saring, banyak in ((desa[1].kode, 2), ("bersama", 2), ("kecamatan", 1)):
        assert client.get(f"/m/{siap.slug}/usulan/?desa={saring}").context["halaman"].paginator.count == banyak
        assert client.get(f"/m/{siap.slug}/rkp/?desa={saring}").context["jumlah_baris"] == banyak


def test_what_is_merged_from_two_desa_is_both_desa_s_by_what_each_part_costs(siap, desa, pemeran):
    by = pemeran["bu_pmd"]
    a, b = (ketik(siap, by, Ownership.of([d]), biaya=rp) for d, rp in zip(desa[:2], (300, 100), strict=True))
    merge_usulan(main=a, other=b, hubungan=ParentRelation.BAGIAN, by=by)
    build_draft(musrenbang=siap, by=by)
    (baris,) = rows(siap.rkp)
    assert [(x.kode, x.n, x.rp) for x in baris.parts(baris.biaya)] == [(desa[0].kode, 1, 300), (desa[1].kode, 0, 100)]
    set_ownership(usulan=b, versi=b.versi + 1, owned=Ownership.of([]), by=by)
    (usang,) = outdated(siap)
    assert "Kecamatan" in usang.menjadi
    build_draft(musrenbang=siap, by=by)
    baris.refresh_from_db()
    assert baris.cakupan == Cakupan.KECAMATAN


DESA = {"Semaya": "52.03.04.2001", "Loyok": "52.03.04.2004", "Sikur": "52.03.04.2002"}


@pytest.mark.parametrize(
    "teks, hasil",
    [
        ("Semaya, Loyok", "52.03.04.2001;52.03.04.2004"),
        ("Desa Semaya dan Desa Loyok", "52.03.04.2001;52.03.04.2004"),
        ("Lintas Desa (Loyok - Semaya)", "52.03.04.2001;52.03.04.2004"),
        ("Semaya, Entah", None),
        ("Semaya", None),
        ("Lintas Desa", None),
    ],
)
def test_several_desa_in_one_cell(teks, hasil):
    assert several(teks, DESA.get) == hasil


@pytest.mark.parametrize(
    "teks, ya",
    [
        ("Kecamatan", True),
        ("Kecamatan Sikur", True),
        ("Kec. Sikur", True),
        ("Seluruh Kecamatan", True),
        ("Semua desa/kelurahan", True),
        ("se-Kecamatan Sikur", True),
        ("Sikur", False),
        ("Desa Sikur", False),
        ("Kecamatan Montong Gading", False),
        ("Lintas Desa", False),
        ("Kantor kecamatan", False),
    ],
)
def test_the_whole_kecamatan_in_words(teks, ya):
    assert is_whole(teks, "Sikur") == ya


def pratinjau(client, acara, baris):
    path = write_workbook(settings.VAR_DIR / f"{uuid4().hex}.xlsx", [JUDUL, *baris])
    with path.open("rb") as isi:
        client.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": isi})
    return acara.impor.get()


def test_a_list_with_shared_rows_comes_in_and_what_is_unclear_is_asked(siap, desa, masuk):
    client = masuk("bu_pmd")
    impor = pratinjau(
        client,
        siap,
        [
            [1, "Semaya, Sikur", "Jembatan penghubung", "Batas desa", 1, "unit", 90_000_001, "APBD Kab", "warga"],
            [
                2,
                "Kecamatan Sikur",
                "Pelatihan tanggap bencana",
                "Kantor camat",
                2,
                "kali",
                45_000_000,
                "APBD Kab",
                "warga",
            ],
            [3, "Lintas Desa", "Normalisasi sungai", "Kali Bagek", 900, "m", 30_000_000, "APBD Kab", "petani"],
            [4, "Semaya", "Talud", "Dusun I", 40, "m", 10_000_000, "APBD Kab", "warga"],
        ],
    )
    alamat = f"/m/{siap.slug}/usulan/impor/{impor.pk}/"
    halaman = client.get(alamat).content.decode()
    assert "tidak menyebut desanya: pilih desa-desanya" in halaman
    assert "Semaya, Sikur" in halaman
    assert "Seluruh kecamatan" in halaman
    (tanya,) = client.get(alamat).context["hasil"]["tanya_desa"]
    pilih = {"teks": [tanya["kunci"]], "desa": [""], "bersama-1": [desa[0].kode, desa[1].kode, desa[2].kode]}
    client.post(f"{alamat}desa/", pilih)
    client.post(f"{alamat}simpan/")
    sikur, semaya = Desa.objects.get(nama="Sikur"), Desa.objects.get(nama="Semaya")
    per = {u.baris: u for u in Usulan.objects.select_related("desa")}
    assert per[2].bersama.keys() == {sikur.kode, semaya.kode}
    assert per[2].biaya == 90_000_001
    assert (per[3].cakupan, per[3].pengusul, per[3].dokumen_asal) == ("kecamatan", "Kecamatan", "Usulan kecamatan")
    assert per[4].bersama.keys() == {d.kode for d in desa[:3]}
    assert (per[5].desa, per[5].bersama) == (semaya, {})
    assert group_by_desa(per.values())[-1].rp == 45_000_000


def test_a_row_of_the_preview_is_made_several_desa_s_and_the_kecamatans(siap, desa, masuk):
    client = masuk("bu_pmd")
    isi = ["Jembatan", "Batas desa", 1, "unit", 90_000_000, "APBD Kab", "warga"]
    impor = pratinjau(client, siap, [[1, "Semaya", *isi], [2, "Sikur", *isi]])
    alamat = f"/m/{siap.slug}/usulan/impor/{impor.pk}/"
    form = client.get(f"{alamat}baris/?lembar=0&baris=2").context["form"]
    nilai = {
        n: "" if (v := form[n].value()) is None else v
        for n in form.fields
        if n not in ("bersama", "bawah", "aksi", "biaya")
    }
    nilai |= {"lembar": 0, "baris": 2, "aksi": "ubah", "biaya": "90.000.000"}
    salah = client.post(f"{alamat}baris/simpan/", nilai | {"desa": KECAMATAN, "bersama": [desa[0].kode]})
    assert salah.status_code == 422
    benar = client.post(f"{alamat}baris/simpan/", nilai | {"bersama": [desa[2].kode]})
    assert benar.status_code == 302, benar.context["form"].errors
    client.post(f"{alamat}baris/simpan/", nilai | {"baris": 3, "desa": KECAMATAN, "dilihat": 1})
    client.post(f"{alamat}simpan/")
    semaya = Desa.objects.get(nama="Semaya")
    assert [u.bersama.keys() | set() for u in Usulan.objects.all()] == [{semaya.kode, desa[2].kode}, set()]


def test_a_list_of_a_kelurahan_comes_in_like_one_of_a_desa(siap, masuk):
    Desa.objects.filter(nama="Semaya").update(kode="52.03.04.1001")
    client = masuk("bu_pmd")
    path = write_workbook(
        settings.VAR_DIR / "kelurahan.xlsx",
        [
            ["DAFTAR USULAN MUSRENBANG KELURAHAN SEMAYA TAHUN 2027"],
            [],
            ["No", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya (Rp)"],
            [1, "Saluran air", "RT 02", 80, "m", 20_000_000],
        ],
    )
    with path.open("rb") as isi:
        client.post(f"/m/{siap.slug}/usulan/impor/", {"berkas": isi})
    client.post(f"/m/{siap.slug}/usulan/impor/{siap.impor.get().pk}/simpan/")
    satu = Usulan.objects.select_related("desa").get()
    assert (satu.sebutan_desa, satu.dokumen_asal) == ("Kelurahan Semaya", "Usulan Musrenbang Kelurahan Semaya")
