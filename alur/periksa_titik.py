"""Checkpoints against a record: those that it holds itself and those that were kept outside; the reference trail."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from musrenbang.jangkar.baca import ASAL, Catatan, named_keys, named_keys_of, origin, read_reference, reference_origin
from musrenbang.jangkar.daun import TITIK
from musrenbang.jangkar.folder import kept_origins, known_keys
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.nota import Kunci, NotaSalah, Titik, read_key, read_note
from musrenbang.models import JejakAcuan, JejakAudit, Kabupaten, Musrenbang
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


def own_notes(jejak: QuerySet[Any], asal: str, catatan: Catatan, tempat: Mapping[int, int]) -> Iterator[str]:
    """Each checkpoint in the trail signs exactly what stood before it. ``tempat``: leaves before each row, by key."""
    kunci = known_keys()
    for j in jejak.order_by("pk"):
        try:
            titik = read_note(str(j.rincian.get("nota", "")))
        except NotaSalah as salah:
            yield f"Jejak {j.pk}: {salah}"
            continue
        if titik.asal != asal:
            yield f"Jejak {j.pk}: titik periksa ini tentang {titik.asal}, bukan {asal}."
        elif j.pk not in tempat or titik.ukuran != tempat[j.pk] or catatan.root_at(titik.ukuran) != titik.akar:
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
    yield from own_notes(titik, reference_origin(kabupaten), catatan, tempat)
    kunci = [*known_keys(), *named_keys(titik)]
    yield from against_notes("jejaknya", reference_origin(kabupaten), nota, catatan, kunci)


def strange_rows(musrenbang: Musrenbang, catatan: Catatan, *, ujung: Iterable[str] = ()) -> Iterator[str]:
    """A row outside the chain is of a copy that a day in the hall replaced, whose end its return names, or made up.

    ``ujung``: an end that is about to be named.
    """
    milik = JejakAudit.objects.filter(musrenbang=musrenbang)
    pulang = dict(milik.filter(aksi="perjalanan.status").values_list("pk", "rincian"))
    lepas = {sidik: (pk, sebelum) for pk, sebelum, sidik in milik.values_list("pk", "sebelum", "sidik")}
    ujung = list(ujung)
    for t in catatan.urut:
        lepas.pop(t.sidik, None)
        ujung.append(pulang.get(t.pk, {}).get("ujung_di_sini", ""))
    while ujung:
        pk, sebelum = lepas.pop(ujung.pop(), (0, ""))
        if pk:
            ujung += [sebelum, pulang.get(pk, {}).get("ujung_di_sini", "")]
    nama = dict(milik.filter(pk__in=[pk for pk, _ in lepas.values()]).values_list("pk", "objek"))
    yield from (f"Jejak {pk}: “{n}” di luar rantai acara ini; tidak ditulis aplikasi ini." for pk, n in nama.items())


def gone_events(kabupaten: Kabupaten) -> Iterator[str]:
    """Yield the events whose checkpoints are kept here and that the database has not, or under another name."""
    ada = {origin(m) for m in Musrenbang.objects.filter(kecamatan__kabupaten=kabupaten).select_related("kecamatan")}
    hilang = kept_origins(f"{ASAL}/{kabupaten.kode}") - ada - {reference_origin(kabupaten)}
    yield from (
        f"{asal}: titik periksanya disimpan, tetapi acara itu tidak ada lagi di sini." for asal in sorted(hilang)
    )


def key_changes(musrenbang: Musrenbang) -> Iterator[str]:
    """Tell in words by which keys the record was signed, where it was not one alone. That is news, not a fault."""
    titik = JejakAudit.objects.filter(musrenbang=musrenbang, aksi=TITIK).order_by("pk")
    semua = titik.values_list("rincian", flat=True)
    tanda = [(satu, read_note(r["nota"]).waktu) for r in semua for satu in named_keys_of(r)]
    for (lama, _), (baru, sejak) in pairwise(tanda):
        if lama != baru:
            yield (
                f"Sejak {sejak} titik periksa ditandatangani kunci {baru.sidik}; sebelumnya {lama.sidik}. Yang lama "
                "tetap sah dengan kuncinya. Cocokkan kunci yang baru dengan pengumuman pengelola server, atau dengan "
                "kode laptop aula."
            )
    if tanda and tanda[-1][0] != own_key():
        yield (
            f"Kunci server ini sekarang {own_key().sidik}, lain daripada kunci titik periksa terakhir "
            f"({tanda[-1][0].sidik}). Titik periksa berikutnya ditandatangani kunci yang sekarang; umumkan sidiknya."
        )
