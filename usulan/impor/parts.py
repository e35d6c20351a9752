"""What a row is made of before it becomes a proposal."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class DesaRead:
    """Whose a row is (``kode``, see ``owner``), the words in the file, and whether a person should look at it.

    ``asal`` says where it comes from when the row itself does not hold it; ``tanya`` the question when it is unknown.
    ``bobot`` are the weights of several desa, where the text says them.
    """

    kode: str | None
    teks: str | None
    ragu: bool = False
    asal: str | None = None
    tanya: str | None = None
    sebab: str | None = None
    bobot: dict[str, int] | None = None


@dataclass(frozen=True)
class Covering:
    """What a row stands under: bidang and where that comes from, dusun of the group, heading above bullets."""

    bidang: str | None = None
    asal_bidang: str | None = None
    dusun: str | None = None
    kepala: str | None = None


@dataclass
class Content:
    """The fields of one row, or of one part of it, before they become a proposal."""

    kegiatan: str | None
    lokasi: str | None
    volume: Any
    satuan: str | None
    biaya: Any
    catatan: list[str] = field(default_factory=list)
    saran: dict[str, str] = field(default_factory=dict)
