"""Reads of the base app that span tables."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from musrenbang.models import (
    Dokumen,
    JejakAudit,
    Kabupaten,
    Keanggotaan,
    Kecamatan,
    Musrenbang,
    OfficeWay,
    Pejabat,
)
from musrenbang.states import FASE, URUTAN, Peran, Tahap


@dataclass(frozen=True)
class Step:
    """One stage on the strip: done, current or to come."""

    tahap: str
    label: str
    keadaan: str


def stage_strip(tahap: str) -> dict[str, list[Step]]:
    """Return the stages by phase; the returned-by-Bappeda stage is shown only while the event is in it."""
    current = URUTAN.index(Tahap(tahap))
    return {
        phase: [
            Step(t, t.label, "lalu" if URUTAN.index(t) < current else "kini" if t == tahap else "nanti")
            for t in listing
            if t != Tahap.DIKEMBALIKAN or tahap == Tahap.DIKEMBALIKAN
        ]
        for phase, listing in FASE.items()
    }


def signer_of(kecamatan: Kecamatan, tanggal: date) -> Pejabat:
    """Return who signs what the Camat signs on a day; without a recorded period the account of the Camat.

    Two queries at most. The result is unsaved and has a blank name while nobody is known.
    """
    at_time = Q(mulai=None) | Q(mulai__lte=tanggal), Q(sampai=None) | Q(sampai__gte=tanggal)
    existing = Pejabat.objects.filter(*at_time, kecamatan=kecamatan).first()
    if existing is None:
        camat = Keanggotaan.objects.filter(kecamatan=kecamatan, peran=Peran.CAMAT)
        akun = camat.select_related("pengguna").order_by("-pengguna__is_active", "-pk").first()
        nama, nip = (akun.pengguna.nama, akun.pengguna.nip) if akun else ("", "")
        existing = Pejabat(cara=OfficeWay.CAMAT, nama=nama, nip=nip)
    existing.kecamatan = kecamatan
    return existing


def newest_issued(musrenbang: Musrenbang, *take_part: str) -> dict[tuple[str, str], Dokumen]:
    """Return {(kind, part): newest numbered document} without content (one query).

    ``take_part``: what hangs on documents and is fetched with them.
    """
    everything = Dokumen.objects.filter(musrenbang=musrenbang).exclude(nomor="").defer("isi")
    result: dict[tuple[str, str], Dokumen] = {}
    for d in everything.select_related(*take_part) if take_part else everything:
        result.setdefault((d.jenis, d.bagian), d)
    return result


def search_jejak(musrenbang: Musrenbang, search: str = "", objek: str = "") -> QuerySet[JejakAudit]:
    """Return the audit trail, newest first, filtered by words or by one object (``model:pk``)."""
    jejak = JejakAudit.objects.filter(musrenbang=musrenbang).select_related("pelaku")
    if objek:
        jejak = jejak.filter(objek_id=objek)
    if search:
        jejak = jejak.filter(
            Q(objek__icontains=search)
            | Q(alasan__icontains=search)
            | Q(aksi__icontains=search)
            | Q(pelaku__nama__icontains=search)
        )
    return jejak


def roles_in(kabupaten: Kabupaten) -> QuerySet[Keanggotaan]:
    """Return every role in a kabupaten with its person and scope.

    Four questions that each have an index, put together: as one condition over the joined tables the database would
    look at every role of the nation.
    """
    scope = ("kabupaten", "kecamatan__kabupaten", "desa__kecamatan__kabupaten", "skpd__kabupaten")
    first, *other = (Keanggotaan.objects.filter(**{route: kabupaten}).order_by().values("pk") for route in scope)
    return Keanggotaan.objects.filter(pk__in=first.union(*other, all=True)).select_related(
        "pengguna", "kabupaten", "kecamatan", "desa", "skpd"
    )


def roles_elsewhere(kabupaten: Kabupaten) -> QuerySet[Keanggotaan]:
    """Return the roles that lie in other kabupaten."""
    return Keanggotaan.objects.exclude(pk__in=roles_in(kabupaten).values("pk"))


def newest_year(kabupaten: Kabupaten) -> int | None:
    """Return the latest year for which a meeting of the kabupaten is scheduled."""
    tahun: int | None = (
        Musrenbang.objects.held().filter(kecamatan__kabupaten=kabupaten).aggregate(t=Max("tahun_pelaksanaan"))["t"]
    )
    return tahun
