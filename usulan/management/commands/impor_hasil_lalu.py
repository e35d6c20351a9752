"""``manage.py impor_hasil_lalu FILE --musrenbang SLUG``: last year's result, in the same two steps as the page."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from musrenbang.infra.perintah import Perintah
from musrenbang.models import Musrenbang, Pengguna
from musrenbang.transisi import Ditolak
from usulan.impor.baca import read_workbook
from usulan.impor.grid import BerkasDitolak
from usulan.impor.hasil import HasilBerkas
from usulan.queries.acuan import pola_for, rujukan_for
from usulan.queries.lalu import year_before
from usulan.services.impor import stage_impor
from usulan.services.lalu import commit_result, opener


class Command(Perintah):
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
        parser.add_argument("--sebagai", metavar="PENGGUNA", help="nama pengguna yang dicatat di jejak")

    def handle(self, *args: Any, **options: Any) -> None:
        acara = Musrenbang.objects.held().select_related("kecamatan__kabupaten")
        musrenbang = acara.filter(slug=options["musrenbang"]).first()
        if musrenbang is None:
            raise CommandError(f"Musrenbang “{options['musrenbang']}” tidak ada.", returncode=2)
        lalu = year_before(musrenbang)
        if not lalu.hanya_diimpor:
            raise CommandError(f"{lalu} ada di aplikasi ini, jadi hasilnya tidak diimpor.", returncode=2)
        hasil = self._read(options["berkas"], lalu)
        if options["simpan"]:
            self._save(musrenbang, lalu, options)
        self._tell(hasil, options["json"])
        if hasil.ringkasan()["galat"]:
            raise CommandError("Ada baris yang desanya belum jelas atau selnya galat.", returncode=1)

    def _read(self, path: Path, lalu: Musrenbang) -> HasilBerkas:
        batas = {"maks_byte": settings.UNGGAH_MAKS_BYTE, "maks_baris": settings.UNGGAH_MAKS_BARIS}
        try:
            return read_workbook(path, rujukan_for(lalu), pola=pola_for(lalu), **batas)
        except BerkasDitolak as galat:
            raise CommandError(f"{path.name}: {galat}", returncode=2) from galat
        except OSError as galat:
            raise CommandError(f"{path}: tidak dapat dibaca ({galat.strerror}).", returncode=2) from galat

    def _save(self, musrenbang: Musrenbang, lalu: Musrenbang, options: dict[str, Any]) -> None:
        by = Pengguna.objects.filter(username=options["sebagai"]).first()
        if options["sebagai"] and by is None:
            raise CommandError(f"Pengguna “{options['sebagai']}” tidak terdaftar.", returncode=2)
        path: Path = options["berkas"]
        try:
            buka = opener(musrenbang=musrenbang, by=by)
            impor = stage_impor(musrenbang=lalu, path=path, nama=path.name, by=by, buka=buka)
            commit_result(impor=impor, by=by, ganti=options["ganti"])
        except Ditolak as penolakan:
            raise CommandError(str(penolakan), returncode=2) from penolakan

    def _tell(self, hasil: HasilBerkas, sebagai_json: bool) -> None:
        if sebagai_json:
            self.stdout.write(json.dumps(hasil.as_dict(), ensure_ascii=False, indent=1))
            return
        semua = [u.hasil or {} for lembar in hasil.lembar for u in lembar.usulan]
        jumlah = {
            n: sum(h.get(n) in {"ya", "sebagian"} for h in semua) for n in ("disepakati", "didanai", "terlaksana")
        }
        tak = sum(not any(h.get(n) for n in jumlah) for h in semua)
        kata = ", ".join(f"{n} {nama}" for nama, n in jumlah.items())
        self.stdout.write(f"{hasil.berkas}: {len(semua)} usulan, {kata}, {tak} belum diketahui hasilnya")
