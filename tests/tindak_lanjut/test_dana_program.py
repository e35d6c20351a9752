"""What a fixed ranking gives to a work is part of the work: in the sorting, the letters, the desa's news, every list."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from alur.demo.afterwards import send_all, sort_works
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
from tindak_lanjut.queries.fate import fate
from tindak_lanjut.queries.kabar import village_digest
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


def test_the_outcome_is_written_with_the_ranking_and_taken_back_with_it(funded_event):
    baris = {b.nomor: dana_of(b) for b in rows(funded_event.rkp)}
    assert {n: (d.keadaan, d.jumlah, d.sisa) for n, d in baris.items() if d.jumlah} == {
        1: ("penuh", 105_000_000, 0),
        2: ("penuh", 120_000_000, 0),
        3: ("penuh", 160_000_000, 0),
        4: ("sebagian", 35_000_000, 31_000_000),
    }
    beku = {b.nomor: dana_of(b).jumlah for b in version_rows(official_version(funded_event))}
    assert beku == {n: d.jumlah for n, d in baris.items()}
    assert sum(beku.values()) == Pemeringkatan.objects.get().hasil["ringkasan"]["didanai"] == PAGU


def test_funded_works_leave_the_sorting_and_the_rest_of_a_part_is_asked_for(funded_event):
    summary_line = sorting_summary(funded_event)
    assert (summary_line.didanai, summary_line.semua) == (3, 2)
    assert {p.baris.nomor: p.diminta for p in list_pilahan(funded_event) if p.status != "didanai"} == {
        4: 31_000_000,
        6: 180_000_000,
    }


def test_the_stage_knows_them(funded_event, cast):
    sort_works(funded_event, cast["bu_pmd"])
    send_all(funded_event, cast["bu_pmd"])
    advance_musrenbang(musrenbang=funded_event, dari=Tahap.PEMILAHAN, ke=Tahap.SELESAI, by=cast["pak_sekcam"])
    assert funded_event.tahap == Tahap.SELESAI


def test_sending_one_all_the_same_takes_a_reason_that_is_printed(funded_event, cast):
    by, one = cast["bu_pmd"], pilahan(funded_event, 3)
    with pytest.raises(Refused, match="sudah didanai program"):
        send_funded(pilahan=one, versi=one.versi, by=by, alasan=" ")
    with pytest.raises(Refused, match="diubah orang lain"):
        send_funded(pilahan=one, versi=one.versi + 1, by=by, alasan="Dana ditunda pusat.")
    baru = send_funded(pilahan=one, versi=one.versi, by=by, alasan="Dana ditunda pusat.")
    assert (baru.status, baru.diminta, baru.alasan_kirim) == ("antre", 160_000_000, "Dana ditunda pusat.")
    assert JejakAudit.objects.filter(aksi="pilahan.status", alasan="Dana ditunda pusat.").count() == 1
    skpd = baru.skpd or pilahan(funded_event, 6).skpd
    choose_skpd(pilahan=baru, versi=baru.versi, by=by, skpd=skpd)
    surat_skpd = usulan_skpd(funded_event, str(skpd.pk))
    baris = next(b for b in surat_skpd["baris"] if b["nomor"] == 3)
    assert baris["diminta"] == 160_000_000
    assert (
        baris["keterangan"]
        == "Didanai Pagu Indikatif Kecamatan, Rp160.000.000, dari biaya Rp160.000.000. Tetap diusulkan: Dana ditunda pusat."
    )
    kata = [x.kalimat for x in fate(Usulan.objects.get(nomor=3))]
    assert "Tetap diusulkan kepada SKPD meskipun didanai program" in kata


def test_it_can_be_taken_back_until_an_skpd_is_settled(funded_event, cast):
    by, one = cast["bu_pmd"], pilahan(funded_event, 1)
    baru = send_funded(pilahan=one, versi=one.versi, by=by, alasan="Salah tekan saja.")
    lagi = keep_funded(pilahan=baru, versi=baru.versi, by=by)
    assert (lagi.status, lagi.diminta, lagi.alasan_kirim, lagi.skpd) == (StatusPilahan.DIDANAI, 0, "", None)
    with pytest.raises(Refused, match="diubah orang lain"):
        keep_funded(pilahan=lagi, versi=lagi.versi, by=by)


def test_the_pages_and_the_button(funded_event, masuk):
    client, url = masuk("bu_pmd"), f"/m/{funded_event.slug}/rkp/pemilahan/"
    html = client.get(f"{url}?status=didanai").content.decode()
    assert "3 kegiatan lain didanai penuh oleh program" in html
    one = pilahan(funded_event, 2)
    response = client.post(
        f"{url}{one.pk}/tetap-kirim/", {"versi": one.versi, "alasan": "Dananya ditunda."}, follow=True
    )
    assert "Tidak jadi diusulkan" in response.content.decode()
    current = pilahan(funded_event, 2)
    client.post(f"{url}{current.pk}/tetap-kirim/", {"versi": current.versi, "aksi": "batal"})
    assert pilahan(funded_event, 2).status == "didanai"
    assert masuk("pemandu").post(f"{url}{current.pk}/tetap-kirim/", {"versi": 1, "alasan": "xxxxx"}).status_code == 403
    baris = BarisRkp.objects.get(nomor=1).pk
    for alamat in (
        f"/m/{funded_event.slug}/rkp/",
        reverse("rkp:row", args=[funded_event.slug, baris]),
        f"/publik/{funded_event.slug}/1/",
    ):
        assert "Pagu Indikatif Kecamatan" in client.get(alamat).content.decode(), alamat
    assert "Pagu Indikatif Kecamatan" in client.get(f"/m/{funded_event.slug}/rkp/versi/1/").content.decode()


def test_the_desa_reads_who_pays(funded_event, masuk):
    kabar = village_digest(funded_event, funded_event.kecamatan.desa_set.all())
    per = {k.usulan.nomor: k for one in kabar.values() for k in one}
    assert per[1].dana == "Didanai Pagu Indikatif Kecamatan, Rp105.000.000"
    assert per[1].berikut == "Dikerjakan dengan dana Pagu Indikatif Kecamatan."
    assert per[4].dana.endswith("sisanya Rp31.000.000")
    step = [x.kalimat for x in fate(Usulan.objects.get(nomor=1))]
    assert "Didanai Pagu Indikatif Kecamatan, Rp105.000.000 dari Rp105.000.000 (peringkat 1)" in step
    assert step[-1] == "Tidak diteruskan kepada SKPD, karena sudah didanai program"
    assert "SKPD" not in per[1].berikut
    assert not unfunded(funded_event).filter(nomor=1).exists()
    html = masuk("operator_desa").get(f"/m/{funded_event.slug}/tindak-lanjut/kabar/").content.decode()
    assert "Didanai Pagu Indikatif Kecamatan, Rp160.000.000" in html


def test_papers_lists_and_open_data_agree_to_the_rupiah(funded_event, masuk, client):
    per_paper = {
        "rkp": rkp(funded_event),
        "td4": prioritas_skpd(funded_event),
        "durkp": durkp(funded_event),
    }
    for nama, data in per_paper.items():
        assert data["dana"]["rp"] == PAGU, nama
        assert data["dana"]["kalimat"].startswith("Di antaranya 4 kegiatan didanai program (3 penuh dan 1 sebagian)")
        assert sum(b["dana_rp"] for k in data["kelompok"] for b in k["baris"]) == PAGU
    assert sum("Didanai" in b["dana"] for d in kabar_desa(funded_event)["desa"] for b in d["baris"]) == 4
    assert "Rp420.000.000" in pengantar_bappeda(funded_event)["dana"]
    public = client.get(f"/publik/{funded_event.slug}/data.json").json()
    assert sum(k["jumlah_program"] or 0 for k in public["kegiatan"]) == PAGU
    assert {"didanai_program", "jumlah_program", "keadaan_dana"} <= set(public["kolom"])
    html = flat(client.get(f"/publik/{funded_event.slug}/"))
    assert "Program sudah mendanai <strong>4 kegiatan</strong> (1 sebagian)" in html
    regency = funded_event.kecamatan.kabupaten.kode
    opened = "".join(b.decode() for b in client.get(f"/publik/kabupaten/{regency}/2026.csv"))
    assert opened.count("Didanai program") == 3
    bappeda = masuk("bu_bappeda")
    assert "Rp420.000.000" in bappeda.get("/kabupaten/durkp/?tahun=2026").content.decode()
    assert "Rehabilitasi irigasi" in bappeda.get("/kabupaten/durkp/?tahun=2026&skpd=-1").content.decode()
    for alamat in (f"/m/{funded_event.slug}/rkp/unduh/", "/kabupaten/durkp/unduh/?tahun=2026"):
        response = bappeda.get(alamat)
        mentah = b"".join(response) if response.streaming else response.content
        number = [s for r in load_workbook(BytesIO(mentah)).active.iter_rows(values_only=True) for s in r[-1:]]
        assert sum(n for n in number if isinstance(n, int)) == PAGU, alamat


def test_the_whole_event_carries_it(funded_event):
    leaving = StringIO()
    import sys

    lama, sys.stdout = sys.stdout, leaving
    try:
        call_command("ekspor_musrenbang", funded_event.slug)
    finally:
        sys.stdout = lama
    assert '"program": "Pagu Indikatif Kecamatan"' in leaving.getvalue()


def test_the_check_reports_money_twice(funded_event, cast):
    sort_works(funded_event, cast["bu_pmd"])
    assert broken_invariants(funded_event) == []
    p, one = Pemeringkatan.objects.get(), pilahan(funded_event, 1)
    baru = send_funded(pilahan=one, versi=one.versi, by=cast["bu_pmd"], alasan="Tetap perlu.")
    choose_skpd(pilahan=baru, versi=baru.versi, by=cast["bu_pmd"], skpd=pilahan(funded_event, 6).skpd)
    send_all(funded_event, cast["bu_pmd"])
    answer_work(pilahan=pilahan(funded_event, 1), versi=0, by=cast["bu_pmd"], jawaban="diakomodir")
    broken = broken_invariants(funded_event)
    assert len(broken) == 1
    assert broken[0].startswith("No. 1 didanai dua kali: didanai Pagu Indikatif Kecamatan, Rp105.000.000, dan Dinas")
    DanaProgram.objects.create(baris=BarisRkp.objects.get(nomor=2), kode="lain", program="Lain", jumlah=5, peringkat=1)
    broken = " ".join(broken_invariants(funded_event))
    assert "No. 2 didanai Pagu Indikatif Kecamatan dan Lain Rp120.000.005, melebihi biayanya" in broken
    assert "tidak sama dengan peringkat yang ditetapkan" in broken
    with pytest.raises(CommandError):
        call_command("check_musrenbang", funded_event.slug, stdout=StringIO())
    assert p.kode == "piwk"


def test_stepping_back_takes_the_money_back(acara, peringkat, cast):
    fix_pemeringkatan(pemeringkatan=peringkat, by=cast["pak_sekcam"])
    assert DanaProgram.objects.count() == 3
    advance_musrenbang(
        musrenbang=acara, dari=Tahap.PRIORITAS, ke=Tahap.PLENO, by=cast["pak_sekcam"], alasan="Dibahas lagi."
    )
    assert DanaProgram.objects.count() == 0
    assert BarisVersi.objects.exists()


def test_the_desa_is_not_told_to_build_with_money_that_is_held_back(funded_event):
    """MPD-39: the programme gives it, and it is held back by a Berita Acara."""
    Pemeringkatan.objects.update(ditunda="Kecamatan bermasalah.", ditunda_ba="BA/1")
    kabar = village_digest(funded_event, funded_event.kecamatan.desa_set.all())
    per = {k.usulan.nomor: k for one in kabar.values() for k in one}
    assert per[1].berikut == "Dana Pagu Indikatif Kecamatan sedang ditunda; tunggu kabar berikutnya."
    assert per[1].dana.startswith("Didanai Pagu Indikatif Kecamatan")
