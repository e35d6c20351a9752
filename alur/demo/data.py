"""Invented data. Desa names and codes are real; every person, dusun, work, volume and amount is made up."""

import random
from dataclasses import dataclass

PRIA = [
    "Ahyar",
    "Bahrudin",
    "Darmawan",
    "Fathurrahman",
    "Gunawan",
    "Hasanudin",
    "Idris",
    "Jalaludin",
    "Kamarudin",
    "Lukmanul",
    "Mahsun",
    "Nasrudin",
    "Rahmat",
    "Saepul",
    "Taufik",
    "Umar",
    "Wahyudi",
    "Yusran",
    "Zaenal",
    "Samsul",
]
WANITA = [
    "Aminah",
    "Baiq Sri",
    "Dewi",
    "Endang",
    "Fitriani",
    "Hartini",
    "Ida",
    "Juhaeriah",
    "Kartini",
    "Lilis",
    "Maryam",
    "Nurhayati",
    "Rohani",
    "Siti",
    "Tuti",
    "Ulfah",
    "Wardah",
    "Yuliana",
    "Zubaedah",
    "Sumarni",
]
BELAKANG = [
    "Akbar",
    "Basri",
    "Cahyadi",
    "Efendi",
    "Fauzi",
    "Hakim",
    "Irawan",
    "Jayadi",
    "Kurniadi",
    "Lestari",
    "Mulyadi",
    "Nurdin",
    "Pratama",
    "Qadri",
    "Ramdani",
    "Saputra",
    "Thohir",
    "Utama",
    "Wijaya",
    "Yasin",
    "Zakaria",
    "Anggraini",
]
DUSUN = [
    "Dasan Baru",
    "Montong Dao",
    "Gubuk Timuk",
    "Lingkok Lauk",
    "Pancor Daya",
    "Bagek Nyake",
    "Repok Tengah",
    "Kebon Lauk",
    "Otak Desa",
    "Presak Barat",
    "Tibu Petung",
    "Embung Daya",
]


@dataclass(frozen=True)
class Kind:
    """A kind of work: title, bidang of the DU-RKP, unit, volume range, rupiah per unit, who benefits."""

    kegiatan: str
    bidang: str
    satuan: str
    volume: tuple[int, int]
    harga: int
    manfaat: str


PEMBANGUNAN, PEMBINAAN = "Pelaksanaan Pembangunan Desa", "Pembinaan Kemasyarakatan"
PEMBERDAYAAN, PEMERINTAHAN = "Pemberdayaan Masyarakat", "Penyelenggaraan Pemerintahan Desa"
KATALOG = [
    Kind("Pengerasan jalan usaha tani", PEMBANGUNAN, "m", (300, 1200), 210_000, "KK petani"),
    Kind("Rehabilitasi irigasi tersier", PEMBANGUNAN, "m", (200, 900), 240_000, "KK petani"),
    Kind("Pembangunan drainase jalan lingkungan", PEMBANGUNAN, "m", (120, 600), 310_000, "KK"),
    Kind("Pembangunan jembatan plat beton", PEMBANGUNAN, "m", (5, 14), 31_000_000, "KK"),
    Kind("Sumur bor dan jaringan pipa air bersih", PEMBANGUNAN, "unit", (1, 2), 168_000_000, "KK"),
    Kind("Rabat beton gang permukiman", PEMBANGUNAN, "m", (150, 700), 195_000, "KK"),
    Kind("Bronjong penahan tebing kali", PEMBANGUNAN, "m", (60, 180), 1_450_000, "rumah"),
    Kind("Rehab rumah tidak layak huni", PEMBANGUNAN, "unit", (6, 18), 20_000_000, "KK miskin"),
    Kind("Rehab ruang kelas SD", PEMBANGUNAN, "ruang", (2, 4), 92_000_000, "siswa"),
    Kind("Pembangunan gedung posyandu", PEMBANGUNAN, "unit", (1, 2), 118_000_000, "balita"),
    Kind("Pengadaan mebeler dan alat peraga edukatif PAUD", PEMBANGUNAN, "paket", (1, 3), 33_000_000, "anak"),
    Kind("Penerangan jalan umum tenaga surya", PEMBANGUNAN, "titik", (8, 24), 14_500_000, "KK"),
    Kind("Tempat pembuangan sampah sementara dan gerobak", PEMBANGUNAN, "unit", (1, 3), 42_000_000, "KK"),
    Kind("Rehabilitasi puskesmas pembantu", PEMBANGUNAN, "unit", (1, 1), 195_000_000, "jiwa"),
    Kind("Pelatihan menjahit dan bantuan mesin", PEMBERDAYAAN, "orang", (15, 30), 3_100_000, "perempuan"),
    Kind("Bantuan handtraktor kelompok tani", PEMBERDAYAAN, "unit", (1, 3), 27_500_000, "petani"),
    Kind("Bantuan ternak kambing", PEMBERDAYAAN, "ekor", (20, 60), 1_650_000, "KK miskin"),
    Kind("Benih ikan dan kolam terpal", PEMBERDAYAAN, "unit", (6, 20), 4_600_000, "KK"),
    Kind("Modal simpan pinjam perempuan", PEMBERDAYAAN, "kelompok", (2, 6), 24_000_000, "perempuan"),
    Kind("Mesin pemipil jagung", PEMBERDAYAAN, "unit", (2, 5), 12_500_000, "petani"),
    Kind("Penataan jalur wisata air terjun", PEMBERDAYAAN, "paket", (1, 1), 265_000_000, "pelaku usaha"),
    Kind("Pembangunan lapangan bola voli", PEMBINAAN, "unit", (1, 1), 74_000_000, "pemuda"),
    Kind("Peralatan sanggar seni dan hadrah remaja", PEMBINAAN, "set", (2, 5), 14_000_000, "pemuda"),
    Kind("Pembinaan karang taruna", PEMBINAAN, "kali", (2, 4), 9_500_000, "pemuda"),
    Kind("Rehab kantor desa", PEMERINTAHAN, "unit", (1, 1), 215_000_000, "jiwa"),
    Kind("Pengadaan komputer pelayanan desa", PEMERINTAHAN, "unit", (2, 4), 14_800_000, "jiwa"),
]
SUMBER = ["APBD Kab", "APBD Kab", "APBD Kab", "APBD Prov", "APBN", "DAK"]


