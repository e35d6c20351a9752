"""``manage.py impor_usulan FILE... --musrenbang SLUG``: the same two steps as the page."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from musrenbang.format import rupiah
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.models import Desa, Musrenbang, Pengguna
from musrenbang.transisi import Refused
from usulan.impor.grid import FileRefused
from usulan.impor.read import read_workbook
from usulan.impor.results import FileResult
from usulan.queries.acuan import reference_for
from usulan.services.impor import commit_impor, stage_impor


class Command(MusrenbangCommand):
    """Read DU-RKP workbooks; without --simpan nothing is written."""

    help = "Membaca berkas DU-RKP. Tanpa --simpan tidak ada yang ditulis."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("berkas", nargs="+", type=Path)
        parser.add_argument("--musrenbang", required=True, metavar="SLUG")
        parser.add_argument("--desa", metavar="KODE", help="desa untuk baris yang tidak menyebut desa")
        parser.add_argument("--lembar", metavar="NAMA", help="hanya lembar kerja ini")
        parser.add_argument("--simpan", action="store_true")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--sebagai", metavar="PENGGUNA", help="nama pengguna yang dicatat di riwayat perubahan")

    def handle(self, *args: Any, **options: Any) -> None:
        musrenbang = (
            Musrenbang.objects.select_related("kecamatan__kabupaten").filter(slug=options["musrenbang"]).first()
        )
        if musrenbang is None:
            raise CommandError(f"Musrenbang “{options['musrenbang']}” tidak ada.", returncode=2)
        desa = self._desa(musrenbang, options["desa"])
        results = [self._read(path, musrenbang, desa, options["lembar"]) for path in options["berkas"]]
        if options["simpan"]:
            self._save(musrenbang, desa, options)
        if options["json"]:
            contents = [h.as_dict() for h in results]
            self.stdout.write(json.dumps(contents[0] if len(contents) == 1 else contents, ensure_ascii=False, indent=1))
        else:
            for h in results:
                r = h.ringkasan()
                self.stdout.write(
                    f"{h.berkas}: {r['usulan']} usulan, {r['siap']} siap, {r['perlu_dilengkapi']} perlu dilengkapi, "
                    f"{r['galat']} galat, {rupiah(r['total_biaya'])}"
                )
        if any(h.ringkasan()["galat"] for h in results):
            raise CommandError("Ada baris yang desanya belum jelas atau selnya galat.", returncode=1)

    def _desa(self, musrenbang: Musrenbang, kode: str | None) -> Desa | None:
        if not kode:
            return None
        desa = Desa.objects.filter(kode=kode, kecamatan=musrenbang.kecamatan).first()
        if desa is None:
            raise CommandError(f"Desa {kode} tidak ada di Kecamatan {musrenbang.kecamatan.nama}.", returncode=2)
        return desa

    def _read(self, path: Path, musrenbang: Musrenbang, desa: Desa | None, lembar: str | None) -> FileResult:
        try:
            return read_workbook(
                path,
                reference_for(musrenbang),
                desa=desa.kode if desa else None,
                hanya_lembar=lembar,
                max_byte=settings.UNGGAH_MAKS_BYTE,
                max_baris=settings.UNGGAH_MAKS_BARIS,
            )
        except FileRefused as error:
            raise CommandError(f"{path.name}: {error}", returncode=2) from error
        except OSError as error:
            raise CommandError(f"{path}: tidak dapat dibaca ({error.strerror}).", returncode=2) from error

    def _save(self, musrenbang: Musrenbang, desa: Desa | None, options: dict[str, Any]) -> None:
        by = Pengguna.objects.filter(username=options["sebagai"]).first()
        if options["sebagai"] and by is None:
            raise CommandError(f"Pengguna “{options['sebagai']}” tidak terdaftar.", returncode=2)
        try:
            for path in options["berkas"]:
                impor = stage_impor(
                    musrenbang=musrenbang,
                    path=path,
                    nama=path.name,
                    by=by,
                    desa=desa,
                    hanya_lembar=options["lembar"] or "",
                )
                commit_impor(impor=impor, by=by)
        except Refused as error:
            raise CommandError(str(error), returncode=2) from error
