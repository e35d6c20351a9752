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
    "saw": "SAW (cara lanjutan: skor dinormalkan)",
}
KEBIJAKAN = {
    "berhenti": "Berhenti di kegiatan pertama yang tidak muat",
    "lewati": "Lewati yang tidak muat, lanjut ke bawahnya",
    "parsial": "Beri sisa pagu, lalu berhenti",
}
PEMECAH = {"biaya_terkecil": "biaya terkecil", "suara": "suara terbanyak", "putusan": "putusan sidang"}

KUORUM_PEMILIH = "0.5"


@dataclass(frozen=True)
class Item:
    """One setting: the words beside its field, how it is written, what it is unless changed, help, evidence tag."""

    label: str
    jenis: str
    bawaan: Any
    bantuan: str = ""
    asal: str = "D"
    pilihan: dict[str, str] | None = None
    kolom: tuple[str, ...] = ()


BAGIAN: dict[str, dict[str, Item]] = {
    "Cara memeringkat": {
        "metode": Item("Cara memeringkat", "pilihan", "skor", asal="R-8", pilihan=METODE),
        "kriteria": Item(
            "Kriteria",
            "baris",
            [],
            "Satu per baris: kode | nama | bobot | terkecil | terbesar | manfaat atau biaya, misalnya "
            "C1 | Keterdesakan | 25 | 1 | 5 | manfaat. Bila dikosongkan, kriteria kecamatan yang sudah disetujui.",
            kolom=("kode", "nama", "bobot", "min", "maks", "jenis"),
        ),
        "perbandingan": Item(
            "Perbandingan kriteria (AHP; cara lanjutan, boleh dikosongkan)",
            "matriks",
            None,
            "Bila dikosongkan, dipakai bobotnya. Bila diisi, satu baris per kriteria: "
            "1 | 3 | 1/2. Rasio konsistensi lebih dari 0,10 ditolak.",
        ),
        "skala": Item(
            "Satuan skor",
            "pilihan",
            "persen",
            pilihan={
                "persen": "0 sampai 100 (nilai dibagi nilai terbesar, dikali bobot persen)",
                "poin": "poin (nilai dikali bobot)",
            },
        ),
        "pengali_lengkap": Item("Pengali bila berkas lengkap", "desimal", None, "Misalnya 2: skor digandakan.", "R-42"),
        "ambang_lolos": Item("Skor terendah yang didanai", "desimal", None, "Bila dikosongkan, tanpa ambang.", "R-42"),
        "pemecah_seri": Item(
            "Penentu skor sama",
            "urut",
            ["C1", "biaya_terkecil", "putusan"],
            "Dipakai berurutan, dipisah koma, misalnya C1, biaya terkecil, putusan sidang. C1 adalah kode kriterianya; "
            "boleh juga suara terbanyak.",
            pilihan=PEMECAH,
        ),
        "puncak_manual": Item(
            "Skor teratas yang sama diurutkan sidang",
            "ya",
            False,
            "Untuk tiap bidang dan prioritas daerah.",
            "R-29",
        ),
        "tabel_pilihan": Item(
            "Pilihan tiap pemilih",
            "baris",
            [{"usulan": 10, "pilihan": 3}, {"usulan": 18, "pilihan": 5}, {"usulan": None, "pilihan": 7}],
            "Satu per baris: paling banyak usulan | banyak pilihan, misalnya 10 | 3. Baris terakhir memakai tanda – .",
            "R-8",
            kolom=("usulan", "pilihan"),
        ),
        "rahasia": Item("Suara rahasia", "ya", True, "Kode pemilih tidak disimpan bersama pilihannya."),
    },
    "Uang": {
        "kebijakan_sisa": Item("Bila ada yang tidak muat", "pilihan", "berhenti", pilihan=KEBIJAKAN),
        "daftar": Item(
            "Daftar terpisah",
            "baris",
            [{"kode": "", "nama": "Semua kegiatan", "porsi_maks": None}],
            "Satu per baris, menurut urutan pendanaannya: kode | nama | porsi terbesar dari pagu, misalnya "
            "SPP | Simpan Pinjam Perempuan | 0,25.",
            "R-8",
            kolom=("kode", "nama", "porsi_maks"),
        ),
        "sumber": Item(
            "Sumber dana",
            "baris",
            [],
            "Satu per baris: nama | porsi, misalnya APBN (DUB) | 0,95.",
            "R-26",
            kolom=("nama", "porsi"),
        ),
        "porsi_wajar": Item(
            "Porsi APBN yang wajar", "urut", [], "Peringatan bila porsi pertama bukan salah satunya.", "R-26"
        ),
        "wajib_sumber": Item("Setiap kegiatan menyebut sumber dananya", "ya", False, asal="R-28"),
        "kuota_desa": Item("Kegiatan didanai per desa, paling banyak", "bulat", None, asal="R-43"),
        "kuota_kecamatan": Item("Kegiatan didanai sekecamatan, paling banyak", "bulat", None, asal="R-43"),
        "kuota_tema": Item(
            "Kegiatan didanai per tema, paling sedikit",
            "baris",
            [],
            "Satu per baris: tema | banyaknya, misalnya Kesehatan | 2.",
            "R-43",
            kolom=("tema", "banyak"),
        ),
        "pencairan": Item("Pencairan (%)", "urut", [], "Misalnya 40, 40, 20.", "R-10"),
        "wajib_spc": Item("Hasil baru final dengan Surat Penetapan Camat", "ya", False, asal="R-10"),
    },
    "Syarat menjadi calon": {
        "calon_otomatis": Item("Semua kegiatan yang disepakati menjadi calon", "ya", True),
        "sumber_dibayar": Item(
            "Sumber dana RKP yang dibayar",
            "urut",
            [],
            "Nama sumber dana seperti di RKP, dipisah koma, misalnya APBD "
            "Kabupaten. Kegiatan bersumber lain bukan calon. Bila dikosongkan, uang program sendiri, apa pun sumber rencananya.",
            "R-33",
        ),
        "hanya_durkp": Item("Hanya usulan desa dari DU-RKP", "ya", False, "Usulan SKPD tidak menjadi calon.", "R-28"),
        "max_usulan_desa": Item("Usulan per desa, paling banyak", "bulat", None, asal="R-5"),
        "satu_per_asal": Item("Satu usulan untuk tiap asal", "ya", False, "Campuran, MKP SPP, MKP non-SPP.", "K"),
        "min_porsi_mkp": Item("Porsi usulan perempuan, paling sedikit", "porsi", None, asal="R-13"),
        "maks_nilai_usulan": Item("Biaya satu usulan, paling besar", "rupiah", None, asal="K"),
        "jenis_diizinkan": Item(
            "Jenis kegiatan yang boleh", "urut", [], "Pisahkan dengan koma. Bila dikosongkan, semua.", "R-14"
        ),
        "daftar_larangan": Item(
            "Daftar larangan",
            "baris",
            [],
            "Satu per baris: kode | larangan | satuan | batas | asal ketentuan, misalnya "
            "L1 | Rumah ibadah | unit | 0 | PTO PNPM MPd.",
            "R-14b",
            kolom=("kode", "teks", "satuan", "batas", "asal"),
        ),
        "wajib_swadaya": Item("Wajib ada swadaya", "ya", False, asal="L-20"),
        "syarat_rkp_desa": Item("Harus tercantum di RKP Desa/DU-RKP", "ya", False, asal="R-28"),
        "syarat_rpjm_desa": Item("Desa harus punya RPJM Desa yang berlaku", "ya", False, asal="R-28"),
        "wajib_verifikasi": Item("Wajib direkomendasikan layak oleh Tim Verifikasi", "ya", False, asal="R-5"),
        "wajib_rab": Item("Wajib ada desain dan RAB sebelum didanai", "ya", False, asal="R-8"),
        "umur_spp": Item("Umur kelompok SPP, paling sedikit (bulan)", "bulat", 12, asal="R-15"),
        "periksa_tahapan": Item("Desa harus menyelesaikan tahapannya", "ya", False, asal="L-20"),
        "min_perempuan_musdes": Item("Perempuan di musyawarah desa, paling sedikit", "porsi", "0.4", asal="L-20"),
        "jumlah_tpu": Item("Tim Penulis Usulan (orang)", "bulat", 3, asal="R-5"),
    },
    "Pemilih": {
        "delegasi_per_desa": Item("Delegasi tiap desa (orang)", "bulat", 6, asal="R-4"),
        "kuorum_pemilih": Item(
            "Kuorum pemungutan suara",
            "porsi",
            KUORUM_PEMILIH,
            "Yang memilih harus lebih dari bagian ini dari pemilih "
            "yang terdaftar; 0,5 berarti lebih dari separuh. Di bawahnya sidang memutuskan dengan alasan.",
        ),
        "min_perempuan": Item("Di antaranya perempuan, paling sedikit", "bulat", 3, asal="R-18"),
    },
}
ATURAN = {kode: item for content in BAGIAN.values() for kode, item in content.items()}
ANGKA_BARIS = {"bobot", "min", "maks", "usulan", "pilihan", "porsi_maks", "porsi", "banyak", "batas"}
WAJIB_BARIS = {"nama", "teks", "tema", "pilihan", "banyak", "porsi"}


