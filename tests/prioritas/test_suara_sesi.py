"""Votes and who is there: a meeting that goes on with others, one that steps back, the desk of a vote."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from alur.services.acara import advance_musrenbang
from musrenbang.sidang.services.sesi import adjourn_sidang, attend_again, resume_sidang
from musrenbang.transisi import Refused
from rkp.prioritas.models import Pemilih, SuratSuara
from rkp.prioritas.queries.suara import counted
from rkp.prioritas.services.pemilih import add_pemilih
from rkp.prioritas.services.suara import cancel_pemungutan, open_pemungutan
from rkp.prioritas.services.surat_suara import mark_voted
from tests.conftest import record_attendance
from tests.halaman import flat
from tests.prioritas.conftest import choose


@pytest.fixture
def second_sesi(voting_event, spp, time_machine):
    """The meeting was adjourned while a vote ran, and goes on; nobody is noted in the second sitting yet."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    waktu = {"tanggal": tomorrow, "jam": time(9), "alasan": "Listrik padam."}
    adjourn_sidang(musrenbang=voting_event.acara, by=voting_event.by, **waktu)
    time_machine.move_to(datetime.combine(tomorrow, time(8, 30), voting_event.acara.kecamatan.kabupaten.tz), tick=True)
    resume_sidang(musrenbang=voting_event.acara, by=voting_event.by)
    return spp


def test_who_is_not_in_the_sitting_that_runs_does_not_vote(voting_event, second_sesi, masuk):
    """Neither by phone from elsewhere nor by a mark at the desk; once noted again both ways are open."""
    one, dua = second_sesi.kode.all()[:2]
    with pytest.raises(Refused, match="belum tercatat hadir di sesi ini"):
        choose(one, *second_sesi.calon)
    nama = dua.pemilih.kehadiran.nama
    with pytest.raises(Refused, match=f"{nama} tidak tercatat hadir di sesi ini"):
        mark_voted(pemungutan=second_sesi, kode=dua.pk, cara="kertas", by=voting_event.by)
    assert counted(second_sesi).sudah == 0
    halaman = flat(masuk("pak_sekcam").get(f"/m/{voting_event.acara.slug}/rkp/prioritas/pemilih/"))
    assert f"Tidak tercatat hadir di sesi ini, jadi tidak memilih: {one.pemilih.kehadiran.nama}" in halaman
    attend_again(
        musrenbang=voting_event.acara, by=voting_event.by, kehadiran=[k.pemilih.kehadiran_id for k in (one, dua)]
    )
    choose(one, *second_sesi.calon)
    mark_voted(pemungutan=second_sesi, kode=dua.pk, cara="kertas", by=voting_event.by)
    assert counted(second_sesi).sudah == 2


def test_a_vote_of_a_later_sitting_gives_codes_to_who_is_there(voting_event, second_sesi):
    by, acara = voting_event.by, voting_event.acara
    cancel_pemungutan(pemungutan=second_sesi, by=by, alasan="Diulang di sesi ini.")
    with pytest.raises(Refused, match="Belum ada delegasi desa yang boleh memilih"):
        open_pemungutan(pemeringkatan=voting_event.p, by=by, daftar="SPP")
    person = [p.kehadiran_id for p in Pemilih.objects.filter(musrenbang=acara)[:6]]
    attend_again(musrenbang=acara, by=by, kehadiran=person)
    v = open_pemungutan(pemeringkatan=voting_event.p, by=by, daftar="SPP")
    assert sorted(v.kode.values_list("pemilih__kehadiran", flat=True)) == sorted(person)
    baru = record_attendance(acara, by, "Datang Kemarin", "delegasi_desa", "P")
    type(baru).objects.filter(pk=baru.pk).update(
        desa=acara.kecamatan.desa_set.first(), dicatat_pada=timezone.now() - timedelta(days=1)
    )
    with pytest.raises(Refused, match="Datang Kemarin tidak tercatat hadir di sesi ini"):
        add_pemilih(musrenbang=acara, by=by, kehadiran=[baru.pk])


def test_stepping_back_calls_a_running_vote_off(voting_event, spp, client):
    kode = spp.kode.first().kode
    advance_musrenbang(
        musrenbang=voting_event.acara, dari="prioritas", ke="pleno", by=voting_event.by, alasan="No. 2 keliru."
    )
    response = client.post(f"/suara/{kode}/", {"pilihan": spp.calon})
    assert (response.status_code, "Sidang kembali ke Pleno: No. 2 keliru." in response.content.decode()) == (410, True)
    assert not SuratSuara.objects.exists()


def test_a_mark_names_whom_it_is_about(voting_event, spp):
    kode = spp.kode.first()
    choose(kode, *spp.calon)
    with pytest.raises(Refused, match=f"{kode.pemilih.kehadiran.nama} sudah memilih lewat HP"):
        mark_voted(pemungutan=spp, kode=kode.pk, cara="kertas", by=voting_event.by)
    with pytest.raises(Refused, match="bukan pemilih di pemungutan ini"):
        mark_voted(pemungutan=spp, kode=0, cara="kertas", by=voting_event.by)


def test_a_refused_paper_count_comes_back_as_it_was_typed(voting_event, spp, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{voting_event.acara.slug}/rkp/prioritas/mpd/suara/{spp.pk}/kertas/"
    a, b = spp.calon
    contents = {"versi": spp.versi, "edar": "500", "masuk": "17", "sah": "13", f"s-{a}": "11", f"s-{b}": "²"}
    response = client.post(url, contents)
    assert response.status_code == 422
    for kata in ('value="500"', 'value="17"', 'value="13"', 'value="11"', 'value="²"', "belum ada hitungan kertas"):
        assert kata in response.content.decode()
    response = client.post(
        url, contents | {"edar": "3", "masuk": "3", "sah": "3", f"s-{a}": "3", f"s-{b}": "3"}, follow=True
    )
    assert "3 diedarkan, 3 masuk, 3 sah, 6 suara." in response.content.decode()
    stale = client.post(url, contents | {"edar": "4", "masuk": "4", "sah": "4", f"s-{a}": "4", f"s-{b}": "4"})
    assert "Yang tersimpan: 3 diedarkan, 3 masuk, 3 sah, 6 suara." in stale.content.decode()
    assert 'value="4"' in stale.content.decode()
