"""Proposals that do not come from a file: by whom, once, and taken back."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from musrenbang.models import Desa, JejakAudit, Musrenbang, Skpd
from musrenbang.states import Tahap
from rkp.models import BarisRkp, Keputusan
from rkp.services.draft import build_draft
from tests.conftest import BARIS, JUDUL
from usulan.models import Usulan, UsulanOrigin
from usulan.services.impor import commit_impor, stage_impor


@pytest.fixture
def ready_event(acara, move_event):
    move_event(acara, Tahap.PERSIAPAN)
    return acara


def entry(**change):
    return {
        "kunci": str(uuid4()),
        "asal": "formulir",
        "desa": Desa.objects.get(nama="Sikur").pk,
        "kegiatan": "Pembangunan jalan lingkungan",
        "lokasi": "Dusun Timur",
        "volume": "1.200,5",
        "satuan": "m",
        "biaya": "75.000.000",
    } | change


def submit(client, acara, **change):
    return client.post(f"/m/{acara.slug}/usulan/baru/", entry(**change))


def test_the_team_types_in_a_proposal_of_a_desa(ready_event, masuk):
    assert submit(masuk("bu_pmd"), ready_event).headers["Location"] == f"/m/{ready_event.slug}/usulan/"
    one = Usulan.objects.get()
    assert (one.nomor, one.asal, one.desa.nama, one.biaya) == (1, UsulanOrigin.FORMULIR, "Sikur", 75_000_000)
    assert one.skpd.singkatan == "Dinas Perkim"  # by the keywords, as for an import
    assert one.asal_teks == "Formulir desa"
    assert JejakAudit.objects.get(aksi="usulan.diajukan").pelaku.username == "bu_pmd"


def test_the_same_form_sent_twice_is_one_proposal(ready_event, masuk):
    client, kunci = masuk("bu_pmd"), str(uuid4())
    submit(client, ready_event, kunci=kunci)
    submit(client, ready_event, kunci=kunci)
    assert Usulan.objects.count() == 1


def test_save_and_add_another_keeps_the_desa(ready_event, masuk):
    client = masuk("bu_pmd")
    response = submit(client, ready_event, lagi="1")
    assert "?asal=formulir&desa=" in response.headers["Location"]
    assert client.get(response.headers["Location"]).status_code == 200


def test_unknown_stays_unknown_and_bad_numbers_come_back_with_everything_typed(ready_event, masuk):
    client = masuk("bu_pmd")
    submit(client, ready_event, volume="", biaya="", satuan="", lokasi="")
    one = Usulan.objects.get()
    assert (one.volume, one.biaya) == (None, None)
    response = submit(client, ready_event, biaya="banyak", lokasi="Dusun Tetap Ada")
    assert response.status_code == 422
    assert "Dusun Tetap Ada" in response.content.decode()


def test_an_operator_proposes_for_the_own_desa_only(ready_event, masuk):
    client = masuk("operator_desa")
    assert submit(client, ready_event, desa=Desa.objects.get(nama="Semaya").pk).status_code == 422
    assert submit(client, ready_event, asal="skpd", skpd=Skpd.objects.first().pk).status_code == 422
    submit(client, ready_event)
    assert Usulan.objects.get().desa.nama == "Sikur"


def test_an_skpd_proposes_under_its_own_name(ready_event, masuk):
    client = masuk("orang_skpd")
    other = Skpd.objects.exclude(singkatan="Dinas PUPR").first()
    assert submit(client, ready_event, asal="skpd", skpd=other.pk).status_code == 422
    assert submit(client, ready_event, asal="formulir").status_code == 422
    submit(client, ready_event, asal="skpd", skpd=Skpd.objects.get(singkatan="Dinas PUPR").pk)
    one = Usulan.objects.get()
    assert (one.asal, one.asal_teks) == (UsulanOrigin.SKPD, "Usulan SKPD/UPTD: Dinas PUPR")
    assert client.get(f"/m/{ready_event.slug}/usulan/{one.pk}/").status_code == 200
    assert masuk("operator_desa").post(f"/m/{ready_event.slug}/usulan/{one.pk}/tarik/").status_code == 403


def test_an_skpd_proposal_names_its_skpd(ready_event, masuk):
    response = submit(masuk("bu_pmd"), ready_event, asal="skpd")
    assert "Pilih perangkat daerah/UPTD yang mengusulkan." in response.content.decode()


@pytest.mark.parametrize(("nama", "kode"), [("pak_camat", 403), ("bu_bappeda", 403), ("orang_luar", 404)])
def test_others_do_not_propose(nama, kode, ready_event, masuk):
    assert masuk(nama).get(f"/m/{ready_event.slug}/usulan/baru/").status_code == kode
    assert submit(masuk(nama), ready_event).status_code == kode


def test_proposals_close_with_the_preparation(ready_event, masuk, move_event):
    move_event(ready_event, Tahap.PEMBUKAAN)
    client = masuk("bu_pmd")
    assert (
        "hanya dapat ditambah pada tahap Persiapan"
        in client.get(f"/m/{ready_event.slug}/usulan/baru/").content.decode()
    )
    submit(client, ready_event)
    assert not Usulan.objects.exists()


def test_a_typed_proposal_is_taken_back_but_not_one_from_a_file_or_in_the_draft(
    ready_event, masuk, make_workbook, cast
):
    client = masuk("bu_pmd")
    submit(client, ready_event)
    one = Usulan.objects.get()
    url = f"/m/{ready_event.slug}/usulan/{one.pk}/tarik/"
    assert client.get(url).status_code == 405
    client.post(url)
    assert not Usulan.objects.exists()
    assert client.post(url).status_code == 404
    path = make_workbook("a.xlsx", [JUDUL, BARIS[0]])
    impor = stage_impor(musrenbang=ready_event, path=path, nama=path.name, by=cast["bu_pmd"])
    commit_impor(impor=impor, by=cast["bu_pmd"])
    from_file = Usulan.objects.get()
    response = client.post(f"/m/{ready_event.slug}/usulan/{from_file.pk}/tarik/", follow=True)
    assert "membatalkan unggahan berkasnya" in response.content.decode()
    submit(client, ready_event)
    build_draft(musrenbang=ready_event, by=cast["bu_pmd"])
    baru = Usulan.objects.get(asal="formulir")
    response = client.post(f"/m/{ready_event.slug}/usulan/{baru.pk}/tarik/", follow=True)
    assert "sudah digabung atau masuk draf" in response.content.decode()


@pytest.fixture
def last_year_event(ready_event, cast):
    """Last year's event: one proposal agreed, two that were not."""
    previous = Musrenbang.objects.create(
        kecamatan=ready_event.kecamatan,
        slug="sikur-lalu",
        tahun_pelaksanaan=ready_event.tahun_pelaksanaan - 1,
        tahun_rencana=ready_event.tahun_rencana - 1,
        tahap=Tahap.PERSIAPAN,
    )
    for i, (kegiatan, desa) in enumerate([("Jalan", "Sikur"), ("Talud", "Sikur"), ("Posyandu", "Semaya")], 1):
        Usulan.objects.create(
            musrenbang=previous,
            nomor=i,
            asal="formulir",
            desa=Desa.objects.get(nama=desa),
            kegiatan=kegiatan,
            biaya=1_000_000 * i,
            lokasi="Dusun A",
        )
    build_draft(musrenbang=previous, by=cast["bu_pmd"])
    BarisRkp.objects.filter(kegiatan="Jalan").update(keputusan=Keputusan.DISEPAKATI)
    return previous


