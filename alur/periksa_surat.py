"""Invariants of the papers of an event: they agree with each other, and each still says what it was issued with."""

from collections.abc import Iterator
from typing import Any

from berita_acara.queries import BERITA_ACARA
from musrenbang import format as tulis
from musrenbang.models import Dokumen, Musrenbang
from musrenbang.sidang.models import PerubahanUndangan, Undangan
from rkp.models import RkpVersi
from rkp.queries.baris import version_rows
from rkp.queries.sums import sum_plan

MENGUTIP = ("dasar", "berita_acara")
"""Where a letter quotes the Berita Acara."""


def broken_papers(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield a sentence for every number, date or sum in which papers contradict each other or the record."""
    all_rows = list(Dokumen.objects.filter(musrenbang=musrenbang))
    minutes_paper = {d.nomor: tulis.date_text(d.tanggal, "") for d in all_rows if d.jenis == BERITA_ACARA}
    digest = {v.sha256: v for v in RkpVersi.objects.filter(rkp__musrenbang=musrenbang)}
    for d in all_rows:
        yield from _dates(d)
        content = d.isi.get("isi", d.isi)
        for kunci in MENGUTIP:
            quote = content.get(kunci) if d.jenis != BERITA_ACARA else None
            if isinstance(quote, dict) and quote.get("nomor") and minutes_paper.get(quote["nomor"]) != quote["tanggal"]:
                yield f"{d.nomor}: mengutip Berita Acara {quote['nomor']} tanggal {quote['tanggal']}, yang tidak ada."
        if d.jenis == "rkp" and "jumlah" in content and content["sha256"] in digest:
            yield from _sums(d, content, digest[content["sha256"]])
    yield from _letters(musrenbang)
    yield from _meeting(musrenbang, all_rows)


def _meeting(musrenbang: Musrenbang, everything: list[Dokumen]) -> Iterator[str]:
    """When and where the meeting is stays as its Berita Acara says: only before the opening can it be changed."""
    minutes_paper = max((d for d in everything if d.jenis == BERITA_ACARA), key=lambda d: d.versi, default=None)
    head = minutes_paper.isi.get("kepala", {}) if minutes_paper else {}
    current = {"tanggal": tulis.date_text(musrenbang.tanggal), "tempat": musrenbang.tempat}
    for kunci, content in current.items():
        if content and head.get(kunci, content) != content:
            yield f"{minutes_paper}: {kunci} sidang di dalamnya {head[kunci]}, sekarang tercatat {content}."


def _dates(d: Dokumen) -> Iterator[str]:
    """A numbered paper has a date, and says the one that it is quoted by."""
    if not d.nomor:
        return
    if d.tanggal is None:
        yield f"{d.nomor}: dokumen bernomor tanpa tanggal."
    elif d.isi.get("tanggal_surat") and d.isi["tanggal_surat"] != tulis.date_text(d.tanggal):
        yield f"{d.nomor}: pada dokumen tertulis {d.isi['tanggal_surat']}, dicatat {tulis.date_text(d.tanggal)}."


def _sums(d: Dokumen, content: dict[str, Any], versi: RkpVersi) -> Iterator[str]:
    """The printed sums are those of the rows beside them and of the version that the paper names."""
    written = {"sepakat": [b for k in content["kelompok"] for b in k["baris"]]} | {
        a["kode"].removesuffix("_disepakati"): a["baris"] for a in content["lampiran"] if a["jumlah"]
    }
    expected = sum_plan(version_rows(versi)).as_data()
    for nama, baris in written.items():
        jumlah = {"n": len(baris), "rp": sum(b["biaya"] or 0 for b in baris)}
        if not jumlah["n"] == content["jumlah"][nama]["n"] == expected[nama]["n"] or (
            not jumlah["rp"] == content["jumlah"][nama]["rp"] == expected[nama]["rp"]
        ):
            yield f"RKP (cetakan versi {d.versi}): jumlah {nama} tidak sama dengan barisnya atau dengan {versi}."


def _letters(musrenbang: Musrenbang) -> Iterator[str]:
    """Every numbered letter is kept as it went out, under its number."""
    undangan = Undangan.objects.filter(musrenbang=musrenbang, terbitan__isnull=False).select_related("terbitan")
    surat = [(u.nomor, u.terbitan, u.pk) for u in undangan]
    perubahan = PerubahanUndangan.objects.filter(undangan__musrenbang=musrenbang).select_related("terbitan")
    surat += [(p.nomor, p.terbitan, p.undangan_id) for p in perubahan]
    for nomor, terbitan, pk in surat:
        if terbitan and terbitan.isi["surat"].get(str(pk), {}).get("nomor") != nomor:
            yield f"Undangan {nomor}: suratnya tidak tersimpan seperti saat terbit."
