"""Funding in the order of rank under a pagu. Pure. Whole rupiah throughout."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from musrenbang.sebutan import sebutan
from rkp.prioritas.hitung.masukan import Calon, Daftar, Masukan
from rkp.prioritas.hitung.peringkat import Peringkat, as_text


@dataclass(frozen=True)
class Pendanaan:
    """What a work gets and why. ``sisa_sesudah`` is what is left of the whole pagu after it."""

    kode: str
    biaya: int
    didanai: int
    status: str
    sisa_sesudah: int
    sebab: str


class _Kas:
    """What is left while the lists are walked: of the pagu, of the list's share, and of the quotas."""

    def __init__(self, masukan: Masukan, peringkat: list[Peringkat]) -> None:
        self.masukan = masukan
        self.sisa = masukan.pagu
        self.batas = 0
        self.berhenti_di = ""
        self.per_desa: Counter[str] = Counter()
        self.per_tema: Counter[str] = Counter()
        self.tersedia = Counter(p.calon.tema for p in peringkat if not self.blocked(p))

    def open(self, daftar: Daftar) -> None:
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
            return f"kuota {sebutan.desa} sudah terpakai ({quota.desa} kegiatan)"
        if quota.kecamatan is None:
            return ""
        vacant = quota.kecamatan - self.per_tema.total()
        if vacant <= 0:
            return f"kuota {sebutan.kecamatan} sudah terpakai ({quota.kecamatan} kegiatan)"
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


def fund(masukan: Masukan, peringkat: list[Peringkat]) -> list[Pendanaan]:
    """Fund lists one after another (SPP first, pnpm.md 1.6), each in its order and within its share.

    ``berhenti`` stops at the first work that does not fit, ``lewati`` goes on to lower ones that do, ``parsial``
    gives the first misfit what is left and stops (pnpm.md 1.7). Works that may not be funded at all, or for which a
    quota leaves no room, are passed over and do not stop anything.
    """
    cash, result = _Kas(masukan, peringkat), []
    for listing in masukan.daftar:
        cash.open(listing)
        for p in peringkat:
            if p.calon.daftar == listing.kode:
                result.append(_fund_one(cash, p))
                cash.tersedia[p.calon.tema] -= not cash.blocked(p)
    return result


def list_money(data: dict[str, Any], hasil: dict[str, Any]) -> dict[str, int]:
    """Return what each list had to give, in rupiah: its share of the pagu, never more than the lists before it left.

    ``data`` is a published input, ``hasil`` its result; a line of the pagu in a list is this amount, not the whole.
    """
    pagu, funded = data["skema"]["pagu"], {p["kode"]: p["didanai"] for p in hasil["pendanaan"]}
    remainder, money = pagu, {}
    for d in sorted(data["skema"].get("daftar") or [{"kode": "", "urut": 1}], key=lambda d: (d["urut"], d["kode"])):
        share = d.get("porsi_maks")
        money[d["kode"]] = remainder if share is None else min(remainder, int(pagu * Fraction(str(share))))
        remainder -= sum(funded[p["kode"]] for p in hasil["peringkat"] if p["daftar"] == d["kode"])
    return money


def _fund_one(kas: _Kas, p: Peringkat) -> Pendanaan:
    calon = p.calon
    hurdle = kas.blocked(p) or kas.over_quota(calon)
    if hurdle:
        return Pendanaan(calon.kode, calon.biaya, 0, "tidak_didanai", kas.sisa, hurdle)
    if kas.berhenti_di and not calon.didahulukan:
        return Pendanaan(
            calon.kode, calon.biaya, 0, "tidak_didanai", kas.sisa, f"pendanaan berhenti di {kas.berhenti_di}"
        )
    needed = calon.biaya if calon.disetujui is None else calon.disetujui
    if needed <= kas.batas:
        kas.pay(calon, needed)
        status = "didanai" if needed == calon.biaya else "didanai_sebagian"
        return Pendanaan(calon.kode, calon.biaya, needed, status, kas.sisa, _why(p, needed))
    return _misfit(kas, calon, needed)


def _misfit(kas: _Kas, calon: Calon, perlu: int) -> Pendanaan:
    given, missing = 0, f"perlu {_rp(perlu)}, tersisa {_rp(kas.batas)}"
    if kas.batas < kas.sisa:
        missing += " dari batas daftar ini"
    if kas.masukan.kebijakan == "parsial" and kas.batas > 0 and not kas.berhenti_di:
        given, missing = kas.batas, f"{missing}; diberi sisanya"
        kas.pay(calon, given)
    if kas.masukan.kebijakan != "lewati":
        kas.berhenti_di = kas.berhenti_di or calon.kode
    return Pendanaan(calon.kode, calon.biaya, given, "didanai_sebagian" if given else "tidak_muat", kas.sisa, missing)


def _why(p: Peringkat, perlu: int) -> str:
    if p.calon.didahulukan:
        return f"peringkat {p.peringkat}, didahulukan: {p.calon.didahulukan}"
    if perlu < p.calon.biaya:
        return f"peringkat {p.peringkat}, disetujui {_rp(perlu)} dari {_rp(p.calon.biaya)}: {p.calon.alasan}"
    return f"peringkat {p.peringkat}, muat dalam pagu"


def _id(angka: str) -> str:
    return angka.replace(".", ",")


def _rp(nilai: int) -> str:
    return "Rp " + f"{nilai:,}".replace(",", ".")
