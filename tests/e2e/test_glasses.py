"""The glasses themselves: what axe-core has seen of a kind is passed over, and what is wrong in a known page is still found."""

from tests.e2e.conftest import ATURAN, LAPTOP, TELEPON, violations

PAGE = """<html lang="id"><head><title>Uji</title><style>
  .samar { color: %s } .hp { display: none } .kecil { font-size: 8px; line-height: 8px; padding: 0; border: 0 }
  @media (max-width: 500px) { .hp { display: %s } .dekat { width: %s; height: 24px; display: inline-block } }
</style></head><body><main><h1>Uji</h1><p class="samar">Teks</p><p>Lain</p>
<button class="dekat kecil" type="button" aria-label="Satu"></button><button class="dekat kecil" type="button" aria-label="Dua"></button>
<button class="hp" type="button" style="width: 60px; height: 60px"%s></button></main></body></html>"""


def test_what_was_seen_is_passed_over_and_what_is_wrong_is_found(chromium):
    context = chromium.new_context(viewport=LAPTOP)
    page = context.new_page()

    def look(color="#000", hp="none", width="30px", label="", *, again=False):
        page.set_viewport_size(TELEPON if again else LAPTOP)
        page.set_content(PAGE % (color, hp, width, label))
        return [rule for rule, _ in violations(page, ATURAN, again=again)]

    look()
    assert look(again=True) == []
    assert look(color="#ccc", again=True) == ["color-contrast"]
    assert look(color="#ccc") == ["color-contrast"], "what was wrong is not taken for seen"
    assert look(width="8px", again=True) == ["target-size"]
    assert look(hp="block", again=True) == ["button-name"], "in sight at this width alone"
    assert look(hp="block", label=' aria-label="Tiga"', again=True) == []
    context.close()
