"""The digest of a desa: every proposal, in plain words, on screen and on paper."""

import pytest

from alur.demo.afterwards import send_all, sort_works
from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import cetakan_content
from musrenbang.models import Desa
from musrenbang.states import Tahap
from tests.some import some
from tindak_lanjut.queries.kabar import village_digest
from tindak_lanjut.queries.tanggapan import works_of
from tindak_lanjut.services.tanggapan import answer_work
from usulan.models import Usulan


def everything(m):
    kabar = village_digest(m, m.kecamatan.desa_set.all())
    return {k.usulan.kegiatan: k for daftar in kabar.values() for k in daftar}


def test_it_grows_with_the_event(submitted_event, cast):
    m, by = submitted_event, cast["bu_pmd"]
    nama = "Rehabilitasi irigasi tersier"
    assert len(everything(m)) == len(set(Usulan.objects.filter(musrenbang=m).values_list("kegiatan", flat=True)))
    one = everything(m)[nama]
    assert (one.hasil, one.berikut) == ("Disepakati", "Menunggu dipilah menurut tugas SKPD.")
    advance_musrenbang(musrenbang=m, dari=Tahap.DISAMPAIKAN, ke=Tahap.DITERIMA, by=cast["bu_bappeda"])
    advance_musrenbang(musrenbang=m, dari=Tahap.DITERIMA, ke=Tahap.PEMILAHAN, by=by)
    sort_works(m, by)
    assert everything(m)[nama].berikut == "Menunggu dikirim kepada SKPD."
    send_all(m, by)
    assert everything(m)[nama].berikut.startswith("Menunggu jawaban SKPD sampai ")
    p = m.pilahan.get(baris__kegiatan=nama)
    response = {"jawaban": "sebagian", "alasan": "Tahap pertama.", "jumlah": 90_000_000}
    answer_work(pilahan=works_of(p.skpd).get(pk=p.pk), versi=0, by=cast["orang_skpd"], **response)
    one = everything(m)[nama]
    assert (one.kepada, one.jawaban.replace("\u00a0", " ")) == (
        p.skpd.nama,
        "Diakomodasi sebagian, Rp90.000.000. Tahap pertama.",
    )
    assert one.berikut == "Sebagian masuk Renja SKPD tahun 2027."
    answer_work(
        pilahan=works_of(p.skpd).get(pk=p.pk), versi=1, by=cast["orang_skpd"], jawaban="tidak", alasan="Pagu habis."
    )
    assert everything(m)[nama].berikut == "Dapat diusulkan lagi pada Musrenbang 2027."


def test_before_the_plenary_it_says_so(acara, draft_event):
    assert {(k.hasil, k.berikut) for k in everything(acara).values()} == {("Masih dibahas.", "Tunggu hasil pleno.")}


def test_what_was_not_agreed_has_its_reason(submitted_event):
    pending = [k for k in everything(submitted_event).values() if k.keputusan in {"cadangan", "belum_disepakati"}]
    assert pending
    assert all(k.alasan and "apat diusulkan lagi pada Musrenbang " in k.berikut for k in some(pending))


def test_a_merged_proposal_follows_its_parent(submitted_event):
    induk, anak = Usulan.objects.filter(musrenbang=submitted_event).order_by("nomor")[:2]
    Usulan.objects.filter(pk=anak.pk).update(induk=induk, hubungan="sama")
    per = {k.usulan.pk: k for d in village_digest(submitted_event, Desa.objects.all()).values() for k in d}
    assert per[anak.pk].hasil.startswith(f"Digabung dengan usulan Desa {induk.desa.nama}.")
    assert per[anak.pk].keputusan == per[induk.pk].keputusan


def test_an_operator_sees_the_own_desa(submitted_event, masuk, cast):
    desa = cast["operator_desa"].keanggotaan.get().desa
    other = Desa.objects.exclude(pk=desa.pk).filter(usulan__musrenbang=submitted_event).first()
    html = (
        masuk("operator_desa").get(f"/m/{submitted_event.slug}/tindak-lanjut/kabar/?desa={other.kode}").content.decode()
    )
    assert f"Desa {desa.nama}" in html
    foreign = Usulan.objects.filter(musrenbang=submitted_event, desa=other).first()
    assert f"/usulan/{foreign.pk}/" not in html
    html = masuk("bu_pmd").get(f"/m/{submitted_event.slug}/tindak-lanjut/kabar/?desa={other.kode}").content.decode()
    assert f"/usulan/{foreign.pk}/" in html
    assert masuk("orang_skpd").get(f"/m/{submitted_event.slug}/tindak-lanjut/kabar/").status_code == 403


def test_the_sheets_hold_every_proposal(submitted_event):
    content = cetakan_content("kabar_desa", submitted_event)["isi"]
    existing = sorted(b["nomor"] for d in content["desa"] for b in d["baris"])
    assert existing == sorted(Usulan.objects.filter(musrenbang=submitted_event).values_list("nomor", flat=True))


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow(n, submitted_event, django_assert_num_queries):
    Usulan.objects.filter(musrenbang=submitted_event).update(biaya=None)
    desa = list(submitted_event.kecamatan.desa_set.all()[:n])
    with django_assert_num_queries(6):
        assert len(village_digest(submitted_event, desa)) <= n
