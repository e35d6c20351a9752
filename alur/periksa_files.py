"""The files of an event against what was noted of them: documents, signed copies, electronic signatures."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count

from berita_acara.dokumen.kinds import CETAKAN
from berita_acara.models import SalinanTtd, TandaElektronik
from berita_acara.queries import list_berita_acara, read_electronic, read_salinan
from musrenbang.jangkar.read import read_record
from musrenbang.keeper import read_dokumen
from musrenbang.models import Dokumen, JejakAudit, Musrenbang, PenghitungNomor
from musrenbang.transisi import Refused
from rkp.prioritas.engine.published import digest


def check_files(musrenbang: Musrenbang) -> Iterator[str]:
    """Issued files are the ones that were issued, signed ones the ones that were signed; versions have no gap."""
    versi = list(list_berita_acara(musrenbang))
    if sorted(d.versi for d in versi) != list(range(1, len(versi) + 1)):
        yield "Berita Acara: nomor versi tidak berurutan."
    for dokumen in Dokumen.objects.filter(musrenbang=musrenbang):
        content = {k: v for k, v in dokumen.isi.items() if k != "jangkar"}
        if dokumen.sidik_isi and digest(content) != dokumen.sidik_isi:
            yield f"{dokumen}: isinya di basis data bukan yang dikunci ketika dibuat."
        if dokumen.sha256:
            yield from _unread(read_dokumen, dokumen)
    salinan = SalinanTtd.objects.filter(dokumen__musrenbang=musrenbang)
    mark = TandaElektronik.objects.filter(dokumen__musrenbang=musrenbang)
    for one in salinan:
        yield from _unread(read_salinan, one)
    for proof in mark:
        yield from _unread(read_electronic, proof)
    existing = {f"{one._meta.model_name}:{one.pk}": one.sha256 for one in (*salinan, *mark)}
    yield from _noted(musrenbang, existing)


def check_counters(musrenbang: Musrenbang) -> Iterator[str]:
    """A counter of numbers stands at least where that many papers of its kind bear one: else one is given out again."""
    kecamatan = musrenbang.kecamatan_id
    existing = {(c.jenis, c.tahun): c.terakhir for c in PenghitungNomor.objects.filter(kecamatan=kecamatan)}
    issued = Dokumen.objects.filter(musrenbang__kecamatan=kecamatan, tanggal__isnull=False).exclude(nomor="")
    for jenis, tahun, count in issued.values_list("jenis", "tanggal__year").annotate(n=Count("pk")).order_by():
        if jenis in BERURUT and existing.get((jenis, tahun), 0) < count:
            yield (
                f"Penghitung nomor {jenis} {tahun} berada di {existing.get((jenis, tahun), 0)}, padahal {count} nomor "
                "sudah dipakai."
            )


BERURUT = frozenset(jenis for jenis, c in CETAKAN.items() if c.nomor)
"""Kinds whose numbers come from a counter of their own."""


def _noted(musrenbang: Musrenbang, existing: dict[str, str]) -> Iterator[str]:
    """Each signed file is there under the hash that the trail told when it came, and no other is."""
    rantai = {t.pk for t in read_record(musrenbang).urut}
    arrive = ("salinan.diunggah", "dokumen.ttd_elektronik")
    recorded: dict[str, str] = {}
    for j in JejakAudit.objects.filter(musrenbang=musrenbang, aksi__in=arrive).order_by("pk"):
        recorded[j.objek_id] = j.rincian.get("sha256", "")
        if j.pk in rantai and j.objek_id not in existing:
            yield f"{j.objek}: berkas bertanda tangan ini tidak tersimpan lagi."
    for subject, sha256 in existing.items():
        if recorded.get(subject, "") != sha256:
            yield f"{subject}: berkas bertanda tangan ini bukan yang dicatat ketika datang."


def _unread(read: Callable[[Any], bytes], berkas: object) -> Iterator[str]:
    try:
        read(berkas)
    except Refused as error:
        yield str(error)
