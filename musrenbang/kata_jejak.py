"""What the audit trail says to people."""

import re
from decimal import Decimal

from musrenbang import format as tulis
from musrenbang.models.jejak import Jejak, JejakAudit
from musrenbang.states import Tahap

AKSI = {
    "musrenbang.dijadwalkan": "Musrenbang dijadwalkan",
    "musrenbang.tahun_baru": "Dibuka dari tahun sebelumnya",
    "musrenbang.dibawa": "Dibawa ke aula; di server dikunci",
    "musrenbang.dikemas": "Hasil aula dikemas untuk server; di laptop dikunci",
    "aula.diperpanjang": "Izin membawa ke aula diperpanjang",
    "aula.disahkan": "Hasil aula disahkan",
    "aula.pengesahan_gugur": "Pengesahan hasil aula gugur karena orangnya tidak lagi menjabat",
    "musrenbang.dibuka_lagi": "Dibuka lagi di laptop",
    "musrenbang.jadwal": "Jadwal diubah",
    "musrenbang.jadwal_terbit": "Jadwal diterbitkan Bappeda",
    "jadwal.diminta": "Tanggal lain diminta",
    "tim.ditambah": "Anggota tim ditambah",
    "tim.diubah": "Anggota tim diubah",
    "tim.dikeluarkan": "Anggota tim dikeluarkan",
    "akun.dibebaskan": "Akun dibebaskan dari jeda salah sandi",
    "tim.sk": "SK Tim dan pembekalan dicatat",
    "pagu.diubah": "Pagu indikatif diubah",
    "kriteria.diubah": "Kriteria diubah",
    "program.ditambah": "Program masuk ditambah",
    "program.diubah": "Program masuk diubah",
    "program.dihapus": "Program masuk dihapus",
    "program.diimpor": "Program masuk diimpor dari tabel",
    "usulan.didanai": "Ditandai sudah didanai program",
    "usulan.tidak_didanai": "Tanda sudah didanai dilepas",
    "usulan.bukan_program": "Ditandai bukan pekerjaan program itu",
    "impor.diunggah": "Berkas diunggah",
    "impor.desa_dipilih": "Desa dipilih untuk berkas",
    "impor.kolom_dipilih": "Arti kolom dipilih",
    "impor.dikoreksi": "Baris pratinjau dikoreksi",
    "impor.koreksi_diurungkan": "Koreksi pratinjau diurungkan",
    "usulan.diubah": "Usulan diubah",
    "usulan.diajukan": "Usulan diajukan",
    "usulan.diperbarui": "Usulan diperbarui dari berkas baru",
    "usulan.dikeluarkan": "Usulan dikeluarkan: tidak ada lagi di berkas baru",
    "usulan.dikembalikan": "Usulan dikembalikan seperti semula",
    "usulan.ditarik": "Usulan ditarik",
    "usulan.diulang": "Usulan tahun lalu diajukan lagi",
    "kelengkapan.diubah": "Kelengkapan desa diubah",
    "usulan.digabung": "Usulan digabung",
    "usulan.dipisahkan": "Usulan dipisahkan lagi",
    "usulan.bukan_duplikat": "Ditandai bukan duplikat",
    "usulan.diperiksa_lagi": "Kemiripan diperiksa lagi",
    "rkp.disusun": "Draf RKP disusun",
    "rkp.disesuaikan": "Kegiatan disesuaikan dengan usulannya",
    "rkp.ditempatkan": "Penempatan kegiatan diubah",
    "rkp.versi_ditetapkan": "Versi RKP dibekukan",
    "rkp.digabung": "Kegiatan digabung",
    "rkp.dipisah": "Kegiatan dipisahkan lagi",
    "rkp.gabungan": "Isi gabungan dihitung lagi",
    "kelompok.dibentuk": "Kelompok dibentuk",
    "kelompok.diubah": "Kelompok diubah",
    "kelompok.dihapus": "Kelompok dihapus",
    "kelompok.anggota": "Anggota kelompok ditetapkan",
    "kelompok.diusulkan": "Usulan kelompok",
    "kelompok.pindah_bidang": "Dipindah ke kelompok lain",
    "kelompok.diurutkan": "Peringkat kelompok diubah",
    "keberatan.dicatat": "Keberatan dicatat",
    "keberatan.selesai": "Keberatan diselesaikan",
    "undangan.ditambah": "Undangan ditambah",
    "undangan.diubah": "Undangan diubah",
    "undangan.dihapus": "Undangan dihapus",
    "undangan.diimpor": "Undangan diimpor dari tabel",
    "undangan.tahun_lalu": "Undangan diambil dari tahun lalu",
    "undangan.dinomori": "Surat undangan diberi nomor",
    "undangan.perubahan": "Perubahan undangan diterbitkan",
    "undangan.dikirim_pada": "Undangan dikirim",
    "undangan.diterima_pada": "Undangan diterima",
    "agenda.disusun": "Agenda disusun",
    "agenda.ditambah": "Butir agenda ditambah",
    "agenda.diubah": "Butir agenda diubah",
    "agenda.dihapus": "Butir agenda dihapus",
    "agenda.diurutkan": "Agenda diurutkan",
    "agenda.dimulai": "Acara dimulai",
    "agenda.selesai": "Acara selesai",
    "agenda.diulang": "Mulai acara dibatalkan",
    "sidang.diatur": "Pengaturan sidang diubah",
    "notulen.ditambah": "Catatan notulen dibuka",
    "notulen.diubah": "Catatan notulen diubah",
    "notulen.dihapus": "Catatan notulen dihapus",
    "pembicara.ditambah": "Masuk daftar pembicara",
    "pembicara.mulai": "Mulai berbicara",
    "pembicara.selesai": "Selesai berbicara",
    "pembicara.coret": "Dicoret dari daftar pembicara",
    "kehadiran.dicatat": "Hadir",
    "kehadiran.dihapus": "Catatan hadir dihapus",
    "prioritas.dibuka": "Pemeringkatan dibuka",
    "prioritas.aturan_diubah": "Aturan pemeringkatan diubah",
    "prioritas.dinilai": "Skor diisi",
    "prioritas.calon_masuk": "Calon peringkat bertambah",
    "prioritas.dihapus": "Pemeringkatan dihapus",
    "prioritas.urutan_kelompok": "Urutan kelompok dicatat",
    "prioritas.urutan_dihapus": "Urutan kelompok dihapus",
    "prioritas.urutan_pleno": "Urutan pleno ditetapkan",
    "prioritas.spc": "Surat Penetapan Camat dicatat",
    "prioritas.ditunda": "Penundaan dana diubah",
    "calon.ditambah": "Menjadi calon peringkat",
    "calon.dikeluarkan": "Dikeluarkan dari calon",
    "calon.diubah": "Data calon diubah",
    "calon.jumlah": "Jumlah yang disetujui diubah",
    "verifikasi.diisi": "Lembar verifikasi diisi",
    "desa.keadaan": "Keadaan desa diubah",
    "pemilih.ditambah": "Menjadi pemilih",
    "pemilih.dikeluarkan": "Dikeluarkan dari pemilih",
    "suara.dibuka": "Pemungutan suara dibuka",
    "suara.ditandai": "Cara memilih dicatat",
    "suara.kertas": "Hitungan kertas diubah",
    "prioritas.daftar_dilewati": "Daftar satu calon dilewati atau diikutkan lagi",
    "prioritas.seri_diputus": "Nilai yang sama diputus",
    "sidang.diskors": "Sidang diskors",
    "sidang.waktu_lanjut": "Waktu sidang lanjutan diubah",
    "sidang.dilanjutkan": "Sidang dilanjutkan dengan sesi baru",
    "kehadiran.lagi": "Hadir lagi di sesi lanjutan",
    "kuorum.diputuskan": "Sidang memutuskan melanjutkan di bawah kuorum",
    "kuorum.dicatat": "Kuorum saat langkah mengikat",
    "delegasi.dipilih": "Delegat dipilih",
    "delegasi.dipungut": "Delegat dipilih dengan suara",
    "delegasi.diganti": "Delegat diganti",
    "delegasi.susunan": "Susunan delegasi diubah",
    "delegasi.dikeluarkan": "Delegat dikeluarkan",
    "berita_acara.terbit": "Berita Acara terbit",
    "paket.dibuat": "Paket dokumen disusun",
    "dokumen.terbit": "Surat terbit",
    "dokumen.pengaturan": "Pengaturan dokumen diubah",
    "pejabat.ditambah": "Penanda tangan dicatat",
    "pejabat.dihapus": "Penanda tangan dihapus",
    "salinan.diunggah": "Salinan bertanda tangan diunggah",
    "pemilahan.disarankan": "SKPD disarankan untuk kegiatan yang disepakati",
    "penyampaian.status": "Penyampaian ke Bappeda",
    "acuan.diimpor": "Tabel diunggah",
    "acuan.ditambah": "Baris ditambah",
    "acuan.diubah": "Baris diubah",
    "acuan.dihapus": "Baris dihapus",
    "musrenbang.data_pribadi": "Data pribadi yang tidak diperlukan lagi dihapus",
    "pengguna.diundang": "Diundang",
    "pengguna.diubah": "Nama diperbaiki",
    "pengguna.peran_ditambah": "Peran ditambah",
    "pengguna.peran_dilepas": "Peran dilepas",
    "pengguna.sandi_direset": "Sandi dibatalkan, tautan baru dibuat",
    "pengguna.sandi_dipilih": "Memilih sandi dengan tautan sekali pakai",
    "pengguna.kode_dipasang": "Memasang kode masuk",
    "pengguna.kode_dilepas": "Kode masuk dilepas",
    "pengguna.perangkat_dikeluarkan": "Mengeluarkan perangkat lain dari akunnya",
    "pengguna.dinonaktifkan": "Akun dinonaktifkan",
    "pengguna.diaktifkan": "Akun diaktifkan lagi",
    "permintaan.diminta": "Diminta, menunggu orang kedua",
    "permintaan.disetujui": "Permintaan disetujui orang kedua",
    "permintaan.ditolak": "Permintaan tidak disetujui orang kedua",
    "permintaan.ditarik": "Permintaan ditarik",
    "pengiriman.dikirim": "Dikirim kepada SKPD",
    "pengiriman.diterima": "Diterima SKPD",
    "adendum.disusun": "Adendum disusun",
    "adendum.butir": "Perbaikan masuk adendum",
    "adendum.butir_dikeluarkan": "Perbaikan dikeluarkan dari adendum",
    "adendum.dibatalkan": "Adendum dibatalkan",
    "rkp.adendum": "Redaksi kegiatan diperbaiki dengan adendum",
    "tanggapan.diberikan": "Tanggapan SKPD",
    "pilahan.status": "Pemilahan SKPD",
    "catatan.ditulis": "Catatan pada dokumen",
    "catatan.dijawab": "Catatan dijawab",
    "dokumen.ttd_elektronik": "Dokumen ditandatangani secara elektronik",
    "salinan.diterima": "Salinan diterima walau jumlah halamannya berbeda",
    "salinan.tanpa": "Dilanjutkan tanpa salinan bertanda tangan",
    "jangkar.dibakukan": "Hasil sidang dicatat satu per satu",
    "jangkar.titik": "Titik periksa ditandatangani",
    "jangkar.saksi": "Saksi menandatangani titik periksa",
    "salinan.wajib_lagi": "Salinan bertanda tangan kembali diwajibkan",
}
STATUS = {
    "perjalanan.status": "Perjalanan aula",
    "hasilaula.status": "Hasil aula",
    "imporusulan.status": "Impor",
    "permintaanjadwal.status": "Permintaan tanggal",
    "kriteriakecamatan.status": "Kriteria",
    "rkp.status": "RKP Kecamatan",
    "kelompok.status": "Hasil kelompok",
    "rkpversi.status": "Versi RKP",
    "adendum.status": "Adendum",
    "pemeringkatan.status": "Peringkat",
    "pemungutan.status": "Pemungutan suara",
    "pemilihandelegat.status": "Hitungan suara delegasi",
    "paket.status": "Paket dokumen",
    "rkp.dikoreksi": "Redaksi kegiatan diperbaiki",
    "rkp.diputuskan": "Keputusan",
    "rkp.melampaui_pagu": "Melampaui pagu",
}
KOLOM = {
    "jam_mulai": "Jam mulai", "pimpinan_sidang": "Pimpinan sidang", "sumber_dana": "Sumber dana", "skpd": "SKPD",
    "alasan_kode": "Alasan", "alasan": "Penjelasan", "prioritas_daerah": "Prioritas daerah",
    "sasaran_daerah": "Sasaran daerah", "dipastikan": "Jumlah dipastikan",
    "prioritas_desa": "Prioritas desa", "kebijakan_sisa": "Bila tidak muat",
    "hubungan": "Cara digabung",
}  # fmt: skip


