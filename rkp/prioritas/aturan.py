"""The settings of a funding scheme: one table says what each is, where it comes from and how it is written. Pure.

A scheme is JSON-safe data: {setting: value}. Shares and weights are decimal text, amounts whole rupiah. The evidence
tag of each setting is that of ``pnpm.md``: R read, L a local rule, K recalled, D our own choice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

METODE = {
    "urutan": "Musyawarah (urutan yang disepakati)",
    "suara": "Pemungutan suara",
    "skor": "Skor berbobot",
    "saw": "SAW (skor dinormalkan)",
}
KEBIJAKAN = {
    "berhenti": "Berhenti di kegiatan pertama yang tidak muat",
    "lewati": "Lewati yang tidak muat, lanjut ke bawahnya",
    "parsial": "Beri sisa pagu, lalu berhenti",
}
PEMECAH = {"biaya_terkecil": "biaya terkecil", "suara": "suara terbanyak", "putusan": "putusan sidang"}

KUORUM_PEMILIH = "0.5"


@dataclass(frozen=True)
class Butir:
    """One setting: the words beside its field, how it is written, what it is unless changed, help, evidence tag."""

    label: str
    jenis: str
    bawaan: Any
    bantuan: str = ""
    asal: str = "D"
    pilihan: dict[str, str] | None = None
    kolom: tuple[str, ...] = ()


BAGIAN: dict[str, dict[str, Butir]] = {
    "Cara memeringkat": {
        "metode": Butir("Cara memeringkat", "pilihan", "skor", asal="R-8", pilihan=METODE),
        "kriteria": Butir(
            "Kriteria",
            "baris",
            [],
            "Satu per baris: kode | nama | bobot | terkecil | terbesar | manfaat atau biaya. "
            "Kosong: kriteria kecamatan yang sudah disetujui.",
            kolom=("kode", "nama", "bobot", "min", "maks", "jenis"),
        ),
        "perbandingan": Butir(
            "Perbandingan kriteria (AHP)",
            "matriks",
            None,
            "Kosong: memakai bobot. Bila diisi, satu baris per kriteria: "
            "1 | 3 | 1/2. Rasio konsistensi lebih dari 0,10 ditolak.",
        ),
        "skala": Butir(
            "Satuan skor",
            "pilihan",
            "persen",
            pilihan={
                "persen": "0 sampai 100 (nilai dibagi nilai terbesar, dikali bobot persen)",
                "poin": "poin (nilai dikali bobot)",
            },
        ),
        "pengali_lengkap": Butir(
            "Pengali bila berkas lengkap", "desimal", None, "Misalnya 2: skor digandakan.", "R-42"
        ),
        "ambang_lolos": Butir("Skor terendah yang didanai", "desimal", None, "Kosong: tanpa ambang.", "R-42"),
        "pemecah_seri": Butir(
            "Pemecah nilai sama",
            "urut",
            ["C1", "biaya_terkecil", "putusan"],
            "Dipakai berurutan: kode kriteria, biaya_terkecil, suara, putusan. Dipisah koma.",
        ),
        "puncak_manual": Butir(
            "Nilai teratas yang sama diurutkan sidang",
            "ya",
            False,
            "Untuk tiap bidang dan prioritas daerah (KEC-03).",
            "R-29",
        ),
        "tabel_pilihan": Butir(
            "Pilihan tiap pemilih",
            "baris",
            [{"usulan": 10, "pilihan": 3}, {"usulan": 18, "pilihan": 5}, {"usulan": None, "pilihan": 7}],
            "Satu per baris: paling banyak usulan | banyak pilihan. Baris terakhir memakai tanda – .",
            "R-8",
            kolom=("usulan", "pilihan"),
        ),
        "rahasia": Butir("Suara rahasia", "ya", True, "Kode pemilih tidak disimpan bersama pilihannya."),
    },
    "Uang": {
        "kebijakan_sisa": Butir("Bila ada yang tidak muat", "pilihan", "berhenti", pilihan=KEBIJAKAN),
        "daftar": Butir(
            "Daftar terpisah",
            "baris",
            [{"kode": "", "nama": "Semua kegiatan", "porsi_maks": None}],
            "Satu per baris, menurut urutan pendanaannya: kode | nama | porsi terbesar dari pagu, misalnya 0,25.",
            "R-8",
            kolom=("kode", "nama", "porsi_maks"),
        ),
        "sumber": Butir(
            "Sumber dana",
            "baris",
            [],
            "Satu per baris: nama | porsi, misalnya APBN (DUB) | 0,95.",
            "R-26",
            kolom=("nama", "porsi"),
        ),
        "porsi_wajar": Butir(
            "Porsi APBN yang wajar", "urut", [], "Peringatan bila porsi pertama bukan salah satunya (MPD-33).", "R-26"
        ),
        "wajib_sumber": Butir("Setiap kegiatan menyebut sumber dananya", "ya", False, asal="R-28"),
        "kuota_desa": Butir("Kegiatan didanai per desa, paling banyak", "bulat", None, asal="R-43"),
        "kuota_kecamatan": Butir("Kegiatan didanai sekecamatan, paling banyak", "bulat", None, asal="R-43"),
        "kuota_tema": Butir(
            "Kegiatan didanai per tema, paling sedikit",
            "baris",
            [],
            "Satu per baris: tema | banyaknya.",
            "R-43",
            kolom=("tema", "banyak"),
        ),
        "pencairan": Butir("Pencairan (%)", "urut", [], "Misalnya 40, 40, 20.", "R-10"),
        "wajib_spc": Butir("Hasil baru final dengan Surat Penetapan Camat", "ya", False, asal="R-10"),
    },
    "Siapa yang boleh bersaing": {
        "calon_otomatis": Butir("Semua kegiatan yang disepakati bersaing", "ya", True),
        "sumber_dibayar": Butir(
            "Sumber dana RKP yang dibayar",
            "urut",
            [],
            "Nama sumber dana seperti di RKP, dipisah koma, misalnya APBD "
            "Kabupaten. Kegiatan bersumber lain bukan calon. Kosong: uang program sendiri, apa pun sumber rencananya.",
            "R-33",
        ),
        "hanya_durkp": Butir("Hanya usulan desa dari DU-RKP", "ya", False, "Usulan SKPD tidak bersaing.", "R-28"),
        "max_usulan_desa": Butir("Usulan per desa, paling banyak", "bulat", None, asal="R-5"),
        "satu_per_asal": Butir("Satu usulan untuk tiap asal", "ya", False, "Campuran, MKP SPP, MKP non-SPP.", "K"),
        "min_porsi_mkp": Butir("Porsi usulan perempuan, paling sedikit", "porsi", None, asal="R-13"),
        "maks_nilai_usulan": Butir("Biaya satu usulan, paling besar", "rupiah", None, asal="K"),
        "jenis_diizinkan": Butir("Jenis kegiatan yang boleh", "urut", [], "Dipisah koma; kosong: semua.", "R-14"),
        "daftar_larangan": Butir(
            "Daftar larangan",
            "baris",
            [],
            "Satu per baris: kode | larangan | satuan | batas | asal ketentuan.",
            "R-14b",
            kolom=("kode", "teks", "satuan", "batas", "asal"),
        ),
        "wajib_swadaya": Butir("Wajib ada swadaya", "ya", False, asal="L-20"),
        "syarat_rkp_desa": Butir("Harus tercantum di RKP Desa/DU-RKP", "ya", False, asal="R-28"),
        "syarat_rpjm_desa": Butir("Desa harus punya RPJM Desa yang berlaku", "ya", False, asal="R-28"),
        "wajib_verifikasi": Butir("Wajib direkomendasikan layak oleh Tim Verifikasi", "ya", False, asal="R-5"),
        "wajib_rab": Butir("Wajib ada desain dan RAB sebelum didanai", "ya", False, asal="R-8"),
        "umur_spp": Butir("Umur kelompok SPP, paling sedikit (bulan)", "bulat", 12, asal="R-15"),
        "periksa_tahapan": Butir("Desa harus menyelesaikan tahapannya", "ya", False, asal="L-20"),
        "min_perempuan_musdes": Butir("Perempuan di musyawarah desa, paling sedikit", "porsi", "0.4", asal="L-20"),
        "jumlah_tpu": Butir("Tim Penulis Usulan (orang)", "bulat", 3, asal="R-5"),
    },
    "Pemilih": {
        "delegasi_per_desa": Butir("Delegasi tiap desa (orang)", "bulat", 6, asal="R-4"),
        "kuorum_pemilih": Butir(
            "Kuorum pemungutan suara",
            "porsi",
            KUORUM_PEMILIH,
            "Yang memilih harus lebih dari bagian ini dari pemilih "
            "yang terdaftar; 0,5 berarti lebih dari separuh. Di bawahnya sidang memutuskan dengan alasan.",
        ),
        "min_perempuan": Butir("Di antaranya perempuan, paling sedikit", "bulat", 3, asal="R-18"),
    },
}
ATURAN = {kode: butir for isi in BAGIAN.values() for kode, butir in isi.items()}
ANGKA_BARIS = {"bobot", "min", "maks", "usulan", "pilihan", "porsi_maks", "porsi", "banyak", "batas"}
WAJIB_BARIS = {"nama", "teks", "tema", "pilihan", "banyak", "porsi"}


def complete(aturan: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with the default for every one that is missing."""
    return {kode: aturan.get(kode, butir.bawaan) for kode, butir in ATURAN.items()}


