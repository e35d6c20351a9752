"""Rules that the meeting itself keeps: voters, stages, letters, sanctions. Each allowed and refused."""

from datetime import date

import pytest

from alur.services.acara import advance_musrenbang
from delegasi.komposisi import check as check_delegasi
from musrenbang.models import JejakAudit
from musrenbang.rules import may
from musrenbang.states import Peran, Tahap
from musrenbang.transisi import Refused
from rkp.prioritas.izin import BOLEH_PRIORITAS
from rkp.prioritas.models import Calon, Pemeringkatan, Pemilih
from rkp.prioritas.queries.board import board
from rkp.prioritas.queries.candidates import list_peserta
from rkp.prioritas.queries.suara import voters_by_desa
from rkp.prioritas.services.candidates import approve_less, save_state, save_values
from rkp.prioritas.services.pemilih import add_pemilih, remove_pemilih
from rkp.prioritas.services.peringkat import fix_pemeringkatan, hold_pemeringkatan, set_spc
from rkp.prioritas.services.suara import cancel_pemungutan, close_pemungutan, open_pemungutan
from rkp.prioritas.services.ties import settle_tie
from tests.conftest import open_page_peringkat, record_attendance
from tests.halaman import flat
from tests.prioritas.conftest import choose


def test_delegates_other_than_six_are_remarked_MPD_17(acara, voting_event):
    desa = voters_by_desa(acara, voting_event.p.aturan)
    assert [d.temuan for d in desa] == [[], [], []]
    remove_pemilih(pemilih=desa[0].pemilih[5], by=voting_event.by)
    (one,) = voters_by_desa(acara, voting_event.p.aturan)[0].temuan
    assert (one.aturan, one.tingkat) == ("MPD-17", "peringatan")


def test_a_desa_with_too_few_women_does_not_vote_MPD_18(acara, voting_event):
    desa = voters_by_desa(acara, voting_event.p.aturan)
    perempuan = next(v for v in desa[0].pemilih if v.kehadiran.jenis_kelamin == "P")
    remove_pemilih(pemilih=perempuan, by=voting_event.by)
    v = open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="SPP")
    assert v.kode.count() == 12, "two desa of six"


def test_a_stand_in_without_a_letter_does_not_vote_MPD_19(acara, voting_event, kecamatan):
    from musrenbang.sidang.models import Undangan

    h = record_attendance(acara, voting_event.by, "Pengganti", "delegasi_desa")
    u = Undangan.objects.create(
        musrenbang=acara, nama="Yang Diundang", unsur="delegasi_desa", lembaga="Desa", kode="ABCDEF"
    )
    type(h).objects.filter(pk=h.pk).update(desa=kecamatan.desa_set.first(), undangan=u, mewakili="Yang Diundang")
    with pytest.raises(Refused, match="tanpa surat kuasa, jadi tidak punya hak suara"):
        add_pemilih(musrenbang=acara, by=voting_event.by, kehadiran=[h.pk])
    type(h).objects.filter(pk=h.pk).update(bersurat=True)
    assert len(add_pemilih(musrenbang=acara, by=voting_event.by, kehadiran=[h.pk])) == 1


def test_only_delegates_of_this_meeting_vote_MPD_20(acara, voting_event, spp, client):
    guest = record_attendance(acara, voting_event.by, "Tamu Biasa")
    with pytest.raises(Refused, match="tidak tercatat mewakili desa"):
        add_pemilih(musrenbang=acara, by=voting_event.by, kehadiran=[guest.pk])
    assert set(spp.kode.values_list("pemilih", flat=True)) == set(Pemilih.objects.values_list("pk", flat=True))
    assert client.get("/suara/ABCDEFGH/").status_code == 404
    choose(spp.kode.first(), *spp.calon)


def test_the_verification_team_neither_approves_nor_names_an_amount_MPD_23(acara, voting_event, masuk):
    c = Calon.objects.filter(daftar="SPP").first()
    url = f"/m/{acara.slug}/rkp/prioritas/mpd/"
    client = masuk("verifikator")
    assert client.get(f"{url}calon/{c.pk}/verifikasi/").status_code == 200
    assert (
        client.post(
            f"{url}calon/{c.pk}/",
            {"disetujui": "1000000", "alasan_disetujui": "Kata TV", "penutup": "swadaya", "versi": 1},
        ).status_code
        == 403
    )
    for route in ("tetapkan/", "surat/", "suara/buka/", "nilai/", "seri/"):
        assert client.post(url + route, {}).status_code == 403
    content = {"versi": 0, "disetujui": "5", "didahulukan": "ya", "rekomendasi": ""}
    client.post(f"{url}calon/{c.pk}/verifikasi/", content)
    c.refresh_from_db()
    assert (c.disetujui, c.didahulukan) == (None, "")
    assert not may("tetapkan_prioritas", frozenset({Peran.VERIFIKATOR}))


