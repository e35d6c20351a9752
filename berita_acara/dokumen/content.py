"""Documents as data: each function returns JSON-safe content that a template prints and a test can read."""

import json
from typing import Any

from django.utils.functional import Promise

from berita_acara.dokumen import sidang
from berita_acara.dokumen.letter_head import head_of
from delegasi.cetakan import daftar_delegasi
from musrenbang.models import Musrenbang
from musrenbang.nomor import ROMAWI
from musrenbang.sebutan import use
from musrenbang.sidang.cetakan import daftar_hadir, notulen
from musrenbang.sidang.queries.kehadiran import check_kuorum
from musrenbang.sidang.queries.sesi import sitting_data
from musrenbang.transisi import Refused
from rkp.cetakan import belum_disepakati, hasil_kelompok, prioritas_skpd, required_versi
from rkp.prioritas.cetakan import prioritas_program
from rkp.queries.baris import version_rows
from rkp.queries.sums import summary


def berita_acara(musrenbang: Musrenbang, *, ranked: bool = True) -> dict[str, Any]:
    """The whole Berita Acara with its attachments, in the words of its place. Raises Refused while a part is missing.

    ``ranked=False``: without the ranking, to lay out the rest before it is fixed.
    """
    with use(musrenbang.sebutan):
        return _berita_acara(musrenbang, ranked=ranked)


def _berita_acara(musrenbang: Musrenbang, *, ranked: bool) -> dict[str, Any]:
    versi = required_versi(musrenbang)
    content = {
        "rkp": {
            "versi": versi.nomor,
            "sha256": versi.sha256,
            "alasan": versi.alasan,
            "ringkasan": [
                {"keputusan": r["keputusan"].label, "n": r["n"], "rp": r["rp"]}
                for r in summary(version_rows(versi))
                if r["n"]
            ],
        },
        "hadir": daftar_hadir(musrenbang),
        "prioritas_skpd": prioritas_skpd(musrenbang),
        "belum": belum_disepakati(musrenbang),
        "program": prioritas_program(musrenbang) if ranked else {"program": []},
        "delegasi": daftar_delegasi(musrenbang),
        "notulen": notulen(musrenbang),
        "didengar": sidang.heard(musrenbang),
        "wakil": sidang.peserta_representatives(musrenbang),
        "klausul": sidang.klausul(musrenbang),
        "kuorum": sidang.kuorum(musrenbang),
        "sesi": sitting_data(musrenbang, check_kuorum(musrenbang).angka),
        "waktu": sidang.meeting_hours(musrenbang),
        "hasil_kelompok": group_results(musrenbang),
    }
    return as_json({"kepala": head_of(musrenbang), **content})


def group_results(musrenbang: Musrenbang) -> dict[str, Any]:
    """What the groups propose with their score sheets; empty where the meeting had no groups."""
    return hasil_kelompok(musrenbang) if musrenbang.kelompok.exists() else {"kelompok": []}


LAMPIRAN = ("hadir", "prioritas_skpd", "belum", "hasil_kelompok", "program", "delegasi", "notulen")
"""The attachments in the order of the guides (musrenbang.md 3(f)), then those of this application."""
LEPAS = {"hasil_kelompok": "kelompok", "notulen": "acara"}
"""Attachments that stand only where the meeting had them, with the part of their content that tells."""


def annexes(isi: dict[str, Any]) -> dict[str, str]:
    """Return {part of the content: Roman number} of the attachments that a Berita Acara has.

    One that an older release froze has no results of groups: its attachments keep the numbers that it was issued with.
    """
    existing = [k for k in LAMPIRAN if k not in LEPAS or isi.get(k, {}).get(LEPAS[k])]
    return {k: ROMAWI[i] for i, k in enumerate(existing)}


def draft_berita_acara(musrenbang: Musrenbang) -> dict[str, Any]:
    """The Berita Acara while its ranking may still be open. Raises Refused before the plan is fixed."""
    try:
        return berita_acara(musrenbang)
    except Refused:
        required_versi(musrenbang)
    return berita_acara(musrenbang, ranked=False)


def as_json(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content as it comes back from the database, so that two contents can be compared."""
    result: dict[str, Any] = json.loads(json.dumps(content, default=_in_words))
    return result


def _in_words(nilai: object) -> str:
    """Words of the place are looked up when they are written down; anything else is no data for a paper."""
    if isinstance(nilai, Promise):
        return str(nilai)
    raise TypeError(f"{type(nilai).__name__} tidak dapat ditulis ke dokumen.")
