"""Sorting works to SKPD: which words decide, how sure the suggestion is, and titles as desa write them."""

import json

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from usulan.duties import missing_offices
from usulan.sorting import LAIN, Kunci, Sorter

ACUAN = json.loads((settings.BASE_DIR / "fixtures/acuan.json").read_text())
NAMA = [s["singkatan"] for s in ACUAN["skpd"]]
KUNCI = [Kunci(k["kata"], i, k["program"]) for i, s in enumerate(ACUAN["skpd"]) for k in s["kata_kunci"]]
AWAL = Sorter(KUNCI)
KANTOR = ["Dinas Pendidikan Provinsi", "Kementerian Agama", "Kecamatan"]

# Invented, in the manner of village lists: brand names, abbreviations, places and purposes inside the title.
JUDUL = {
    "Dinas PUPR": [
        "Rabat beton Dusun Karang Anyar menuju SDN 3",
        "Lanjutan pengaspalan jl. Poros Desa ke Puskesmas",
        "Pembuatan gorong-gorong plat beton depan masjid",
        "Jembatan gantung penghubung 2 dusun ke sekolah",
        "TPT kali Belimbing RT 04",
        "Rehab saluran irigasi Subak Lendang",
        "Bronjong tebing kali dekat pasar",
        "Normalisasi sungai sepanjang 2 km",
        "Hotmix jalan desa Batu Jangkih - Kabul",
        "Rehab kantor desa",
    ],
    "Dinas Perkim": [
        "Sumur bor + pipanisasi Dsn. Bagik Polak",
        "Bantuan RTLH 15 KK miskin",
        "Pembangunan MCK umum di pasar desa",
        "Jaringan air bersih Gubuk Timuk ke Gubuk Barat",
        "Rehab rumah tidak layak huni milik lansia",
        "Paving blok gang lingkungan RT 03",
        "Jambanisasi untuk keluarga kurang mampu",
        "Pagar pemakaman umum",
        "Septic tank komunal",
        "Bak penampung air dan perpipaan dari mata air",
    ],
    "Dinas Dikbud": [
        "Rehab 3 ruang kelas SDN 2 Sikur",
        "Pengadaan APE untuk PAUD Melati",
        "Pagar keliling SMPN 4",
        "Insentif guru PAUD",
        "Pembangunan gedung TK Pertiwi",
        "Beasiswa siswa kurang mampu",
    ],
    "Dinkes": [
        "Pembangunan gedung Posyandu Mawar",
        "Pengadaan timbangan bayi dan antropometri",
        "PMT balita stunting",
        "Rehab Pustu Desa Loyok",
        "Mobil ambulans desa",
        "Penyuluhan DBD dan fogging",
    ],
    "Distan": [
        "Jalan usaha tani Orong Gerisak",
        "Bantuan hand traktor Poktan Maju Bersama",
        "Pupuk organik untuk kelompok tani",
        "Bibit kopi robusta 5.000 batang",
        "JUT subak Tibu Nunggal",
        "Alat perontok padi",
        "Irigasi air tanah dangkal",
    ],
    "Disnakkeswan": [
        "Bantuan sapi bali 20 ekor",
        "Bibit kambing PE untuk kelompok wanita",
        "Kandang kolektif ayam kampung",
    ],
    "DKP": ["Kolam terpal bioflok lele", "Bantuan perahu dan jaring ikan nelayan", "Bibit ikan nila untuk pokdakan"],
    "DLH": ["Motor roda tiga pengangkut sampah", "Bank sampah Desa Gelora", "Penanaman pohon di lahan kritis"],
    "Dishub": [
        "PJU tenaga surya 30 titik di jalan desa",
        "Lampu penerangan jalan umum Dusun II",
        "Rambu lalu lintas simpang tiga",
    ],
    "Dispora": ["Rehab lapangan sepak bola desa", "Lapangan voli karang taruna", "Bantuan alat olahraga pemuda"],
    "Disnakertrans": ["Pelatihan las listrik bagi pemuda putus sekolah", "Pelatihan menjahit dan bantuan mesin jahit"],
    "Dinsos": ["Bantuan kursi roda penyandang disabilitas", "Santunan anak yatim", "KUBE keluarga miskin"],
    "Diskop": ["Modal usaha kelompok UMKM keripik", "Peralatan usaha industri rumah tangga kerupuk"],
    "Disdag": ["Renovasi pasar tradisional", "Pembangunan kios pasar desa"],
    "DPMD": ["Insentif kader PKK", "Pelatihan perangkat desa", "Penyertaan modal BUMDes"],
    "Diskominfo": ["Jaringan internet/wifi kantor desa", "Pembuatan website desa"],
    "BPBD": ["Jalur evakuasi rawan tsunami", "Desa tangguh bencana"],
    "Dispar": ["Gazebo objek wisata air terjun", "Alat musik gamelan sanggar seni"],
    "DP3AKB": ["Kampung KB", "Penyuluhan pernikahan dini"],
    "Satpol PP": ["Pembangunan poskamling", "Seragam linmas"],
    "Dispusip": ["Taman baca masyarakat"],
    "Dukcapil": ["Perekaman KTP di dusun terpencil"],
    "Kesbangpol": ["Pembinaan ormas dan wawasan kebangsaan"],
    "Bagian Kesra": ["Rehab masjid Nurul Iman", "Pembangunan TPQ Al-Hidayah"],
}


