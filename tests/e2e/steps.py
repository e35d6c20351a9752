"""What people do in a browser, step by step, from the preparation to the last answer."""

import random
import re

from pypdf import PdfReader

from alur.demo.data import works
from alur.demo.workbooks import write_books
from delegasi.models import Delegat
from musrenbang import format as tulis
from musrenbang.akun.akun_demo import SANDI_DEMO
from musrenbang.models import Dokumen
from rkp.models import SEPAKAT, BarisVersi
from rkp.prioritas.models import Pemeringkatan

M = "/m/sikur-2027"
HADIR = [
    ("H. Muhammad Rusli Hamid, S.H.", "L", "Perangkat kecamatan", "Camat"),
    ("Ahmad Basri", "L", "BKAD", "BKAD, ketua"),
    ("Umar Thohir", "L", "Setrawan dan fasilitator", "Setrawan"),
    ("Siti Rohani", "P", "Tokoh masyarakat", "Tokoh agama"),
    ("Dewi Lestari", "P", "Organisasi perempuan/PKK", "TP PKK"),
    ("Yusran Hakim", "L", "Tokoh masyarakat", "Tokoh pemuda"),
]
KURSI = ["Camat", "Pengurus BKAD", "Setrawan Kecamatan", "Tokoh masyarakat", "Tokoh masyarakat", "Tokoh masyarakat"]


def prepare(p, bappeda) -> None:
    """Date, team, ceiling, criteria with Bappeda's approval, one invitation, agenda."""
    bappeda.buka("/jadwal/?tahun=2026")
    bappeda.page.fill("#id_52\\.03\\.04-tanggal", "2026-02-11")
    bappeda.tekan("Simpan jadwal")
    bappeda.tekan("Terbitkan jadwal")
    p.buka(f"{M}/")
    assert "11 Februari 2026" in p.page.inner_text("main")
    p.tekan("Mulai persiapan")
    p.buka(f"{M}/tim/")
    p.tekan("Isi dari akun dan tahun lalu")
    p.buka(f"{M}/pagu/")
    p.page.get_by_label("APBD Kabupaten", exact=False).fill("4.500.000.000")
    p.tekan("Simpan pagu")
    p.tekan("Simpan kriteria")
    p.tekan("Ajukan ke Bappeda")
    bappeda.buka(f"{M}/pagu/")
    bappeda.tekan("Setujui kriteria")
    p.buka(f"{M}/agenda/")
    p.tekan("Susun agenda bawaan")


def submit(desa) -> None:
    """The operator of a desa types one proposal on the phone."""
    desa.buka(f"{M}/usulan/baru/")
    desa.page.fill("#id_kegiatan", "Perbaikan atap balai dusun")
    desa.page.fill("#id_lokasi", "Dusun Gunung Rajak")
    desa.page.fill("#id_volume", "1")
    desa.page.fill("#id_satuan", "unit")
    desa.page.fill("#id_biaya", "45.000.000")
    desa.page.fill("#id_bidang_teks", "Infrastruktur dan Prasarana Wilayah")
    desa.tekan("Simpan")
    assert "Perbaikan atap balai dusun" in desa.page.inner_text("main")


def impor_everything(p, folder, desa: list[str]) -> int:
    """The lists of all desa, in the shapes that desa send them; return how many proposals they hold."""
    dice = random.Random("perjalanan")
    content = {nama: works(dice, 2) for nama in desa}
    berkas = write_books(folder, content, "Sikur", 2027, dice)
    for one in berkas:
        p.buka(f"{M}/usulan/impor/")
        p.page.set_input_files("#id_berkas", str(one))
        p.tekan("Baca berkas")
        p.buka(f"{M}/usulan/impor/")
        p.buka_tautan("Periksa satu per satu")
        p.tekan("Simpan ")
    p.buka(f"{M}/rkp/")
    p.tekan("Susun draf")
    return sum(map(len, content.values()))


def forward(p, *button: str) -> None:
    for nama in button:
        p.buka(f"{M}/")
        p.tekan(nama)
        assert "Tahap sekarang:" in p.page.inner_text("#kabar"), p.page.inner_text("main")


ALASAN_KUORUM = "Kepala desa mengirim usulannya lewat surat dan setuju sidang dilanjutkan."


