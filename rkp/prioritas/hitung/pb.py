"""The exchange format of participatory budgets (.pb, pabulib.org): written for others, read for recomputing. Pure."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from rkp.prioritas.hitung.galat import MasukanSalah
from rkp.prioritas.hitung.pendanaan import list_money

SKIP, NO_SKIP = "greedy", "greedy-no-skip"
BERHENTI = (
    "#1: Pendanaan berhenti di kegiatan pertama yang tidak muat (greedy-no-skip). Perhitungan greedy yang melewatinya "
    "memberi hasil lain."
)


@dataclass(frozen=True)
class _Uji:
    """A list as a participatory budget: projects in our order, what they cost and got, the money of the list."""

    urutan: list[tuple[str, int, int]]
    dipilih: set[str]
    uang: int

    def winners(self, urutan: list[tuple[str, int, int]], skip: bool) -> set[str]:
        """What plain greedy would fund in an order of (code, votes, cost)."""
        sisa, hasil = self.uang, set()
        for kode, _, biaya in urutan:
            if biaya <= sisa:
                hasil.add(kode)
                sisa -= biaya
            elif not skip:
                break
        return hasil

    def rule(self) -> str:
        """The rule that gives the result whatever the order of equal votes, or "" when neither does."""
        terbalik = sorted(self.urutan, key=lambda u: (u[1], self.urutan.index(u)))
        terbalik.reverse()
        lain = [
            self.urutan,
            terbalik,
            sorted(self.urutan, key=lambda u: (-u[1], u[0])),
            sorted(self.urutan, key=lambda u: (-u[1], u[2])),
        ]
        cocok = [r for r in (SKIP, NO_SKIP) if all(self.winners(u, r == SKIP) == self.dipilih for u in lain)]
        return cocok[0] if cocok else ""


def _budget(data: dict[str, Any], hasil: dict[str, Any], daftar: str) -> _Uji:
    """The list as it was funded: its share of the pagu, never more than what the lists before it left."""
    dana = {p["kode"]: p for p in hasil["pendanaan"]}
    milik = [p for p in hasil["peringkat"] if p["daftar"] == daftar]
    urutan = [(p["kode"], int(p["skor"]), dana[p["kode"]]["biaya"]) for p in milik]
    return _Uji(urutan, {p["kode"] for p in milik if dana[p["kode"]]["didanai"]}, list_money(data, hasil)[daftar])


def pb_fault(data: dict[str, Any], hasil: dict[str, Any] | None, daftar: str) -> str:
    """Return why a list cannot be told truly as a .pb file, or "" when it can.

    Such a file holds every ballot, and whoever recomputes it by its rule gets the same works; a file that says less
    than the result would be worse than none.
    """
    if hasil is None:
        return "hasilnya belum ada"
    if data["skema"]["metode"] != "suara":
        return "daftar ini tidak diurutkan dengan pemungutan suara"
    kertas = sum(data.get("rekap_suara", {}).get(daftar, {}).values())
    if kertas:
        return f"{kertas} suara dihitung dari kertas atau angkat tangan, tanpa surat suara satu per satu"
    if not data.get("surat_suara", {}).get(daftar):
        return "daftar ini diperingkat tanpa surat suara"
    uji = _budget(data, hasil, daftar)
    if any(p["status"] == "didanai_sebagian" for p in hasil["pendanaan"] if p["kode"] in uji.dipilih):
        return "ada kegiatan yang didanai sebagian, dan .pb hanya mengenal didanai atau tidak"
    if any(biaya > uji.uang for *_, biaya in uji.urutan):
        return "ada kegiatan yang biayanya melebihi seluruh uang daftar ini"
    if not uji.rule():
        return (
            "hasilnya bergantung pada yang tidak dikenal .pb: urutan suara yang sama, halangan, kuota, batas skor, "
            "atau putusan sidang"
        )
    return ""


def write_pb(
    data: dict[str, Any], hasil: dict[str, Any], *, daftar: str, nama: dict[str, str], acara: dict[str, Any]
) -> str:
    """Return one list of a ranking as .pb text; raise MasukanSalah with ``pb_fault`` where that would not be true.

    ``data`` is the input of ``hitung_prioritas``, ``hasil`` its result, ``nama`` {code: title}, ``acara`` where and
    when: unit, instance, date_begin and date_end (dd.mm.yyyy).
    """
    if sebab := pb_fault(data, hasil, daftar):
        raise MasukanSalah(f"Berkas .pb tidak dapat dibuat: {sebab}.")
    uji, surat = _budget(data, hasil, daftar), data["surat_suara"][daftar]
    aturan, pilihan = uji.rule(), {len(satu) for satu in surat}
    meta = [
        ["description", data["skema"]["nama"]],
        ["country", "Indonesia"],
        ["unit", acara["unit"]],
        ["instance", acara["instance"]],
        ["num_projects", len(uji.urutan)],
        ["num_votes", len(surat)],
        ["budget", uji.uang],
        ["vote_type", "approval"],
        ["rule", aturan],
        ["date_begin", acara["date_begin"]],
        ["date_end", acara["date_end"]],
        ["min_length", min(pilihan)],
        ["max_length", max(pilihan)],
        ["language", "id"],
        ["currency", "IDR"],
    ]
    if sum(biaya for *_, biaya in uji.urutan) <= uji.uang:
        meta.append(["fully_funded", 1])
    if aturan == NO_SKIP:
        meta.append(["comment", BERHENTI])
    keluaran = io.StringIO()
    tulis = csv.writer(keluaran, delimiter=";", lineterminator="\n")
    tulis.writerows([["META"], ["key", "value"], *meta])
    tulis.writerows([["PROJECTS"], ["project_id", "cost", "votes", "name", "selected"]])
    tulis.writerows([k, biaya, n, nama.get(k) or k, int(k in uji.dipilih)] for k, n, biaya in uji.urutan)
    tulis.writerows([["VOTES"], ["voter_id", "vote"]])
    tulis.writerows([i, ",".join(satu)] for i, satu in enumerate(surat, 1))
    return keluaran.getvalue()


def read_pb(teks: str) -> dict[str, Any]:
    """Return the input of ``hitung_prioritas`` that a .pb file describes; raise MasukanSalah when it is not one.

    Equal votes are put in the order of cost, as the rule of most cities is; a tie beyond that stays open.
    """
    bagian: dict[str, list[dict[str, str]]] = {}
    isi: list[list[str]] = []
    for baris in csv.reader(io.StringIO(teks), delimiter=";"):
        if len(baris) == 1 and baris[0].strip() in {"META", "PROJECTS", "VOTES"}:
            isi = []
            bagian[baris[0].strip()] = []
            kunci = baris[0].strip()
        elif bagian and baris:
            isi.append(baris)
            if len(isi) > 1:
                bagian[kunci].append(dict(zip(isi[0], baris, strict=False)))
    meta = {b.get("key", ""): b.get("value", "") for b in bagian.get("META", [])}
    if "budget" not in meta or not bagian.get("PROJECTS"):
        raise MasukanSalah("Berkas .pb tidak memuat META dengan budget dan PROJECTS.")
    try:
        usulan = [
            {"kode": p["project_id"], "biaya": int(p["cost"]), "suara": int(p.get("votes") or p["score"])}
            for p in bagian["PROJECTS"]
        ]
        pagu = int(meta["budget"])
    except (KeyError, TypeError, ValueError) as galat:
        raise MasukanSalah("Berkas .pb harus memuat project_id, cost, dan votes berupa bilangan bulat.") from galat
    return {
        "skema": {
            "nama": meta.get("description", ""),
            "metode": "suara",
            "pagu": pagu,
            "kebijakan_sisa": "berhenti" if meta.get("rule") == "greedy-no-skip" else "lewati",
            "ambang_lolos": meta.get("min_project_score_threshold"),
            "pemecah_seri": ["biaya_terkecil"],
        },
        "usulan": usulan,
    }
