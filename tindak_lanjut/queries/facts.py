"""What the villages are told, as leaves of the event's record that fit, with their proof, into one QR code."""

from typing import Any

from musrenbang.jangkar.leaves import fact_text
from musrenbang.models import Desa, Musrenbang
from musrenbang.sebutan import BAKU, use
from tindak_lanjut.queries.kabar import News, village_digest

ISI_MAKS, NAMA_MAKS, HASIL_MAKS = 440, 64, 90
"""Bytes of one leaf, and letters of the name of a work and of what became of it."""


@use(BAKU)  # a fact of the record says the same whatever the place is called
def village_facts(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Return, desa by desa, its proposals in as few leaves as their size allows.

    Each proposal is [number, name, volume, rupiah, outcome]: volume and rupiah as the plan has them, of a proposal
    that the plan does not hold as the desa asked.
    """
    all_rows = list(musrenbang.kecamatan.desa_set.order_by("kode"))
    news = village_digest(musrenbang, all_rows)
    return [f for d in all_rows if d.pk in news for f in _leaves(musrenbang, d, [_line(k) for k in news[d.pk]])]


def _line(k: News) -> list[Any]:
    volume, biaya = k.ukuran
    result = f"{k.hasil}. {k.dana}" if k.dana else k.hasil
    return [k.usulan.nomor, _cut(k.usulan.kegiatan, NAMA_MAKS), volume, biaya, _cut(result, HASIL_MAKS)]


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _leaves(musrenbang: Musrenbang, desa: Desa, baris: list[list[Any]]) -> list[dict[str, Any]]:
    head = {"j": "kabar", "kec": musrenbang.kecamatan.nama, "desa": desa.nama, "tahun": musrenbang.tahun_rencana}
    lembar: list[list[list[Any]]] = [[]]
    for b in baris:
        if lembar[-1] and len(fact_text(head | {"u": [*lembar[-1], b]}).encode()) > ISI_MAKS:
            lembar.append([])
        lembar[-1].append(b)
    return [head | {"u": u} for u in lembar]