def action_words(jejak: Jejak) -> str:
    """Return what happened: a stage, a status or an action in words."""
    if not isinstance(jejak, JejakAudit):
        return AKSI.get(jejak.aksi, jejak.aksi)
    if jejak.aksi == "musrenbang.tahap":
        return f"Tahap {Tahap(jejak.dari).label} → {Tahap(jejak.ke).label}"
    if jejak.aksi in STATUS:
        dari, ke = (kata.replace("_", " ") for kata in (jejak.dari, jejak.ke))
        return f"{STATUS[jejak.aksi]} {dari} → {ke}"
    return AKSI.get(jejak.aksi, jejak.aksi)


def changed_values(jejak: Jejak) -> list[tuple[str, str, str]]:
    """Return (field, before, after) in words; codes that the action already says are left out."""
    return [
        (KOLOM.get(nama, nama.replace("_", " ").capitalize()), *(_nilai(nama, n) for n in nilai))
        for nama, nilai in jejak.rincian.items()
        if isinstance(nilai, list) and len(nilai) == 2 and nama not in {"keputusan", "alasan", "alasan_kode", "daun"}
    ]


def _nilai(nama: str, nilai: str | None) -> str:
    if nilai in (None, ""):
        return "belum diisi"
    if nama in {"biaya", "pagu", "anggaran"} and re.fullmatch(r"\d+", str(nilai)):
        return tulis.rupiah(int(str(nilai)))
    if nama == "volume" and re.fullmatch(r"\d+(\.\d+)?", str(nilai)):
        return tulis.angka(Decimal(str(nilai)))
    return str(nilai)
