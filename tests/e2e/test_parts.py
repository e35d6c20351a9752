"""Live parts when the session is gone, another person is signed in, or the server fails; walk-ins of the same name."""

import re
import time

import pytest
from django.conf import settings

from musrenbang.akun.sesi import DILIHAT, SessionStore
from musrenbang.sidang.models import Kehadiran, Notulen, Undangan
from musrenbang.sidang.services.layar import open_layar
from musrenbang.states import Tahap
from tests.conftest import record_attendance
from tests.e2e.conftest import BrowserClient
from tests.e2e.steps import open_form, row_of
from tests.e2e.test_back import _guest, chromium_back, people_there  # noqa: F401 -- fixtures
from tests.test_once import pada, prepared_scene  # noqa: F401 -- a fixture

HADIR = "document.body.dispatchEvent(new Event('hadir'))"
BALIK = "window.dispatchEvent(new Event('focus'))"


@pytest.fixture
def ganti(masuk):
    """Return how a browser comes to be signed in as somebody, or as nobody."""

    def _ganti(p: BrowserClient, nama: str | None) -> None:
        p.konteks.clear_cookies(name="sessionid")
        if nama:
            nilai = masuk(nama).cookies["sessionid"].value
            p.konteks.add_cookies([{"name": "sessionid", "value": nilai, "url": p.alamat}])

    return _ganti


def utuh(p: BrowserClient) -> None:
    """No page stands inside the page."""
    compute = "['h1', 'main', '#kabar', 'header.kepala'].map(s => document.querySelectorAll(s).length)"
    assert p.page.evaluate(compute) == [1, 1, 1, 1]


def kabar(p: BrowserClient, kata: str) -> None:
    p.page.locator("#kabar", has_text=kata).wait_for()
    utuh(p)


@pytest.fixture
def meja(prepared_scene, people_there):  # noqa: F811
    """The desk of the team's secretary, with a name half typed."""
    pada(prepared_scene.acara, Tahap.PEMBUKAAN)
    p = people_there("bu_pmd")
    p.buka(f"/m/{prepared_scene.acara.slug}/kehadiran/")
    p.page.fill("#id_nama", "Amaq Sahr")
    p.acara = prepared_scene.acara
    return p


def test_a_poll_without_a_session_says_so_once_and_rests(meja, ganti):
    number = meja.page.inner_text("#angka-hadir")
    ganti(meja, None)
    diminta = []
    meja.page.on("request", lambda r: diminta.append(r.url))
    meja.page.evaluate(HADIR)
    kabar(meja, "Sesi Anda sudah berakhir")
    assert "dibuka sebagai Bu Pmd" in meja.page.inner_text("#kabar")
    assert meja.page.inner_text("#angka-hadir") == number
    assert meja.page.input_value("#id_nama") == "Amaq Sahr"
    diminta.clear()
    meja.page.evaluate(HADIR)
    meja.page.wait_for_timeout(300)
    assert diminta == [], "polling stops"
    link = meja.page.locator("#kabar a").get_attribute("href")
    assert link == f"/masuk/?next=%2Fm%2F{meja.acara.slug}%2Fkehadiran%2F", "back to the page, not to the part"
    ganti(meja, "bu_pmd")
    meja.page.evaluate(BALIK)
    meja.page.evaluate(HADIR)
    meja.page.locator("#kabar [data-gangguan]").wait_for(state="detached")
    assert meja.page.input_value("#id_nama") == "Amaq Sahr"
    meja.periksa()


