"""Reads about voters and votes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from musrenbang.infra.digest import sha256_of
from musrenbang.models import Desa, Musrenbang
from musrenbang.sidang.models import Kehadiran
from musrenbang.sidang.panel import RunningVote
from musrenbang.sidang.queries.sesi import present
from rkp.models import BarisVersi
from rkp.prioritas.eligibility import Finding, voter_findings
from rkp.prioritas.engine.equal_shares import Part, equal_shares
from rkp.prioritas.engine.funding import list_money
from rkp.prioritas.engine.suara import tally
from rkp.prioritas.models import (
    KodeSelesai,
    KodeSuara,
    Pemeringkatan,
    Pemilih,
    Pemungutan,
    StatusPemungutan,
    SuratSuara,
    VotingWay,
)
from rkp.prioritas.rules import voters_suffice
from rkp.queries.baris import current_version, version_rows


@dataclass
class DesaPemilih:
    """The delegates of a desa, those present who could become one, and what the rules remark.

    ``absen``: delegates who are not there in the sitting that runs; they do not vote until they are noted again.
    """

    desa: Desa
    pemilih: list[Pemilih]
    absen: list[Pemilih]
    hadir: list[Kehadiran]
    temuan: list[Finding]


def title_of(pemeringkatan: Pemeringkatan, daftar: str) -> str:
    """Return what a list is called."""
    return next((d["nama"] for d in pemeringkatan.aturan["daftar"] if d["kode"] == daftar), daftar or "Semua kegiatan")


def vote_name(pemungutan: Pemungutan) -> str:
    """Return which vote it is, in the words that people use for its list."""
    jenis = "Pemungutan ulang" if pemungutan.ulangan else "Pemungutan suara"
    return f"{jenis} putaran {pemungutan.putaran}, {title_of(pemungutan.pemeringkatan, pemungutan.daftar)}"


def voters_by_desa(musrenbang: Musrenbang, aturan: dict[str, Any]) -> list[DesaPemilih]:
    """Return every desa of the kecamatan with its delegates (four queries)."""
    here = set(present(musrenbang).order_by().values_list("pk", flat=True))
    pemilih = list(Pemilih.objects.filter(musrenbang=musrenbang).select_related("kehadiran", "desa"))
    hadir = [
        h
        for h in Kehadiran.objects.filter(musrenbang=musrenbang, desa__isnull=False, pemilih=None).order_by("nama")
        if h.pk in here
    ]
    results = []
    for desa in Desa.objects.filter(kecamatan=musrenbang.kecamatan_id):
        all_rows = [p for p in pemilih if p.desa_id == desa.pk]
        own = [p for p in all_rows if p.kehadiran_id in here]
        absent = [p for p in all_rows if p.kehadiran_id not in here]
        perempuan = sum(p.kehadiran.jenis_kelamin == "P" for p in own)
        findings = voter_findings(aturan, desa.sebutan, len(own), perempuan)
        results.append(DesaPemilih(desa, own, absent, [h for h in hadir if h.desa_id == desa.pk], findings))
    return results


@dataclass(frozen=True)
class VotePosition:
    """How far a vote is: voters, who voted how, and ballots in the box by phone. The sums must agree to close it."""

    pemilih: int
    hp: int
    kertas: int
    tangan: int
    surat_hp: int

    @property
    def sudah(self) -> int:
        """How many have voted."""
        return self.hp + self.kertas + self.tangan

    @property
    def belum(self) -> int:
        """How many have not."""
        return self.pemilih - self.sudah


def counted(pemungutan: Pemungutan) -> VotePosition:
    """Return how far a vote is (two queries)."""
    per = {c: Count("pk", filter=Q(cara=c)) for c in VotingWay.values}
    n = KodeSuara.objects.filter(pemungutan=pemungutan).aggregate(semua=Count("pk"), **per)
    surat = SuratSuara.objects.filter(pemungutan=pemungutan).count()
    return VotePosition(n["semua"], n["hp"], n["kertas"], n["tangan"], surat)


def vote_quorum(pemungutan: Pemungutan, position: VotePosition) -> bool:
    """Tell whether enough of the registered voters voted for the result to stand by itself."""
    return voters_suffice(position.sudah, position.pemilih, pemungutan.pemeringkatan.aturan)


def below_quorum(pemeringkatan: Pemeringkatan) -> list[Pemungutan]:
    """Return the counted votes in which too few voted and about which the meeting decided nothing."""
    close = list_pemungutan(pemeringkatan).filter(status=StatusPemungutan.DITUTUP, alasan_kuorum="")
    return [v for v in close.select_related("pemeringkatan") if not vote_quorum(v, counted(v))]


def list_pemungutan(pemeringkatan: Pemeringkatan) -> QuerySet[Pemungutan]:
    """Return the votes of a ranking, the first one first."""
    return Pemungutan.objects.filter(pemeringkatan=pemeringkatan)


def latest_vote(pemeringkatan: Pemeringkatan) -> dict[str, Pemungutan]:
    """Return {list: its main vote}, open or closed; called-off ones and run-offs do not count."""
    return {
        v.daftar: v
        for v in list_pemungutan(pemeringkatan).filter(ulangan=False).exclude(status=StatusPemungutan.DIBATALKAN)
    }


def running_votes(musrenbang: Musrenbang) -> list[RunningVote]:
    """Return the votes that are open now and how far each is (one query while there is none, two more for each)."""
    opened = Pemungutan.objects.filter(pemeringkatan__musrenbang=musrenbang, status=StatusPemungutan.DIBUKA)
    results = []
    for one in opened.select_related("pemeringkatan").order_by("pk"):
        position = counted(one)
        url = reverse("prioritas:vote", args=[musrenbang.slug, one.pemeringkatan.kode, one.pk])
        results.append(RunningVote(one.pk, vote_name(one), position.sudah, position.pemilih, url))
    return results


def ballots_of(pemungutan: Pemungutan) -> list[list[int]]:
    """Return the ballots cast by phone as row keys, sorted: their order tells nothing."""
    surat = SuratSuara.objects.filter(pemungutan=pemungutan).values_list("pilihan", flat=True)
    return sorted(sorted(pilihan) for pilihan in surat)


def votes_of(pemungutan: Pemungutan) -> dict[int, int]:
    """Count a vote again from its ballots and its paper count: {row key: votes}."""
    paper = {int(k): n for k, n in pemungutan.kertas.get("suara", {}).items()}
    count = tally([[str(k) for k in p] for p in ballots_of(pemungutan)], {str(k): n for k, n in paper.items()})
    return {pk: count.get(str(pk), 0) for pk in pemungutan.calon}


def open_code(kode: str) -> KodeSuara | None:
    """Return the code with its vote, ranking and event, while it exists."""
    return (
        KodeSuara.objects.select_related("pemungutan__pemeringkatan__musrenbang__kecamatan__kabupaten")
        .filter(kode=kode, kode__isnull=False)
        .first()
    )


def code_digest(kode: str) -> str:
    """Return what stays of a code after its vote."""
    return sha256_of(kode)


def ended_code(kode: str) -> KodeSelesai | None:
    """Return what is kept of a code whose vote was closed or called off, with vote, ranking and event."""
    return (
        KodeSelesai.objects.select_related("pemungutan__pemeringkatan__musrenbang__kecamatan__kabupaten")
        .filter(sidik=code_digest(kode))
        .order_by("-pk")
        .first()
    )


def compare_shares(input_data: dict[str, Any], result: dict[str, Any] | None, daftar: str) -> list[Part] | None:
    """What equal shares would fund of a list with the money that it had.

    None while there is no result, and when not every vote has its ballot (paper, raised hands).
    """
    surat = input_data.get("surat_suara", {}).get(daftar)
    if not result or not surat or input_data.get("rekap_suara", {}).get(daftar):
        return None
    biaya = {u["kode"]: u["biaya"] for u in input_data["usulan"] if u["daftar"] == daftar}
    return equal_shares(biaya, surat, list_money(input_data, result)[daftar])


def ballot_rows(pemungutan: Pemungutan) -> list[BarisVersi]:
    """Return the works on a ballot as they were fixed, in the order of the plan (two queries)."""
    versi = current_version(pemungutan.pemeringkatan.musrenbang)
    if versi is None:
        return []
    calon = version_rows(versi).filter(asal_baris__in=pemungutan.calon)
    return list(calon.order_by(F("desa__kode").asc(nulls_last=True), "nomor"))
