"""The glasses themselves: what axe-core has seen of a kind is passed over, and what is wrong in a known page is still found."""

from tests.e2e.conftest import ATURAN, LAPTOP, TELEPON, violations

HALAMAN = """<html lang="id"><head><title>Uji</title><style>
  .samar { color: %s } .hp { display: none } .kecil { font-size: 8px; line-height: 8px; padding: 0; border: 0 }
  @media (max-width: 500px) { .hp { display: %s } .dekat { width: %s; height: 24px; display: inline-block } }
</style></head><body><main><h1>Uji</h1><p class="samar">Teks</p><p>Lain</p>
<button class="dekat kecil" type="button" aria-label="Satu"></button><button class="dekat kecil" type="button" aria-label="Dua"></button>
<button class="hp" type="button" style="width: 60px; height: 60px"%s></button></main></body></html>"""


def test_what_was_seen_is_passed_over_and_what_is_wrong_is_found(chromium):
    konteks = chromium.new_context(viewport=LAPTOP)
    page = konteks.new_page()

    def look(warna="#000", hp="none", lebar="30px", nama="", *, lagi=False):
        page.set_viewport_size(TELEPON if lagi else LAPTOP)
        page.set_content(HALAMAN % (warna, hp, lebar, nama))
        return [rule for rule, _ in violations(page, ATURAN, lagi=lagi)]

    look()
    assert look(lagi=True) == []
    assert look(warna="#ccc", lagi=True) == ["color-contrast"]
    assert look(warna="#ccc") == ["color-contrast"], "what was wrong is not taken for seen"
    assert look(lebar="8px", lagi=True) == ["target-size"]
    assert look(hp="block", lagi=True) == ["button-name"], "in sight at this width alone"
    assert look(hp="block", nama=' aria-label="Tiga"', lagi=True) == []
    konteks.close()
