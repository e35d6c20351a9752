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
def siap(acara, pindah):
    pindah(acara, Tahap.PERSIAPAN)
    return acara


def isian(**ubah):
    return {
        "kunci": str(uuid4()),
        "asal": "formulir",
        "desa": Desa.objects.get(nama="Sikur").pk,
        "kegiatan": "Pembangunan jalan lingkungan",
        "lokasi": "Dusun Timur",
        "volume": "1.200,5",
        "satuan": "m",
        "biaya": "75.000.000",
    } | ubah


def ajukan(client, acara, **ubah):
    return client.post(f"/m/{acara.slug}/usulan/baru/", isian(**ubah))


def test_the_team_types_in_a_proposal_of_a_desa(siap, masuk):
    assert ajukan(masuk("bu_pmd"), siap).headers["Location"] == f"/m/{siap.slug}/usulan/"
    satu = Usulan.objects.get()
    assert (satu.nomor, satu.asal, satu.desa.nama, satu.biaya) == (1, UsulanOrigin.FORMULIR, "Sikur", 75_000_000)
    assert satu.skpd.singkatan == "Dinas Perkim"  # by the keywords, as for an import
    assert satu.asal_teks == "Formulir desa"
    assert JejakAudit.objects.get(aksi="usulan.diajukan").pelaku.username == "bu_pmd"


def test_the_same_form_sent_twice_is_one_proposal(siap, masuk):
    client, kunci = masuk("bu_pmd"), str(uuid4())
    ajukan(client, siap, kunci=kunci)
    ajukan(client, siap, kunci=kunci)
    assert Usulan.objects.count() == 1


def test_save_and_add_another_keeps_the_desa(siap, masuk):
    client = masuk("bu_pmd")
    jawab = ajukan(client, siap, lagi="1")
    assert "?asal=formulir&desa=" in jawab.headers["Location"]
    assert client.get(jawab.headers["Location"]).status_code == 200


def test_unknown_stays_unknown_and_bad_numbers_come_back_with_everything_typed(siap, masuk):
    client = masuk("bu_pmd")
    ajukan(client, siap, volume="", biaya="", satuan="", lokasi="")
    satu = Usulan.objects.get()
    assert (satu.volume, satu.biaya) == (None, None)
    jawab = ajukan(client, siap, biaya="banyak", lokasi="Dusun Tetap Ada")
    assert jawab.status_code == 422
    assert "Dusun Tetap Ada" in jawab.content.decode()


def test_an_operator_proposes_for_the_own_desa_only(siap, masuk):
    client = masuk("operator_desa")
    assert ajukan(client, siap, desa=Desa.objects.get(nama="Semaya").pk).status_code == 422
    assert ajukan(client, siap, asal="skpd", skpd=Skpd.objects.first().pk).status_code == 422
    ajukan(client, siap)
    assert Usulan.objects.get().desa.nama == "Sikur"


def test_an_skpd_proposes_under_its_own_name(siap, masuk):
    client = masuk("orang_skpd")
    lain = Skpd.objects.exclude(singkatan="Dinas PUPR").first()
    assert ajukan(client, siap, asal="skpd", skpd=lain.pk).status_code == 422
    assert ajukan(client, siap, asal="formulir").status_code == 422
    ajukan(client, siap, asal="skpd", skpd=Skpd.objects.get(singkatan="Dinas PUPR").pk)
    satu = Usulan.objects.get()
    assert (satu.asal, satu.asal_teks) == (UsulanOrigin.SKPD, "Usulan SKPD/UPTD: Dinas PUPR")
    assert client.get(f"/m/{siap.slug}/usulan/{satu.pk}/").status_code == 200
    assert masuk("operator_desa").post(f"/m/{siap.slug}/usulan/{satu.pk}/tarik/").status_code == 403


def test_an_skpd_proposal_names_its_skpd(siap, masuk):
    jawab = ajukan(masuk("bu_pmd"), siap, asal="skpd")
    assert "Pilih perangkat daerah/UPTD yang mengusulkan." in jawab.content.decode()


@pytest.mark.parametrize(("nama", "kode"), [("pak_camat", 403), ("bu_bappeda", 403), ("orang_luar", 404)])
def test_others_do_not_propose(nama, kode, siap, masuk):
    assert masuk(nama).get(f"/m/{siap.slug}/usulan/baru/").status_code == kode
    assert ajukan(masuk(nama), siap).status_code == kode


def test_proposals_close_with_the_preparation(siap, masuk, pindah):
    pindah(siap, Tahap.PEMBUKAAN)
    client = masuk("bu_pmd")
    assert "hanya dapat ditambah pada tahap Persiapan" in client.get(f"/m/{siap.slug}/usulan/baru/").content.decode()
    ajukan(client, siap)
    assert not Usulan.objects.exists()


