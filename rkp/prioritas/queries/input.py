"""From the database to the exact published input of the engine."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from typing import Any

from rkp.prioritas.engine.errors import BadInput
from rkp.prioritas.engine.peringkat import as_text
from rkp.prioritas.models import Calon, Pemeringkatan, Pemungutan, StatusPemungutan
from rkp.prioritas.queries.candidates import Peserta
from rkp.prioritas.queries.suara import ballots_of, latest_vote, title_of
from usulan.ownership import TANPA_DESA

TANPA_RAB = "Desain dan RAB belum ada."


class Incomplete(BadInput):
    """Something must happen before the ranking can be computed at all."""


def kriteria_of(pemeringkatan: Pemeringkatan) -> list[dict[str, Any]]:
    """Return the criteria that are scored: kode, nama, bobot, min, maks, jenis; none for votes and agreed orders."""
    rules = pemeringkatan.aturan
    return rules["kriteria"] if rules["metode"] in {"skor", "saw"} else []


def build_input(pemeringkatan: Pemeringkatan, peserta: list[Peserta], *, some: bool = False) -> dict[str, Any]:
    """Return the exact input of ``hitung_prioritas``; raise Incomplete while a vote or an order is missing.

    Only candidates that no rule blocks take part. In a list that was voted on, those on the ballot stay: what blocks
    them since is their obstacle to being funded. ``some``: of the lists, which are voted on one after the other,
    only the first ones that are settled, so that their order and ties are known before the last vote; never published.
    """
    rules = pemeringkatan.aturan
    suara = latest_vote(pemeringkatan) if rules["metode"] == "suara" else {}
    pilihan = {kode: set(v.calon) for kode, v in suara.items()}
    take_part = [p for p in peserta if (p.calon.baris_id in pilihan.get(p.calon.daftar, ()) or p.layak)]
    if some:
        ready = _settled_lists(pemeringkatan, take_part, suara)
        take_part, suara = (
            [p for p in take_part if p.calon.daftar in ready],
            {k: v for k, v in suara.items() if k in ready},
        )
    count = Counter(p.calon.daftar for p in take_part)
    if rules["metode"] == "suara":
        _check_votes(pemeringkatan, take_part, suara)
    if rules["metode"] == "urutan":
        _check_orders(pemeringkatan, take_part)
    proof = _evidence(pemeringkatan, suara, {p.calon.baris_id: p.kode for p in take_part}, set(count))
    return {
        "skema": _scheme(pemeringkatan),
        "usulan": [_entry(rules, p, suara.get(p.calon.daftar), count[p.calon.daftar] == 1) for p in take_part],
        **proof,
    }


def freeze_findings(peserta: list[Peserta]) -> dict[str, list[list[str]]]:
    """Return what the rules say about every candidate as part of the input that is kept with a fixed result."""
    return {p.kode: [[t.aturan, t.tingkat, t.kalimat] for t in p.temuan] for p in peserta}


def _check_votes(pemeringkatan: Pemeringkatan, take_part: list[Peserta], suara: dict[str, Pemungutan]) -> None:
    for listing in [d["kode"] for d in pemeringkatan.aturan["daftar"]]:
        if missing := _missing_vote(pemeringkatan, listing, take_part, suara):
            raise Incomplete(missing)


def _missing_vote(
    pemeringkatan: Pemeringkatan, daftar: str, take_part: list[Peserta], suara: dict[str, Pemungutan]
) -> str:
    """Return what is missing before a list can be ranked by its votes, or ""."""
    own = {p.calon.baris_id for p in take_part if p.calon.daftar == daftar}
    vote, nama = suara.get(daftar), title_of(pemeringkatan, daftar)
    if len(own) < 2 and vote is None:
        return ""  # nobody to compete with: ranked without a vote
    if own and (vote is None or vote.status != StatusPemungutan.DITUTUP):
        return f"Pemungutan suara {nama} belum ditutup."
    if vote and own - set(vote.calon):
        return f"Ada calon {nama} yang belum ikut pemungutan suara. Batalkan pemungutan itu, lalu ulangi."
    return ""


def _settled_lists(pemeringkatan: Pemeringkatan, take_part: list[Peserta], suara: dict[str, Pemungutan]) -> set[str]:
    """Return the lists before the first one that cannot be ranked yet: money comes to them in that order."""
    kode = (d["kode"] for d in pemeringkatan.aturan["daftar"])
    return set(takewhile(lambda k: not _missing_vote(pemeringkatan, k, take_part, suara), kode))


def _check_orders(pemeringkatan: Pemeringkatan, take_part: list[Peserta]) -> None:
    """Every order that counts holds all works that compete. Works that dropped out since (another programme pays them)
    are left out.
    """
    for u in pemeringkatan.urutan_kelompok.all():
        own = [p for p in take_part if p.calon.daftar == u.daftar]
        missing = [f"no. {p.kode}" for p in own if p.calon.baris_id not in u.urutan]
        if missing and len(own) > 1 and any(p.calon.urutan is None for p in own):
            raise Incomplete(
                f"Urutan {u.nama} belum memuat {', '.join(missing)}, yang menjadi calon sesudah urutan itu dicatat. "
                "Hapus urutan itu di Urutan kelompok, lalu catat lagi."
            )


def _scheme(pemeringkatan: Pemeringkatan) -> dict[str, Any]:
    a, kriteria = pemeringkatan.aturan, kriteria_of(pemeringkatan)
    tie_breaker = _BUKAN_KRITERIA | {k["kode"] for k in kriteria}
    skema: dict[str, Any] = {
        "nama": pemeringkatan.nama,
        "metode": a["metode"],
        "pagu": pemeringkatan.pagu,
        "daftar": [{"kode": d["kode"], "urut": i, "porsi_maks": d["porsi_maks"]} for i, d in enumerate(a["daftar"], 1)],
        "kebijakan_sisa": a["kebijakan_sisa"],
        "kriteria": [{"kode": k["kode"], "bobot": _weight(a, k), "jenis": k["jenis"]} for k in kriteria],
        "pemecah_seri": [p for p in a["pemecah_seri"] if p in tie_breaker],
        "ambang_lolos": a["ambang_lolos"],
        "puncak_manual": a["puncak_manual"],
        "kuota": {
            "desa": a["kuota_desa"],
            "kecamatan": a["kuota_kecamatan"],
            "tema": {t["tema"]: t["banyak"] for t in a["kuota_tema"]},
        },
        "tabel_pilihan": [[t["usulan"], t["pilihan"]] for t in a["tabel_pilihan"]],
    }
    return skema | ({"perbandingan": a["perbandingan"]} if a["perbandingan"] and a["metode"] in {"skor", "saw"} else {})


_BUKAN_KRITERIA = {"biaya_terkecil", "suara", "putusan"}


def _weight(aturan: dict[str, Any], k: dict[str, Any]) -> str:
    """The weight as the engine takes it: percent of the largest value, plain points, or a share (SAW)."""
    bobot = Fraction(Decimal(k["bobot"]))
    if aturan["metode"] == "saw":
        return as_text(bobot / 100)
    return as_text(bobot if aturan["skala"] == "poin" else bobot / Fraction(Decimal(k["maks"] or "1")))


def _entry(aturan: dict[str, Any], p: Peserta, vote: Pemungutan | None, own: bool) -> dict[str, Any]:
    """One candidate; one that is alone in its list needs neither votes nor an order."""
    c, content = p.calon, p.isi
    obstacle = p.alang or (TANPA_RAB if aturan["wajib_rab"] and not c.rab else "")
    result = {
        "kode": p.kode,
        "daftar": c.daftar,
        "biaya": content.biaya or 0,
        "suara": _votes_for(c, vote, own and aturan["metode"] == "suara"),
        "nilai": {k: as_text(Fraction(n)) for k, n in sorted(p.nilai.items())},
        "urutan": 1 if own and c.urutan is None and aturan["metode"] == "urutan" else c.urutan,
        "putusan": c.putusan,
        "halangan": obstacle,
        "didahulukan": c.didahulukan,
        "disetujui": c.disetujui,
        "alasan": c.alasan_disetujui,
        "desa": ", ".join(nama for _, nama in content.daftar_desa) or TANPA_DESA[1],
        "tema": c.tema,
        "bidang": content.bidang.nama if content.bidang else "",
        "prioritas": content.prioritas_daerah,
    }
    if not content.satu_desa:
        result["desa_semua"] = [nama for _, nama in content.daftar_desa]
    if aturan["pengali_lengkap"] and c.lengkap:
        result["pengali"] = aturan["pengali_lengkap"]
    return result


def _votes_for(c: Calon, vote: Pemungutan | None, without: bool) -> int | None:
    """The votes for a candidate; none are needed where nobody else competes."""
    if vote is None:
        return 0 if without else None
    return (vote.hasil or {}).get(str(c.baris_id))


def _evidence(
    pemeringkatan: Pemeringkatan, suara: dict[str, Pemungutan], nomor: dict[int, str], daftar: set[str]
) -> dict[str, Any]:
    """What votes and orders were counted from, by list, in the codes of the input."""
    if pemeringkatan.aturan["metode"] == "urutan":
        ordering: dict[str, list[list[str]]] = {}
        for u in pemeringkatan.urutan_kelompok.all():
            if u.daftar in daftar:
                ordering.setdefault(u.daftar, []).append([nomor[pk] for pk in u.urutan if pk in nomor])
        return {"urutan_kelompok": ordering} if ordering else {}
    if not suara:
        return {}
    surat = {kode: [[nomor[pk] for pk in one] for one in ballots_of(v)] for kode, v in suara.items()}
    paper = {kode: v.kertas.get("suara", {}) for kode, v in suara.items()}
    rekap = {kode: {nomor[int(pk)]: n for pk, n in content.items()} for kode, content in paper.items()}
    return {"surat_suara": surat, "rekap_suara": rekap, "pilihan": {k: v.jumlah_pilihan for k, v in suara.items()}}
