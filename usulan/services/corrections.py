"""Correcting a preview before it is saved: which desa, which column, what a row really is."""

from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.db import transaction

from musrenbang import audit
from musrenbang.kunci import lock_musrenbang
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Refused
from usulan.impor.corrections import Correction
from usulan.impor.grid import FileRefused
from usulan.impor.read import read_workbook
from usulan.impor.results import FileResult
from usulan.izin import BOLEH_USULAN
from usulan.models import ImporUsulan, PolaKolom, StatusImpor
from usulan.queries.acuan import patterns_for, reference_for


@transaction.atomic
def choose_desa(*, impor: ImporUsulan, pilihan: dict[str, str], by: Pengguna) -> ImporUsulan:
    """Say which desa an unknown name (or a sheet without any) means, and read the file again with that.

    ``pilihan`` maps the text as written to a desa code of this kecamatan.
    """
    current = _lock(impor)
    current.pilihan_desa |= pilihan
    return _read_again(current, impor.musrenbang, by, "impor.desa_dipilih", pilihan)


@transaction.atomic
def choose_columns(
    *, impor: ImporUsulan, sheet_number: int, pilihan: dict[str, str], by: Pengguna, remember: bool
) -> ImporUsulan:
    """Say what the columns of a sheet hold; with ``remember`` the next file with this heading is read the same way.

    ``pilihan`` maps column letters to fields. Raises Refused when no column holds the work itself.
    """
    current = _lock(impor)
    lembar = current.hasil["lembar"][sheet_number]
    if "kegiatan" not in pilihan.values():
        raise Refused("Pilih satu kolom sebagai Kegiatan; tanpa itu tidak ada usulan yang dapat dibaca.")
    current.pola = current.pola | {lembar["sidik"]: pilihan}
    if remember:
        PolaKolom.objects.update_or_create(
            kabupaten=impor.musrenbang.kecamatan.kabupaten,
            sidik=lembar["sidik"],
            defaults={"kolom": pilihan, "dibuat_oleh": by},
        )
    return _read_again(current, impor.musrenbang, by, "impor.kolom_dipilih", {"lembar": lembar["nama"], **pilihan})


@transaction.atomic
def correct_impor(*, impor: ImporUsulan, koreksi: dict[str, Any], dilihat: int, by: Pengguna) -> ImporUsulan:
    """Add one correction (see ``usulan.impor.corrections``) and read the file again.

    ``dilihat`` is the number of corrections that the person had seen; a row that someone else corrected since is
    refused, so that nobody overwrites what he did not see.
    """
    current = _lock(impor)
    place = (koreksi["lembar"], koreksi["baris"])
    if any((k["lembar"], k["baris"]) == place for k in current.koreksi[dilihat:]) or dilihat > len(current.koreksi):
        what = (
            f"Baris {koreksi['baris']} baru saja dikoreksi"
            if koreksi["baris"]
            else "Lembar kerja ini baru saja diputuskan"
        )
        raise Refused(f"{what} orang lain. Muat ulang halaman untuk melihatnya.")
    current.koreksi = [*current.koreksi, koreksi]
    return _read_again(current, impor.musrenbang, by, "impor.dikoreksi", koreksi)


@transaction.atomic
def undo_correction(*, impor: ImporUsulan, dilihat: int, by: Pengguna) -> ImporUsulan:
    """Take the last correction back. Raises Refused when there is none, or another than the person saw."""
    current = _lock(impor)
    if not current.koreksi:
        raise Refused("Tidak ada koreksi yang dapat diurungkan.")
    if dilihat != len(current.koreksi):
        raise Refused("Koreksi terakhir sudah berubah. Muat ulang halaman, lalu urungkan bila masih perlu.")
    *current.koreksi, last = current.koreksi
    return _read_again(current, impor.musrenbang, by, "impor.koreksi_diurungkan", last)


def _lock(impor: ImporUsulan) -> ImporUsulan:
    lock_musrenbang(impor.musrenbang, BOLEH_USULAN, imported=True)
    current = ImporUsulan.objects.select_for_update(of=("self",)).get(pk=impor.pk)
    if current.status != StatusImpor.PRATINJAU:
        raise Refused("Hasil baca ini sudah disimpan atau dihapus. Muat ulang halaman.")
    return current


def _read_again(
    current: ImporUsulan, musrenbang: Musrenbang, by: Pengguna, aksi: str, rincian: dict[str, Any]
) -> ImporUsulan:
    """Read the kept file with everything that people said about it, and keep the result with an audit row."""
    try:
        with current.berkas.open("rb") as origin, NamedTemporaryFile() as salinan:
            copyfileobj(origin, salinan)
            salinan.flush()
            result = _read(current, musrenbang, Path(salinan.name))
    except (FileRefused, FileNotFoundError) as error:
        raise Refused(
            "Berkas yang tersimpan tidak terbaca lagi. Hapus hasil baca ini, lalu unggah berkasnya sekali lagi."
        ) from error
    current.hasil = result.as_dict()
    current.save(update_fields=["pilihan_desa", "pola", "koreksi", "hasil"])
    audit.record(musrenbang=musrenbang, by=by, aksi=aksi, objek=current, rincian=rincian)
    return current


def _read(current: ImporUsulan, musrenbang: Musrenbang, path: Path) -> FileResult:
    return read_workbook(
        path,
        reference_for(musrenbang),
        nama=current.nama_berkas,
        desa=current.desa.kode if current.desa else None,
        pilihan_desa=current.pilihan_desa,
        pola=patterns_for(musrenbang) | current.pola,
        koreksi=Correction(current.koreksi),
        hanya_lembar=current.hanya_lembar or None,
        max_byte=settings.UNGGAH_MAKS_BYTE,
        max_baris=settings.UNGGAH_MAKS_BARIS,
    )
