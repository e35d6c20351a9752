"""Four groups at their own laptops and phones, the plenary, and the projector that shows it."""

import pytest

from musrenbang import format as tulis
from musrenbang.models import Keanggotaan, Musrenbang, Pengguna
from musrenbang.sidang.models import Layar
from rkp.models import Keberatan, RkpVersi
from rkp.queries.kelompok import hasil_kelompok, list_kelompok, usulan_of
from tests.e2e.conftest import LAPTOP, TELEPON

M = "/m/sikur-2027"
KRITERIA = ["C1", "C2", "C3", "C4", "C5", "C6"]


@pytest.fixture
def four_kelompok(demo, browser_client):
    """Four groups, each with an account of its own and a person signed in."""
    acara = demo("kelompok", 18)
    person = []
    for i, h in enumerate(list_kelompok(acara)):
        akun = Pengguna.objects.create_user(f"kelompok{i}", password="musrenbang-demo", nama=f"Pemandu Kelompok {i}")
        Keanggotaan.objects.create(pengguna=akun, peran="pemandu", kecamatan=acara.kecamatan)
        h.kelompok.operator.set([akun])
        p = browser_client(TELEPON if i == 1 else LAPTOP)
        p.masuk(akun.username)
        person.append((p, h.kelompok))
    return acara, person


def _propose(p, keputusan, nilai):
    p.page.select_option("#id_usul", keputusan)
    if keputusan in ("cadangan", "belum_disepakati"):
        p.page.select_option("#id_alasan_kode", "data_kurang")
        p.page.fill("#id_alasan", "Perlu ukur ulang di lapangan.")
    for kode in KRITERIA:
        p.page.select_option(f"#id_n_{kode}", str(nilai))
    p.tekan("Simpan, lanjut ke berikutnya")


def _having_board_type_in(p):
    """The same by keyboard alone."""
    for kunci, type_in in [("#id_usul", "Disepakati"), *((f"#id_n_{k}", "4") for k in KRITERIA)]:
        p.page.focus(kunci)
        p.page.keyboard.type(type_in)
    button = p.page.get_by_role("button", name="Simpan, lanjut ke berikutnya")
    for _ in range(40):
        if button.evaluate("el => el === document.activeElement"):
            break
        p.page.keyboard.press("Tab")
    with p.page.expect_navigation():
        p.page.keyboard.press("Enter")
    p.periksa()


def _content_kelompok(p, kelompok, papan_ketik):
    p.buka(f"{M}/rkp/kelompok/{kelompok.pk}/")
    result = hasil_kelompok(kelompok)
    if result.baris:
        p.page.locator("#kisi tbody a").first.click()
    for i, b in enumerate(result.baris):
        biaya = p.page.input_value("#id_biaya")
        if papan_ketik and biaya:
            _having_board_type_in(p)
        else:
            _propose(p, "disepakati" if biaya and i else "belum_disepakati", 3)
        assert usulan_of(b.baris, kelompok) is not None
    p.buka(f"{M}/rkp/kelompok/{kelompok.pk}/")


def test_four_groups_then_the_plenary(four_kelompok, browser_client):
    acara, person = four_kelompok
    for i, (p, kelompok) in enumerate(person):
        _content_kelompok(p, kelompok, papan_ketik=i == 0)
        start = [b.baris.nomor for b in hasil_kelompok(kelompok).baris if b.diperingkat]
        if len(start) > 1:
            p.page.locator("#kisi tbody td").nth(1).click()
            p.page.keyboard.press("Alt+ArrowDown")
            p.page.get_by_text(f"No. {start[0]} di peringkat 2.").wait_for()
            current = [b.baris.nomor for b in hasil_kelompok(kelompok).baris if b.diperingkat]
            assert current[:2] == [start[1], start[0]]
        p.tekan("Kunci hasil kelompok")
    bukan = person[0][0]
    response = bukan.page.goto(bukan.alamat + f"{M}/rkp/kelompok/{person[2][1].pk}/anggota/")
    assert response.status == 403
    sekcam, layar = browser_client(), browser_client()
    sekcam.masuk("sekcam")
    sekcam.buka(f"{M}/hari-h/")
    sekcam.buka(f"{M}/")
    sekcam.tekan("Mulai pleno")
    sekcam.buka(f"{M}/rkp/pleno/")
    sekcam.tekan("Tampilkan di layar")
    layar.buka("/layar/")
    layar.page.fill("#kode", Layar.objects.get().kode)
    layar.page.get_by_role("button", name="Buka layar").click()
    layar.page.get_by_role("heading", name="Hasil diskusi kelompok").wait_for()
    layar.periksa()
    result = list_kelompok(acara)
    for h in result:
        assert tulis.rupiah(h.sepakat_rp) in layar.page.inner_text("#layar")
    first_one = next(h for h in result if h.menunggu)
    baris = first_one.menunggu[0].baris
    sekcam.buka(f"{M}/rkp/baris/{baris.pk}/")
    sekcam.page.get_by_text("Catat keberatan").first.click()
    sekcam.page.fill("#oleh", "Kepala Desa Loyok")
    sekcam.page.fill("#isi-keberatan", "Lokasinya di desa kami juga.")
    sekcam.tekan("Catat keberatan")
    sekcam.page.fill(f"#selesai-{Keberatan.objects.get().pk}", "Disepakati untuk dua desa.")
    sekcam.tekan("Selesaikan")
    sekcam.buka(f"{M}/rkp/pleno/")
    for h in result:
        if h.menunggu:
            sekcam.tekan(f"Terima {len(h.menunggu)} usulan {h.kelompok.nama}")
    if sekcam.page.get_by_role("link", name="Melampaui pagu").count():
        sekcam.buka_tautan("Melampaui pagu")
        sekcam.tekan("Pindahkan ke cadangan")
    sekcam.buka(f"{M}/")
    sekcam.tekan("Tetapkan RKP Kecamatan")
    assert Musrenbang.objects.get().tahap == "prioritas"
    assert list(RkpVersi.objects.order_by("pk").values_list("jenis", flat=True)) == ["draf", "kelompok", "ditetapkan"]
    sekcam.buka(f"{M}/rkp/banding/?a=draf-1&b=1")
