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
from rkp.queries.content import outdated
from rkp.queries.pagu import recap
from rkp.services.draft import build_draft
from tests.conftest import JUDUL, write_workbook
from usulan.cetakan import PEMBACA_PENUH, rekap_usulan
from usulan.impor.owner import KECAMATAN, is_whole, several
from usulan.models import ParentRelation, Usulan, UsulanOrigin
from usulan.ownership import Coverage, Ownership
from usulan.queries.listing import rekap_bidang, rekap_desa
from usulan.queries.ownership import group_by_desa, proposing_desa
from usulan.services.merge import merge_usulan
from usulan.services.usulan import set_ownership
from usulan.services.without_file import submit_usulan
from usulan.shares import share_out


@given(
    st.integers(0, 10**13),
    st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 10**9), min_size=1, max_size=9),
)
def test_shares_are_whole_fair_and_add_up(jumlah, bobot):
    bagian = share_out(jumlah, bobot)
    everything = sum(bobot.values())
    assert sum(bagian.values()) == jumlah
    for who, content in bagian.items():
        assert (
            abs(content - jumlah * bobot[who] / everything) < 1
            or abs(content * everything - jumlah * bobot[who]) < everything
        )


def test_one_work_is_counted_at_the_largest_share():
    assert share_out(1, {"a": 1, "b": 2, "c": 1}) == {"a": 0, "b": 1, "c": 0}
    assert share_out(1, {"a": 1, "b": 1}) == {"a": 1, "b": 0}
    assert share_out(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}