def test_a_typed_proposal_is_taken_back_but_not_one_from_a_file_or_in_the_draft(siap, masuk, buku, pemeran):
    client = masuk("bu_pmd")
    ajukan(client, siap)
    satu = Usulan.objects.get()
    url = f"/m/{siap.slug}/usulan/{satu.pk}/tarik/"
    assert client.get(url).status_code == 405
    client.post(url)
    assert not Usulan.objects.exists()
    assert client.post(url).status_code == 404
    path = buku("a.xlsx", [JUDUL, BARIS[0]])
    impor = stage_impor(musrenbang=siap, path=path, nama=path.name, by=pemeran["bu_pmd"])
    commit_impor(impor=impor, by=pemeran["bu_pmd"])
    dari_berkas = Usulan.objects.get()
    jawab = client.post(f"/m/{siap.slug}/usulan/{dari_berkas.pk}/tarik/", follow=True)
    assert "membatalkan unggahan berkasnya" in jawab.content.decode()
    ajukan(client, siap)
    build_draft(musrenbang=siap, by=pemeran["bu_pmd"])
    baru = Usulan.objects.get(asal="formulir")
    jawab = client.post(f"/m/{siap.slug}/usulan/{baru.pk}/tarik/", follow=True)
    assert "sudah digabung atau masuk draf" in jawab.content.decode()


@pytest.fixture
def tahun_lalu(siap, pemeran):
    """Last year's event: one proposal agreed, two that were not."""
    lalu = Musrenbang.objects.create(
        kecamatan=siap.kecamatan,
        slug="sikur-lalu",
        tahun_pelaksanaan=siap.tahun_pelaksanaan - 1,
        tahun_rencana=siap.tahun_rencana - 1,
        tahap=Tahap.PERSIAPAN,
    )
    for i, (kegiatan, desa) in enumerate([("Jalan", "Sikur"), ("Talud", "Sikur"), ("Posyandu", "Semaya")], 1):
        Usulan.objects.create(
            musrenbang=lalu,
            nomor=i,
            asal="formulir",
            desa=Desa.objects.get(nama=desa),
            kegiatan=kegiatan,
            biaya=1_000_000 * i,
            lokasi="Dusun A",
        )
    build_draft(musrenbang=lalu, by=pemeran["bu_pmd"])
    BarisRkp.objects.filter(kegiatan="Jalan").update(keputusan=Keputusan.DISEPAKATI)
    return lalu


def test_last_years_unfunded_are_proposed_again_once(siap, masuk, tahun_lalu):
    client, url = masuk("bu_pmd"), f"/m/{siap.slug}/usulan/tahun-lalu/"
    isi = client.get(url).content.decode()
    assert "Talud" in isi
    assert "Posyandu" in isi
    ulang, disepakati = isi.split("Yang disepakati tahun lalu")
    assert ">Jalan<" not in ulang
    assert ">Jalan<" in disepakati
    semua = [u.pk for u in tahun_lalu.usulan.all()]
    for _ in range(2):
        client.post(url, {"usulan": semua})
    ulang = Usulan.objects.filter(musrenbang=siap)
    assert [(u.kegiatan, u.biaya, u.ulang_ke, u.asal_teks) for u in ulang] == [
        ("Posyandu", 3_000_000, 1, "Pengajuan ulang ke-1"),
        ("Talud", 2_000_000, 1, "Pengajuan ulang ke-1"),
    ]
    assert "Tidak ada yang menunggu" in client.get(url).content.decode()


def test_an_operator_repeats_the_own_ones(siap, masuk, tahun_lalu):
    client, url = masuk("operator_desa"), f"/m/{siap.slug}/usulan/tahun-lalu/"
    assert "Posyandu" not in client.get(url).content.decode()
    jawab = client.post(url, {"usulan": [u.pk for u in tahun_lalu.usulan.all()]})
    assert jawab.status_code == 302
    assert Usulan.objects.get(musrenbang=siap).kegiatan == "Talud"


def test_without_last_year_the_page_says_so(siap, masuk):
    assert "Tidak ada yang menunggu" in masuk("bu_pmd").get(f"/m/{siap.slug}/usulan/tahun-lalu/").content.decode()


@pytest.mark.parametrize(
    "ubah",
    [{"asal": "berkas"}, {"asal": "ulang"}, {"asal": "skpd", "skpd": None}, {"ulang_ke": 2}, {"asal": "entah"}],
    ids=str,
)
def test_the_database_knows_where_a_proposal_came_from(ubah, siap, masuk):
    ajukan(masuk("bu_pmd"), siap)
    with pytest.raises(IntegrityError), transaction.atomic():
        Usulan.objects.update(**ubah)