@pytest.mark.parametrize(
    ("text", "skpd"),
    [
        ("Pengerasan jalan usaha tani", "Distan"),
        ("Drainase permukiman Dusun I", "Dinas Perkim"),
        ("Drainase jalan kabupaten", "Dinas PUPR"),
        ("Pembangunan jalan menuju puskesmas", "Dinas PUPR"),
        ("Rehab perpustakaan sekolah", "Dinas Dikbud"),
        ("Pembangunan perpustakaan desa", "Dispusip"),
        ("Sumur bor pertanian", "Distan"),
        ("Sumur bor air bersih", "Dinas Perkim"),
        ("Pembangunan tanggul banjir", "BPBD"),
        ("Gerobak sampah untuk pasar", "DLH"),
    ],
)
def test_the_longer_and_the_earlier_word_wins(text, skpd):
    suggestion = AWAL.propose(text)
    assert NAMA[suggestion.skpd] == skpd
    assert suggestion.sebab.startswith("kata “")


@pytest.mark.parametrize(
    ("words", "skpd", "sure"),
    [
        ("Pengecoran jln dsn Tegal", "Dinas PUPR", True),
        ("Rehap lap. bola volly", "Dispora", True),
        ("Perbaikan jembatn gantung", "Dinas PUPR", True),
        ("Pembagunan irigrasi", "Dinas PUPR", False),
        ("Pelat duiker simpang tiga", "Dinas PUPR", True),
        ("Pemadaman listrik", "Dinas Perkim", False),
    ],
)
def test_short_forms_and_slips_of_one_letter_are_read_but_a_slip_alone_is_not_trusted(words, skpd, sure):
    """ "Pemadaman" is one letter off from "pemakaman" and something else: a person sees it, nobody is misled."""
    suggestion = AWAL.propose(words)
    assert (NAMA[suggestion.skpd], suggestion.yakin) == (skpd, sure)


def test_a_short_word_and_one_near_to_two_words_stay_as_they_are():
    machine = Sorter([Kunci("pasar", 1), Kunci("kolam ikan", 2), Kunci("kambing", 3), Kunci("gambing", 4)])
    assert machine.propose("Pasir sungai") is None
    assert machine.propose("Kolan") is None
    assert machine.propose("Pambing") is None
    assert machine.propose("Kambinf").skpd == 3


def test_titles_as_desa_write_them():
    """An invented list of another style than the keywords were taken from; nearly all right, hardly any left over."""
    everything = [(t, s) for s, content in JUDUL.items() for t in content]
    result = [(t, s, AWAL.propose(t)) for t, s in everything]
    wrong = [(t, s, NAMA[p.skpd] if p else None) for t, s, p in result if p is None or NAMA[p.skpd] != s]
    sure = [(t, s, p) for t, s, p in result if p and p.yakin]
    asked = [t for t, _, p in result if p and p.jenis]
    assert len(everything) > 75
    assert len(wrong) / len(everything) < 0.08, wrong
    assert (len(sure) + len(asked)) / len(everything) > 0.7
    assert sum(NAMA[p.skpd] == s for _, s, p in sure) / len(sure) > 0.95