TERBESAR, PECAHAN, PANJANG = 10**15, 10, 40
"""Numbers of a setting end here; digits after the comma, and characters of one."""


def number(teks: str, bulat: bool = False) -> str | int | None:
    """Read a number as people write it ("0,25", "1.000", "–" for none); raise ValueError with a sentence."""
    isi = teks.strip()
    if isi in {"", "-", "–", "—"}:
        return None
    if bulat or "," in isi or isi.count(".") > 1:
        isi = isi.replace(".", "").replace(",", ".")
    try:
        angka = Decimal(isi)
    except InvalidOperation as galat:
        raise ValueError(f"“{teks.strip()}” bukan angka.") from galat
    if not angka.is_finite() or angka < 0 or (bulat and angka != angka.to_integral_value()):
        raise ValueError(f"“{teks.strip()}” harus {'bilangan bulat' if bulat else 'angka'}, 0 atau lebih.")
    if angka >= TERBESAR or (angka and angka.adjusted() < -PECAHAN) or len(isi) > PANJANG:
        raise ValueError(f"“{teks.strip()[:20]}…” terlalu besar, terlalu kecil, atau terlalu panjang.")
    return int(angka) if bulat else f"{angka.normalize():f}"


def read_rows(butir: Butir, teks: str) -> list[dict[str, Any]]:
    """Read a setting of several lines, ``a | b | c`` each; raise ValueError that names the line."""
    hasil = []
    for i, baris in enumerate(teks.splitlines(), 1):
        if not baris.strip():
            continue
        sel = [s.strip() for s in baris.split("|")]
        if len(sel) > len(butir.kolom):
            raise ValueError(f"Baris {i}: {len(sel)} bagian, seharusnya {' | '.join(butir.kolom)}.")
        sel += [""] * (len(butir.kolom) - len(sel))
        try:
            satu: dict[str, Any] = {
                k: number(s, k in {"usulan", "pilihan", "banyak"}) if k in ANGKA_BARIS else s
                for k, s in zip(butir.kolom, sel, strict=True)
            }
        except ValueError as galat:
            raise ValueError(f"Baris {i}: {galat}") from galat
        kosong = [k for k in butir.kolom if k in WAJIB_BARIS and satu[k] in (None, "")]
        if kosong:
            raise ValueError(f"Baris {i}: {', '.join(kosong)} belum diisi.")
        hasil.append(satu)
    return hasil


