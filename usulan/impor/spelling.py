"""The words by which villages call the columns of their lists."""

import re
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from musrenbang.sebutan import DESA_LAIN

# First pattern that matches wins, so the narrow ones come first ("waktu pelaksanaan kegiatan" is a time).
SINONIM: list[tuple[str, str]] = [
    ("no", r"^(no|nomor|no urut|nomor urut|nmr|no usulan)$"),
    ("usulan_lama", r"^(no|nomor) usulan (tahun )?lalu$"),
    ("lain", r"^(sumber|asal|tipe|status|kode|tanggal|foto|id) usulan$|(harga|biaya|jumlah|harga per) satuan|^harsat"),
    (
        "lain",
        r"^(level|tipe) pengusul$|^tujuan usul|^(status|batal|rekomendasi|jenis belanja|id)\b|^no(mor)? (anggaran|rek)",
    ),
    ("desa", r"^lokus\b"),
    ("lain", r"swakelola|kerja ?sama|pihak ketiga|pola pelaksanaan|sdgs|data eksisting|koordinat"),
    ("lain", r"keterangan|^ket$|catatan|^kode"),
    ("kecamatan", r"^(nama |asal )?(kecamatan|kec)( pengusul| asal)?$"),
    ("lain", r"^(kabupaten|kab|provinsi|prov|kabupaten kota)$"),
    ("sumber_dana", r"\bsumber\b.*|\bpendanaan\b|\bpembiayaan\b$|^(asal )?dana$"),
    ("waktu", r"\bwaktu\b|\bjadwal\b|\bdurasi\b|tahun (pelaksanaan|anggaran|rencana)|^(tahun|bulan|triwulan|lama)$"),
    ("skpd", r"\b(skpd|opd|dinas|perangkat daerah|instansi|penanggung ?jawab|leading sector|unit kerja)\b"),
    ("kegiatan", r"\b(kegiatan|keg|usulan|pekerjaan|program) prioritas\b"),
    ("prioritas_desa", r"\b(prioritas|peringkat|ranking|rangking|rengking)\b"),
    ("permasalahan", r"\b(permasalahan|masalah|isu|latar belakang)\b|^(alasan|kondisi( saat ini)?)$"),
    ("volume", r"\b(volume|vol|kuantitas|qty|koefisien)\b"),
    ("satuan", r"^(satuan|sat|unit|satuan (volume|ukur|unit|barang)|unit satuan)$"),
    ("jumlah", r"^(jumlah|jml|jlh|total)$"),
    ("manfaat", r"\b(penerima|manfaat|pemanfaat|sasaran|tujuan|dampak)\b|^(output|outcome|hasil|keluaran)\b"),
    ("biaya", r"\b(biaya|anggaran|pagu|harga|rab|nilai|nominal|besaran|dana|ang)\b|\brp\b"),
    ("lokasi", r"\b(lokasi|alamat|tempat|dusun|dsn|kampung|letak|lok|lingkungan|wilayah)\b|^r[tw]( r?w)?$"),
    ("desa", rf"^(nama |asal )?(desa|kelurahan|ds|kel|{DESA_LAIN})( (kelurahan|kel|pengusul))?$|\bpengusul\b|^desa\b"),
    ("kegiatan", r"\b(kegiatan|keg|usulan|pekerjaan|uraian|program|paket|rincian|aktivitas|kebutuhan|deskripsi)\b"),
    ("kegiatan", r"^(rencana|nama|jenis|item)( pembangunan)?$"),
    ("bidang", r"\b(bidang|sektor|urusan)\b"),
    ("desa", r"\b(desa|kelurahan)\b"),
    ("volume", r"^(target|banyaknya|banyak|ukuran|besar|panjang|lebar|tinggi|tebal|luas)\b"),
]
# Of two columns for one field the one whose heading matches the earlier pattern wins.
URUTAN: dict[str, list[str]] = {
    "kegiatan": [
        r"^(?!.*\bbidang\b).*\b(usulan|nama|jenis|rencana) (jenis )?keg|^sub keg",
        r"^(?!bidang\b).*\bkeg",
        r"^(?!bidang\b|jenis usulan).*(usulan|pekerjaan|paket)",
        r"uraian",
    ],
    "biaya": [r"kira.*(biaya|anggaran)|(jumlah|total).*(biaya|anggaran|dana)", r"biaya|anggaran", r"rp|jumlah"],
    "lokasi": [r"lokasi|alamat", r"tempat|letak", r"dusun|kampung"],
    "manfaat": [r"manfaat", r"sasaran"],
    "volume": [r"volume|\bvol\b|koefisien|kuantitas", r"target"],
    "bidang": [r"^bidang", r"^(?!sub).*bidang", r"^sub bidang"],
    "desa": [r"^(nama )?(desa|kelurahan)", r"pengusul"],
    "skpd": [r"nama|dinas", r"skpd|opd|perangkat daerah"],
}
DANA = re.compile(
    r"^(apbn|apbd|dak\b|dau\b|dbh|add\b|dana desa|dds\b|dd$|swadaya|csr|pnpm|bankeu|bantuan keuangan|pihak ke|pad\b|"
    r"bhp|bagi hasil|lain-lain|hibah)",
    re.I,
)
KATA = sorted(
    {
        "kegiatan",
        "usulan",
        "lokasi",
        "volume",
        "satuan",
        "biaya",
        "anggaran",
        "sumber",
        "pembiayaan",
        "pendanaan",
        "manfaat",
        "sasaran",
        "penerima",
        "permasalahan",
        "prioritas",
        "bidang",
        "desa",
        "kelurahan",
        "waktu",
        "pelaksanaan",
        "perkiraan",
        "pekerjaan",
        "uraian",
        "dinas",
        "jumlah",
        "keterangan",
        "alamat",
        "dusun",
    }
)
SEMIRIP = 80


@lru_cache(maxsize=4096)
def _match(text: str) -> str | None:
    clean = _tidy(text)
    for words in (clean, _correct(clean)):
        for nama, pattern in SINONIM:
            if re.search(pattern, words):
                return nama
    return None


def match_field(text: Any) -> str | None:
    """Return the field that a heading names; ``lain`` for a known column of no use here; None when unknown.

    A misspelt heading ("Kegitan", "Volme") is read as the word it is nearest to.
    """
    return _match(text) if isinstance(text, str) and len(text) <= 150 else None


def rank(nama: str, text: str) -> int:
    """How surely a heading means its field: 0 is the surest."""
    clean = _tidy(text)
    pattern = URUTAN.get(nama, [])
    return next((i for i, p in enumerate(pattern) if re.search(p, clean)), len(pattern))


def _tidy(text: str) -> str:
    """Small letters and single spaces; of brackets only what is about money ("Lokasi (desa)" is a place)."""
    clean = re.sub(r"\(.*?\)", lambda m: " rp " if "rp" in m[0] else " ", text.lower())
    return re.sub(r"[^a-z]+", " ", clean).strip()


def _correct(text: str) -> str:
    def words(one: str) -> str:
        if len(one) < 5 or one in KATA:
            return one
        similar = process.extractOne(one, KATA, scorer=fuzz.ratio, score_cutoff=SEMIRIP)
        return similar[0] if similar else one

    return " ".join(map(words, text.split()))
