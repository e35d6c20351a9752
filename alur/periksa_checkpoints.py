"""Checkpoints against a record: those that it holds itself and those that were kept outside; the reference trail."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from musrenbang.jangkar.folder import kept_origins, known_keys
from musrenbang.jangkar.kunci import own_key
from musrenbang.jangkar.leaves import TITIK
from musrenbang.jangkar.note import BadNote, Checkpoint, Kunci, read_key, read_note
from musrenbang.jangkar.read import ASAL, Catatan, named_keys, named_keys_of, origin, read_reference, reference_origin
from musrenbang.models import JejakAcuan, JejakAudit, Kabupaten, Musrenbang
from musrenbang.rantai import ISI_ACUAN, broken_links


def against_notes(
    what: str, asal: str, note: Iterable[tuple[str, Checkpoint | None]], catatan: Catatan, kunci: list[Kunci]
) -> Iterator[str]:
    """Yield a sentence for every kept checkpoint that the record called ``what`` does not begin with."""
    for nama, point in note:
        if point is None:
            yield f"{nama}: bukan titik periksa yang utuh."
            continue
        if point.asal != asal:
            yield f"{nama}: titik periksa Musrenbang lain ({point.asal})."
            continue
        if not point.signed_by(kunci):
            yield f"{nama}: tidak ditandatangani kunci yang dikenal di sini."
        if catatan.root_at(point.ukuran) != point.akar:
            yield (
                f"{nama}: {what} tidak lagi berawal dengan yang ditandatangani pada {point.waktu} "
                f"({point.ukuran} daun). Isinya diubah atau diganti sesudah itu."
            )


def own_notes(jejak: QuerySet[Any], asal: str, catatan: Catatan, tempat: Mapping[int, int]) -> Iterator[str]:
    """Each checkpoint in the trail signs exactly what stood before it. ``tempat``: leaves before each row, by key."""
    kunci = known_keys()
    for j in jejak.order_by("pk"):
        try:
            point = read_note(str(j.rincian.get("nota", "")))
        except BadNote as error:
            yield f"Jejak {j.pk}: {error}"
            continue
        if point.asal != asal:
            yield f"Jejak {j.pk}: titik periksa ini tentang {point.asal}, bukan {asal}."
        elif j.pk not in tempat or point.ukuran != tempat[j.pk] or catatan.root_at(point.ukuran) != point.akar:
            yield f"Jejak {j.pk}: titik periksa ini bukan tentang catatan sebelum barisnya."
        elif _forged(point, kunci) or not _by_named_key(point, j.rincian):
            yield f"Jejak {j.pk}: tanda tangan titik periksa ini palsu."


def _forged(point: Checkpoint, kunci: list[Kunci]) -> bool:
    """Whether it bears the name of a key that is known here and was not signed by it. A hall signs with its own."""
    named = [k for k in kunci if any(t[:2] == (k.nama, k.id) for t in point.tanda)]
    return bool(named) and point.signed_by(named) != named


def _by_named_key(point: Checkpoint, rincian: dict[str, Any]) -> bool:
    """Whether it is signed by the key that its row names; a row from before keys were named says nothing."""
    if "kunci" not in rincian:
        return True
    try:
        return bool(point.signed_by([read_key(str(rincian["kunci"]))]))
    except BadNote:
        return False


def check_reference(kabupaten: Kabupaten, note: Iterable[tuple[str, Checkpoint | None]]) -> Iterator[str]:
    """Yield what is wrong with the trail of a kabupaten's reference data and people."""
    yield from (f"Data acuan {kabupaten}: {sentence}" for sentence in _reference(kabupaten, note))


def _reference(kabupaten: Kabupaten, note: Iterable[tuple[str, Checkpoint | None]]) -> Iterator[str]:
    own = JejakAcuan.objects.filter(kabupaten=kabupaten)
    head = Kabupaten.objects.values_list("sidik_acuan", flat=True).get(pk=kabupaten.pk)
    yield from broken_links(own.order_by("pk").iterator(chunk_size=2000), head, ISI_ACUAN)
    catatan = read_reference(kabupaten)
    place = {t.pk: n for n, t in enumerate(catatan.urut)}
    outside = sorted(set(own.values_list("pk", flat=True)) - place.keys())
    yield from (f"Jejak {pk}: di luar rantai; jejak ini tidak pernah bercabang." for pk in outside)
    point = own.filter(aksi=TITIK)
    yield from own_notes(point, reference_origin(kabupaten), catatan, place)
    kunci = [*known_keys(), *named_keys(point)]
    yield from against_notes("jejaknya", reference_origin(kabupaten), note, catatan, kunci)


def strange_rows(musrenbang: Musrenbang, catatan: Catatan, *, tip: Iterable[str] = ()) -> Iterator[str]:
    """A row outside the chain is of a copy that a day in the hall replaced, whose end its return names, or made up.

    ``tip``: an end that is about to be named.
    """
    own = JejakAudit.objects.filter(musrenbang=musrenbang)
    homecoming = dict(own.filter(aksi="perjalanan.status").values_list("pk", "rincian"))
    loose = {digest: (pk, before) for pk, before, digest in own.values_list("pk", "sebelum", "sidik")}
    tip = list(tip)
    for t in catatan.urut:
        loose.pop(t.sidik, None)
        tip.append(homecoming.get(t.pk, {}).get("ujung_di_sini", ""))
    while tip:
        pk, before = loose.pop(tip.pop(), (0, ""))
        if pk:
            tip += [before, homecoming.get(pk, {}).get("ujung_di_sini", "")]
    nama = dict(own.filter(pk__in=[pk for pk, _ in loose.values()]).values_list("pk", "objek"))
    yield from (
        f"Jejak {pk}: “{n}” di luar rantai Musrenbang ini; tidak ditulis aplikasi ini." for pk, n in nama.items()
    )


def gone_events(kabupaten: Kabupaten) -> Iterator[str]:
    """Yield the events whose checkpoints are kept here and that the database has not, or under another name."""
    existing = {
        origin(m) for m in Musrenbang.objects.filter(kecamatan__kabupaten=kabupaten).select_related("kecamatan")
    }
    lost = kept_origins(f"{ASAL}/{kabupaten.kode}") - existing - {reference_origin(kabupaten)}
    yield from (
        f"{source}: titik periksanya disimpan, tetapi Musrenbang itu tidak ada lagi di sini." for source in sorted(lost)
    )


def key_changes(musrenbang: Musrenbang) -> Iterator[str]:
    """Tell in words by which keys the record was signed, where it was not one alone. That is news, not a fault."""
    point = JejakAudit.objects.filter(musrenbang=musrenbang, aksi=TITIK).order_by("pk")
    everything = point.values_list("rincian", flat=True)
    marks = [(one, read_note(r["nota"]).waktu) for r in everything for one in named_keys_of(r)]
    for (old, _), (new, sejak) in pairwise(marks):
        if old != new:
            yield (
                f"Sejak {sejak} titik periksa ditandatangani kunci {new.sidik}; sebelumnya {old.sidik}. Yang lama "
                "tetap sah dengan kuncinya. Cocokkan kunci yang baru dengan pengumuman pengelola server, atau dengan "
                "kode laptop aula."
            )
    if marks and marks[-1][0] != own_key():
        yield (
            f"Kunci server ini sekarang {own_key().sidik}, lain daripada kunci titik periksa terakhir "
            f"({marks[-1][0].sidik}). Titik periksa berikutnya ditandatangani kunci yang sekarang; umumkan kode "
            f"keasliannya."
        )
