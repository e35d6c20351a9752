"""Whether a work's unit price lies in the band of the kamus usulan. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from usulan.impor.results import normal


@dataclass(frozen=True)
class StandardPrice:
    """A standard work: name, unit, and the lowest and highest unit price in rupiah (None: no limit)."""

    nama: str
    satuan: str
    harga_min: int | None
    harga_maks: int | None

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its name."""
        return _words(self.nama)

    @cached_property
    def unit(self) -> str:
        """Its unit as units are compared."""
        return normal(self.satuan)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))


def find_standard(kegiatan: str, satuan: str, dictionary: Iterable[StandardPrice]) -> StandardPrice | None:
    """Return the standard work whose words all stand in the title, with the same unit; of several the longest."""
    words, unit = _words(kegiatan), normal(satuan)
    fits = [b for b in dictionary if b.unit == unit and b.words <= words]
    return max(fits, key=lambda b: (len(b.nama), b.nama), default=None)


def outside_band(biaya: int | None, volume: Decimal | None, standard: StandardPrice | None) -> tuple[int, str] | None:
    """Return (unit price in rupiah, "di bawah" or "di atas") when it is outside the band; None inside or unknown."""
    if standard is None or not biaya or not volume:
        return None
    price = int((Decimal(biaya) / volume).to_integral_value())
    if standard.harga_min is not None and price < standard.harga_min:
        return price, "di bawah"
    if standard.harga_maks is not None and price > standard.harga_maks:
        return price, "di atas"
    return None
