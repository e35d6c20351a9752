"""Merged rows over the stages back and forth: what their sources add up to holds, and what changed since is said."""

from decimal import Decimal

import pytest

from alur.periksa import broken_invariants
from alur.periksa_money import money_faults
from alur.queries.syarat import collect
from musrenbang.models import JejakAudit, Musrenbang, SumberDana
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.models import Keputusan, StatusKelompok, UsulanKelompok
from rkp.queries.content import outdated
from rkp.services.draft import build_draft, place_baris
from rkp.services.kelompok import close_kelompok
from rkp.services.keputusan import decide_baris
from rkp.services.merge import merge_baris, split_baris
from tests.conftest import content_putusan
from tests.halaman import flat
from tests.rkp.buttons import press_repairs
from tests.rkp.conftest import propose_everything
from usulan.models import ParentRelation, Usulan
from usulan.services.usulan import update_usulan

JUTA = 1_000_000


def ke(acara, tahap):
    Musrenbang.objects.filter(pk=acara.pk).update(tahap=tahap)
    acara.refresh_from_db()


def baris(draf, nomor):
    return draf.baris.select_related("rkp__musrenbang").get(nomor=nomor)


def merge(drafts, a, b, by, hubungan="bagian"):
    one, dua = baris(drafts, a), baris(drafts, b)
    return merge_baris(baris=one, versi=one.versi, ke=dua.pk, by=by, hubungan=hubungan, alasan="Satu hamparan.")


def kekurangan(acara):
    return [k.text for k in collect(acara, Tahap.SIAP) if k.wajib and "draf" in k.text]


@pytest.fixture
def pleno(acara, draft_event):
    ke(acara, Tahap.PLENO)
    return draft_event


def test_back_in_the_preparation_a_merge_is_no_completion(acara, tim, pleno, cast, masuk):
    """The finding: the checklist called the sum a completed proposal, and its button took the merged money away."""
    merge(pleno, 2, 1, cast["pemandu"])
    assert baris(pleno, 1).biaya == 225 * JUTA
    ke(acara, Tahap.PERSIAPAN)
    assert (kekurangan(acara), outdated(acara)) == ([], [])
    masuk("bu_pmd").post(f"/m/{acara.slug}/rkp/susun/")
    assert (baris(pleno, 1).biaya, baris(pleno, 1).semula["biaya"]) == (225 * JUTA, "225000000")
    assert baris(pleno, 2).keputusan == Keputusan.DIGABUNG
    assert not JejakAudit.objects.filter(aksi="rkp.disesuaikan").exists()
    ke(acara, Tahap.PLENO)
    assert list(money_faults(acara)) == []


@pytest.mark.parametrize(("nomor", "finished"), [(1, 120 + 120), (2, 105 + 121)])
def test_completing_either_source_reaches_the_sum_and_says_which(nomor, finished, acara, tim, pleno, cast):
    by = cast["bu_pmd"]
    merge(pleno, 2, 1, by)
    one = baris(pleno, 1)
    decide_baris(baris=one, by=by, **content_putusan(one))
    ke(acara, Tahap.PERSIAPAN)
    u = Usulan.objects.get(musrenbang=acara, nomor=nomor)
    update_usulan(usulan=u, versi=u.versi, by=by, biaya=120 * JUTA if nomor == 1 else 121 * JUTA)
    (kata,) = kekurangan(acara)
    n = 1 if nomor == 1 else 2
    assert kata.startswith(f"{n} kegiatan di draf tidak lagi sama dengan usulannya; perbarui drafnya.")
    assert kata.endswith("Yang sudah diputuskan harus diputuskan lagi: no. 1.")
    build_draft(musrenbang=acara, by=by)
    one, dua = baris(pleno, 1), baris(pleno, 2)
    assert (one.biaya, one.keputusan, dua.keputusan) == (finished * JUTA, "belum_dibahas", "digabung")
    jejak = JejakAudit.objects.filter(aksi="rkp.disesuaikan", objek_id=f"barisrkp:{one.pk}").get()
    assert jejak.alasan == "Disamakan lagi dengan isi usulan 1, 2. Keputusan “Disepakati” ditarik."
    assert (jejak.dari, jejak.ke) == ("disepakati", "belum_dibahas")
    ke(acara, Tahap.PLENO)
    assert list(money_faults(acara)) == []
    split_baris(baris=dua, versi=dua.versi, by=by)
    assert baris(pleno, 1).biaya + baris(pleno, 2).biaya == finished * JUTA


def test_the_same_work_said_twice_counts_once_and_comes_back(acara, pleno, cast):
    by = cast["pemandu"]
    tujuan = merge(pleno, 2, 1, by, ParentRelation.SAMA)
    assert (tujuan.biaya, baris(pleno, 2).alasan_kode) == (105 * JUTA, "duplikat")
    assert list(money_faults(acara)) == []
    split_baris(baris=baris(pleno, 2), versi=baris(pleno, 2).versi, by=by)
    assert (baris(pleno, 1).biaya, baris(pleno, 2).biaya, baris(pleno, 2).hubungan) == (105 * JUTA, 120 * JUTA, "")
    with pytest.raises(Refused, match="Pilih cara menggabungnya"):
        merge(pleno, 2, 1, by, "")