def test_the_second_list_waits_for_the_first_MPD_24(voting_event, spp):
    with pytest.raises(Refused, match="Masih ada pemungutan suara yang berlangsung"):
        open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="NON_SPP")
    cancel_pemungutan(pemungutan=spp, by=voting_event.by, alasan="Daftar belum lengkap.")
    with pytest.raises(Refused, match="Simpan Pinjam Perempuan diselesaikan lebih dahulu"):
        open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="NON_SPP")
    v = open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="SPP")
    choose(v.kode.first(), v.calon[0])
    close_pemungutan(pemungutan=v, by=voting_event.by)
    assert open_pemungutan(pemeringkatan=voting_event.p, by=voting_event.by, daftar="NON_SPP").daftar == "NON_SPP"


def test_without_rab_it_keeps_its_place_and_gets_nothing_MPD_28(acara, peringkat):
    aturan = peringkat.aturan | {"wajib_rab": True}
    Pemeringkatan.objects.filter(pk=peringkat.pk).update(aturan=aturan)
    peringkat.refresh_from_db()
    Calon.objects.filter(pemeringkatan=peringkat).exclude(baris__nomor=1).update(rab=True)
    one, dua = board(peringkat).urutan[:2]
    assert (one.peringkat, one.didanai, one.sebab) == (1, 0, "Desain dan RAB belum ada.")
    assert dua.didanai > 0


def test_less_than_asked_wants_reason_and_cover_MPD_32(peringkat, cast):
    c = Calon.objects.get(pemeringkatan=peringkat, baris__nomor=1)
    content = {"calon": c, "by": cast["pak_sekcam"], "versi": 1, "didahulukan": ""}
    for jumlah, alasan, penutup, kata in (
        (50_000_000, "", "RAB baru", "mengapa disetujui kurang"),
        (50_000_000, "Volume turun", "", "kekurangannya ditutup"),
        (500_000_000, "Lebih", "RAB baru", "tidak melebihi yang diminta"),
        (0, "Nol saja", "RAB baru", "lebih dari 0"),
    ):
        with pytest.raises(Refused, match=kata):
            approve_less(disetujui=jumlah, alasan=alasan, penutup=penutup, **content)
    approve_less(disetujui=50_000_000, alasan="Volume dikurangi", penutup="RAB baru 12 Maret", **content)
    u = board(peringkat).urutan[0]
    assert (u.didanai, u.status) == (50_000_000, "didanai_sebagian")
    assert "Volume dikurangi" in u.sebab
    assert JejakAudit.objects.get(aksi="calon.jumlah").alasan == "Volume dikurangi"


def test_what_takes_the_rest_of_the_pagu_says_how_its_gap_is_closed_MPD_32(peringkat, cast):
    by = cast["pak_sekcam"]
    Pemeringkatan.objects.filter(pk=peringkat.pk).update(aturan=peringkat.aturan | {"kebijakan_sisa": "parsial"})
    peringkat.refresh_from_db()
    with pytest.raises(Refused, match=r"No\. 4 didanai sebagian"):
        fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    c = Calon.objects.get(pemeringkatan=peringkat, baris__nomor=4)
    approve_less(calon=c, by=by, versi=1, disetujui=None, alasan="", penutup="Swadaya kelompok", didahulukan="")
    fix_pemeringkatan(pemeringkatan=peringkat, by=by)


def test_not_final_without_the_letter_of_the_camat_MPD_34(acara, voting_event, masuk, spp):
    choose(spp.kode.first(), *spp.calon)
    close_pemungutan(pemungutan=spp, by=voting_event.by)
    Calon.objects.filter(daftar="NON_SPP").delete()
    settle_tie(
        pemeringkatan=voting_event.p,
        by=voting_event.by,
        urut={pk: i for i, pk in enumerate(spp.calon)},
        alasan="Musyawarah.",
    )
    with pytest.raises(Refused, match="sesudah peringkat ditetapkan"):
        set_spc(pemeringkatan=voting_event.p, by=voting_event.by, nomor="1", tanggal=date(2026, 3, 1))
    fix_pemeringkatan(pemeringkatan=voting_event.p, by=voting_event.by)
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/mpd/"
    assert "belum final sampai Surat Penetapan Camat" in flat(client.get(url))
    client.post(url + "surat/", {"nomor": "412.2/07/SPC/2026", "tanggal": "2026-03-05"})
    assert "final dengan Surat Penetapan Camat 412.2/07/SPC/2026" in flat(client.get(url))


