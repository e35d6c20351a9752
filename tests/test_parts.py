"""Parts of a page without a session, with the wrong one, refused or broken: a sentence, never a page inside a page."""

import re
import time
import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from berita_acara.models import Paket
from musrenbang.akun import sign_in_code
from musrenbang.akun.sesi import DILIHAT
from musrenbang.sidang.models import Agenda, Notulen, Paparan, Undangan
from musrenbang.states import Tahap
from rkp.prioritas.models import Pemungutan
from tests.conftest import open_page_peringkat
from tests.some import some
from tests.test_arsitektur import all_urls

POLA = re.compile(r"""hx-(get|post)="\{% url '([\w:]+)'|hx-(get|post)="\{\{ (url_\w+) \}\}""")
LEWAT_JS = {"sidang:check_in": "post", "sidang:check_in_code": "post", "sidang:note": "post", "usulan:import": "post"}
"""Addresses that our own fetch() asks: forms with data-antre, data-otomatis, data-satu-satu."""
BUTUH = {"usulan:edit_inline", "usulan:edit_row", "usulan:correct_row"}
"""Addresses that stand in a template as a variable (``url_ubah``, ``url_simpan``)."""


def bagian() -> set[str]:
    """The names of all addresses that a template lets htmx ask."""
    result = set()
    for p in (settings.BASE_DIR / "templates").rglob("*.html"):
        for match in POLA.finditer(p.read_text()):
            if match[2]:
                result.add(match[2])
    return result


@pytest.fixture
def alamat(acara, draft_event, cast, move_event):
    """Every address of a part, with what it is about: (name, method, address)."""
    by = cast["bu_pmd"]
    usulan = draft_event.baris.first().sumber.first().usulan
    move_event(acara, Tahap.PRIORITAS)
    p = open_page_peringkat(acara, cast["pak_sekcam"])
    vote = Pemungutan.objects.create(pemeringkatan=p, jumlah_pilihan=1, calon=[])
    agenda = Agenda.objects.create(musrenbang=acara, urut=1, judul="Pembukaan", menit=15)
    undangan = Undangan.objects.create(musrenbang=acara, nama="Haris", kode="HARIS2", unsur="kades", lembaga="Desa")
    thing = {
        "berita_acara:bundle": [Paket.objects.create(musrenbang=acara, dibuat_oleh=by).pk],
        "usulan:edit_inline": [usulan.pk],
        "usulan:edit_row": [usulan.impor_id],
        "usulan:correct_row": [usulan.impor_id],
        "prioritas:vote": [p.kode, vote.pk],
        "sidang:check_in": [undangan.pk],
        "sidang:slide": [
            Paparan.objects.create(
                musrenbang=acara, judul="PUPR", sha256="0" * 64, ukuran=1, halaman=1, diunggah_oleh=by
            ).pk
        ],
        "sidang:note": [Notulen.objects.create(agenda=agenda).pk],
        **{nama: [draft_event.baris.first().pk] for nama in ("rkp:decide", "rkp:row", "rkp:row_view")},
    }
    post = {"rkp:decide", "sidang:show", "sidang:slide", "usulan:correct_row", *LEWAT_JS}
    result = []
    for nama in sorted(bagian() | set(LEWAT_JS) | BUTUH):
        try:
            url = reverse(nama, args=[acara.slug, *thing.get(nama, [])])
        except NoReverseMatch:
            pytest.fail(f"{nama} is a part and has no arguments here")
        result.append((nama, "post" if nama in post else "get", url))
    return result


def test_the_sweep_sees_every_part_of_every_template(alamat):
    nama = {n for n, _, _ in alamat}
    assert nama >= bagian()
    assert len(nama) >= 14, sorted(nama)
    recognised = {n for n, _ in all_urls("x")}
    assert nama <= recognised


HX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/m/sikur-2027/rkp/?hal=2"}
KEMBALI = "next=%2Fm%2Fsikur-2027%2Frkp%2F%3Fhal%3D2"


def question(client, cara, url, **head_of):
    return getattr(client, cara)(url, headers=HX | head_of)


def periksa_sentence(response, status, kata, url):
    text = response.content.decode()
    assert response.status_code == status, (url, response.status_code)
    assert kata in text, url
    assert "<html" not in text, url
    assert "<form" not in text, url
    assert response.headers["X-Kabar"] == "1", url


def state_leaving(cast):
    return Client()


def state_silent(cast):
    client = Client()
    client.force_login(cast["pak_sekcam"])
    sesi = client.session
    sesi[sign_in_code.KUNCI], sesi[DILIHAT] = sign_in_code.CUKUP, int(time.time()) - settings.SESI_DIAM_DETIK - 60
    sesi.save()
    return client