def read_matrix(teks: str) -> list[list[str]] | None:
    """Read a pairwise comparison, a line per criterion, fractions allowed; None when blank."""
    baris = [satu.split("|") for satu in teks.splitlines() if satu.strip()]
    hasil = []
    for satu in baris:
        angka = []
        for sel in satu:
            atas, _, bawah = sel.partition("/")
            pembilang, penyebut = number(atas), number(bawah or "1")
            if pembilang is None or penyebut is None or Decimal(penyebut) == 0:
                raise ValueError(f"“{sel.strip()}” bukan perbandingan; tulis misalnya 3 atau 1/3.")
            angka.append(f"{round(Decimal(pembilang) / Decimal(penyebut), 10).normalize():f}")
        hasil.append(angka)
    if any(len(satu) != len(hasil) for satu in hasil):
        raise ValueError("Perbandingan harus sama banyak ke kanan dan ke bawah.")
    return hasil or None


def write_rows(butir: Butir, baris: list[dict[str, Any]]) -> str:
    """Return the lines that ``read_rows`` reads back."""

    def sel(nilai: Any) -> str:
        return "–" if nilai is None else str(nilai).replace(".", ",") if _is_number(nilai) else str(nilai)

    return "\n".join(" | ".join(sel(satu.get(k)) for k in butir.kolom) for satu in baris)


