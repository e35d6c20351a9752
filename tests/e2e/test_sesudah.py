"""After the day in a real browser: every role, one return by Bappeda, one "not ours", up to the end of the event."""

from berita_acara.demo import build_demo
from berita_acara.periksa import broken_invariants
from musrenbang.akun_demo import SANDI_DEMO
from tests.e2e.conftest import LAPTOP, TELEPON
from tindak_lanjut.models import Penyampaian, Pilahan, Tanggapan
from usulan.models import Usulan


def sahkan(camat, m):
    camat.buka(f"{m}/tindak-lanjut/pengesahan/")
    camat.page.get_by_label("Ketik kata sandi Anda sekali lagi").fill(SANDI_DEMO)
    camat.tekan("Sahkan RKP Kecamatan")


def sampaikan(pmd, m):
    pmd.buka(f"{m}/berita-acara/")
    pmd.tekan("Terbitkan Surat pengantar ke Bappeda")
    pmd.buka(f"{m}/tindak-lanjut/penyampaian/")
    pmd.tekan("Sampaikan ke Bappeda")


def jawab_catatan(pmd, m, halaman, kata):
    pmd.buka(f"{m}/tindak-lanjut/{halaman}/")
    pmd.page.get_by_label("Jawaban tim").fill(kata)
    pmd.tekan("Simpan jawaban")


def test_from_finalisation_to_the_last_answer(peramban):
    (acara,) = build_demo(tahap="finalisasi", usulan=20, kecamatan=1)
    m = f"/m/{acara.slug}"
    camat, pmd, bappeda, skpd = peramban(TELEPON), peramban(LAPTOP), peramban(LAPTOP), peramban(TELEPON)
    for p, nama in ((camat, "camat"), (pmd, "pmd"), (bappeda, "bappeda"), (skpd, "skpd")):
        p.masuk(nama)

    # The Camat sends it back with a note; the team puts the wording right and answers.
    camat.buka(f"{m}/tindak-lanjut/pengesahan/")
    camat.page.locator("#id_isi").fill("Nama dusun kegiatan ini keliru.")
    camat.page.locator("#id_nomor").fill("1")
    camat.tekan("Kirim catatan")
    baris = acara.rkp.baris.get(nomor=1)
    pmd.buka(f"{m}/rkp/baris/{baris.pk}/")
    pmd.buka_tautan("Perbaiki redaksi")
    pmd.page.fill("#id_lokasi", "Dusun Montong Dao")
    pmd.page.fill("#id_sebab", "Catatan Camat")
    pmd.tekan("Simpan perbaikan")
    assert "Dusun Montong Dao" in pmd.page.inner_text("main")
    jawab_catatan(pmd, m, "pengesahan", "Sudah diperbaiki.")
    sahkan(camat, m)

    # Bappeda returns it once; it comes back with the answer.
    sampaikan(pmd, m)
    bappeda.buka("/kabupaten/")
    bappeda.buka_tautan("Diperiksa Bappeda")
    bappeda.page.locator("#id_isi").fill("Sasaran kegiatan belum diisi.")
    bappeda.tekan("Kirim catatan")
    bappeda.page.get_by_label("Alasan").fill("Lengkapi sasaran kegiatan.")
    bappeda.tekan("Kembalikan ke kecamatan")
    pmd.buka(f"{m}/tindak-lanjut/penyampaian/")
    assert "Lengkapi sasaran kegiatan." in pmd.page.inner_text("main")
    jawab_catatan(pmd, m, "penyampaian", "Sasaran sudah dilengkapi.")
    pmd.tekan("Perbaiki dokumen")
    sahkan(camat, m)
    sampaikan(pmd, m)
    bappeda.buka(f"{m}/tindak-lanjut/penyampaian/")
    assert "Yang berubah sejak penyampaian sebelumnya" in bappeda.page.inner_text("main")
    bappeda.tekan("Terima dokumen")
    assert [p.status for p in Penyampaian.objects.all()] == ["diterima", "dikembalikan"]

    # Sorting: what is sure in one go; then the letters.
    pmd.buka(f"{m}/")
    pmd.tekan("Mulai pemilahan menurut SKPD")
    pmd.buka(f"{m}/rkp/pemilahan/?status=disarankan")
    pmd.tekan("Tetapkan yang dicentang")
    while Pilahan.objects.filter(status="antre").exists():
        pmd.buka(f"{m}/rkp/pemilahan/")
        with pmd.page.expect_navigation():
            pmd.page.keyboard.press("1")
    pmd.buka(f"{m}/rkp/pemilahan/?status=ditetapkan")
    pmd.page.get_by_role("button", name="yang belum dikirim").click()
    pmd.page.wait_for_url("**#kirim")
    pmd.periksa()

    # The SKPD answers one, says "not ours" of another; that one is sorted again by the keyboard.
    skpd.buka("/skpd/")
    skpd.tekan("Nyatakan diterima")
    semua = list(Pilahan.objects.filter(skpd__singkatan="Dinas PUPR").order_by("baris__nomor"))
    satu, dua = semua[:2]
    skpd.page.locator(f"#p{satu.pk} summary").click()
    skpd.page.locator(f"#p{satu.pk}").get_by_label("Jawaban").select_option("tidak")
    skpd.page.locator(f"#a{satu.pk}").fill("Pagu Renja sudah habis.")
    with skpd.page.expect_navigation():
        skpd.page.locator(f"#p{satu.pk}").get_by_role("button", name="Simpan jawaban").click()
    skpd.periksa()
    skpd.page.locator(f"#p{dua.pk} summary").click()
    skpd.page.locator(f"#p{dua.pk}").get_by_label("Jawaban").select_option("tidak_terkait")
    skpd.page.locator(f"#a{dua.pk}").fill("Urusan dinas lain.")
    with skpd.page.expect_navigation():
        skpd.page.locator(f"#p{dua.pk}").get_by_role("button", name="Simpan jawaban").click()
    skpd.periksa()
    pmd.buka(f"{m}/rkp/pemilahan/")
    assert "Menyatakan bukan urusannya: Dinas Pekerjaan Umum dan Penataan Ruang." in pmd.page.inner_text("main")
    with pmd.page.expect_navigation():
        pmd.page.keyboard.press("1")
    pmd.periksa()
    dua.refresh_from_db()
    assert (dua.status, dua.skpd.singkatan != "Dinas PUPR") == ("ditetapkan", True)
    pmd.buka(f"{m}/rkp/pemilahan/?status=ditetapkan")
    pmd.page.get_by_role("button", name="1 kegiatan yang belum dikirim").click()
    pmd.page.wait_for_url("**#kirim")
    sekcam = peramban(LAPTOP)
    sekcam.masuk("sekcam")
    sekcam.buka(f"{m}/")
    sekcam.tekan("Nyatakan selesai")

    # The desa reads what became of its proposal, and why.
    assert Tanggapan.objects.get().jawaban == "tidak"
    usulan = Usulan.objects.filter(sumber_baris__baris=satu.baris.asal_baris).first()
    pmd.buka(f"{m}/usulan/{usulan.pk}/")
    teks = pmd.page.inner_text("main")
    assert "menjawab: tidak diakomodir" in teks
    assert "Pagu Renja sudah habis." in teks
    umum = peramban(TELEPON)
    umum.buka("/publik/")
    umum.buka_tautan("Kecamatan Sikur")
    umum.buka_tautan(satu.baris.kegiatan)
    assert "Pagu Renja sudah habis." in umum.page.inner_text("main")
    acara.refresh_from_db()
    assert acara.tahap == "selesai"
    assert broken_invariants(acara) == []