def complete(aturan: dict[str, Any]) -> dict[str, Any]:
    """Return the settings with the default for every one that is missing."""
    return {kode: aturan.get(kode, item.bawaan) for kode, item in ATURAN.items()}


TERBESAR, PECAHAN, PANJANG = 10**15, 10, 40
"""Numbers of a setting end here; digits after the comma, and characters of one."""


def number(text: str, round_number: bool = False) -> str | int | None:
    """Read a number as people write it ("0,25", "1.000", "–" for none); raise ValueError with a sentence."""
    content = text.strip()
    if content in {"", "-", "–", "—"}:
        return None
    if round_number or "," in content or content.count(".") > 1:
        content = content.replace(".", "").replace(",", ".")
    try:
        figure = Decimal(content)
    except InvalidOperation as error:
        raise ValueError(f"“{text.strip()}” bukan angka.") from error
    if not figure.is_finite() or figure < 0 or (round_number and figure != figure.to_integral_value()):
        raise ValueError(f"“{text.strip()}” harus {'bilangan bulat' if round_number else 'angka'}, 0 atau lebih.")
    if figure >= TERBESAR or (figure and figure.adjusted() < -PECAHAN) or len(content) > PANJANG:
        raise ValueError(f"“{text.strip()[:20]}…” terlalu besar, terlalu kecil, atau terlalu panjang.")
    return int(figure) if round_number else f"{figure.normalize():f}"


