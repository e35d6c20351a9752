"""Group results and the RKP on paper and as spreadsheets: the same sums as the screen, to the rupiah."""

import io

import pytest
from openpyxl import load_workbook

from berita_acara.dokumen import cetakan_context
from musrenbang import format as tulis
from musrenbang.pdf.cetak import render_pdf
from musrenbang.transisi import Ditolak
from rkp import queries
from tests.rkp.conftest import usulkan_semua


def test_group_results(acara, kelompok, pemeran, masuk):
    for h in queries.list_kelompok(acara):
        usulkan_semua(h, pemeran["pemandu"])
    isi = cetakan_context("hasil_kelompok", acara)["isi"]["kelompok"]
    layar = queries.list_kelompok(acara)
    assert [(k["draf"], k["sepakat"], k["cadangan"]) for k in isi] == [
        (h.draf_rp, h.sepakat_rp, h.cadangan_rp) for h in layar
    ]
    assert sum(b["biaya"] or 0 for k in isi for b in k["baris"] if b["usul"] == "Disepakati") == sum(
        h.sepakat_rp for h in layar
    )
    halaman = masuk("pemandu").get(f"/m/{acara.slug}/rkp/kelompok/").content.decode()
    assert all(tulis.rupiah(h.sepakat_rp) in halaman for h in layar)
    berkas = masuk("pemandu").get(f"/m/{acara.slug}/rkp/kelompok/unduh/").content
    lembar = load_workbook(io.BytesIO(berkas)).active
    judul = next(r for r in lembar.iter_rows(values_only=True) if "Biaya usulan kelompok (Rp)" in r)
    usul, biaya = judul.index("Usulan kelompok"), judul.index("Biaya usulan kelompok (Rp)")
    setuju = [r[biaya] for r in lembar.iter_rows(values_only=True) if r[usul] == "Disepakati"]
    assert sum(setuju) == sum(h.sepakat_rp for h in layar)


def test_group_results_want_groups(acara, draf):
    with pytest.raises(Ditolak, match="Kelompok belum dibentuk"):
        cetakan_context("hasil_kelompok", acara)


def test_the_plan_with_its_chapters(acara, ditetapkan):
    konteks = cetakan_context("rkp", acara)
    isi, rekap = konteks["isi"], queries.recap(acara)["Desa"]
    assert isi["total"] == sum(r.rp for r in rekap) == sum(d["rp"] for d in isi["bab"]["desa"])
    assert isi["bab"]["sepakat"] == sum(r.rp_sepakat for r in rekap) == sum(p["rp"] for p in isi["bab"]["prioritas"])
    assert isi["kelompok"][0]["baris"][0]["asal"].startswith("DU-RKP Desa ")
    assert render_pdf("pdf/rkp.html", konteks).startswith(b"%PDF")


def test_the_draft_has_no_chapters(acara, draf):
    assert cetakan_context("draft_rkp", acara)["isi"]["bab"] is None
