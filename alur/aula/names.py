"""The names in an event's file: of each table and field. They stay when models and columns are renamed.

Whoever renames a model or a column changes the right side alone. A field taken away, or of another meaning, makes
another ``FORMAT``. ``tests/alur/test_aula.py`` fails on what stands in no table.
"""

from dataclasses import dataclass

FORMAT = "musrenbang-acara/2"
"""Files of another format are refused: ``musrenbang/1`` had the names of models."""


@dataclass(frozen=True)
class Tabel:
    """A model, its way to the event, its columns by their names in the file, and those that never leave the machine."""

    model: str
    jalan: str
    kolom: dict[str, str]
    tinggal: frozenset[str]


def _read(text: str) -> dict[str, Tabel]:
    """Read tables: name, model and ``@way``; below ``name``, ``name=column``, or ``-column`` for what stays."""
    result: dict[str, Tabel] = {}
    for block in text.replace("\n    ", " ").strip().splitlines():
        nama, model, *other = block.split()
        route = other.pop(0)[1:] if other[0].startswith("@") else ""
        pairs = [k.partition("=") for k in other if not k.startswith("-")]
        column = {left: right_side or left for left, _, right_side in pairs}
        result[nama] = Tabel(model, route, column, frozenset(k[1:] for k in other if k.startswith("-")))
    return result


