"""Proposals that are not one desa's: several desa's together, an agency's, the kecamatan's own. All invented."""

import uuid
from pathlib import Path
from random import Random

from openpyxl import Workbook

from musrenbang.models import Desa, Musrenbang, Pengguna, Skpd, SumberDana
from usulan.models import UsulanOrigin
from usulan.ownership import Ownership
from usulan.services.impor import commit_impor, stage_impor
from usulan.services.without_file import submit_usulan

BANYAK = 4
"""How many there are; a demo with fewer proposals to spare than that has none."""


def add_shared(musrenbang: Musrenbang, by: Pengguna, desa: list[Desa], folder: Path, random: Random) -> None:
    """Import two from a list of the kecamatan and type two in, as the team does.

    They concern the last desa: of the first ones the lists are left for practice, so that nothing of theirs is in yet.
    """
    path = _list(folder, musrenbang.kecamatan.nama, desa[-2:])
    impor = stage_impor(musrenbang=musrenbang, path=path, nama=path.name, by=by)
    commit_impor(impor=impor, by=by)
    skpd = {s.singkatan: s for s in Skpd.objects.filter(kabupaten=musrenbang.kecamatan.kabupaten)}
    general = {"sumber_dana": SumberDana.objects.get(nama="APBD Kabupaten"), "satuan": "unit"}
    submit_usulan(
        musrenbang=musrenbang,
        by=by,
        kunci=uuid.UUID(int=random.getrandbits(128)),
        asal=UsulanOrigin.SKPD,
        skpd_id=skpd["Dinkes"].pk,
        kegiatan="Pengadaan puskesmas keliling",
        lokasi="UPTD Puskesmas",
        volume=1,
        biaya=420_000_000,
        manfaat="warga dusun yang jauh dari puskesmas",
        **general,
        **Ownership.of([]).columns(),
    )
    submit_usulan(
        musrenbang=musrenbang,
        by=by,
        kunci=uuid.UUID(int=random.getrandbits(128)),
        asal=UsulanOrigin.KECAMATAN,
        kegiatan="Pembangunan bendung pembagi air irigasi",
        lokasi="Saluran induk",
        volume=1,
        biaya=285_000_000,
        manfaat="petani di hilir bendung",
        **general,
        **Ownership.of(desa[-3:], [50, 30, 20]).columns(),
    )


def _list(folder: Path, kecamatan: str, desa: list[Desa]) -> Path:
    workbook = Workbook()
    lembar = workbook.active
    lembar.append([f"USULAN BERSAMA DAN USULAN KECAMATAN {kecamatan.upper()}"])
    lembar.append([])
    lembar.append(
        ["NO", "DESA", "KEGIATAN", "LOKASI", "VOLUME/SATUAN", "PERKIRAAN BIAYA (RP)", "SUMBER DANA", "MANFAAT"]
    )
    lembar.append(
        [
            1,
            f"{desa[0].nama}, {desa[1].nama}",
            "Pembangunan jembatan penghubung antardesa",
            "Batas desa",
            "24 m",
            375_000_000,
            "APBD Kab",
            "warga kedua desa",
        ]
    )
    lembar.append(
        [
            2,
            f"Kecamatan {kecamatan}",
            "Pelatihan tanggap bencana",
            "Kantor camat",
            "2 kali",
            45_000_000,
            "APBD Kab",
            "relawan semua desa",
        ]
    )
    path = folder / f"USULAN BERSAMA KEC. {kecamatan.upper()}.xlsx"
    workbook.save(path)
    return path
