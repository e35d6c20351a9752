"""Funding in the order of rank under a pagu. Pure. Whole rupiah throughout."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rkp.prioritas.engine.input import Calon, Listing, RankingInput
from rkp.prioritas.engine.peringkat import Peringkat, as_text


@dataclass(frozen=True)
class Funding:
    """What a work gets and why. ``sisa_sesudah`` is what is left of the whole pagu after it."""

    kode: str
    biaya: int
    didanai: int
    status: str
    sisa_sesudah: int
    sebab: str


class _Cash:
    """What is left while the lists are walked: of the pagu, of the list's share, and of the quotas."""

    def __init__(self, masukan: RankingInput, peringkat: list[Peringkat]) -> None:
        self.masukan = masukan
        self.sisa = masukan.pagu
        self.batas = 0
        self.berhenti_di = ""
        self.per_desa: Counter[str] = Counter()
        self.per_tema: Counter[str] = Counter()
        self.tersedia = Counter(p.calon.tema for p in peringkat if not self.blocked(p))

    def open(self, daftar: Listing) -> None:
        """Begin a list: its share is counted from the whole pagu, never more than what is left."""
        self.berhenti_di = ""
        self.batas = self.sisa
        if daftar.porsi_maks is not None:
            self.batas = min(self.sisa, int(self.masukan.pagu * daftar.porsi_maks))

    def blocked(self, p: Peringkat) -> str:
        """Why a work gets nothing whatever is left: an obstacle of its own, or a score under the threshold."""
        threshold = self.masukan.ambang
        if p.calon.halangan:
            return p.calon.halangan
        if threshold is not None and self.masukan.metode != "urutan" and p.nilai < threshold:
            return f"skor {_id(p.skor)} di bawah ambang {_id(as_text(threshold))}"
        return ""

    def over_quota(self, calon: Calon) -> str:
        """Why the quotas leave no room for a work; places are kept for themes that lack their share."""
        quota = self.masukan.kuota
        if quota.desa is not None and any(self.per_desa[d] >= quota.desa for d in calon.tempat):
            return f"kuota desa sudah terpakai ({quota.desa} kegiatan)"
        if quota.kecamatan is None:
            return ""
        vacant = quota.kecamatan - self.per_tema.total()
        if vacant <= 0:
            return f"kuota kecamatan sudah terpakai ({quota.kecamatan} kegiatan)"
        for_others = sum(
            min(max(at_least - self.per_tema[tema], 0), self.tersedia[tema])
            for tema, at_least in quota.tema.items()
            if tema != calon.tema
        )
        return f"sisa kuota ({vacant}) disimpan untuk tema yang belum mencapai porsinya" if vacant <= for_others else ""

    def pay(self, calon: Calon, jumlah: int) -> None:
        """Take the amount off pagu, share and quotas."""
        self.batas -= jumlah
        self.sisa -= jumlah
        self.per_desa.update(calon.tempat)
        self.per_tema[calon.tema] += 1


def fund(input_data: RankingInput, peringkat: list[Peringkat]) -> list[Funding]:
    """Fund lists one after another (SPP first, pnpm.md 1.6), each in its order and within its share.

    ``berhenti`` stops at the first work that does not fit, ``lewati`` goes on to lower ones that do, ``parsial``
    gives the first misfit what is left and stops (pnpm.md 1.7). Works that may not be funded at all, or for which a
    quota leaves no room, are passed over and do not stop anything.
    """
    cash, result = _Cash(input_data, peringkat), []
    for listing in input_data.daftar:
        cash.open(listing)
        for p in peringkat:
            if p.calon.daftar == listing.kode:
                result.append(_fund_one(cash, p))
                cash.tersedia[p.calon.tema] -= not cash.blocked(p)
    return result


def list_money(data: dict[str, Any], result: dict[str, Any]) -> dict[str, int]:
    """Return what each list had to give, in rupiah: its share of the pagu, never more than the lists before it left.

    ``data`` is a published input, ``result`` its result; a line of the pagu in a list is this amount, not the whole.
    """
    pagu, funded = data["skema"]["pagu"], {p["kode"]: p["didanai"] for p in result["pendanaan"]}
    remainder, money = pagu, {}
    for d in sorted(data["skema"].get("daftar") or [{"kode": "", "urut": 1}], key=lambda d: (d["urut"], d["kode"])):
        share = d.get("porsi_maks")
        money[d["kode"]] = remainder if share is None else min(remainder, int(pagu * Fraction(str(share))))
        remainder -= sum(funded[p["kode"]] for p in result["peringkat"] if p["daftar"] == d["kode"])
    return money


def _fund_one(cash: _Cash, p: Peringkat) -> Funding:
    calon = p.calon
    hurdle = cash.blocked(p) or cash.over_quota(calon)
    if hurdle:
        return Funding(calon.kode, calon.biaya, 0, "tidak_didanai", cash.sisa, hurdle)
    if cash.berhenti_di and not calon.didahulukan:
        return Funding(
            calon.kode, calon.biaya, 0, "tidak_didanai", cash.sisa, f"pendanaan berhenti di {cash.berhenti_di}"
        )
    needed = calon.biaya if calon.disetujui is None else calon.disetujui
    if needed <= cash.batas:
        cash.pay(calon, needed)
        status = "didanai" if needed == calon.biaya else "didanai_sebagian"
        return Funding(calon.kode, calon.biaya, needed, status, cash.sisa, _why(p, needed))
    return _misfit(cash, calon, needed)


def _misfit(cash: _Cash, calon: Calon, needed: int) -> Funding:
    given, missing = 0, f"perlu {_rupiah(needed)}, tersisa {_rupiah(cash.batas)}"
    if cash.batas < cash.sisa:
        missing += " dari batas daftar ini"
    if cash.masukan.kebijakan == "parsial" and cash.batas > 0 and not cash.berhenti_di:
        given, missing = cash.batas, f"{missing}; diberi sisanya"
        cash.pay(calon, given)
    if cash.masukan.kebijakan != "lewati":
        cash.berhenti_di = cash.berhenti_di or calon.kode
    return Funding(calon.kode, calon.biaya, given, "didanai_sebagian" if given else "tidak_muat", cash.sisa, missing)


def _why(p: Peringkat, needed: int) -> str:
    if p.calon.didahulukan:
        return f"peringkat {p.peringkat}, didahulukan: {p.calon.didahulukan}"
    if needed < p.calon.biaya:
        return f"peringkat {p.peringkat}, disetujui {_rupiah(needed)} dari {_rupiah(p.calon.biaya)}: {p.calon.alasan}"
    return f"peringkat {p.peringkat}, muat dalam pagu"


def _id(figure: str) -> str:
    return figure.replace(".", ",")


def _rupiah(nilai: int) -> str:
    """As 1.0.0 wrote it: a result that was fixed then must come out again letter by letter (``rewrite_rupiah``)."""
    return "Rp " + f"{nilai:,}".replace(",", ".")