def test_an_unknown_part_leaves_the_sum_unknown_and_the_page_says_what_is_known(acara, pleno, cast, masuk):
    tujuan = merge(pleno, 5, 1, cast["pemandu"])
    assert (tujuan.biaya, tujuan.volume) == (None, None), "no. 5 has no amount and another unit"
    words = flat(masuk("pemandu").get(f"/m/{acara.slug}/rkp/baris/{tujuan.pk}/"))
    assert "Biaya gabungan belum lengkap: Rp105.000.000 diketahui" in words
    assert "Berbeda: satuan unit" in words
    assert "Volume tidak dijumlahkan" in words
    tujuan.refresh_from_db()  # many at once leave out what has no cost; one alone is agreed
    decide_baris(baris=tujuan, by=cast["pemandu"], **content_putusan(tujuan))
    assert "1 kegiatan disepakati tetapi biayanya belum diisi." in [k.text for k in collect(acara, Tahap.PRIORITAS)]


def test_a_group_proposes_and_signs_again_when_its_row_changed(acara, kelompok, cast):
    by, one = cast["bu_pmd"], kelompok.baris
    propose_everything(kelompok.utama, by)
    close_kelompok(kelompok=kelompok.utama.kelompok, by=by)
    ke(acara, Tahap.PERSIAPAN)
    u = Usulan.objects.get(musrenbang=acara, nomor=1)
    update_usulan(usulan=u, versi=u.versi, by=by, biaya=1 * JUTA)
    build_draft(musrenbang=acara, by=by)
    usulan = UsulanKelompok.objects.get(baris=one)
    assert (usulan.usul, usulan.biaya) == ("", 1 * JUTA)
    kelompok.utama.kelompok.refresh_from_db()
    assert kelompok.utama.kelompok.status == StatusKelompok.BERLANGSUNG


def test_the_source_of_money_follows_the_proposal_until_somebody_chose_one(acara, draft_event, cast):
    by, one, dua = cast["bu_pmd"], baris(draft_event, 1), baris(draft_event, 2)
    dak, apbn = SumberDana.objects.get(nama="DAK"), SumberDana.objects.get(nama="APBN")
    place_baris(baris=one, versi=one.versi, by=by, sumber_dana=dak)
    for n in (1, 2):
        u = Usulan.objects.get(musrenbang=acara, nomor=n)
        update_usulan(usulan=u, versi=u.versi, by=by, sumber_dana=apbn, volume=Decimal(7))
    assert build_draft(musrenbang=acara, by=by) == (0, 2)
    assert (baris(draft_event, 1).sumber_dana, baris(draft_event, 1).volume) == (dak, 7), (
        "what was chosen by hand stays"
    )
    assert (baris(draft_event, 2).sumber_dana, dua.sumber_dana) == (apbn, dak)


def test_the_page_shows_what_the_button_would_do(acara, pleno, cast, masuk):
    by, one = cast["pemandu"], baris(pleno, 1)
    decide_baris(baris=one, by=by, **content_putusan(one))
    ke(acara, Tahap.PERSIAPAN)
    u = Usulan.objects.get(musrenbang=acara, nomor=1)
    update_usulan(usulan=u, versi=u.versi, by=by, biaya=99 * JUTA)
    words = masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/").content.decode()
    for kata in ("1 kegiatan tidak lagi sama", "Rp105.000.000", "Rp99.000.000", "“Disepakati” ditarik"):
        assert kata in words


def test_a_decision_survives_when_its_sources_say_the_same(acara, pleno, cast):
    by, one = cast["pemandu"], baris(pleno, 1)
    decide_baris(baris=one, by=by, **content_putusan(one))
    ke(acara, Tahap.PERSIAPAN)
    assert build_draft(musrenbang=acara, by=cast["bu_pmd"]) == (0, 0)
    assert baris(pleno, 1).keputusan == Keputusan.DISEPAKATI


