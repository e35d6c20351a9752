"""``python3 periksa.pyz PAKET.zip [--akar HEX] [--kunci SIDIK] [--titik FILE]``: a line a check, exit 0 or 1.

``--akar``: the root on a paper that you hold. ``--kunci``: the fingerprint on an invitation or a Berita Acara.
``--titik``: checkpoints that you kept. Each may be given more than once.
"""

import argparse
import sys
import zipfile
from pathlib import Path

from periksa.checks import UJI, Provisions, Uji
from periksa.files import BadFile, Paket


def main(argv: list[str] | None = None) -> int:
    """Run every check over one ZIP and print what came of it."""
    pilihan = argparse.ArgumentParser(prog="periksa.pyz", description="Memeriksa ZIP dokumen musrenbang tanpa server.")
    pilihan.add_argument("paket", help="ZIP semua dokumen, dari halaman Dokumen")
    pilihan.add_argument("--akar", action="append", default=[], help="akar pada kertas yang Anda pegang")
    pilihan.add_argument(
        "--kunci", action="append", default=[], help="kode keaslian kunci pada undangan atau Berita Acara"
    )
    pilihan.add_argument("--titik", action="append", default=[], help="berkas titik periksa yang Anda simpan")
    content = pilihan.parse_args(argv)
    try:
        with zipfile.ZipFile(content.paket) as archive:
            paket = Paket(archive)
            supplies = Provisions(content.akar, content.kunci, [_kept(t) for t in content.titik])
            broken = sum(_run(nama, trial, paket, supplies) for nama, trial in UJI)
    except BadFile as error:
        return _broken(error.berkas or content.paket, str(error))
    except OSError:
        return _broken(content.paket, "berkas ini tidak ada, atau tidak dapat dibuka.")
    except (zipfile.BadZipFile, EOFError, NotImplementedError):
        return _broken(content.paket, "berkas ini bukan ZIP yang utuh.")
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError, ArithmeticError, MemoryError):
        return _broken(content.paket, "susunan isinya bukan susunan ZIP dokumen musrenbang.")
    print("Semua cocok." if not broken else f"{broken} pemeriksaan menemukan ketidakcocokan.")
    return 1 if broken else 0


def _broken(berkas: str, words: str) -> int:
    print(f"RUSAK  {berkas}: {words}")
    return 1


def _kept(berkas: str) -> str:
    """Return the text of kept checkpoints. Raises BadFile that names this file, not the ZIP."""
    try:
        return Path(berkas).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile("berkas titik periksa ini tidak ada, atau bukan teks.", berkas) from error


def _run(nama: str, uji: Uji, paket: Paket, bekal: Provisions) -> bool:
    findings, how_many = uji(paket, bekal)
    print(f"{'RUSAK' if findings else 'COCOK'}  {nama}: {how_many}")
    for sentence in findings[:20]:
        print(f"       - {sentence}")
    if len(findings) > 20:
        print(f"       - dan {len(findings) - 20} lagi")
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())
