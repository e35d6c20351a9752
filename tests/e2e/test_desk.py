"""The desk at the door: ten people by code with nothing but codes, and two desks that go on without a network."""

import pytest
from playwright.sync_api import expect

from musrenbang.sidang.models import Kedatangan, Kehadiran, Undangan
from tests.e2e.test_grids import KEY, Hands

ANSWERED = """n => new Promise(done => {
  const place = document.getElementById('jawab-meja'), box = document.getElementById('undangan'), waits = [];
  let pressed = 0;
  box.addEventListener('keydown', e => { if (e.key === 'Enter') pressed = performance.now(); }, true);
  new MutationObserver(() => { waits.push(performance.now() - pressed); }).observe(place, {childList: true});
  window.waits = waits;
  done();
})"""


@pytest.fixture
def invited(demo):
    """An event with its doors open, and 25 invitees whose sex is known."""
    acara = demo("pembukaan")
    general = {"musrenbang": acara, "unsur": "tokoh", "lembaga": "Warga", "jenis_kelamin": "P"}
    desa = acara.kecamatan.desa_set.first()
    return acara, [
        Undangan.objects.create(nama=f"Inaq Meja {i:02}", kode=f"MEJA{i:02}", desa=desa, **general) for i in range(25)
    ]


@pytest.fixture
def desk(invited, browser_client):
    """Return an opener of a desk: its name, who sits there, its list already on the device."""
    acara, _ = invited

    def _open(nama: str, orang: str):
        p = browser_client()
        p.masuk(orang)
        p.buka(f"/m/{acara.slug}/kehadiran/")
        p.page.fill("#meja", nama)
        p.page.locator("#angka-meja").wait_for()
        p.page.evaluate(ANSWERED, 0)
        return p

    return _open


def arrive(hands: Hands, undangan) -> None:
    hands.type(undangan.kode)
    hands.press("Enter")


def waiting(p) -> int:
    return p.page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('musrenbang-datang:')).length")


def test_two_desks_go_on_offline(invited, desk, network):
    acara, people = invited
    one, two = desk("1", "pemandu"), desk("2", "sekcam")
    # Ten people with a code, connected: the code and Enter, nothing else.
    hands = Hands(one)
    one.page.click("#undangan")
    hands.loads = 0
    for u in people[:10]:
        arrive(hands, u)
        expect(one.page.locator("#jawab-meja")).to_contain_text(f"{u.nama} hadir pukul")
    expect(one.page.locator("#undangan")).to_be_focused()
    assert (hands.keys, hands.loads) == (70, 0)
    arrive(hands, people[0])
    expect(one.page.locator("#jawab-meja")).to_contain_text("sudah hadir pukul")
    expect(one.page.locator("#jawab-meja")).to_contain_text("di meja 1; tidak dicatat dua kali")
    one.page.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('musrenbang-datang:'))")
    waits = max(one.page.evaluate("window.waits"))
    print(f"ten codes: {hands.keys} keys, {hands.keys * KEY:.0f} s, slowest answer {waits:.0f} ms")  # noqa: T201
    assert waits < 300
    # Twenty more without a network; both desks note the same six.
    network.cut(one, two)
    for p, mine in ((one, people[10:20]), (two, people[14:24])):
        hands = Hands(p)
        p.page.click("#undangan")
        for u in mine:
            arrive(hands, u)
            expect(p.page.locator("#jawab-meja")).to_contain_text(f"{u.nama} hadir pukul")
        assert waiting(p) == 10
        p.page.locator("#antrean-meja", has_text="10 kedatangan tersimpan di perangkat ini").wait_for()
        assert max(p.page.evaluate("window.waits")) < 300
    # The page opens again without a network, with its list and what waits.
    one.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    one.page.reload()
    one.page.locator("#antrean-meja", has_text="10 kedatangan tersimpan").wait_for()
    assert "tersimpan di perangkat" in one.page.inner_text("h1 + p")
    one.periksa()
    one.page.fill("#undangan", people[10].kode)
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#jawab-meja")).to_contain_text("sudah hadir pukul")
    # Somebody who speaks for an invitee: found by name, noted in the row, for the invitee and not as a guest.
    one.page.fill("#undangan", people[24].nama)
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#jawab-meja")).to_have_text(f"{people[24].nama} belum dicatat hadir. Enter mencatat.")
    row = one.page.locator("#hasil li")
    row.locator("summary").click()
    row.get_by_label(f"Nama yang mewakili {people[24].nama}").fill("Wakil Meja")
    row.get_by_label(f"Jenis kelamin yang mewakili {people[24].nama}").select_option("L")
    row.locator("form button").click()
    one.page.locator("#antrean", has_text="1 catatan tersimpan").wait_for()
    assert Kehadiran.objects.count() == 10
    for p in (one, two):  # desk 1 is heard first: the other one is told, and tells it
        network.restore(p)
        p.page.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('musrenbang-datang:'))")
    one.page.wait_for_function("() => !localStorage.getItem('musrenbang-antrean')")
    assert Kehadiran.objects.get(nama="Wakil Meja").undangan == people[24]
    assert Kehadiran.objects.count() == 25
    assert Kedatangan.objects.filter(ulang=True).count() == 6
    # Both desks are told.
    two.page.locator("#kabar-meja", has_text="sudah hadir: meja 1").wait_for()
    one.page.goto(f"{one.alamat}/m/{acara.slug}/kehadiran/")
    one.page.locator("#kabar-meja", has_text="dicatat di lebih dari satu meja").wait_for()
    two.periksa()
    # Signing out takes the list from the device.
    two.page.get_by_role("button", name="Keluar").click()
    two.page.locator("#id_username").wait_for()
    assert two.page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('musrenbang-daftar:'))") == []


def test_what_another_person_left_on_the_device_waits_for_a_decision(invited, desk, network):
    acara, people = invited
    p = desk("1", "pemandu")
    network.cut(p)
    hands = Hands(p)
    p.page.click("#undangan")
    arrive(hands, people[0])
    p.page.locator("#antrean-meja", has_text="1 kedatangan tersimpan").wait_for()
    p.page.goto("about:blank")
    p.masuk("sekcam")
    network.restore(p)
    p.buka(f"/m/{acara.slug}/kehadiran/")
    box = p.page.locator("#antrean-meja", has_text="1 kedatangan dicatat di perangkat ini oleh")
    box.wait_for()
    p.periksa()
    assert not Kehadiran.objects.exists()
    box.get_by_role("button", name="Kirim atas nama saya").click()
    p.page.wait_for_function("() => !Object.keys(localStorage).some(k => k.startsWith('musrenbang-datang:'))")
    assert Kehadiran.objects.get().undangan == people[0]


def test_a_code_after_a_name_is_read_alone(invited, desk):
    """Who was found by name leaves the name in the box; a scanner types at once, and its code gives no heed to it."""
    _, people = invited
    p = desk("1", "pemandu")
    hands = Hands(p)
    p.page.click("#undangan")
    hands.type(people[0].nama)
    hands.press("Enter", "Enter")
    expect(p.page.locator("#jawab-meja")).to_contain_text(f"{people[0].nama} hadir pukul")
    arrive(hands, people[1])
    expect(p.page.locator("#jawab-meja")).to_contain_text(f"{people[1].nama} hadir pukul")
