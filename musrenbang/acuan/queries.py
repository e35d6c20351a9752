"""Reads of the reference data."""

from django.db.models import Q, QuerySet

from musrenbang.models import (
    Dokumen,
    JejakAcuan,
    Kabupaten,
    Musrenbang,
    PaguKecamatan,
)


def search_jejak_acuan(kabupaten: Kabupaten, search: str = "") -> QuerySet[JejakAcuan]:
    """Return the trail of a kabupaten's reference data and people, newest first."""
    jejak = JejakAcuan.objects.filter(kabupaten=kabupaten).select_related("pelaku")
    if search:
        jejak = jejak.filter(Q(objek__icontains=search) | Q(pelaku__nama__icontains=search) | Q(aksi__icontains=search))
    return jejak


def count_issued(kabupaten: Kabupaten) -> int:
    """Return how many numbered papers there are already: they stay as they were printed."""
    return Dokumen.objects.filter(musrenbang__kecamatan__kabupaten=kabupaten).exclude(nomor="").count()


def list_pagu_rows(kabupaten: Kabupaten, tahun: int) -> list[tuple[str, str, int | None]]:
    """Return (kecamatan, funding source, rupiah) of the plan year; a kecamatan without any has one blank row."""
    acara = (
        Musrenbang.objects.held()
        .filter(kecamatan__kabupaten=kabupaten, tahun_rencana=tahun)
        .select_related("kecamatan")
    )
    per: dict[int, list[PaguKecamatan]] = {}
    for p in PaguKecamatan.objects.filter(musrenbang__in=acara).select_related("sumber_dana"):
        per.setdefault(p.musrenbang_id, []).append(p)
    results: list[tuple[str, str, int | None]] = []
    for m in acara.order_by("kecamatan__nama"):
        results += [(m.kecamatan.nama, str(p.sumber_dana), p.jumlah) for p in per.get(m.pk, [])]
        results += [(m.kecamatan.nama, "", None)] if m.pk not in per else []
    return results
