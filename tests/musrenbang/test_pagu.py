"""Ceiling per source; criteria from draft to approval, locked when scoring starts."""

import pytest

from musrenbang.models import MOVES_KRITERIA, KriteriaKecamatan, StatusKriteria, SumberDana
from musrenbang.persiapan.queries import kriteria_for, pagu_for
from musrenbang.states import Tahap

KRITERIA = [("Keterdesakan", 60), ("Manfaat", 40)]


def pagu(client, acara, **contents):
    sumber = {s.nama: s.pk for s in SumberDana.objects.all()}
    data = {f"s{pk}": "" for pk in sumber.values()} | {f"s{sumber[n]}": v for n, v in contents.items()}
    return client.post(f"/m/{acara.slug}/pagu/simpan/", data, follow=True)


def kriteria(client, acara, contents=KRITERIA, versi=1):
    data = {"versi": versi, "form-TOTAL_FORMS": len(contents), "form-INITIAL_FORMS": 0}
    for i, (nama, bobot) in enumerate(contents):
        data |= {f"form-{i}-nama": nama, f"form-{i}-bobot": bobot}
    return client.post(f"/m/{acara.slug}/pagu/kriteria/", data, follow=True)


def move_rows(client, acara, dari, ke, **other):
    versi = KriteriaKecamatan.objects.get().versi
    content = {"versi": versi, "dari": dari, "ke": ke} | other
    return client.post(f"/m/{acara.slug}/pagu/kriteria/pindah/", content, follow=True)


def test_the_ceiling_is_set_changed_and_taken_out(acara, masuk):
    client = masuk("bu_pmd")
    pagu(client, acara, **{"APBD Kabupaten": "4,5 M".replace("4,5 M", "4.500.000.000"), "APBN": "250000000"})
    assert sum(pagu_for(acara).values()) == 4_750_000_000
    assert (
        "Tidak ada yang berubah"
        in pagu(client, acara, **{"APBD Kabupaten": "4500000000", "APBN": "250000000"}).content.decode()
    )
    pagu(client, acara)
    assert pagu_for(acara) == {}


def test_a_bad_amount_is_refused_and_kept(acara, masuk):
    response = pagu(masuk("bu_pmd"), acara, APBN="banyak sekali")
    assert response.status_code == 422
    assert "banyak sekali" in response.content.decode()


def test_the_default_criteria_stand_until_others_are_written(acara, masuk):
    assert [k["bobot"] for k in kriteria_for(acara)] == [25, 20, 20, 15, 10, 10]
    kriteria(masuk("bu_pmd"), acara)
    assert kriteria_for(acara) == [
        {"kode": "C1", "nama": "Keterdesakan", "bobot": 60},
        {"kode": "C2", "nama": "Manfaat", "bobot": 40},
    ]


@pytest.mark.parametrize(
    ("filled", "message"),
    [
        ([("A", 60), ("B", 30)], "sekarang 90%"),
        ([("A", 60), ("a", 40)], "nama yang sama"),
        ([("A", 100), ("B", "")], "Isi nama dan bobotnya"),
        ([("A", 0), ("B", 100)], "lebih besar"),
    ],
)
def test_criteria_that_cannot_weigh_are_refused(filled, message, acara, masuk):
    response = kriteria(masuk("bu_pmd"), acara, filled)
    assert (response.status_code, message in response.content.decode()) == (422, True)


JALAN = [
    ("bu_pmd", "draf", "diajukan", True),
    ("bu_bappeda", "diajukan", "disetujui", True),
    ("bu_bappeda", "diajukan", "dikembalikan", True),
    ("bu_pmd", "diajukan", "draf", True),
    ("bu_pmd", "dikembalikan", "diajukan", True),
    ("bu_pmd", "diajukan", "disetujui", False),
    ("bu_bappeda", "draf", "diajukan", False),
    ("pak_camat", "diajukan", "disetujui", False),
]


