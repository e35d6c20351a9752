"""Every page as each role, at a laptop and at a phone: axe-core clean, nothing wider than the screen, no script error."""

import pytest
from openpyxl import Workbook

from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.services.issue import read_or_draft
from musrenbang.models import Pengguna, Skpd
from musrenbang.sebutan import use
from tests.e2e.conftest import LAPTOP, TELEPON
from tests.e2e.steps import open_form
from tests.pdf_rules import judged
from tests.some import some
from tests.spreadsheets import FAULTY, look_at_all
from usulan.models import ImporUsulan, Usulan

PAPERS_OF_A_WHOLE_EVENT = (
    "hasil_kelompok",
    "pembekalan",
    "rekap_suara",
    "salinan_ba",
    "sk_tim",
    "susunan_acara",
    "undangan",
    "usulan_skpd",
)
HALAMAN = [
    "",
    "jadwal/",
    "tim/",
    "program-masuk/",
    "pagu/",
    "undangan/",
    "usulan/",
    "rkp/",
    "rkp/rekap/",
    "rkp/banding/",
    "rkp/kelompok/",
    "rkp/pleno/",
    "hari-h/",
    "agenda/",
    "kehadiran/",
    "notulen/",
    "rkp/prioritas/",
    "rkp/prioritas/pemilih/",
    "rkp/prioritas/desa/",
    "delegasi/",
    "kuorum/",
    "berita-acara/",
    "jejak/",
]
TERBATAS = ["", "usulan/", "rkp/", "program-masuk/"]
PEMBACA = [
    "",
    "rkp/",
    "rkp/prioritas/",
    "kehadiran/",
    "agenda/",
    "notulen/",
    "tim/",
    "pagu/",
    "undangan/",
    "program-masuk/",
]
PERAN = {
    "sekcam": HALAMAN,
    "camat": PEMBACA,
    "bappeda": PEMBACA,
    "pemandu": PEMBACA,
    "desa": TERBATAS,
    "skpd": TERBATAS,
}


@pytest.mark.parametrize("tahap, peran", [("persiapan", ["sekcam"]), ("pleno", list(PERAN)), ("selesai", ["sekcam"])])
def test_pages_of_each_role(demo, tahap, peran, browser_client):
    acara = demo(tahap)
    p = browser_client()
    p.keadaan = tahap
    for nama in some(peran):
        halaman = PERAN[nama]
        p.masuk(nama)
        for one in halaman:
            p.buka_di_keduanya(f"/m/{acara.slug}/{one}")
            assert p.page.locator("h1").count() == 1


def test_pages_of_one_thing(demo, browser_client):
    acara = demo("persiapan")
    p = browser_client()
    p.masuk("sekcam")
    usulan, impor, baris = Usulan.objects.first(), ImporUsulan.objects.first(), acara.rkp.baris.first()
    for one in (
        "jadwal/",
        "usulan/impor/",
        "usulan/baru/",
        "usulan/rekap/",
        "usulan/serupa/",
        "usulan/tahun-lalu/",
        "usulan/kelengkapan/",
        "usulan/kelengkapan/52.03.04.2001/",
        "usulan/sudah-didanai/",
        "program-masuk/baru/",
        "tim/baru/",
        "undangan/baru/",
        "agenda/baru/",
        f"usulan/{usulan.pk}/",
        f"usulan/impor/{impor.pk}/",
        f"rkp/baris/{baris.pk}/",
    ):
        p.buka_di_keduanya(f"/m/{acara.slug}/{one}")
    p.buka_di_keduanya(f"/m/{acara.slug}/berita-acara/pengaturan/")
    p.masuk("bappeda")
    p.buka_di_keduanya("/jadwal/")
    p.buka_di_keduanya("/verifikasi/")
    p.buka_di_keduanya("/tidak-ada/")


def test_pages_of_the_kabupaten(demo, browser_client):
    acara = demo("selesai")
    p = browser_client()
    p.masuk("bappeda")
    person, skpd = Pengguna.objects.get(username="camat"), Skpd.objects.first()
    for one in (
        "/kabupaten/",
        "/kabupaten/durkp/",
        "/jadwal/",
        "/jadwal/tahun-baru/?tahun=2027",
        "/acuan/",
        "/acuan/skpd/",
        f"/acuan/skpd/{skpd.pk}/",
        "/acuan/kamus/",
        "/acuan/kamus/baru/",
        "/acuan/pagu/",
        "/acuan/jejak/",
        "/acuan/pengguna/",
        "/acuan/pengguna/undang/",
        f"/acuan/pengguna/{person.pk}/",
        "/sandi/",
        f"/m/{acara.slug}/rkp/pemilahan/?status=ditetapkan",
        f"/m/{acara.slug}/tindak-lanjut/penyampaian/",
        f"/m/{acara.slug}/tindak-lanjut/pemeriksaan/?lihat=semua",
        f"/m/{acara.slug}/tindak-lanjut/pengesahan/?langkah=semua",
    ):
        p.buka_di_keduanya(one)
        assert p.page.locator("h1").count() == 1
    p.masuk("skpd")
    p.buka_di_keduanya("/skpd/")
    p.buka_di_keduanya("/publik/")
    p.buka_di_keduanya(f"/publik/{acara.slug}/")


