"""One whole event in a real browser: all roles, from the schedule to the last answer, every page held to the rules.

Bappeda returns the result once, and one SKPD says of a work that it is not its own.
"""

from alur.periksa import broken_invariants
from musrenbang.models import Dokumen
from musrenbang.simpanan import read_dokumen
from tests.e2e.conftest import LAPTOP, TELEPON
from tests.e2e.langkah import (
    M,
    ajukan,
    catat_hadir,
    cocokkan,
    impor_semua,
    jawab_catatan,
    maju,
    peringkatkan,
    pilih_delegasi,
    putuskan_kuorum,
    putuskan_semua,
    sahkan,
    sampaikan,
    siapkan,
    unduh_berita_acara,
)
from tindak_lanjut.models import Pengiriman, Penyampaian, Pilahan, Tanggapan
from usulan.models import Usulan


def test_from_the_schedule_to_the_last_answer(demo, peramban, settings, tmp_path):
    acara = demo("dijadwalkan")
    camat, pmd, skpd, desa = peramban(TELEPON), peramban(LAPTOP), peramban(TELEPON), peramban(TELEPON)
    bappeda, sekcam = peramban(LAPTOP), peramban(LAPTOP)
    for p, nama in (
        (camat, "camat"),
        (pmd, "pmd"),
        (bappeda, "bappeda"),
        (skpd, "skpd"),
        (desa, "desa"),
        (sekcam, "sekcam"),
    ):
        p.masuk_dengan_sandi(nama)
    siapkan(sekcam, bappeda)
    ajukan(desa)
    jumlah = impor_semua(pmd, tmp_path, [d.nama for d in acara.kecamatan.desa_set.all()])
    assert Usulan.objects.filter(musrenbang=acara).count() == jumlah + 1
    hold_the_meeting(sekcam, acara, settings)
    approve_and_hand_over(acara, camat, pmd, bappeda)
    satu = sort_and_answer(acara, pmd, skpd)
    maju(sekcam, "Nyatakan selesai")
    read_what_became_of_it(acara, satu, desa, bappeda, peramban(TELEPON))
    acara.refresh_from_db()
    assert acara.tahap == "selesai"
    assert broken_invariants(acara) == []


def hold_the_meeting(p, acara, settings):
    maju(p, "Nyatakan siap sidang", "Buka sidang")
    catat_hadir(p)
    maju(p, "Mulai pemaparan", "Mulai pembahasan draf RKP", "Mulai diskusi kelompok")
    putuskan_semua(p, acara)
    maju(p, "Mulai pleno")
    putuskan_kuorum(p)
    maju(p, "Tetapkan RKP Kecamatan")
    peringkatkan(p)
    putuskan_kuorum(p)
    maju(p, "Lanjut ke pemilihan delegasi")
    pilih_delegasi(p)
    putuskan_kuorum(p)
    maju(p, "Lanjut ke penandatanganan")
    putuskan_kuorum(p)
    cocokkan(unduh_berita_acara(p), acara)
    ba = Dokumen.objects.get()
    pindaian = settings.VAR_DIR / "pindaian.pdf"
    pindaian.write_bytes(read_dokumen(ba))
    p.buka(f"{M}/berita-acara/")
    p.page.set_input_files("#id_berkas", str(pindaian))
    p.tekan("Unggah salinan")
    p.buka(f"/verifikasi/{ba.kode}/")
    p.page.set_input_files("#berkas", str(pindaian))
    p.tekan("Cocokkan")
    assert "sama persis" in p.page.inner_text("main")
    maju(p, "Nyatakan Berita Acara ditandatangani")