def state_without_code(cast):
    client = state_silent(cast)
    sesi = client.session
    sesi[sign_in_code.KUNCI], sesi[DILIHAT] = sign_in_code.ISI, int(time.time())
    sesi.save()
    return client


@pytest.mark.parametrize(
    "state, kata, tujuan",
    [
        (state_leaving, "Sesi Anda sudah berakhir", "/masuk/?"),
        (state_silent, "Sesi Anda sudah berakhir", "/masuk/?"),
        (state_without_code, "Kode verifikasi belum diisi", "/masuk/kode/?"),
    ],
)
def test_no_session_is_a_sentence_or_the_way_to_sign_in(state, kata, tujuan, alamat, cast):
    for _, cara, url in some(alamat):
        for jenis in ("sendiri", "isian", ""):
            response = question(state(cast), cara, url, **({"X-Bagian": jenis} if jenis else {}))
            periksa_sentence(response, 401, kata, url)
            assert "HX-Redirect" not in response.headers, (url, jenis)
            assert f"{tujuan}{KEMBALI}" in response.content.decode(), url
        response = question(state(cast), cara, url, **{"X-Bagian": "klik"})
        assert (response.status_code, response.headers["HX-Redirect"]) == (401, f"{tujuan}{KEMBALI}"), url


def test_another_person_signed_in_meanwhile(alamat, cast, masuk):
    client, owner = masuk("bu_pmd"), str(cast["pak_sekcam"].pk)
    for _, cara, url in some(alamat):
        for jenis in ("sendiri", "klik", "isian"):
            response = question(client, cara, url, **{"X-Bagian": jenis, "X-Untuk": owner})
            periksa_sentence(response, 401, "sekarang masuk sebagai Bu Pmd", url)
            assert "HX-Redirect" not in response.headers
        assert question(client, cara, url, **{"X-Untuk": str(cast["bu_pmd"].pk)}).status_code != 401


def test_who_may_not_and_what_is_gone(alamat, masuk, acara):
    for _, cara, url in alamat:
        periksa_sentence(question(masuk("orang_luar"), cara, url), 404, "Halaman tidak ditemukan", url)
    for nama in ("sidang:today_live", "sidang:find_invitee"):
        url = reverse(nama, args=[acara.slug])
        periksa_sentence(question(masuk("orang_skpd"), "get", url), 403, "Bukan wewenang Anda", url)


def test_a_token_that_does_not_hold(alamat, cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["pak_sekcam"])
    tried = [url for _, cara, url in alamat if cara == "post"]
    assert len(tried) >= 6
    for url in tried:
        periksa_sentence(question(client, "post", url), 403, "Halaman ini sudah kedaluwarsa", url)


@pytest.mark.parametrize("debug", [False, True])
def test_what_breaks_is_a_sentence_too(debug, alamat, cast, monkeypatch, settings):
    """Also with DEBUG=1, where Django would answer with a page of its own."""
    settings.DEBUG = debug
    client = state_without_code(cast)
    sesi = client.session
    sesi[sign_in_code.KUNCI] = sign_in_code.CUKUP
    sesi.save()
    client.raise_request_exception = False

    def broken(*_, **__):
        raise RuntimeError("rusak")

    monkeypatch.setattr("musrenbang.views.page.get_musrenbang_for", broken)
    for _, cara, url in alamat:
        periksa_sentence(question(client, cara, url), 500, "Terjadi kesalahan di aplikasi", url)


def test_a_refusal_of_our_own_fetch_is_a_sentence(acara, masuk, move_event):
    """The autosave and the upload are no htmx: a refusal came back as a redirect that looked like success."""
    move_event(acara, Tahap.SELESAI)
    note = Notulen.objects.create(agenda=Agenda.objects.create(musrenbang=acara, urut=1, judul="A", menit=5))
    content = {f"n{note.pk}-versi": 1, f"n{note.pk}-pertanyaan": "Terlambat?"}
    response = masuk("pak_sekcam").post(
        reverse("sidang:note", args=[acara.slug, note.pk]), content, headers={"X-Otomatis": "1", "X-Bagian": "isian"}
    )
    periksa_sentence(response, 409, "tidak dapat diubah", "note")


def test_a_form_of_another_owner_stores_nothing(acara, cast, masuk):
    contents = {"_untuk": cast["pak_sekcam"].pk, "kunci": uuid.uuid4(), "dari": "dijadwalkan", "ke": "persiapan"}
    client = masuk("pak_camat")
    response = client.post(f"/m/{acara.slug}/pindah/", contents)
    text = response.content.decode()
    assert (response.status_code, "Halaman itu dibuka dengan akun lain" in text) == (409, True)
    assert "sekarang masuk sebagai Pak Camat" in text
    acara.refresh_from_db()
    assert acara.tahap == Tahap.DIJADWALKAN
    assert client.post("/keluar/", contents).status_code == 302, "leaving is open to everybody"
    assert masuk("pak_sekcam").post(f"/m/{acara.slug}/pindah/", contents).status_code == 302