@pytest.mark.django_db(transaction=True)
def test_every_spreadsheet_opens_right_in_libreoffice(demo, tmp_path):
    """It stands here for the demo of ``selesai``, which is dear to build and built in this file already."""
    wrong = look_at_all(demo("selesai"), tmp_path)
    found = " ".join(wrong.pop(FAULTY))
    for fault in ("1 is read as 3000000000", "does not fit", "text over another", "not frozen", "no number format"):
        assert fault in found
    assert wrong == {"writers": []}


@pytest.mark.django_db(transaction=True)
def test_papers_that_only_a_whole_event_has_can_be_kept_and_read_out(demo):
    """The others are judged in tests/berita_acara/test_paket.py."""
    acara, wrong = demo("selesai"), []
    with use(acara.sebutan):
        acara.undangan.exclude(pk=acara.undangan.exclude(nomor="").first().pk).update(nomor="")
        for jenis in PAPERS_OF_A_WHOLE_EVENT:
            bagian = CETAKAN[jenis].bagian
            part = bagian(acara)[0][0] if bagian else ""
            wrong += judged(jenis, read_or_draft(musrenbang=acara, jenis=jenis, by=None, part=part))
    assert wrong == []


def test_a_preview_row_is_corrected_in_place_and_compared(demo, browser_client, settings):
    acara = demo("persiapan")
    p = browser_client()
    p.masuk("pmd")
    example = settings.VAR_DIR / "contoh.xlsx"
    workbook = Workbook()
    workbook.active.append(["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya"])
    desa = Usulan.objects.first().desa.nama
    workbook.active.append([1, desa, "Gapura batas dusun", "Dusun A", 1, "unit", 5_000_000])
    workbook.save(example)
    p.buka(f"/m/{acara.slug}/usulan/impor/")
    p.page.set_input_files("#id_berkas", example)
    p.tekan("Baca berkas")
    p.page.get_by_text("Periksa atau ubah arti kolom").click()
    p.periksa()
    p.page.get_by_role("link", name="Ubah baris 2").click()
    p.page.fill("tr.sunting [name=biaya]", "7.500.000")
    p.periksa()
    p.page.get_by_role("button", name="Simpan koreksi").click()
    p.page.get_by_text("Rp7.500.000").first.wait_for()
    p.periksa()
    p.buka_tautan("Bandingkan dengan yang tersimpan")
    p.tekan("Simpan yang dicentang")
    assert Usulan.objects.get(kegiatan="Gapura batas dusun").biaya == 7_500_000


def test_several_files_go_one_by_one_and_a_bad_one_is_named(demo, browser_client, settings):
    acara = demo("persiapan")
    already = ImporUsulan.objects.count()
    berkas = []
    for nama in ("satu.xlsx", "dua.xlsx"):
        workbook = Workbook()
        workbook.active.append(["No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Biaya"])
        workbook.active.append([1, "Sikur", f"Gapura {nama}", "Dusun A", 1, "unit", 5_000_000])
        berkas.append(settings.VAR_DIR / nama)
        workbook.save(berkas[-1])
    photo = settings.VAR_DIR / "foto.xlsx"
    photo.write_bytes(b"JFIF\x00\x01")
    p = browser_client()
    p.masuk("pmd")
    p.buka(f"/m/{acara.slug}/usulan/impor/")
    p.page.set_input_files("#id_berkas", [berkas[0], photo, berkas[1]])
    p.page.get_by_role("button", name="Baca berkas").click()
    p.page.get_by_text("1 catatan untuk berkas yang tidak terbaca").wait_for()
    assert "foto.xlsx" in p.page.inner_text("#kemajuan li")
    p.periksa()
    assert ImporUsulan.objects.count() == already + 2


def test_a_row_of_the_list_is_changed_in_place(demo, browser_client):
    acara = demo("persiapan")
    p = browser_client()
    p.masuk("pmd")
    p.buka(f"/m/{acara.slug}/usulan/")
    p.page.get_by_role("link", name="Ubah usulan 1", exact=True).click()
    p.page.fill("tr.sunting [name=lokasi]", "Dusun Baru Sekali")
    p.periksa()
    p.page.locator("tr.sunting").get_by_role("button", name="Simpan").click()
    p.page.get_by_text("Dusun Baru Sekali").wait_for()
    p.page.locator("input[name=usulan]").first.check()
    p.page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
    p.periksa()  # with the bar in its own place below the list, not across one of its links
    assert p.page.get_by_role("button", name="Tetapkan perangkat daerah").is_visible()


