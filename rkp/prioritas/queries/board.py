"""The ranking page: the exact input, the ranked list with the pagu line, and what is still missing."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from rkp.models import Kegiatan, UsulanKelompok
from rkp.prioritas.engine.errors import BadInput
from rkp.prioritas.engine.funding import list_money
from rkp.prioritas.engine.pb import pb_fault
from rkp.prioritas.engine.published import preview
from rkp.prioritas.models import Nilai, Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.queries.candidates import Peserta, list_peserta
from rkp.prioritas.queries.input import Incomplete, build_input, kriteria_of
from rkp.prioritas.rules import PEMECAH

STATUS_DANA = {
    "didanai": "Didanai",
    "didanai_sebagian": "Didanai sebagian",
    "tidak_muat": "Tidak muat",
    "tidak_didanai": "Tidak didanai",
}


def scoring_started(musrenbang: Musrenbang) -> bool:
    """Tell whether a group has scored, or a ranking is open: the criteria no longer change then."""
    judged = UsulanKelompok.objects.filter(kelompok__musrenbang=musrenbang).exclude(nilai={})
    nilai = Nilai.objects.filter(calon__pemeringkatan__musrenbang=musrenbang)
    opened = Pemeringkatan.objects.filter(musrenbang=musrenbang, aturan__metode__in=["skor", "saw"])
    return opened.exists() or judged.exists() or nilai.exists()


def uses_group_scores(musrenbang: Musrenbang) -> bool:
    """Tell whether a ranking of the event starts from the groups' scores; yes while none was opened (one query)."""
    opened = list(Pemeringkatan.objects.filter(musrenbang=musrenbang).values_list("aturan__metode", flat=True))
    return not opened or any(method in {"skor", "saw"} for method in opened)


@dataclass(frozen=True)
class BarisPeringkat:
    """One line of the result: place, score, money and why; ``garis`` marks the line after which nothing is funded.

    ``batas``: the rupiah that its list had, which that line stands for. ``karena``: the rule that placed it, in words.
    ``menunggu``: the meeting has to decide a tie that it is part of.
    """

    isi: Kegiatan
    calon: Any
    kode: str
    daftar: str
    peringkat: int
    skor: str
    seri_dengan: list[str]
    biaya: int
    didanai: int
    status: str
    sisa_sesudah: int
    sebab: str
    garis: bool
    batas: int
    karena: str = ""
    menunggu: bool = False


@dataclass
class Board:
    """A ranking with its candidates, the result as far as it can be made, open ties, and what is missing.

    ``seri``: tied works whose order the meeting must decide, and then the result is provisional; ``bebas``: those that
    may share their rank. ``sebagian``: only the lists that are settled, others are still to be voted on.
    ``karena``: {code: the rule that placed it}.
    """

    pemeringkatan: Pemeringkatan
    peserta: list[Peserta]
    belum: int = 0
    seri: list[list[str]] = field(default_factory=list)
    bebas: list[list[str]] = field(default_factory=list)
    karena: dict[str, str] = field(default_factory=dict)
    masukan: dict[str, Any] | None = None
    hasil: dict[str, Any] | None = None
    galat: str = ""
    sebagian: bool = False

    @property
    def sementara(self) -> bool:
        """Whether the order may still change by what the meeting decides."""
        return bool(self.seri) or self.sebagian

    @property
    def final(self) -> dict[str, Any] | None:
        """The result once nothing is left for the meeting to decide, else None."""
        return None if self.sementara else self.hasil

    @property
    def pb(self) -> list[tuple[str, str, str]]:
        """The lists with why each cannot be given out as .pb, blank where it can: (code, name, why not)."""
        if self.masukan is None:
            return []
        listing = self.pemeringkatan.aturan["daftar"]
        return [(d["kode"], d["nama"], pb_fault(self.masukan, self.final, d["kode"])) for d in listing]

    @property
    def terbuka(self) -> list[list[str]]:
        """Every group of works that nothing tells apart yet."""
        return [*self.seri, *self.bebas]

    @property
    def keyed_by_code(self) -> dict[str, Peserta]:
        """Candidates by the code they have in the input."""
        return {p.kode: p for p in self.peserta}

    @property
    def layak(self) -> list[Peserta]:
        """Those that may compete."""
        return [p for p in self.peserta if p.layak]

    @property
    def gugur(self) -> list[Peserta]:
        """Those that a rule blocks, but for those that are ranked all the same (on a ballot before the rule stood)."""
        take_part = {u["kode"] for u in self.masukan["usulan"]} if self.masukan else set()
        return [p for p in self.peserta if not p.layak and p.kode not in take_part]

    @property
    def daftar(self) -> list[tuple[str, list[BarisPeringkat]]]:
        """The result list by list: (name, lines)."""
        nama = [(d["kode"], d["nama"]) for d in self.pemeringkatan.aturan["daftar"]]
        everything = self.urutan
        return [(n, own) for kode, n in nama if (own := [u for u in everything if u.daftar == kode])]

    @property
    def urutan(self) -> list[BarisPeringkat]:
        """All lines of the result, list after list in the order of rank."""
        return ranked(self.hasil, self.keyed_by_code, self) if self.hasil else []


