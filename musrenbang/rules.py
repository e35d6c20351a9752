"""Who may do what: role predicates by name. "May" (role, 403) is apart from "can" (state, a message)."""

from musrenbang.states import Peran

TIM = frozenset({Peran.SEKCAM, Peran.PMD, Peran.PEMANDU})
TIM_INTI = frozenset({Peran.SEKCAM, Peran.PMD})
PEMBACA = TIM | {Peran.CAMAT, Peran.BAPPEDA, Peran.ADMIN, Peran.VERIFIKATOR}
SEMUA = frozenset(Peran.values)

IZIN: dict[str, frozenset[str]] = {
    "lihat_acara": SEMUA,
    "lihat_usulan": SEMUA,
    "lihat_rkp": SEMUA,
    "lihat_program": SEMUA,
    "lihat_kabar": PEMBACA | {Peran.DESA},
    "lihat_tim": PEMBACA,
    "lihat_pagu": PEMBACA,
    "lihat_jejak": PEMBACA,
    "lihat_kehadiran": PEMBACA,
    "lihat_undangan": PEMBACA,
    "lihat_agenda": PEMBACA,
    "lihat_notulen": PEMBACA,
    "lihat_rekap_rkp": PEMBACA,
    "lihat_kelompok": PEMBACA,
    "lihat_prioritas": PEMBACA,
    "lihat_delegasi": PEMBACA,
    "lihat_dokumen": PEMBACA,
    "atur_jadwal": TIM_INTI | {Peran.BAPPEDA},
    "kelola_program": TIM | {Peran.BAPPEDA},
    "kelola_tim": TIM_INTI,
    "bebaskan_akun": TIM_INTI,
    "kelola_pagu": TIM_INTI,
    "setujui_kriteria": frozenset({Peran.BAPPEDA}),
    "impor_usulan": TIM_INTI | {Peran.PEMANDU, Peran.DESA},
    "ajukan_usulan": TIM | {Peran.DESA, Peran.SKPD},
    "gabung_usulan": TIM,
    "susun_draft": TIM_INTI,
    "putuskan_rkp": TIM,
    "koreksi_rkp": TIM_INTI,
    "atur_kelompok": TIM_INTI,
    "isi_kelompok": TIM,
    "pimpin_pleno": TIM,
    "kelola_skema": frozenset({Peran.BAPPEDA}),
    "kelola_calon": TIM_INTI,
    "verifikasi_usulan": frozenset({Peran.VERIFIKATOR}),
    "nilai_prioritas": TIM,
    "pimpin_suara": TIM_INTI,
    "tetapkan_prioritas": TIM_INTI,
    "kelola_undangan": TIM,
    "kelola_agenda": TIM,
    "kelola_notulen": TIM,
    "pimpin_hari": TIM,
    "catat_kehadiran": TIM,
    "putuskan_kuorum": TIM_INTI,
    "pilih_delegasi": TIM_INTI,
    "terbitkan_ba": TIM_INTI,
    "atur_dokumen": TIM_INTI,
    "unggah_salinan": TIM,
    "bawa_acara": TIM_INTI | {Peran.BAPPEDA},
    "perpanjang_aula": frozenset({Peran.SEKCAM}),
    "lihat_hasil_aula": TIM_INTI | {Peran.CAMAT, Peran.BAPPEDA},
    "sahkan_aula": frozenset({Peran.SEKCAM, Peran.CAMAT}),
    "pilah_skpd": TIM_INTI,
    "lihat_pemilahan": PEMBACA,
    "catat_bappeda": frozenset({Peran.BAPPEDA}),
    "lihat_penyampaian": PEMBACA,
    "catat_camat": frozenset({Peran.CAMAT}),
    "jawab_catatan": TIM_INTI,
    "tandatangani_dokumen": frozenset({Peran.CAMAT}),
    "susun_adendum": TIM_INTI,
    "sahkan_adendum": frozenset({Peran.CAMAT}),
    "terima_adendum": frozenset({Peran.BAPPEDA}),
}
"""Name of a permission -> the roles that have it."""


def may(izin: str, peran: frozenset[str]) -> bool:
    """Tell whether any of a person's roles has the permission; KeyError on an unknown name."""
    return bool(IZIN[izin] & peran)
