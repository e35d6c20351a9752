"""Proposals as data for pages and spreadsheets."""

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from musrenbang import format as tulis
from musrenbang.lembar import write_xlsx
from musrenbang.models import Musrenbang
from musrenbang.pdf.cetak import render_pdf
from usulan.models import ImporUsulan, Usulan

ALASAN_DILEWATI = {
    "judul": "judul",
    "kosong_bernomor": "baris bernomor tanpa isi",
    "judul_bidang": "judul bidang",
    "jumlah": "baris jumlah",
    "tanda_tangan": "tempat tanda tangan",
    "catatan": "catatan",
    "huruf_kolom": "huruf atau nomor kolom",
    "kecamatan_lain": "kecamatan lain",
    "tersembunyi": "baris yang disembunyikan di Excel",
    "bukan_usulan": "ditandai bukan usulan",
    "digabung": "digabung dengan baris di atasnya",
}
NAMA_KOLOM = {
    "no": "No.", "desa": "Desa", "bidang": "Bidang", "kegiatan": "Kegiatan", "lokasi": "Lokasi", "volume": "Volume",
    "satuan": "Satuan", "biaya": "Biaya", "sumber_dana": "Sumber dana", "manfaat": "Sasaran/manfaat",
    "waktu": "Waktu", "prioritas_desa": "Prioritas desa", "permasalahan": "Permasalahan", "skpd": "SKPD",
    "usulan_lama": "No. usulan tahun lalu", "kecamatan": "Kecamatan",
}  # fmt: skip
ARTI_KOLOM = NAMA_KOLOM | {"dana": "Biaya dari satu sumber dana"}
KOLOM_XLSX = [
    ("No.", 6), ("Desa", 22), ("Prioritas desa", 10), ("Bidang menurut DU-RKP", 26), ("Permasalahan", 30),
    ("Usulan kegiatan", 40), ("Lokasi", 28), ("Volume", 10), ("Satuan", 10), ("Perkiraan biaya (Rp)", 18),
    ("Sumber dana", 18), ("Sasaran/manfaat", 24), ("SKPD menurut desa", 22), ("Berkas", 26), ("Lembar", 16),
    ("Baris", 8),
]  # fmt: skip


def usulan_xlsx(musrenbang: Musrenbang, usulan: QuerySet[Usulan]) -> bytes:
    """Return the recap of musrenbang.md 3(b) with the cell each row came from."""
    return write_xlsx(
        judul=f"Rekapitulasi usulan Kecamatan {musrenbang.kecamatan.nama}, rencana tahun {musrenbang.tahun_rencana}",
        kolom=KOLOM_XLSX,
        baris=(
            [
                u.nomor, u.desa.nama, u.prioritas_desa, u.bidang_teks, u.permasalahan, u.kegiatan, u.lokasi, u.volume,
                u.satuan, u.biaya, u.sumber_dana.nama if u.sumber_dana else None, u.manfaat, u.skpd_teks,
                u.impor.nama_berkas if u.impor else u.asal_teks, u.lembar, u.baris,
            ]
            for u in usulan
        ),
    )  # fmt: skip


def usulan_pdf(musrenbang: Musrenbang, usulan: QuerySet[Usulan], saringan: str) -> bytes:
    """Return the list exactly as filtered and sorted, with its sum, as a PDF; ``saringan`` says in words by what."""
    baris = list(usulan)
    konteks = {
        "musrenbang": musrenbang,
        "usulan": baris,
        "saringan": saringan,
        "total": sum(u.biaya or 0 for u in baris),
    }
    return render_pdf("pdf/daftar_usulan.html", konteks)


PER_HALAMAN = 300


