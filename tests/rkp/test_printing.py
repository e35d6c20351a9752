"""Group results and the RKP on paper and as spreadsheets: the same sums as the screen, to the rupiah."""

import io

import pytest
from django.template.loader import render_to_string
from openpyxl import load_workbook

from alur.services.acara import advance_musrenbang
from berita_acara.dokumen.cetakan import cetakan_context, cetakan_xlsx
from musrenbang import format as tulis
from musrenbang.infra.pdf.printing import render_pdf
from musrenbang.states import Tahap
from musrenbang.transisi import Refused
from rkp.queries.kelompok import list_kelompok
from rkp.queries.pagu import recap
from rkp.services.keputusan import decide_baris
from tests.conftest import content_putusan
from tests.halaman import flat
from tests.rkp.conftest import propose_everything
from tests.sheet_rows import rows_and_sums
from tests.some import some


def test_group_results(acara, kelompok, cast, masuk):
    for h in list_kelompok(acara):
        propose_everything(h, cast["pemandu"])
    contents = cetakan_context("hasil_kelompok", acara)["isi"]["kelompok"]
    layar = list_kelompok(acara)
    assert [(k["draf"], k["sepakat"], k["cadangan"]) for k in contents] == [
        (h.draf_rp, h.sepakat_rp, h.cadangan_rp) for h in layar
    ]
    assert sum(b["biaya"] or 0 for k in contents for b in k["baris"] if b["usul"] == "Disepakati") == sum(
        h.sepakat_rp for h in layar
    )
    halaman = masuk("pemandu").get(f"/m/{acara.slug}/rkp/kelompok/").content.decode()
    assert all(tulis.rupiah(h.sepakat_rp) in halaman for h in some(layar))
    berkas = masuk("pemandu").get(f"/m/{acara.slug}/rkp/kelompok/unduh/").content
    lembar = load_workbook(io.BytesIO(berkas)).active
    judul = next(r for r in lembar.iter_rows(values_only=True) if "Biaya menurut kelompok (Rp)" in r)
    usul, biaya = judul.index("Usul keputusan kelompok"), judul.index("Biaya menurut kelompok (Rp)")
    agree = [r[biaya] for r in lembar.iter_rows(values_only=True) if r[usul] == "Disepakati"]
    assert sum(agree) == sum(h.sepakat_rp for h in layar)


@pytest.mark.parametrize("pemandu", ["", "Hidayatullah, S.P."])
def test_a_name_that_ends_in_a_title_ends_the_sentence(acara, kelompok, pemandu):
    context = cetakan_context("hasil_kelompok", acara)
    for k in context["isi"]["kelompok"]:
        k |= {"ketua": "Umar", "notulis": "Baiq Ratna, S.Sos.", "pemandu": pemandu}
    kata = flat(render_to_string("pdf/hasil_kelompok.html", context))
    assert f"notulis Baiq Ratna, S.Sos.{', pemandu Hidayatullah, S.P.' if pemandu else ''} Anggota" in kata


def test_group_results_want_groups(acara, draft_event):
    with pytest.raises(Refused, match="Kelompok belum dibentuk"):
        cetakan_context("hasil_kelompok", acara)


def test_the_plan_with_its_chapters(acara, fixed_event):
    context = cetakan_context("rkp", acara)
    content, rekap = context["isi"], recap(acara)["Desa"]
    assert content["jumlah"]["semua"]["rp"] == sum(r.rp for r in rekap) == sum(d["rp"] for d in content["bab"]["desa"])
    assert content["total"] == sum(r.rp_sepakat for r in rekap) == sum(p["rp"] for p in content["bab"]["prioritas"])
    assert content["kelompok"][0]["baris"][0]["asal"].startswith("DU-RKP Desa ")
    assert render_pdf("pdf/rkp.html", context).startswith(b"%PDF")


def test_the_plan_sums_what_was_agreed_and_the_rest_by_itself(acara, decided_event, cast):
    baris = acara.rkp.baris.get(nomor=1)
    alasan = {"keputusan": "cadangan", "alasan_kode": "melampaui_pagu", "alasan": "Pagu habis."}
    decide_baris(baris=baris, by=cast["pemandu"], **content_putusan(baris, **alasan))
    advance_musrenbang(musrenbang=acara, dari=Tahap.PLENO, ke=Tahap.PRIORITAS, by=cast["pak_sekcam"])
    content = cetakan_context("rkp", acara)["isi"]
    baris = [b for k in content["kelompok"] for b in k["baris"]]
    assert {b["nomor"] for b in baris} == {2, 3, 4, 6}
    assert content["total"] == sum(b["biaya"] for b in baris) == 120_000_000 + 160_000_000 + 66_000_000 + 180_000_000
    lampiran = {
        a["kode"]: ([b["nomor"] for b in a["baris"]], a["jumlah"]["rp"]) for a in content["lampiran"] if a["baris"]
    }
    assert lampiran == {"cadangan": ([1], 105_000_000), "belum_disepakati": ([5], 0)}
    file = cetakan_xlsx("rkp", acara)
    workbook = load_workbook(io.BytesIO(file))
    assert workbook.sheetnames == ["RKP", "Cadangan", "Belum disepakati", "Jumlah"], "without the empty one"
    kolom = [s.value for s in workbook["RKP"][2]].index("Pagu (Rp)")
    plan_rows, sums = rows_and_sums(file)
    assert sum(r[kolom] for r in plan_rows) == sums[kolom] == content["total"]
    assert [r[:3] for r in workbook["Jumlah"].iter_rows(min_row=3, values_only=True)] == [
        ("Disepakati, termasuk dengan perubahan", 4, content["total"]),
        ("Cadangan", 1, 105_000_000),
        ("Belum disepakati", 1, 0),
        ("Semua usulan yang berdiri sendiri", 6, content["total"] + 105_000_000),
    ]


def test_the_draft_has_no_chapters(acara, draft_event):
    assert cetakan_context("draft_rkp", acara)["isi"]["bab"] is None
