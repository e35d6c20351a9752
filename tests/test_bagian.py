"""Parts of a page without a session, with the wrong one, refused or broken: a sentence, never a page inside a page."""

import re
import time
import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from berita_acara.models import Paket
from musrenbang.akun import kode_masuk
from musrenbang.akun.sesi import DILIHAT
from musrenbang.sidang.models import Agenda, Notulen, Undangan
from musrenbang.states import Tahap
from rkp.prioritas.models import Pemungutan
from tests.conftest import buka_peringkat
from tests.some import some
from tests.test_arsitektur import all_urls

POLA = re.compile(r"""hx-(get|post)="\{% url '([\w:]+)'|hx-(get|post)="\{\{ (url_\w+) \}\}""")
LEWAT_JS = {"sidang:check_in": "post", "sidang:check_in_code": "post", "sidang:note": "post", "usulan:import": "post"}
"""Addresses that our own fetch() asks: forms with data-antre, data-otomatis, data-satu-satu."""
BUTUH = {"usulan:edit_inline", "usulan:edit_row", "usulan:correct_row"}
"""Addresses that stand in a template as a variable (``url_ubah``, ``url_simpan``)."""


def bagian() -> set[str]:
    """The names of all addresses that a template lets htmx ask."""
    hasil = set()
    for p in (settings.BASE_DIR / "templates").rglob("*.html"):
        for cocok in POLA.finditer(p.read_text()):
            if cocok[2]:
                hasil.add(cocok[2])
    return hasil


@pytest.fixture
def alamat(acara, draf, pemeran, pindah):
    """Every address of a part, with what it is about: (name, method, address)."""
    by = pemeran["bu_pmd"]
    usulan = draf.baris.first().sumber.first().usulan
    pindah(acara, Tahap.PRIORITAS)
    p = buka_peringkat(acara, pemeran["pak_sekcam"])
    vote = Pemungutan.objects.create(pemeringkatan=p, jumlah_pilihan=1, calon=[])
    agenda = Agenda.objects.create(musrenbang=acara, urut=1, judul="Pembukaan", menit=15)
    undangan = Undangan.objects.create(musrenbang=acara, nama="Haris", kode="HARIS2", unsur="kades", lembaga="Desa")
    benda = {
        "berita_acara:bundle": [Paket.objects.create(musrenbang=acara, dibuat_oleh=by).pk],
        "usulan:edit_inline": [usulan.pk],
        "usulan:edit_row": [usulan.impor_id],
        "usulan:correct_row": [usulan.impor_id],
        "prioritas:vote": [p.kode, vote.pk],
        "sidang:check_in": [undangan.pk],
        "sidang:note": [Notulen.objects.create(agenda=agenda).pk],
        **{nama: [draf.baris.first().pk] for nama in ("rkp:decide", "rkp:row", "rkp:row_view")},
    }
    pos = {"rkp:decide", "sidang:show", "usulan:correct_row", *LEWAT_JS}
    hasil = []
    for nama in sorted(bagian() | set(LEWAT_JS) | BUTUH):
        try:
            url = reverse(nama, args=[acara.slug, *benda.get(nama, [])])
        except NoReverseMatch:
            pytest.fail(f"{nama} is a part and has no arguments here")
        hasil.append((nama, "post" if nama in pos else "get", url))
    return hasil


def test_the_sweep_sees_every_part_of_every_template(alamat):
    nama = {n for n, _, _ in alamat}
    assert nama >= bagian()
    assert len(nama) >= 14, sorted(nama)
    dikenal = {n for n, _ in all_urls("x")}
    assert nama <= dikenal


HX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/m/sikur-2027/rkp/?hal=2"}
KEMBALI = "next=%2Fm%2Fsikur-2027%2Frkp%2F%3Fhal%3D2"


def tanya(client, cara, url, **kepala):
    return getattr(client, cara)(url, headers=HX | kepala)


def periksa_kalimat(jawab, status, kata, url):
    teks = jawab.content.decode()
    assert jawab.status_code == status, (url, jawab.status_code)
    assert kata in teks, url
    assert "<html" not in teks, url
    assert "<form" not in teks, url
    assert jawab.headers["X-Kabar"] == "1", url


def keadaan_keluar(pemeran):
    return Client()


