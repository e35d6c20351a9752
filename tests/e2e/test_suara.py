"""A vote as the hall sees it: the scheme, its candidates, delegates on their phones, one on paper, the result."""

import re

from alur.periksa import broken_invariants
from musrenbang.models import Desa, Pengguna
from rkp.prioritas.models import Calon, KodeSuara, Pemeringkatan, Pemungutan, SuratSuara
from tests.e2e.conftest import TELEPON
from tests.e2e.steps import decide_tie
from tests.prioritas.conftest import LONGGAR, delegasi

M = "/m/sikur-2027/rkp/prioritas"


def loosen(p) -> None:
    """Turn off, in the form, what this meeting does not ask for."""
    p.page.locator("main details:not([open]) > summary").evaluate_all("all => all.forEach((one) => one.click())")
    for kode, nilai in LONGGAR.items():
        if isinstance(nilai, bool):
            p.page.uncheck(f"#id_{kode}")
        else:
            p.page.fill(f"#id_{kode}", "")
    p.periksa()


def choose_at_phone(browser, kode: str, many: int) -> None:
    phone = browser(TELEPON)
    phone.buka("/suara/")
    phone.page.fill("#kode", f"{kode[:4]}-{kode[4:].lower()}")
    phone.tekan("Buka surat suara")
    assert phone.page.get_by_role("button", name="Kirim suara").is_disabled()
    for box in phone.page.locator("input[name=pilihan]").all()[:many]:
        box.check()
    phone.periksa()
    phone.tekan("Kirim suara")
    assert "Suara Anda sudah masuk" in phone.page.inner_text("main")


def test_a_vote_from_scheme_to_result(demo, browser_client):
    acara = demo("prioritas")
    Pemeringkatan.objects.filter(musrenbang=acara).delete()  # the demo's own: this one begins with the scheme
    sekcam = Pengguna.objects.get(username="sekcam")
    for desa in Desa.objects.filter(kecamatan=acara.kecamatan)[:2]:
        delegasi(acara, sekcam, desa)
    p = browser_client()
    p.masuk("sekcam")
    p.buka(f"{M}/buka/mpd/")
    p.page.fill("#id_pagu", "900.000.000")
    loosen(p)
    p.tekan("Mulai pemeringkatan")
    p.buka(f"{M}/mpd/calon/")
    for box in p.page.locator("input[name=baris]").all()[:6]:
        box.check()
    p.page.select_option("#daftar", "NON_SPP")
    p.tekan("Jadikan calon")
    eligible = re.findall(r"memenuhi\b", p.page.inner_text("table"))
    assert len(eligible) >= 3
    p.buka(f"{M}/pemilih/")
    for desa in Desa.objects.filter(kecamatan=acara.kecamatan)[:2]:
        bagian = p.page.get_by_role("region", name=f"Desa {desa.nama}", exact=True)
        for box in bagian.locator("input[name=kehadiran]").all():
            if f"{desa.nama} " in box.locator("xpath=..").inner_text():
                box.check()
        bagian.get_by_role("button", name=f"Jadikan delegasi Desa {desa.nama}").click()
        p.page.get_by_text("Menjadi pemilih: ").wait_for()
        p.periksa()
    p.buka(f"{M}/mpd/")
    p.tekan("Buka pemungutan Selain SPP")
    v = Pemungutan.objects.get()
    kode = list(KodeSuara.objects.filter(pemungutan=v))
    for k in kode[:2]:
        choose_at_phone(browser_client, k.kode, v.jumlah_pilihan)
    p.page.get_by_text("2 dari ", exact=False).first.wait_for()
    p.tekan(f"Kertas {kode[2].pemilih.kehadiran.nama}")
    for nama in ("edar", "masuk", "sah"):
        p.page.fill(f"#{nama}", "1")
    for box in p.page.locator("input[name^=s-]").all()[: v.jumlah_pilihan]:
        box.fill("1")
    p.tekan("Simpan hitungan kertas")
    p.tekan("Tutup dan hitung")
    assert SuratSuara.objects.count() == 2
    p.buka(f"{M}/mpd/")
    decide_tie(p)
    p.tekan("Tetapkan peringkat")
    assert "belum final sampai Surat Penetapan Camat" in p.page.inner_text("main")
    p.buka(f"{M}/mpd/calon/{Calon.objects.first().pk}/")
    p.buka(f"{M}/mpd/bagi-rata/")
    assert Pemeringkatan.objects.get().hasil["ringkasan"]["pagu"] == 900_000_000
    assert broken_invariants(acara) == []


def test_bappeda_copies_a_scheme_and_the_verification_team_fills_its_sheet(demo, browser_client):
    acara = demo("prioritas")
    p = browser_client()
    p.masuk("bappeda")
    p.buka("/acuan/skema/")
    p.buka_tautan("Salin Pagu indikatif")
    p.page.fill("#id_kode", "piwk-lotim")
    p.tekan("Simpan skema")
    p.masuk("sekcam")
    p.buka(f"{M}/")
    p.buka_tautan("Pakai skema ini")
    p.page.fill("#id_pagu", "900.000.000")
    p.tekan("Mulai pemeringkatan")
    calon = Calon.objects.filter(pemeringkatan__musrenbang=acara).first()
    tv = browser_client(TELEPON)
    tv.masuk("verifikator")
    tv.buka(f"{M}/{calon.pemeringkatan.kode}/calon/{calon.pk}/verifikasi/")
    tv.page.fill("#id_umpan_balik_pada", "2026-02-03")
    tv.page.select_option("#id_rekomendasi", "layak")
    tv.tekan("Simpan lembar verifikasi")
    assert calon.verifikasi.rekomendasi == "layak"
    tv.buka(f"{M}/desa/")
