"""The record against its anchors: checkpoints kept outside, roots on issued papers, and what the meeting fixed."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from alur.periksa_checkpoints import against_notes, check_reference, gone_events, own_notes, strange_rows
from delegasi.queries import delegate_facts
from musrenbang.jangkar.folder import kept_notes, known_keys
from musrenbang.jangkar.leaves import TITIK, fact_text
from musrenbang.jangkar.note import Checkpoint
from musrenbang.jangkar.read import Catatan, origin, read_record, record_keys, reference_origin
from musrenbang.models import Dokumen, JejakAudit, Musrenbang
from musrenbang.sidang.queries.facts import attendance_facts
from musrenbang.triggers import missing
from rkp.models import RkpVersi
from rkp.prioritas.queries.facts import ranking_facts
from rkp.queries.baris import version_rows
from rkp.queries.facts import row_fact

TERBIT = ("dokumen.terbit", "berita_acara.terbit")


def check_anchors(musrenbang: Musrenbang) -> Iterator[str]:
    """Yield what the database says otherwise than what was signed, printed or fixed."""
    catatan = read_record(musrenbang)
    point = JejakAudit.objects.filter(musrenbang=musrenbang, aksi=TITIK)
    yield from own_notes(point, origin(musrenbang), catatan, _places(catatan))
    yield from strange_rows(musrenbang, catatan)
    yield from check_notes(musrenbang, kept_notes(origin(musrenbang)), catatan)
    yield from _papers(musrenbang, catatan)
    yield from _facts(musrenbang, catatan)
    yield from (f"Penjaga basis data “{nama}” tidak terpasang, dimatikan, atau diganti isinya." for nama in missing())
    kabupaten = musrenbang.kecamatan.kabupaten
    yield from check_reference(kabupaten, kept_notes(reference_origin(kabupaten)))
    yield from gone_events(kabupaten)


def check_notes(
    musrenbang: Musrenbang, note: Iterable[tuple[str, Checkpoint | None]], catatan: Catatan | None = None
) -> Iterator[str]:
    """Yield a sentence for every kept checkpoint that this record, or the reference trail, does not begin with."""
    acuan = reference_origin(musrenbang.kecamatan.kabupaten)
    own, other = [], []
    for n in note:
        (other if n[1] and n[1].asal == acuan else own).append(n)
    kunci = [*known_keys(), *record_keys(musrenbang)]
    yield from against_notes(
        "catatan Musrenbang ini", origin(musrenbang), own, catatan or read_record(musrenbang), kunci
    )
    if other:
        yield from check_reference(musrenbang.kecamatan.kabupaten, other)


def _places(catatan: Catatan) -> dict[int, int]:
    """Return {row of the trail: how many leaves stand before it and what it fixes}."""
    result, n = {}, 0
    for t in catatan.urut:
        n += len(catatan.fakta.get(t.pk, ()))
        result[t.pk] = n
        n += 1
    return result


def _papers(musrenbang: Musrenbang, catatan: Catatan) -> Iterator[str]:
    """The root that stands on a paper is the one of then; every paper that was issued is still there."""
    for d in Dokumen.objects.filter(musrenbang=musrenbang):
        anchor = d.isi.get("jangkar")
        if anchor and catatan.root_at(anchor["ukuran"]) != bytes.fromhex(anchor["akar"]):
            yield f"{d}: akar catatan yang tercetak padanya bukan akar catatan Musrenbang ini waktu itu."
    yield from _files(musrenbang, catatan)
    issued = JejakAudit.objects.filter(musrenbang=musrenbang, aksi__in=TERBIT)
    existing = {f"dokumen:{d.pk}": d for d in Dokumen.objects.filter(musrenbang=musrenbang).defer("isi")}
    for j in issued:
        if j.objek_id not in existing:
            yield f"{j.objek} sudah terbit, tetapi tidak tersimpan lagi."
        elif str(existing[j.objek_id]) != j.objek:
            yield f"{existing[j.objek_id]}: waktu terbit nomornya {j.objek}."


def _files(musrenbang: Musrenbang, catatan: Catatan) -> Iterator[str]:
    """A document is still the file whose hash the record holds."""
    current = {d.kode: d for d in Dokumen.objects.filter(musrenbang=musrenbang).defer("isi")}
    for text in (f for everything in catatan.fakta.values() for f in everything if '"j":"berkas"' in f):
        fact = json.loads(text)
        d = current.get(fact["kode"])
        if d is None or d.sha256 != fact["sha256"]:
            nama = d or f"{fact['jenis']} {fact['kode']}"
            yield f"{nama}: berkasnya bukan lagi yang kode keasliannya ada dalam catatan Musrenbang."


Baca = Callable[[Musrenbang], list[dict[str, Any]]]
ISI_TETAP: dict[str, tuple[str, Baca, tuple[str, ...]]] = {
    "delegat": ("Delegasi", delegate_facts, ("delegasi.",)),
    "hadir": ("Daftar hadir", attendance_facts, ("kehadiran.",)),
    "peringkat": ("Peringkat", ranking_facts, ("pemeringkatan.",)),
}
"""Kind of fact -> (what it is called, what holds now, what the trail tells of a later change begins with)."""
SEKALIGUS = {"delegasi.dipungut": 100}
"""How many facts a step of the trail changes at most, where that is more than one for another."""


def _facts(musrenbang: Musrenbang, catatan: Catatan) -> Iterator[str]:
    """What was fixed as leaves still stands in the tables, unless the trail tells of a later change."""
    baris: dict[str, dict[str, str]] = {}
    last: dict[str, tuple[int, set[str]]] = {}
    for t in catatan.urut:
        for fact in map(json.loads, catatan.fakta.get(t.pk, ())):
            if fact["j"] == "baris":
                baris.setdefault(fact["versi"], {})[str(fact["no"])] = fact_text(fact)
            elif fact["j"] in ISI_TETAP:
                pk, content = last.get(fact["j"], (t.pk, set()))
                last[fact["j"]] = (t.pk, (content if pk == t.pk else set()) | {_plain(fact)})
    yield from _rows(musrenbang, baris)
    keys = [t.pk for t in catatan.urut]
    for jenis, (pk, content) in last.items():
        nama, read, valid = ISI_TETAP[jenis]
        after = JejakAudit.objects.filter(pk__in=keys[keys.index(pk) :]).values_list("aksi", flat=True)
        current = {_plain(f) for f in read(musrenbang) if f["j"] == jenis}
        # One honest step later does not excuse every change: no more may differ than such steps change.
        if len(content ^ current) > sum(SEKALIGUS.get(a, 2) for a in after if a.startswith(valid)):
            yield f"{nama} berbeda dari yang dicatat ketika ditetapkan."


def _plain(fact: dict[str, Any]) -> str:
    return fact_text({k: v for k, v in fact.items() if k != "garam"})


def _rows(musrenbang: Musrenbang, fact: dict[str, dict[str, str]]) -> Iterator[str]:
    for versi in RkpVersi.objects.filter(rkp__musrenbang=musrenbang):
        recorded = fact.get(str(versi))
        if recorded is None:
            continue
        current = {str(b.nomor): fact_text(row_fact(b, str(versi))) for b in version_rows(versi)}
        for no in sorted(current.keys() | recorded.keys(), key=int):
            if current.get(no) != recorded.get(no):
                yield f"{versi} no. {no}: berbeda dari yang dicatat ketika ditetapkan."
