"""Small workbooks with one kind of fault each, rebuilt from what real public files showed, against the right answer."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import FIXTURES
from tests.some import some
from tests.usulan.test_baca import RUJUKAN
from usulan.impor.baca import read_workbook

KASUS = sorted((FIXTURES / "kasus").glob("*.json"))
BACA = replace(RUJUKAN, satuan=RUJUKAN.satuan | {"org": "orang"}, tahun=2027)
KODE = {nama.upper(): kode for kode, nama in RUJUKAN.desa.items()}


def _same(nama, harap, nilai):
    if nama in {"volume", "biaya"}:
        return nilai == (None if harap is None else Decimal(str(harap)))
    if nama == "desa":
        return nilai == (harap if harap is None else KODE.get(harap, harap))
    return (nilai or "").casefold() == (harap or "").casefold()


@pytest.mark.parametrize("jawab", KASUS, ids=lambda p: p.stem)
def test_each_kind_of_fault_is_read_right(jawab):
    benar = json.loads(jawab.read_text())
    hasil = {s.nama: s for s in read_workbook(FIXTURES / "kasus" / benar["berkas"], BACA).lembar}
    for lembar, baris in some(benar["lembar"].items()):
        terbaca = {u.baris: u for u in hasil[lembar].usulan}
        assert sorted(u.baris for u in hasil[lembar].usulan) == [b["baris"] for b in baris]
        for b in baris:
            u = terbaca[b["baris"]]
            salah = {
                k: getattr(u, k)
                for k, v in b.items()
                if k not in {"baris", "memuat"} and not _same(k, v, getattr(u, k))
            }
            assert not salah
            assert all(kata.casefold() in u.kegiatan.casefold() for kata in b.get("memuat", []))
            tertulis = u.mentah.get(hasil[lembar].kolom.get("desa"))
            assert bool(u.desa) == bool(tertulis or u.turunan.get("desa"))
    for lembar, baris in benar.get("dilewati", {}).items():
        assert {(b["baris"], b["alasan"]) for b in baris} <= {(d.baris, d.alasan) for d in hasil[lembar].dilewati}
    for j in benar.get("jumlah_tercetak", []):
        assert (j["tercetak"], j["dihitung"]) in {
            (x.tercetak, x.dihitung) for s in hasil.values() for x in s.jumlah_tercetak
        }


def test_the_budget_sheets_are_named_for_what_they_are():
    lembar = read_workbook(FIXTURES / "kasus/rab_di_samping_durkp.xlsx", BACA).lembar
    assert [(s.jenis, s.dipakai) for s in lembar] == [("durkp", True), ("rab", False), ("rab", False)]
    assert sum(u.biaya for u in lembar[0].usulan) == 100_000_000
