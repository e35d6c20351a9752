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
from rkp.prioritas.queries.calon import list_peserta
from rkp.prioritas.queries.papan import board
from rkp.prioritas.queries.suara import voters_by_desa
from rkp.prioritas.services.calon import approve_less, save_state, save_values
from rkp.prioritas.services.pemilih import add_pemilih, remove_pemilih
from rkp.prioritas.services.peringkat import fix_pemeringkatan, hold_pemeringkatan, set_spc
from rkp.prioritas.services.seri import settle_tie
from rkp.prioritas.services.suara import cancel_pemungutan, close_pemungutan, open_pemungutan
from tests.conftest import buka_peringkat, catat_hadir
from tests.halaman import flat
from tests.prioritas.conftest import pilih


def test_delegates_other_than_six_are_remarked_MPD_17(acara, bersuara):
    desa = voters_by_desa(acara, bersuara.p.aturan)
    assert [d.temuan for d in desa] == [[], [], []]
    remove_pemilih(pemilih=desa[0].pemilih[5], by=bersuara.by)
    (satu,) = voters_by_desa(acara, bersuara.p.aturan)[0].temuan
    assert (satu.aturan, satu.tingkat) == ("MPD-17", "peringatan")


def test_a_desa_with_too_few_women_does_not_vote_MPD_18(acara, bersuara):
    desa = voters_by_desa(acara, bersuara.p.aturan)
    perempuan = next(v for v in desa[0].pemilih if v.kehadiran.jenis_kelamin == "P")
    remove_pemilih(pemilih=perempuan, by=bersuara.by)
    v = open_pemungutan(pemeringkatan=bersuara.p, by=bersuara.by, daftar="SPP")
    assert v.kode.count() == 12, "two desa of six"


def test_a_stand_in_without_a_letter_does_not_vote_MPD_19(acara, bersuara, kecamatan):
    from musrenbang.sidang.models import Undangan

    h = catat_hadir(acara, bersuara.by, "Pengganti", "delegasi_desa")
    u = Undangan.objects.create(
        musrenbang=acara, nama="Yang Diundang", unsur="delegasi_desa", lembaga="Desa", kode="ABCDEF"
    )
    type(h).objects.filter(pk=h.pk).update(desa=kecamatan.desa_set.first(), undangan=u, mewakili="Yang Diundang")
    with pytest.raises(Refused, match="tanpa surat kuasa, jadi tidak punya hak suara"):
        add_pemilih(musrenbang=acara, by=bersuara.by, kehadiran=[h.pk])
    type(h).objects.filter(pk=h.pk).update(bersurat=True)
    assert len(add_pemilih(musrenbang=acara, by=bersuara.by, kehadiran=[h.pk])) == 1


def test_only_delegates_of_this_meeting_vote_MPD_20(acara, bersuara, spp, client):
    tamu = catat_hadir(acara, bersuara.by, "Tamu Biasa")
    with pytest.raises(Refused, match="tidak tercatat mewakili desa"):
        add_pemilih(musrenbang=acara, by=bersuara.by, kehadiran=[tamu.pk])
    assert set(spp.kode.values_list("pemilih", flat=True)) == set(Pemilih.objects.values_list("pk", flat=True))
    assert client.get("/suara/ABCDEFGH/").status_code == 404
    pilih(spp.kode.first(), *spp.calon)


def test_the_verification_team_neither_approves_nor_names_an_amount_MPD_23(acara, bersuara, masuk):
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
    for jalan in ("tetapkan/", "surat/", "suara/buka/", "nilai/", "seri/"):
        assert client.post(url + jalan, {}).status_code == 403
    isi = {"versi": 0, "disetujui": "5", "didahulukan": "ya", "rekomendasi": ""}
    client.post(f"{url}calon/{c.pk}/verifikasi/", isi)
    c.refresh_from_db()
    assert (c.disetujui, c.didahulukan) == (None, "")
    assert not may("tetapkan_prioritas", frozenset({Peran.VERIFIKATOR}))


def test_the_second_list_waits_for_the_first_MPD_24(bersuara, spp):
    with pytest.raises(Refused, match="Masih ada pemungutan suara yang berlangsung"):
        open_pemungutan(pemeringkatan=bersuara.p, by=bersuara.by, daftar="NON_SPP")
    cancel_pemungutan(pemungutan=spp, by=bersuara.by, alasan="Daftar belum lengkap.")
    with pytest.raises(Refused, match="Simpan Pinjam Perempuan diselesaikan lebih dahulu"):
        open_pemungutan(pemeringkatan=bersuara.p, by=bersuara.by, daftar="NON_SPP")
    v = open_pemungutan(pemeringkatan=bersuara.p, by=bersuara.by, daftar="SPP")
    pilih(v.kode.first(), v.calon[0])
    close_pemungutan(pemungutan=v, by=bersuara.by)
    assert open_pemungutan(pemeringkatan=bersuara.p, by=bersuara.by, daftar="NON_SPP").daftar == "NON_SPP"


