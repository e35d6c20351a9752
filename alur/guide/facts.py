"""What the guide asks the record: each fact is a condition on the event, so that one query answers all of a role.

A fact is made for a person, because some steps are about a person's own desa or presence. Nothing is remembered of
clicks: who does a step on any page, with any device, has done it, and a demo that is made anew begins again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from berita_acara.models import SalinanTtd, TandaElektronik
from berita_acara.queries import BERITA_ACARA
from delegasi.models import Delegat, UnsurDelegasi
from musrenbang.models import (
    AnggotaTim,
    Desa,
    Dokumen,
    KamusUsulan,
    KriteriaKecamatan,
    PaguKecamatan,
    ProgramMasuk,
    StatusKriteria,
)
from musrenbang.sidang.models import Agenda, Kehadiran, Notulen, Undangan
from musrenbang.states import Tahap, stages
from rkp.models import BarisRkp, Kelompok, Keputusan, Rkp, RkpVersi, StatusKelompok, UsulanKelompok
from rkp.models.versi import VersiKind
from rkp.prioritas.models import SkemaPendanaan
from tindak_lanjut.models import Catatan, NoteSource, Penyampaian, StatusPenyampaian, Tanggapan
from usulan.models import BukanDuplikat, BukanProgram, ImporUsulan, KelengkapanDesa, StatusImpor, Usulan, UsulanOrigin

Condition = Q | Exists


@dataclass(frozen=True)
class Person:
    """Whose guide it is: the name that an attendance list has, and the desa that the person speaks for."""

    name: str
    desa: frozenset[int]


Fact = Callable[[Person], Condition]


def _rows(model: type[Model], way: str = "musrenbang", **only: Any) -> QuerySet[Any]:
    """The rows of the event that is asked about."""
    return model._default_manager.filter(**{way: OuterRef("pk")}, **only)


def _always(condition: Condition) -> Fact:
    """A fact that is the same for whoever asks."""
    return lambda person: condition


def reached(tahap: Tahap) -> Fact:
    """The event stands in this stage or beyond it."""
    return _always(Q(tahap__in=sorted(stages(tahap, Tahap.SELESAI))))


_lacking_list = Exists(
    Desa.objects.filter(kecamatan=OuterRef("kecamatan")).exclude(
        Exists(Usulan.objects.filter(musrenbang=OuterRef(OuterRef("pk")), desa=OuterRef("pk")))
    )
)

dated = _always(Q(tanggal__isnull=False))
published = _always(Q(jadwal_terbit_pada__isnull=False))
team_named = _always(Exists(_rows(AnggotaTim)))
ceiling_set = _always(Exists(_rows(PaguKecamatan)))
criteria_sent = _always(
    Exists(_rows(KriteriaKecamatan, status__in=[StatusKriteria.DIAJUKAN, StatusKriteria.DISETUJUI]))
)
criteria_agreed = _always(Exists(_rows(KriteriaKecamatan, status=StatusKriteria.DISETUJUI)))
invited = _always(Exists(_rows(Undangan)))
letters_numbered = _always(Exists(_rows(Undangan).exclude(nomor="")))
agenda_made = _always(Exists(_rows(Agenda)))
item_run = _always(Exists(_rows(Agenda, mulai_pada__isnull=False)))
programme_noted = _always(Exists(_rows(ProgramMasuk)))
lists_complete = _always(~Q(_lacking_list))
costs_complete = _always(Exists(_rows(Usulan)) & ~Exists(_rows(Usulan, biaya__isnull=True)))
similar_judged = _always(Exists(_rows(Usulan, induk__isnull=False)) | Exists(_rows(BukanDuplikat, "satu__musrenbang")))
funded_judged = _always(
    Exists(_rows(Usulan, program__isnull=False)) | Exists(_rows(BukanProgram, "usulan__musrenbang"))
)
draft_built = _always(Exists(_rows(Rkp)))
somebody_present = _always(Exists(_rows(Kehadiran)))
groups_formed = _always(Exists(_rows(Kelompok)))
group_decided = _always(Exists(_rows(UsulanKelompok, "kelompok__musrenbang").exclude(usul="")))
a_group_closed = _always(Exists(_rows(Kelompok, status=StatusKelompok.SELESAI)))
groups_closed = _always(Exists(_rows(Kelompok)) & ~Exists(_rows(Kelompok).exclude(status=StatusKelompok.SELESAI)))
minutes_kept = _always(Exists(_rows(Notulen, "agenda__musrenbang")))
all_decided = _always(
    Exists(_rows(BarisRkp, "rkp__musrenbang"))
    & ~Exists(_rows(BarisRkp, "rkp__musrenbang", keputusan=Keputusan.BELUM_DIBAHAS))
)
plan_fixed = _always(Exists(_rows(RkpVersi, "rkp__musrenbang", jenis=VersiKind.DITETAPKAN)))
delegates_chosen = _always(Exists(_rows(Delegat)))
camat_delegated = _always(Exists(_rows(Delegat, unsur=UnsurDelegasi.CAMAT)))
record_issued = _always(Exists(_rows(Dokumen, jenis=BERITA_ACARA)))
record_signed = _always(
    Exists(_rows(SalinanTtd, "dokumen__musrenbang", dokumen__jenis=BERITA_ACARA))
    | Exists(_rows(TandaElektronik, "dokumen__musrenbang", dokumen__jenis=BERITA_ACARA))
)
handed_over = _always(Exists(_rows(Penyampaian)))
handing_judged = _always(Exists(_rows(Penyampaian).exclude(status=StatusPenyampaian.DIAJUKAN)))
answered = _always(Exists(_rows(Tanggapan, "pilahan__musrenbang")))
dictionary_kept = _always(
    Exists(KamusUsulan.objects.filter(kabupaten=OuterRef("kecamatan__kabupaten"), tahun=OuterRef("tahun_rencana")))
)
scheme_kept = _always(Exists(SkemaPendanaan.objects.filter(kabupaten=OuterRef("kecamatan__kabupaten"))))


def noted_or_past(sumber: NoteSource, tahap: Tahap) -> Fact:
    """A note was written, or the stage behind it was reached: who finds nothing to note has read it all the same."""
    return lambda person: Exists(_rows(Catatan, sumber=sumber)) | reached(tahap)(person)


def present_myself(person: Person) -> Condition:
    """The person stands in the attendance list."""
    return Exists(_rows(Kehadiran, nama=person.name))


def desa_present(person: Person) -> Condition:
    """Somebody of the person's desa stands in the attendance list."""
    return Exists(_rows(Kehadiran, desa__in=person.desa))


