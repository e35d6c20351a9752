"""A new year begins with what the last one had; what was not met waits for it."""

import pytest

from alur.services.acara import advance_musrenbang
from alur.services.year import open_year
from delegasi.models import PengaturanDelegasi
from musrenbang.models import KriteriaKecamatan, Musrenbang
from musrenbang.sidang.models import Undangan
from musrenbang.states import Tahap
from rkp.queries.baris import unfunded
from tindak_lanjut.queries.tanggapan import unaccommodated, works_of
from tindak_lanjut.services.tanggapan import answer_work
from usulan.models import Usulan
from usulan.queries.repeats import list_repeatable


@pytest.fixture
def finished_event(sent_event, cast):
    m = sent_event
    advance_musrenbang(musrenbang=m, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=cast["pak_sekcam"])
    return m


def test_team_invitees_criteria_and_composition_are_there_again(finished_event, masuk):
    KriteriaKecamatan.objects.update_or_create(
        musrenbang=finished_event, defaults={"isi": [{"kode": "C1", "nama": "Satu", "bobot": 100}]}
    )
    PengaturanDelegasi.objects.create(musrenbang=finished_event, kursi={"camat": 1, "tokoh": 4}, min_perempuan=3)
    client = masuk("bu_bappeda")
    html = client.get("/jadwal/tahun-baru/?tahun=2027").content.decode()
    assert "Buka 1 kecamatan" in html
    assert not Musrenbang.objects.filter(tahun_pelaksanaan=2027).exists()
    html = client.post("/jadwal/tahun-baru/?tahun=2027").content.decode()
    baru = Musrenbang.objects.get(tahun_pelaksanaan=2027)
    assert (baru.tahap, baru.tahun_rencana, baru.slug) == (Tahap.DIJADWALKAN, 2028, "sikur-2028")
    assert {(a.nama, a.kedudukan) for a in baru.tim.all()} >= {
        (a.nama, a.kedudukan) for a in finished_event.tim.exclude(kedudukan__in=["pengarah", "ketua", "sekretaris"])
    }

    def names(m):
        return sorted((u.nama, u.lembaga) for u in Undangan.objects.filter(musrenbang=m))

    assert names(baru) == names(finished_event)
    assert not Undangan.objects.filter(musrenbang=baru).exclude(nomor="").exists()
    assert (baru.kriteria.status, baru.kriteria.isi[0]["nama"]) == ("draf", "Satu")
    assert baru.pengaturan_delegasi.kursi == {"camat": 1, "tokoh": 4}
    assert "5 susunan delegasi" in html
    assert f"{unaccommodated(finished_event).filter(induk=None).count()} usulan yang menunggu" in html


def test_a_second_click_opens_nothing(finished_event, cast, masuk):
    assert len(open_year(kabupaten=finished_event.kecamatan.kabupaten, tahun=2027, by=cast["bu_bappeda"])) == 1
    html = masuk("bu_bappeda").post("/jadwal/tahun-baru/?tahun=2027").content.decode()
    assert "Semua kecamatan sudah dibuka" in html
    assert Musrenbang.objects.filter(tahun_pelaksanaan=2027).count() == 1


def test_what_the_skpd_refused_waits_for_next_year(finished_event, cast):
    sebelum = set(unaccommodated(finished_event).values_list("pk", flat=True))
    assert sebelum == set(unfunded(finished_event).values_list("pk", flat=True))
    p = works_of(finished_event.pilahan.get(baris__nomor=3).skpd).get(baris__nomor=3)
    answer_work(pilahan=p, versi=0, by=cast["orang_skpd"], jawaban="tidak", alasan="Pagu habis.")
    asal = Usulan.objects.get(sumber_baris__baris=p.baris.asal_baris)
    assert set(unaccommodated(finished_event).values_list("pk", flat=True)) == sebelum | {asal.pk}
    open_year(kabupaten=finished_event.kecamatan.kabupaten, tahun=2027, by=cast["bu_bappeda"])
    baru = Musrenbang.objects.get(tahun_pelaksanaan=2027)
    assert asal in list_repeatable(baru)


def test_what_was_merged_into_an_agreed_work_does_not_wait(acara, draft_event, cast, move_event):
    move_event(acara, "pembahasan")
    one, dua = draft_event.baris.order_by("nomor")[:2]
    asal = dua.sumber.get().usulan
    type(dua).objects.filter(pk=dua.pk).update(
        keputusan="digabung", digabung_ke=one, hubungan="sama", alasan_kode="lain", alasan="Pekerjaan yang sama."
    )
    type(one).objects.filter(pk=one.pk).update(keputusan="disepakati")
    assert asal not in unfunded(acara)
    type(one).objects.filter(pk=one.pk).update(keputusan="cadangan", alasan_kode="lain", alasan="Pagu habis.")
    assert asal in unfunded(acara)