def test_without_rab_it_keeps_its_place_and_gets_nothing_MPD_28(acara, peringkat):
    aturan = peringkat.aturan | {"wajib_rab": True}
    Pemeringkatan.objects.filter(pk=peringkat.pk).update(aturan=aturan)
    peringkat.refresh_from_db()
    Calon.objects.filter(pemeringkatan=peringkat).exclude(baris__nomor=1).update(rab=True)
    satu, dua = board(peringkat).urutan[:2]
    assert (satu.peringkat, satu.didanai, satu.sebab) == (1, 0, "Desain dan RAB belum ada.")
    assert dua.didanai > 0


def test_less_than_asked_wants_reason_and_cover_MPD_32(peringkat, pemeran):
    c = Calon.objects.get(pemeringkatan=peringkat, baris__nomor=1)
    isi = {"calon": c, "by": pemeran["pak_sekcam"], "versi": 1, "didahulukan": ""}
    for jumlah, alasan, penutup, kata in (
        (50_000_000, "", "RAB baru", "mengapa disetujui kurang"),
        (50_000_000, "Volume turun", "", "kekurangannya ditutup"),
        (500_000_000, "Lebih", "RAB baru", "tidak melebihi yang diminta"),
        (0, "Nol saja", "RAB baru", "lebih dari 0"),
    ):
        with pytest.raises(Refused, match=kata):
            approve_less(disetujui=jumlah, alasan=alasan, penutup=penutup, **isi)
    approve_less(disetujui=50_000_000, alasan="Volume dikurangi", penutup="RAB baru 12 Maret", **isi)
    u = board(peringkat).urutan[0]
    assert (u.didanai, u.status) == (50_000_000, "didanai_sebagian")
    assert "Volume dikurangi" in u.sebab
    assert JejakAudit.objects.get(aksi="calon.jumlah").alasan == "Volume dikurangi"


def test_what_takes_the_rest_of_the_pagu_says_how_its_gap_is_closed_MPD_32(peringkat, pemeran):
    by = pemeran["pak_sekcam"]
    Pemeringkatan.objects.filter(pk=peringkat.pk).update(aturan=peringkat.aturan | {"kebijakan_sisa": "parsial"})
    peringkat.refresh_from_db()
    with pytest.raises(Refused, match=r"No\. 4 didanai sebagian"):
        fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    c = Calon.objects.get(pemeringkatan=peringkat, baris__nomor=4)
    approve_less(calon=c, by=by, versi=1, disetujui=None, alasan="", penutup="Swadaya kelompok", didahulukan="")
    fix_pemeringkatan(pemeringkatan=peringkat, by=by)


def test_not_final_without_the_letter_of_the_camat_MPD_34(acara, bersuara, masuk, spp):
    pilih(spp.kode.first(), *spp.calon)
    close_pemungutan(pemungutan=spp, by=bersuara.by)
    Calon.objects.filter(daftar="NON_SPP").delete()
    settle_tie(
        pemeringkatan=bersuara.p, by=bersuara.by, urut={pk: i for i, pk in enumerate(spp.calon)}, alasan="Musyawarah."
    )
    with pytest.raises(Refused, match="sesudah peringkat ditetapkan"):
        set_spc(pemeringkatan=bersuara.p, by=bersuara.by, nomor="1", tanggal=date(2026, 3, 1))
    fix_pemeringkatan(pemeringkatan=bersuara.p, by=bersuara.by)
    client, url = masuk("pak_sekcam"), f"/m/{acara.slug}/rkp/prioritas/mpd/"
    assert "belum final sampai Surat Penetapan Camat" in flat(client.get(url))
    client.post(url + "surat/", {"nomor": "412.2/07/SPC/2026", "tanggal": "2026-03-05"})
    assert "final dengan Surat Penetapan Camat 412.2/07/SPC/2026" in flat(client.get(url))


