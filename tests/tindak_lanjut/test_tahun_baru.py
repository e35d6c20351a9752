"""A new year begins with what the last one had; what was not met waits for it."""

import pytest

from alur.services.acara import advance_musrenbang
from alur.services.tahun import open_year
from delegasi.models import PengaturanDelegasi
from musrenbang.models import KriteriaKecamatan, Musrenbang
from musrenbang.sidang.models import Undangan
from musrenbang.states import Tahap
from rkp.queries.baris import unfunded
from tindak_lanjut.queries.tanggapan import unaccommodated, works_of
from tindak_lanjut.services.tanggapan import answer_work
from usulan.models import Usulan
from usulan.queries.ulang import list_repeatable


@pytest.fixture
def selesai(dikirim, pemeran):
    m = dikirim
    advance_musrenbang(musrenbang=m, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=pemeran["pak_sekcam"])
    return m


def test_team_invitees_criteria_and_composition_are_there_again(selesai, masuk):
    KriteriaKecamatan.objects.update_or_create(
        musrenbang=selesai, defaults={"isi": [{"kode": "C1", "nama": "Satu", "bobot": 100}]}
    )
    PengaturanDelegasi.objects.create(musrenbang=selesai, kursi={"camat": 1, "tokoh": 4}, min_perempuan=3)
    client = masuk("bu_bappeda")
    html = client.get("/jadwal/tahun-baru/?tahun=2027").content.decode()
    assert "Buka 1 kecamatan" in html
    assert not Musrenbang.objects.filter(tahun_pelaksanaan=2027).exists()
    html = client.post("/jadwal/tahun-baru/?tahun=2027").content.decode()
    baru = Musrenbang.objects.get(tahun_pelaksanaan=2027)
    assert (baru.tahap, baru.tahun_rencana, baru.slug) == (Tahap.DIJADWALKAN, 2028, "sikur-2028")
    assert {(a.nama, a.kedudukan) for a in baru.tim.all()} >= {
        (a.nama, a.kedudukan) for a in selesai.tim.exclude(kedudukan__in=["pengarah", "ketua", "sekretaris"])
    }

    def names(m):
        return sorted((u.nama, u.lembaga) for u in Undangan.objects.filter(musrenbang=m))

    assert names(baru) == names(selesai)
    assert not Undangan.objects.filter(musrenbang=baru).exclude(nomor="").exists()
    assert (baru.kriteria.status, baru.kriteria.isi[0]["nama"]) == ("draf", "Satu")
    assert baru.pengaturan_delegasi.kursi == {"camat": 1, "tokoh": 4}
    assert "5 susunan delegasi" in html
    assert f"{unaccommodated(selesai).filter(induk=None).count()} usulan yang menunggu" in html


def test_a_second_click_opens_nothing(selesai, pemeran, masuk):
    assert len(open_year(kabupaten=selesai.kecamatan.kabupaten, tahun=2027, by=pemeran["bu_bappeda"])) == 1
    html = masuk("bu_bappeda").post("/jadwal/tahun-baru/?tahun=2027").content.decode()
    assert "Semua kecamatan sudah dibuka" in html
    assert Musrenbang.objects.filter(tahun_pelaksanaan=2027).count() == 1


def test_what_the_skpd_refused_waits_for_next_year(selesai, pemeran):
    sebelum = set(unaccommodated(selesai).values_list("pk", flat=True))
    assert sebelum == set(unfunded(selesai).values_list("pk", flat=True))
    p = works_of(selesai.pilahan.get(baris__nomor=3).skpd).get(baris__nomor=3)
    answer_work(pilahan=p, versi=0, by=pemeran["orang_skpd"], jawaban="tidak", alasan="Pagu habis.")
    asal = Usulan.objects.get(sumber_baris__baris=p.baris.asal_baris)
    assert set(unaccommodated(selesai).values_list("pk", flat=True)) == sebelum | {asal.pk}
    open_year(kabupaten=selesai.kecamatan.kabupaten, tahun=2027, by=pemeran["bu_bappeda"])
    baru = Musrenbang.objects.get(tahun_pelaksanaan=2027)
    assert asal in list_repeatable(baru)


def test_what_was_merged_into_an_agreed_work_does_not_wait(acara, draf, pemeran, pindah):
    pindah(acara, "pembahasan")
    satu, dua = draf.baris.order_by("nomor")[:2]
    asal = dua.sumber.get().usulan
    type(dua).objects.filter(pk=dua.pk).update(
        keputusan="digabung", digabung_ke=satu, hubungan="sama", alasan_kode="lain", alasan="Pekerjaan yang sama."
    )
    type(satu).objects.filter(pk=satu.pk).update(keputusan="disepakati")
    assert asal not in unfunded(acara)
    type(satu).objects.filter(pk=satu.pk).update(keputusan="cadangan", alasan_kode="lain", alasan="Pagu habis.")
    assert asal in unfunded(acara)
