"""The papers that guides name beside the Berita Acara: word to Bappeda, announcement, materials, briefing, copies."""

import re
from datetime import date, time
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from lxml import html
from openpyxl import load_workbook

from berita_acara.dokumen import kepala_surat
from berita_acara.dokumen.cetakan import cetakan_content, cetakan_context, cetakan_xlsx, stale_papers
from berita_acara.dokumen.jenis import CETAKAN
from berita_acara.dokumen.tembusan import receivers
from berita_acara.queries import kop_of
from berita_acara.services.terbit import issue_berita_acara, issue_dokumen
from berita_acara.syarat import berita_acara_issued
from berita_acara.templatetags.dokumen import berpasangan
from musrenbang.infra.pdf.cetak import render_pdf
from musrenbang.models import Dokumen, Musrenbang, Skpd
from musrenbang.naskah import addressee, is_own_office
from musrenbang.persiapan.services.tim import fill_tim, save_decree
from musrenbang.sidang.services.agenda import fill_agenda
from musrenbang.transisi import Refused
from rkp.models import BarisVersi
from tests.berita_acara.test_kata_kertas import INGGRIS, KODE, words_of
from tests.berita_acara.test_surat import undang
from tests.halaman import flat
from tests.kertas import holes_in

BARU = ("pemberitahuan_bappeda", "pengumuman", "daftar_bahan", "pembekalan", "salinan_ba")


def kata(acara, jenis, bagian="", **lain):
    isi = cetakan_context(jenis, acara, bagian) | {"kop": kop_of(acara)} | lain
    return words_of(html.document_fromstring(render_to_string(CETAKAN[jenis].template, isi)).body)


def test_letters_wait_for_what_they_tell(acara, pemeran):
    Musrenbang.objects.filter(pk=acara.pk).update(tempat="", jam_mulai=None)
    acara.refresh_from_db()
    for jenis in ("pemberitahuan_bappeda", "pengumuman"):
        with pytest.raises(Refused, match="menunggu jam mulai, tempat sidang"):
            cetakan_content(jenis, acara)
    with pytest.raises(Refused, match="Tim pelaksana belum disusun"):
        cetakan_content("pembekalan", acara)


def test_bappeda_is_told_day_and_place_and_what_is_enclosed(usulan, pemeran):
    acara = usulan[0].musrenbang
    isi = cetakan_content("pemberitahuan_bappeda", acara)["isi"]
    assert "Rekapitulasi DU-RKP Desa" in isi["bahan"]
    assert not any("Susunan acara" in b for b in isi["bahan"]), "what is not there is not enclosed"
    teks = kata(acara, "pemberitahuan_bappeda")
    assert "Yth. Kepala Bappeda" in teks
    assert isi["fakta"]["tanggal"] in teks
    assert isi["fakta"]["tempat"] in teks


