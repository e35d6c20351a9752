"""The page that a villager saved, opened from the disk without any network, and photographs of codes."""

import base64
import io
import json

import pytest
from django.test import Client
from PIL import Image, ImageFilter
from playwright.sync_api import expect

from berita_acara.templatetags.dokumen import qr_bukti
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.proof import unpack
from tests.attack.test_proof import UBAHAN
from tests.e2e.conftest import TELEPON, violations
from tests.jangkar.test_tree import RFC8032
from tindak_lanjut.queries.proofs import village_proofs

pytestmark = pytest.mark.django_db


def photo(teks, path):
    """Write a picture as a telephone takes it of paper: at an angle, not quite sharp, compressed."""
    kode = Image.open(io.BytesIO(base64.b64decode(qr_bukti(teks).split(",")[1]))).convert("L").resize((1000, 1000))
    kertas = Image.new("L", (1700, 1300), 225)
    kertas.paste(kode.point(lambda n: 30 if n < 128 else 230), (330, 140))
    kertas.rotate(4, fillcolor=200, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.2)).convert(
        "RGB"
    ).save(path, quality=80)
    return path


@pytest.fixture
def halaman(ready_to_issue, chromium, tmp_path):
    """The saved page in a browser that has no network, and the proofs of the event."""
    response = Client().get("/publik/bukti.html")
    assert response.headers["Content-Disposition"].startswith("attachment")
    (tmp_path / "periksa.html").write_bytes(response.content)
    proof = [b["teks"] for everything in village_proofs(ready_to_issue).values() for b in everything]
    context = chromium.new_context(viewport=TELEPON, offline=True)
    page = context.new_page()
    galat = []
    page.on("pageerror", lambda g: galat.append(str(g)))
    page.goto(f"file://{tmp_path / 'periksa.html'}")
    yield page, proof
    assert galat == []
    context.close()


def test_a_photo_of_the_code_tells_what_was_signed(halaman, tmp_path):
    page, proof = halaman
    text = max(proof, key=len)
    usulan = json.loads(unpack(text).fakta)["u"]
    page.set_input_files("#foto", photo(text, tmp_path / "foto.jpg"))
    result = page.locator("#hasil")
    expect(result).to_contain_text(
        "Terbukti: usulan ini, volume, rupiah, hasilnya, ada dalam catatan yang ditandatangani"
    )
    expect(result).to_contain_text(own_key().sidik)
    for no, nama, volume, rupiah, end in usulan:
        biaya = "biaya belum diisi" if rupiah is None else f"Rp{rupiah:,}".replace(",", ".")
        expect(result.locator("li", has_text=f"No. {no} {nama}")).to_have_text(
            f"No. {no} {nama}{volume} · {biaya}{end}"
        )
    assert violations(page, ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=str(tmp_path / "terbukti.png"), full_page=True)


def test_another_picture_and_a_forged_code_are_told_in_words(halaman, tmp_path):
    page, proof = halaman
    forged = UBAHAN["rupiah"][0](unpack(proof[0]))
    page.set_input_files("#foto", photo(forged, tmp_path / "palsu.jpg"))
    expect(page.locator("#hasil")).to_contain_text("Tidak terbukti")
    (tmp_path / "bukan.jpg").write_bytes(b"bukan gambar")
    page.set_input_files("#foto", tmp_path / "bukan.jpg")
    expect(page.locator("#hasil")).to_contain_text("Berkas ini bukan foto")
    Image.new("RGB", (640, 480), "white").save(tmp_path / "putih.jpg")
    page.set_input_files("#foto", tmp_path / "putih.jpg")
    expect(page.locator("#hasil")).to_contain_text("Kodenya tidak terbaca")
    page.get_by_text("Kodenya tidak terbaca? Tempel teksnya").click()
    page.fill("#teks", UBAHAN["kunci dan tanda tangan sendiri"][0](unpack(proof[0])))
    page.get_by_role("button", name="Periksa teks").click()
    expect(page.locator("#hasil")).to_contain_text("Belum terbukti: kuncinya tidak dikenal")


def test_the_browser_judges_as_the_server_does(halaman):
    """Every alteration of tests/attack/test_proof.py, and the vectors of RFC 8032, in the page's own script."""
    page, proof = halaman
    original = max(proof, key=len)
    everything = {nama: change(unpack(original)) for nama, (change, _) in UBAHAN.items()}
    nilai = """([semua, kunci]) => Object.fromEntries(Object.entries(semua).map(([nama, teks]) => {
      try { return [nama, Bukti.check(teks, kunci).dikenal]; } catch (g) { return [nama, g instanceof Bukti.BuktiSalah ? g.message : 'GALAT ' + g]; }
    }))"""
    result = page.evaluate(nilai, [everything | {"asli": original}, [base64.b64encode(own_key().isi).decode()]])
    assert result.pop("asli") is True
    assert result.pop("kunci dan tanda tangan sendiri") is False
    for nama, kata in result.items():
        assert UBAHAN[nama][1] in str(kata), (nama, kata)
    periksa = """semua => semua.map(([k, p, t]) => { const h = (x) => Uint8Array.from(x.match(/../g) || [], (b) => parseInt(b, 16));
      return [Ed25519.isSigned(h(k), h(p), h(t)), Ed25519.isSigned(h(k), h(p + '00'), h(t))]; })"""
    assert page.evaluate(periksa, RFC8032) == [[True, False]] * len(RFC8032)
