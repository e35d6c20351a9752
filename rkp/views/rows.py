"""Rows of the grids as HTML. A row is a value: what it shows is its whole key, so it is built once and reused.

The templates get the row alone. Nothing that is not part of it can show, and a row that changed is another value.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from musrenbang import format as tulis
from musrenbang.sebutan import Sebutan, active
from rkp.models import BarisRkp, Keputusan
from rkp.queries.dana import dana_of
from rkp.queries.kelompok import BarisKelompok, KelompokResult

KEPT = 8192  # rows of some large events; a row is about half a kilobyte
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One work on a group's screen; ``nilai`` are the scores in the order of the criteria, "" for none."""

    pk: str
    url: str
    versi: str
    nomor: str
    tempat: str
    kegiatan: str
    lokasi: str
    gabungan: str
    catatan: str
    volume: str
    volume_lama: str
    biaya: str
    biaya_lama: str
    nilai: tuple[str, ...]
    skor: str
    usul: str
    kata: str
    alasan: str
    boleh: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One work in the table of the plan, or in the plenary beside what its group proposes (``usul``)."""

    pk: str
    url: str
    versi: str
    nomor: str
    kegiatan: str
    kegiatan_lama: str
    lokasi: str
    program_masuk: str
    volume: str
    volume_lama: str
    biaya: str
    biaya_lama: str
    skpd: str
    keputusan: str
    kata: str
    alasan: str
    dana: str
    usul: str
    usul_kata: str
    usul_alasan: str
    skor: str
    keberatan: bool
    boleh: bool


def group_row(b: BarisKelompok, kriteria: list[dict[str, Any]], tempat: int | None, *, allowed: bool) -> GroupRow:
    """Say in words what a group's screen shows of a row; ``tempat``: its place among the ranked ones."""
    content, changed = b.isi, b.usul == Keputusan.DENGAN_PERUBAHAN
    nilai = b.usulan.nilai if b.usulan else {}
    return GroupRow(
        pk=str(b.baris.pk),
        url=f"baris/{b.baris.pk}/",
        versi=str(b.usulan.versi if b.usulan and b.usulan.pk else 0),
        nomor=str(b.baris.nomor),
        tempat=str(tempat or ""),
        kegiatan=content.kegiatan,
        lokasi=", ".join(str(x) for x in (b.baris.nama_desa, content.lokasi) if x),
        gabungan=str(b.merged or ""),
        catatan=b.usulan.catatan if b.usulan else "",
        volume=f"{tulis.number(content.volume)} {content.satuan}".strip(),
        volume_lama=_before(
            tulis.number(b.baris.volume_semula, "belum diisi"), changed, content.volume, b.baris.volume_semula
        ),
        biaya=tulis.rupiah(content.biaya),
        biaya_lama=_before(tulis.rupiah(b.baris.biaya_semula), changed, content.biaya, b.baris.biaya_semula),
        nilai=tuple(str(nilai.get(k["kode"], "")) for k in kriteria),
        skor=tulis.number(b.skor),
        usul=b.usul,
        kata=str(b.usulan.get_usul_display()) if b.usulan and b.usul else "",
        alasan=str(b.usulan.alasan_lengkap) if b.usulan and b.usul else "",
        boleh=allowed,
    )


def plan_row(b: BarisRkp, *, allowed: bool, group: BarisKelompok | None = None) -> PlanRow:
    """Say in words what the table shows of a row; with ``group`` what the plenary shows."""
    changed = b.keputusan == Keputusan.DENGAN_PERUBAHAN
    proposal = group.usulan if group and group.usul else None
    return PlanRow(
        pk=str(b.pk),
        url=f"{'../' if group else ''}baris/{b.pk}/",
        versi=str(b.versi),
        nomor=str(b.nomor),
        kegiatan=b.kegiatan,
        kegiatan_lama=b.semula["kegiatan"] if b.semula["kegiatan"] != b.kegiatan else "",
        lokasi=str(b.lokasi_lengkap),
        program_masuk=getattr(b, "program_masuk", None) or "",
        volume=f"{tulis.number(b.volume)} {b.satuan}".strip() if b.volume else "",
        volume_lama=_before(_amount(b.volume_semula, b.semula["satuan"]), changed, b.volume, b.volume_semula),
        biaya=tulis.rupiah(b.biaya),
        biaya_lama=_before(tulis.rupiah(b.biaya_semula), changed, b.biaya, b.biaya_semula),
        skpd=b.skpd.singkatan if b.skpd else "",
        keputusan=b.keputusan,
        kata=str(b.get_keputusan_display()),
        alasan=str(b.alasan_lengkap),
        dana=dana_of(b).kalimat if hasattr(b, "dana_rp") else "",
        usul=proposal.usul if proposal else "",
        usul_kata=proposal.get_usul_display() if proposal else "",
        usul_alasan=_proposal_words(b, proposal),
        skor=tulis.number(group.skor) if group else "",
        keberatan=bool(group and group.terbuka),
        boleh=allowed and b.keputusan != Keputusan.DIGABUNG,
    )


def _amount(volume: Any, satuan: str | None) -> str:
    return f"{tulis.number(volume, 'belum diisi')} {satuan or ''}".strip()


def _before(words: str, changed: bool, now: Any, before: Any) -> str:
    return words if changed and now != before else ""


def _proposal_words(b: BarisRkp, proposal: Any) -> str:
    """The group's reason, and the amount and volume where they are not the row's."""
    if proposal is None:
        return ""
    other = [] if proposal.biaya == b.biaya else [tulis.rupiah(proposal.biaya)]
    other += [] if proposal.volume == b.volume else [_amount(proposal.volume, proposal.satuan)]
    return ". ".join(x for x in (", ".join(other), proposal.alasan_lengkap) if x)


def _builder(name: str) -> Callable[[Any], SafeString]:
    """Return what makes the HTML of a row, from the template ``name``; equal rows are made once for each kind of place.

    The words of the template's own text follow the place whose event is open (``musrenbang.sebutan``).
    """

    @lru_cache(maxsize=KEPT)
    def build(row: Any, place: Sebutan) -> SafeString:
        html = re.sub(r"[ \n]+", " ", get_template(name).render({"b": row}))
        return mark_safe(html.replace("> <", "><").strip())  # noqa: S308 -- a template's own output

    return lambda row: build(row, active())


group_html = _builder("rkp/_grid_group_row.html")
plan_html = _builder("rkp/_grid_row.html")
plenary_html = _builder("rkp/_grid_plenary_row.html")


def group_rows(hasil: KelompokResult, kriteria: list[dict[str, Any]], *, allowed: bool) -> Iterable[SafeString]:
    """Yield the rows of a group's screen in their order; ranked ones come first, so their place is their position."""
    for i, b in enumerate(hasil.baris, 1):
        yield group_html(group_row(b, kriteria, i if b.diperingkat else None, allowed=allowed))


def plenary_rows(hasil: KelompokResult, *, allowed: bool) -> Iterable[SafeString]:
    """Yield the rows of one group in the plenary, in the group's order."""
    for b in hasil.baris:
        yield plenary_html(plan_row(b.baris, allowed=allowed, group=b))