def keadaan_diam(pemeran):
    client = Client()
    client.force_login(pemeran["pak_sekcam"])
    sesi = client.session
    sesi[kode_masuk.KUNCI], sesi[DILIHAT] = kode_masuk.CUKUP, int(time.time()) - settings.SESI_DIAM_DETIK - 60
    sesi.save()
    return client


def keadaan_tanpa_kode(pemeran):
    client = keadaan_diam(pemeran)
    sesi = client.session
    sesi[kode_masuk.KUNCI], sesi[DILIHAT] = kode_masuk.ISI, int(time.time())
    sesi.save()
    return client


@pytest.mark.parametrize(
    "keadaan, kata, tujuan",
    [
        (keadaan_keluar, "Sesi Anda sudah berakhir", "/masuk/?"),
        (keadaan_diam, "Sesi Anda sudah berakhir", "/masuk/?"),
        (keadaan_tanpa_kode, "Kode verifikasi belum diisi", "/masuk/kode/?"),
    ],
)
def test_no_session_is_a_sentence_or_the_way_to_sign_in(keadaan, kata, tujuan, alamat, pemeran):
    for _, cara, url in some(alamat):
        for jenis in ("sendiri", "isian", ""):
            jawab = tanya(keadaan(pemeran), cara, url, **({"X-Bagian": jenis} if jenis else {}))
            periksa_kalimat(jawab, 401, kata, url)
            assert "HX-Redirect" not in jawab.headers, (url, jenis)
            assert f"{tujuan}{KEMBALI}" in jawab.content.decode(), url
        jawab = tanya(keadaan(pemeran), cara, url, **{"X-Bagian": "klik"})
        assert (jawab.status_code, jawab.headers["HX-Redirect"]) == (401, f"{tujuan}{KEMBALI}"), url


def test_another_person_signed_in_meanwhile(alamat, pemeran, masuk):
    client, pemilik = masuk("bu_pmd"), str(pemeran["pak_sekcam"].pk)
    for _, cara, url in some(alamat):
        for jenis in ("sendiri", "klik", "isian"):
            jawab = tanya(client, cara, url, **{"X-Bagian": jenis, "X-Untuk": pemilik})
            periksa_kalimat(jawab, 401, "sekarang masuk sebagai Bu Pmd", url)
            assert "HX-Redirect" not in jawab.headers
        assert tanya(client, cara, url, **{"X-Untuk": str(pemeran["bu_pmd"].pk)}).status_code != 401


def test_who_may_not_and_what_is_gone(alamat, masuk, acara):
    for _, cara, url in alamat:
        periksa_kalimat(tanya(masuk("orang_luar"), cara, url), 404, "Halaman tidak ditemukan", url)
    for nama in ("sidang:today_live", "sidang:find_invitee"):
        url = reverse(nama, args=[acara.slug])
        periksa_kalimat(tanya(masuk("orang_skpd"), "get", url), 403, "Bukan wewenang Anda", url)


def test_a_token_that_does_not_hold(alamat, pemeran):
    client = Client(enforce_csrf_checks=True)
    client.force_login(pemeran["pak_sekcam"])
    dicoba = [url for _, cara, url in alamat if cara == "post"]
    assert len(dicoba) >= 6
    for url in dicoba:
        periksa_kalimat(tanya(client, "post", url), 403, "Halaman ini sudah kedaluwarsa", url)


@pytest.mark.parametrize("debug", [False, True])
def test_what_breaks_is_a_sentence_too(debug, alamat, pemeran, monkeypatch, settings):
    """Also with DEBUG=1, where Django would answer with a page of its own."""
    settings.DEBUG = debug
    client = keadaan_tanpa_kode(pemeran)
    sesi = client.session
    sesi[kode_masuk.KUNCI] = kode_masuk.CUKUP
    sesi.save()
    client.raise_request_exception = False

    def rusak(*_, **__):
        raise RuntimeError("rusak")

    monkeypatch.setattr("musrenbang.views.page.get_musrenbang_for", rusak)
    for _, cara, url in alamat:
        periksa_kalimat(tanya(client, cara, url), 500, "Terjadi kesalahan di aplikasi", url)


