"""What an issued paper says beside what the facts say now."""

from typing import Any

from musrenbang.format import rewrite_rupiah

TERBIT = frozenset({"kop", "tanggal_surat", "menggantikan", "jangkar", "waktu"})
"""Parts of a paper that come from issuing it (such as the hour up to which it counts): no reason for another paper."""
KATA = {
    "kepala": "jadwal, tempat, pimpinan sidang, atau penanda tangan",
    "dasar": "Berita Acara yang menjadi dasarnya",
    "berita_acara": "Berita Acara yang menjadi dasarnya",
    "daftar": "susunan delegasi",
    "anggota": "susunan tim",
    "fakta": "jadwal atau tempat sidang",
    "acara": "susunan acara",
    "bahan": "bahan yang dilampirkan",
    "baris": "daftar kegiatan",
    "jumlah": "jumlah rupiah",
    "jumlah_kegiatan": "banyaknya kegiatan",
    "versi": "versi RKP",
    "sha256": "isi RKP",
}
"""What a part of a letter is called when it changed."""

TUMBUH = frozenset({"bahan"})
"""Lists of what went along with a letter. What is added later does not contradict the letter; what is missing does."""


def same_content(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether two contents say the same.

    A new letterhead or day alone makes no new document; neither does what an older release did not write.
    """
    return not changed(old, new)


def changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return in words what an issued paper says otherwise than the facts now."""
    words: list[str] = []
    for kunci in sorted(old.keys() - TERBIT):
        a, b = old[kunci], new.get(kunci)
        if kunci == "isi" and isinstance(a, dict):
            words += [KATA.get(k, "isi lainnya") for k in a if not _part_same(k, a[k], (b or {}).get(k))]
        elif not _same(a, b):
            words.append(KATA.get(kunci, "isi lainnya"))
    return list(dict.fromkeys(words))


def _part_same(kunci: str, old: Any, new: Any) -> bool:
    if kunci in TUMBUH and isinstance(new, list):
        return all(x in new for x in old)
    return _same(old, new)


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return all(_same(v, b.get(k)) for k, v in a.items())
    if isinstance(a, list) and isinstance(b, list):
        a, b = _by_number(a), _by_number(b)
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, str) and isinstance(b, str):
        return rewrite_rupiah(a) == rewrite_rupiah(b)
    return bool(a == b)


def _by_number(semua: list[Any]) -> list[Any]:
    """Return works by their number: an order of priority is told by the places that the works bear."""
    if all(isinstance(x, dict) and isinstance(x.get("nomor"), int) for x in semua):
        return sorted(semua, key=lambda x: x["nomor"])
    return semua


def before_addenda(
    content: dict[str, Any], old: dict[str, Any], corrected: list[tuple[int, set[str]]]
) -> dict[str, Any]:
    """Return what a letter with works would say now but for the wording that addenda corrected since it was issued.

    ``corrected``: (number of a work, corrected fields). The works stand in the order of the letter ``old``.
    """
    column: dict[int, set[str]] = {}
    for nomor, nama in corrected:
        column.setdefault(nomor, set()).update(nama)
    before = {b["nomor"]: b for b in old.get("baris", [])}
    if not column.keys() & before.keys():
        return content
    baris = [
        b | {k: before[b["nomor"]][k] for k in column.get(b["nomor"], ()) if k in before.get(b["nomor"], {})}
        for b in content.get("baris", [])
    ]
    place = {nomor: i for i, nomor in enumerate(before)}
    return content | {"baris": sorted(baris, key=lambda b: place.get(b["nomor"], len(place)))}
