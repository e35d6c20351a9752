"""What a kind of document is. Each app says its own kinds (``cetakan.py``); ``berita_acara`` merges them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from musrenbang.infra.sheets import Sheet
from musrenbang.labels import words
from musrenbang.models import Musrenbang
from musrenbang.states import URUTAN, Tahap, is_past, stages

Isi = dict[str, Any]
CAMAT, PIMPINAN, KETUA_TIM, KELOMPOK = "camat", "pimpinan", "ketua_tim", "kelompok"
"""Who signs a paper; ``KELOMPOK``: of every discussion group its chair and its notulis."""


@dataclass(frozen=True)
class Tabel:
    """Columns (heading, width in characters) and rows; ``lain``: the sheets after this one.

    ``jumlah``: headings of columns that are added up; ``counted``: of which outcomes (``Sheet``); ``kurang``: what the
    sums lack, in words.
    """

    kolom: Sequence[tuple[str, int]]
    baris: Iterable[Sequence[Any]]
    nama: str = "Data"
    lain: Sequence[Sheet] = ()
    jumlah: Sequence[str] = ()
    counted: Mapping[str, tuple[str, Sequence[str]]] = field(default_factory=dict)
    kurang: str = ""


@dataclass(frozen=True)
class Nomor:
    """How documents of a kind are numbered, and in which stages they may be issued.

    ``sampai``: the last of them, for a paper that announces something: afterwards none is issued or replaced.
    """

    klasifikasi: str
    kode: str
    sejak: str
    sampai: str = URUTAN[-1]

    @property
    def stages(self) -> frozenset[str]:
        """The stages in which one may be issued."""
        return stages(Tahap(self.sejak), Tahap(self.sampai))


@dataclass(frozen=True)
class Cetakan:
    """A kind of document. ``bagian`` lists the parts of a kind that has one document each (per SKPD).

    ``tanggal`` tells the date on the paper, by which it is quoted and which decides who signs; a list without one
    bears no date. ``ttd``: who signs in the blocks that it prints. ``semua`` returns the content of every part at
    once. ``nomor_isi`` gives the number of a paper that is numbered elsewhere: once printed with it, it stays as it
    was printed. ``sekali``: what was issued is final, a correction is a paper of its own. ``pokok``: the paper of
    the meeting itself: ``isi`` is all that it says, it has its own page and conditions, and is none of the letters
    and lists.
    """

    label: str
    keterangan: str
    isi: Callable[..., dict[str, Any]]
    template: str
    nomor: Nomor | None = None
    ttd: tuple[str, ...] = ()
    xlsx: Callable[[dict[str, Any]], Tabel] | None = None
    bagian: Callable[[Musrenbang], list[tuple[str, str]]] | None = None
    tanggal: Callable[[Musrenbang], date | None] | None = None
    semua: Callable[[Musrenbang], dict[str, dict[str, Any]]] | None = None
    nomor_isi: Callable[[dict[str, Any]], str] | None = None
    sekali: bool = False
    pokok: bool = False
    belum: str = words("RKP Kecamatan belum ditetapkan, jadi dokumen ini belum dapat dibuat.")

    def is_over(self, tahap: str) -> bool:
        """Tell whether what such a paper announces has come: it stays as it went out, whatever the facts say since."""
        return self.nomor is not None and is_past(tahap, self.nomor.sampai)


def decimal_of(text: str | None) -> Decimal | None:
    """Return a volume that a document keeps as decimal text."""
    return Decimal(text) if text else None


def figure_of(text: str | None) -> Decimal | None:
    """Return the number that a document keeps as people here write it (``1.250,5``), for a spreadsheet."""
    return Decimal(text.replace(".", "").replace(",", ".")) if text else None


def today(musrenbang: Musrenbang) -> date:
    """Return today's date in the time zone of the kabupaten."""
    return timezone.localdate(timezone=musrenbang.kecamatan.kabupaten.tz)


def meeting_day(musrenbang: Musrenbang) -> date | None:
    """Return the day of the meeting, which its record and the lists of the day bear."""
    return musrenbang.tanggal
