"""Every document as JSON-safe data; ``templates/pdf/`` prints it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from berita_acara.dokumen import isi, sidang
from berita_acara.dokumen.isi import as_json, berita_acara, kepala, versi_wajib
from musrenbang.models import Musrenbang

__all__ = ["CETAKAN", "Cetakan", "as_json", "berita_acara", "cetakan_context", "kepala", "sidang", "versi_wajib"]


@dataclass(frozen=True)
class Cetakan:
    """A list that can be printed at any time: words, content function, template."""

    label: str
    keterangan: str
    isi: Callable[[Musrenbang], dict[str, Any]]
    template: str


CETAKAN = {
    "sk_tim": Cetakan("Keputusan tentang tim pelaksana", "dengan lampiran susunan tim", isi.sk_tim, "pdf/sk_tim.html"),
    "undangan": Cetakan("Surat undangan", "satu berkas berisi semua surat", sidang.undangan, "pdf/undangan.html"),
    "tanda_terima": Cetakan(
        "Tanda terima undangan", "untuk dibawa bersama surat", sidang.tanda_terima, "pdf/tanda_terima.html"
    ),
    "susunan_acara": Cetakan("Susunan acara", "dengan waktu", sidang.susunan_acara, "pdf/susunan_acara.html"),
    "daftar_hadir_kosong": Cetakan(
        "Formulir daftar hadir",
        "kosong, untuk meja pendaftaran",
        sidang.daftar_hadir_kosong,
        "pdf/daftar_hadir_kosong.html",
    ),
    "notulen": Cetakan("Notulen", "per acara", sidang.notulen, "pdf/notulen.html"),
    "notulen_kosong": Cetakan(
        "Formulir notulen", "kosong, untuk ditulis tangan", sidang.notulen_kosong, "pdf/notulen_kosong.html"
    ),
    "rekap_usulan": Cetakan(
        "Rekapitulasi usulan desa", "per desa, dengan jumlah", isi.rekap_usulan, "pdf/rekap_usulan.html"
    ),
    "draft_rkp": Cetakan("Draf RKP Kecamatan", "keadaan sekarang, per bidang", isi.rkp, "pdf/rkp.html"),
    "rkp": Cetakan("RKP Kecamatan", "versi yang ditetapkan", isi.rkp, "pdf/rkp.html"),
    "hasil_kelompok": Cetakan(
        "Hasil diskusi kelompok", "per kelompok, untuk ditandatangani", isi.hasil_kelompok, "pdf/hasil_kelompok.html"
    ),
    "daftar_hadir": Cetakan("Daftar hadir", "Lampiran I", isi.daftar_hadir, "pdf/daftar_hadir.html"),
    "prioritas_skpd": Cetakan("Prioritas menurut SKPD", "Tabel T-D.4", isi.prioritas_skpd, "pdf/prioritas_skpd.html"),
    "belum_disepakati": Cetakan(
        "Belum disepakati", "beserta cadangan dan alasannya", isi.belum_disepakati, "pdf/belum_disepakati.html"
    ),
    "prioritas_program": Cetakan(
        "Urutan prioritas program", "dengan garis pagu", isi.prioritas_program, "pdf/prioritas_program.html"
    ),
    "lembar_skor": Cetakan("Lembar skor", "nilai tiap kriteria", isi.lembar_skor, "pdf/lembar_skor.html"),
    "rekap_suara": Cetakan("Rekapitulasi suara", "dengan jumlah kendalinya", isi.rekap_suara, "pdf/rekap_suara.html"),
    "daftar_delegasi": Cetakan("Daftar delegasi", "enam orang", isi.daftar_delegasi, "pdf/daftar_delegasi.html"),
}


def cetakan_context(jenis: str, musrenbang: Musrenbang) -> dict[str, Any]:
    """Return the template context of a printable list. Raises Ditolak while it cannot be made."""
    cetakan = CETAKAN[jenis]
    if jenis == "rkp":
        versi_wajib(musrenbang)
    return {"kepala": kepala(musrenbang), "judul": cetakan.label, "isi": as_json(cetakan.isi(musrenbang))}