@pytest.mark.parametrize("ukuran", [LAPTOP, TELEPON], ids=["laptop", "telepon"])
def test_another_device_is_signed_out(demo, browser_client, ukuran):
    demo("dijadwalkan")
    p, other = browser_client(ukuran), browser_client()
    p.masuk_dengan_sandi("sekcam")
    other.masuk_dengan_sandi("sekcam")
    p.buka("/sandi/")
    p.periksa()
    p.page.get_by_label("Chrome di Linux").check()
    p.page.fill("#perangkat_sandi", "musrenbang-demo")
    p.page.get_by_role("button", name="Keluarkan yang dipilih").click()
    p.page.get_by_text("1 perangkat dikeluarkan").wait_for()
    other.page.goto(f"{other.alamat}/sandi/")
    assert "/masuk/" in other.page.url


def test_a_double_click_sends_once(demo, browser_client):
    acara = demo("dijadwalkan")
    p = browser_client()
    p.masuk("sekcam")
    p.buka(f"/m/{acara.slug}/")
    p.page.get_by_role("button", name="Mulai persiapan").dblclick()
    p.page.get_by_text("Tahap sekarang:").wait_for()
    assert acara.jejak.filter(aksi="musrenbang.tahap").count() == 1


def test_a_lost_session_comes_back_to_the_same_page(demo, browser_client):
    acara = demo("persiapan")
    p = browser_client()
    p.buka(f"/m/{acara.slug}/usulan/?lengkap=tidak")
    p.page.fill("#id_username", "sekcam")
    p.page.fill("#id_password", "musrenbang-demo")
    p.page.click("#form-masuk button")
    p.page.wait_for_url(f"{p.alamat}/m/{acara.slug}/usulan/?lengkap=tidak")


def test_a_session_lost_while_deciding_loses_nothing_typed(demo, browser_client):
    """The form stays open, the person signs in again in another tab, and the same click saves it."""
    acara = demo("pleno")
    p = browser_client()
    p.masuk("sekcam")
    p.buka(f"/m/{acara.slug}/rkp/")
    baris = acara.rkp.baris.filter(keputusan="belum_dibahas", biaya__isnull=False).order_by("nomor").first()
    open_form(p, baris.nomor)
    form = p.page.get_by_role("form", name=f"Keputusan nomor {baris.nomor}", exact=True)
    form.locator("#id_keputusan").select_option("cadangan")
    form.locator("#id_alasan_kode").select_option("lahan")
    form.locator("#id_alasan").fill("Diketik sebelum sesi habis.")
    p.konteks.clear_cookies(name="sessionid")
    form.get_by_role("button", name="Simpan keputusan").click()
    p.page.get_by_text("Sesi Anda sudah berakhir").wait_for()
    assert form.locator("#id_alasan").input_value() == "Diketik sebelum sesi habis."
    other = p.konteks.new_page()
    other.goto(f"{p.alamat}/masuk/")
    other.fill("#id_username", "sekcam")
    other.fill("#id_password", "musrenbang-demo")
    other.click("#form-masuk button")
    other.wait_for_url(f"{p.alamat}/")
    form.get_by_role("button", name="Simpan keputusan").click()
    p.page.locator("tr.baru", has_text="Diketik sebelum sesi habis.").wait_for()


def test_a_page_form_sent_after_the_session_ended_can_be_sent_again(demo, browser_client):
    acara = demo("persiapan")
    p = browser_client()
    p.masuk("sekcam")
    p.buka(f"/m/{acara.slug}/jadwal/")
    p.page.fill("#id_tempat", "Gedung Serbaguna Baru")
    p.konteks.clear_cookies(name="sessionid")
    p.page.get_by_role("button", name="Simpan jadwal").click()
    p.page.get_by_text("Sesi Anda sudah berakhir").wait_for()
    other = p.konteks.new_page()
    other.goto(f"{p.alamat}/masuk/")
    other.fill("#id_username", "sekcam")
    other.fill("#id_password", "musrenbang-demo")
    other.click("#form-masuk button")
    other.wait_for_url(f"{p.alamat}/")
    p.page.go_back()
    assert p.page.input_value("#id_tempat") == "Gedung Serbaguna Baru"
    p.page.get_by_role("button", name="Simpan jadwal").click()
    p.page.get_by_text("Jadwal disimpan.").wait_for()