def test_a_refusal_of_our_own_fetch_is_a_sentence(acara, masuk, pindah):
    """The autosave and the upload are no htmx: a refusal came back as a redirect that looked like success."""
    pindah(acara, Tahap.SELESAI)
    note = Notulen.objects.create(agenda=Agenda.objects.create(musrenbang=acara, urut=1, judul="A", menit=5))
    isi = {f"n{note.pk}-versi": 1, f"n{note.pk}-pertanyaan": "Terlambat?"}
    jawab = masuk("pak_sekcam").post(
        reverse("sidang:note", args=[acara.slug, note.pk]), isi, headers={"X-Otomatis": "1", "X-Bagian": "isian"}
    )
    periksa_kalimat(jawab, 409, "tidak dapat diubah", "note")


def test_a_form_of_another_owner_stores_nothing(acara, pemeran, masuk):
    isi = {"_untuk": pemeran["pak_sekcam"].pk, "kunci": uuid.uuid4(), "dari": "dijadwalkan", "ke": "persiapan"}
    client = masuk("pak_camat")
    jawab = client.post(f"/m/{acara.slug}/pindah/", isi)
    teks = jawab.content.decode()
    assert (jawab.status_code, "Halaman itu dibuka dengan akun lain" in teks) == (409, True)
    assert "sekarang masuk sebagai Pak Camat" in teks
    acara.refresh_from_db()
    assert acara.tahap == Tahap.DIJADWALKAN
    assert client.post("/keluar/", isi).status_code == 302, "leaving is open to everybody"
    assert masuk("pak_sekcam").post(f"/m/{acara.slug}/pindah/", isi).status_code == 302


def test_a_poll_is_nobodys_touch(acara, masuk, pemeran):
    client = masuk("pak_sekcam")
    dahulu = int(time.time()) - 3000
    for jenis, bergerak in (("sendiri", False), ("klik", True)):
        sesi = client.session
        sesi[DILIHAT] = dahulu
        sesi.save()
        url = reverse("sidang:attendance", args=[acara.slug])
        assert client.get(url, headers=HX | {"X-Bagian": jenis}).status_code == 200
        assert (client.session[DILIHAT] > dahulu) is bergerak


def test_the_way_back_is_never_another_site(acara):
    for asal in ("https://jahat.example/m/", "", "//jahat.example"):
        jawab = Client().get(
            reverse("sidang:today_live", args=[acara.slug]),
            headers={"HX-Request": "true", "HX-Current-URL": asal, "X-Bagian": "klik"},
        )
        assert jawab.headers["HX-Redirect"] == "/masuk/?next=%2F"


def test_every_fetch_of_ours_says_whose_page_it_is():
    skrip = {p.name: p.read_text() for p in (settings.BASE_DIR / "static/js").glob("*.js")}
    jumlah = {nama: len(re.findall(r"\bfetch\(", teks)) for nama, teks in skrip.items()}
    # alat.js asks for all of them; a witness has no account: the page belongs to whoever has the address.
    assert {n: j for n, j in jumlah.items() if j} == {"alat.js": 1, "bagian.js": 1, "saksi.js": 1}
    # Nor has a projector.
    minta = {n: [b for b in t.splitlines() if re.search(r"\b(minta|kirim)\([^)]", b)] for n, t in skrip.items()}
    minta = {
        n: [b for b in baris if "function" not in b] for n, baris in minta.items() if n not in {"alat.js", "layar.js"}
    }
    assert {n: len(baris) for n, baris in minta.items() if baris} == {
        "antrean.js": 2,
        "grid.js": 2,
        "grid_order.js": 1,
        "otomatis.js": 1,
        "unggah.js": 1,
    }
    assert [b for baris in minta.values() for b in baris if "bagian.kepala(" not in b] == []


def test_a_page_loads_the_scripts_that_it_uses_and_no_others():
    """What a script looks for stands in the page or in a part of it; each is named by a page."""
    halaman = "".join(p.read_text() for p in (settings.BASE_DIR / "templates").rglob("*.html"))
    dimuat = set(re.findall(r"static 'js/(\w+\.js)'", halaman))
    ditempel = {"bukti.js", "bukti_halaman.js", "ed25519.js"}  # written into a page that is saved (views/jangkar.py)
    assert {p.name for p in (settings.BASE_DIR / "static/js").glob("*.js")} == dimuat | ditempel
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
    for nama, atribut in tanda.items():
        assert f"[{atribut}" in (settings.BASE_DIR / f"static/js/{nama}.js").read_text() or nama == "jam"
        assert atribut in halaman
