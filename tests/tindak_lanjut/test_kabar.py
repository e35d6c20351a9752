"""The digest of a desa: every proposal, in plain words, on screen and on paper."""

import pytest

from alur.demo.pasca import send_all, sort_works
from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import cetakan_content
from musrenbang.models import Desa
from musrenbang.states import Tahap
from tests.some import some
from tindak_lanjut.queries.kabar import village_digest
from tindak_lanjut.queries.tanggapan import works_of
from tindak_lanjut.services.tanggapan import answer_work
from usulan.models import Usulan


def semua(m):
    kabar = village_digest(m, m.kecamatan.desa_set.all())
    return {k.usulan.kegiatan: k for daftar in kabar.values() for k in daftar}


def test_it_grows_with_the_event(disampaikan, pemeran):
    m, by = disampaikan, pemeran["bu_pmd"]
    nama = "Rehabilitasi irigasi tersier"
    assert len(semua(m)) == len(set(Usulan.objects.filter(musrenbang=m).values_list("kegiatan", flat=True)))
    satu = semua(m)[nama]
    assert (satu.hasil, satu.berikut) == ("Disepakati", "Menunggu dipilah menurut tugas SKPD.")
    advance_musrenbang(musrenbang=m, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=pemeran["bu_bappeda"])
    advance_musrenbang(musrenbang=m, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=by)
    sort_works(m, by)
    assert semua(m)[nama].berikut == "Menunggu dikirim kepada SKPD."
    send_all(m, by)
    assert semua(m)[nama].berikut.startswith("Menunggu jawaban SKPD sampai ")
    p = m.pilahan.get(baris__kegiatan=nama)
    jawab = {"jawaban": "sebagian", "alasan": "Tahap pertama.", "jumlah": 90_000_000}
    answer_work(pilahan=works_of(p.skpd).get(pk=p.pk), versi=0, by=pemeran["orang_skpd"], **jawab)
    satu = semua(m)[nama]
    assert (satu.kepada, satu.jawaban.replace("\u00a0", " ")) == (
        p.skpd.nama,
        "Diakomodasi sebagian, Rp 90.000.000. Tahap pertama.",
    )
    assert satu.berikut == "Sebagian masuk Renja SKPD tahun 2027."
    answer_work(
        pilahan=works_of(p.skpd).get(pk=p.pk), versi=1, by=pemeran["orang_skpd"], jawaban="tidak", alasan="Pagu habis."
    )
    assert semua(m)[nama].berikut == "Dapat diusulkan lagi pada Musrenbang 2027."


def test_before_the_plenary_it_says_so(acara, draf):
    assert {(k.hasil, k.berikut) for k in semua(acara).values()} == {("Masih dibahas.", "Tunggu hasil pleno.")}


def test_what_was_not_agreed_has_its_reason(disampaikan):
    belum = [k for k in semua(disampaikan).values() if k.keputusan in {"cadangan", "belum_disepakati"}]
    assert belum
    assert all(k.alasan and "apat diusulkan lagi pada Musrenbang " in k.berikut for k in some(belum))


def test_a_merged_proposal_follows_its_parent(disampaikan):
    induk, anak = Usulan.objects.filter(musrenbang=disampaikan).order_by("nomor")[:2]
    Usulan.objects.filter(pk=anak.pk).update(induk=induk, hubungan="sama")
    per = {k.usulan.pk: k for d in village_digest(disampaikan, Desa.objects.all()).values() for k in d}
    assert per[anak.pk].hasil.startswith(f"Digabung dengan usulan Desa {induk.desa.nama}.")
    assert per[anak.pk].keputusan == per[induk.pk].keputusan


def test_an_operator_sees_the_own_desa(disampaikan, masuk, pemeran):
    desa = pemeran["operator_desa"].keanggotaan.get().desa
    lain = Desa.objects.exclude(pk=desa.pk).filter(usulan__musrenbang=disampaikan).first()
    html = masuk("operator_desa").get(f"/m/{disampaikan.slug}/tindak-lanjut/kabar/?desa={lain.kode}").content.decode()
    assert f"Desa {desa.nama}" in html
    asing = Usulan.objects.filter(musrenbang=disampaikan, desa=lain).first()
    assert f"/usulan/{asing.pk}/" not in html
    html = masuk("bu_pmd").get(f"/m/{disampaikan.slug}/tindak-lanjut/kabar/?desa={lain.kode}").content.decode()
    assert f"/usulan/{asing.pk}/" in html
    assert masuk("orang_skpd").get(f"/m/{disampaikan.slug}/tindak-lanjut/kabar/").status_code == 403


def test_the_sheets_hold_every_proposal(disampaikan):
    isi = cetakan_content("kabar_desa", disampaikan)["isi"]
    ada = sorted(b["nomor"] for d in isi["desa"] for b in d["baris"])
    assert ada == sorted(Usulan.objects.filter(musrenbang=disampaikan).values_list("nomor", flat=True))


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow(n, disampaikan, django_assert_num_queries):
    Usulan.objects.filter(musrenbang=disampaikan).update(biaya=None)
    desa = list(disampaikan.kecamatan.desa_set.all()[:n])
    with django_assert_num_queries(6):
        assert len(village_digest(disampaikan, desa)) <= n