@pytest.mark.parametrize(("person", "dari", "ke", "allowed"), JALAN)
def test_each_move_by_each_hand(person, dari, ke, allowed, acara, masuk):
    kriteria(masuk("bu_pmd"), acara)
    KriteriaKecamatan.objects.update(status=dari)
    move_rows(masuk(person), acara, dari, ke, catatan="Bobot kemiskinan kurang")
    assert KriteriaKecamatan.objects.get().status == (ke if allowed else dari)


@pytest.mark.parametrize(
    ("dari", "ke"),
    [(d, k) for d in StatusKriteria.values for k in StatusKriteria.values if (d, k) not in MOVES_KRITERIA],
)
def test_no_other_move_exists(dari, ke, acara, masuk):
    kriteria(masuk("bu_pmd"), acara)
    KriteriaKecamatan.objects.update(status=dari)
    for person in ("bu_pmd", "bu_bappeda"):
        move_rows(masuk(person), acara, dari, ke, catatan="Alasan apa saja")
    assert KriteriaKecamatan.objects.get().status == dari


def test_a_return_needs_a_reason_and_a_second_click_is_refused(acara, masuk):
    kriteria(masuk("bu_pmd"), acara)
    move_rows(masuk("bu_pmd"), acara, "draf", "diajukan")
    bappeda = masuk("bu_bappeda")
    assert "apa yang perlu diperbaiki" in move_rows(bappeda, acara, "diajukan", "dikembalikan").content.decode()
    move_rows(bappeda, acara, "diajukan", "dikembalikan", catatan="Bobot kurang jelas")
    assert "Dikembalikan" in move_rows(bappeda, acara, "diajukan", "disetujui").content.decode()
    assert "Bobot kurang jelas" in masuk("bu_pmd").get(f"/m/{acara.slug}/pagu/").content.decode()


def test_changing_approved_criteria_asks_for_a_new_approval(acara, masuk):
    client = masuk("bu_pmd")
    kriteria(client, acara)
    KriteriaKecamatan.objects.update(status="disetujui")
    kriteria(client, acara, [("Keterdesakan", 50), ("Manfaat", 50)], versi=2)
    assert KriteriaKecamatan.objects.get().status == "draf"


def test_a_stale_page_and_a_submitted_set_are_refused(acara, masuk):
    client = masuk("bu_pmd")
    kriteria(client, acara)
    assert "sudah mengubah" in kriteria(client, acara, [("X", 100)], versi=1).content.decode()
    move_rows(client, acara, "draf", "diajukan")
    versi = KriteriaKecamatan.objects.get().versi
    assert "sedang diperiksa Bappeda" in kriteria(client, acara, [("X", 100)], versi=versi).content.decode()


def test_scoring_locks_the_criteria(acara, peringkat, masuk):
    client = masuk("bu_pmd")
    assert "kriteria terkunci" in client.get(f"/m/{acara.slug}/pagu/").content.decode()
    kriteria(client, acara)
    assert not KriteriaKecamatan.objects.exists()


def test_the_ranking_takes_the_criteria_of_the_kecamatan(acara, fixed_event, cast):
    from tests.conftest import open_page_peringkat

    KriteriaKecamatan.objects.create(
        musrenbang=acara, isi=[{"kode": "C1", "nama": "Satu", "bobot": 70}, {"kode": "C2", "nama": "Dua", "bobot": 30}]
    )
    p = open_page_peringkat(acara, cast["pak_sekcam"])
    assert [(k["nama"], k["bobot"]) for k in p.aturan["kriteria"]] == [("Satu", "70"), ("Dua", "30")]


@pytest.mark.parametrize(("nama", "status"), [("pemandu", 403), ("operator_desa", 403), ("orang_luar", 404)])
def test_who_may_not_write(nama, status, acara, masuk):
    assert pagu(masuk(nama), acara).status_code == status
    assert kriteria(masuk(nama), acara).status_code == status


def test_too_late_after_the_plenary(acara, masuk, move_event):
    move_event(acara, Tahap.PLENO)
    assert "tidak dapat diubah" in pagu(masuk("bu_pmd"), acara, APBN="5").content.decode()
