"""Funding schemes that come with the program. A kabupaten copies one and changes what its own rules say. Pure data."""

from dataclasses import dataclass
from typing import Any

from rkp.prioritas.rules import complete


@dataclass(frozen=True)
class Preset:
    """A preset: name, years in which the programme ran, legal base, and the settings that differ from the usual."""

    nama: str
    tahun_dari: int
    tahun_sampai: int | None
    dasar_hukum: str
    aturan: dict[str, Any]

    def name_in(self, tahun: int) -> str:
        """Return what a ranking for a plan year is called: after the programme ended, what works in its way."""
        return f"Program berpola {self.nama}" if self.has_ended(tahun) else self.nama

    def law_in(self, tahun: int) -> str:
        """Return the legal base of a ranking for a plan year; the manual of an ended programme is told to be that."""
        if not self.has_ended(tahun):
            return self.dasar_hukum
        return f"tata cara menurut {self.dasar_hukum}; program itu berakhir tahun {self.tahun_sampai}"

    def has_ended(self, tahun: int) -> bool:
        """Tell whether the programme no longer ran in a year."""
        return self.tahun_sampai is not None and tahun > self.tahun_sampai


LARANGAN = [
    {"kode": "a", "teks": "Militer atau angkatan bersenjata", "satuan": "", "batas": None, "asal": "K"},
    {"kode": "b", "teks": "Politik praktis atau partai politik", "satuan": "", "batas": None, "asal": "K"},
    {"kode": "c", "teks": "Kantor pemerintah atau tempat ibadah", "satuan": "", "batas": None, "asal": "K"},
    {
        "kode": "d",
        "teks": "Gergaji mesin, senjata, bahan peledak, asbes, bahan berbahaya",
        "satuan": "",
        "batas": None,
        "asal": "K",
    },
    {"kode": "e", "teks": "Kapal ikan beserta perlengkapannya", "satuan": "ton", "batas": "10", "asal": "K"},
    {"kode": "f", "teks": "Gaji pegawai negeri", "satuan": "", "batas": None, "asal": "K"},
    {"kode": "g", "teks": "Mempekerjakan anak di bawah umur", "satuan": "", "batas": None, "asal": "K"},
    {
        "kode": "h",
        "teks": "Produksi, penyimpanan, atau penjualan barang tembakau",
        "satuan": "",
        "batas": None,
        "asal": "K",
    },
    {"kode": "i", "teks": "Kegiatan di kawasan lindung", "satuan": "", "batas": None, "asal": "K"},
    {"kode": "j", "teks": "Penambangan atau pengambilan terumbu karang", "satuan": "", "batas": None, "asal": "K"},
    {"kode": "k", "teks": "Sungai lintas negara atau pemindahan alur sungai", "satuan": "", "batas": None, "asal": "K"},
    {"kode": "l", "teks": "Reklamasi daratan", "satuan": "ha", "batas": "50", "asal": "R-14b"},
    {"kode": "m", "teks": "Jaringan irigasi baru", "satuan": "ha", "batas": "50", "asal": "R-14b"},
    {"kode": "n", "teks": "Bendungan atau penampung air", "satuan": "m3", "batas": "10000", "asal": "R-14b"},
]
KABUPATEN = {"sumber_dibayar": ["APBD Kabupaten"]}
"""The kabupaten's own money pays what the plan puts under it; DAK, APBN and the province have rules of their own."""
MPD = {
    "metode": "suara",
    "calon_otomatis": False,
    "pemecah_seri": ["putusan"],
    "daftar": [
        {"kode": "SPP", "nama": "Simpan Pinjam Perempuan", "porsi_maks": "0.25"},
        {"kode": "NON_SPP", "nama": "Selain SPP", "porsi_maks": None},
    ],
    "sumber": [{"nama": "APBN (DUB)", "porsi": "0.95"}, {"nama": "APBD (DDUB)", "porsi": "0.05"}],
    "porsi_wajar": ["0.95", "0.9", "0.85", "0.8"],
    "max_usulan_desa": 3,
    "satu_per_asal": True,
    "maks_nilai_usulan": 350_000_000,
    "jenis_diizinkan": ["prasarana", "pendidikan", "kesehatan", "kapasitas", "SPP"],
    "daftar_larangan": LARANGAN,
    "wajib_swadaya": True,
    "wajib_verifikasi": True,
    "wajib_rab": True,
    "periksa_tahapan": True,
    "wajib_spc": True,
    "pencairan": ["40", "40", "20"],
}
P2SPP = {
    "metode": "urutan",
    "pemecah_seri": ["putusan"],
    "daftar": [{"kode": "", "nama": "Usulan dari DU-RKP", "porsi_maks": None}],
    "sumber": [
        {"nama": "APBN-BLM", "porsi": "0.95"},
        {"nama": "DOK", "porsi": "0"},
        {"nama": "APBD-DDUB", "porsi": "0.05"},
    ],
    "wajib_sumber": True,
    "calon_otomatis": False,
    "hanya_durkp": True,
    "syarat_rkp_desa": True,
    "syarat_rpjm_desa": True,
    "daftar_larangan": LARANGAN,
}
"""P2SPP is the planning of the desa brought into the regular Musrenbang (pnpm.md 2): what may compete are works
that desa proposed with their DU-RKP, all in one list (no SPP of its own), each with the fund that pays it; the shares of
the funds and their names are to be confirmed by the kabupaten [D]. It shares nothing with MPd but the engine."""
POIN = [
    {"kode": "K", "nama": "Suara kecamatan", "bobot": "1", "min": "0", "maks": "3", "jenis": "manfaat"},
    {"kode": "P", "nama": "Pokok pikiran DPRD", "bobot": "1", "min": "0", "maks": "2", "jenis": "manfaat"},
    {"kode": "R", "nama": "Sesuai Renja", "bobot": "1", "min": "0", "maks": "1", "jenis": "manfaat"},
]
BAWAAN: dict[str, Preset] = {
    "piwk": Preset("Pagu indikatif kecamatan", 2015, None, "Permendagri 86/2017, Lampiran (Tabel T-D.4)", KABUPATEN),
    "mpd": Preset("PNPM Mandiri Perdesaan", 2007, 2014, "PTO PNPM Mandiri Perdesaan", MPD),
    "p2spp": Preset("PNPM P2SPP", 2006, 2014, "PTO PNPM P2SPP; SE Mendagri 414.2/1408/PMD", P2SPP),
    "poin": Preset(
        "Poin dengan pengali (contoh Bolaang Mongondow)",
        2019,
        None,
        "Aturan lokal Kab. Bolaang Mongondow 2019",
        KABUPATEN
        | {
            "kriteria": POIN,
            "skala": "poin",
            "pengali_lengkap": "2",
            "ambang_lolos": "8",
            "pemecah_seri": ["K", "biaya_terkecil", "putusan"],
        },
    ),
    "kuota": Preset(
        "Kuota per desa dan tema (contoh Tangerang)",
        2023,
        None,
        "Aturan lokal Kab. Tangerang 2023",
        KABUPATEN
        | {
            "kebijakan_sisa": "lewati",
            "kuota_desa": 10,
            "kuota_kecamatan": 50,
            "kuota_tema": [{"tema": "Sumber daya manusia", "banyak": 15}, {"tema": "Ekonomi", "banyak": 15}],
        },
    ),
    "asahan": Preset(
        "Skor enam kriteria dengan urutan sidang (contoh Asahan)",
        2018,
        None,
        "Juknis Musrenbang Kab. Asahan 2018",
        KABUPATEN | {"puncak_manual": True, "pemecah_seri": ["putusan", "C1", "biaya_terkecil"]},
    ),
}


def preset(kode: str) -> dict[str, Any]:
    """Return the whole settings of a preset; KeyError on an unknown one."""
    return complete(BAWAAN[kode].aturan)
