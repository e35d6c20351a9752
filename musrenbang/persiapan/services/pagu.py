"""The indicative ceiling and the criteria of a kecamatan."""

from typing import Any

from django.db import transaction
from django.db.models import F

from musrenbang import audit, transisi
from musrenbang.izin import BOLEH_PAGU
from musrenbang.kunci import allowed_in, lock_musrenbang
from musrenbang.models import (
    MOVES_KRITERIA,
    KriteriaKecamatan,
    Musrenbang,
    PaguKecamatan,
    Pengguna,
    StatusKriteria,
    SumberDana,
)
from musrenbang.persiapan.defaults import KRITERIA_BAWAAN
from musrenbang.questions import Question
from musrenbang.sebutan import sebutan
from musrenbang.transisi import Refused


@allowed_in(BOLEH_PAGU)
def set_pagu(*, musrenbang: Musrenbang, by: Pengguna, jumlah: dict[SumberDana, int | None]) -> bool:
    """Set the ceiling per funding source in rupiah; None takes one out. Returns whether anything changed."""
    old = {p.sumber_dana: p.jumlah for p in musrenbang.pagu.select_related("sumber_dana")}
    details = audit.diff({s.nama: old.get(s) for s in jumlah}, {s.nama: n for s, n in jumlah.items()})
    if not details:
        return False
    for source, n in jumlah.items():
        if n is None:
            PaguKecamatan.objects.filter(musrenbang=musrenbang, sumber_dana=source).delete()
        else:
            PaguKecamatan.objects.update_or_create(musrenbang=musrenbang, sumber_dana=source, defaults={"jumlah": n})
    audit.record(musrenbang=musrenbang, by=by, aksi="pagu.diubah", objek=musrenbang, rincian=details)
    return True


scoring_started: Question[[Musrenbang], bool] = Question("whether works were scored already")
"""Whether works were scored already; then the criteria are locked."""


@transaction.atomic
def save_kriteria(
    *, musrenbang: Musrenbang, by: Pengguna, versi: int, content: list[dict[str, Any]]
) -> KriteriaKecamatan:
    """Write the criteria down as a draft. Raises Refused when weights are not 100%, names repeat, or it is too late.

    Criteria that were approved become a draft again and want a new approval.
    """
    kriteria = _open(musrenbang, versi)
    if sum(k["bobot"] for k in content) != 100:
        raise Refused(f"Jumlah bobot harus tepat 100% (sekarang {sum(k['bobot'] for k in content)}%).")
    if len({k["nama"].lower() for k in content}) != len(content):
        raise Refused("Ada dua kriteria dengan nama yang sama.")
    if kriteria.isi == content:
        return kriteria
    if kriteria.status == StatusKriteria.DIAJUKAN:
        raise Refused(f"Kriteria sedang diperiksa {sebutan.bappeda}. Tarik dahulu pengajuannya, lalu ubah.")
    old, new = ({k["nama"]: k["bobot"] for k in listing} for listing in (kriteria.isi, content))
    everything = dict.fromkeys([*old, *new])
    details = audit.diff({n: old.get(n) for n in everything}, {n: new.get(n) for n in everything})
    if kriteria.status == StatusKriteria.DISETUJUI:
        _move(kriteria, StatusKriteria.DISETUJUI, StatusKriteria.DRAF, by, "Kriteria diubah sesudah disetujui.")
    KriteriaKecamatan.objects.filter(pk=kriteria.pk).update(isi=content, versi=F("versi") + 1)
    audit.record(musrenbang=kriteria.musrenbang, by=by, aksi="kriteria.diubah", objek=kriteria, rincian=details)
    return kriteria


@transaction.atomic
def move_kriteria(*, musrenbang: Musrenbang, by: Pengguna, versi: int, dari: str, ke: str, catatan: str = "") -> None:
    """Submit, withdraw, approve or return the criteria; a return needs a reason. Who may is asked by the view."""
    kriteria = _open(musrenbang, versi)
    if ke == StatusKriteria.DIKEMBALIKAN and len(catatan.strip()) < 5:
        raise Refused("Tuliskan dalam satu kalimat apa yang perlu diperbaiki.")
    _move(kriteria, dari, ke, by, catatan.strip())
    KriteriaKecamatan.objects.filter(pk=kriteria.pk).update(catatan=catatan.strip(), versi=F("versi") + 1)


def _open(musrenbang: Musrenbang, versi: int) -> KriteriaKecamatan:
    current = lock_musrenbang(musrenbang, BOLEH_PAGU)
    if scoring_started(current):
        raise Refused("Penilaian sudah dimulai, jadi kriteria terkunci.")
    kriteria, _ = KriteriaKecamatan.objects.select_for_update().get_or_create(
        musrenbang=current, defaults={"isi": KRITERIA_BAWAAN}
    )
    if kriteria.versi != versi:
        raise Refused(audit.stale(kriteria, "kriteria ini", "kriteria.diubah", after=audit.RELOAD))
    return kriteria


def _move(kriteria: KriteriaKecamatan, dari: str, ke: str, by: Pengguna, alasan: str) -> None:
    transisi.move(
        kriteria, dari=dari, ke=ke, table=MOVES_KRITERIA, musrenbang=kriteria.musrenbang, by=by, alasan=alasan
    )


def inherit_kriteria(*, old: Musrenbang, new: Musrenbang, by: Pengguna) -> int:
    """Start from last year's criteria; Bappeda approves them anew. Return how many criteria there are."""
    kriteria = KriteriaKecamatan.objects.filter(musrenbang=old).first()
    if kriteria is None:
        return 0
    KriteriaKecamatan.objects.create(musrenbang=new, isi=kriteria.isi)
    return len(kriteria.isi)
