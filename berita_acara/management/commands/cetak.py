"""``manage.py cetak JENIS --musrenbang SLUG --ke DIR``: write the PDF of a document kind."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.text import slugify

from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.queries import latest_berita_acara
from berita_acara.services.issue import read_or_draft
from musrenbang.infra.commands import MusrenbangCommand
from musrenbang.keeper import read_dokumen
from musrenbang.models import Musrenbang
from musrenbang.sebutan import use
from musrenbang.transisi import Refused


class Command(MusrenbangCommand):
    """Write the issued Berita Acara, or a list as it stands now."""

    help = "Menulis PDF suatu jenis dokumen ke folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("jenis", metavar="JENIS", help=", ".join(CETAKAN))
        parser.add_argument("--musrenbang", required=True, metavar="SLUG")
        parser.add_argument("--ke", required=True, type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        jenis, slug = options["jenis"], options["musrenbang"]
        musrenbang = Musrenbang.objects.select_related("kecamatan__kabupaten").filter(slug=slug).first()
        if musrenbang is None:
            raise CommandError(f"Musrenbang “{slug}” tidak ada.", returncode=2)
        if jenis not in CETAKAN:
            raise CommandError(f"Jenis “{jenis}” tidak dikenal. Pilih: {', '.join(CETAKAN)}.", returncode=2)
        try:
            options["ke"].mkdir(parents=True, exist_ok=True)
            with use(musrenbang.sebutan):
                for nama, content in self._render(jenis, musrenbang):
                    path = options["ke"] / f"{nama}.pdf"
                    path.write_bytes(content)
                    self.stdout.write(str(path))
        except Refused as failure:
            raise CommandError(str(failure), returncode=2) from failure
        except OSError as error:
            raise CommandError(f"{options['ke']} tidak dapat ditulisi: {error.strerror}.", returncode=2) from error

    def _render(self, jenis: str, musrenbang: Musrenbang) -> Iterator[tuple[str, bytes]]:
        """Yield (file name, PDF); a kind with parts (one per SKPD) gives several."""
        nama = f"{jenis}-{musrenbang.slug}"
        if CETAKAN[jenis].pokok:
            dokumen = latest_berita_acara(musrenbang)
            if dokumen is None or not dokumen.sha256:
                raise Refused("Berita Acara belum diterbitkan.")
            yield nama, read_dokumen(dokumen)
            return
        part = CETAKAN[jenis].bagian
        pilihan = part(musrenbang) if part else [("", "")]
        if not pilihan:
            raise Refused(CETAKAN[jenis].belum)
        for kunci, label in pilihan:
            content = read_or_draft(musrenbang=musrenbang, jenis=jenis, by=None, part=kunci)
            yield f"{nama}-{slugify(label)}" if kunci else nama, content
