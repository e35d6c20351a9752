"""The list of the kabupaten: a workbook in the order of SIPD's proposal record, and open data.

The columns follow musrenbang.md 3(k): problem, place, coefficient (volume), unit, budget, kind of spending, bidang
urusan, activity, SKPD, proposer and its level, to whom, status, then the chain of recommendations of desa, camat,
Bappeda (mitra), SKPD and TAPD, each with its own volume and rupiah.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from musrenbang.infra.sheets import safe_text, save_xlsx, with_gaps
from musrenbang.models import Kabupaten
from musrenbang.states import Tahap, is_past
from musrenbang.urusan import affair_of
from rkp.dana import PENUH
from rkp.queries.dana import dana_of
from tindak_lanjut.models import Answer, Tanggapan
from tindak_lanjut.queries.durkp import Item
from usulan.models import UsulanOrigin

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
    Answer.DIAKOMODIR: "Diterima SKPD",
    Answer.SEBAGIAN: "Diterima SKPD sebagian",
    Answer.TIDAK: "Ditolak SKPD",
}


def durkp_xlsx(
    output: BinaryIO, kabupaten: Kabupaten, tahun: int, item: Iterable[Item], missing: Iterable[str] = ()
) -> None:
    """Write the list into a file, row by row. ``tahun``: of the meetings; ``missing``: what it lacks, in words."""
    judul = f"Daftar usulan kecamatan ke Musrenbang {kabupaten.nama}, rencana tahun {tahun + 1}"
    save_xlsx(output, judul=with_gaps(judul, *missing), kolom=KOLOM_SIPD, baris=(_sipd(b) for b in item))


def _sipd(item: Item) -> list[Any]:
    b, acara = item.baris, item.baris.rkp_versi.rkp.musrenbang
    response, skpd = _answer(item), item.dinas
    problem = next((u.permasalahan for u in item.usulan if u.permasalahan), "") or b.sasaran
    return [
        _code(item),
        problem,
        b.nama_desa,
        b.lokasi,
        b.lokasi_lengkap,
        b.volume,
        b.satuan,
        b.biaya,
        None,
        affair_of(b.program),
        b.program,
        b.kegiatan,
        skpd.kode if skpd else None,
        skpd.nama if skpd else None,
        *_proposer(item),
        f"Kecamatan {acara.kecamatan.nama}",
        _status(item),
        response.alasan if response and response.jawaban != Answer.DIAKOMODIR else None,
        *_chain(item, response),
        (d := dana_of(b)).nama or None,
        d.jumlah or None,
    ]


def _proposer(item: Item) -> tuple[str, str]:
    """Who proposes, and on which level: desa unless all of it came from an SKPD or the kecamatan."""
    first = next(iter(item.usulan), None)
    if first is None or any(u.proposed_by_desa for u in item.usulan):
        return item.baris.sebutan_desa, "Desa/Kelurahan"
    return first.pengusul, "SKPD/UPTD" if first.asal == UsulanOrigin.SKPD else "Kecamatan"


def _chain(item: Item, response: Tanggapan | None) -> list[Any]:
    """Who recommended what, with how much: the desa's own figures, the plenary's, Bappeda's, the SKPD's; TAPD later."""
    b, one = item.baris, item.usulan[0] if len(item.usulan) == 1 else None
    requested = [u.biaya for u in item.usulan if u.biaya]
    accepted = is_past(b.rkp_versi.rkp.musrenbang.tahap, Tahap.DIKEMBALIKAN)
    partner = ["Direkomendasikan", b.volume, b.biaya] if accepted else [None] * 3
    agencies: list[Any] = [None] * 3
    if response:
        agencies = [
            response.get_jawaban_display(),
            None,
            None if response.jawaban == Answer.TIDAK else response.jumlah,
        ]
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


def _answer(item: Item) -> Tanggapan | None:
    return getattr(getattr(item.baris, "pilahan", None), "tanggapan", None)


def _code(item: Item) -> str:
    acara = item.baris.rkp_versi.rkp.musrenbang
    return f"{acara.kecamatan.kode}/{acara.tahun_rencana}/{item.baris.nomor}"


def _status(item: Item) -> str:
    response = _answer(item)
    if response:
        return STATUS[Answer(response.jawaban)]
    if dana_of(item.baris).keadaan == PENUH and not getattr(getattr(item.baris, "pilahan", None), "alasan_kirim", ""):
        return "Didanai program"
    dispatched = getattr(getattr(item.baris, "pilahan", None), "pengiriman_id", None)
    return "Diteruskan ke SKPD" if dispatched else "Validasi Mitra Bappeda"


KAMUS_DURKP: dict[str, tuple[str, Callable[[Item], Any]]] = {
    "kode": ("kode kecamatan, tahun rencana, dan nomor dalam RKP Kecamatan", _code),
    "kecamatan": ("kecamatan", lambda x: x.baris.rkp_versi.rkp.musrenbang.kecamatan.nama),
    "desa_kode": ("kode Kemendagri desa atau kelurahan pengusul", lambda x: x.baris.kode_desa),
    "desa": ("desa atau kelurahan pengusul", lambda x: x.baris.nama_desa),
    "bidang": ("bidang pembangunan", lambda x: x.baris.name_of("bidang") or None),
    "bidang_urusan": ("bidang urusan pemerintahan menurut kode programnya", lambda x: affair_of(x.baris.program)),
    "program": ("kode dan nama program", lambda x: x.baris.program or None),
    "kegiatan": ("nama kegiatan sebagaimana disahkan", lambda x: x.baris.kegiatan),
    "lokasi": ("tempat kegiatan", lambda x: x.baris.lokasi),
    "volume": (
        "banyaknya, dalam satuan; kosong bila belum diketahui",
        lambda x: None if x.baris.volume is None else f"{x.baris.volume.normalize():f}",
    ),
    "satuan": ("satuan volume", lambda x: x.baris.satuan),
    "biaya": ("perkiraan biaya dalam rupiah; kosong bila belum diketahui", lambda x: x.baris.biaya),
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


def durkp_data(item: Iterable[Item]) -> Iterator[dict[str, Any]]:
    """Yield the rows of the open data."""
    return ({k: take(b) for k, (_, take) in KAMUS_DURKP.items()} for b in item)


class _Echo:
    """A file that gives back what is written to it, for ``csv.writer``."""

    def write(self, text: str) -> str:
        return text


def durkp_csv(item: Iterable[Item]) -> Iterator[str]:
    """Yield the lines of the open data as CSV."""
    write = csv.writer(_Echo())
    yield write.writerow(KAMUS_DURKP)
    for content in durkp_data(item):
        yield write.writerow([safe_text(v) for v in content.values()])
