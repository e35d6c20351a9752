"""Reads of what is prepared before the meeting: programmes, dates, ceilings, criteria, the team."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from musrenbang import format as tulis
from musrenbang.models import (
    AnggotaTim,
    Kabupaten,
    Kedudukan,
    KriteriaKecamatan,
    Musrenbang,
    PaguKecamatan,
    PermintaanJadwal,
    ProgramKind,
    ProgramMasuk,
    RequestStatus,
)
from musrenbang.persiapan.defaults import KRITERIA_BAWAAN
from musrenbang.sebutan import sebutan
from musrenbang.states import FASE


@dataclass(frozen=True)
class KelompokProgram:
    """The programmes of one kind with their sum in rupiah and how many amounts are unknown."""

    jenis: ProgramKind
    daftar: list[ProgramMasuk]

    @property
    def jumlah(self) -> int:
        """What is known of the money."""
        return sum(p.anggaran or 0 for p in self.daftar)

    @property
    def tanpa_anggaran(self) -> int:
        """How many amounts are unknown."""
        return sum(p.anggaran is None for p in self.daftar)


def list_program(musrenbang: Musrenbang, search: str = "") -> list[KelompokProgram]:
    """Return the programmes by kind, filtered by words (one query)."""
    everything = ProgramMasuk.objects.filter(musrenbang=musrenbang).select_related("desa", "skpd", "sumber_dana")
    if search:
        everything = everything.filter(
            Q(nama__icontains=search) | Q(instansi__icontains=search) | Q(lokasi__icontains=search)
        )
    return [KelompokProgram(j, [p for p in everything if p.jenis == j]) for j in ProgramKind]


def events_of(kabupaten: Kabupaten, tahun: int) -> dict[int, Musrenbang]:
    """Return the events of a kabupaten in a year by kecamatan (two queries, with petugas)."""
    everything = Musrenbang.objects.held().filter(kecamatan__kabupaten=kabupaten, tahun_pelaksanaan=tahun)
    return {m.kecamatan_id: m for m in everything.select_related("kecamatan").prefetch_related("petugas")}


def open_requests(kabupaten: Kabupaten) -> QuerySet[PermintaanJadwal]:
    """Return the requests for another date that wait for Bappeda."""
    request = PermintaanJadwal.objects.filter(musrenbang__kecamatan__kabupaten=kabupaten, status=RequestStatus.MENUNGGU)
    return request.select_related("musrenbang__kecamatan__kabupaten", "diminta_oleh").order_by("pk")


def pagu_for(musrenbang: Musrenbang) -> dict[int, int]:
    """Return the indicative ceiling in rupiah by funding source."""
    return dict(PaguKecamatan.objects.filter(musrenbang=musrenbang).values_list("sumber_dana", "jumlah"))


def kriteria_for(musrenbang: Musrenbang) -> list[dict[str, Any]]:
    """Return the criteria of the event as {kode, nama, bobot}; the default ones while none were written down."""
    kriteria = KriteriaKecamatan.objects.filter(musrenbang=musrenbang).first()
    contents: list[dict[str, Any]] = kriteria.isi if kriteria else KRITERIA_BAWAAN
    return contents


def list_tim(musrenbang: Musrenbang) -> list[tuple[str, list[AnggotaTim]]]:
    """Return the team by place, in the order of a decision (one query)."""
    all_rows = list(AnggotaTim.objects.filter(musrenbang=musrenbang))
    per = [(k.label, [a for a in all_rows if a.kedudukan == k]) for k in Kedudukan]
    return [(label, anggota) for label, anggota in per if anggota]


def board_notices(musrenbang: Musrenbang) -> list[str]:
    """Return what Bappeda tells this kecamatan about its date, in sentences (two queries)."""
    zona = musrenbang.kecamatan.kabupaten.tz
    results = []
    if musrenbang.jadwal_terbit_pada:
        issued = tulis.date_text(musrenbang.jadwal_terbit_pada.astimezone(zona).date())
        results.append(
            f"Jadwal diterbitkan {sebutan.bappeda} pada {issued}: sidang {tulis.date_with_day(musrenbang.tanggal)}."
        )
    request = PermintaanJadwal.objects.filter(musrenbang=musrenbang).first()
    if request and musrenbang.tahap in FASE["Sebelum sidang"]:
        sentence = f"Permintaan pindah ke {tulis.date_with_day(request.tanggal)}: {request.get_status_display()}"
        results.append(sentence + (f" ({request.jawaban})." if request.jawaban else "."))
    return results