def test_a_sanction_wants_its_berita_acara_MPD_38(acara, voting_event, kecamatan):
    desa = kecamatan.desa_set.first()
    content = {
        "tahap_kurang": "",
        "hadir_laki": None,
        "hadir_perempuan": None,
        "jumlah_tpu": None,
        "rpjm_desa": "",
        "pelanggaran": "Musyawarah tidak diadakan",
        "pelanggaran_ba": "",
    }
    with pytest.raises(Refused, match="hanya dicatat dengan Berita Acara"):
        save_state(musrenbang=acara, desa=desa, by=voting_event.by, versi=0, **content)
    save_state(musrenbang=acara, desa=desa, by=voting_event.by, versi=0, **content | {"pelanggaran_ba": "03/BA-MAD"})
    lapsed = [p for p in list_peserta(voting_event.p) if "MPD-37" in p.alang]
    assert {p.isi.desa_id for p in lapsed} == {desa.pk}


def test_a_troubled_kecamatan_has_its_money_held_back_MPD_39(acara, peringkat, cast, masuk):
    by = cast["pak_sekcam"]
    with pytest.raises(Refused, match="Berita Acara yang menetapkannya"):
        hold_pemeringkatan(pemeringkatan=peringkat, by=by, alasan="Dana UPK dipinjam pengurus", berita_acara="")
    hold_pemeringkatan(pemeringkatan=peringkat, by=by, alasan="Dana UPK dipinjam pengurus", berita_acara="9/BA")
    contents = masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/prioritas/piwk/").content.decode()
    assert "Dana ditunda: Dana UPK dipinjam pengurus" in contents
    peringkat.refresh_from_db()
    hold_pemeringkatan(pemeringkatan=peringkat, by=by, alasan="", berita_acara="")
    peringkat.refresh_from_db()
    assert (peringkat.ditunda, peringkat.ditunda_ba) == ("", "")


def test_agreed_within_the_ceiling_of_the_kecamatan_KEC_01(acara, decided_event, cast):
    from musrenbang.models import PaguKecamatan

    sumber, by = decided_event.baris.get(nomor=1).sumber_dana, cast["pak_sekcam"]
    PaguKecamatan.objects.create(musrenbang=acara, sumber_dana=sumber, jumlah=1_000_000)
    with pytest.raises(Refused, match="melampaui pagu"):
        advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    PaguKecamatan.objects.update(jumlah=10_000_000_000)
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)


def test_every_criterion_is_scored_before_the_score_counts_KEC_02(acara, peringkat, cast):
    from rkp.prioritas.models import Nilai

    Nilai.objects.filter(calon__baris__nomor=3, kode="C2").delete()
    assert board(peringkat).hasil is None
    with pytest.raises(Refused, match="Usulan 3 belum ada skor C2"):
        fix_pemeringkatan(pemeringkatan=peringkat, by=cast["pak_sekcam"])


def test_what_was_not_agreed_is_out_with_its_reason_KEC_04(peringkat):
    (five,) = [p for p in list_peserta(peringkat) if p.isi.nomor == 5]
    assert not five.layak
    assert "Tidak disepakati pleno" in five.alang
    assert "RAB belum dibuat" in five.alang


def test_read_only_after_the_stage_KEC_05(acara, peringkat, cast):
    fix_pemeringkatan(pemeringkatan=peringkat, by=cast["pak_sekcam"])
    advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.DELEGASI, by=cast["pak_sekcam"])
    with pytest.raises(Refused, match="tidak dapat diubah pada tahap itu"):
        save_values(pemeringkatan=peringkat, by=cast["pemandu"], cell={})
    assert frozenset({Tahap.PRIORITAS}) == BOLEH_PRIORITAS


def test_six_delegates_of_the_kecamatan_SEED_01():
    six = [("camat", "L"), ("bkad", "L"), ("setrawan", "L"), ("tokoh", "P"), ("tokoh", "P"), ("tokoh", "L")]
    assert check_delegasi(six).kurang == []
    assert check_delegasi(six[:5]).kurang


def test_one_row_competes_twice_and_is_paid_once(acara, peringkat, cast):
    """MPD-13 between two programmes of the same event."""
    by = cast["pak_sekcam"]
    fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    other = open_page_peringkat(acara, by, "kuota", kuota_tema=[])
    hindered = {p.isi.nomor: p.alang for p in list_peserta(other) if "MPD-13" in p.alang}
    didanai = {int(d["kode"]) for d in Pemeringkatan.objects.get(kode="piwk").hasil["pendanaan"] if d["didanai"]}
    assert set(hindered) == didanai
    assert "Sudah didanai Pagu Indikatif Kecamatan" in hindered[1]