def read_rows(item: Item, text: str) -> list[dict[str, Any]]:
    """Read a setting of several lines, ``a | b | c`` each; raise ValueError that names the line."""
    results = []
    for i, baris in enumerate(text.splitlines(), 1):
        if not baris.strip():
            continue
        cells = [s.strip() for s in baris.split("|")]
        if len(cells) > len(item.kolom):
            raise ValueError(f"Baris {i}: {len(cells)} bagian, seharusnya {' | '.join(item.kolom)}.")
        cells += [""] * (len(item.kolom) - len(cells))
        try:
            one: dict[str, Any] = {
                k: number(s, k in {"usulan", "pilihan", "banyak"}) if k in ANGKA_BARIS else s
                for k, s in zip(item.kolom, cells, strict=True)
            }
        except ValueError as error:
            raise ValueError(f"Baris {i}: {error}") from error
        blanks = [k for k in item.kolom if k in WAJIB_BARIS and one[k] in (None, "")]
        if blanks:
            raise ValueError(f"Baris {i}: {', '.join(blanks)} belum diisi.")
        results.append(one)
    return results


def read_matrix(text: str) -> list[list[str]] | None:
    """Read a pairwise comparison, a line per criterion, fractions allowed; None when blank."""
    baris = [one.split("|") for one in text.splitlines() if one.strip()]
    results = []
    for one in baris:
        figures = []
        for cell in one:
            above, _, below = cell.partition("/")
            numerator, denominator = number(above), number(below or "1")
            if numerator is None or denominator is None or Decimal(denominator) == 0:
                raise ValueError(f"“{cell.strip()}” bukan perbandingan; tulis misalnya 3 atau 1/3.")
            figures.append(f"{round(Decimal(numerator) / Decimal(denominator), 10).normalize():f}")
        results.append(figures)
    if any(len(one) != len(results) for one in results):
        raise ValueError("Perbandingan harus sama banyak ke kanan dan ke bawah.")
    return results or None


