"""The papers that guides name beside the Berita Acara: word to Bappeda, announcement, materials, briefing, copies."""

import re
from datetime import date, time
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from lxml import html
from openpyxl import load_workbook

from berita_acara.dokumen import letter_head
from berita_acara.dokumen.cetakan import cetakan_content, cetakan_context, cetakan_xlsx, stale_papers
from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.dokumen.tembusan import receivers
from berita_acara.queries import kop_of
from berita_acara.services.issue import issue_berita_acara, issue_dokumen
from berita_acara.syarat import berita_acara_issued
from berita_acara.templatetags.dokumen import berpasangan
from musrenbang.infra.pdf.printing import render_pdf
from musrenbang.models import Dokumen, Musrenbang, Skpd
from musrenbang.naskah import addressee, is_own_office
from musrenbang.persiapan.services.tim import fill_tim, save_decree
from musrenbang.sidang.services.agenda import fill_agenda
from musrenbang.transisi import Refused
from rkp.models import BarisVersi
from tests.berita_acara.test_paper_words import INGGRIS, KODE, words_of
from tests.berita_acara.test_surat import invite
from tests.halaman import flat
from tests.papers import holes_in
from tests.some import some

BARU = ("pemberitahuan_bappeda", "pengumuman", "daftar_bahan", "pembekalan", "salinan_ba")


def kata(acara, jenis, bagian="", **other):
    content = cetakan_context(jenis, acara, bagian) | {"kop": kop_of(acara)} | other
    return words_of(html.document_fromstring(render_to_string(CETAKAN[jenis].template, content)).body)


def test_letters_wait_for_what_they_tell(acara, cast):
    Musrenbang.objects.filter(pk=acara.pk).update(tempat="", jam_mulai=None)
    acara.refresh_from_db()
    for jenis in ("pemberitahuan_bappeda", "pengumuman"):
        with pytest.raises(Refused, match="menunggu jam mulai, tempat sidang"):
            cetakan_content(jenis, acara)
    with pytest.raises(Refused, match="Tim pelaksana belum disusun"):
        cetakan_content("pembekalan", acara)


def test_bappeda_is_told_day_and_place_and_what_is_enclosed(usulan, cast):
    acara = usulan[0].musrenbang
    content = cetakan_content("pemberitahuan_bappeda", acara)["isi"]
    assert "Rekapitulasi DU-RKP Desa" in content["bahan"]
    assert not any("Susunan acara" in b for b in content["bahan"]), "what is not there is not enclosed"
    words = kata(acara, "pemberitahuan_bappeda")
    assert "Yth. Kepala Bappeda" in words
    assert content["fakta"]["tanggal"] in words
    assert content["fakta"]["tempat"] in words


def test_the_announcement_names_its_last_day_and_is_replaced_when_the_day_moves(acara, cast, masuk):
    by = cast["pak_sekcam"]
    one = issue_dokumen(musrenbang=acara, jenis="pengumuman", by=by)
    assert one.nomor.startswith("000.7.2/001/PG-MRB/")
    assert issue_dokumen(musrenbang=acara, jenis="pengumuman", by=by).pk == one.pk, "a second click numbers nothing"
    Musrenbang.objects.filter(pk=acara.pk).update(tanggal=date(2026, 2, 20), jam_mulai=time(9, 0))
    acara.refresh_from_db()
    assert stale_papers(acara)["pengumuman", ""]
    dua = issue_dokumen(musrenbang=acara, jenis="pengumuman", by=by)
    words = kata(acara, "pengumuman", menggantikan=dua.isi["menggantikan"])
    assert "dipasang paling lambat 13 Februari 2026" in words
    assert f"Pengumuman ini menggantikan pengumuman nomor {one.nomor}" in words
    Musrenbang.objects.filter(pk=acara.pk).update(tahap="pleno", tempat="Aula lain")
    acara.refresh_from_db()
    assert stale_papers(acara) == {}, "what it announced has come"
    with pytest.raises(Refused):
        issue_dokumen(musrenbang=acara, jenis="pengumuman", by=by)
    assert "sampai tahap Siap sidang" in flat(masuk("pak_sekcam").get(f"/m/{acara.slug}/berita-acara/"))
    assert Dokumen.objects.filter(jenis="pengumuman").count() == 2