@pytest.mark.parametrize(
    "kata, broken",
    [
        (
            "Usulan 6 (Rp240.000.000) tidak ada di kegiatan RKP mana pun.",
            lambda d: d.baris.get(nomor=6).sumber.all().delete(),
        ),
        ("No. 6: tidak punya usulan sumber.", lambda d: d.baris.get(nomor=6).sumber.all().delete()),
        (
            "No. 1: biaya semula Rp105.000.000, menurut usulan 1, 2 Rp225.000.000.",
            lambda d: _semula(d, 1, "105000000"),
        ),
        ("No. 3: biaya semula belum diisi, menurut usulan 3 Rp160.000.000.", lambda d: _semula(d, 3, None)),
        (
            "No. 4: biaya Rp1 berbeda dari semula Rp66.000.000, padahal “Belum dibahas”.",
            lambda d: d.baris.filter(nomor=4).update(biaya=1),
        ),
        ("Usulan 3: gabungannya melingkar, jadi uangnya tidak terhitung.", lambda d: _circle(d)),
        (
            "Usulan 4 digabung ke usulan 3, tetapi di kegiatan no. 4, sedangkan usulan 3 no. 3.",
            lambda d: _induk(d, 4, 3),
        ),
        ("No. 3: memuat usulan 3 dan 6 yang tidak digabung.", lambda d: _move_to_source(d, 6, 3)),
        ("No. 2: digabung ke no. 1, yang sendiri digabung; uangnya tidak terhitung.", lambda d: _rantai(d)),
    ],
)
def test_damage_to_merged_money_is_named(kata, broken, acara, pleno, cast):
    merge(pleno, 2, 1, cast["pemandu"])
    assert list(money_faults(acara)) == []
    broken(pleno)
    assert kata in broken_invariants(acara)


def _semula(drafts, nomor, biaya):
    one = drafts.baris.get(nomor=nomor)
    drafts.baris.filter(nomor=nomor).update(semula=one.semula | {"biaya": biaya})


def _induk(draf, anak, induk):
    tujuan = Usulan.objects.get(musrenbang=draf.musrenbang, nomor=induk)
    Usulan.objects.filter(musrenbang=draf.musrenbang, nomor=anak).update(induk=tujuan, hubungan="bagian")


def _circle(drafts):
    _induk(drafts, 3, 4)
    _induk(drafts, 4, 3)


def _move_to_source(drafts, usulan, nomor):
    from rkp.models import SumberBaris

    SumberBaris.objects.filter(usulan__nomor=usulan).update(baris=drafts.baris.get(nomor=nomor))


def _rantai(drafts):
    drafts.baris.filter(nomor=1).update(
        keputusan="digabung",
        digabung_ke=drafts.baris.get(nomor=3),
        hubungan="bagian",
        alasan="x",
        alasan_kode="lainnya",
    )


def test_a_frozen_figure_that_differs_from_the_plan_is_named(acara, fixed_event):
    assert list(money_faults(acara)) == []
    fixed_event.baris.filter(nomor=6).update(biaya=1)
    assert "RKP versi 1: no. 6 biaya Rp180.000.000, padahal sekarang Rp1." in list(money_faults(acara))


def test_every_repair_button_of_the_checklist_keeps_the_merged_money(acara, tim, pleno, cast, masuk):
    merge(pleno, 2, 1, cast["pemandu"])
    ke(acara, Tahap.PERSIAPAN)
    u = Usulan.objects.get(musrenbang=acara, nomor=2)
    update_usulan(usulan=u, versi=u.versi, by=cast["bu_pmd"], biaya=130 * JUTA)
    assert f"/m/{acara.slug}/rkp/susun/" in press_repairs(acara, masuk("pak_sekcam"))
    assert (kekurangan(acara), baris(pleno, 1).biaya) == ([], (105 + 130) * JUTA)
    ke(acara, Tahap.KELOMPOK)
    assert list(money_faults(acara)) == []


def test_money_of_another_source_is_told_where_it_counts_now(acara, pleno, cast, masuk):
    """The page of the merge and the trail say that the whole counts under the receiving row's source."""
    one, dua = baris(pleno, 1), baris(pleno, 2)
    pleno.baris.filter(pk=dua.pk).update(sumber_dana=SumberDana.objects.exclude(pk=one.sumber_dana_id).first())
    dua = baris(pleno, 2)
    kata = f"Sumber dana no. 2 {dua.sumber_dana.nama}; biaya gabungannya dihitung pada {one.sumber_dana.nama}."
    contents = {"versi": dua.versi, "nomor": 1, "hubungan": "bagian", "alasan": "Satu hamparan."}
    alamat = f"/m/{acara.slug}/rkp/baris/{dua.pk}/gabung/"
    client = masuk("pak_sekcam")
    assert (
        "paling panjang 300 huruf"
        in client.post(alamat, contents | {"alasan": "x" * 301}, follow=True).content.decode()
    )
    assert kata in client.post(alamat, contents, follow=True).content.decode()
    assert kata in JejakAudit.objects.get(aksi="rkp.gabungan").alasan


def test_nothing_typed_is_cut_in_silence(acara, pleno, masuk):
    client, alamat = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/baris/{baris(pleno, 1).pk}/keberatan/"
    contents = {"oleh": "Kades Sikur", "isi": "a" * 501, "kunci": "7d4c1a5e-3f0b-4c2f-9a7e-0d8f6f1e2b3c"}
    words = client.post(alamat, contents, follow=True).content.decode()
    assert "Keberatan paling panjang 500 huruf, isian Anda 501." in words
    assert not baris(pleno, 1).keberatan.exists()
    client.post(alamat, contents | {"isi": "a" * 500})
    assert len(baris(pleno, 1).keberatan.get().isi) == 500