def test_a_poll_is_nobodys_touch(acara, masuk, cast):
    client = masuk("pak_sekcam")
    first = int(time.time()) - 3000
    for jenis, moving in (("sendiri", False), ("klik", True)):
        sesi = client.session
        sesi[DILIHAT] = first
        sesi.save()
        url = reverse("sidang:attendance", args=[acara.slug])
        assert client.get(url, headers=HX | {"X-Bagian": jenis}).status_code == 200
        assert (client.session[DILIHAT] > first) is moving


def test_a_page_asks_how_long_its_session_lasts_and_one_key_prolongs_it(masuk):
    """Asking is nobody's touch; going on is one, however short ago the last one was written down."""
    client, url = masuk("pak_sekcam"), reverse("session_left")
    sesi = client.session
    sesi[DILIHAT] = int(time.time()) - 120
    sesi.save()
    asked = [client.get(url, headers={"X-Bagian": "sendiri"}).json()["sisa"] for _ in range(2)]
    assert settings.SESI_DIAM_DETIK - 125 <= min(asked) <= max(asked) <= settings.SESI_DIAM_DETIK - 119
    assert client.post(url).json()["sisa"] == settings.SESI_DIAM_DETIK
    assert client.session[DILIHAT] >= int(time.time()) - 2
    client.logout()
    assert client.get(url, headers={"X-Bagian": "sendiri"}).status_code == 401


def test_the_way_back_is_never_another_site(acara):
    for asal in ("https://jahat.example/m/", "", "//jahat.example"):
        response = Client().get(
            reverse("sidang:today_live", args=[acara.slug]),
            headers={"HX-Request": "true", "HX-Current-URL": asal, "X-Bagian": "klik"},
        )
        assert response.headers["HX-Redirect"] == "/masuk/?next=%2F"


def test_every_fetch_of_ours_says_whose_page_it_is():
    script = {p.name: p.read_text() for p in (settings.BASE_DIR / "static/js").glob("*.js")}
    jumlah = {nama: len(re.findall(r"\bfetch\(", text)) for nama, text in script.items()}
    # alat.js asks for all of them; a witness has no account: the page belongs to whoever has the address. The worker of
    # the desk has no page: it fetches what it keeps and hands on what a page asked for.
    assert {n: j for n, j in jumlah.items() if j} == {"alat.js": 1, "bagian.js": 1, "saksi.js": 1, "pekerja_meja.js": 2}
    # Nor has a projector.
    ask = {n: [b for b in t.splitlines() if re.search(r"\b(minta|kirim)\([^)]", b)] for n, t in script.items()}
    ask = {n: [b for b in baris if "function" not in b] for n, baris in ask.items() if n not in {"alat.js", "layar.js"}}
    assert {n: len(baris) for n, baris in ask.items() if baris} == {
        "antrean.js": 2,
        "grid.js": 2,
        "grid_order.js": 1,
        "meja_kirim.js": 2,
        "otomatis.js": 1,
        "sesi.js": 1,
        "unggah.js": 1,
    }
    assert [b for baris in ask.values() for b in baris if "bagian.kepala(" not in b] == []


def test_a_page_loads_the_scripts_that_it_uses_and_no_others():
    """What a script looks for stands in the page or in a part of it; each is named by a page."""
    halaman = "".join(p.read_text() for p in (settings.BASE_DIR / "templates").rglob("*.html"))
    loaded = set(re.findall(r"static 'js/(\w+\.js)'", halaman))
    given = {"pekerja_meja.js"}  # at an address of its own, below which it works (sidang/views/desk.py)
    pasted = {"bukti.js", "bukti_halaman.js", "ed25519.js"}  # written into a page that is saved (views/jangkar.py)
    assert {p.name for p in (settings.BASE_DIR / "static/js").glob("*.js")} == loaded | pasted | given
    tanda = {
        "antrean": "data-antre",
        "otomatis": "data-otomatis",
        "seret": "data-seret",
        "kamera": "data-kamera",
        "jam": "data-mundur",
        "skor": "data-angka",
        "masuk": "data-akun",
        "suara": "data-suara",
    }
    for nama, attributes in tanda.items():
        assert f"[{attributes}" in (settings.BASE_DIR / f"static/js/{nama}.js").read_text() or nama == "jam"
        assert attributes in halaman