def write_rows(item: Item, baris: list[dict[str, Any]]) -> str:
    """Return the lines that ``read_rows`` reads back."""

    def cell(nilai: Any) -> str:
        return "–" if nilai is None else str(nilai).replace(".", ",") if _is_number(nilai) else str(nilai)

    return "\n".join(" | ".join(cell(one.get(k)) for k in item.kolom) for one in baris)


def _is_number(nilai: Any) -> bool:
    return isinstance(nilai, int) or (isinstance(nilai, str) and nilai.replace(".", "", 1).isdigit())


def faults(aturan: dict[str, Any], kriteria_code: list[str]) -> list[str]:
    """Return what is wrong with a scheme's settings as a whole, one sentence each."""
    return [sentence for check in (_lists, _criteria, _chain, _sources) for sentence in check(aturan, kriteria_code)]


def _lists(aturan: dict[str, Any], _code: list[str]) -> list[str]:
    listing = aturan["daftar"]
    kode = [d["kode"] for d in listing]
    wrong = [] if listing else ["Tulis sekurang-kurangnya satu daftar."]
    if len(set(kode)) < len(kode):
        wrong.append("Dua daftar tidak boleh memakai kode yang sama.")
    if any(d["porsi_maks"] is not None and Decimal(d["porsi_maks"]) > 1 for d in listing):
        wrong.append("Porsi daftar paling besar 1 (seluruh pagu).")
    tabel = aturan["tabel_pilihan"]
    if not tabel or tabel[-1]["usulan"] is not None or any(t["usulan"] is None for t in tabel[:-1]):
        wrong.append("Baris terakhir tabel pilihan memakai tanda –, yang lain berangka.")
    return wrong


def _criteria(aturan: dict[str, Any], kode: list[str]) -> list[str]:
    kriteria = aturan["kriteria"]
    wrong = ["Ada dua kriteria dengan kode yang sama."] if len(set(kode)) < len(kode) else []
    if any(not k["kode"] or k["bobot"] is None for k in kriteria):
        wrong.append("Setiap kriteria perlu kode dan bobot.")
    if any(k["jenis"] not in {"manfaat", "biaya"} for k in kriteria):
        wrong.append("Jenis kriteria adalah manfaat atau biaya.")
    if kriteria and aturan["skala"] == "persen" and sum(Decimal(k["bobot"] or 0) for k in kriteria) != 100:
        wrong.append("Jumlah bobot harus tepat 100%.")
    return wrong


def _chain(aturan: dict[str, Any], kode: list[str]) -> list[str]:
    foreign = [p for p in aturan["pemecah_seri"] if p not in PEMECAH and p not in kode]
    return [
        f"Penentu skor sama “{p}” tidak dikenal. Pakai kode kriteria, {', '.join(PEMECAH.values())}." for p in foreign
    ]


def _sources(aturan: dict[str, Any], _code: list[str]) -> list[str]:
    shares = [Decimal(s["porsi"]) for s in aturan["sumber"]]
    return ["Porsi sumber dana harus berjumlah 1."] if shares and sum(shares) != 1 else []


def voters_suffice(already: int, pemilih: int, aturan: dict[str, Any]) -> bool:
    """Tell whether more of the registered voters voted than the scheme's share; a scheme without one asks for half."""
    share = Decimal(aturan.get("kuorum_pemilih") or (KUORUM_PEMILIH if "kuorum_pemilih" not in aturan else "0"))
    return already > share * pemilih


def source_warnings(aturan: dict[str, Any]) -> list[str]:
    """MPD-33: remarks on shares of DUB and DDUB that no fiscal class has; MPD-35: on instalments other than usual."""
    results = []
    source, plausible = aturan["sumber"], [Decimal(str(p).replace(",", ".")) for p in aturan["porsi_wajar"]]
    if source and plausible and Decimal(source[0]["porsi"]) not in plausible:
        results.append(f"Porsi {source[0]['nama']} tidak sama dengan salah satu kelas fiskal ({_join(plausible)}).")
    disbursement = [str(p) for p in aturan["pencairan"]]
    if disbursement and disbursement != ["40", "40", "20"]:
        results.append("Pencairan bukan 40/40/20.")
    return results


def _join(nilai: list[Any], write: Callable[[Any], str] = str) -> str:
    return ", ".join(write(n).replace(".", ",") for n in nilai)