def test_what_came_up_after_the_letter_contradicts_nothing(usulan, cast):
    acara, by = usulan[0].musrenbang, cast["bu_pmd"]
    issue_dokumen(musrenbang=acara, jenis="pemberitahuan_bappeda", by=by)
    fill_agenda(musrenbang=acara, by=by)
    assert stale_papers(acara) == {}
    usulan[0].musrenbang.usulan.all().delete()
    assert stale_papers(acara) == {("pemberitahuan_bappeda", ""): ["bahan yang dilampirkan"]}


def test_materials_are_listed_and_signed_for(usulan, cast):
    acara, by = usulan[0].musrenbang, cast["pak_sekcam"]
    invite(acara, by, "Siti Aminah, S.Sos.")
    content = cetakan_content("daftar_bahan", acara)["isi"]
    assert {b["nama"]: b["isi"] for b in content["bahan"]}[
        "Rekapitulasi DU-RKP Desa"
    ] == f"{acara.usulan.count()} usulan"
    words = kata(acara, "daftar_bahan")
    assert "TANDA TERIMA BAHAN MUSRENBANG KECAMATAN" in words
    assert "Siti Aminah, S.Sos." in words
    workbook = load_workbook(BytesIO(cetakan_xlsx("daftar_bahan", acara)))
    assert workbook.sheetnames == ["Bahan", "Penerima"]
    assert any("Siti Aminah" in str(s.value) for s in workbook["Penerima"]["B"])


def test_the_briefing_has_a_list_to_sign_and_says_what_is_recorded(acara, cast):
    by = cast["bu_pmd"]
    fill_tim(musrenbang=acara, by=by)
    words = kata(acara, "pembekalan")
    assert "Hari/tanggal ........" in words, "what is not recorded is left open"
    for a in acara.tim.all():
        assert a.nama in words
    content = {"nomor": "", "tanggal": None, "pembekalan_catatan": "Latihan mengisi skor."}
    content |= {"pembekalan_tanggal": date(2026, 2, 2), "pembekalan_tempat": "Aula"}
    save_decree(musrenbang=acara, by=by, versi=1, **content)
    words = kata(acara, "pembekalan")
    assert "Senin, 2 Februari 2026" in words
    assert "Latihan mengisi skor." in words
    assert "67% desa terwakili" in words
    assert cetakan_xlsx("pembekalan", acara)


def test_copies_go_to_the_bupati_and_each_agency_of_the_plan_but_never_to_this_office(ready_to_issue, cast):
    acara, by = ready_to_issue, cast["pak_sekcam"]
    with pytest.raises(Refused, match="Berita Acara belum diterbitkan"):
        cetakan_content("salinan_ba", acara, "bupati")
    base = issue_berita_acara(musrenbang=acara, by=by)
    everything = dict(receivers(acara))
    diminta = set(BarisVersi.objects.filter(keputusan__startswith="disepakati").values_list("skpd__nama", flat=True))
    assert set(everything.values()) == {"Bupati Lombok Timur", *diminta - {None}}
    words = kata(acara, "salinan_ba", "bupati")
    assert f"nomor {base.nomor} tanggal" in words
    assert "TANDA TERIMA" in words
    assert "Yth. Bupati Lombok Timur di Tempat" in words
    alone = Skpd.objects.get(pk=CETAKAN["usulan_skpd"].bagian(acara)[0][0])
    Skpd.objects.filter(pk=alone.pk).update(nama=f"Kecamatan {acara.kecamatan.nama}")
    assert str(alone.pk) not in dict(receivers(acara))
    surat = kata(acara, "usulan_skpd", str(alone.pk))
    assert "Yth." not in surat
    assert "menjadi urusan kantor sendiri" in surat