@dataclass(frozen=True)
class Work:
    """One invented proposal as a desa would write it; ``biaya`` in rupiah, None where the desa left it blank."""

    bidang: str
    kegiatan: str
    lokasi: str
    volume: int
    satuan: str
    biaya: int | None
    sumber: str
    manfaat: str
    masalah: str


MASALAH = {
    "KK petani": ["Rusak dan sulit dilalui saat hujan", "Air tidak sampai ke petak hilir pada musim kemarau"],
    "KK": ["Belum pernah ada sejak dusun dimekarkan", "Yang ada rusak dan tidak cukup untuk semua warga"],
    "rumah": ["Tebing tergerus setiap banjir"],
    "KK miskin": ["Warga miskin belum terlayani"],
    "siswa": ["Atap bocor dan ruang belajar tidak cukup lagi"],
    "balita": ["Penimbangan masih menumpang di rumah kader"],
    "anak": ["Anak belajar di lantai tanpa alat peraga"],
    "jiwa": ["Bangunan dan peralatan tidak layak lagi untuk melayani warga"],
    "perempuan": ["Ibu rumah tangga tidak punya modal dan meminjam kepada rentenir"],
    "petani": ["Biaya olah tanah dan panen tinggi karena menyewa alat"],
    "pelaku usaha": ["Pengunjung berkurang karena jalannya licin"],
    "pemuda": ["Pemuda tidak punya tempat dan alat berkegiatan"],
}
"""What a desa writes as the problem, by who benefits."""
SIMPAN_PINJAM = "Modal simpan pinjam perempuan"


def works(dice: random.Random, jumlah: int, *, spp: bool = False) -> list[Work]:
    """Return ``jumlah`` proposals of one desa, in the order of the DU-RKP's bidang; one in twelve has no amount.

    ``spp``: among them one of the women's savings groups, for programme money; without it there is none.
    """
    others = [j for j in KATALOG if j.kegiatan != SIMPAN_PINJAM]
    jenis = dice.sample(others, min(jumlah, len(others)))
    jenis += dice.choices(others, k=jumlah - len(jenis))
    if spp:
        jenis[-1] = next(j for j in KATALOG if j.kegiatan == SIMPAN_PINJAM)
    results = []
    for j in jenis:
        own = j.kegiatan == SIMPAN_PINJAM
        volume = dice.randint(*j.volume)
        volume = volume // 10 * 10 if volume > 100 else volume
        results.append(
            Work(
                bidang=j.bidang,
                kegiatan=j.kegiatan,
                lokasi=f"Dusun {dice.choice(DUSUN)} RT {dice.randint(1, 9):02d}",
                volume=volume,
                satuan=j.satuan,
                biaya=None if dice.random() < 1 / 12 and not own else round(volume * j.harga, -5),
                sumber="APBN" if own else dice.choice(SUMBER),
                manfaat=f"{dice.randint(18, 240)} {j.manfaat}",
                masalah=dice.choice(MASALAH[j.manfaat]),
            )
        )
    ordering = [PEMERINTAHAN, PEMBANGUNAN, PEMBINAAN, PEMBERDAYAAN]
    return sorted(results, key=lambda k: ordering.index(k.bidang))


def person(dice: random.Random, jenis_kelamin: str) -> str:
    """Return an invented name."""
    front = dice.choice(PRIA if jenis_kelamin == "L" else WANITA)
    return f"{front} {dice.choice(BELAKANG)}"
