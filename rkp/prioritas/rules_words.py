"""Rules of a ranking in the words of a paper: what a changed one is called, what it was and became; pure."""

import re
from ast import literal_eval
from typing import Any

from musrenbang import format as tulis
from musrenbang.sebutan import DANA_SETEMPAT, fund, translate
from rkp.prioritas.rules import ATURAN, PEMECAH

NAMA_LAIN = {"nama": "Nama program", "pagu": "Pagu", "dasar_hukum": "Dasar hukum"}
TAK_DIISI = "tidak diisi"
RUJUKAN = re.compile(r"\s*\((?:(?:KEC|MPD|P2S)-\d+|BIAYA|DILEWATI|JENIS|MILIK|SUMBER)\)")
"""Ids of our own rules behind a sentence: pages show them to who asks for the source, no paper does."""
BERHENTI = re.compile(r"^(pendanaan berhenti di )(?=\d+$)")
"""The result of a ranking names a work by its number in the plan; it is sealed, so the words are added when read."""
DANA = re.compile("|".join(map(re.escape, sorted(DANA_SETEMPAT, key=len, reverse=True))))
"""Sources of money by the names that rules and results know them by; people read what their place calls them."""


def plain_reason(sentence: str) -> str:
    """Return why a work may not compete or was not funded, without ids of rules, in words and amounts of here."""
    sentence = DANA.sub(lambda source: fund(source[0]), sentence)
    return translate(tulis.rewrite_rupiah(BERHENTI.sub(r"\1No. RKP ", RUJUKAN.sub("", sentence))))


def rule_change(
    kode: str, semula: str | None, became: str | None, *, names: dict[str, str] | None = None
) -> dict[str, str]:
    """Return a changed rule as a paper says it; both values are text as the trail keeps them.

    ``names``: what the criteria are called, by the code that a chain of tie-breakers uses for them.
    """
    nama = NAMA_LAIN.get(kode) or (ATURAN[kode].label if kode in ATURAN else "Aturan lain")
    return {"nama": nama, "semula": _words(kode, semula, names), "menjadi": _words(kode, became, names)}


def _words(kode: str, text: str | None, names: dict[str, str] | None) -> str:
    if text in {None, "", "None", "[]"}:
        return TAK_DIISI
    assert text is not None
    jenis = "rupiah" if kode == "pagu" else ATURAN[kode].jenis if kode in ATURAN else "teks"
    if jenis in {"urut", "baris", "matriks"}:
        return _listed(_read(text), names or {})
    if jenis == "pilihan":
        return (ATURAN[kode].pilihan or {}).get(text, text)
    if jenis == "ya":
        return "ya" if text == "True" else "tidak"
    if jenis == "rupiah" and text.isdigit():
        return tulis.rupiah(int(text))
    return text.replace(".", ",") if jenis in {"desimal", "porsi", "bulat"} else text


def _read(text: str) -> list[Any]:
    try:
        content = literal_eval(text)
    except (ValueError, SyntaxError):  # kept by an older release in another way
        return []
    return content if isinstance(content, list) else [content]


def _listed(isi: list[Any], names: dict[str, str]) -> str:
    return "; ".join(_item(x, names) for x in isi) or "daftar lain"


def _item(x: Any, names: dict[str, str]) -> str:
    if isinstance(x, dict):
        sebutan = x.get("nama") or x.get("teks") or x.get("tema") or "semua kegiatan"
        figure = next((x[k] for k in ("bobot", "porsi", "porsi_maks", "banyak", "batas", "pilihan") if x.get(k)), None)
        return f"{sebutan} ({str(figure).replace('.', ',')})" if figure is not None else str(sebutan)
    if isinstance(x, list):
        return " : ".join(str(y).replace(".", ",") for y in x)
    return names.get(str(x), "").lower() or PEMECAH.get(str(x), fund(str(x)))
