"""What a work is given by programmes, against what it costs, in numbers and words. Pure."""

from dataclasses import dataclass

from musrenbang import format as tulis

PENUH, SEBAGIAN, TANPA = "penuh", "sebagian", ""


@dataclass(frozen=True)
class Dana:
    """The money outcome of a work, whole rupiah: its cost (None: unknown), what it is given, by which programme.

    ``banyak`` is the number of programmes; more than one is told in the words.
    """

    biaya: int | None
    jumlah: int = 0
    program: str = ""
    banyak: int = 0

    @property
    def keadaan(self) -> str:
        """``penuh`` when programmes cover the cost, ``sebagian`` when they cover a part, else blank."""
        if not self.jumlah:
            return TANPA
        return PENUH if self.biaya is None or self.jumlah >= self.biaya else SEBAGIAN

    @property
    def sisa(self) -> int | None:
        """What is left to be paid by others, in rupiah; None while the cost is unknown."""
        return None if self.biaya is None else max(self.biaya - self.jumlah, 0)

    @property
    def nama(self) -> str:
        """The programme, and how many others there are."""
        return f"{self.program} dan {self.banyak - 1} program lain" if self.banyak > 1 else self.program

    @property
    def kalimat(self) -> str:
        """The outcome in a sentence without its full stop; blank for a work that no programme pays."""
        if self.keadaan == PENUH:
            return f"Didanai {self.nama}, {tulis.rupiah(self.jumlah)}"
        if self.keadaan == SEBAGIAN:
            return f"Didanai sebagian {self.nama}, {tulis.rupiah(self.jumlah)}; sisanya {tulis.rupiah(self.sisa)}"
        return ""

    def as_data(self) -> dict[str, str | int | None]:
        """Return the outcome for documents, spreadsheets and open data: programme, rupiah, full or part, the words."""
        return {
            "dana_program": self.nama,
            "dana_rp": self.jumlah,
            "dana_keadaan": self.keadaan,
            "dana": self.kalimat,
        }