@pytest.mark.parametrize(
    "nama, to, alone",
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
def test_the_head_of_an_agency_is_addressed_by_the_right_title(nama, to, alone):
    assert addressee(nama, "Camat") == to
    assert is_own_office(nama, "Sikur") is alone


def test_the_agenda_is_signed_by_who_leads_the_team_not_by_who_presides(acara, cast):
    fill_tim(musrenbang=acara, by=cast["bu_pmd"])
    acara.pimpinan_sidang = "Orang Lain"
    kepala = letter_head.head_of(acara)
    assert (kepala["pimpinan_sidang"], kepala["ketua_tim"]) == ("Orang Lain", "Pak Sekcam")


def test_the_agenda_of_the_announcement_is_read_down_one_column_and_then_the_other():
    assert berpasangan([1, 2, 3]) == [(1, 3), (2, None)]
    assert berpasangan([]) == []


def test_the_chapters_of_the_plan_say_where_what_and_from_which_money(ready_to_issue):
    """The sums by bidang and by source are the sum of what was agreed."""
    content = cetakan_content("rkp", ready_to_issue)["isi"]
    bab, agreed = content["bab"], content["jumlah"]["sepakat"]
    assert bab["profil"]["desa"] == ready_to_issue.kecamatan.desa_set.count()
    for bagian in ("bidang", "sumber"):
        assert sum(r["n"] for r in bab[bagian]) == agreed["n"], bagian
        assert sum(r["rp"] for r in bab[bagian]) == agreed["rp"] > 0, bagian
    words = kata(ready_to_issue, "rkp")
    assert "Menurut sumber dana: No. Sumber dana" in words
    for nama in ready_to_issue.kecamatan.desa_set.values_list("nama", flat=True):
        assert nama in bab["profil"]["nama"]


def test_a_berita_acara_of_an_older_release_that_waits_for_signatures_still_counts(ready_to_issue, cast, monkeypatch):
    """What this release writes besides (groups, hours, head of the team) makes no issued paper out of date."""
    document = issue_berita_acara(musrenbang=ready_to_issue, by=cast["pak_sekcam"])
    head_of = {k: v for k, v in document.isi["kepala"].items() if k not in {"ketua_tim", "ketua_nip", "pimpinan_nip"}}
    head_of["camat"] = {k: v for k, v in head_of["camat"].items() if k != "pangkat"}
    content = {k: v for k, v in document.isi.items() if k not in {"hasil_kelompok", "waktu", "jangkar"}} | {
        "kepala": head_of
    }
    lama = [Dokumen(isi=content, sha256="0" * 64, nomor=document.nomor)]
    monkeypatch.setattr("berita_acara.syarat.latest_berita_acara", lambda _: lama[-1])
    assert berita_acara_issued(ready_to_issue) == []
    diff = content | {"hadir": content["hadir"] | {"jumlah": 999}}
    lama.append(Dokumen(isi=diff, sha256="0" * 64, nomor=document.nomor))
    (missing,) = berita_acara_issued(ready_to_issue)
    assert "tidak lagi sesuai" in missing.text, "what it does say must still be so"


def test_the_news_for_a_desa_claims_no_outcome_before_there_is_one(usulan):
    """The Camat signs it: before the plan is fixed nothing was agreed, and nothing was refused either."""
    words = kata(usulan[0].musrenbang, "kabar_desa")
    assert "belum diputuskan karena RKP Kecamatan belum ditetapkan." in words
    assert "disepakati dalam Musrenbang" not in words


def test_no_line_of_a_letter_is_torn_open(acara, cast):
    """Seen on the laid-out page: a justified line with gaps of more than three spaces is a hole."""
    by = cast["bu_pmd"]
    fill_tim(musrenbang=acara, by=by)
    fill_agenda(musrenbang=acara, by=by)
    for jenis in ("sk_tim", "pemberitahuan_bappeda", "pengumuman"):
        content = cetakan_context(jenis, acara) | {"kop": kop_of(acara), "logo": ""}
        assert holes_in(render_pdf(CETAKAN[jenis].template, content)) == [], jenis


def test_with_nothing_recorded_each_paper_says_what_it_waits_for_or_leaves_blanks(acara, cast):
    """No paper fails, and none prints a code name, an English word or a doubled mark where a fact is missing."""
    Musrenbang.objects.filter(pk=acara.pk).update(tempat="", jam_mulai=None, tanggal=None)
    acara = Musrenbang.objects.with_place().get(pk=acara.pk)
    printed, waiting = set(), {}
    for jenis, cetakan in some(CETAKAN.items()):
        bagian = cetakan.bagian(acara) if cetakan.bagian else [("", "")]
        if not bagian:
            assert cetakan.belum.endswith("."), jenis
            continue
        try:
            words = kata(acara, jenis, bagian[0][0])
        except Refused as sebab:
            waiting[jenis] = str(sebab)
            continue
        printed.add(jenis)
        words = re.sub(r"https?://[^\s;)]+|\S+\.pyz?\b.*?(?= )|--\w+", "alamat", words)
        assert [m.group() for pola in (KODE, INGGRIS) for m in pola.finditer(words)] == [], jenis
        assert "None" not in words, jenis
    assert {"daftar_bahan", "daftar_hadir_kosong", "notulen_kosong", "tanda_terima"} <= printed
    assert {"pengumuman", "pembekalan", "undangan", "berita_acara", "durkp"} <= set(waiting)
    assert all(len(s) > 25 and s.endswith(".") for s in some(waiting.values())), waiting