def _own(person: Person, **only: Any) -> QuerySet[Any]:
    return _rows(Usulan, desa__in=person.desa, **only)


def own_from(asal: UsulanOrigin) -> Fact:
    """The desa has a proposal of this origin."""
    return lambda person: Exists(_own(person, asal=asal))


def own_list_read(person: Person) -> Condition:
    """A file of the desa was saved, and none of them waits to be looked through."""
    files = _rows(ImporUsulan, desa__in=person.desa)
    return Exists(_own(person, impor__isnull=False)) & ~Exists(files.filter(status=StatusImpor.PRATINJAU))


def own_complete(person: Person) -> Condition:
    """Every proposal of the desa says how much, where and what it costs."""
    gap = Q(biaya__isnull=True) | Q(volume__isnull=True) | Q(lokasi="")
    return Exists(_own(person)) & ~Exists(_own(person).filter(gap))


def own_record_number(person: Person) -> Condition:
    """The desa told the number of the Berita Acara of its own meeting."""
    return Exists(_rows(KelengkapanDesa, desa__in=person.desa).exclude(ba_nomor=""))


def own_delegates(person: Person) -> Condition:
    """The desa named its delegates."""
    return Exists(_rows(KelengkapanDesa, desa__in=person.desa).exclude(delegasi=""))


def own_in_draft(person: Person) -> Condition:
    """A proposal of the desa stands in the draft."""
    return Exists(_own(person, sumber_baris__isnull=False))


def own_decided(person: Person) -> Condition:
    """Every work of the desa that stands in the plan was decided."""
    rows = _rows(BarisRkp, "rkp__musrenbang", sumber__usulan__desa__in=person.desa)
    return Exists(rows) & ~Exists(rows.filter(keputusan=Keputusan.BELUM_DIBAHAS))


def own_answered(person: Person) -> Condition:
    """An answer to a work of the desa has come."""
    return Exists(_rows(Tanggapan, "pilahan__musrenbang", pilahan__baris__desa__in=person.desa))
