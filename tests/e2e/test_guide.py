"""The guide of training mode on the real pages: folded at first, left and resumed, and it sees what was done."""

from tests.e2e.conftest import TELEPON
from tests.e2e.steps import M, submit


def test_the_guide_is_folded_then_stays_open_and_sees_what_was_done(demo, browser_client):
    demo("persiapan")
    desa = browser_client(TELEPON)
    desa.masuk("desa")
    desa.buka(f"{M}/usulan/")
    guide = desa.page.locator("details.pandu")
    assert guide.get_attribute("open") is None
    guide.locator("summary").first.click()
    desa.page.get_by_text("1 dari 12 langkah").wait_for()
    desa.page.get_by_text("Semua langkah").click()
    typed = desa.page.locator(".pandu-semua li").nth(2)
    assert typed.get_attribute("class") == "nanti"
    desa.keadaan = "panduan"
    desa.periksa()
    submit(desa)
    desa.page.get_by_text("3 dari 12 langkah").wait_for()  # open still; typed, and complete
    assert desa.page.locator(".pandu-semua li").nth(2).get_attribute("class") == "sudah"
    guide.locator("summary").first.click()
    desa.buka(f"{M}/usulan/")
    assert guide.get_attribute("open") is None
    desa.page.evaluate("localStorage.setItem('pandu-' + document.body.dataset.untuk, '\"another demo\"')")
    desa.buka(f"{M}/usulan/")
    assert guide.get_attribute("open") is None
