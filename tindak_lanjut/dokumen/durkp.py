"""The list of the kabupaten: a workbook in the order of SIPD's proposal record, and open data.

The columns follow musrenbang.md 3(k): problem, place, coefficient (volume), unit, budget, kind of spending, bidang
urusan, activity, SKPD, proposer and its level, to whom, status, then the chain of recommendations of desa, camat,
Bappeda (mitra), SKPD and TAPD, each with its own volume and rupiah.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from musrenbang.infra.lembar import safe_text, save_xlsx, with_gaps
from musrenbang.models import Kabupaten
from musrenbang.states import Tahap, is_past
from musrenbang.urusan import urusan_of
from rkp.dana import PENUH
from rkp.queries.dana import dana_of
from tindak_lanjut.models import Jawaban, Tanggapan
from tindak_lanjut.queries.durkp import Butir
from usulan.models import AsalUsulan

REKOMENDASI = ("Desa/Lurah", "Camat", "Mitra Bappeda", "SKPD", "TAPD")
KOLOM_SIPD = [
    ("Kode Usulan", 18),
    ("Masalah", 40),
    ("Lokus Usulan", 24),
    ("Alamat", 30),
    ("Detail Alamat", 30),
    ("Koefisien", 12),
    ("Satuan", 10),
    ("Anggaran", 18),
    ("Jenis Belanja", 16),
    ("Bidang Urusan", 34),
    ("Program", 40),
    ("Kegiatan", 50),
    ("Kode SKPD", 22),
    ("Nama SKPD", 40),
    ("Pengusul", 26),
    ("Level Pengusul", 16),
    ("Tujuan Usul", 22),
    ("Status", 30),
    ("Batal/Tolak", 40),
    *((f"{judul} {who}", 18) for who in REKOMENDASI for judul in ("Rekomendasi", "Koefisien", "Anggaran")),
    ("Didanai Program", 34),
    ("Jumlah dari Program", 18),
]
STATUS = {
    Jawaban.DIAKOMODIR: "Diterima SKPD",
    Jawaban.SEBAGIAN: "Diterima SKPD sebagian",
    Jawaban.TIDAK: "Ditolak SKPD",
}


def durkp_xlsx(
    keluaran: BinaryIO, kabupaten: Kabupaten, tahun: int, butir: Iterable[Butir], kurang: Iterable[str] = ()
) -> None:
    """Write the list into a file, row by row. ``tahun``: of the meetings; ``kurang``: what it lacks, in words."""
    judul = f"Daftar usulan kecamatan ke Musrenbang {kabupaten.nama}, rencana tahun {tahun + 1}"
    save_xlsx(keluaran, judul=with_gaps(judul, *kurang), kolom=KOLOM_SIPD, baris=(_sipd(b) for b in butir))


def _sipd(butir: Butir) -> list[Any]:
    b, acara = butir.baris, butir.baris.rkp_versi.rkp.musrenbang
    response, skpd = _answer(butir), butir.dinas
    problem = next((u.permasalahan for u in butir.usulan if u.permasalahan), "") or b.sasaran
    return [
        _kode(butir),
        problem,
        b.nama_desa,
        b.lokasi,
        b.lokasi_lengkap,
        b.volume,
        b.satuan,
        b.biaya,
        None,
        urusan_of(b.program),
        b.program,
        b.kegiatan,
        skpd.kode if skpd else None,
        skpd.nama if skpd else None,
        *_proposer(butir),
        f"Kecamatan {acara.kecamatan.nama}",
        _status(butir),
        response.alasan if response and response.jawaban != Jawaban.DIAKOMODIR else None,
        *_chain(butir, response),
        (d := dana_of(b)).nama or None,
        d.jumlah or None,
    ]


def _proposer(butir: Butir) -> tuple[str, str]:
    """Who proposes, and on which level: desa unless all of it came from an SKPD or the kecamatan."""
    first = next(iter(butir.usulan), None)
    if first is None or any(u.dari_desa for u in butir.usulan):
        return butir.baris.sebutan_desa, "Desa/Kelurahan"
    return first.pengusul, "SKPD/UPTD" if first.asal == AsalUsulan.SKPD else "Kecamatan"


def _chain(butir: Butir, jawab: Tanggapan | None) -> list[Any]:
    """Who recommended what, with how much: the desa's own figures, the plenary's, Bappeda's, the SKPD's; TAPD later."""
    b, one = butir.baris, butir.usulan[0] if len(butir.usulan) == 1 else None
    requested = [u.biaya for u in butir.usulan if u.biaya]
    accepted = is_past(b.rkp_versi.rkp.musrenbang.tahap, Tahap.DIKEMBALIKAN)
    partner = ["Direkomendasikan", b.volume, b.biaya] if accepted else [None] * 3
    agencies: list[Any] = [None] * 3
    if jawab:
        agencies = [jawab.get_jawaban_display(), None, None if jawab.jawaban == Jawaban.TIDAK else jawab.jumlah]
    return [
        "Diusulkan",
        one.volume if one else None,
        sum(requested) if requested else None,
        b.get_keputusan_display(),
        b.volume,
        b.biaya,
        *partner,
        *agencies,
        None,
        None,
        None,
    ]


def _answer(butir: Butir) -> Tanggapan | None:
    return getattr(getattr(butir.baris, "pilahan", None), "tanggapan", None)


def _kode(butir: Butir) -> str:
    acara = butir.baris.rkp_versi.rkp.musrenbang
    return f"{acara.kecamatan.kode}/{acara.tahun_rencana}/{butir.baris.nomor}"


def _status(butir: Butir) -> str:
    response = _answer(butir)
    if response:
        return STATUS[Jawaban(response.jawaban)]
    if dana_of(butir.baris).keadaan == PENUH and not getattr(getattr(butir.baris, "pilahan", None), "alasan_kirim", ""):
        return "Didanai program"
    dispatched = getattr(getattr(butir.baris, "pilahan", None), "pengiriman_id", None)
    return "Diteruskan ke SKPD" if dispatched else "Validasi Mitra Bappeda"


KAMUS_DURKP: dict[str, tuple[str, Callable[[Butir], Any]]] = {
    "kode": ("kode kecamatan, tahun rencana, dan nomor dalam RKP Kecamatan", _kode),
    "kecamatan": ("kecamatan", lambda x: x.baris.rkp_versi.rkp.musrenbang.kecamatan.nama),
    "desa_kode": ("kode Kemendagri desa atau kelurahan pengusul", lambda x: x.baris.kode_desa),
    "desa": ("desa atau kelurahan pengusul", lambda x: x.baris.nama_desa),
    "bidang": ("bidang pembangunan", lambda x: x.baris.name_of("bidang") or None),
    "bidang_urusan": ("bidang urusan pemerintahan menurut kode programnya", lambda x: urusan_of(x.baris.program)),
    "program": ("kode dan nama program", lambda x: x.baris.program or None),
    "kegiatan": ("nama kegiatan sebagaimana disahkan", lambda x: x.baris.kegiatan),
    "lokasi": ("tempat kegiatan", lambda x: x.baris.lokasi),
    "volume": (
        "banyaknya, dalam satuan; kosong bila belum diketahui",
        lambda x: None if x.baris.volume is None else f"{x.baris.volume.normalize():f}",
    ),
    "satuan": ("satuan volume", lambda x: x.baris.satuan),
    "biaya": ("prakiraan biaya dalam rupiah; kosong bila belum diketahui", lambda x: x.baris.biaya),
    "sumber_dana": ("sumber dana", lambda x: x.baris.name_of("sumber_dana") or None),
    "skpd": ("perangkat daerah yang ditetapkan dalam pemilahan", lambda x: x.dinas.nama if x.dinas else None),
    "status": ("keadaan terakhir", _status),
    "jumlah_renja": (
        "rupiah yang masuk Renja menurut jawaban perangkat daerah",
        lambda x: j.jumlah if (j := _answer(x)) else None,
    ),
    "didanai_program": (
        "program yang mendanai menurut peringkat yang ditetapkan; kosong bila tidak ada",
        lambda x: dana_of(x.baris).nama or None,
    ),
    "jumlah_program": ("rupiah dari program itu; kosong bila tidak ada", lambda x: dana_of(x.baris).jumlah or None),
    "keadaan_dana": (
        "penuh: program menutup seluruh biaya; sebagian: sisanya belum; kosong: tidak didanai program",
        lambda x: dana_of(x.baris).keadaan or None,
    ),
    "alasan_diusulkan": (
        "mengapa diusulkan kepada perangkat daerah meskipun didanai program",
        lambda x: getattr(getattr(x.baris, "pilahan", None), "alasan_kirim", "") or None,
    ),
    "alasan": ("alasan perangkat daerah, bila ada", lambda x: j.alasan if (j := _answer(x)) else None),
}
"""The columns of the open data: what they mean, and their value."""


def durkp_data(butir: Iterable[Butir]) -> Iterator[dict[str, Any]]:
    """Yield the rows of the open data."""
    return ({k: take(b) for k, (_, take) in KAMUS_DURKP.items()} for b in butir)


class _Gema:
    """A file that gives back what is written to it, for ``csv.writer``."""

    def write(self, teks: str) -> str:
        return teks


def durkp_csv(butir: Iterable[Butir]) -> Iterator[str]:
    """Yield the lines of the open data as CSV."""
    write = csv.writer(_Gema())
    yield write.writerow(KAMUS_DURKP)
    for content in durkp_data(butir):
        yield write.writerow([safe_text(v) for v in content.values()])