@pytest.mark.parametrize(
    ("string", "skpd"),
    [
        ("Bansos RTLH", "Dinas Perkim"),
        ("Hibah bantuan sosial rumah tidak layak huni", "Dinas Perkim"),
        ("Bantuan keluarga miskin ternak kambing", "Disnakkeswan"),
        ("Bansos benih ikan lele", "DKP"),
        ("Bantuan keuangan jalan desa", "Dinas PUPR"),
        ("Hibah alat olahraga karang taruna", "Dispora"),
        ("Beasiswa anak yatim", "Dinas Dikbud"),
        ("Pelatihan menjahit perempuan", "Disnakertrans"),
    ],
)
def test_the_object_beats_the_way_of_paying_and_the_receivers(string, skpd):
    assert NAMA[AWAL.propose(string).skpd] == skpd


@pytest.mark.parametrize("raw_text", ["Hibah bansos", "Bantuan sosial warga", "Stimulan"])
def test_the_way_of_paying_alone_is_no_sure_sign(raw_text):
    suggestion = AWAL.propose(raw_text)
    assert suggestion is None or not suggestion.yakin


def test_what_a_kabupaten_shares_its_own_way_is_asked_before_and_learned_from_its_answers():
    """Two answers alike are followed, also against the keywords; they say nothing about other kinds of work."""
    housing_agency, environment_agency = NAMA.index("Dinas Perkim"), NAMA.index("DLH")
    start = AWAL.propose("PJU tenaga surya 30 titik")
    assert (start.yakin, start.jenis) == (False, "lampu dan perlengkapan jalan")
    assert "ditanyakan dahulu" in start.sebab
    one = Sorter(KUNCI, riwayat=[("Lampu jalan Dusun I", housing_agency)]).propose("PJU tenaga surya 30 titik")
    assert not one.yakin
    dua = Sorter(KUNCI, riwayat=[("Lampu jalan Dusun I", housing_agency), ("Pemasangan PJU", housing_agency)])
    suggestion = dua.propose("PJU tenaga surya 30 titik")
    assert (suggestion.skpd, suggestion.yakin, suggestion.jenis) == (housing_agency, True, "")
    assert "putusan kabupaten ini untuk pekerjaan sejenis (2)" in suggestion.sebab
    assert dua.propose("Gerobak sampah").jenis == "sampah"
    doubtful = Sorter(KUNCI, riwayat=[("Lampu jalan", housing_agency), ("Pemasangan PJU", environment_agency)])
    assert not doubtful.propose("PJU tenaga surya 30 titik").yakin


@pytest.mark.parametrize(
    ("raw_text", "skpd"),
    [
        ("Jalan desa menuju pasar desa", "Dinas PUPR"),
        ("Lapangan voli karang taruna", "Dispora"),
        ("Rabat beton depan posyandu", "Dinas PUPR"),
    ],
)
def test_answers_about_a_kind_do_not_spread_to_works_near_such_a_thing(raw_text, skpd):
    putusan = [(t, NAMA.index("DPMD")) for t in ("Pasar desa", "Karang taruna", "Posyandu")] * 3
    suggestion = Sorter(KUNCI, riwayat=putusan).propose(raw_text)
    assert not suggestion.jenis
    assert NAMA[suggestion.skpd] == skpd


def test_an_office_that_the_list_lacks_is_a_possible_answer_and_never_taken_for_another():
    others = missing_offices(["Dinas Pekerjaan Umum", "Dinas Kesehatan"])
    machine = Sorter([Kunci("jalan", 1), Kunci("kesehatan", 2)], other=others)
    suggestion = machine.propose("Rehab masjid jalan raya")
    assert (suggestion.skpd, suggestion.kantor, suggestion.yakin) == (LAIN, "Sekretariat Daerah", False)
    assert "belum ada di daftar SKPD" in suggestion.sebab
    assert not missing_offices(["Sekretariat Daerah, Bagian Kesra", "BPKAD", "ESDM", "RSUD", "BKPSDM", *KANTOR])
    assert "Sekretariat Daerah" not in {k for _, k in missing_offices(["SETDA"])}


