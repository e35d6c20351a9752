"""Two states of the plan side by side: the draft, the working rows, any fixed version."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from musrenbang import format as tulis
from musrenbang.labels import words
from musrenbang.models import JejakAudit, Musrenbang
from rkp.models import BarisRkp, Kegiatan, Keputusan, Rkp, RkpVersi, VersiKind
from rkp.queries.baris import rows, version_rows

DRAF, KERJA = "draf", "kerja"
KOLOM = {
    "kegiatan": "Kegiatan",
    "bidang": "Bidang",
    "lokasi": "Lokasi",
    "volume": "Volume",
    "biaya": "Biaya",
    "skpd": words("SKPD"),
    "program": "Program",
    "prioritas_daerah": "Prioritas daerah",
    "sasaran_daerah": "Sasaran daerah",
    "sasaran": "Sasaran kegiatan",
    "keputusan": "Keputusan",
    "alasan": "Alasan",
}


@dataclass(frozen=True)
class ComparedBaris:
    """One work in both states. ``beda``: (field, before, after) in words; who changed it last and why."""

    nomor: int
    kegiatan: str
    jenis: str
    beda: list[tuple[str, str, str]]
    oleh: str
    alasan: str


def list_states(rkp: Rkp) -> list[tuple[str, str]]:
    """Return what can be compared: the draft, the fixed versions from the oldest, the working rows."""
    versi = [(state_key(v), str(v).removeprefix("RKP ").capitalize()) for v in rkp.riwayat.order_by("pk")]
    return [(DRAF, "Draf semula"), *versi, (KERJA, "Keadaan sekarang")]


def state_key(versi: RkpVersi) -> str:
    """Return the version in an address: "1" for the first fixed one, "draf-1", "kelompok-1" and so on."""
    return str(versi.nomor) if versi.jenis == VersiKind.DITETAPKAN else f"{versi.jenis}-{versi.nomor}"


def compare_states(rkp: Rkp, a: str, b: str) -> list[ComparedBaris]:
    """Return what is new, changed or gone from state ``a`` to state ``b``, by number; equal rows are left out."""
    old, new = _state(rkp, a), _state(rkp, b)
    jejak = _last_changes(rkp.musrenbang)
    results = []
    for pk in dict.fromkeys([*old, *new]):
        x, y = old.get(pk), new.get(pk)
        jenis = "baru" if x is None else "hilang" if y is None else "berubah"
        difference = [(words, x[n], y[n]) for n, words in KOLOM.items() if x[n] != y[n]] if x and y else []
        if jenis == "berubah" and not difference:
            continue
        content = y or x
        assert content
        who = jejak.get(f"barisrkp:{pk}")
        results.append(
            ComparedBaris(
                int(content["nomor"]),
                content["kegiatan"],
                jenis,
                difference,
                str(who.pelaku) if who else "",
                who.alasan if who else "",
            )
        )
    return sorted(results, key=lambda h: h.nomor)


@dataclass(frozen=True)
class BarisJejak:
    """One work on its way. ``langkah``: for each step between two states what changed (field, before, after)."""

    nomor: int
    kegiatan: str
    langkah: list[list[tuple[str, str, str]]]
    oleh: str
    alasan: str


def trace_states(rkp: Rkp, urutan: list[str]) -> list[BarisJejak]:
    """Follow every work through the states in ``urutan`` (their keys); works that never changed are left out.

    The first decision about a work is no change; a later decision that differs from it is.
    """
    state = [_state(rkp, nama) for nama in urutan]
    jejak = _last_changes(rkp.musrenbang)
    results = []
    for pk in dict.fromkeys(pk for k in state for pk in k):
        steps = [_step(a.get(pk), b.get(pk)) for a, b in pairwise(state)]
        if not any(steps):
            continue
        content = next(k[pk] for k in reversed(state) if pk in k)
        who = jejak.get(f"barisrkp:{pk}")
        by_whom, alasan = (str(who.pelaku), who.alasan) if who else ("", "")
        results.append(BarisJejak(int(content["nomor"]), content["kegiatan"], steps, by_whom, alasan))
    return sorted(results, key=lambda h: h.nomor)


def _step(a: dict[str, str] | None, b: dict[str, str] | None) -> list[tuple[str, str, str]]:
    if a is None and b is None:
        return []
    if a is None:
        return [("Kegiatan", "", "ditambahkan")]
    if b is None:
        return [("Kegiatan", "", "tidak ada lagi")]
    new = a["keputusan"] == Keputusan.BELUM_DIBAHAS.label
    past = {"keputusan", "alasan"} if new else set()
    return [(words, a[n], b[n]) for n, words in KOLOM.items() if n not in past and a[n] != b[n]]


def _state(rkp: Rkp, nama: str) -> dict[int, dict[str, str]]:
    if nama == KERJA:
        return {b.pk: _words(b) for b in rows(rkp)}
    if nama == DRAF:
        return {b.pk: _draft_words(b) for b in rows(rkp)}
    versi = next((v for v in rkp.riwayat.all() if state_key(v) == nama), None)
    return {b.asal_baris_id: _words(b) for b in version_rows(versi)} if versi else {}


def _words(b: Kegiatan) -> dict[str, str]:
    return {
        "nomor": str(b.nomor),
        "kegiatan": b.kegiatan,
        "bidang": b.name_of("bidang"),
        "lokasi": b.lokasi,
        "volume": f"{tulis.number(b.volume)} {b.satuan}".strip(),
        "biaya": tulis.rupiah(b.biaya),
        "skpd": b.name_of("skpd"),
        "program": b.program,
        "prioritas_daerah": b.prioritas_daerah,
        "sasaran_daerah": b.sasaran_daerah,
        "sasaran": b.sasaran,
        "keputusan": b.get_keputusan_display(),
        "alasan": b.alasan_lengkap,
    }


def _draft_words(b: BarisRkp) -> dict[str, str]:
    """The row as the draft brought it: contents as proposed, undecided; its place is not part of the comparison."""
    s: dict[str, Any] = b.semula
    return _words(b) | {
        "kegiatan": s["kegiatan"],
        "lokasi": s["lokasi"] or "",
        "volume": f"{tulis.number(b.volume_semula)} {s['satuan']}".strip(),
        "biaya": tulis.rupiah(b.biaya_semula),
        "keputusan": Keputusan.BELUM_DIBAHAS.label,
        "alasan": "",
    }


def _last_changes(musrenbang: Musrenbang) -> dict[str, JejakAudit]:
    """The latest decision or placement of each row (one query)."""
    jejak = JejakAudit.objects.filter(
        musrenbang=musrenbang,
        aksi__in=[
            "rkp.diputuskan",
            "rkp.ditempatkan",
            "rkp.disesuaikan",
            "rkp.melampaui_pagu",
            "rkp.digabung",
            "rkp.adendum",
            "rkp.dikoreksi",
            "rkp.dipisah",
            "rkp.gabungan",
            "kelompok.diusulkan",
            "kelompok.pindah_bidang",
        ],
    ).select_related("pelaku")
    return {j.objek_id: j for j in jejak.order_by("pk")}
