"""Checkpoints against a record: those that it holds itself and those that were kept outside; the reference trail."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from musrenbang.jangkar.baca import Catatan, named_keys, read_reference, reference_origin
from musrenbang.jangkar.daun import TITIK
from musrenbang.jangkar.folder import known_keys
from musrenbang.jangkar.nota import Kunci, NotaSalah, Titik, read_key, read_note
from musrenbang.models import JejakAcuan, Kabupaten
from musrenbang.rantai import ISI_ACUAN, broken_links


def against_notes(
    apa: str, asal: str, nota: Iterable[tuple[str, Titik | None]], catatan: Catatan, kunci: list[Kunci]
) -> Iterator[str]:
    """Yield a sentence for every kept checkpoint that the record called ``apa`` does not begin with."""
    for nama, titik in nota:
        if titik is None:
            yield f"{nama}: bukan titik periksa yang utuh."
            continue
        if titik.asal != asal:
            yield f"{nama}: titik periksa acara lain ({titik.asal})."
            continue
        if not titik.signed_by(kunci):
            yield f"{nama}: tidak ditandatangani kunci yang dikenal di sini."
        if catatan.root_at(titik.ukuran) != titik.akar:
            yield (
                f"{nama}: {apa} tidak lagi berawal dengan yang ditandatangani pada {titik.waktu} "
                f"({titik.ukuran} daun). Isinya diubah atau diganti sesudah itu."
            )


def own_notes(jejak: QuerySet[Any], catatan: Catatan, tempat: Mapping[int, int]) -> Iterator[str]:
    """Each checkpoint in the trail signs exactly what stood before it. ``tempat``: leaves before each row, by key."""
    kunci = known_keys()
    for j in jejak.order_by("pk"):
        try:
            titik = read_note(str(j.rincian.get("nota", "")))
        except NotaSalah as salah:
            yield f"Jejak {j.pk}: {salah}"
            continue
        if j.pk not in tempat or titik.ukuran != tempat[j.pk] or catatan.root_at(titik.ukuran) != titik.akar:
            yield f"Jejak {j.pk}: titik periksa ini bukan tentang catatan sebelum barisnya."
        elif _forged(titik, kunci) or not _by_named_key(titik, j.rincian):
            yield f"Jejak {j.pk}: tanda tangan titik periksa ini palsu."


def _forged(titik: Titik, kunci: list[Kunci]) -> bool:
    """Whether it bears the name of a key that is known here and was not signed by it. A hall signs with its own."""
    bernama = [k for k in kunci if any(t[:2] == (k.nama, k.id) for t in titik.tanda)]
    return bool(bernama) and titik.signed_by(bernama) != bernama


def _by_named_key(titik: Titik, rincian: dict[str, Any]) -> bool:
    """Whether it is signed by the key that its row names; a row of before keys were named says nothing."""
    if "kunci" not in rincian:
        return True
    try:
        return bool(titik.signed_by([read_key(str(rincian["kunci"]))]))
    except NotaSalah:
        return False


def check_reference(kabupaten: Kabupaten, nota: Iterable[tuple[str, Titik | None]]) -> Iterator[str]:
    """Yield what is wrong with the trail of a kabupaten's reference data and people."""
    yield from (f"Data acuan {kabupaten}: {kalimat}" for kalimat in _reference(kabupaten, nota))


def _reference(kabupaten: Kabupaten, nota: Iterable[tuple[str, Titik | None]]) -> Iterator[str]:
    milik = JejakAcuan.objects.filter(kabupaten=kabupaten)
    kepala = Kabupaten.objects.values_list("sidik_acuan", flat=True).get(pk=kabupaten.pk)
    yield from broken_links(milik.order_by("pk").iterator(chunk_size=2000), kepala, ISI_ACUAN)
    catatan = read_reference(kabupaten)
    tempat = {t.pk: n for n, t in enumerate(catatan.urut)}
    luar = sorted(set(milik.values_list("pk", flat=True)) - tempat.keys())
    yield from (f"Jejak {pk}: di luar rantai; jejak ini tidak pernah bercabang." for pk in luar)
    titik = milik.filter(aksi=TITIK)
    yield from own_notes(titik, catatan, tempat)
    kunci = [*known_keys(), *named_keys(titik)]
    yield from against_notes("jejaknya", reference_origin(kabupaten), nota, catatan, kunci)