def test_another_person_signed_in_in_another_tab(meja, ganti):
    ganti(meja, "pemandu")
    meja.page.evaluate(HADIR)
    kabar(meja, "Di browser ini sekarang masuk sebagai Pemandu")
    assert "Halaman ini dibuka sebagai Bu Pmd" in meja.page.inner_text("#kabar")
    start = Kehadiran.objects.count()
    _guest(meja, "Amaq Sahrul")
    meja.page.locator("form[data-kosongkan] [data-kabar]", has_text="masuk sebagai Pemandu").wait_for()
    assert (Kehadiran.objects.count(), meja.page.input_value("#id_nama")) == (start, "Amaq Sahrul")
    ganti(meja, "bu_pmd")
    meja.page.get_by_role("button", name="Catat hadir").click()
    meja.page.locator("form[data-kosongkan] [data-kabar]", has_text="Amaq Sahrul tercatat hadir").wait_for()
    assert Kehadiran.objects.get(nama="Amaq Sahrul").dicatat_oleh.username == "bu_pmd"


def test_a_whole_form_of_another_owner_is_kept(prepared_scene, people_there, ganti):  # noqa: F811
    pada(prepared_scene.acara, Tahap.PERSIAPAN)
    p = people_there("bu_pmd")
    p.buka(f"/m/{prepared_scene.acara.slug}/usulan/baru/")
    p.page.check("#id_desa_0")
    p.page.fill("#id_kegiatan", "Rabat jalan")
    ganti(p, "pak_sekcam")
    p.page.get_by_role("button", name="Simpan", exact=True).click()
    p.page.get_by_text("Halaman itu dibuka dengan akun lain").wait_for()
    assert not prepared_scene.acara.usulan.exists()
    ganti(p, "bu_pmd")
    p.page.go_back(wait_until="commit")
    assert p.page.input_value("#id_kegiatan") == "Rabat jalan"
    p.tekan("Simpan")
    assert prepared_scene.acara.usulan.get().kegiatan == "Rabat jalan"


@pytest.fixture
def tabel(prepared_scene, people_there):  # noqa: F811
    """The table of the plan, in the plenary."""
    pada(prepared_scene.acara, Tahap.PLENO)
    p = people_there("pak_sekcam")
    p.buka(f"/m/{prepared_scene.acara.slug}/rkp/?hal=1")
    return p


def test_a_click_that_loses_nothing_leads_to_sign_in_and_back(tabel, ganti):
    ganti(tabel, None)
    open_form(tabel, 1)
    tabel.page.wait_for_url("**/masuk/?next=%2Fm%2F*%2Frkp%2F%3Fhal%3D1")
    tabel.periksa()


@pytest.mark.parametrize(
    "response, kata",
    [
        ({"status": 500, "body": "<!doctype html><h1>Server Error</h1>"}, "Belum tersimpan."),
        ({"status": 504, "body": "<html><h1>504 Gateway Time-out</h1></html>"}, "Server sedang tidak terjangkau."),
        ({"status": 404, "body": "<!doctype html><h1>Not Found</h1>"}, "Belum tersimpan."),
        (
            {"status": 409, "body": '<div class="alert alert-danger">Kegiatan ini sudah digabung.</div>'},
            "sudah digabung",
        ),
        ({"status": 200, "body": "<!doctype html><html><h1>Halaman lain</h1></html>"}, "sudah pindah halaman"),
        (None, "Sambungan terputus."),
    ],
)
def test_what_fails_is_a_sentence_and_what_is_typed_stays(response, kata, tabel):
    open_form(tabel, 1)
    form = tabel.page.get_by_role("form", name="Keputusan nomor 1", exact=True)
    form.locator("#id_kegiatan").fill("Jalan usaha tani")
    tabel.page.route(
        "**/rkp/baris/**", lambda r: r.fulfill(content_type="text/html", **response) if response else r.abort()
    )
    form.get_by_role("button", name="Simpan keputusan").click()
    kabar(tabel, kata)
    assert form.locator("#id_kegiatan").input_value() == "Jalan usaha tani"
    tabel.page.unroute("**/rkp/baris/**")
    form.get_by_role("link", name="Batal").click()
    row_of(tabel, 1).wait_for()


