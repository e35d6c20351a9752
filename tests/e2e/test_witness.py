"""A witness's telephone: signs what continues what it saw, and refuses a record that was rewritten."""

import pytest
from playwright.sync_api import expect

from berita_acara.services.witnesses import parties, witnessed_parties
from musrenbang import audit
from musrenbang.jangkar.read import read_record
from musrenbang.jangkar.tree import consistency, root
from musrenbang.services.jangkar import sign_checkpoint
from musrenbang.triggers import lifted
from tests.attack.forger import write_and_mark_again
from tests.e2e.conftest import TELEPON, BrowserClient


@pytest.fixture
def witness_key(demo, chromium, live_server, transactional_db, settings):
    settings.MODE_LATIHAN = True
    acara = demo("prioritas")
    return acara, BrowserClient(chromium, live_server.url, TELEPON)


def lanjut(acara):
    """The record goes on and is signed again."""
    audit.record(musrenbang=acara, by=None, aksi="uji", objek=acara)
    sign_checkpoint(musrenbang=acara, by=None)


def test_a_telephone_signs_what_continues_and_refuses_what_was_rewritten(witness_key):
    acara, p = witness_key
    desa = parties(acara)[0]
    alamat = f"/saksi/{acara.slug}/{desa.kode}/"
    p.buka(alamat)
    expect(p.page.locator("#keadaan")).to_contain_text("Ini yang pertama disaksikan HP ini")
    p.page.get_by_role("button", name="Saya menyaksikan").click()
    expect(p.page.locator("#kabar")).to_contain_text(f"{desa.nama} menyaksikan")
    assert witnessed_parties(acara) == [desa.nama]
    for _ in range(3):
        lanjut(acara)
    p.buka(alamat)
    expect(p.page.locator("#keadaan")).to_contain_text("menyambung utuh")
    p.page.get_by_role("button", name="Saya menyaksikan").click()
    expect(p.page.locator("#kabar")).to_contain_text("menyaksikan")
    leaf = read_record(acara).daun
    for lama in (1, 2, 3, 7, 8, len(leaf) - 1, len(leaf)):
        proof = [b.hex() for b in consistency(leaf, lama)]
        content = [lama, root(leaf[:lama]).hex(), len(leaf), root(leaf).hex(), proof]
        nilai = """([l, a, b, z, bukti]) => { const h = (t) => Uint8Array.from(t.match(/../g), (n) => parseInt(n, 16));
          return [Saksi.isConsistent(l, h(a), b, h(z), bukti.map(h)), Saksi.isConsistent(l, h(z.replace(/^./, (n) => n === '0' ? '1' : '0')), b, h(z), bukti.map(h))]; }"""
        assert p.page.evaluate(nilai, content) == [True, False]
    with lifted():
        write_and_mark_again(acara)
    lanjut(acara)
    p.buka(alamat)
    expect(p.page.locator("#keadaan")).to_contain_text("JANGAN tanda tangani")
    expect(p.page.get_by_role("button", name="Saya menyaksikan")).to_be_disabled()
