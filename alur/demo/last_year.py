"""Last year's result of the demo, from a spreadsheet of the kecamatan, and one work that two ask for. Invented."""

import uuid
from pathlib import Path
from random import Random

from openpyxl import Workbook

from alur.demo.data import works
from musrenbang.models import Desa, Musrenbang, Pengguna
from usulan.models import Usulan, UsulanOrigin
from usulan.ownership import Ownership
from usulan.queries.last_year import year_before
from usulan.services.impor import stage_impor
from usulan.services.last_year import commit_result, opener
from usulan.services.without_file import submit_usulan

PER_DESA = 2
JUDUL = [
    *("No", "Desa", "Kegiatan", "Lokasi", "Volume", "Satuan", "Perkiraan Biaya (Rp)"),
    *("Disepakati/Tidak", "Pagu Disetujui (Rp)", "Didanai", "Sumber Dana", "Terlaksana", "% Fisik", "Keterangan"),
]
HASIL: list[tuple[str | None, float, str | None, str | None, str | None, int | None, str | None]] = [
    ("Disepakati", 1, "Ya", "APBD Kab", "Ya", 100, None),
    ("Disepakati", 0.8, "Ya", "APBD Kab", "Sebagian", 60, "Dilanjutkan tahun berikutnya"),
    ("Disepakati", 0.9, "Tidak", None, None, None, "Anggaran perangkat daerah terbatas"),
    ("Tidak", 0, None, None, None, None, "Lahan belum dihibahkan"),
    (None, 0, None, None, None, None, None),
]
"""What became of the works in turn: agreed, share of the cost, funded, source, built, percent, remark."""


def add_last_year(musrenbang: Musrenbang, by: Pengguna, desa: list[Desa], folder: Path) -> None:
    """Import what became of last year's proposals, as the team does before the lists of this year come."""
    path = _list(folder, musrenbang, desa)
    impor = stage_impor(
        musrenbang=year_before(musrenbang),
        path=path,
        nama=path.name,
        by=by,
        open_year=opener(musrenbang=musrenbang, by=by),
    )
    commit_result(impor=impor, by=by)


def _list(folder: Path, musrenbang: Musrenbang, desa: list[Desa]) -> Path:
    random, workbook = Random(f"lalu-{musrenbang.slug}"), Workbook()
    lembar = workbook.active
    lembar.append([f"REKAP HASIL MUSRENBANG KECAMATAN {musrenbang.kecamatan.nama.upper()}"])
    lembar.append([])
    lembar.append(JUDUL)
    rows = [(d.nama, k) for d in desa for k in works(random, PER_DESA)]
    for i, (nama, k) in enumerate(rows):
        agreed, share, funded, source, built, percent, remark = HASIL[i % len(HASIL)]
        amount = round((k.biaya or 0) * share) or None
        lembar.append(
            [
                *(i + 1, nama, k.kegiatan, k.lokasi, k.volume, k.satuan, k.biaya),
                *(agreed, amount, funded, source, built, percent, remark),
            ]
        )
    path = folder / f"HASIL MUSRENBANG {musrenbang.tahun_pelaksanaan - 1}.xlsx"
    workbook.save(path)
    return path


def ask_twice(musrenbang: Musrenbang, by: Pengguna) -> None:
    """Let the kecamatan ask for a work that a desa asked for already: one similar pair to practise on."""
    first = Usulan.objects.filter(musrenbang=musrenbang, cakupan="satu", biaya__isnull=False).exclude(lokasi="").last()
    if first is None or first.desa is None:
        return
    submit_usulan(
        musrenbang=musrenbang,
        by=by,
        kunci=uuid.uuid5(uuid.NAMESPACE_URL, musrenbang.slug),
        asal=UsulanOrigin.KECAMATAN,
        kegiatan=first.kegiatan,
        lokasi=first.lokasi,
        volume=first.volume,
        satuan=first.satuan,
        biaya=first.biaya,
        sumber_dana=first.sumber_dana,
        manfaat=first.manfaat,
        **Ownership.of([first.desa]).columns(),
    )
