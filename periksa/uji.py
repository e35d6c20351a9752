"""Each check: what it found wrong, and how much it looked at."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from musrenbang.jangkar.daun import TITIK, fact_leaf, row_leaf, zip_fact
from musrenbang.jangkar.nota import PELADEN, SAKSI, Kunci, NotaSalah, Titik, read_key, read_note, read_notes
from musrenbang.jangkar.pohon import root
from musrenbang.rantai import content_hash
from periksa.berkas import BerkasSalah, Paket
from rkp.prioritas.hitung.galat import MasukanSalah, SeriBelumPutus
from rkp.prioritas.hitung.mesin import compute, digest

Hasil = tuple[list[str], str]


@dataclass(frozen=True)
class Bekal:
    """What the person who checks brings along: roots on papers, fingerprints of keys, texts of kept checkpoints."""

    akar: list[str] = field(default_factory=list)
    kunci: list[str] = field(default_factory=list)
    titik: list[str] = field(default_factory=list)


def files(paket: Paket, bekal: Bekal) -> Hasil:
    """Every file is the one that the manifest names, and the manifest names every file."""
    bebas = {"manifes.json"}
    temuan = [f"{n} tidak tercatat dalam manifes." for n in paket.nama if n not in paket.manifes and n not in bebas]
    for nama, sha256 in paket.manifes.items():
        if nama not in paket.nama:
            temuan.append(f"{nama} tercatat, tetapi tidak ada.")
        elif paket.sha256(nama) != sha256:
            temuan.append(f"{nama} berubah sejak ZIP dibuat.")
    fakta, sebelum = _zip_fact(paket)
    isi = {n: s for n, s in paket.manifes.items() if n not in BUKTI}
    kini = zip_fact(isi, paket.jejak["jejak"][:sebelum], paket.jejak["dokumen"])
    if fakta is None:
        temuan.append(
            "Isi ZIP ini tidak ada dalam catatan yang ditandatangani. ZIP yang dibuat selagi acara di aula dibuat lagi "
            "sesudah pulang."
        )
    else:
        temuan += [kalimat for k, kalimat in ISI_ZIP.items() if fakta.get(k) != kini[k]]
    return temuan, f"{len(paket.manifes)} berkas"


BUKTI = frozenset({"jejak.json", "titik.txt", "kunci.txt"})
"""Files that prove themselves: by the tree, by signatures, and by the fingerprint on paper."""
ISI_ZIP = {
    "berkas": "Berkas di dalamnya bukan yang dicatat ketika ZIP ini dibuat: ada yang ditambah, ditukar, atau dibuang.",
    "jejak": "Yang terbuka dari catatan bukan yang dibuka ketika ZIP ini dibuat: ada yang ditutup atau diganti.",
    "dokumen": "Daftar dokumennya bukan yang dicatat ketika ZIP ini dibuat.",
}


def _zip_fact(paket: Paket) -> tuple[dict[str, Any] | None, int]:
    """Return what the record says of this ZIP, and how many rows stood before; it is the last thing that was signed."""
    semua = paket.jejak["jejak"]
    baku = semua[-2].get("fakta", ()) if len(semua) > 1 else ()
    fakta = [json.loads(f) for f in baku if f.startswith("{")]
    return next((f for f in fakta if f["j"] == "zip"), None), len(semua) - 2


def papers(paket: Paket, bekal: Bekal) -> Hasil:
    """Every PDF of the ZIP is one whose hash is a fact of the record."""
    tercatat = {(f["kode"], f["sha256"]) for baku in _facts(paket) for f in baku if f["j"] == "berkas"}
    temuan = [
        f"{d['berkas']} bukan dokumen yang tercatat."
        for d in paket.jejak["dokumen"]
        if paket.manifes.get(d["berkas"]) != d["sha256"] or (d["kode"], d["sha256"]) not in tercatat
    ]
    return temuan, f"{len(paket.jejak['dokumen'])} dokumen dengan sidik dalam catatan"


def chain(paket: Paket, bekal: Bekal) -> Hasil:
    """Every row follows the one before it; rows whose content is open have the hash that they say."""
    temuan, kepala, terbuka = [], "", 0
    for no, b in enumerate(paket.jejak["jejak"], 1):
        if b["sebelum"] != kepala:
            temuan.append(f"Jejak ke-{no} tidak menyambung dengan yang sebelumnya.")
        if "isi" in b:
            terbuka += 1
            if content_hash(b["isi"]) != b["sidik"] or b["isi"]["sebelum"] != b["sebelum"]:
                temuan.append(f"Jejak ke-{no}: isinya berubah sejak ditulis.")
        kepala = b["sidik"]
    if kepala != paket.jejak["kepala"]:
        temuan.append("Ujung jejak tidak ada.")
    return temuan, f"{len(paket.jejak['jejak'])} baris, {terbuka} di antaranya terbuka isinya"


def _leaves(paket: Paket) -> list[bytes]:
    daun: list[bytes] = []
    for b in paket.jejak["jejak"]:
        daun += [fact_leaf(f) if f.startswith("{") else bytes.fromhex(f) for f in b.get("fakta", ())]
        daun.append(row_leaf(b["sidik"]))
    return daun


def _notes(paket: Paket) -> list[Titik]:
    try:
        return read_notes(paket.text("titik.txt"))
    except NotaSalah as galat:
        raise BerkasSalah(f"titik.txt: {galat}") from galat


def _keys(paket: Paket, jenis: int) -> list[Kunci]:
    try:
        kunci = [read_key(b) for b in paket.text("kunci.txt").splitlines() if b.strip()]
    except NotaSalah as galat:
        raise BerkasSalah(f"kunci.txt: {galat}") from galat
    return [k for k in kunci if k.jenis == jenis]


def tree(paket: Paket, bekal: Bekal) -> Hasil:
    """The tree over rows and facts has the root of every checkpoint, of every paper, and of those brought along."""
    daun = _leaves(paket)
    temuan = [
        f"Titik periksa {t.waktu} ({t.ukuran} butir) bukan tentang catatan ini."
        for t in _notes(paket)
        if t.ukuran > len(daun) or root(daun[: t.ukuran]) != t.akar
    ]
    sampai = max((t.ukuran for t in _notes(paket)), default=0)
    if len(daun) != sampai + 1:  # the row that holds the last checkpoint is the only one after it
        temuan.append(f"{len(daun) - sampai} butir terakhir berada di luar titik periksa yang terakhir.")
    temuan += [
        f"Titik periksa {t.waktu} tentang acara lain, {t.asal}." for t in _notes(paket) if t.asal != paket.jejak["asal"]
    ]
    temuan += [
        f"Akar pada {d['berkas']} bukan akar catatan ini."
        for d in paket.jejak["dokumen"]
        if d["akar"] and (d["ukuran"] > len(daun) or root(daun[: d["ukuran"]]).hex() != d["akar"])
    ]
    akar = {d["akar"] for d in paket.jejak["dokumen"]} | {t.akar.hex() for t in _notes(paket)}
    dicari = ["".join(a.split()).lower() for a in bekal.akar]
    semua = {root(daun[:n]).hex() for n in range(1, len(daun) + 1)} if dicari else akar
    temuan += [f"Akar {a[:16]}… pada kertas Anda tidak ada dalam catatan ini." for a in dicari if a not in semua]
    return temuan, f"{len(daun)} butir, {len(paket.jejak['dokumen'])} dokumen"


def checkpoints(paket: Paket, bekal: Bekal) -> Hasil:
    """Every checkpoint is signed by a key of this ZIP; the key is the one on the paper; kept ones are still true."""
    kunci, semua, temuan = _keys(paket, PELADEN), _notes(paket), []
    temuan += [f"Titik periksa {t.waktu} tidak bertanda tangan kunci server." for t in semua if not t.signed_by(kunci)]
    if not semua:
        temuan.append("Belum ada titik periksa.")
    ada = {t.badan for t in semua}
    for b in paket.jejak["jejak"]:
        if b.get("isi", {}).get("aksi") == TITIK and read_note(b["isi"]["rincian"]["nota"]).badan not in ada:
            temuan.append(f"Titik periksa pada jejak {b['isi']['waktu']} tidak ada dalam titik.txt.")
    dikenal = {"".join(k.sidik.split()) for k in kunci}
    for sidik in bekal.kunci:
        if "".join(sidik.split()).upper() not in dikenal:
            temuan.append(f"Kunci {sidik} tidak dipakai dalam ZIP ini.")
    daun, disimpan = _leaves(paket), 0
    for teks in bekal.titik:
        try:
            simpanan = read_notes(teks)
        except NotaSalah as galat:
            temuan.append(f"Titik periksa simpanan Anda: {galat}")
            continue
        for t in simpanan:
            disimpan += 1
            if t.asal != paket.jejak["asal"] or t.ukuran > len(daun) or root(daun[: t.ukuran]) != t.akar:
                temuan.append(f"Titik periksa simpanan Anda {t.waktu} tidak cocok: catatan diubah sesudah itu.")
            elif not t.signed_by(kunci):
                temuan.append(f"Titik periksa simpanan Anda {t.waktu} ditandatangani kunci lain.")
    sidik = ", ".join(k.sidik for k in kunci)
    return temuan, f"{len(semua)} titik periksa, {disimpan} simpanan, kunci {sidik}"


def witnesses(paket: Paket, bekal: Bekal) -> Hasil:
    """Every signature of a witness is that of its key."""
    kunci, temuan, banyak = _keys(paket, SAKSI), [], 0
    for t in _notes(paket):
        sah = {(k.nama, k.id) for k in t.signed_by(kunci)}
        bersaksi = [s for s in t.tanda if s[0].startswith("saksi-")]
        banyak += len(bersaksi)
        temuan += [f"Tanda tangan {s[0]} pada {t.waktu} palsu." for s in bersaksi if s[:2] not in sah]
    return temuan, f"{banyak} tanda tangan saksi"


def _facts(paket: Paket) -> list[list[dict[str, Any]]]:
    """The facts of each row that fixed some, those that are open."""
    return [[json.loads(f) for f in b["fakta"] if f.startswith("{")] for b in paket.jejak["jejak"] if "fakta" in b]


def sums(paket: Paket, bekal: Bekal) -> Hasil:
    """What programmes give stays within their pagu, and no work gets more than it costs, by what was fixed."""
    temuan, banyak = [], 0
    biaya: dict[str, int | None] = {}
    for baku in _facts(paket):
        biaya |= {str(f["no"]): f["rp"] for f in baku if f["j"] == "baris"}
        dana = [f for f in baku if f["j"] == "dana"]
        for p in (f for f in baku if f["j"] == "peringkat"):
            milik = [d for d in dana if d["program"] == p["program"]]
            banyak += len(milik)
            jumlah = sum(d["rp"] or 0 for d in milik)
            if jumlah > p["pagu"]:
                temuan.append(f"{p['nama']}: yang didanai {jumlah} melebihi pagu {p['pagu']}.")
        per: dict[str, int] = {}
        for d in dana:
            per[str(d["no"])] = per.get(str(d["no"]), 0) + (d["rp"] or 0)
        temuan += [
            f"No. {no} didanai {rp}, melebihi biayanya {biaya[no]}."
            for no, rp in per.items()
            if biaya.get(no) is not None and rp > (biaya[no] or 0)
        ]
    return temuan, f"{len(biaya)} kegiatan, {banyak} baris dana"


def rankings(paket: Paket, bekal: Bekal) -> Hasil:
    """Every ranking, computed again from its published input, gives the published result, which is the fixed one."""
    temuan = []
    baku = [[f for f in satu if f["j"] == "peringkat"] for satu in _facts(paket)]
    tetap = {f["program"]: f for f in next((satu for satu in reversed(baku) if satu), [])}
    for p in paket.peringkat:
        try:
            hasil = compute(p["masukan"])
        except (MasukanSalah, SeriBelumPutus) as galat:
            temuan.append(f"{p['nama']}: masukannya tidak dapat dihitung ({galat}).")
            continue
        if digest(hasil) != digest(p["hasil"]):
            temuan.append(f"{p['nama']}: hitung ulang memberi hasil lain.")
        f = tetap.get(p["program"])
        if f is not None and f["nama"] != p["nama"]:
            temuan.append(f"{p['nama']}: dalam catatan namanya {f['nama']}.")
        if f is None or (f["masukan"], f["hasil"]) != (digest(p["masukan"]), digest(p["hasil"])):
            temuan.append(f"{p['nama']}: bukan peringkat yang ditetapkan sidang.")
    hilang = set(tetap) - {p["program"] for p in paket.peringkat}
    temuan += [f"{tetap[k]['nama']}: ditetapkan sidang, tetapi tidak ada dalam ZIP." for k in sorted(hilang)]
    return temuan, f"{len(paket.peringkat)} pemeringkatan dihitung ulang"


Uji = Callable[[Paket, Bekal], Hasil]
UJI: tuple[tuple[str, Uji], ...] = (
    ("Berkas", files),
    ("Dokumen", papers),
    ("Rantai jejak", chain),
    ("Pohon", tree),
    ("Titik periksa", checkpoints),
    ("Saksi", witnesses),
    ("Jumlah", sums),
    ("Peringkat", rankings),
)
"""Every check with the word that stands before its line."""
