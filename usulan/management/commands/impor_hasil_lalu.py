"""``manage.py impor_hasil_lalu FILE --musrenbang SLUG``: last year's result, in the same two steps as the page."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Refused
from usulan.impor.grid import FileRefused
from usulan.impor.read import read_workbook
from usulan.impor.results import FileResult
from usulan.queries.acuan import patterns_for, reference_for
from usulan.queries.last_year import year_before
from usulan.services.impor import stage_impor
from usulan.services.last_year import commit_result, opener


class Command(MusrenbangCommand):
    """Read what became of last year's proposals; without --simpan nothing is written."""

    help = "Membaca hasil tahun lalu dari berkas. Tanpa --simpan tidak ada yang ditulis."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("berkas", type=Path)
        parser.add_argument("--musrenbang", required=True, metavar="SLUG", help="Musrenbang tahun ini")
        parser.add_argument("--simpan", action="store_true")
        parser.add_argument(
            "--ganti", action="store_true", help="ganti yang tersimpan dari berkas lain untuk desa yang sama"
        )
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--sebagai", metavar="PENGGUNA", help="nama pengguna yang dicatat di riwayat perubahan")

    def handle(self, *args: Any, **options: Any) -> None:
        acara = Musrenbang.objects.held().select_related("kecamatan__kabupaten")
        musrenbang = acara.filter(slug=options["musrenbang"]).first()
        if musrenbang is None:
            raise CommandError(f"Musrenbang “{options['musrenbang']}” tidak ada.", returncode=2)
        previous = year_before(musrenbang)
        if not previous.hanya_diimpor:
            raise CommandError(f"{previous} ada di aplikasi ini, jadi hasilnya tidak diunggah.", returncode=2)
        result = self._read(options["berkas"], previous)
        if options["simpan"]:
            self._save(musrenbang, previous, options)
        self._tell(result, options["json"])
        if result.ringkasan()["galat"]:
            raise CommandError("Ada baris yang desanya belum jelas atau selnya galat.", returncode=1)

    def _read(self, path: Path, past: Musrenbang) -> FileResult:
        try:
            return read_workbook(
                path,
                reference_for(past),
                pola=patterns_for(past),
                max_byte=settings.UNGGAH_MAKS_BYTE,
                max_baris=settings.UNGGAH_MAKS_BARIS,
            )
        except FileRefused as error:
            raise CommandError(f"{path.name}: {error}", returncode=2) from error
        except OSError as error:
            raise CommandError(f"{path}: tidak dapat dibaca ({error.strerror}).", returncode=2) from error

    def _save(self, musrenbang: Musrenbang, past: Musrenbang, options: dict[str, Any]) -> None:
        by = Pengguna.objects.filter(username=options["sebagai"]).first()
        if options["sebagai"] and by is None:
            raise CommandError(f"Pengguna “{options['sebagai']}” tidak terdaftar.", returncode=2)
        path: Path = options["berkas"]
        try:
            open_page = opener(musrenbang=musrenbang, by=by)
            impor = stage_impor(musrenbang=past, path=path, nama=path.name, by=by, open_year=open_page)
            commit_result(impor=impor, by=by, ganti=options["ganti"])
        except Refused as error:
            raise CommandError(str(error), returncode=2) from error

    def _tell(self, hasil: FileResult, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(hasil.as_dict(), ensure_ascii=False, indent=1))
            return
        all_rows = [u.hasil or {} for lembar in hasil.lembar for u in lembar.usulan]
        jumlah = {
            n: sum(h.get(n) in {"ya", "sebagian"} for h in all_rows) for n in ("disepakati", "didanai", "terlaksana")
        }
        unknown = sum(not any(h.get(n) for n in jumlah) for h in all_rows)
        words = ", ".join(f"{n} {nama}" for nama, n in jumlah.items())
        self.stdout.write(f"{hasil.berkas}: {len(all_rows)} usulan, {words}, {unknown} belum diketahui hasilnya")
