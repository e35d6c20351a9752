"""The ranking page: the exact input, the ranked list with the pagu line, and what is still missing."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile
from typing import Any

from musrenbang.models import Musrenbang
from rkp.models import Kegiatan, UsulanKelompok
from rkp.prioritas.aturan import PEMECAH
from rkp.prioritas.hitung.galat import MasukanSalah
from rkp.prioritas.hitung.mesin import preview
from rkp.prioritas.hitung.pb import pb_fault
from rkp.prioritas.hitung.pendanaan import list_money
from rkp.prioritas.hitung.peringkat import as_text
from rkp.prioritas.models import Calon, Nilai, Pemeringkatan, Pemungutan, StatusPemeringkatan, StatusPemungutan
from rkp.prioritas.queries.calon import Peserta, list_peserta
from rkp.prioritas.queries.suara import ballots_of, latest_vote, title_of

STATUS_DANA = {
    "didanai": "Didanai",
    "didanai_sebagian": "Didanai sebagian",
    "tidak_muat": "Tidak muat",
    "tidak_didanai": "Tidak didanai",
}
TANPA_RAB = "Desain dan RAB belum ada (MPD-28)."


class BelumLengkap(MasukanSalah):
    """Something must happen before the ranking can be computed at all."""


def scoring_started(musrenbang: Musrenbang) -> bool:
    """Tell whether a group has scored, or a ranking is open: the criteria no longer change then."""
    dinilai = UsulanKelompok.objects.filter(kelompok__musrenbang=musrenbang).exclude(nilai={})
    nilai = Nilai.objects.filter(calon__pemeringkatan__musrenbang=musrenbang)
    terbuka = Pemeringkatan.objects.filter(musrenbang=musrenbang, aturan__metode__in=["skor", "saw"])
    return terbuka.exists() or dinilai.exists() or nilai.exists()


def kriteria_of(pemeringkatan: Pemeringkatan) -> list[dict[str, Any]]:
    """Return the criteria that are scored: kode, nama, bobot, min, maks, jenis; none for votes and agreed orders."""
    aturan = pemeringkatan.aturan
    return aturan["kriteria"] if aturan["metode"] in {"skor", "saw"} else []


def build_masukan(pemeringkatan: Pemeringkatan, peserta: list[Peserta], *, sebagian: bool = False) -> dict[str, Any]:
    """Return the exact input of ``hitung_prioritas``; raise BelumLengkap while a vote or an order is missing.

    Only candidates that no rule blocks take part. In a list that was voted on, those on the ballot stay: what blocks
    them since is their obstacle to being funded. ``sebagian``: of the lists, which are voted on one after the other,
    only the first ones that are settled, so that their order and ties are known before the last vote; never published.
    """
    aturan = pemeringkatan.aturan
    suara = latest_vote(pemeringkatan) if aturan["metode"] == "suara" else {}
    pilihan = {kode: set(v.calon) for kode, v in suara.items()}
    ikut = [p for p in peserta if (p.calon.baris_id in pilihan.get(p.calon.daftar, ()) or p.layak)]
    if sebagian:
        siap = _settled_lists(pemeringkatan, ikut, suara)
        ikut, suara = [p for p in ikut if p.calon.daftar in siap], {k: v for k, v in suara.items() if k in siap}
    banyak = Counter(p.calon.daftar for p in ikut)
    if aturan["metode"] == "suara":
        _check_votes(pemeringkatan, ikut, suara)
    if aturan["metode"] == "urutan":
        _check_orders(pemeringkatan, ikut)
    bukti = _evidence(pemeringkatan, suara, {p.calon.baris_id: p.kode for p in ikut}, set(banyak))
    return {
        "skema": _scheme(pemeringkatan),
        "usulan": [_entry(aturan, p, suara.get(p.calon.daftar), banyak[p.calon.daftar] == 1) for p in ikut],
        **bukti,
    }


def freeze_findings(peserta: list[Peserta]) -> dict[str, list[list[str]]]:
    """Return what the rules say about every candidate as part of the input that is kept with a fixed result."""
    return {p.kode: [[t.aturan, t.tingkat, t.kalimat] for t in p.temuan] for p in peserta}


def _check_votes(pemeringkatan: Pemeringkatan, ikut: list[Peserta], suara: dict[str, Pemungutan]) -> None:
    for daftar in [d["kode"] for d in pemeringkatan.aturan["daftar"]]:
        if kurang := _missing_vote(pemeringkatan, daftar, ikut, suara):
            raise BelumLengkap(kurang)


def _missing_vote(pemeringkatan: Pemeringkatan, daftar: str, ikut: list[Peserta], suara: dict[str, Pemungutan]) -> str:
    """Return what is missing before a list can be ranked by its votes, or ""."""
    milik = {p.calon.baris_id for p in ikut if p.calon.daftar == daftar}
    vote, nama = suara.get(daftar), title_of(pemeringkatan, daftar)
    if len(milik) < 2 and vote is None:
        return ""  # nobody to compete with: ranked without a vote
    if milik and (vote is None or vote.status != StatusPemungutan.DITUTUP):
        return f"Pemungutan suara {nama} belum ditutup."
    if vote and milik - set(vote.calon):
        return f"Ada calon {nama} yang belum ikut pemungutan suara. Batalkan pemungutan itu, lalu ulangi."
    return ""


def _settled_lists(pemeringkatan: Pemeringkatan, ikut: list[Peserta], suara: dict[str, Pemungutan]) -> set[str]:
    """Return the lists before the first one that cannot be ranked yet: money comes to them in that order."""
    kode = (d["kode"] for d in pemeringkatan.aturan["daftar"])
    return set(takewhile(lambda k: not _missing_vote(pemeringkatan, k, ikut, suara), kode))


def _check_orders(pemeringkatan: Pemeringkatan, ikut: list[Peserta]) -> None:
    """Every order that counts holds all who compete; who dropped out since (paid by another programme) is left out."""
    for u in pemeringkatan.urutan_kelompok.all():
        milik = [p for p in ikut if p.calon.daftar == u.daftar]
        kurang = [f"no. {p.kode}" for p in milik if p.calon.baris_id not in u.urutan]
        if kurang and len(milik) > 1 and any(p.calon.urutan is None for p in milik):
            raise BelumLengkap(
                f"Urutan {u.nama} belum memuat {', '.join(kurang)}, yang bersaing sesudah urutan itu dicatat. "
                "Hapus urutan itu di Urutan kelompok, lalu catat lagi."
            )


def _scheme(pemeringkatan: Pemeringkatan) -> dict[str, Any]:
    a, kriteria = pemeringkatan.aturan, kriteria_of(pemeringkatan)
    pemecah = _BUKAN_KRITERIA | {k["kode"] for k in kriteria}
    skema: dict[str, Any] = {
        "nama": pemeringkatan.nama,
        "metode": a["metode"],
        "pagu": pemeringkatan.pagu,
        "daftar": [{"kode": d["kode"], "urut": i, "porsi_maks": d["porsi_maks"]} for i, d in enumerate(a["daftar"], 1)],
        "kebijakan_sisa": a["kebijakan_sisa"],
        "kriteria": [{"kode": k["kode"], "bobot": _weight(a, k), "jenis": k["jenis"]} for k in kriteria],
        "pemecah_seri": [p for p in a["pemecah_seri"] if p in pemecah],
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


def _entry(aturan: dict[str, Any], p: Peserta, vote: Pemungutan | None, sendiri: bool) -> dict[str, Any]:
    """One candidate; one that is alone in its list needs neither votes nor an order."""
    c, isi = p.calon, p.isi
    halangan = p.alang or (TANPA_RAB if aturan["wajib_rab"] and not c.rab else "")
    hasil = {
        "kode": p.kode,
        "daftar": c.daftar,
        "biaya": isi.biaya or 0,
        "suara": _votes_for(c, vote, sendiri and aturan["metode"] == "suara"),
        "nilai": {k: as_text(Fraction(n)) for k, n in sorted(p.nilai.items())},
        "urutan": 1 if sendiri and c.urutan is None and aturan["metode"] == "urutan" else c.urutan,
        "putusan": c.putusan,
        "halangan": halangan,
        "didahulukan": c.didahulukan,
        "disetujui": c.disetujui,
        "alasan": c.alasan_disetujui,
        "desa": isi.nama_desa,
        "tema": c.tema,
        "bidang": isi.bidang.nama if isi.bidang else "",
        "prioritas": isi.prioritas_daerah,
    }
    if not isi.satu_desa:
        hasil["desa_semua"] = [nama for _, nama in isi.daftar_desa]
    if aturan["pengali_lengkap"] and c.lengkap:
        hasil["pengali"] = aturan["pengali_lengkap"]
    return hasil


def _votes_for(c: Calon, vote: Pemungutan | None, tanpa: bool) -> int | None:
    """The votes for a candidate; none are needed where nobody else competes."""
    if vote is None:
        return 0 if tanpa else None
    return (vote.hasil or {}).get(str(c.baris_id))


def _evidence(
    pemeringkatan: Pemeringkatan, suara: dict[str, Pemungutan], nomor: dict[int, str], daftar: set[str]
) -> dict[str, Any]:
    """What votes and orders were counted from, by list, in the codes of the input."""
    if pemeringkatan.aturan["metode"] == "urutan":
        urutan: dict[str, list[list[str]]] = {}
        for u in pemeringkatan.urutan_kelompok.all():
            if u.daftar in daftar:
                urutan.setdefault(u.daftar, []).append([nomor[pk] for pk in u.urutan if pk in nomor])
        return {"urutan_kelompok": urutan} if urutan else {}
    if not suara:
        return {}
    surat = {kode: [[nomor[pk] for pk in satu] for satu in ballots_of(v)] for kode, v in suara.items()}
    kertas = {kode: v.kertas.get("suara", {}) for kode, v in suara.items()}
    rekap = {kode: {nomor[int(pk)]: n for pk, n in isi.items()} for kode, isi in kertas.items()}
    return {"surat_suara": surat, "rekap_suara": rekap, "pilihan": {k: v.jumlah_pilihan for k, v in suara.items()}}


@dataclass(frozen=True)
class BarisPeringkat:
    """One line of the result: place, score, money and why; ``garis`` marks the line after which nothing is funded.

    ``batas``: the rupiah that its list had, which that line stands for. ``karena``: the rule that placed it, in words.
    ``menunggu``: the meeting has to decide a tie that it is part of.
    """

    isi: Kegiatan
    calon: Any
    kode: str
    daftar: str
    peringkat: int
    skor: str
    seri_dengan: list[str]
    biaya: int
    didanai: int
    status: str
    sisa_sesudah: int
    sebab: str
    garis: bool
    batas: int
    karena: str = ""
    menunggu: bool = False


@dataclass
class Papan:
    """A ranking with its candidates, the result as far as it can be made, open ties, and what is missing.

    ``seri``: tied works whose order the meeting must decide, and then the result is provisional; ``bebas``: those that
    may share their rank. ``sebagian``: only the lists that are settled, others are still to be voted on.
    ``karena``: {code: the rule that placed it}.
    """

    pemeringkatan: Pemeringkatan
    peserta: list[Peserta]
    belum: int = 0
    seri: list[list[str]] = field(default_factory=list)
    bebas: list[list[str]] = field(default_factory=list)
    karena: dict[str, str] = field(default_factory=dict)
    masukan: dict[str, Any] | None = None
    hasil: dict[str, Any] | None = None
    galat: str = ""
    sebagian: bool = False

    @property
    def sementara(self) -> bool:
        """Whether the order may still change by what the meeting decides."""
        return bool(self.seri) or self.sebagian

    @property
    def final(self) -> dict[str, Any] | None:
        """The result once nothing is left for the meeting to decide, else None."""
        return None if self.sementara else self.hasil

    @property
    def pb(self) -> list[tuple[str, str, str]]:
        """The lists with why each cannot be given out as .pb, blank where it can: (code, name, why not)."""
        if self.masukan is None:
            return []
        daftar = self.pemeringkatan.aturan["daftar"]
        return [(d["kode"], d["nama"], pb_fault(self.masukan, self.final, d["kode"])) for d in daftar]

    @property
    def terbuka(self) -> list[list[str]]:
        """Every group of works that nothing tells apart yet."""
        return [*self.seri, *self.bebas]

    @property
    def per_kode(self) -> dict[str, Peserta]:
        """Candidates by the code they have in the input."""
        return {p.kode: p for p in self.peserta}

    @property
    def layak(self) -> list[Peserta]:
        """Those that may compete."""
        return [p for p in self.peserta if p.layak]

    @property
    def gugur(self) -> list[Peserta]:
        """Those that a rule blocks, but for those that are ranked all the same (on a ballot before the rule stood)."""
        ikut = {u["kode"] for u in self.masukan["usulan"]} if self.masukan else set()
        return [p for p in self.peserta if not p.layak and p.kode not in ikut]

    @property
    def daftar(self) -> list[tuple[str, list[BarisPeringkat]]]:
        """The result list by list: (name, lines)."""
        nama = [(d["kode"], d["nama"]) for d in self.pemeringkatan.aturan["daftar"]]
        semua = self.urutan
        return [(n, milik) for kode, n in nama if (milik := [u for u in semua if u.daftar == kode])]

    @property
    def urutan(self) -> list[BarisPeringkat]:
        """All lines of the result, list after list in the order of rank."""
        return ranked(self.hasil, self.per_kode, self) if self.hasil else []


def ranked(hasil: dict[str, Any], per_kode: dict[str, Peserta], papan: Papan) -> list[BarisPeringkat]:
    """Join a result with its rows, in rank order."""
    kata, menunggu = _rule_words(papan.pemeringkatan), {k for satu in papan.seri for k in satu}
    dana = {p["kode"]: p for p in hasil["pendanaan"]}
    didanai = [p for p in hasil["peringkat"] if dana[p["kode"]]["didanai"]]
    akhir = {p["daftar"]: p["kode"] for p in didanai}
    banyak = Counter(p["daftar"] for p in hasil["peringkat"])
    uang = list_money(papan.masukan or {}, hasil)
    penuh = {d for d in akhir if banyak[d] == sum(p["daftar"] == d for p in didanai)}
    return [
        BarisPeringkat(
            isi=per_kode[p["kode"]].isi,
            calon=per_kode[p["kode"]].calon,
            garis=akhir.get(p["daftar"]) == p["kode"] and p["daftar"] not in penuh,
            batas=uang[p["daftar"]],
            karena=kata.get(papan.karena.get(p["kode"], ""), ""),
            menunggu=p["kode"] in menunggu,
            **{**p, **dana[p["kode"]]},
        )
        for p in hasil["peringkat"]
    ]


def pb_place(musrenbang: Musrenbang) -> dict[str, str]:
    """Where and when a vote was, as a .pb file tells it."""
    hari = f"{musrenbang.tanggal:%d.%m.%Y}" if musrenbang.tanggal else str(musrenbang.tahun_pelaksanaan)
    unit = f"Kecamatan {musrenbang.kecamatan.nama}, {musrenbang.kecamatan.kabupaten.nama}"
    return {"unit": unit, "instance": str(musrenbang.tahun_rencana), "date_begin": hari, "date_end": hari}


def _rule_words(pemeringkatan: Pemeringkatan) -> dict[str, str]:
    """What placed a work, in words: its score, a link of the written chain, or nothing yet."""
    nilai = {"suara": "jumlah suara", "urutan": "urutan musyawarah"}.get(pemeringkatan.aturan["metode"], "skor")
    kriteria = {k["kode"]: f"nilai sama, lalu {k['nama'].lower()}" for k in kriteria_of(pemeringkatan)}
    rantai = {k: f"nilai sama, lalu {kata}" for k, kata in PEMECAH.items()}
    return rantai | kriteria | {"nilai": nilai, "seri": "nilai sama, berbagi peringkat"}


def board(pemeringkatan: Pemeringkatan) -> Papan:
    """Return the ranking page's data; a fixed ranking shows what was fixed, an open one what would come out now."""
    papan = Papan(pemeringkatan, list_peserta(pemeringkatan))
    if pemeringkatan.status == StatusPemeringkatan.DITETAPKAN:
        papan.masukan, papan.hasil = pemeringkatan.masukan, pemeringkatan.hasil
        papan.karena = preview(papan.masukan).karena if papan.masukan else {}
        return papan
    kriteria = {k["kode"] for k in kriteria_of(pemeringkatan)}
    papan.belum = sum(bool(kriteria - set(p.nilai)) for p in papan.layak)
    if not papan.layak or papan.belum:
        return papan
    try:
        _compute(papan)
    except BelumLengkap as belum:
        papan.galat = str(belum)
        with suppress(MasukanSalah):
            _compute(papan, sebagian=True)
    except MasukanSalah as salah:
        papan.galat = str(salah)
    return papan


def _compute(papan: Papan, *, sebagian: bool = False) -> None:
    """Fill in what comes out now; of a ranking that is still voted on what its settled lists give, if there are any."""
    masukan = build_masukan(papan.pemeringkatan, papan.peserta, sebagian=sebagian)
    if sebagian and not masukan["usulan"]:
        return
    kini = preview(masukan)
    papan.masukan, papan.hasil, papan.karena = masukan, kini.hasil, kini.karena
    papan.seri, papan.bebas, papan.sebagian = kini.diputus, kini.bebas, sebagian