def test_nothing_known_is_nothing_suggested():
    assert AWAL.propose("") is None
    assert AWAL.propose("Kegiatan lain-lain 2026") is None
    assert Sorter([]).propose("jalan") is None


def test_two_offices_in_one_title_leave_it_to_a_person():
    assert not AWAL.propose("Pengadaan sapi dan benih ikan").yakin


def test_an_office_that_said_not_ours_is_not_suggested_again():
    first = AWAL.propose("Pembangunan MCK umum")
    second = AWAL.propose("Pembangunan MCK umum", bukan=frozenset({first.skpd}))
    assert second is None or second.skpd != first.skpd


def test_what_people_decided_before_outweighs_the_keywords():
    public_works, housing_agency = NAMA.index("Dinas PUPR"), NAMA.index("Dinas Perkim")
    riwayat = [
        ("Sarana air bersih perdesaan", public_works),
        ("Jalan kabupaten", public_works),
        ("Rumah tidak layak huni", housing_agency),
    ] * 40
    machine = Sorter(KUNCI, riwayat=riwayat)
    suggestion = machine.propose("Sarana air bersih Dusun Lauk")
    assert NAMA[AWAL.propose("Sarana air bersih Dusun Lauk").skpd] == "Dinas Perkim"
    assert suggestion.skpd == public_works
    assert "putusan kabupaten ini" in suggestion.sebab


def test_the_kamus_counts_like_a_keyword():
    machine = Sorter([Kunci("lampu", 1)], dictionary=[("Lampu taman tenaga surya", 2)])
    assert machine.propose("Pengadaan lampu taman tenaga surya").skpd == 2
    assert machine.propose("Pengadaan lampu").skpd == 1


@given(st.text(max_size=80), st.lists(st.tuples(st.text(max_size=20), st.integers(0, 3)), max_size=30))
def test_any_text_gives_a_share_between_0_and_1(raw_text, riwayat):
    suggestion = Sorter(KUNCI, riwayat=riwayat).propose(raw_text)
    assert suggestion is None or 0 <= suggestion.keyakinan <= 1


def test_a_programme_code_speaks_where_the_words_do_not():
    machine = Sorter(
        [Kunci("jalan", 1, "1.03.10 Jalan"), Kunci("jembatan", 1, "1.03.10 Jalan"), Kunci("talud", 2, "1.03.10 Jalan")]
    )
    suggestion = machine.by_program("1.03.10 Penyelenggaraan Jalan")
    assert (suggestion.skpd, suggestion.sebab, suggestion.yakin) == (1, "kode program 1.03.10", False)
    assert machine.by_program("1.03.10 Jalan", frozenset({1})).skpd == 2
    for program in ("", "Jalan", "1.03.99 Lain", "1.03.1 Salah"):
        assert machine.by_program(program) is None
    assert machine.fits(2, "1.03.10 Jalan")
    assert not machine.fits(3, "1.03.10 Jalan")
    assert machine.fits(3, "9.99.99 Lain")
    assert machine.fits(3, "")


def test_a_few_answers_settle_no_kind_that_one_kabupaten_gives_to_several_offices():
    """Measured on whole kecamatan: "TPT" and "gedung kantor" went to the office of two answers in 4 of 10 cases."""
    few = [("Pembangunan TPT", NAMA.index("Dinas PUPR"))] * 2
    suggestion = Sorter(KUNCI, riwayat=few).propose("Pembangunan TPT")
    assert not suggestion.yakin
    assert "ditanyakan dahulu" in suggestion.sebab
    count = Sorter(KUNCI, riwayat=few * 10).propose("Pembangunan TPT")
    assert count.yakin
    assert count.skpd == NAMA.index("Dinas PUPR")
