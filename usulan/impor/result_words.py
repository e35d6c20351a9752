"""What words say of a step of last year's result: yes, partly, no, or nothing that counts. Pure.

What is doubted ("belum diketahui apakah ..."), asked ("?") or only hoped for ("akan didanai") says nothing.
"""

import re
from decimal import Decimal

KATA_YA = {
    "disepakati": r"\b(di ?sepakati|sepakat|di ?setujui|setuju|(ter|di)? ?akomod\w+|di ?terima|di ?tetapkan|lolos)\b",
    "didanai": r"\b(di ?danai|ter ?danai|(di|ter) ?biayai|di ?anggarkan|ter ?anggar\w*|"
    r"masuk (apbd\w*|dpa|renja|rkpd|rka)|dapat dana)\b",
    "terlaksana": r"\b(ter ?laksana\w*|di ?laksanakan|(ter?|di) ?realisasi\w*|ter ?bangun|di ?bangun|di ?kerjakan|"
    r"selesai|rampung)\b",
}
KATA_TOLAK = {
    "disepakati": r"\b(di ?tolak|menolak|tolak)\b",
    "didanai": r"(?!)",
    "terlaksana": r"\b(gagal lelang|batal)\b",
}
TIDAK = re.compile(r"\b(tidak|tdk|tak|belum|blm|bukan)\b")
SEBAGIAN = re.compile(
    r"\b(sebagian|sebahagian|separuh|setengah|parsial|bertahap|dalam proses|sedang|on ?progress|lanjutan|hampir|"
    r"nyaris|(tidak|tdk|tak|belum|blm) (seluruh\w*|semua\w*|sepenuh\w*|tuntas))\b"
)
TIDAK_TAHU = re.compile(
    r"\?|\b(apakah|(tidak|tdk|tak|belum|blm) (di ?ketahui|jelas|tahu|pasti|(ada|dapat) "
    r"(data|info\w*|kabar|kejelasan|kepastian|keterangan)))\b|"
    r"\b(tidak|tdk|tak|belum|blm) (?!seluruh|semua|sepenuh)\w.*\b(seluruh|semua|sepenuh)\w*"
)
"""A clause that says that it does not know, or of which nobody knows whether "not all" or "none" is meant."""
KELAK = re.compile(r"\b(akan|menunggu|menanti|(di)?rencana(nya|kan)?|diusulkan|diharapkan)( \w+)? ?$")
"""What stands before a step that is only hoped for."""
PERSEN = re.compile(r"(\d+(?:[.,]\d+)?) ?(?:%|persen\b)")


def steps_said(clause: str, allowed: tuple[str, ...]) -> dict[str, str | None]:
    """Return what a clause in small letters says of each step of ``allowed`` that it names; None: nothing."""
    if TIDAK_TAHU.search(clause):
        return {}
    named = [n for n in allowed if re.search(KATA_YA[n], clause) or re.search(KATA_TOLAK[n], clause)]
    return {n: _said(n, clause) for n in named}


def _said(step: str, clause: str) -> str | None:
    """Return what a clause says of a step; None where it only hopes for it, or says that it was not refused."""
    refused = re.search(KATA_TOLAK[step], clause)
    named = refused or re.search(KATA_YA[step], clause)
    if named is None:
        return None
    before = clause[: named.start()]
    no = TIDAK.search(before)
    if refused:
        return None if no else "tidak"
    if no is None and KELAK.search(before):
        return None
    percent = PERSEN.search(clause)
    if percent and not re.fullmatch(r"0+(?:[.,]0+)?", percent[1]):
        return "ya" if Decimal(percent[1].replace(",", ".")) >= 100 and no is None else "sebagian"
    if SEBAGIAN.search(clause):
        return "sebagian"
    return "tidak" if no or percent else "ya"