def decide_kuorum(p) -> None:
    """Nobody came for a desa: the meeting decides to go on, once before each move that binds it."""
    p.buka(f"{M}/")
    assert "Kuorum belum tercapai: 0 dari 14 desa" in p.page.inner_text("main")
    p.buka(f"{M}/kuorum/")
    p.page.fill("#alasan-kuorum", ALASAN_KUORUM)
    p.tekan("Catat putusan sidang")
    assert ALASAN_KUORUM in p.page.inner_text("main")


def record_attendance(p) -> None:
    p.buka(f"{M}/kehadiran/")
    for nama, sex, unsur, lembaga in HADIR:
        p.page.fill("#id_nama", nama)
        p.page.select_option("#id_jenis_kelamin", sex)
        p.page.select_option("#id_unsur", label=unsur)
        p.page.fill("#id_lembaga", lembaga)
        p.page.get_by_role("button", name="Catat hadir").click()
        p.page.locator("[data-kabar]", has_text=nama).wait_for()
        p.periksa()
    p.buka(f"{M}/kehadiran/")
    assert "Perempuan 2 orang (33%)" in p.page.inner_text("main")


def row_of(p, nomor: int):
    """Return a row of a grid by its number."""
    return p.page.locator("#kisi tbody tr", has=p.page.locator("label", has_text=re.compile(rf"^\s*{nomor}\s*$")))


def open_form(p, nomor: int) -> None:
    """Stand in a row of the table and open its whole form in its place: the key for a decision with changes."""
    row_of(p, nomor).locator("td").last.click()
    p.page.keyboard.press("2")


def decide(p, nomor: int, keputusan: str, alasan: str, **content: str) -> None:
    """Decide a row inside the table, as the operator does with the hall watching."""
    open_form(p, nomor)
    form = p.page.get_by_role("form", name=f"Keputusan nomor {nomor}", exact=True)
    assert form.locator("#id_kegiatan").bounding_box()["width"] > 100, "a field of the form is no tick of the grid"
    form.locator("#id_keputusan").select_option(label=keputusan)
    for nama, nilai in content.items():
        form.locator(f"#id_{nama}").fill(nilai)
    if alasan:
        form.locator("#id_alasan_kode").select_option(index=3)
        form.locator("#id_alasan").fill(alasan)
    form.get_by_role("button", name="Simpan keputusan").click()


def decide_everything(p, acara) -> None:
    p.buka(f"{M}/rkp/?biaya=0")
    for nomor in acara.rkp.baris.filter(biaya=None).values_list("nomor", flat=True):
        decide(p, nomor, "Belum disepakati", "RAB belum dibuat desa.")
        p.page.locator("tr.baru", has_text="RAB belum dibuat desa.").first.wait_for()
    p.buka(f"{M}/rkp/")
    a, b, c = acara.rkp.baris.filter(keputusan="belum_dibahas").order_by("nomor").values_list("nomor", flat=True)[:3]
    decide(p, a, "Belum disepakati", "")  # without a reason: refused, and the form is still there
    p.page.get_by_text("memerlukan alasan: pilih alasan singkat").wait_for()
    p.periksa()
    form = p.page.get_by_role("form", name=f"Keputusan nomor {a}", exact=True)
    form.locator("#id_alasan_kode").select_option("lahan")
    form.locator("#id_alasan").press_sequentially("Lahan 12 are masih sengketa.")  # digits here are text, not decisions
    form.get_by_role("button", name="Simpan keputusan").click()
    p.page.locator("tr.baru", has_text="Lahan 12 are masih sengketa.").wait_for()
    decide(p, b, "Disepakati dengan perubahan", "Diukur ulang di lapangan.", biaya="90.000.000")
    p.page.locator("tr.baru", has_text="Diukur ulang di lapangan.").wait_for()
    decide(p, c, "Cadangan", "Menunggu pagu perubahan.")
    p.page.locator("tr.baru", has_text="Menunggu pagu perubahan.").wait_for()
    p.periksa()
    p.buka(f"{M}/rkp/?keputusan=belum_dibahas")
    for all_of_one in p.page.locator("input[data-centang]").all():
        all_of_one.check()
    p.page.locator(".papan-kisi [value=disepakati]").click()
    p.page.locator(".papan-kisi").get_by_text("kegiatan: Disepakati.").wait_for()
    p.periksa()
    assert not acara.rkp.baris.filter(keputusan="belum_dibahas").exists()