@pytest.fixture
def ready_event(acara, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    return acara


@pytest.fixture
def desa(ready_event):
    return list(ready_event.kecamatan.desa_set.order_by("kode"))


def type_in(acara, by, own, *, biaya=100, asal=UsulanOrigin.KECAMATAN, **contents):
    contents = {
        "kegiatan": f"Jembatan {uuid4().hex[:6]}",
        "lokasi": "Batas desa",
        "volume": 1,
        "satuan": "unit",
    } | contents
    return submit_usulan(musrenbang=acara, by=by, kunci=uuid4(), asal=asal, biaya=biaya, **own.columns(), **contents)


def send(client, acara, **change):
    content = {
        "kunci": str(uuid4()),
        "asal": "kecamatan",
        "kegiatan": "Jembatan penghubung",
        "lokasi": "Batas desa",
        "volume": "1",
        "satuan": "unit",
        "biaya": "100.000.001",
    }
    return client.post(f"/m/{acara.slug}/usulan/baru/", content | change)


def test_the_team_types_in_a_proposal_of_several_desa_with_their_shares(ready_event, desa, masuk):
    client = masuk("bu_pmd")
    assert (
        send(client, ready_event, asal="formulir", desa=[d.pk for d in desa[:3]], bagian="50, 30, 20").status_code
        == 302
    )
    one = Usulan.objects.get()
    assert (one.cakupan, one.desa, one.proposed_by_desa) == (Coverage.BEBERAPA, None, True)
    assert [(b.nama, b.n, b.rp) for b in one.parts(one.biaya)] == [
        (desa[0].nama, 1, 50_000_001),
        (desa[1].nama, 0, 30_000_000),
        (desa[2].nama, 0, 20_000_000),
    ]
    halaman = client.get(f"/m/{ready_event.slug}/usulan/{one.pk}/").content.decode()
    assert "(50 : 30 : 20)" in halaman
    assert "Rp50.000.001, dihitung di sini" in halaman


@pytest.mark.parametrize(
    "changes, kata",
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
def test_nothing_is_the_kecamatans_by_forgetting_a_desa(ready_event, desa, masuk, changes, kata):
    if "desa" in changes:
        changes = changes | {"desa": [desa[i].pk for i in changes["desa"]]}
    response = send(masuk("bu_pmd"), ready_event, **changes)
    assert response.status_code == 422
    assert kata in response.content.decode()
    assert not Usulan.objects.exists()


def test_an_agency_proposes_for_the_whole_kecamatan_and_a_desa_only_for_itself(ready_event, desa, masuk):
    skpd = Skpd.objects.get(singkatan="Dinas PUPR")
    assert send(masuk("orang_skpd"), ready_event, asal="skpd", skpd=skpd.pk, seluruh="on").status_code == 302
    one = Usulan.objects.get()
    assert (one.pengusul, one.nama_desa, one.dokumen_asal) == (
        "Dinas PUPR",
        "Seluruh kecamatan",
        "Usulan Dinas PUPR",
    )
    assert send(masuk("operator_desa"), ready_event, asal="formulir", seluruh="on").status_code == 422
    assert send(masuk("operator_desa"), ready_event, asal="kecamatan", seluruh="on").status_code == 422
    assert proposing_desa([ready_event.pk]) == {}, "no desa has proposed anything yet"


def test_a_joint_proposal_is_seen_by_its_desa_and_changed_by_the_team_alone(ready_event, desa, masuk, cast):
    home_kecamatan = Desa.objects.get(nama="Sikur")
    other = next(d for d in desa if d != home_kecamatan)
    one = type_in(ready_event, cast["bu_pmd"], Ownership.of([home_kecamatan, other]), asal=UsulanOrigin.FORMULIR)
    type_in(
        ready_event,
        cast["bu_pmd"],
        Ownership.of([d for d in desa if d != home_kecamatan][:2]),
        asal=UsulanOrigin.FORMULIR,
    )
    operator = masuk("operator_desa")
    halaman = operator.get(f"/m/{ready_event.slug}/usulan/")
    assert [u.pk for u in halaman.context["halaman"]] == [one.pk]
    alamat = f"/m/{ready_event.slug}/usulan/{one.pk}/desa/"
    assert operator.post(alamat, {"versi": 1, "desa": [home_kecamatan.pk]}).status_code == 403
    assert masuk("bu_pmd").post(alamat, {"versi": 1, "desa": [other.pk]}).status_code == 302
    one.refresh_from_db()
    assert (one.desa, one.cakupan, one.bersama) == (other, Coverage.SATU, {})
    jejak = JejakAudit.objects.filter(aksi="usulan.diubah").last()
    assert jejak.rincian["desa"][1] == f"Desa {other.nama}"
    response = masuk("bu_pmd").post(alamat, {"versi": 1, "desa": [home_kecamatan.pk]}, follow=True)
    assert "sudah mengubah usulan ini" in response.content.decode()


@pytest.mark.parametrize(
    "filled",
    [
        {"cakupan": "satu", "desa": None},
        {"cakupan": "beberapa"},
        {"cakupan": "kecamatan", "bersama": {"x": {}}},
        {"asal": "formulir", "cakupan": "kecamatan", "desa": None},
    ],
)
def test_the_database_refuses_a_work_whose_desa_are_not_clear(ready_event, desa, cast, filled):
    one = type_in(ready_event, cast["bu_pmd"], Ownership.of(desa[:1]), asal=UsulanOrigin.FORMULIR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Usulan.objects.filter(pk=one.pk).update(**filled)


def test_recaps_share_the_money_and_count_each_work_once(ready_event, desa, masuk, cast):
    by = cast["bu_pmd"]
    type_in(ready_event, by, Ownership.of(desa[:1]), biaya=1_000, asal=UsulanOrigin.FORMULIR)
    type_in(ready_event, by, Ownership.of(desa[:3]), biaya=1_000)
    type_in(ready_event, by, Ownership.of([]), biaya=77)
    type_in(ready_event, by, Ownership.of(desa[1:3], [1, 3]), biaya=None)
    per = {r["kode"]: (r["jumlah"], r["ikut"], r["perlu"], r["total"]) for r in rekap_desa(ready_event, PEMBACA_PENUH)}
    assert [per[d.kode] for d in desa[:3]] == [(2, 0, 0, 1_334), (0, 2, 0, 333), (1, 1, 1, 333)]
    assert per[""] == (1, 0, 0, 77)
    rekap = rekap_bidang(Usulan.objects.all())
    assert (rekap.total, rekap.bersama) == ((4, 2_077), 2)
    kertas = rekap_usulan(ready_event)
    assert (sum(d["n"] for d in kertas["desa"]), kertas["total"]) == (4, 2_077)
    assert kertas["desa"][-1]["sebutan"] == "Seluruh kecamatan"
    assert kertas["desa"][1]["baris"][0]["bersama"].endswith("; seluruhnya Rp1.000.")
    build_draft(musrenbang=ready_event, by=by)
    for nama, content in recap(ready_event).items():
        assert (sum(r.n for r in content), sum(r.rp for r in content)) == (4, 2_077), nama
    client = masuk("bu_pmd")
    for filters, many in ((desa[1].kode, 2), ("bersama", 2), ("kecamatan", 1)):
        assert client.get(f"/m/{ready_event.slug}/usulan/?desa={filters}").context["halaman"].paginator.count == many
        assert client.get(f"/m/{ready_event.slug}/rkp/?desa={filters}").context["jumlah_baris"] == many


def test_what_is_merged_from_two_desa_is_both_desa_s_by_what_each_part_costs(ready_event, desa, cast):
    by = cast["bu_pmd"]
    a, b = (
        type_in(ready_event, by, Ownership.of([d]), biaya=rupiah)
        for d, rupiah in zip(desa[:2], (300, 100), strict=True)
    )
    merge_usulan(main=a, other=b, hubungan=ParentRelation.BAGIAN, by=by)
    build_draft(musrenbang=ready_event, by=by)
    (baris,) = rows(ready_event.rkp)
    assert [(x.kode, x.n, x.rp) for x in baris.parts(baris.biaya)] == [(desa[0].kode, 1, 300), (desa[1].kode, 0, 100)]
    set_ownership(usulan=b, versi=b.versi + 1, owned=Ownership.of([]), by=by)
    (stale,) = outdated(ready_event)
    assert "Kecamatan" in stale.menjadi
    build_draft(musrenbang=ready_event, by=by)
    baris.refresh_from_db()
    assert baris.cakupan == Coverage.KECAMATAN


DESA = {"Semaya": "52.03.04.2001", "Loyok": "52.03.04.2004", "Sikur": "52.03.04.2002"}


@pytest.mark.parametrize(
    "text, result",
    [
        ("Semaya, Loyok", "52.03.04.2001;52.03.04.2004"),
        ("Desa Semaya dan Desa Loyok", "52.03.04.2001;52.03.04.2004"),
        ("Lintas Desa (Loyok - Semaya)", "52.03.04.2001;52.03.04.2004"),
        ("Semaya, Entah", None),
        ("Semaya", None),
        ("Lintas Desa", None),
    ],
)
def test_several_desa_in_one_cell(text, result):
    assert several(text, DESA.get) == result


@pytest.mark.parametrize(
    "words, yes",
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
def test_the_whole_kecamatan_in_words(words, yes):
    assert is_whole(words, "Sikur") == yes


def pratinjau(client, acara, baris):
    path = write_workbook(settings.VAR_DIR / f"{uuid4().hex}.xlsx", [JUDUL, *baris])
    with path.open("rb") as content:
        client.post(f"/m/{acara.slug}/usulan/impor/", {"berkas": content})
    return acara.impor.get()


def test_a_list_with_shared_rows_comes_in_and_what_is_unclear_is_asked(ready_event, desa, masuk):
    client = masuk("bu_pmd")
    impor = pratinjau(
        client,
        ready_event,
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
    alamat = f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/"
    halaman = client.get(alamat).content.decode()
    assert "tidak menyebut desanya: pilih desa-desanya" in halaman
    assert "Semaya, Sikur" in halaman
    assert "Seluruh kecamatan" in halaman
    (question,) = client.get(alamat).context["hasil"]["tanya_desa"]
    choose = {"teks": [question["kunci"]], "desa": [""], "bersama-1": [desa[0].kode, desa[1].kode, desa[2].kode]}
    client.post(f"{alamat}desa/", choose)
    client.post(f"{alamat}simpan/")
    home_kecamatan, semaya_desa = Desa.objects.get(nama="Sikur"), Desa.objects.get(nama="Semaya")
    per = {u.baris: u for u in Usulan.objects.select_related("desa")}
    assert per[2].bersama.keys() == {home_kecamatan.kode, semaya_desa.kode}
    assert per[2].biaya == 90_000_001
    assert (per[3].cakupan, per[3].pengusul, per[3].dokumen_asal) == ("kecamatan", "Kecamatan", "Usulan kecamatan")
    assert per[4].bersama.keys() == {d.kode for d in desa[:3]}
    assert (per[5].desa, per[5].bersama) == (semaya_desa, {})
    assert group_by_desa(per.values())[-1].rp == 45_000_000


def test_a_row_of_the_preview_is_made_several_desa_s_and_the_kecamatans(ready_event, desa, masuk):
    client = masuk("bu_pmd")
    content = ["Jembatan", "Batas desa", 1, "unit", 90_000_000, "APBD Kab", "warga"]
    impor = pratinjau(client, ready_event, [[1, "Semaya", *content], [2, "Sikur", *content]])
    alamat = f"/m/{ready_event.slug}/usulan/impor/{impor.pk}/"
    form = client.get(f"{alamat}baris/?lembar=0&baris=2").context["form"]
    nilai = {
        n: "" if (v := form[n].value()) is None else v
        for n in form.fields
        if n not in ("bersama", "bawah", "aksi", "biaya")
    }
    nilai |= {"lembar": 0, "baris": 2, "aksi": "ubah", "biaya": "90.000.000"}
    wrong = client.post(f"{alamat}baris/simpan/", nilai | {"desa": KECAMATAN, "bersama": [desa[0].kode]})
    assert wrong.status_code == 422
    right = client.post(f"{alamat}baris/simpan/", nilai | {"bersama": [desa[2].kode]})
    assert right.status_code == 302, right.context["form"].errors
    client.post(f"{alamat}baris/simpan/", nilai | {"baris": 3, "desa": KECAMATAN, "dilihat": 1})
    client.post(f"{alamat}simpan/")
    semaya_desa = Desa.objects.get(nama="Semaya")
    assert [u.bersama.keys() | set() for u in Usulan.objects.all()] == [{semaya_desa.kode, desa[2].kode}, set()]


def test_a_list_of_a_kelurahan_comes_in_like_one_of_a_desa(ready_event, masuk):
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
    with path.open("rb") as content:
        client.post(f"/m/{ready_event.slug}/usulan/impor/", {"berkas": content})
    client.post(f"/m/{ready_event.slug}/usulan/impor/{ready_event.impor.get().pk}/simpan/")
    one = Usulan.objects.select_related("desa").get()
    assert (one.sebutan_desa, one.dokumen_asal) == ("Kelurahan Semaya", "Usulan Musrenbang Kelurahan Semaya")
