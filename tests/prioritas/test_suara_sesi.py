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
from tests.conftest import catat_hadir
from tests.halaman import flat
from tests.prioritas.conftest import pilih


@pytest.fixture
def sesi_dua(bersuara, spp, time_machine):
    """The meeting was adjourned while a vote ran, and goes on; nobody is noted in the second sitting yet."""
    besok = timezone.localdate() + timedelta(days=1)
    waktu = {"tanggal": besok, "jam": time(9), "alasan": "Listrik padam."}
    adjourn_sidang(musrenbang=bersuara.acara, by=bersuara.by, **waktu)
    time_machine.move_to(datetime.combine(besok, time(8, 30), bersuara.acara.kecamatan.kabupaten.tz), tick=True)
    resume_sidang(musrenbang=bersuara.acara, by=bersuara.by)
    return spp


def test_who_is_not_in_the_sitting_that_runs_does_not_vote(bersuara, sesi_dua, masuk):
    """Neither by phone from elsewhere nor by a mark at the desk; once noted again both ways are open."""
    satu, dua = sesi_dua.kode.all()[:2]
    with pytest.raises(Refused, match="belum tercatat hadir di sesi ini"):
        pilih(satu, *sesi_dua.calon)
    nama = dua.pemilih.kehadiran.nama
    with pytest.raises(Refused, match=f"{nama} tidak tercatat hadir di sesi ini"):
        mark_voted(pemungutan=sesi_dua, kode=dua.pk, cara="kertas", by=bersuara.by)
    assert counted(sesi_dua).sudah == 0
    halaman = flat(masuk("pak_sekcam").get(f"/m/{bersuara.acara.slug}/rkp/prioritas/pemilih/"))
    assert f"Tidak tercatat hadir di sesi ini, jadi tidak memilih: {satu.pemilih.kehadiran.nama}" in halaman
    attend_again(musrenbang=bersuara.acara, by=bersuara.by, kehadiran=[k.pemilih.kehadiran_id for k in (satu, dua)])
    pilih(satu, *sesi_dua.calon)
    mark_voted(pemungutan=sesi_dua, kode=dua.pk, cara="kertas", by=bersuara.by)
    assert counted(sesi_dua).sudah == 2


def test_a_vote_of_a_later_sitting_gives_codes_to_who_is_there(bersuara, sesi_dua):
    by, acara = bersuara.by, bersuara.acara
    cancel_pemungutan(pemungutan=sesi_dua, by=by, alasan="Diulang di sesi ini.")
    with pytest.raises(Refused, match="Belum ada delegasi desa yang boleh memilih"):
        open_pemungutan(pemeringkatan=bersuara.p, by=by, daftar="SPP")
    orang = [p.kehadiran_id for p in Pemilih.objects.filter(musrenbang=acara)[:6]]
    attend_again(musrenbang=acara, by=by, kehadiran=orang)
    v = open_pemungutan(pemeringkatan=bersuara.p, by=by, daftar="SPP")
    assert sorted(v.kode.values_list("pemilih__kehadiran", flat=True)) == sorted(orang)
    baru = catat_hadir(acara, by, "Datang Kemarin", "delegasi_desa", "P")
    type(baru).objects.filter(pk=baru.pk).update(
        desa=acara.kecamatan.desa_set.first(), dicatat_pada=timezone.now() - timedelta(days=1)
    )
    with pytest.raises(Refused, match="Datang Kemarin tidak tercatat hadir di sesi ini"):
        add_pemilih(musrenbang=acara, by=by, kehadiran=[baru.pk])


def test_stepping_back_calls_a_running_vote_off(bersuara, spp, client):
    kode = spp.kode.first().kode
    advance_musrenbang(musrenbang=bersuara.acara, dari="prioritas", ke="pleno", by=bersuara.by, alasan="No. 2 keliru.")
    jawab = client.post(f"/suara/{kode}/", {"pilihan": spp.calon})
    assert (jawab.status_code, "Sidang kembali ke Pleno: No. 2 keliru." in jawab.content.decode()) == (410, True)
    assert not SuratSuara.objects.exists()


def test_a_mark_names_whom_it_is_about(bersuara, spp):
    kode = spp.kode.first()
    pilih(kode, *spp.calon)
    with pytest.raises(Refused, match=f"{kode.pemilih.kehadiran.nama} sudah memilih lewat HP"):
        mark_voted(pemungutan=spp, kode=kode.pk, cara="kertas", by=bersuara.by)
    with pytest.raises(Refused, match="bukan pemilih di pemungutan ini"):
        mark_voted(pemungutan=spp, kode=0, cara="kertas", by=bersuara.by)


def test_a_refused_paper_count_comes_back_as_it_was_typed(bersuara, spp, masuk):
    client, url = masuk("pak_sekcam"), f"/m/{bersuara.acara.slug}/rkp/prioritas/mpd/suara/{spp.pk}/kertas/"
    a, b = spp.calon
    isi = {"versi": spp.versi, "edar": "500", "masuk": "17", "sah": "13", f"s-{a}": "11", f"s-{b}": "²"}
    jawab = client.post(url, isi)
    assert jawab.status_code == 422
    for kata in ('value="500"', 'value="17"', 'value="13"', 'value="11"', 'value="²"', "belum ada hitungan kertas"):
        assert kata in jawab.content.decode()
    jawab = client.post(url, isi | {"edar": "3", "masuk": "3", "sah": "3", f"s-{a}": "3", f"s-{b}": "3"}, follow=True)
    assert "3 diedarkan, 3 masuk, 3 sah, 6 suara." in jawab.content.decode()
    basi = client.post(url, isi | {"edar": "4", "masuk": "4", "sah": "4", f"s-{a}": "4", f"s-{b}": "4"})
    assert "Yang tersimpan: 3 diedarkan, 3 masuk, 3 sah, 6 suara." in basi.content.decode()
    assert 'value="4"' in basi.content.decode()