def test_minutes_typed_without_a_session_are_kept_and_sent_afterwards(prepared_scene, people_there, ganti):  # noqa: F811
    pada(prepared_scene.acara, Tahap.PEMBUKAAN)
    catatan = Notulen.objects.create(agenda=prepared_scene.agenda)
    p = people_there("bu_pmd")
    p.buka(f"/m/{prepared_scene.acara.slug}/notulen/")
    ganti(p, None)
    kolom = f"#id_n{catatan.pk}-pertanyaan"
    p.page.fill(kolom, "Kapan jalan dibangun?")
    kabar(p, "Sesi Anda sudah berakhir")
    p.page.get_by_text("belum tersimpan; ketikan ada di perangkat ini").wait_for()
    diminta = []
    p.page.on("request", lambda r: diminta.append(r.url))
    p.page.wait_for_timeout(1500)
    assert diminta == [], "nothing is sent again and again"
    ganti(p, "pemandu")
    p.page.evaluate(BALIK)
    kabar(p, "sekarang masuk sebagai Pemandu")
    catatan.refresh_from_db()
    assert catatan.pertanyaan == "", "not in the name of another"
    other = p.konteks.new_page()
    other.goto(p.page.url)
    assert other.input_value(kolom) == "", "nor shown to another at the same device"
    ganti(p, "bu_pmd")
    p.page.evaluate(BALIK)
    p.page.locator("#kabar [data-gangguan]").wait_for(state="detached")
    catatan.refresh_from_db()
    assert catatan.pertanyaan == "Kapan jalan dibangun?"


def test_the_queue_waits_for_its_owner_to_sign_in_and_goes_by_itself(meja, ganti, network):
    network.cut(meja)
    _guest(meja, "Amaq Sahrul")
    meja.page.get_by_text("1 catatan tersimpan di perangkat ini").wait_for()
    ganti(meja, None)
    network.restore(meja)
    meja.page.locator("#antrean", has_text="dikirim sendiri setelah Anda masuk lagi").wait_for()
    meja.page.reload()
    ganti(meja, "pemandu")
    meja.page.goto(f"{meja.alamat}/m/{meja.acara.slug}/kehadiran/")
    meja.page.locator("#antrean", has_text="Amaq Sahrul belum tercatat").wait_for()
    assert not Kehadiran.objects.filter(nama="Amaq Sahrul").exists(), "not in the name of another without a word"
    meja.page.evaluate("""() => { const a = JSON.parse(localStorage.getItem('musrenbang-antrean'));
        a[0].kata = ''; localStorage.setItem('musrenbang-antrean', JSON.stringify(a)); }""")
    ganti(meja, "bu_pmd")
    meja.page.goto(f"{meja.alamat}/m/{meja.acara.slug}/kehadiran/")
    meja.page.locator("#antrean").wait_for(state="hidden")
    assert Kehadiran.objects.filter(nama="Amaq Sahrul").count() == 1


def test_the_list_brings_what_another_desk_notes_and_never_under_a_hand(meja, cast):
    shown, again = meja.page.locator("#daftar-hadir"), "document.body.dispatchEvent(new Event('hadir'))"
    record_attendance(meja.acara, cast["pemandu"], "Inaq Murni")
    meja.page.evaluate(again)
    shown.get_by_text("Inaq Murni").first.wait_for()
    shown.get_by_role("button", name="Pulang Inaq Murni").hover()
    record_attendance(meja.acara, cast["pemandu"], "Amaq Sahrul")
    with meja.page.expect_response("**/kehadiran/"):
        meja.page.evaluate(again)
    meja.page.locator("#angka-hadir", has_text=f"{meja.acara.kehadiran.count()} orang hadir").wait_for()
    assert shown.get_by_text("Amaq Sahrul").count() == 0, "the row stays under the pointer"
    meja.page.mouse.move(5, 5)
    meja.page.evaluate(again)
    shown.get_by_text("Amaq Sahrul").first.wait_for()


