"""The exchange format of participatory budgets (.pb, pabulib.org): written for others, read for recomputing. Pure."""

import csv
import io
from typing import Any

from rkp.prioritas.hitung.galat import MasukanSalah

ATURAN_PB = {"lewati": "greedy", "berhenti": "greedy-no-skip", "parsial": "greedy-partial"}


def write_pb(data: dict[str, Any], hasil: dict[str, Any] | None, *, daftar: str, nama: dict[str, str]) -> str:
    """Return one list of a ranking as .pb text.

    ``data`` is the input of ``hitung_prioritas``, ``hasil`` its result when there is one, ``nama`` {code: title}.
    Votes that were counted on paper have no ballots; they are in the ``votes`` column alone.
    """
    usulan = [u for u in data["usulan"] if u.get("daftar", "") == daftar]
    surat = data.get("surat_suara", {}).get(daftar, [])
    skor = {p["kode"]: p["skor"] for p in (hasil or {"peringkat": []})["peringkat"]}
    didanai = {p["kode"]: p["didanai"] for p in (hasil or {"pendanaan": []})["pendanaan"]}
    kolom_skor = "votes" if data["skema"]["metode"] == "suara" else "score"
    keluaran = io.StringIO()
    tulis = csv.writer(keluaran, delimiter=";", lineterminator="\n")
    tulis.writerows(
        [
            ["META"], ["key", "value"], ["description", data["skema"]["nama"]], ["country", "Indonesia"],
            ["num_projects", len(usulan)], ["num_votes", len(surat)], ["budget", data["skema"]["pagu"]],
            ["vote_type", "approval"], ["rule", ATURAN_PB[data["skema"]["kebijakan_sisa"]]], ["currency", "IDR"],
            ["PROJECTS"], ["project_id", "cost", kolom_skor, "name", "selected"],
        ]
    )  # fmt: skip
    for u in sorted(usulan, key=lambda u: u["kode"]):
        kode = u["kode"]
        tulis.writerow([kode, u["biaya"], skor.get(kode, ""), nama.get(kode, ""), int(bool(didanai.get(kode)))])
    tulis.writerows([["VOTES"], ["voter_id", "vote"]])
    tulis.writerows([i, ",".join(pilihan)] for i, pilihan in enumerate(surat, 1))
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
            "nama": meta.get("description", ""), "metode": "suara", "pagu": pagu,
            "kebijakan_sisa": "berhenti" if meta.get("rule") == "greedy-no-skip" else "lewati",
            "ambang_lolos": meta.get("min_project_score_threshold"), "pemecah_seri": ["biaya_terkecil"],
        },
        "usulan": usulan,
    }  # fmt: skip
