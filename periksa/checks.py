"""Each check: what it found wrong, and how much it looked at."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from musrenbang.jangkar.leaves import TITIK, fact_leaf, row_leaf, zip_fact
from musrenbang.jangkar.note import PELADEN, SAKSI, BadNote, Checkpoint, Kunci, read_key, read_note, read_notes
from musrenbang.jangkar.tree import root
from musrenbang.rantai import content_hash
from periksa.files import BadFile, Paket
from rkp.prioritas.engine.errors import BadInput, UnsettledTie
from rkp.prioritas.engine.published import compute, digest

Hasil = tuple[list[str], str]


@dataclass(frozen=True)
class Provisions:
    """What the person who checks brings along: roots on papers, fingerprints of keys, texts of kept checkpoints."""

    akar: list[str] = field(default_factory=list)
    kunci: list[str] = field(default_factory=list)
    titik: list[str] = field(default_factory=list)


def files(paket: Paket, bekal: Provisions) -> Hasil:
    """Every file is the one that the manifest names, and the manifest names every file."""
    open_rows = {"manifes.json"}
    findings = [
        f"{n} tidak tercatat dalam manifes." for n in paket.nama if n not in paket.manifes and n not in open_rows
    ]
    for nama, sha256 in paket.manifes.items():
        if nama not in paket.nama:
            findings.append(f"{nama} tercatat, tetapi tidak ada.")
        elif paket.sha256(nama) != sha256:
            findings.append(f"{nama} berubah sejak ZIP dibuat.")
    fact, before = _zip_fact(paket)
    content = {n: s for n, s in paket.manifes.items() if n not in BUKTI}
    current = zip_fact(content, paket.jejak["jejak"][:before], paket.jejak["dokumen"])
    if fact is None:
        findings.append(
            "Isi ZIP ini tidak ada dalam catatan yang ditandatangani. ZIP yang dibuat selagi Musrenbang di aula "
            "dibuat lagi sesudah pulang."
        )
    else:
        findings += [sentence for k, sentence in ISI_ZIP.items() if fact.get(k) != current[k]]
    return findings, f"{len(paket.manifes)} berkas"


BUKTI = frozenset({"jejak.json", "titik.txt", "kunci.txt"})
"""Files that prove themselves: by the tree, by signatures, and by the fingerprint on paper."""
ISI_ZIP = {
    "berkas": "Berkas di dalamnya bukan yang dicatat ketika ZIP ini dibuat: ada yang ditambah, ditukar, atau dibuang.",
    "jejak": "Yang terbuka dari catatan bukan yang dibuka ketika ZIP ini dibuat: ada yang ditutup atau diganti.",
    "dokumen": "Daftar dokumennya bukan yang dicatat ketika ZIP ini dibuat.",
}


def _zip_fact(paket: Paket) -> tuple[dict[str, Any] | None, int]:
    """Return what the record says of this ZIP, and how many rows stood before; it is the last thing that was signed."""
    everything = paket.jejak["jejak"]
    standard = everything[-2].get("fakta", ()) if len(everything) > 1 else ()
    facts = [json.loads(f) for f in standard if f.startswith("{")]
    return next((f for f in facts if f["j"] == "zip"), None), len(everything) - 2


def papers(paket: Paket, bekal: Provisions) -> Hasil:
    """Every PDF of the ZIP is one whose hash is a fact of the record."""
    recorded = {(f["kode"], f["sha256"]) for standard in _facts(paket) for f in standard if f["j"] == "berkas"}
    findings = [
        f"{d['berkas']} bukan dokumen yang tercatat."
        for d in paket.jejak["dokumen"]
        if paket.manifes.get(d["berkas"]) != d["sha256"] or (d["kode"], d["sha256"]) not in recorded
    ]
    return findings, f"{len(paket.jejak['dokumen'])} dokumen dengan kode keaslian dalam catatan"


def chain(paket: Paket, bekal: Provisions) -> Hasil:
    """Every row follows the one before it; rows whose content is open have the hash that they say."""
    findings, head, opened = [], "", 0
    for no, b in enumerate(paket.jejak["jejak"], 1):
        if b["sebelum"] != head:
            findings.append(f"Jejak ke-{no} tidak menyambung dengan yang sebelumnya.")
        if "isi" in b:
            opened += 1
            if content_hash(b["isi"]) != b["sidik"] or b["isi"]["sebelum"] != b["sebelum"]:
                findings.append(f"Jejak ke-{no}: isinya berubah sejak ditulis.")
        head = b["sidik"]
    if head != paket.jejak["kepala"]:
        findings.append("Ujung jejak tidak ada.")
    return findings, f"{len(paket.jejak['jejak'])} baris, {opened} di antaranya terbuka isinya"


def _leaves(paket: Paket) -> list[bytes]:
    leaves: list[bytes] = []
    for b in paket.jejak["jejak"]:
        leaves += [fact_leaf(f) if f.startswith("{") else bytes.fromhex(f) for f in b.get("fakta", ())]
        leaves.append(row_leaf(b["sidik"]))
    return leaves


def _notes(paket: Paket) -> list[Checkpoint]:
    try:
        return read_notes(paket.text("titik.txt"))
    except BadNote as error:
        raise BadFile(f"titik.txt: {error}") from error


def _keys(paket: Paket, jenis: int) -> list[Kunci]:
    try:
        kunci = [read_key(b) for b in paket.text("kunci.txt").splitlines() if b.strip()]
    except BadNote as error:
        raise BadFile(f"kunci.txt: {error}") from error
    return [k for k in kunci if k.jenis == jenis]


def tree(paket: Paket, bekal: Provisions) -> Hasil:
    """The tree over rows and facts has the root of every checkpoint, of every paper, and of those brought along."""
    leaf = _leaves(paket)
    findings = [
        f"Titik periksa {t.waktu} ({t.ukuran} butir) bukan tentang catatan ini."
        for t in _notes(paket)
        if t.ukuran > len(leaf) or root(leaf[: t.ukuran]) != t.akar
    ]
    until = max((t.ukuran for t in _notes(paket)), default=0)
    if len(leaf) != until + 1:  # the row that holds the last checkpoint is the only one after it
        findings.append(f"{len(leaf) - until} butir terakhir berada di luar titik periksa yang terakhir.")
    findings += [
        f"Titik periksa {t.waktu} tentang Musrenbang lain, {t.asal}."
        for t in _notes(paket)
        if t.asal != paket.jejak["asal"]
    ]
    findings += [
        f"Akar pada {d['berkas']} bukan akar catatan ini."
        for d in paket.jejak["dokumen"]
        if d["akar"] and (d["ukuran"] > len(leaf) or root(leaf[: d["ukuran"]]).hex() != d["akar"])
    ]
    root_hash = {d["akar"] for d in paket.jejak["dokumen"]} | {t.akar.hex() for t in _notes(paket)}
    searched = ["".join(a.split()).lower() for a in bekal.akar]
    everything = {root(leaf[:n]).hex() for n in range(1, len(leaf) + 1)} if searched else root_hash
    findings += [
        f"Akar {a[:16]}… pada kertas Anda tidak ada dalam catatan ini." for a in searched if a not in everything
    ]
    return findings, f"{len(leaf)} butir, {len(paket.jejak['dokumen'])} dokumen"


def checkpoints(paket: Paket, bekal: Provisions) -> Hasil:
    """Every checkpoint is signed by a key of this ZIP; the key is the one on the paper; kept ones are still true."""
    kunci, everything, findings = _keys(paket, PELADEN), _notes(paket), []
    findings += [
        f"Titik periksa {t.waktu} tidak bertanda tangan kunci server." for t in everything if not t.signed_by(kunci)
    ]
    if not everything:
        findings.append("Belum ada titik periksa.")
    existing = {t.badan for t in everything}
    for b in paket.jejak["jejak"]:
        if b.get("isi", {}).get("aksi") == TITIK and read_note(b["isi"]["rincian"]["nota"]).badan not in existing:
            findings.append(f"Titik periksa pada jejak {b['isi']['waktu']} tidak ada dalam titik.txt.")
    recognised_ones = {"".join(k.sidik.split()) for k in kunci}
    for fingerprint in bekal.kunci:
        if "".join(fingerprint.split()).upper() not in recognised_ones:
            findings.append(f"Kunci {fingerprint} tidak dipakai dalam ZIP ini.")
    leaf, saved = _leaves(paket), 0
    for text in bekal.titik:
        try:
            store = read_notes(text)
        except BadNote as error:
            findings.append(f"Titik periksa simpanan Anda: {error}")
            continue
        for t in store:
            saved += 1
            if t.asal != paket.jejak["asal"] or t.ukuran > len(leaf) or root(leaf[: t.ukuran]) != t.akar:
                findings.append(f"Titik periksa simpanan Anda {t.waktu} tidak cocok: catatan diubah sesudah itu.")
            elif not t.signed_by(kunci):
                findings.append(f"Titik periksa simpanan Anda {t.waktu} ditandatangani kunci lain.")
    fingerprint = ", ".join(k.sidik for k in kunci)
    return findings, f"{len(everything)} titik periksa, {saved} simpanan, kunci {fingerprint}"


def witnesses(paket: Paket, bekal: Provisions) -> Hasil:
    """Every signature of a witness is that of its key."""
    kunci, findings, count = _keys(paket, SAKSI), [], 0
    for t in _notes(paket):
        valid = {(k.nama, k.id) for k in t.signed_by(kunci)}
        witnessed = [s for s in t.tanda if s[0].startswith("saksi-")]
        count += len(witnessed)
        findings += [f"Tanda tangan {s[0]} pada {t.waktu} palsu." for s in witnessed if s[:2] not in valid]
    return findings, f"{count} tanda tangan saksi"


def _facts(paket: Paket) -> list[list[dict[str, Any]]]:
    """The facts of each row that fixed some, those that are open."""
    return [[json.loads(f) for f in b["fakta"] if f.startswith("{")] for b in paket.jejak["jejak"] if "fakta" in b]


def sums(paket: Paket, bekal: Provisions) -> Hasil:
    """What programmes give stays within their pagu, and no work gets more than it costs, by what was fixed."""
    findings, count = [], 0
    biaya: dict[str, int | None] = {}
    for standard in _facts(paket):
        biaya |= {str(f["no"]): f["rp"] for f in standard if f["j"] == "baris"}
        dana = [f for f in standard if f["j"] == "dana"]
        for p in (f for f in standard if f["j"] == "peringkat"):
            own = [d for d in dana if d["program"] == p["program"]]
            count += len(own)
            jumlah = sum(d["rp"] or 0 for d in own)
            if jumlah > p["pagu"]:
                findings.append(f"{p['nama']}: yang didanai {jumlah} melebihi pagu {p['pagu']}.")
        per: dict[str, int] = {}
        for d in dana:
            per[str(d["no"])] = per.get(str(d["no"]), 0) + (d["rp"] or 0)
        findings += [
            f"No. {no} didanai {rupiah}, melebihi biayanya {biaya[no]}."
            for no, rupiah in per.items()
            if biaya.get(no) is not None and rupiah > (biaya[no] or 0)
        ]
    return findings, f"{len(biaya)} kegiatan, {count} baris dana"


def rankings(paket: Paket, bekal: Provisions) -> Hasil:
    """Every ranking, computed again from its published input, gives the published result, which is the fixed one."""
    findings = []
    standard = [[f for f in one if f["j"] == "peringkat"] for one in _facts(paket)]
    fixed = {f["program"]: f for f in next((one for one in reversed(standard) if one), [])}
    for p in paket.peringkat:
        try:
            result = compute(p["masukan"])
        except (BadInput, UnsettledTie) as error:
            findings.append(f"{p['nama']}: masukannya tidak dapat dihitung ({error}).")
            continue
        if digest(result) != digest(p["hasil"]):
            findings.append(f"{p['nama']}: hitung ulang memberi hasil lain.")
        f = fixed.get(p["program"])
        if f is not None and f["nama"] != p["nama"]:
            findings.append(f"{p['nama']}: dalam catatan namanya {f['nama']}.")
        if f is None or (f["masukan"], f["hasil"]) != (digest(p["masukan"]), digest(p["hasil"])):
            findings.append(f"{p['nama']}: bukan peringkat yang ditetapkan sidang.")
    lost = set(fixed) - {p["program"] for p in paket.peringkat}
    findings += [f"{fixed[k]['nama']}: ditetapkan sidang, tetapi tidak ada dalam ZIP." for k in sorted(lost)]
    return findings, f"{len(paket.peringkat)} pemeringkatan dihitung ulang"


Uji = Callable[[Paket, Provisions], Hasil]
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
