"""The exchange format of participatory budgets (.pb, pabulib.org): written for others, read for recomputing. Pure."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from rkp.prioritas.engine.errors import BadInput
from rkp.prioritas.engine.funding import list_money

SKIP, NO_SKIP = "greedy", "greedy-no-skip"
BERHENTI = (
    "#1: Pendanaan berhenti di kegiatan pertama yang tidak muat (greedy-no-skip). Perhitungan greedy yang melewatinya "
    "memberi hasil lain."
)


@dataclass(frozen=True)
class _Trial:
    """A list as a participatory budget: projects in our order, what they cost and got, the money of the list."""

    urutan: list[tuple[str, int, int]]
    dipilih: set[str]
    uang: int

    def winners(self, urutan: list[tuple[str, int, int]], skip: bool) -> set[str]:
        """What plain greedy would fund in an order of (code, votes, cost)."""
        remainder, result = self.uang, set()
        for kode, _, biaya in urutan:
            if biaya <= remainder:
                result.add(kode)
                remainder -= biaya
            elif not skip:
                break
        return result

    def rule(self) -> str:
        """The rule that gives the result whatever the order of equal votes, or "" when neither does."""
        upside_down = sorted(self.urutan, key=lambda u: (u[1], self.urutan.index(u)))
        upside_down.reverse()
        others = [
            self.urutan,
            upside_down,
            sorted(self.urutan, key=lambda u: (-u[1], u[0])),
            sorted(self.urutan, key=lambda u: (-u[1], u[2])),
        ]
        fits = [r for r in (SKIP, NO_SKIP) if all(self.winners(u, r == SKIP) == self.dipilih for u in others)]
        return fits[0] if fits else ""


def _budget(data: dict[str, Any], result: dict[str, Any], daftar: str) -> _Trial:
    """The list as it was funded: its share of the pagu, never more than what the lists before it left."""
    dana = {p["kode"]: p for p in result["pendanaan"]}
    own = [p for p in result["peringkat"] if p["daftar"] == daftar]
    ordering = [(p["kode"], int(p["skor"]), dana[p["kode"]]["biaya"]) for p in own]
    return _Trial(ordering, {p["kode"] for p in own if dana[p["kode"]]["didanai"]}, list_money(data, result)[daftar])


def pb_fault(data: dict[str, Any], result: dict[str, Any] | None, daftar: str) -> str:
    """Return why a list cannot be told truly as a .pb file, or "" when it can.

    Such a file holds every ballot, and whoever recomputes it by its rule gets the same works; a file that says less
    than the result would be worse than none.
    """
    if result is None:
        return "hasilnya belum ada"
    if data["skema"]["metode"] != "suara":
        return "daftar ini tidak diurutkan dengan pemungutan suara"
    paper = sum(data.get("rekap_suara", {}).get(daftar, {}).values())
    if paper:
        return f"{paper} suara dihitung dari kertas atau angkat tangan, tanpa surat suara satu per satu"
    if not data.get("surat_suara", {}).get(daftar):
        return "daftar ini diperingkat tanpa surat suara"
    trial = _budget(data, result, daftar)
    if any(p["status"] == "didanai_sebagian" for p in result["pendanaan"] if p["kode"] in trial.dipilih):
        return "ada kegiatan yang didanai sebagian, dan datanya hanya mengenal didanai atau tidak"
    if any(biaya > trial.uang for *_, biaya in trial.urutan):
        return "ada kegiatan yang biayanya melebihi seluruh uang daftar ini"
    if not trial.rule():
        return (
            "hasilnya bergantung pada yang tidak dimuat datanya: urutan suara yang sama, halangan, kuota, batas skor, "
            "atau putusan sidang"
        )
    return ""


def write_pb(
    data: dict[str, Any], result: dict[str, Any] | None, *, daftar: str, nama: dict[str, str], acara: dict[str, Any]
) -> str:
    """Return one list of a ranking as .pb text; raise BadInput with ``pb_fault`` where that would not be true.

    ``data`` is the input of ``hitung_prioritas``, ``result`` its result, ``nama`` {code: title}, ``acara`` where and
    when: unit, instance, date_begin and date_end (dd.mm.yyyy).
    """
    if reason := pb_fault(data, result, daftar):
        raise BadInput(f"Data surat suara tidak dapat dibuat: {reason}.")
    assert result is not None  # pb_fault says so otherwise
    trial, surat = _budget(data, result, daftar), data["surat_suara"][daftar]
    rules, pilihan = trial.rule(), {len(one) for one in surat}
    metadata = [
        ["description", data["skema"]["nama"]],
        ["country", "Indonesia"],
        ["unit", acara["unit"]],
        ["instance", acara["instance"]],
        ["num_projects", len(trial.urutan)],
        ["num_votes", len(surat)],
        ["budget", trial.uang],
        ["vote_type", "approval"],
        ["rule", rules],
        ["date_begin", acara["date_begin"]],
        ["date_end", acara["date_end"]],
        ["min_length", min(pilihan)],
        ["max_length", max(pilihan)],
        ["language", "id"],
        ["currency", "IDR"],
    ]
    if sum(biaya for *_, biaya in trial.urutan) <= trial.uang:
        metadata.append(["fully_funded", 1])
    if rules == NO_SKIP:
        metadata.append(["comment", BERHENTI])
    output = io.StringIO()
    write = csv.writer(output, delimiter=";", lineterminator="\n")
    write.writerows([["META"], ["key", "value"], *metadata])
    write.writerows([["PROJECTS"], ["project_id", "cost", "votes", "name", "selected"]])
    write.writerows([k, biaya, n, nama.get(k) or k, int(k in trial.dipilih)] for k, n, biaya in trial.urutan)
    write.writerows([["VOTES"], ["voter_id", "vote"]])
    write.writerows([i, ",".join(one)] for i, one in enumerate(surat, 1))
    return output.getvalue()


def read_pb(text: str) -> dict[str, Any]:
    """Return the input of ``hitung_prioritas`` that a .pb file describes; raise BadInput when it is not one.

    Equal votes are put in the order of cost, as the rule of most cities is; a tie beyond that stays open.
    """
    part: dict[str, list[dict[str, str]]] = {}
    contents: list[list[str]] = []
    for baris in csv.reader(io.StringIO(text), delimiter=";"):
        if len(baris) == 1 and baris[0].strip() in {"META", "PROJECTS", "VOTES"}:
            contents = []
            part[baris[0].strip()] = []
            kunci = baris[0].strip()
        elif part and baris:
            contents.append(baris)
            if len(contents) > 1:
                part[kunci].append(dict(zip(contents[0], baris, strict=False)))
    metadata = {b.get("key", ""): b.get("value", "") for b in part.get("META", [])}
    if "budget" not in metadata or not part.get("PROJECTS"):
        raise BadInput("Berkas .pb tidak memuat META dengan budget dan PROJECTS.")
    try:
        usulan = [
            {"kode": p["project_id"], "biaya": int(p["cost"]), "suara": int(p.get("votes") or p["score"])}
            for p in part["PROJECTS"]
        ]
        pagu = int(metadata["budget"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("Berkas .pb harus memuat project_id, cost, dan votes berupa bilangan bulat.") from error
    return {
        "skema": {
            "nama": metadata.get("description", ""),
            "metode": "suara",
            "pagu": pagu,
            "kebijakan_sisa": "berhenti" if metadata.get("rule") == "greedy-no-skip" else "lewati",
            "ambang_lolos": metadata.get("min_project_score_threshold"),
            "pemecah_seri": ["biaya_terkecil"],
        },
        "usulan": usulan,
    }
