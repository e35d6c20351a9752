"""A preview in words: sheets with what they seem to be, questions by group, remarks by kind, one page of rows."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator

from musrenbang import format as tulis
from musrenbang.models import Musrenbang
from musrenbang.sebutan import sebutan
from usulan.dokumen import ALASAN_DILEWATI, NAMA_KOLOM, NAMA_SEMUA
from usulan.impor import owner
from usulan.impor.kinds import NAMA
from usulan.models import ImporUsulan
from usulan.queries.last_year import said_words

PER_HALAMAN = 100
CONTOH = 3
MAKS_CATATAN = 150
MAKS_DILEWATI = 300
ASAL = {
    "judul": "dari judul",
    "berkas": "dari nama berkas",
    "gabung": "sel gabungan",
    "kelompok": "dari judul kelompok",
    "pilihan": "pilihan Anda",
}

Isi = dict[str, Any]


def preview(impor: ImporUsulan, musrenbang: Musrenbang, matter: str | None = None) -> Isi:
    """Return an import's result in words for the preview page, 100 proposals a page over all sheets."""
    desa_names = dict(musrenbang.kecamatan.desa_set.values_list("kode", "nama"))
    all_rows = [(i, usulan) for i, content in enumerate(impor.hasil["lembar"]) for usulan in content["usulan"]]
    halaman = Paginator(all_rows, PER_HALAMAN).get_page(matter)
    for nomor, usulan in halaman:
        _in_words(usulan, nomor, desa_names)
    lembar = [
        _sheet(content, nomor, [u for i, u in halaman if i == nomor])
        for nomor, content in enumerate(impor.hasil["lembar"])
    ]
    problem = _remarks(impor.hasil["lembar"])
    return {
        "lembar": sorted(lembar, key=lambda s: not s["dipakai"]),
        "terpakai": [s for s in lembar if s["dipakai"]],
        "masalah": problem[:MAKS_CATATAN],
        "masalah_lain": len(problem) - MAKS_CATATAN,
        "tanya_desa": _questions(impor.hasil["lembar"], desa_names),
        "ringkasan": impor.hasil["ringkasan"],
        "ragu": sum(bool(j["selisih"]) for s in lembar for j in s["jumlah_tercetak"]),
        "halaman": halaman,
    }


def _in_words(usulan: Isi, nomor: int, desa_names: dict[str, str]) -> None:
    """Add to a proposal the words that its row on the page shows."""
    usulan["nomor_lembar"] = nomor
    usulan["lama"] = {n: _old_format(n, nilai) for n, nilai in usulan.get("diubah", {}).items()}
    usulan["asal"] = {n: ASAL[origin] for n, origin in usulan.get("turunan", {}).items()}
    usulan["nama_desa"] = owner.words(usulan["desa"], desa_names)
    if usulan.get("bobot") and usulan["nama_desa"]:
        usulan["nama_desa"] += f" ({' : '.join(str(usulan['bobot'][k]) for k in usulan['desa'].split(';'))})"
    usulan["hasil_kata"] = said_words(usulan["hasil"]) if usulan.get("hasil") is not None else ""
    usulan["volume_teks"] = tulis.number(Decimal(usulan["volume"]) if usulan["volume"] else None)


def _sheet(content: Isi, nomor: int, usulan: list[Isi]) -> Isi:
    dilewati = [d | {"kata": ALASAN_DILEWATI[d["alasan"]]} for d in content["dilewati"]]
    return content | {
        "usulan": usulan,
        "banyak": len(content["usulan"]),
        "nomor": nomor,
        "nama_jenis": NAMA[content.get("jenis", "usulan")],
        "ada_saran": sum(bool({"lokasi", "volume"} & set(u.get("saran") or {})) for u in content["usulan"]),
        "ada_rusak": sum(bool(u.get("rusak")) for u in content["usulan"]),
        "kolom": [(letter, NAMA_SEMUA[nama]) for nama, letter in content["kolom"].items()],
        "dilewati": dilewati[:MAKS_DILEWATI],
        "banyak_dilewati": len(dilewati),
        "jumlah_tercetak": [j | {"selisih": j["dihitung"] - j["tercetak"]} for j in content["jumlah_tercetak"]],
    }


def _questions(lembar: list[Isi], desa_names: dict[str, str]) -> list[Isi]:
    """Return one question for all rows that share it, with a few of their titles and the desa that may be meant."""
    kelompok: dict[str, list[Isi]] = defaultdict(list)
    near: dict[str, str] = {}
    for content in lembar:
        near |= content.get("dekat") or {}
        for u in content["usulan"]:
            if u["galat"] and not u["desa"]:
                kelompok[u.get("tanya") or u["teks_desa"] or content["nama"]].append(u)
    question = []
    for kunci, baris in kelompok.items():
        mentioned = {u["saran"]["desa"] for u in baris if (u.get("saran") or {}).get("desa")}
        usul = mentioned.pop() if len(mentioned) == 1 else None
        kode = usul or near.get(kunci)
        question.append(
            {
                "kunci": kunci,
                "banyak": len(baris),
                "tertulis": baris[0]["teks_desa"],
                "bersama": owner.is_joint(baris[0]["teks_desa"] or ""),
                "sebab": next((g for g in baris[0]["galat"] if "bukan nilai" not in g), ""),
                "baris": _rows([u["baris"] for u in baris]),
                "contoh": [u["kegiatan"] for u in baris[:CONTOH] if u["kegiatan"]],
                "usul": (kode, words, "disebut di lokasinya" if usul else f"{sebutan.desa} di baris atasnya")
                if (words := owner.words(kode, desa_names))
                else None,
            }
        )
    return question


def _remarks(lembar: list[Isi]) -> list[Isi]:
    """Return each remark once with the rows that it is about; errors first."""
    kelompok: dict[tuple[bool, str, str], list[int]] = defaultdict(list)
    for content in lembar:
        for u in content["usulan"]:
            for text in [*u["galat"], *u["peringatan"], *_not_filled_in(u)]:
                kelompok[text not in u["galat"], content["nama"], text].append(u["baris"])
    return [
        {"lembar": nama, "baris": _rows(baris), "teks": text, "galat": not usual}
        for (usual, nama, text), baris in sorted(kelompok.items(), key=lambda p: (p[0][0], p[1][0]))
    ]


def _rows(baris: list[int]) -> str:
    """Row numbers as a person reads them: ``5-16, 20`` and how many more."""
    series: list[list[int]] = []
    for n in sorted(set(baris)):
        if series and series[-1][1] == n - 1:
            series[-1][1] = n
        else:
            series.append([n, n])
    words = [str(a) if a == b else f"{a}–{b}" for a, b in series]
    return ", ".join(words[:8]) + (f", dan {len(words) - 8} lagi" if len(words) > 8 else "")


def _old_format(nama: str, nilai: list[str | None]) -> str:
    """What was read before a person corrected it."""
    before = nilai[0]
    if before is None:
        return "kosong"
    return tulis.rupiah(int(before)) if nama == "biaya" else before


def _not_filled_in(usulan: Isi) -> list[str]:
    if not usulan["perlu_dilengkapi"]:
        return []
    return ["Belum ada: " + ", ".join(NAMA_KOLOM[n].lower() for n in usulan["perlu_dilengkapi"]) + "."]