def _is_number(nilai: Any) -> bool:
    return isinstance(nilai, int) or (isinstance(nilai, str) and nilai.replace(".", "", 1).isdigit())


def faults(aturan: dict[str, Any], kode_kriteria: list[str]) -> list[str]:
    """Return what is wrong with a scheme's settings as a whole, one sentence each."""
    return [kalimat for periksa in (_lists, _criteria, _chain, _sources) for kalimat in periksa(aturan, kode_kriteria)]


def _lists(aturan: dict[str, Any], _kode: list[str]) -> list[str]:
    daftar = aturan["daftar"]
    kode = [d["kode"] for d in daftar]
    salah = [] if daftar else ["Tulis sekurang-kurangnya satu daftar."]
    if len(set(kode)) < len(kode):
        salah.append("Dua daftar tidak boleh memakai kode yang sama.")
    if any(d["porsi_maks"] is not None and Decimal(d["porsi_maks"]) > 1 for d in daftar):
        salah.append("Porsi daftar paling besar 1 (seluruh pagu).")
    tabel = aturan["tabel_pilihan"]
    if not tabel or tabel[-1]["usulan"] is not None or any(t["usulan"] is None for t in tabel[:-1]):
        salah.append("Baris terakhir tabel pilihan memakai tanda –, yang lain berangka.")
    return salah


def _criteria(aturan: dict[str, Any], kode: list[str]) -> list[str]:
    kriteria = aturan["kriteria"]
    salah = ["Ada dua kriteria dengan kode yang sama."] if len(set(kode)) < len(kode) else []
    if any(not k["kode"] or k["bobot"] is None for k in kriteria):
        salah.append("Setiap kriteria perlu kode dan bobot.")
    if any(k["jenis"] not in {"manfaat", "biaya"} for k in kriteria):
        salah.append("Jenis kriteria adalah manfaat atau biaya.")
    if kriteria and aturan["skala"] == "persen" and sum(Decimal(k["bobot"] or 0) for k in kriteria) != 100:
        salah.append("Jumlah bobot harus tepat 100%.")
    return salah


def _chain(aturan: dict[str, Any], kode: list[str]) -> list[str]:
    asing = [p for p in aturan["pemecah_seri"] if p not in PEMECAH and p not in kode]
    return [f"Pemecah nilai sama “{p}” tidak dikenal." for p in asing]


def _sources(aturan: dict[str, Any], _kode: list[str]) -> list[str]:
    porsi = [Decimal(s["porsi"]) for s in aturan["sumber"]]
    return ["Porsi sumber dana harus berjumlah 1."] if porsi and sum(porsi) != 1 else []


def voters_suffice(sudah: int, pemilih: int, aturan: dict[str, Any]) -> bool:
    """Tell whether more of the registered voters voted than the scheme's share; a scheme without one asks for half."""
    porsi = Decimal(aturan.get("kuorum_pemilih") or (KUORUM_PEMILIH if "kuorum_pemilih" not in aturan else "0"))
    return sudah > porsi * pemilih


def source_warnings(aturan: dict[str, Any]) -> list[str]:
    """MPD-33: remarks on shares of DUB and DDUB that no fiscal class has; MPD-35: on instalments other than usual."""
    hasil = []
    sumber, wajar = aturan["sumber"], [Decimal(str(p).replace(",", ".")) for p in aturan["porsi_wajar"]]
    if sumber and wajar and Decimal(sumber[0]["porsi"]) not in wajar:
        hasil.append(f"MPD-33: porsi {sumber[0]['nama']} tidak sama dengan salah satu kelas fiskal ({_join(wajar)}).")
    pencairan = [str(p) for p in aturan["pencairan"]]
    if pencairan and pencairan != ["40", "40", "20"]:
        hasil.append("MPD-35: pencairan bukan 40/40/20.")
    return hasil


def split_amount(pagu: int, sumber: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return the pagu by source in whole rupiah; the last one takes what rounding left, so that it adds up.

    A fund without a share of the pagu (it pays beside it) is left out.
    """
    sumber = [s for s in sumber if Decimal(s["porsi"])]
    hasil = [(s["nama"], int(pagu * Decimal(s["porsi"]))) for s in sumber]
    if hasil:
        hasil[-1] = (hasil[-1][0], pagu - sum(n for _, n in hasil[:-1]))
    return hasil


def _join(nilai: list[Any], tulis: Callable[[Any], str] = str) -> str:
    return ", ".join(tulis(n).replace(".", ",") for n in nilai)
