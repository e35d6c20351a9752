"""The proofs that go onto the sheets of the villages."""

import json
from datetime import datetime
from typing import Any

from musrenbang.jangkar.baca import Catatan, read_record, stored_notes
from musrenbang.jangkar.bukti import WAKTU, Bukti, pack
from musrenbang.jangkar.folder import known_keys
from musrenbang.jangkar.nota import PELADEN, Kunci, Titik
from musrenbang.jangkar.pohon import inclusion
from musrenbang.models import Musrenbang


def village_proofs(musrenbang: Musrenbang) -> dict[str, list[dict[str, Any]]]:
    """Return {desa: its proofs}: text, numbers of its proposals, and when it was signed (three queries).

    Of the newest leaves; under the first checkpoint of this server that holds them, so that a sheet stays the same.
    A desa whose leaves nobody signed yet has none.
    """
    catatan = read_record(musrenbang)
    mulai, fakta = _newest(catatan)
    titik, kunci = _first_signed([t for t in stored_notes(musrenbang) if t.ukuran > mulai])
    if not titik or not kunci:
        return {}
    hasil: dict[str, list[dict[str, Any]]] = {}
    for geser, teks in enumerate(fakta):
        isi = json.loads(teks)
        if isi["j"] == "kabar":
            satu = _proof(catatan, titik, kunci, mulai + geser, teks)
            nomor = [u[0] for u in isi["u"]]
            hasil.setdefault(isi["desa"], []).append({"teks": satu, "nomor": nomor, "pada": titik.waktu})
    return hasil


def _first_signed(semua: list[Titik]) -> tuple[Titik | None, Kunci | None]:
    """Return the smallest checkpoint that a key of this server signed, and that key: who saved the page knows no other.

    The smallest may be of a laptop in the hall; then the one by which the server took the day in holds the leaves too.
    """
    kenal = [k for k in known_keys() if k.jenis == PELADEN]
    for titik in sorted(semua, key=lambda t: t.ukuran):
        if kunci := titik.signed_by(kenal):
            return titik, kunci[0]
    return None, None


def _newest(catatan: Catatan) -> tuple[int, list[str]]:
    """Return the place of the first leaf of the last row that fixed what villages are told, and its facts."""
    tempat, hasil = 0, (0, list[str]())
    for t in catatan.urut:
        fakta = catatan.fakta.get(t.pk, [])
        if any('"j":"kabar"' in f for f in fakta):
            hasil = (tempat, fakta)
        tempat += len(fakta) + 1
    return hasil


def _proof(catatan: Catatan, titik: Titik, kunci: Kunci, nomor: int, fakta: str) -> str:
    waktu = int(datetime.strptime(f"{titik.waktu}+0000", f"{WAKTU}%z").timestamp())
    tanda = next(t[2] for t in titik.tanda if t[:2] == (kunci.nama, kunci.id))
    jalan = inclusion(catatan.daun[: titik.ukuran], nomor)
    return pack(Bukti(titik.asal, nomor, titik.ukuran, waktu, kunci.isi, tanda, tuple(jalan), fakta))
