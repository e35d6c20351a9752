"""What axe-core does not see, measured on one page of each kind: reflow, large text, spacing, focus, edges, names.

docs/aksesibilitas.md says which criterion of WCAG 2.2 each measure answers.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from musrenbang.sidang.services.layar import show_panel
from tests.e2e.conftest import LAPTOP

MEASURES = (Path(__file__).parent / "access.js").read_text()
# The distances of criterion 1.4.12.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"
# What zooming in leaves of a laptop's window.
ZOOMED = {"200%": {"width": 683, "height": 384}, "400%": {"width": 320, "height": 256}}
M = "/m/sikur-2027"
PAGES = {
    "persiapan": {
        "sekcam": ["/", f"{M}/usulan/", f"{M}/usulan/impor/", f"{M}/undangan/"],
        "desa": [f"{M}/usulan/baru/"],
        "bappeda": ["/jadwal/"],
    },
    "pleno": {
        "sekcam": [f"{M}/", f"{M}/rkp/", f"{M}/rkp/pleno/", f"{M}/kehadiran/", f"{M}/notulen/"],
    },
}


def style(page: Page, css: str) -> None:
    """Lay one style of ours over the page: the place of criteria that ask about a reader's own."""
    page.evaluate(
        "css => { const s = document.adoptedStyleSheets = [new CSSStyleSheet()]; s[0].replaceSync(css); }", css
    )


def ask(page: Page, *names: str) -> list[str]:
    return [f"{n}: {w}" for n in names for w in page.evaluate("n => window.access[n]()", n)]


def measure(page: Page, address: str) -> list[str]:
    """Open a page once and return what is wrong with it."""
    page.set_viewport_size(LAPTOP)
    page.goto(address)
    page.evaluate(MEASURES)
    style(page, "* { scroll-behavior: auto !important; }")  # measured where it arrives, not on the way
    wrong = ask(page, "focus", "edges", "links", "labels", "headings", "sends")
    style(page, SPACED)
    wrong += [f"spaced {w}" for w in ask(page, "wide", "cut")]
    style(page, "")
    for part, size in ZOOMED.items():
        page.set_viewport_size(size)
        wrong += [f"{part} {w}" for w in ask(page, "wide", "cut")]
    return wrong


@pytest.mark.parametrize("tahap", list(PAGES))
def test_what_is_not_seen_by_rules_alone(tahap, demo, browser_client):
    acara = demo(tahap)
    p, wrong = browser_client(), {}
    if tahap == "pleno":
        layar = show_panel(musrenbang=acara, panel="bidang")  # a table of three columns, the widest panel
        if found := measure(p.page, f"{p.alamat}/layar/{layar.kode}/"):
            wrong["layar"] = found
    for nama, addresses in PAGES[tahap].items():
        p.masuk(nama)
        for address in addresses:
            if found := measure(p.page, p.alamat + address):
                wrong[f"{nama} {address}"] = found
    assert not wrong, "\n".join(f"{page}\n   " + "\n   ".join(found) for page, found in wrong.items())
