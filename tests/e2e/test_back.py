"""Back, change, save, with the browser's page cache as people have it: what was changed is stored, nothing is doubled."""

import pytest

from delegasi.models import Delegat
from musrenbang.models import Kiriman, ProgramMasuk
from musrenbang.sidang.models import Agenda, Kehadiran
from musrenbang.states import Tahap
from rkp.models import Keberatan
from tests.e2e.conftest import LAPTOP, BrowserClient
from tests.test_once import pada, prepare, prepared_scene  # noqa: F401 -- a fixture
from usulan.models import Usulan


@pytest.fixture(scope="session")
def chromium_back(driver):
    """Playwright turns the page cache off; people have it on."""
    browser = driver(ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture
def people_there(chromium_back, live_server, masuk):
    """Return a factory of people who are signed in already."""
    opened = []

    def _person(nama: str) -> BrowserClient:
        p = BrowserClient(chromium_back, live_server.url, LAPTOP)
        p.konteks.add_cookies([{"name": "sessionid", "value": masuk(nama).cookies["sessionid"].value, "url": p.alamat}])
        opened.append(p)
        return p

    yield _person
    for p in opened:
        p.konteks.close()


def back(p: BrowserClient, same: bool = False) -> None:
    """Go back, and make sure that the page came from the cache, as it was left.

    ``sama``: the form leads to its own address again; such a page the browser loads anew and fills in itself.
    """
    p.page.go_back(wait_until="commit")
    if same:
        p.page.wait_for_load_state()
    assert same or p.page.evaluate("window.ditinggal") == 1, "the page was loaded anew"


def send(p: BrowserClient, button: str) -> str:
    p.page.evaluate("window.ditinggal = 1")
    p.tekan(button)
    return p.page.inner_text("#kabar")


FORMULIR = {
    "usulan": (
        Tahap.PERSIAPAN,
        "bu_pmd",
        "usulan/baru/",
        "Simpan",
        Usulan,
        {"#id_kegiatan": "Rabat jalan"},
        {"#id_kegiatan": "Talud sungai"},
        ["#id_desa_0"],
    ),
    "agenda": (
        Tahap.PERSIAPAN,
        "bu_pmd",
        "agenda/baru/",
        "Simpan",
        Agenda,
        {"#id_menit": "5", "#id_judul": "Doa"},
        {"#id_menit": "10", "#id_judul": "Doa bersama"},
        [],
    ),
    "program": (
        Tahap.PERSIAPAN,
        "bu_pmd",
        "program-masuk/baru/",
        "Simpan",
        ProgramMasuk,
        {"#id_instansi": "Dinas PUPR", "#id_anggaran": "100.000.000", "#id_nama": "DAK jalan"},
        {"#id_instansi": "Dinas PUPR", "#id_anggaran": "250.000.000", "#id_nama": "DAK irigasi"},
        [],
    ),
    "keberatan": (
        Tahap.PLENO,
        "pak_sekcam",
        "rkp/baris/{baris}/",
        "Catat keberatan",
        Keberatan,
        {"#oleh": "Kades Sikur", "#isi-keberatan": "Volumenya kurang."},
        {"#oleh": "Kades Semaya", "#isi-keberatan": "Lokasinya keliru."},
        [],
    ),
}


@pytest.mark.parametrize("nama", FORMULIR)
def test_back_change_save(nama, prepared_scene, people_there):  # noqa: F811
    tahap, who, alamat, button, model, one, dua, choose = FORMULIR[nama]
    pada(prepared_scene.acara, tahap)
    p = people_there(who)
    p.buka(f"/m/{prepared_scene.acara.slug}/{alamat.format(baris=prepared_scene.baris.pk)}")
    same, start = nama == "keberatan", model.objects.count()
    for box in choose:
        p.page.check(box)
    for i, content in enumerate((one, dua)):
        if i:
            back(p, same)
        p.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        for kolom, text in content.items():
            assert p.page.input_value(kolom) in {"", one[kolom]}
            p.page.fill(kolom, text)
        kabar = send(p, button)
        assert all(text in kabar for text in list(content.values())[-1:]), kabar
    assert model.objects.count() == start + 2
    if same:
        return
    assert Kiriman.objects.filter(jenis=model._meta.label_lower).values("kunci").distinct().count() == 1
    back(p)
    assert "sebelumnya pukul" in send(p, button)
    assert model.objects.count() == start + 2


def test_back_and_another_delegate(prepared_scene, people_there):  # noqa: F811
    pada(prepared_scene.acara, Tahap.DELEGASI)
    p = people_there("pak_sekcam")
    p.buka(f"/m/{prepared_scene.acara.slug}/delegasi/")
    p.page.select_option("#id_unsur", "tokoh")
    p.page.select_option("#id_kehadiran", label=_pilihan(p, "Ani"))
    assert "Ani menjadi anggota delegasi" in send(p, "Catat anggota delegasi")
    back(p, same=True)
    p.page.select_option("#id_unsur", "tokoh")
    p.page.select_option("#id_kehadiran", label=_pilihan(p, "Budi"))
    assert "Budi menjadi anggota delegasi" in send(p, "Catat anggota delegasi")
    assert sorted(Delegat.objects.values_list("nama", flat=True)) == ["Ani", "Budi"]


def _pilihan(p: BrowserClient, nama: str) -> str:
    return p.page.locator("#id_kehadiran option", has_text=nama).inner_text()


def test_a_button_that_waits_is_itself_again_after_back(prepared_scene, people_there):  # noqa: F811
    pada(prepared_scene.acara, Tahap.PERSIAPAN)
    p = people_there("bu_pmd")
    p.buka(f"/m/{prepared_scene.acara.slug}/usulan/baru/")
    p.page.evaluate("document.querySelector('button[name=simpan]').dataset.menunggu = 'Menyimpan…'")
    kunci = p.page.input_value("[name=kunci]")
    p.page.check("#id_desa_0")
    p.page.fill("#id_kegiatan", "Rabat jalan")
    send(p, "Simpan")
    back(p)
    button = p.page.locator("button[name=simpan]")
    assert (button.inner_text(), button.get_attribute("aria-disabled")) == ("Simpan", None)
    assert p.page.input_value("[name=kunci]") == kunci


def test_a_double_click_and_a_reload_store_once(prepared_scene, people_there):  # noqa: F811
    pada(prepared_scene.acara, Tahap.PERSIAPAN)
    p = people_there("bu_pmd")
    p.buka(f"/m/{prepared_scene.acara.slug}/usulan/baru/")
    p.page.check("#id_desa_0")
    p.page.fill("#id_kegiatan", "Rabat jalan")
    content = p.page.evaluate("[...new FormData(document.querySelector('form[data-jaga]'))]")
    with p.page.expect_navigation():
        p.page.locator("button[name=simpan]").dblclick()
    assert Usulan.objects.count() == 1
    p.page.reload()
    assert Usulan.objects.count() == 1
    p.page.goto(p.alamat + f"/m/{prepared_scene.acara.slug}/usulan/baru/")
    response = p.page.evaluate(  # a browser that sends the very same request once more
        "isi => fetch(location.href, {method: 'POST', body: new URLSearchParams(isi)}).then(r => r.text())", content
    )
    assert "sudah dicatat sebelumnya pukul" in response
    assert Usulan.objects.count() == 1


def test_a_note_of_the_desk_sent_again_by_the_queue_with_other_content(prepared_scene, people_there, network):  # noqa: F811
    pada(prepared_scene.acara, Tahap.PEMBUKAAN)
    start = Kehadiran.objects.count()
    p = people_there("bu_pmd")
    p.buka(f"/m/{prepared_scene.acara.slug}/kehadiran/")
    network.cut(p)
    kunci = p.page.input_value("form[data-kosongkan] [name=kunci]")
    _guest(p, "Amaq Sahrul")
    p.page.get_by_text("1 catatan tersimpan di perangkat ini").wait_for()
    assert p.page.input_value("form[data-kosongkan] [name=kunci]") != kunci
    p.page.evaluate(  # the same key with other content, as a device would hold it after Back and a change
        """() => { const a = JSON.parse(localStorage.getItem('musrenbang-antrean'));
        const dua = structuredClone(a[0]), tiga = structuredClone(a[0]); delete dua.id; delete tiga.id; dua.isi.find(p => p[0] === 'nama')[1] = 'Inaq Murni';
        localStorage.setItem('musrenbang-antrean', JSON.stringify([a[0], dua, tiga])); }"""
    )
    network.restore(p)
    p.page.locator("#antrean").wait_for(state="hidden")
    baru = Kehadiran.objects.order_by("pk")[start:]
    assert [h.nama for h in baru] == ["Amaq Sahrul", "Inaq Murni"]


def _guest(p: BrowserClient, nama: str) -> None:
    p.page.fill("#id_nama", nama)
    p.page.select_option("#id_jenis_kelamin", "L")
    p.page.select_option("#id_unsur", "tokoh")
    p.page.fill("#id_lembaga", "Warga")
    p.page.get_by_role("button", name="Catat hadir").click()