def test_the_same_name_is_asked_about_at_the_desk(meja, cast):
    record_attendance(meja.acara, cast["pemandu"], "H. Sahrul, S.Pd")
    meja.page.fill("#meja", "2")
    _guest(meja, "syahrul")
    question = meja.page.locator("form[data-kosongkan] [data-tanya-nama]")
    question.get_by_text("H. Sahrul, S.Pd dari Warga sudah tercatat hadir, oleh Pemandu, pukul").wait_for()
    meja.periksa()
    question.get_by_role("button", name="Orang yang sama, tidak usah dicatat").click()
    assert (meja.page.input_value("#id_nama"), question.count()) == ("", 0)
    _guest(meja, "syahrul")
    question.get_by_role("button", name="Orang lain, catat").click()
    meja.page.locator("form[data-kosongkan] [data-kabar]", has_text="syahrul tercatat hadir").wait_for()
    assert list(Kehadiran.objects.filter(nama="syahrul").values_list("meja", "kembar")) == [("2", 0)]


def test_the_same_name_from_the_queue_waits_for_an_answer(meja, cast, network):
    Undangan.objects.create(
        musrenbang=meja.acara,
        nama="Sahrul",
        jabatan="Kades",
        kode="SAHRU2",
        unsur="kades",
        lembaga="Desa Loyok",
        jenis_kelamin="L",
    )
    network.cut(meja)
    for nama in ("Syahrul", "Inaq Murni"):
        _guest(meja, nama)
    meja.page.get_by_text("2 catatan tersimpan di perangkat ini").wait_for()
    network.restore(meja)
    butir = meja.page.locator("#antrean [data-butir]")
    butir.get_by_text("Sahrul, Kades dari Desa Loyok ada di daftar undangan").wait_for()
    assert Kehadiran.objects.filter(nama="Inaq Murni").exists(), "the others go on"
    meja.periksa()
    butir.get_by_role("button", name="Hadir lewat undangan").click()
    meja.page.locator("#antrean").wait_for(state="hidden")
    assert Kehadiran.objects.get(undangan__kode="SAHRU2").nama == "Sahrul"
    assert not Kehadiran.objects.filter(nama="Syahrul").exists()


def test_a_projector_whose_address_is_gone_says_so(prepared_scene, people_there):  # noqa: F811
    p = people_there("pak_sekcam")
    layar = open_layar(musrenbang=prepared_scene.acara)
    p.page.goto(f"{p.alamat}/layar/{layar.kode}/")
    p.page.locator("#putus").wait_for(state="hidden")
    layar.delete()
    p.page.get_by_text("Alamat layar ini tidak berlaku lagi").wait_for()


def test_a_session_that_ends_says_so_in_time_and_one_key_goes_on(demo, browser_client):
    """The clock of the page is moved, and what the server remembers with it: nobody waits three hours for a test."""
    acara = demo("persiapan")
    p = browser_client()
    p.konteks.clock.install()
    p.masuk("sekcam")
    p.buka(f"/m/{acara.slug}/jadwal/")
    warning, idle = p.page.locator(".sesi-habis"), settings.SESI_DIAM_DETIK - 200
    key = next(c["value"] for c in p.konteks.cookies() if c["name"] == "sessionid")

    def leave_alone():
        session = SessionStore(session_key=key)
        session[DILIHAT] = int(time.time()) - idle
        session.save()
        p.page.clock.fast_forward(idle * 1000)
        warning.wait_for()

    p.page.focus("#id_tempat")
    leave_alone()
    assert re.fullmatch(r"3:(1\d|20)", warning.locator("[data-sesi-sisa]").inner_text())
    p.keadaan = "sesi"
    p.periksa()
    p.page.keyboard.type("G")
    warning.wait_for(state="detached")
    assert p.page.input_value("#id_tempat").startswith("G"), "the key does what it does anywhere"
    assert int(time.time()) - SessionStore(session_key=key)[DILIHAT] < 60
    leave_alone()
    p.page.get_by_role("button", name="Tetap masuk").click()
    warning.wait_for(state="detached")
