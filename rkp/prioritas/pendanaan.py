"""Funding in the order of rank under a pagu. Pure. Whole rupiah throughout."""

from dataclasses import dataclass

from rkp.prioritas.masukan import Masukan
from rkp.prioritas.peringkat import Peringkat


@dataclass(frozen=True)
class Pendanaan:
    """What a work gets and why. ``sisa_sesudah`` is what is left of the whole pagu after it."""

    kode: str
    biaya: int
    didanai: int
    status: str
    sisa_sesudah: int
    sebab: str


def fund(masukan: Masukan, peringkat: list[Peringkat]) -> list[Pendanaan]:
    """Fund lists one after another (SPP first, pnpm.md 1.6), each in its order and within its share.

    ``berhenti`` stops at the first work that does not fit, ``lewati`` goes on to lower ones that do, ``parsial``
    gives the first misfit what is left and stops (pnpm.md 1.7).
    """
    sisa = masukan.pagu
    hasil: list[Pendanaan] = []
    for daftar in masukan.daftar:
        batas = sisa
        if daftar.porsi_maks is not None:
            batas = min(sisa, int(masukan.pagu * daftar.porsi_maks))
        berhenti_di = ""
        for p in (p for p in peringkat if p.calon.daftar == daftar.kode):
            satu = _fund_one(p, masukan.kebijakan, batas, sisa, berhenti_di)
            if satu.status in {"tidak_muat", "didanai_sebagian"} and masukan.kebijakan != "lewati":
                berhenti_di = berhenti_di or satu.kode
            batas -= satu.didanai
            sisa -= satu.didanai
            hasil.append(satu)
    return hasil


def _fund_one(p: Peringkat, kebijakan: str, batas: int, sisa: int, berhenti_di: str) -> Pendanaan:
    kode, biaya = p.calon.kode, p.calon.biaya
    if berhenti_di:
        return Pendanaan(kode, biaya, 0, "tidak_didanai", sisa, f"pendanaan berhenti di {berhenti_di}")
    if biaya <= batas:
        return Pendanaan(kode, biaya, biaya, "didanai", sisa - biaya, f"peringkat {p.peringkat}, muat dalam pagu")
    kurang = f"perlu {_rp(biaya)}, tersisa {_rp(batas)}"
    if kebijakan == "parsial" and batas > 0:
        return Pendanaan(kode, biaya, batas, "didanai_sebagian", sisa - batas, f"{kurang}; diberi sisanya")
    return Pendanaan(kode, biaya, 0, "tidak_muat", sisa, kurang)


def _rp(nilai: int) -> str:
    return "Rp " + f"{nilai:,}".replace(",", ".")
