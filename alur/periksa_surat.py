"""Invariants of the papers of an event: they agree with each other, and each still says what it was issued with."""

from collections.abc import Iterator
from typing import Any

from berita_acara.queries import BERITA_ACARA
from musrenbang import format as tulis
from musrenbang.models import Dokumen, Musrenbang
from musrenbang.sidang.models import PerubahanUndangan, Undangan
from rkp.models import RkpVersi
from rkp.queries.baris import version_rows
from rkp.queries.jumlah import sum_plan

MENGUTIP = ("dasar", "berita_acara")
"""Where a letter quotes the Berita Acara."""


def broken_papers(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield a sentence for every number, date or sum in which papers contradict each other or the record."""
    semua = list(Dokumen.objects.filter(musrenbang=musrenbang))
    ba = {d.nomor: tulis.tanggal(d.tanggal, "") for d in semua if d.jenis == BERITA_ACARA}
    sidik = {v.sha256: v for v in RkpVersi.objects.filter(rkp__musrenbang=musrenbang)}
    for d in semua:
        yield from _dates(d)
        isi = d.isi.get("isi", d.isi)
        for kunci in MENGUTIP:
            kutip = isi.get(kunci) if d.jenis != BERITA_ACARA else None
            if isinstance(kutip, dict) and kutip.get("nomor") and ba.get(kutip["nomor"]) != kutip["tanggal"]:
                yield f"{d.nomor}: mengutip Berita Acara {kutip['nomor']} tanggal {kutip['tanggal']}, yang tidak ada."
        if d.jenis == "rkp" and "jumlah" in isi and isi["sha256"] in sidik:
            yield from _sums(d, isi, sidik[isi["sha256"]])
    yield from _letters(musrenbang)
    yield from _meeting(musrenbang, semua)


def _meeting(musrenbang: Musrenbang, semua: list[Dokumen]) -> Iterator[str]:
    """When and where the meeting is stays as its Berita Acara says: only before the opening can it be changed."""
    ba = max((d for d in semua if d.jenis == BERITA_ACARA), key=lambda d: d.versi, default=None)
    kepala = ba.isi.get("kepala", {}) if ba else {}
    kini = {"tanggal": tulis.tanggal(musrenbang.tanggal), "tempat": musrenbang.tempat}
    for kunci, isi in kini.items():
        if isi and kepala.get(kunci, isi) != isi:
            yield f"{ba}: {kunci} sidang di dalamnya {kepala[kunci]}, sekarang tercatat {isi}."


def _dates(d: Dokumen) -> Iterator[str]:
    """A numbered paper has a date, and says the one that it is quoted by."""
    if not d.nomor:
        return
    if d.tanggal is None:
        yield f"{d.nomor}: dokumen bernomor tanpa tanggal."
    elif d.isi.get("tanggal_surat") and d.isi["tanggal_surat"] != tulis.tanggal(d.tanggal):
        yield f"{d.nomor}: pada dokumen tertulis {d.isi['tanggal_surat']}, dicatat {tulis.tanggal(d.tanggal)}."


def _sums(d: Dokumen, isi: dict[str, Any], versi: RkpVersi) -> Iterator[str]:
    """The printed sums are those of the rows beside them and of the version that the paper names."""
    tertulis = {"sepakat": [b for k in isi["kelompok"] for b in k["baris"]]} | {
        a["kode"].removesuffix("_disepakati"): a["baris"] for a in isi["lampiran"] if a["jumlah"]
    }
    seharusnya = sum_plan(version_rows(versi)).as_data()
    for nama, baris in tertulis.items():
        jumlah = {"n": len(baris), "rp": sum(b["biaya"] or 0 for b in baris)}
        if not jumlah["n"] == isi["jumlah"][nama]["n"] == seharusnya[nama]["n"] or (
            not jumlah["rp"] == isi["jumlah"][nama]["rp"] == seharusnya[nama]["rp"]
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