EVENT = _read("""
acara musrenbang.Musrenbang @pk
    id kecamatan=kecamatan_id slug tahun_pelaksanaan tahun_rencana tanggal jam_mulai tempat pimpinan_sidang
    jadwal_terbit_pada -dibawa_pada sidik_jejak tahap hanya_diimpor dibuat_pada
kiriman musrenbang.Kiriman @musrenbang
    id acara=musrenbang_id jenis kunci sidik objek_id oleh=oleh_id pada
petugas musrenbang.Petugas @musrenbang
    id acara=musrenbang_id jenis nama
permintaan_jadwal musrenbang.PermintaanJadwal @musrenbang
    id acara=musrenbang_id tanggal alasan status jawaban diminta_oleh=diminta_oleh_id diminta_pada
pagu_kecamatan musrenbang.PaguKecamatan @musrenbang
    id acara=musrenbang_id sumber_dana=sumber_dana_id jumlah
kriteria_kecamatan musrenbang.KriteriaKecamatan @musrenbang
    id acara=musrenbang_id status isi catatan versi
program_masuk musrenbang.ProgramMasuk @musrenbang
    id acara=musrenbang_id jenis nama instansi skpd=skpd_id sumber_dana=sumber_dana_id desa=desa_id lokasi anggaran
    keterangan versi
anggota_tim musrenbang.AnggotaTim @musrenbang
    id acara=musrenbang_id kedudukan nama jabatan nip versi
sk_tim musrenbang.SkTim @musrenbang
    id acara=musrenbang_id nomor tanggal pembekalan_tanggal pembekalan_tempat pembekalan_catatan versi
dokumen musrenbang.Dokumen @musrenbang
    id acara=musrenbang_id jenis bagian versi nomor tanggal kode isi sidik_isi penanda_tangan berkas sha256 ukuran
    dibuat_oleh=dibuat_oleh_id dibuat_pada
terbitan_undangan sidang.TerbitanUndangan @musrenbang
    id acara=musrenbang_id semula=semula_id tanggal isi oleh=oleh_id pada
undangan sidang.Undangan @musrenbang
    id acara=musrenbang_id nama jabatan unsur lembaga desa=desa_id jenis_kelamin usia alamat kode nomor dikirim_pada
    diterima_pada terbitan=terbitan_id versi
perubahan_undangan sidang.PerubahanUndangan @undangan__musrenbang
    id undangan=undangan_id terbitan=terbitan_id nomor dikirim_pada diterima_pada
kehadiran sidang.Kehadiran @musrenbang
    id acara=musrenbang_id nama unsur lembaga desa=desa_id jenis_kelamin usia alamat undangan=undangan_id cara
    mewakili bersurat terlambat meja kembar dicatat_oleh=dicatat_oleh_id dicatat_pada datang_pada
kedatangan sidang.Kedatangan @kehadiran__musrenbang
    id kehadiran=kehadiran_id pada meja ulang jam_ragu dicatat_oleh=dicatat_oleh_id diterima_pada
kepergian sidang.Kepergian @kehadiran__musrenbang
    id kehadiran=kehadiran_id pergi_pada kembali_pada dicatat_oleh=dicatat_oleh_id
sidang sidang.Sidang @musrenbang
    id acara=musrenbang_id agenda_mulai pendaftaran_tutup kuorum_desa target_perempuan versi
catatan_kuorum sidang.CatatanKuorum @musrenbang
    id acara=musrenbang_id ke desa_hadir desa hadir perempuan kuorum target alasan berlaku
    dicatat_oleh=dicatat_oleh_id dicatat_pada
sesi_sidang sidang.SesiSidang @musrenbang
    id acara=musrenbang_id nomor dibuka_pada tempat diskors_pada alasan lanjut_tanggal lanjut_jam lanjut_tempat
    desa_hadir hadir perempuan dicatat_oleh=dicatat_oleh_id
hadir_sesi sidang.HadirSesi @sesi__musrenbang
    id sesi=sesi_id kehadiran=kehadiran_id dicatat_oleh=dicatat_oleh_id dicatat_pada
agenda sidang.Agenda @musrenbang
    id acara=musrenbang_id urut judul menit penanggung_jawab tahap mulai_pada selesai_pada versi
pembicara sidang.Pembicara @agenda__musrenbang
    id agenda=agenda_id kehadiran=kehadiran_id menit mulai_pada selesai_pada
notulen sidang.Notulen @agenda__musrenbang
    id agenda=agenda_id kehadiran=kehadiran_id pertanyaan jawaban tindak_lanjut putusan versi dibuat_pada
paparan sidang.Paparan @musrenbang
    id acara=musrenbang_id judul berkas sha256 ukuran halaman kini diunggah_oleh=diunggah_oleh_id diunggah_pada
layar sidang.Layar @musrenbang
    id acara=musrenbang_id nama kode ikut panel acuan
impor_usulan usulan.ImporUsulan @musrenbang
    id acara=musrenbang_id status nama_berkas berkas sha256 desa=desa_id pilihan_desa pola koreksi jumlah_usulan
    terapan hasil hanya_lembar dibuat_oleh=dibuat_oleh_id dibuat_pada
usulan usulan.Usulan @musrenbang
    id acara=musrenbang_id nomor desa=desa_id cakupan bersama bidang_teks kegiatan permasalahan lokasi volume satuan
    biaya sumber_dana=sumber_dana_id manfaat waktu skpd=skpd_id skpd_teks prioritas_desa asal sumber=sumber_id ulang_ke
    impor=impor_id lembar baris bagian mentah induk=induk_id hubungan program=program_id versi diubah_pada
hasil_lalu usulan.HasilLalu @usulan__musrenbang
    id usulan=usulan_id disepakati jumlah_disepakati didanai jumlah_didanai sumber terlaksana fisik jumlah_realisasi
    alasan sel
bukan_duplikat usulan.BukanDuplikat @satu__musrenbang
    id satu=satu_id dua=dua_id oleh=oleh_id pada
bukan_program usulan.BukanProgram @usulan__musrenbang
    id usulan=usulan_id program=program_id oleh=oleh_id pada
kelengkapan_desa usulan.KelengkapanDesa @musrenbang
    id acara=musrenbang_id desa=desa_id ba_nomor ba_tanggal delegasi sikap alasan versi
tampilan usulan.Tampilan @musrenbang
    id acara=musrenbang_id pengguna=pengguna_id nama saringan
rkp rkp.Rkp @musrenbang
    id acara=musrenbang_id status dibuat_pada
baris_rkp rkp.BarisRkp @rkp__musrenbang
    id alasan_kode alasan nomor bidang=bidang_id prioritas_daerah sasaran_daerah program kegiatan sasaran
    desa=desa_id cakupan bersama lokasi volume satuan biaya sumber_dana=sumber_dana_id skpd=skpd_id keputusan skor
    rkp=rkp_id semula
    digabung_ke=digabung_ke_id hubungan versi diubah_pada
sumber_baris rkp.SumberBaris @baris__rkp__musrenbang
    id baris=baris_id usulan=usulan_id
dana_program rkp.DanaProgram @baris__rkp__musrenbang
    id baris=baris_id kode program jumlah peringkat sejak
kelompok rkp.Kelompok @musrenbang
    id acara=musrenbang_id bidang=bidang_id nama tempat pemandu catatan status ditutup_pada diserahkan versi
kelompok_operator rkp.Kelompok_operator @kelompok__musrenbang
    id kelompok=kelompok_id pengguna=pengguna_id
anggota_kelompok rkp.AnggotaKelompok @kelompok__musrenbang
    id kelompok=kelompok_id kehadiran=kehadiran_id peran
usulan_kelompok rkp.UsulanKelompok @kelompok__musrenbang
    id alasan_kode alasan baris=baris_id kelompok=kelompok_id usul kegiatan lokasi volume satuan biaya catatan nilai
    peringkat versi
keberatan rkp.Keberatan @baris__rkp__musrenbang
    id baris=baris_id oleh isi penyelesaian dicatat_pada selesai_pada
rkp_versi rkp.RkpVersi @rkp__musrenbang
    id rkp=rkp_id jenis nomor status alasan sha256 dibuat_oleh=dibuat_oleh_id dibuat_pada
baris_versi rkp.BarisVersi @rkp_versi__rkp__musrenbang
    id alasan_kode alasan nomor bidang=bidang_id prioritas_daerah sasaran_daerah program kegiatan sasaran
    desa=desa_id cakupan bersama lokasi volume satuan biaya sumber_dana=sumber_dana_id skpd=skpd_id keputusan skor
    rkp_versi=rkp_versi_id asal_baris=asal_baris_id asal sebutan
pemeringkatan prioritas.Pemeringkatan @musrenbang
    id acara=musrenbang_id kode nama dasar_hukum pagu aturan status urutan_alasan masukan hasil sha256_masukan
    sha256_hasil spc_nomor spc_tanggal dilewati ditunda ditunda_ba versi
urutan_kelompok prioritas.UrutanKelompok @pemeringkatan__musrenbang
    id pemeringkatan=pemeringkatan_id daftar nama urutan versi
calon prioritas.Calon @pemeringkatan__musrenbang
    id pemeringkatan=pemeringkatan_id baris=baris_id daftar jenis asal tema sumber swadaya rab lengkap di_rkp_desa
    larangan larangan_nilai ganda data_palsu rusak_lingkungan urutan putusan alasan_putusan disetujui
    alasan_disetujui penutup didahulukan versi
nilai prioritas.Nilai @calon__pemeringkatan__musrenbang
    id calon=calon_id kode nilai
verifikasi prioritas.Verifikasi @calon__pemeringkatan__musrenbang
    id calon=calon_id dokumen dikembalikan_pada tenggat kunjungan_pada kunjungan_orang sesuai_musyawarah demokratis
    sesuai_lokasi uji spp_umur_bulan spp_aturan spp_modal spp_pembukuan spp_pinjaman_lancar spp_tingkat spp_anggota
    spp_anggota_rtm spp_tunggakan umpan_balik_pada diperiksa_fk_pada rekomendasi alasan diisi_oleh=diisi_oleh_id
    diubah_pada versi
keadaan_desa prioritas.KeadaanDesa @musrenbang
    id acara=musrenbang_id desa=desa_id tahap_kurang hadir_laki hadir_perempuan jumlah_tpu rpjm_desa pelanggaran
    pelanggaran_ba versi
pemilih prioritas.Pemilih @musrenbang
    id acara=musrenbang_id desa=desa_id kehadiran=kehadiran_id
pemungutan prioritas.Pemungutan @pemeringkatan__musrenbang
    id pemeringkatan=pemeringkatan_id daftar putaran ulangan rahasia jumlah_pilihan calon status kertas hasil alasan
    alasan_kuorum dibuka_pada ditutup_pada versi
kode_suara prioritas.KodeSuara @pemungutan__pemeringkatan__musrenbang
    id pemungutan=pemungutan_id pemilih=pemilih_id kode cara
kode_selesai prioritas.KodeSelesai @pemungutan__pemeringkatan__musrenbang
    id pemungutan=pemungutan_id sidik cara
surat_suara prioritas.SuratSuara @pemungutan__pemeringkatan__musrenbang
    id pemungutan=pemungutan_id pilihan
pengaturan_delegasi delegasi.PengaturanDelegasi @musrenbang
    id acara=musrenbang_id kursi min_perempuan wajib_perempuan versi
pemilihan_delegat delegasi.PemilihanDelegat @musrenbang
    id acara=musrenbang_id unsur cara kursi pemilih edar masuk sah suara hadir alasan_seri status alasan_batal
    dicatat_oleh=dicatat_oleh_id dicatat_pada
delegat delegasi.Delegat @musrenbang
    id acara=musrenbang_id kehadiran=kehadiran_id pemilihan=pemilihan_id unsur nama jenis_kelamin lembaga alamat
    cara cadangan_ke menggantikan alasan_ganti alasan_unsur dicatat_oleh=dicatat_oleh_id dicatat_pada
catatan tindak_lanjut.Catatan @musrenbang
    id acara=musrenbang_id sumber baris=baris_id isi oleh=oleh_id pada jawaban dijawab_oleh=dijawab_oleh_id
    dijawab_pada
pengiriman tindak_lanjut.Pengiriman @musrenbang
    id acara=musrenbang_id skpd=skpd_id surat=surat_id batas oleh=oleh_id pada nomor_terima penerima diterima_pada
pilahan tindak_lanjut.Pilahan @musrenbang
    id acara=musrenbang_id baris=baris_id status skpd=skpd_id keyakinan sebab bukan pengiriman=pengiriman_id diminta
    alasan_kirim versi
penyampaian tindak_lanjut.Penyampaian @musrenbang
    id acara=musrenbang_id urut versi=versi_id berita_acara=berita_acara_id nomor isi sha256 status oleh=oleh_id
    pada diputus_oleh=diputus_oleh_id diputus_pada alasan
tanggapan tindak_lanjut.Tanggapan @pilahan__musrenbang
    id pilahan=pilahan_id skpd=skpd_id jawaban alasan jumlah renja oleh=oleh_id pada versi
adendum tindak_lanjut.Adendum @musrenbang
    id acara=musrenbang_id urut status sebab penyampaian=penyampaian_id dari_versi=dari_versi_id versi=versi_id
    surat=surat_id disusun_oleh=disusun_oleh_id disusun_pada disahkan_oleh=disahkan_oleh_id disahkan_pada
    nomor_terima diterima_oleh=diterima_oleh_id diterima_pada
    dikembalikan_oleh=dikembalikan_oleh_id dikembalikan_pada alasan_kembali
butir_adendum tindak_lanjut.ButirAdendum @adendum__musrenbang
    id adendum=adendum_id baris=baris_id lama baru sebab versi
pengaturan_dokumen berita_acara.PengaturanDokumen @kecamatan__musrenbang
    id kecamatan=kecamatan_id logo alamat telepon surel kode_pos kertas format_nomor klausul tenggat_salinan versi
pejabat musrenbang.Pejabat @kecamatan__musrenbang
    id kecamatan=kecamatan_id cara nama pangkat nip jabatan mulai sampai
salinan_ttd berita_acara.SalinanTtd @dokumen__musrenbang
    id dokumen=dokumen_id berkas sha256 halaman halaman_dokumen alasan -tanda diunggah_oleh=diunggah_oleh_id
    diunggah_pada
tanda_elektronik berita_acara.TandaElektronik @dokumen__musrenbang
    id dokumen=dokumen_id berkas sha256 nama penerbit seri oleh=oleh_id pada
tanpa_salinan berita_acara.TanpaSalinan @musrenbang
    id acara=musrenbang_id alasan oleh=oleh_id pada
penghitung_nomor musrenbang.PenghitungNomor @kecamatan__musrenbang
    id kecamatan=kecamatan_id jenis tahun terakhir
jejak_audit musrenbang.JejakAudit @musrenbang
    id pelaku=pelaku_id aksi objek alasan rincian waktu acara=musrenbang_id objek_id dari ke sebelum sidik
""")
"""What belongs to an event, in an order in which each finds what it refers to."""
ACUAN = _read("""
provinsi musrenbang.Provinsi @kabupaten__kecamatan__musrenbang
    id kode nama
kabupaten musrenbang.Kabupaten @kecamatan__musrenbang
    id kode nama provinsi=provinsi_id zona sebutan naskah -sidik_acuan
kecamatan musrenbang.Kecamatan @musrenbang
    id kode nama kabupaten=kabupaten_id
desa musrenbang.Desa @kecamatan__musrenbang
    id kode nama kecamatan=kecamatan_id
bidang musrenbang.Bidang
    id nama urut sinonim
skpd musrenbang.Skpd @kabupaten__kecamatan__musrenbang
    id kabupaten=kabupaten_id nama singkatan kode bidang=bidang_id
kata_kunci musrenbang.KataKunci @skpd__kabupaten__kecamatan__musrenbang
    id skpd=skpd_id kata program
program musrenbang.Program
    id kode nama
prioritas_daerah musrenbang.PrioritasDaerah @kabupaten__kecamatan__musrenbang
    id kabupaten=kabupaten_id tahun nomor nama sasaran bidang=bidang_id
sumber_dana musrenbang.SumberDana
    id nama sinonim
satuan musrenbang.Satuan
    id nama sinonim
kamus_usulan musrenbang.KamusUsulan @kabupaten__kecamatan__musrenbang
    id kabupaten=kabupaten_id tahun nama satuan harga_min harga_maks bidang=bidang_id skpd=skpd_id
skema_pendanaan prioritas.SkemaPendanaan @kabupaten__kecamatan__musrenbang
    id kabupaten=kabupaten_id kode nama tahun_dari tahun_sampai dasar_hukum aktif aturan versi
""")
"""Reference data that goes along to the laptop."""
ORANG = _read("""
pengguna musrenbang.Pengguna
    id -password -last_login -is_superuser username -first_name -last_name -email -is_staff is_active -date_joined
    nama nip
keanggotaan musrenbang.Keanggotaan
    id pengguna=pengguna_id peran kabupaten=kabupaten_id kecamatan=kecamatan_id desa=desa_id skpd=skpd_id
""")
"""Who works in the event, and as what. Passwords, addresses and rights over the application stay."""
TINGGAL = frozenset(f"berita_acara.{nama}" for nama in ("Paket", "ButirPaket", "Perjalanan", "HasilAula", "AsalAula"))
"""Models of an event that stay: sets that are made again, and the journeys themselves."""
KE_LUAR = {"usulan": {"sumber"}}
"""Fields that may point outside the event: what they point to may be missing on the laptop."""
