"""Small workbooks with one kind of fault each, rebuilt from what real public files showed, against the right answer."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import FIXTURES
from tests.some import some
from tests.usulan.test_read import RUJUKAN
from usulan.impor.read import read_workbook

KASUS = sorted((FIXTURES / "kasus").glob("*.json"))
BACA = replace(RUJUKAN, satuan=RUJUKAN.satuan | {"org": "orang"}, tahun=2027)
KODE = {nama.upper(): kode for kode, nama in RUJUKAN.desa.items()}


def _same(nama, expected, nilai):
    if nama in {"volume", "biaya"}:
        return nilai == (None if expected is None else Decimal(str(expected)))
    if nama == "desa":
        return nilai == (expected if expected is None else KODE.get(expected, expected))
    return (nilai or "").casefold() == (expected or "").casefold()


@pytest.mark.parametrize("response", KASUS, ids=lambda p: p.stem)
def test_each_kind_of_fault_is_read_right(response):
    right = json.loads(response.read_text())
    result = {s.nama: s for s in read_workbook(FIXTURES / "kasus" / right["berkas"], BACA).lembar}
    for lembar, baris in some(right["lembar"].items()):
        readable = {u.baris: u for u in result[lembar].usulan}
        assert sorted(u.baris for u in result[lembar].usulan) == [b["baris"] for b in baris]
        for b in baris:
            u = readable[b["baris"]]
            wrong = {
                k: getattr(u, k)
                for k, v in b.items()
                if k not in {"baris", "memuat"} and not _same(k, v, getattr(u, k))
            }
            assert not wrong
            assert all(kata.casefold() in u.kegiatan.casefold() for kata in b.get("memuat", []))
            written = u.mentah.get(result[lembar].kolom.get("desa"))
            assert bool(u.desa) == bool(written or u.turunan.get("desa"))
    for lembar, baris in right.get("dilewati", {}).items():
        assert {(b["baris"], b["alasan"]) for b in baris} <= {(d.baris, d.alasan) for d in result[lembar].dilewati}
    for j in right.get("jumlah_tercetak", []):
        assert (j["tercetak"], j["dihitung"]) in {
            (x.tercetak, x.dihitung) for s in result.values() for x in s.jumlah_tercetak
        }


def test_the_budget_sheets_are_named_for_what_they_are():
    lembar = read_workbook(FIXTURES / "kasus/rab_di_samping_durkp.xlsx", BACA).lembar
    assert [(s.jenis, s.dipakai) for s in lembar] == [("durkp", True), ("rab", False), ("rab", False)]
    assert sum(u.biaya for u in lembar[0].usulan) == 100_000_000
