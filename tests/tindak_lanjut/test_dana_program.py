"""What a fixed ranking gives to a work is part of the work: in the sorting, the letters, the desa's news, every list."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from alur.demo.pasca import send_all, sort_works
from alur.periksa import broken_invariants
from alur.services.acara import advance_musrenbang
from musrenbang.models import JejakAudit
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.cetakan import prioritas_skpd, rkp
from rkp.models import BarisRkp, BarisVersi, DanaProgram
from rkp.prioritas.models import Pemeringkatan
from rkp.prioritas.services.peringkat import fix_pemeringkatan
from rkp.queries.baris import official_version, rows, unfunded, version_rows
from rkp.queries.dana import dana_of
from tests.halaman import flat
from tindak_lanjut.cetakan import durkp, kabar_desa, pengantar_bappeda, usulan_skpd
from tindak_lanjut.models import Pilahan, StatusPilahan
from tindak_lanjut.queries.kabar import village_digest
from tindak_lanjut.queries.nasib import fate
from tindak_lanjut.queries.pemilahan import list_pilahan, sorting_summary
from tindak_lanjut.services.pemilahan import choose_skpd, keep_funded, send_funded
from tindak_lanjut.services.tanggapan import answer_work
from usulan.models import Usulan

PAGU = 420_000_000
"""Pays works 1 to 3 (105, 120 and 160 million) in full and gives 35 of 66 million to work 4."""


def pilahan(acara, nomor):
    return Pilahan.objects.select_related("baris", "musrenbang__kecamatan__kabupaten").get(
        musrenbang=acara, baris__nomor=nomor
    )


def test_the_outcome_is_written_with_the_ranking_and_taken_back_with_it(berdana):
    baris = {b.nomor: dana_of(b) for b in rows(berdana.rkp)}
    assert {n: (d.keadaan, d.jumlah, d.sisa) for n, d in baris.items() if d.jumlah} == {
        1: ("penuh", 105_000_000, 0),
        2: ("penuh", 120_000_000, 0),
        3: ("penuh", 160_000_000, 0),
        4: ("sebagian", 35_000_000, 31_000_000),
    }
    beku = {b.nomor: dana_of(b).jumlah for b in version_rows(official_version(berdana))}
    assert beku == {n: d.jumlah for n, d in baris.items()}
    assert sum(beku.values()) == Pemeringkatan.objects.get().hasil["ringkasan"]["didanai"] == PAGU


def test_funded_works_leave_the_sorting_and_the_rest_of_a_part_is_asked_for(berdana):
    ringkas = sorting_summary(berdana)
    assert (ringkas.didanai, ringkas.semua) == (3, 2)
    assert {p.baris.nomor: p.diminta for p in list_pilahan(berdana) if p.status != "didanai"} == {
        4: 31_000_000,
        6: 180_000_000,
    }


def test_the_stage_knows_them(berdana, pemeran):
    sort_works(berdana, pemeran["bu_pmd"])
    send_all(berdana, pemeran["bu_pmd"])
    advance_musrenbang(musrenbang=berdana, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=pemeran["pak_sekcam"])
    assert berdana.tahap == Tahap.SELESAI


def test_sending_one_all_the_same_takes_a_reason_that_is_printed(berdana, pemeran):
    by, satu = pemeran["bu_pmd"], pilahan(berdana, 3)
    with pytest.raises(Refused, match="sudah didanai program"):
        send_funded(pilahan=satu, versi=satu.versi, by=by, alasan=" ")
    with pytest.raises(Refused, match="diubah orang lain"):
        send_funded(pilahan=satu, versi=satu.versi + 1, by=by, alasan="Dana ditunda pusat.")
    baru = send_funded(pilahan=satu, versi=satu.versi, by=by, alasan="Dana ditunda pusat.")
    assert (baru.status, baru.diminta, baru.alasan_kirim) == ("antre", 160_000_000, "Dana ditunda pusat.")
    assert JejakAudit.objects.filter(aksi="pilahan.status", alasan="Dana ditunda pusat.").count() == 1
    skpd = baru.skpd or pilahan(berdana, 6).skpd
    choose_skpd(pilahan=baru, versi=baru.versi, by=by, skpd=skpd)
    surat_skpd = usulan_skpd(berdana, str(skpd.pk))
    baris = next(b for b in surat_skpd["baris"] if b["nomor"] == 3)
    assert baris["diminta"] == 160_000_000
    assert (
        baris["keterangan"]
        == "Didanai Pagu Indikatif Kecamatan, Rp\xa0160.000.000, dari biaya Rp\xa0160.000.000. Tetap diusulkan: Dana ditunda pusat."
    )
    kata = [x.kalimat for x in fate(Usulan.objects.get(nomor=3))]
    assert "Tetap diusulkan kepada SKPD meskipun didanai program" in kata


def test_it_can_be_taken_back_until_an_skpd_is_settled(berdana, pemeran):
    by, satu = pemeran["bu_pmd"], pilahan(berdana, 1)
    baru = send_funded(pilahan=satu, versi=satu.versi, by=by, alasan="Salah tekan saja.")
    lagi = keep_funded(pilahan=baru, versi=baru.versi, by=by)
    assert (lagi.status, lagi.diminta, lagi.alasan_kirim, lagi.skpd) == (StatusPilahan.DIDANAI, 0, "", None)
    with pytest.raises(Refused, match="diubah orang lain"):
        keep_funded(pilahan=lagi, versi=lagi.versi, by=by)


def test_the_pages_and_the_button(berdana, masuk):
    client, url = masuk("bu_pmd"), f"/m/{berdana.slug}/rkp/pemilahan/"
    html = client.get(f"{url}?status=didanai").content.decode()
    assert "3 kegiatan lain didanai penuh oleh program" in html
    satu = pilahan(berdana, 2)
    jawab = client.post(
        f"{url}{satu.pk}/tetap-kirim/", {"versi": satu.versi, "alasan": "Dananya ditunda."}, follow=True
    )
    assert "Tidak jadi diusulkan" in jawab.content.decode()
    kini = pilahan(berdana, 2)
    client.post(f"{url}{kini.pk}/tetap-kirim/", {"versi": kini.versi, "aksi": "batal"})
    assert pilahan(berdana, 2).status == "didanai"
    assert masuk("pemandu").post(f"{url}{kini.pk}/tetap-kirim/", {"versi": 1, "alasan": "xxxxx"}).status_code == 403
    baris = BarisRkp.objects.get(nomor=1).pk
    for alamat in (
        f"/m/{berdana.slug}/rkp/",
        reverse("rkp:row", args=[berdana.slug, baris]),
        f"/publik/{berdana.slug}/1/",
    ):
        assert "Pagu Indikatif Kecamatan" in client.get(alamat).content.decode(), alamat
    assert "Pagu Indikatif Kecamatan" in client.get(f"/m/{berdana.slug}/rkp/versi/1/").content.decode()


def test_the_desa_reads_who_pays(berdana, masuk):
    kabar = village_digest(berdana, berdana.kecamatan.desa_set.all())
    per = {k.usulan.nomor: k for satu in kabar.values() for k in satu}
    assert per[1].dana == "Didanai Pagu Indikatif Kecamatan, Rp\xa0105.000.000"
    assert per[1].berikut == "Dikerjakan dengan dana Pagu Indikatif Kecamatan."
    assert per[4].dana.endswith("sisanya Rp\xa031.000.000")
    langkah = [x.kalimat for x in fate(Usulan.objects.get(nomor=1))]
    assert "Didanai Pagu Indikatif Kecamatan, Rp\xa0105.000.000 dari Rp\xa0105.000.000 (peringkat 1)" in langkah
    assert langkah[-1] == "Tidak diteruskan kepada SKPD, karena sudah didanai program"
    assert "SKPD" not in per[1].berikut
    assert not unfunded(berdana).filter(nomor=1).exists()
    html = masuk("operator_desa").get(f"/m/{berdana.slug}/tindak-lanjut/kabar/").content.decode()
    assert "Didanai Pagu Indikatif Kecamatan, Rp\xa0160.000.000" in html


def test_papers_lists_and_open_data_agree_to_the_rupiah(berdana, masuk, client):
    per_kertas = {
        "rkp": rkp(berdana),
        "td4": prioritas_skpd(berdana),
        "durkp": durkp(berdana),
    }
    for nama, data in per_kertas.items():
        assert data["dana"]["rp"] == PAGU, nama
        assert data["dana"]["kalimat"].startswith("Di antaranya 4 kegiatan didanai program (3 penuh dan 1 sebagian)")
        assert sum(b["dana_rp"] for k in data["kelompok"] for b in k["baris"]) == PAGU
    assert sum("Didanai" in b["dana"] for d in kabar_desa(berdana)["desa"] for b in d["baris"]) == 4
    assert "Rp\xa0420.000.000" in pengantar_bappeda(berdana)["dana"]
    publik = client.get(f"/publik/{berdana.slug}/data.json").json()
    assert sum(k["jumlah_program"] or 0 for k in publik["kegiatan"]) == PAGU
    assert {"didanai_program", "jumlah_program", "keadaan_dana"} <= set(publik["kolom"])
    html = flat(client.get(f"/publik/{berdana.slug}/"))
    assert "Program sudah mendanai <strong>4 kegiatan</strong> (1 sebagian)" in html
    kab = berdana.kecamatan.kabupaten.kode
    terbuka = "".join(b.decode() for b in client.get(f"/publik/kabupaten/{kab}/2026.csv"))
    assert terbuka.count("Didanai program") == 3
    bappeda = masuk("bu_bappeda")
    assert "Rp\xa0420.000.000" in bappeda.get("/kabupaten/durkp/?tahun=2026").content.decode()
    assert "Rehabilitasi irigasi" in bappeda.get("/kabupaten/durkp/?tahun=2026&skpd=-1").content.decode()
    for alamat in (f"/m/{berdana.slug}/rkp/unduh/", "/kabupaten/durkp/unduh/?tahun=2026"):
        jawab = bappeda.get(alamat)
        mentah = b"".join(jawab) if jawab.streaming else jawab.content
        angka = [s for r in load_workbook(BytesIO(mentah)).active.iter_rows(values_only=True) for s in r[-1:]]
        assert sum(n for n in angka if isinstance(n, int)) == PAGU, alamat


def test_the_whole_event_carries_it(berdana):
    keluar = StringIO()
    import sys

    lama, sys.stdout = sys.stdout, keluar
    try:
        call_command("ekspor_musrenbang", berdana.slug)
    finally:
        sys.stdout = lama
    assert '"program": "Pagu Indikatif Kecamatan"' in keluar.getvalue()


def test_the_check_reports_money_twice(berdana, pemeran):
    sort_works(berdana, pemeran["bu_pmd"])
    assert broken_invariants(berdana) == []
    p, satu = Pemeringkatan.objects.get(), pilahan(berdana, 1)
    baru = send_funded(pilahan=satu, versi=satu.versi, by=pemeran["bu_pmd"], alasan="Tetap perlu.")
    choose_skpd(pilahan=baru, versi=baru.versi, by=pemeran["bu_pmd"], skpd=pilahan(berdana, 6).skpd)
    send_all(berdana, pemeran["bu_pmd"])
    answer_work(pilahan=pilahan(berdana, 1), versi=0, by=pemeran["bu_pmd"], jawaban="diakomodir")
    rusak = broken_invariants(berdana)
    assert len(rusak) == 1
    assert rusak[0].startswith("No. 1 didanai dua kali: didanai Pagu Indikatif Kecamatan, Rp\xa0105.000.000, dan Dinas")
    DanaProgram.objects.create(baris=BarisRkp.objects.get(nomor=2), kode="lain", program="Lain", jumlah=5, peringkat=1)
    rusak = " ".join(broken_invariants(berdana))
    assert "No. 2 didanai Pagu Indikatif Kecamatan dan Lain Rp\xa0120.000.005, melebihi biayanya" in rusak
    assert "tidak sama dengan peringkat yang ditetapkan" in rusak
    with pytest.raises(CommandError):
        call_command("check_musrenbang", berdana.slug, stdout=StringIO())
    assert p.kode == "piwk"


def test_stepping_back_takes_the_money_back(acara, peringkat, pemeran):
    fix_pemeringkatan(pemeringkatan=peringkat, by=pemeran["pak_sekcam"])
    assert DanaProgram.objects.count() == 3
    advance_musrenbang(
        musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=pemeran["pak_sekcam"], alasan="Dibahas lagi."
    )
    assert DanaProgram.objects.count() == 0
    assert BarisVersi.objects.exists()


def test_the_desa_is_not_told_to_build_with_money_that_is_held_back(berdana):
    """MPD-39: the programme gives it, and it is held back by a Berita Acara."""
    Pemeringkatan.objects.update(ditunda="Kecamatan bermasalah.", ditunda_ba="BA/1")
    kabar = village_digest(berdana, berdana.kecamatan.desa_set.all())
    per = {k.usulan.nomor: k for satu in kabar.values() for k in satu}
    assert per[1].berikut == "Dana Pagu Indikatif Kecamatan sedang ditunda; tunggu kabar berikutnya."
    assert per[1].dana.startswith("Didanai Pagu Indikatif Kecamatan")