def test_the_announcement_names_its_last_day_and_is_replaced_when_the_day_moves(acara, pemeran, masuk):
    by = pemeran["pak_sekcam"]
    satu = issue_dokumen(musrenbang=acara, jenis="pengumuman", by=by)
    assert satu.nomor.startswith("000.7.2/001/PG-MRB/")
    assert issue_dokumen(musrenbang=acara, jenis="pengumuman", by=by).pk == satu.pk, "a second click numbers nothing"
    Musrenbang.objects.filter(pk=acara.pk).update(tanggal=date(2026, 2, 20), jam_mulai=time(9, 0))
    acara.refresh_from_db()
    assert stale_papers(acara)["pengumuman", ""]
    dua = issue_dokumen(musrenbang=acara, jenis="pengumuman", by=by)
    teks = kata(acara, "pengumuman", menggantikan=dua.isi["menggantikan"])
    assert "dipasang paling lambat 13 Februari 2026" in teks
    assert f"Pengumuman ini menggantikan pengumuman nomor {satu.nomor}" in teks
    Musrenbang.objects.filter(pk=acara.pk).update(tahap="pleno", tempat="Aula lain")
    acara.refresh_from_db()
    assert stale_papers(acara) == {}, "what it announced has come"
    with pytest.raises(Refused):
        issue_dokumen(musrenbang=acara, jenis="pengumuman", by=by)
    assert "sampai tahap Siap sidang" in flat(masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/"))
    assert Dokumen.objects.filter(jenis="pengumuman").count() == 2


def test_what_came_up_after_the_letter_contradicts_nothing(usulan, pemeran):
    acara, by = usulan[0].musrenbang, pemeran["bu_pmd"]
    issue_dokumen(musrenbang=acara, jenis="pemberitahuan_bappeda", by=by)
    fill_agenda(musrenbang=acara, by=by)
    assert stale_papers(acara) == {}
    usulan[0].musrenbang.usulan.all().delete()
    assert stale_papers(acara) == {("pemberitahuan_bappeda", ""): ["bahan yang dilampirkan"]}


def test_materials_are_listed_and_signed_for(usulan, pemeran):
    acara, by = usulan[0].musrenbang, pemeran["pak_sekcam"]
    undang(acara, by, "Siti Aminah, S.Sos.")
    isi = cetakan_content("daftar_bahan", acara)["isi"]
    assert {b["nama"]: b["isi"] for b in isi["bahan"]}["Rekapitulasi DU-RKP Desa"] == f"{acara.usulan.count()} usulan"
    teks = kata(acara, "daftar_bahan")
    assert "TANDA TERIMA BAHAN MUSRENBANG KECAMATAN" in teks
    assert "Siti Aminah, S.Sos." in teks
    buku = load_workbook(BytesIO(cetakan_xlsx("daftar_bahan", acara)))
    assert buku.sheetnames == ["Bahan", "Penerima"]
    assert any("Siti Aminah" in str(s.value) for s in buku["Penerima"]["B"])


def test_the_briefing_has_a_list_to_sign_and_says_what_is_recorded(acara, pemeran):
    by = pemeran["bu_pmd"]
    fill_tim(musrenbang=acara, by=by)
    teks = kata(acara, "pembekalan")
    assert "Hari/tanggal ........" in teks, "what is not recorded is left open"
    for a in acara.tim.all():
        assert a.nama in teks
    isi = {"nomor": "", "tanggal": None, "pembekalan_catatan": "Latihan mengisi skor."}
    isi |= {"pembekalan_tanggal": date(2026, 2, 2), "pembekalan_tempat": "Aula"}
    save_decree(musrenbang=acara, by=by, versi=1, **isi)
    teks = kata(acara, "pembekalan")
    assert "Senin, 2 Februari 2026" in teks
    assert "Latihan mengisi skor." in teks
    assert "67% desa terwakili" in teks
    assert cetakan_xlsx("pembekalan", acara)


def test_copies_go_to_the_bupati_and_each_agency_of_the_plan_but_never_to_this_office(siap_terbit, pemeran):
    acara, by = siap_terbit, pemeran["pak_sekcam"]
    with pytest.raises(Refused, match="Berita Acara belum diterbitkan"):
        cetakan_content("salinan_ba", acara, "bupati")
    dasar = issue_berita_acara(musrenbang=acara, by=by)
    semua = dict(receivers(acara))
    diminta = set(BarisVersi.objects.filter(keputusan__startswith="disepakati").values_list("skpd__nama", flat=True))
    assert set(semua.values()) == {"Bupati Lombok Timur", *diminta - {None}}
    teks = kata(acara, "salinan_ba", "bupati")
    assert f"nomor {dasar.nomor} tanggal" in teks
    assert "TANDA TERIMA" in teks
    assert "Yth. Bupati Lombok Timur di Tempat" in teks
    sendiri = Skpd.objects.get(pk=CETAKAN["usulan_skpd"].bagian(acara)[0][0])
    Skpd.objects.filter(pk=sendiri.pk).update(nama=f"Kecamatan {acara.kecamatan.nama}")
    assert str(sendiri.pk) not in dict(receivers(acara))
    surat = kata(acara, "usulan_skpd", str(sendiri.pk))
    assert "Yth." not in surat
    assert "menjadi urusan kantor sendiri" in surat


@pytest.mark.parametrize(
    "nama, to, sendiri",
    [
        ("Dinas Pendidikan", "Kepala Dinas Pendidikan", False),
        ("Inspektorat Daerah", "Inspektur Daerah", False),
        ("Sekretariat Daerah", "Sekretaris Daerah", False),
        ("RSUD Selong", "Direktur RSUD Selong", False),
        ("Kecamatan Sikur", "Camat Sikur", True),
        ("Kantor Camat", "Camat", True),
        ("Kecamatan Masbagik", "Camat Masbagik", False),
    ],
)
def test_the_head_of_an_agency_is_addressed_by_the_right_title(nama, to, sendiri):
    assert addressee(nama, "Camat") == to
    assert is_own_office(nama, "Sikur") is sendiri


def test_the_agenda_is_signed_by_who_leads_the_team_not_by_who_presides(acara, pemeran):
    fill_tim(musrenbang=acara, by=pemeran["bu_pmd"])
    acara.pimpinan_sidang = "Orang Lain"
    kepala = kepala_surat.head_of(acara)
    assert (kepala["pimpinan_sidang"], kepala["ketua_tim"]) == ("Orang Lain", "Pak Sekcam")


def test_the_agenda_of_the_announcement_is_read_down_one_column_and_then_the_other():
    assert berpasangan([1, 2, 3]) == [(1, 3), (2, None)]
    assert berpasangan([]) == []


def test_the_chapters_of_the_plan_say_where_what_and_from_which_money(siap_terbit):
    """The sums by bidang and by source are the sum of what was agreed."""
    isi = cetakan_content("rkp", siap_terbit)["isi"]
    bab, sepakat = isi["bab"], isi["jumlah"]["sepakat"]
    assert bab["profil"]["desa"] == siap_terbit.kecamatan.desa_set.count()
    for bagian in ("bidang", "sumber"):
        assert sum(r["n"] for r in bab[bagian]) == sepakat["n"], bagian
        assert sum(r["rp"] for r in bab[bagian]) == sepakat["rp"] > 0, bagian
    teks = kata(siap_terbit, "rkp")
    assert "Menurut sumber dana: No. Sumber dana" in teks
    for nama in siap_terbit.kecamatan.desa_set.values_list("nama", flat=True):
        assert nama in bab["profil"]["nama"]


def test_a_berita_acara_of_an_older_release_that_waits_for_signatures_still_counts(siap_terbit, pemeran, monkeypatch):
    """What this release writes besides (groups, hours, head of the team) makes no issued paper out of date."""
    dok = issue_berita_acara(musrenbang=siap_terbit, by=pemeran["pak_sekcam"])
    kepala = {k: v for k, v in dok.isi["kepala"].items() if k not in {"ketua_tim", "ketua_nip", "pimpinan_nip"}}
    kepala["camat"] = {k: v for k, v in kepala["camat"].items() if k != "pangkat"}
    isi = {k: v for k, v in dok.isi.items() if k not in {"hasil_kelompok", "waktu", "jangkar"}} | {"kepala": kepala}
    lama = [Dokumen(isi=isi, sha256="0" * 64, nomor=dok.nomor)]
    monkeypatch.setattr("berita_acara.syarat.latest_berita_acara", lambda _: lama[-1])
    assert berita_acara_issued(siap_terbit) == []
    beda = isi | {"hadir": isi["hadir"] | {"jumlah": 999}}
    lama.append(Dokumen(isi=beda, sha256="0" * 64, nomor=dok.nomor))
    (kurang,) = berita_acara_issued(siap_terbit)
    assert "tidak lagi sesuai" in kurang.text, "what it does say must still be so"


def test_the_news_for_a_desa_claims_no_outcome_before_there_is_one(usulan):
    """The Camat signs it: before the plan is fixed nothing was agreed, and nothing was refused either."""
    teks = kata(usulan[0].musrenbang, "kabar_desa")
    assert "belum diputuskan karena RKP Kecamatan belum ditetapkan." in teks
    assert "disepakati dalam Musrenbang" not in teks


def test_no_line_of_a_letter_is_torn_open(acara, pemeran):
    """Seen on the laid-out page: a justified line with gaps of more than three spaces is a hole."""
    by = pemeran["bu_pmd"]
    fill_tim(musrenbang=acara, by=by)
    fill_agenda(musrenbang=acara, by=by)
    for jenis in ("sk_tim", "pemberitahuan_bappeda", "pengumuman"):
        isi = cetakan_context(jenis, acara) | {"kop": kop_of(acara), "logo": ""}
        assert holes_in(render_pdf(CETAKAN[jenis].template, isi)) == [], jenis


def test_with_nothing_recorded_each_paper_says_what_it_waits_for_or_leaves_blanks(acara, pemeran):
    """No paper fails, and none prints a code name, an English word or a doubled mark where a fact is missing."""
    Musrenbang.objects.filter(pk=acara.pk).update(tempat="", jam_mulai=None, tanggal=None)
    acara = Musrenbang.objects.with_place().get(pk=acara.pk)
    printed, menunggu = set(), {}
    for jenis, cetakan in CETAKAN.items():
        bagian = cetakan.bagian(acara) if cetakan.bagian else [("", "")]
        if not bagian:
            assert cetakan.belum.endswith("."), jenis
            continue
        try:
            teks = kata(acara, jenis, bagian[0][0])
        except Refused as sebab:
            menunggu[jenis] = str(sebab)
            continue
        printed.add(jenis)
        teks = re.sub(r"https?://[^\s;)]+|\S+\.pyz?\b.*?(?= )|--\w+", "alamat", teks)
        assert [m.group() for pola in (KODE, INGGRIS) for m in pola.finditer(teks)] == [], jenis
        assert "None" not in teks, jenis
    assert {"daftar_bahan", "daftar_hadir_kosong", "notulen_kosong", "tanda_terima"} <= printed
    assert {"pengumuman", "pembekalan", "undangan", "berita_acara", "durkp"} <= set(menunggu)
    assert all(len(s) > 25 and s.endswith(".") for s in menunggu.values()), menunggu