def ranked(result: dict[str, Any], by_code: dict[str, Peserta], board: Board) -> list[BarisPeringkat]:
    """Join a result with its rows, in rank order."""
    words, waiting = _rule_words(board.pemeringkatan), {k for one in board.seri for k in one}
    dana = {p["kode"]: p for p in result["pendanaan"]}
    funded_ones = [p for p in result["peringkat"] if dana[p["kode"]]["didanai"]]
    end = {p["daftar"]: p["kode"] for p in funded_ones}
    count = Counter(p["daftar"] for p in result["peringkat"])
    money = list_money(board.masukan or {}, result)
    full = {d for d in end if count[d] == sum(p["daftar"] == d for p in funded_ones)}
    return [
        BarisPeringkat(
            isi=by_code[p["kode"]].isi,
            calon=by_code[p["kode"]].calon,
            garis=end.get(p["daftar"]) == p["kode"] and p["daftar"] not in full,
            batas=money[p["daftar"]],
            karena=words.get(board.karena.get(p["kode"], ""), ""),
            menunggu=p["kode"] in waiting,
            **{**p, **dana[p["kode"]]},
        )
        for p in result["peringkat"]
    ]


def pb_place(musrenbang: Musrenbang) -> dict[str, str]:
    """Where and when a vote was, as a .pb file tells it."""
    day = f"{musrenbang.tanggal:%d.%m.%Y}" if musrenbang.tanggal else str(musrenbang.tahun_pelaksanaan)
    unit = f"{sebutan.Kecamatan} {musrenbang.kecamatan.nama}, {musrenbang.kecamatan.kabupaten.nama}"
    return {"unit": unit, "instance": str(musrenbang.tahun_rencana), "date_begin": day, "date_end": day}


def _rule_words(pemeringkatan: Pemeringkatan) -> dict[str, str]:
    """What placed a work, in words: its score, a link of the written chain, or nothing yet."""
    nilai = {"suara": "jumlah suara", "urutan": "urutan musyawarah"}.get(pemeringkatan.aturan["metode"], "skor")
    kriteria = {k["kode"]: f"skor sama, lalu {k['nama'].lower()}" for k in kriteria_of(pemeringkatan)}
    rantai = {k: f"skor sama, lalu {words}" for k, words in PEMECAH.items()}
    return rantai | kriteria | {"nilai": nilai, "seri": "skor sama, berbagi peringkat"}


def board(pemeringkatan: Pemeringkatan) -> Board:
    """Return the ranking page's data; a fixed ranking shows what was fixed, an open one what would come out now."""
    boards = Board(pemeringkatan, list_peserta(pemeringkatan))
    if pemeringkatan.status == StatusPemeringkatan.DITETAPKAN:
        boards.masukan, boards.hasil = pemeringkatan.masukan, pemeringkatan.hasil
        boards.karena = preview(boards.masukan).karena if boards.masukan else {}
        return boards
    kriteria = {k["kode"] for k in kriteria_of(pemeringkatan)}
    boards.belum = sum(bool(kriteria - set(p.nilai)) for p in boards.layak)
    if not boards.layak or boards.belum:
        return boards
    try:
        _compute(boards)
    except Incomplete as error:
        boards.galat = str(error)
        with suppress(BadInput):
            _compute(boards, some=True)
    except BadInput as failure:
        boards.galat = str(failure)
    return boards


def _compute(board: Board, *, some: bool = False) -> None:
    """Fill in what comes out now; of a ranking that is still voted on what its settled lists give, if there are any."""
    input_data = build_input(board.pemeringkatan, board.peserta, some=some)
    if some and not input_data["usulan"]:
        return
    current = preview(input_data)
    board.masukan, board.hasil, board.karena = input_data, current.hasil, current.karena
    board.seri, board.bebas, board.sebagian = current.diputus, current.bebas, some