def test_last_years_unfunded_are_proposed_again_once(ready_event, masuk, last_year_event):
    client, url = masuk("bu_pmd"), f"/m/{ready_event.slug}/usulan/tahun-lalu/"
    contents = client.get(url).content.decode()
    assert "Talud" in contents
    assert "Posyandu" in contents
    ulang, disepakati = contents.split("Yang disepakati tahun lalu")
    assert ">Jalan<" not in ulang
    assert ">Jalan<" in disepakati
    everything = [u.pk for u in last_year_event.usulan.all()]
    for _ in range(2):
        client.post(url, {"usulan": everything})
    ulang = Usulan.objects.filter(musrenbang=ready_event)
    assert [(u.kegiatan, u.biaya, u.ulang_ke, u.asal_teks) for u in ulang] == [
        ("Posyandu", 3_000_000, 1, "Pengajuan ulang ke-1"),
        ("Talud", 2_000_000, 1, "Pengajuan ulang ke-1"),
    ]
    assert "Tidak ada yang menunggu" in client.get(url).content.decode()


def test_an_operator_repeats_the_own_ones(ready_event, masuk, last_year_event):
    client, url = masuk("operator_desa"), f"/m/{ready_event.slug}/usulan/tahun-lalu/"
    assert "Posyandu" not in client.get(url).content.decode()
    response = client.post(url, {"usulan": [u.pk for u in last_year_event.usulan.all()]})
    assert response.status_code == 302
    assert Usulan.objects.get(musrenbang=ready_event).kegiatan == "Talud"


def test_without_last_year_the_page_says_so(ready_event, masuk):
    assert (
        "Tidak ada yang menunggu" in masuk("bu_pmd").get(f"/m/{ready_event.slug}/usulan/tahun-lalu/").content.decode()
    )


@pytest.mark.parametrize(
    "changes",
    [{"asal": "berkas"}, {"asal": "ulang"}, {"asal": "skpd", "skpd": None}, {"ulang_ke": 2}, {"asal": "entah"}],
    ids=str,
)
def test_the_database_knows_where_a_proposal_came_from(changes, ready_event, masuk):
    submit(masuk("bu_pmd"), ready_event)
    with pytest.raises(IntegrityError), transaction.atomic():
        Usulan.objects.update(**changes)