def approve_and_hand_over(acara, camat, pmd, bappeda):
    # The Camat sends it back with a note; the team puts the wording right and answers.
    camat.buka(f"{M}/tindak-lanjut/pengesahan/")
    camat.page.locator("#id_isi").fill("Nama dusun kegiatan ini keliru.")
    camat.page.locator("#id_nomor").fill("1")
    camat.tekan("Kirim catatan")
    baris = acara.rkp.baris.get(nomor=1)
    pmd.buka(f"{M}/rkp/baris/{baris.pk}/")
    pmd.buka_tautan("Perbaiki redaksi")
    pmd.page.fill("#id_lokasi", "Dusun Montong Dao")
    pmd.page.fill("#id_sebab", "Catatan Camat")
    pmd.tekan("Simpan perbaikan")
    assert "Dusun Montong Dao" in pmd.page.inner_text("main")
    jawab_catatan(pmd, "pengesahan", "Sudah diperbaiki.")
    sahkan(camat)

    # Bappeda returns it once; it comes back with the answer.
    sampaikan(pmd)
    bappeda.buka("/kabupaten/")
    bappeda.buka_tautan("Diperiksa Bappeda")
    bappeda.buka(f"{M}/tindak-lanjut/pemeriksaan/?lihat=semua")
    bappeda.page.locator("#b1 summary").click()
    bappeda.page.get_by_label("Catatan untuk No. 1", exact=True).fill("Sasaran kegiatan belum diisi.")
    bappeda.page.locator("#b1").get_by_role("button", name="Kirim catatan").click()
    bappeda.page.wait_for_url("**#b1")
    bappeda.buka(f"{M}/tindak-lanjut/pemeriksaan/?lihat=catatan")
    assert "Sasaran kegiatan belum diisi." in bappeda.page.inner_text("#b1")
    bappeda.buka(f"{M}/tindak-lanjut/penyampaian/")
    bappeda.page.get_by_label("Alasan").fill("Lengkapi sasaran kegiatan.")
    bappeda.tekan("Kembalikan ke kecamatan")
    pmd.buka(f"{M}/tindak-lanjut/penyampaian/")
    assert "Lengkapi sasaran kegiatan." in pmd.page.inner_text("main")
    jawab_catatan(pmd, "penyampaian", "Sasaran sudah dilengkapi.")
    pmd.tekan("Perbaiki dokumen")
    sahkan(camat)
    sampaikan(pmd)
    bappeda.buka(f"{M}/tindak-lanjut/penyampaian/")
    assert "Yang berubah sejak penyampaian sebelumnya" in bappeda.page.inner_text("main")
    bappeda.tekan("Terima dokumen")
    assert [p.status for p in Penyampaian.objects.all()] == ["diterima", "dikembalikan"]


def press(p, tombol):
    with p.page.expect_navigation():
        p.page.keyboard.press(tombol)
    p.periksa()


def sort_and_answer(acara, pmd, skpd):
    """Return a work that the SKPD refused, with its reason."""
    # Sorting: what is sure in one go; then the letters.
    maju(pmd, "Mulai pemilahan menurut perangkat daerah")
    pmd.buka(f"{M}/rkp/pemilahan/?status=disarankan")
    pmd.tekan("Tetapkan yang dicentang")
    antre = Pilahan.objects.filter(status="antre")
    while antre.exists():
        pmd.buka(f"{M}/rkp/pemilahan/")
        press(pmd, "1")
    pmd.buka(f"{M}/rkp/pemilahan/?status=ditetapkan")
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
    pmd.buka(f"{M}/rkp/pemilahan/")
    assert "Menyatakan bukan urusannya: Dinas Pekerjaan Umum dan Penataan Ruang." in pmd.page.inner_text("main")
    press(pmd, "2")  # a slip of the finger, taken back at once
    press(pmd, "u")
    assert "diurungkan" in pmd.page.inner_text("main")
    press(pmd, "1")
    dua.refresh_from_db()
    assert (dua.status, dua.skpd.singkatan != "Dinas PUPR") == ("ditetapkan", True)
    pmd.buka(f"{M}/rkp/pemilahan/?status=ditetapkan")
    pmd.page.get_by_role("button", name="1 kegiatan yang belum dikirim").click()
    pmd.page.wait_for_url("**#kirim")
    assert Pengiriman.objects.filter(skpd__singkatan="Dinas PUPR").get().nomor_terima
    return satu


def read_what_became_of_it(acara, satu, desa, bappeda, umum):
    assert Tanggapan.objects.get().jawaban == "tidak"
    usulan = Usulan.objects.filter(sumber_baris__baris=satu.baris.asal_baris).first()
    desa.buka(f"{M}/tindak-lanjut/kabar/")
    assert "Perbaikan atap balai dusun" in desa.page.inner_text("main")
    bappeda.buka(f"{M}/usulan/{usulan.pk}/")
    teks = bappeda.page.inner_text("main")
    assert "menjawab: tidak diakomodasi" in teks
    assert "Pagu Renja sudah habis." in teks
    bappeda.buka("/kabupaten/durkp/?tahun=2026")
    assert satu.baris.kegiatan in bappeda.page.inner_text("main")
    umum.buka("/publik/")
    umum.buka_tautan("Kecamatan Sikur")
    rkp = umum.page.request.get(f"{umum.alamat}/publik/{acara.slug}/dokumen/rkp.pdf")
    assert (rkp.status, rkp.body()[:5]) == (200, b"%PDF-")
    umum.buka(f"/publik/{acara.slug}/{satu.baris.nomor}/")
    assert "Pagu Renja sudah habis." in umum.page.inner_text("main")
