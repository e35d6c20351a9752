"""Papers of the ranking."""

from typing import Any

from musrenbang.cetakan import PIMPINAN, Cetakan, Isi, Tabel, figure_of, meeting_day
from musrenbang.models import Musrenbang
from musrenbang.transisi import Refused
from rkp.prioritas.dokumen import closed_votes, ranking_data, score_data
from rkp.prioritas.models import Pemeringkatan, StatusPemeringkatan
from rkp.prioritas.queries.input import kriteria_of
from rkp.prioritas.queries.skema import list_pemeringkatan


def _rankings(musrenbang: Musrenbang) -> list[Pemeringkatan]:
    all_rows = list(list_pemeringkatan(musrenbang))
    for p in all_rows:
        p.musrenbang = musrenbang
    return all_rows


def prioritas_program(musrenbang: Musrenbang) -> dict[str, Any]:
    """Lampiran IV: every ranking for programme money with its rules, what was changed in them, and the pagu line."""
    fixed = [p for p in _rankings(musrenbang) if p.status == StatusPemeringkatan.DITETAPKAN]
    if not fixed:
        raise Refused("Peringkat kegiatan belum ditetapkan, jadi dokumen ini belum dapat dibuat.")
    return {"program": [ranking_data(p) for p in fixed]}


def lembar_skor(musrenbang: Musrenbang) -> dict[str, Any]:
    """The score sheet of every ranking by score; blank cells serve as the form that is filled in by hand."""
    lembar = [score_data(p) for p in _rankings(musrenbang) if kriteria_of(p)]
    if not lembar:
        raise Refused("Belum ada pemeringkatan dengan skor, jadi lembar skornya belum dapat dicetak.")
    return {"lembar": lembar}


def rekap_suara(musrenbang: Musrenbang) -> dict[str, Any]:
    """The recap of every vote that was counted, with its control totals."""
    suara = [v for p in _rankings(musrenbang) for v in closed_votes(p)]
    if not suara:
        raise Refused("Belum ada pemungutan suara yang ditutup, jadi rekapnya belum dapat dicetak.")
    return {"suara": suara}


def prioritas_program_tabel(content: Isi) -> Tabel:
    """The ranked lists of all programmes."""
    columns = [
        ("Program", 30),
        ("Daftar", 20),
        ("Peringkat", 10),
        ("No. RKP", 8),
        ("Kegiatan", 44),
        ("Lokasi", 30),
        ("Skor", 10),
        ("Biaya (Rp)", 18),
        ("Didanai (Rp)", 18),
        ("Hasil", 18),
        ("Sebab", 50),
    ]
    return Tabel(
        columns,
        (
            [
                p["nama"],
                d["nama"],
                u["peringkat"],
                u["nomor"],
                u["kegiatan"],
                u["lokasi"],
                figure_of(u["skor"]),
                u["biaya"],
                u["didanai"],
                u["status"],
                u["sebab"],
            ]
            for p in content["program"]
            for d in p["daftar"]
            for u in d["urutan"]
        ),
        jumlah=["Didanai (Rp)"],
    )


def lembar_skor_tabel(content: Isi) -> Tabel:
    """The scores of all programmes, a line per value."""
    columns = [("Program", 30), ("No. RKP", 8), ("Kegiatan", 44), ("Kriteria", 30), ("Nilai", 10), ("Skor", 10)]
    return Tabel(
        columns,
        (
            [s["nama"], b["nomor"], b["kegiatan"], k, figure_of(n), figure_of(b["skor"])]
            for s in content["lembar"]
            for b in s["baris"]
            for k, n in zip(s["kriteria"], b["nilai"], strict=True)
        ),
    )


def rekap_suara_tabel(content: Isi) -> Tabel:
    """The votes, a line per work."""
    columns = [
        ("Program", 30),
        ("Daftar", 24),
        ("Pemungutan", 30),
        ("No. RKP", 8),
        ("Kegiatan", 44),
        ("HP", 8),
        ("Kertas/tangan", 12),
        ("Jumlah", 10),
    ]
    return Tabel(
        columns,
        (
            [v["nama"], v["daftar"], v["judul"], b["nomor"], b["kegiatan"], b["hp"], b["kertas"], b["jumlah"]]
            for v in content["suara"]
            for b in v["baris"]
        ),
    )


CETAKAN: dict[str, Cetakan] = {
    "prioritas_program": Cetakan(
        "Urutan prioritas program",
        "dengan garis pagu",
        prioritas_program,
        "pdf/prioritas_program.html",
        xlsx=prioritas_program_tabel,
        tanggal=meeting_day,
    ),
    "lembar_skor": Cetakan(
        "Lembar skor", "nilai tiap kriteria", lembar_skor, "pdf/lembar_skor.html", xlsx=lembar_skor_tabel
    ),
    "rekap_suara": Cetakan(
        "Rekapitulasi suara",
        "dengan jumlah kendalinya",
        rekap_suara,
        "pdf/rekap_suara.html",
        xlsx=rekap_suara_tabel,
        ttd=(PIMPINAN,),
        tanggal=meeting_day,
    ),
}