def preview(impor: ImporUsulan, musrenbang: Musrenbang, hal: str | None = None) -> dict[str, Any]:
    """Return an import's result in words for the preview page, 300 proposals a page over all sheets."""
    nama_desa = dict(musrenbang.kecamatan.desa_set.values_list("kode", "nama"))
    lembar, masalah, tanya = [], [], []
    semua = [(i, usulan) for i, isi in enumerate(impor.hasil["lembar"]) for usulan in isi["usulan"]]
    halaman = Paginator(semua, PER_HALAMAN).get_page(hal)
    for nomor, isi in enumerate(impor.hasil["lembar"]):
        for usulan in isi["usulan"]:
            usulan["nomor_lembar"] = nomor
            usulan["lama"] = {n: _lama(n, nilai) for n, nilai in usulan.get("diubah", {}).items()}
            usulan["nama_desa"] = nama_desa.get(usulan["desa"])
            usulan["volume_teks"] = tulis.angka(Decimal(usulan["volume"]) if usulan["volume"] else None)
            masalah += [
                {"lembar": isi["nama"], "baris": usulan["baris"], "teks": teks, "galat": teks in usulan["galat"]}
                for teks in [*usulan["galat"], *usulan["peringatan"], *_belum_diisi(usulan)]
            ]
            teks_desa = usulan["teks_desa"] or isi["nama"]
            if usulan["galat"] and teks_desa not in tanya:
                tanya.append(teks_desa)
        lembar.append(
            isi
            | {
                "usulan": [usulan for i, usulan in halaman if i == nomor],
                "nomor": nomor,
                "ada_saran": sum(bool(u.get("saran")) for u in isi["usulan"]),
                "kolom": [(huruf, NAMA_KOLOM[nama]) for nama, huruf in isi["kolom"].items()],
                "dilewati": [d | {"kata": ALASAN_DILEWATI[d["alasan"]]} for d in isi["dilewati"]],
                "jumlah_tercetak": [j | {"selisih": j["dihitung"] - j["tercetak"]} for j in isi["jumlah_tercetak"]],
            }
        )
    masalah.sort(key=lambda m: not m["galat"])
    return {
        "lembar": lembar,
        "masalah": masalah,
        "tanya_desa": tanya,
        "ringkasan": impor.hasil["ringkasan"],
        "halaman": halaman,
    }


def _lama(nama: str, nilai: list[str | None]) -> str:
    """What was read before a person corrected it."""
    semula = nilai[0]
    if semula is None:
        return "kosong"
    return tulis.rupiah(int(semula)) if nama == "biaya" else semula


def _belum_diisi(usulan: dict[str, Any]) -> list[str]:
    if not usulan["perlu_dilengkapi"]:
        return []
    return ["Belum ada: " + ", ".join(NAMA_KOLOM[n].lower() for n in usulan["perlu_dilengkapi"]) + "."]


KELOMPOK_BEDA = {
    "baru": ("Baru di berkas ini", "tambahkan", True),
    "berubah": ("Berubah", "perbarui", True),
    "hilang": ("Tidak ada lagi di berkas ini", "keluarkan", False),
}


def comparison(beda: list[Any]) -> list[dict[str, Any]]:
    """Return the lines of a comparison by kind, with old and new values in words; gone ones are not ticked."""
    return [
        {"judul": judul, "kerja": kerja, "centang": centang, "baris": [_compared(b) for b in beda if b.jenis == jenis]}
        for jenis, (judul, kerja, centang) in KELOMPOK_BEDA.items()
    ]


def _compared(beda: Any) -> dict[str, Any]:
    usulan = beda.lama or beda.baru
    return {
        "kunci": beda.kunci,
        "usulan": usulan,
        "baris_baru": beda.baru.baris if beda.baru else None,
        "nilai": [
            (NAMA_BEDA.get(nama, NAMA_KOLOM.get(nama, nama)), _kata(nama, a), _kata(nama, b))
            for nama, (a, b) in beda.nilai.items()
        ],
    }


NAMA_BEDA = {"bidang_teks": "Bidang"}


def _kata(nama: str, nilai: Any) -> str:
    if nilai in (None, ""):
        return "kosong"
    if nama == "biaya":
        return tulis.rupiah(nilai)
    return tulis.angka(nilai) if isinstance(nilai, Decimal) else str(nilai)