def test_a_sanction_wants_its_berita_acara_MPD_38(acara, bersuara, kecamatan):
    desa = kecamatan.desa_set.first()
    isi = {
        "tahap_kurang": "",
        "hadir_laki": None,
        "hadir_perempuan": None,
        "jumlah_tpu": None,
        "rpjm_desa": "",
        "pelanggaran": "Musyawarah tidak diadakan",
        "pelanggaran_ba": "",
    }
    with pytest.raises(Refused, match="hanya dicatat dengan Berita Acara"):
        save_state(musrenbang=acara, desa=desa, by=bersuara.by, versi=0, **isi)
    save_state(musrenbang=acara, desa=desa, by=bersuara.by, versi=0, **isi | {"pelanggaran_ba": "03/BA-MAD"})
    gugur = [p for p in list_peserta(bersuara.p) if "MPD-37" in p.alang]
    assert {p.isi.desa_id for p in gugur} == {desa.pk}


def test_a_troubled_kecamatan_has_its_money_held_back_MPD_39(acara, peringkat, pemeran, masuk):
    by = pemeran["pak_sekcam"]
    with pytest.raises(Refused, match="Berita Acara yang menetapkannya"):
        hold_pemeringkatan(pemeringkatan=peringkat, by=by, alasan="Dana UPK dipinjam pengurus", berita_acara="")
    hold_pemeringkatan(pemeringkatan=peringkat, by=by, alasan="Dana UPK dipinjam pengurus", berita_acara="9/BA")
    isi = masuk("bu_pmd").get(f"/m/{acara.slug}/rkp/prioritas/piwk/").content.decode()
    assert "Dana ditunda: Dana UPK dipinjam pengurus" in isi
    peringkat.refresh_from_db()
    hold_pemeringkatan(pemeringkatan=peringkat, by=by, alasan="", berita_acara="")
    peringkat.refresh_from_db()
    assert (peringkat.ditunda, peringkat.ditunda_ba) == ("", "")


def test_agreed_within_the_ceiling_of_the_kecamatan_KEC_01(acara, diputuskan, pemeran):
    from musrenbang.models import PaguKecamatan

    sumber, by = diputuskan.baris.get(nomor=1).sumber_dana, pemeran["pak_sekcam"]
    PaguKecamatan.objects.create(musrenbang=acara, sumber_dana=sumber, jumlah=1_000_000)
    with pytest.raises(Refused, match="melampaui pagu"):
        advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)
    PaguKecamatan.objects.update(jumlah=10_000_000_000)
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=by)


def test_every_criterion_is_scored_before_the_score_counts_KEC_02(acara, peringkat, pemeran):
    from rkp.prioritas.models import Nilai

    Nilai.objects.filter(calon__baris__nomor=3, kode="C2").delete()
    assert board(peringkat).hasil is None
    with pytest.raises(Refused, match="Usulan 3 belum ada nilai C2"):
        fix_pemeringkatan(pemeringkatan=peringkat, by=pemeran["pak_sekcam"])


def test_what_was_not_agreed_is_out_with_its_reason_KEC_04(peringkat):
    (lima,) = [p for p in list_peserta(peringkat) if p.isi.nomor == 5]
    assert not lima.layak
    assert "Tidak disepakati pleno" in lima.alang
    assert "RAB belum dibuat" in lima.alang


def test_read_only_after_the_stage_KEC_05(acara, peringkat, pemeran):
    fix_pemeringkatan(pemeringkatan=peringkat, by=pemeran["pak_sekcam"])
    advance_musrenbang(musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.DELEGASI, by=pemeran["pak_sekcam"])
    with pytest.raises(Refused, match="tidak dapat diubah pada tahap itu"):
        save_values(pemeringkatan=peringkat, by=pemeran["pemandu"], cell={})
    assert frozenset({Tahap.PRIORITAS}) == BOLEH_PRIORITAS


def test_six_delegates_of_the_kecamatan_SEED_01():
    enam = [("camat", "L"), ("bkad", "L"), ("setrawan", "L"), ("tokoh", "P"), ("tokoh", "P"), ("tokoh", "L")]
    assert check_delegasi(enam).kurang == []
    assert check_delegasi(enam[:5]).kurang


def test_one_row_competes_twice_and_is_paid_once(acara, peringkat, pemeran):
    """MPD-13 between two programmes of the same event."""
    by = pemeran["pak_sekcam"]
    fix_pemeringkatan(pemeringkatan=peringkat, by=by)
    lain = buka_peringkat(acara, by, "kuota", kuota_tema=[])
    terhalang = {p.isi.nomor: p.alang for p in list_peserta(lain) if "MPD-13" in p.alang}
    didanai = {int(d["kode"]) for d in Pemeringkatan.objects.get(kode="piwk").hasil["pendanaan"] if d["didanai"]}
    assert set(terhalang) == didanai
    assert "Sudah didanai Pagu Indikatif Kecamatan" in terhalang[1]
