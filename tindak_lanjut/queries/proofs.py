"""The proofs that go onto the sheets of the villages."""

import json
from datetime import datetime
from typing import Any

from musrenbang.jangkar.folder import known_keys
from musrenbang.jangkar.note import PELADEN, Checkpoint, Kunci
from musrenbang.jangkar.proof import WAKTU, Proof, pack
from musrenbang.jangkar.read import Catatan, read_record, stored_notes
from musrenbang.jangkar.tree import inclusion
from musrenbang.models import Musrenbang


def village_proofs(musrenbang: Musrenbang) -> dict[str, list[dict[str, Any]]]:
    """Return {desa: its proofs}: text, numbers of its proposals, and when it was signed (three queries).

    Of the newest leaves; under the first checkpoint of this server that holds them, so that a sheet stays the same.
    A desa whose leaves nobody signed yet has none.
    """
    catatan = read_record(musrenbang)
    start, fact = _newest(catatan)
    point, kunci = _first_signed([t for t in stored_notes(musrenbang) if t.ukuran > start])
    if not point or not kunci:
        return {}
    result: dict[str, list[dict[str, Any]]] = {}
    for shift, text in enumerate(fact):
        content = json.loads(text)
        if content["j"] == "kabar":
            one = _proof(catatan, point, kunci, start + shift, text)
            nomor = [u[0] for u in content["u"]]
            result.setdefault(content["desa"], []).append({"teks": one, "nomor": nomor, "pada": point.waktu})
    return result


def _first_signed(everything: list[Checkpoint]) -> tuple[Checkpoint | None, Kunci | None]:
    """Return the smallest checkpoint that a key of this server signed, and that key: who saved the page knows no other.

    The smallest may be of a laptop in the hall; then the one by which the server took the day in holds the leaves too.
    """
    known = [k for k in known_keys() if k.jenis == PELADEN]
    for point in sorted(everything, key=lambda t: t.ukuran):
        if kunci := point.signed_by(known):
            return point, kunci[0]
    return None, None


def _newest(catatan: Catatan) -> tuple[int, list[str]]:
    """Return the place of the first leaf of the last row that fixed what villages are told, and its facts."""
    place, result = 0, (0, list[str]())
    for t in catatan.urut:
        fact = catatan.fakta.get(t.pk, [])
        if any('"j":"kabar"' in f for f in fact):
            result = (place, fact)
        place += len(fact) + 1
    return result


def _proof(catatan: Catatan, point: Checkpoint, kunci: Kunci, nomor: int, fact: str) -> str:
    time = int(datetime.strptime(f"{point.waktu}+0000", f"{WAKTU}%z").timestamp())
    mark = next(t[2] for t in point.tanda if t[:2] == (kunci.nama, kunci.id))
    route = inclusion(catatan.daun[: point.ukuran], nomor)
    return pack(Proof(point.asal, nomor, point.ukuran, time, kunci.isi, mark, tuple(route), fact))
