"""The projector in a real browser: every panel fits, can be read from afar, and turns its pages by itself."""

import pytest
from django.core.cache import cache

from alur.panel import PANEL
from musrenbang.models import Pengguna
from musrenbang.sidang.services.layar import open_layar, show_panel
from rkp.models import BarisRkp
from rkp.queries.kelompok import list_kelompok
from tests.conftest import record_attendance

KECIL, BESAR = {"width": 1280, "height": 720}, {"width": 1920, "height": 1080}
# What does not fit, and text that is smaller than 1/28 of the height.
UKUR = """() => {
  const m = document.getElementById('layar'), tinggi = innerHeight, dasar = m.getBoundingClientRect().bottom;
  const lewat = [m, document.documentElement].filter(e => e.scrollHeight > e.clientHeight + 1).map(e => e.tagName);
  if (document.documentElement.scrollWidth > innerWidth) lewat.push('lebar');
  const kecil = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility() && !e.closest('[hidden]')
    && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
    && parseFloat(getComputedStyle(e).fontSize) < tinggi / 28).map(e => e.outerHTML.slice(0, 80));
  const keluar = [...m.querySelectorAll('tr,li,p,h1,h2')].filter(e => e.checkVisibility()
    && e.getBoundingClientRect().bottom > dasar + 1).map(e => e.outerHTML.slice(0, 80));
  const semua = m.querySelectorAll('[data-baris]').length, tampak = m.querySelectorAll('[data-baris]:not([hidden])').length;
  return {lewat, kecil, keluar, semua, tampak, nomor: document.getElementById('lembar').textContent};
}"""


@pytest.mark.django_db(transaction=True)
def test_every_panel_fits_and_can_be_read(demo, browser_client):
    acara = demo("selesai")
    layar, p = open_layar(musrenbang=acara), browser_client(KECIL)
    group = max(list_kelompok(acara), key=lambda h: len(h.baris)).kelompok
    rows = list(BarisRkp.objects.filter(rkp__musrenbang=acara, bidang=group.bidang).exclude(keputusan="digabung"))
    for n in range(1000, 1030):
        rows[0].pk, rows[0].nomor, rows[0]._state.adding = None, n, True
        rows[0].save()
    row = BarisRkp.objects.filter(rkp__musrenbang=acara).order_by("-biaya").first()
    p.page.clock.install()
    turned = 0
    for panel in PANEL:
        p.page.goto("about:blank")  # the page before asks no more, so what is kept is of this panel
        show_panel(musrenbang=acara, panel=panel, acuan={"usulan": row.pk, "ruang": group.pk}.get(panel))
        cache.clear()
        p.page.goto(f"{p.alamat}/layar/{layar.kode}/")
        p.page.wait_for_selector("#layar h1:not(:text('Menyambung'))")
        for ukuran in (BESAR, KECIL):
            p.page.set_viewport_size(ukuran)
            measured = p.page.evaluate(UKUR)
            assert (measured["lewat"], measured["kecil"], measured["keluar"]) == ([], [], []), (panel, ukuran)
            if measured["semua"] > measured["tampak"]:
                assert measured["nomor"].startswith("Halaman 1 dari "), (panel, ukuran)
        if measured["nomor"]:
            shown = p.page.evaluate("document.querySelector('#layar [data-baris]:not([hidden])').textContent")
            p.page.clock.fast_forward(8100)
            p.page.wait_for_selector("#lembar:text('Halaman 2')")
            after = p.page.evaluate("document.querySelector('#layar [data-baris]:not([hidden])').textContent")
            assert after != shown
            assert p.page.evaluate(UKUR)["keluar"] == []
            turned += 1
    assert turned, "the rows of a group are more than a screen holds"
    assert not p.galat


@pytest.mark.django_db(transaction=True)
def test_the_day_goes_on_from_one_page(demo, browser_client):
    """Each stage is one click and one load; agenda and projector follow, and a blocked move leads back here."""
    acara = demo("pembukaan")
    p, screen, loads = browser_client(), browser_client(KECIL), []
    p.masuk("sekcam")
    p.buka(f"/m/{acara.slug}/hari-h/")
    day = p.page.url
    screen.page.goto(f"{p.alamat}/layar/{open_layar(musrenbang=acara).kode}/")
    p.page.on("load", lambda page: loads.append(page.url))
    p.buka_tautan("Lengkapi")  # nobody was noted as present
    assert p.page.url.endswith("/kehadiran/")
    record_attendance(acara, Pengguna.objects.get(username="sekcam"), "Sudah Datang")
    p.buka_tautan("Hari sidang")
    assert (p.page.url, len(loads)) == (day, 2)
    loads.clear()
    steps = (
        ("Mulai pemaparan", "Paparan program yang masuk", "Paparan program yang masuk"),
        ("Mulai pembahasan draf RKP", "Pembahasan draf RKP Kecamatan", "Rencana Kerja Pembangunan"),
        ("Mulai diskusi kelompok", "Diskusi kelompok per bidang", "Hasil diskusi kelompok"),
    )
    for button, item, heading in steps:
        p.tekan(button)
        assert p.page.url == day
        assert item in p.page.inner_text("#kini")
        screen.page.wait_for_selector(f"#layar h1:text('{heading}')", timeout=8000)
    assert len(loads) == len(steps), loads
