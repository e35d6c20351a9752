"""One whole event in a real browser: all roles, from the schedule to the last answer, every page held to the rules.

Bappeda returns the result once, and one SKPD says of a work that it is not its own.
"""

from alur.periksa import broken_invariants
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen
from tests.e2e.conftest import LAPTOP, TELEPON
from tests.e2e.steps import (
    M,
    approve,
    choose_delegasi,
    compare,
    decide_everything,
    decide_kuorum,
    download_berita_acara,
    forward,
    hand_over,
    impor_everything,
    prepare,
    rank,
    record_attendance,
    response_note,
    submit,
)
from tindak_lanjut.models import Pengiriman, Penyampaian, Pilahan, Tanggapan
from usulan.models import Usulan


def test_from_the_schedule_to_the_last_answer(demo, browser_client, settings, tmp_path):
    acara = demo("dijadwalkan")
    camat, pmd, skpd, desa = (
        browser_client(TELEPON),
        browser_client(LAPTOP),
        browser_client(TELEPON),
        browser_client(TELEPON),
    )
    bappeda, sekcam = browser_client(LAPTOP), browser_client(LAPTOP)
    for p, nama in (
        (camat, "camat"),
        (pmd, "pmd"),
        (bappeda, "bappeda"),
        (skpd, "skpd"),
        (desa, "desa"),
        (sekcam, "sekcam"),
    ):
        p.masuk_dengan_sandi(nama)
    prepare(sekcam, bappeda)
    submit(desa)
    jumlah = impor_everything(pmd, tmp_path, [d.nama for d in acara.kecamatan.desa_set.all()])
    assert Usulan.objects.filter(musrenbang=acara).count() == jumlah + 1
    hold_the_meeting(sekcam, acara, settings)
    approve_and_hand_over(acara, camat, pmd, bappeda)
    one = sort_and_answer(acara, pmd, skpd)
    forward(sekcam, "Nyatakan selesai")
    read_what_became_of_it(acara, one, desa, bappeda, browser_client(TELEPON))
    acara.refresh_from_db()
    assert acara.tahap == "selesai"
    assert broken_invariants(acara) == []


def hold_the_meeting(p, acara, settings):
    forward(p, "Nyatakan siap sidang", "Buka sidang")
    record_attendance(p)
    forward(p, "Mulai pemaparan", "Mulai pembahasan draf RKP", "Mulai diskusi kelompok")
    decide_everything(p, acara)
    forward(p, "Mulai pleno")
    decide_kuorum(p)
    forward(p, "Tetapkan RKP Kecamatan")
    rank(p)
    decide_kuorum(p)
    forward(p, "Lanjut ke pemilihan delegasi")
    choose_delegasi(p)
    decide_kuorum(p)
    forward(p, "Lanjut ke penandatanganan")
    decide_kuorum(p)
    compare(download_berita_acara(p), acara)
    minutes_paper = Dokumen.objects.get()
    scan = settings.VAR_DIR / "pindaian.pdf"
    scan.write_bytes(read_dokumen(minutes_paper))
    p.buka(f"{M}/berita-acara/")
    p.page.set_input_files("#id_berkas", str(scan))
    p.tekan("Unggah salinan")
    p.buka(f"/verifikasi/{minutes_paper.kode}/")
    p.page.set_input_files("#berkas", str(scan))
    p.tekan("Cocokkan")
    assert "sama persis" in p.page.inner_text("main")
    forward(p, "Nyatakan Berita Acara ditandatangani")


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
    response_note(pmd, "pengesahan", "Sudah diperbaiki.")
    approve(camat)

    # Bappeda returns it once; it comes back with the answer.
    hand_over(pmd)
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
    response_note(pmd, "penyampaian", "Sasaran sudah dilengkapi.")
    pmd.tekan("Perbaiki dokumen")
    approve(camat)
    hand_over(pmd)
    bappeda.buka(f"{M}/tindak-lanjut/penyampaian/")
    assert "Yang berubah sejak penyampaian sebelumnya" in bappeda.page.inner_text("main")
    bappeda.tekan("Terima dokumen")
    assert [p.status for p in Penyampaian.objects.all()] == ["diterima", "dikembalikan"]


def press(p, button):
    with p.page.expect_navigation():
        p.page.keyboard.press(button)
    p.periksa()


def sort_and_answer(acara, pmd, skpd):
    """Return a work that the SKPD refused, with its reason."""
    # Sorting: what is sure in one go; then the letters.
    forward(pmd, "Mulai pemilahan menurut perangkat daerah")
    pmd.buka(f"{M}/rkp/pemilahan/?status=disarankan")
    with pmd.page.expect_response(lambda r: r.request.method == "POST"):
        pmd.page.get_by_role("button", name="Setujui semua saran").click()
    pmd.periksa()
    queued = Pilahan.objects.filter(status="antre")
    while queued.exists():
        pmd.buka(f"{M}/rkp/pemilahan/")
        press(pmd, "1")
    pmd.buka(f"{M}/rkp/pemilahan/?status=ditetapkan")
    pmd.page.get_by_role("button", name="yang belum dikirim").click()
    pmd.page.wait_for_url("**#kirim")
    pmd.periksa()

    # The SKPD answers one, says "not ours" of another; that one is sorted again by the keyboard.
    skpd.buka("/skpd/")
    skpd.tekan("Nyatakan diterima")
    everything = list(Pilahan.objects.filter(skpd__singkatan="Dinas PUPR").order_by("baris__nomor"))
    one, dua = everything[:2]
    skpd.page.locator(f"#p{one.pk} summary").click()
    skpd.page.locator(f"#p{one.pk}").get_by_label("Jawaban").select_option("tidak")
    skpd.page.locator(f"#a{one.pk}").fill("Pagu Renja sudah habis.")
    with skpd.page.expect_navigation():
        skpd.page.locator(f"#p{one.pk}").get_by_role("button", name="Simpan jawaban").click()
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
    return one


def read_what_became_of_it(acara, one, desa, bappeda, general):
    assert Tanggapan.objects.get().jawaban == "tidak"
    usulan = Usulan.objects.filter(sumber_baris__baris=one.baris.asal_baris).first()
    desa.buka(f"{M}/tindak-lanjut/kabar/")
    assert "Perbaikan atap balai dusun" in desa.page.inner_text("main")
    bappeda.buka(f"{M}/usulan/{usulan.pk}/")
    text = bappeda.page.inner_text("main")
    assert "menjawab: tidak diakomodasi" in text
    assert "Pagu Renja sudah habis." in text
    bappeda.buka("/kabupaten/durkp/?tahun=2026")
    assert one.baris.kegiatan in bappeda.page.inner_text("main")
    general.buka("/publik/")
    general.buka_tautan("Kecamatan Sikur")
    rkp = general.page.request.get(f"{general.alamat}/publik/{acara.slug}/dokumen/rkp.pdf")
    assert (rkp.status, rkp.body()[:5]) == (200, b"%PDF-")
    general.buka(f"/publik/{acara.slug}/{one.baris.nomor}/")
    assert "Pagu Renja sudah habis." in general.page.inner_text("main")