def decide_tie(p) -> None:
    """Decide the tied groups one by one, each with numbers of its own."""
    while p.page.get_by_text("Skor sama yang perlu diputus sidang").is_visible():
        form = p.page.locator("form[action$='/seri/']").first
        for i, box in enumerate(form.locator("input[name^=urut-]").all(), 1):
            box.fill(str(i))
        form.locator("input[name=alasan]").fill("Musyawarah pleno.")
        p.tekan("Catat putusan kelompok 1")


def rank(p) -> None:
    p.buka(f"{M}/rkp/prioritas/")
    p.buka_tautan("Pakai skema ini")
    p.page.fill("#id_nama", "Pagu Indikatif Kecamatan 2027")
    p.page.fill("#id_pagu", "1.500.000.000")
    p.tekan("Mulai pemeringkatan")
    sel = p.page.locator(".skor input[inputmode=decimal]")
    for i in range(sel.count()):
        sel.nth(i).fill(str(1 + (i * 7 + i // 6) % 5))
    p.tekan("Simpan skor")
    decide_tie(p)
    assert "Garis pagu" in p.page.inner_text("main")
    p.tekan("Tetapkan peringkat")


def choose_delegasi(p) -> None:
    p.buka(f"{M}/delegasi/")
    for (nama, *_), kursi in zip(HADIR, KURSI, strict=True):
        p.page.select_option("#id_unsur", label=kursi)
        pilihan = p.page.locator("#id_kehadiran option", has_text=nama).get_attribute("value")
        p.page.select_option("#id_kehadiran", pilihan)
        p.tekan("Catat anggota delegasi")
    assert "Susunan delegasi lengkap." in p.page.inner_text("main")


def download_berita_acara(p) -> str:
    p.buka(f"{M}/berita-acara/")
    p.tekan("Terbitkan Berita Acara")
    with p.page.expect_download() as download:
        p.page.get_by_role("link", name="Unduh PDF").click()
    path = download.value.path()
    return re.sub(r"\s+", " ", " ".join(h.extract_text() for h in PdfReader(path).pages))


def compare(text: str, acara) -> None:
    """Names, sums, reasons and delegates of the PDF against the database."""
    dokumen = Dokumen.objects.get()
    assert f"Nomor: {dokumen.nomor}" in text
    meeting = text.replace(" ", "")
    versi = BarisVersi.objects.filter(rkp_versi__rkp__musrenbang=acara, rkp_versi__jenis="ditetapkan")
    agreed = versi.filter(keputusan__in=SEPAKAT)
    total = sum(b.biaya for b in agreed)
    assert f"sebanyak {agreed.count()} kegiatan dengan jumlah {tulis.rupiah(total)}".replace("\u00a0", " ") in text
    assert f"{tulis.in_words(total)} rupiah" in text
    for b in versi:
        assert b.kegiatan.replace(" ", "") in meeting
        if b.keputusan in SEPAKAT or b.biaya:
            assert tulis.thousands(b.biaya) in text
        if b.keputusan in ("cadangan", "belum_disepakati"):
            assert b.alasan.replace(" ", "") in meeting
    for nama, _, _, lembaga in HADIR:
        assert nama.replace(" ", "") in meeting
        assert lembaga.replace(" ", "") in meeting
    assert text.count(ALASAN_KUORUM) == 4, "each binding move says why it was made below the quorum"
    for d in Delegat.objects.all():
        assert f"{d.nama} ({d.get_unsur_display()})" in text
    peringkat = Pemeringkatan.objects.get()
    result, paid = peringkat.hasil, peringkat.aturan["sumber_dibayar"]
    assert tulis.thousands(result["ringkasan"]["didanai"]) in text
    assert len(result["peringkat"]) == agreed.filter(sumber_dana__nama__in=paid).count()


def approve(camat):
    camat.buka(f"{M}/tindak-lanjut/pengesahan/")
    camat.page.get_by_label("Ketik kata sandi Anda sekali lagi").fill(SANDI_DEMO)
    camat.tekan("Sahkan RKP Kecamatan")


def hand_over(pmd):
    pmd.buka(f"{M}/berita-acara/")
    pmd.tekan(re.compile("Terbitkan( pengganti)? Surat pengantar ke Bappeda"))
    pmd.buka(f"{M}/tindak-lanjut/penyampaian/")
    pmd.tekan("Sampaikan ke Bappeda")


def response_note(pmd, halaman, kata):
    pmd.buka(f"{M}/tindak-lanjut/{halaman}/")
    pmd.page.get_by_label("Jawaban tim").fill(kata)
    pmd.tekan("Simpan jawaban")
